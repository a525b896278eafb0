//! Remarks on published figures as staff records them: what a body explains (giải trình), and
//! challenges to figures (yêu cầu kiểm tra lại số liệu) with their answers. They stand beside the
//! signed releases and are never changed. Everything is checked before anything is written.

use app::data::figure::FigureName;
use app::published::today;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use model::{Period, ReleaseId};
use store::{Answer, Challenge as Stored, Explained, Explanation, NewChallenge, Outcome, Words};
use store::{PublisherError, PublisherPool};

use crate::import::personal;
use crate::output;

/// Characters that a text may have.
const MOST: usize = 2_000;

/// What staff has to mend.
#[derive(Debug, thiserror::Error)]
pub enum RemarkError {
    /// No such body.
    #[error("--body: `{0}` is no body; take a code of the register, such as SNNMT or UBND-14845")]
    Body(String),
    /// A text without words.
    #[error("{0}: it is empty; write what readers should know")]
    Empty(&'static str),
    /// A text that nobody reads to the end.
    #[error("{option}: it has {characters} characters; say it in {MOST} at most")]
    Long {
        /// The option.
        option: &'static str,
        /// How many it has.
        characters: usize,
    },
    /// A text that seems to hold personal data.
    #[error(
        "{option}: it seems to hold {what}; leave out whatever tells who somebody is: it is published"
    )]
    Personal {
        /// The option.
        option: &'static str,
        /// What kind.
        what: &'static str,
    },
    /// A day that is yet to come.
    #[error("{option}: {day} is in the future; name the day on which it happened")]
    Future {
        /// The option.
        option: &'static str,
        /// The day.
        day: Date,
    },
    /// A figure that readers can't see, or couldn't on that day.
    #[error(
        "--figure: {figure} was not published by {day}; copy its name from the address of its page, \
         and check {option}"
    )]
    NoFigure {
        /// Its name.
        figure: FigureName,
        /// The option that gave the day.
        option: &'static str,
        /// The day.
        day: Date,
    },
    /// A body without figures for the period.
    #[error(
        "--period: no figures of {body} for {period} were published by {day}{table}; name one figure \
         with --figure instead, or check --on"
    )]
    NoFigures {
        /// The body.
        body: String,
        /// The period.
        period: Period,
        /// ` in the table ID`, or nothing.
        table: String,
        /// The day.
        day: Date,
    },
    /// No such challenge.
    #[error("there is no challenge {0}: `portal challenge list` shows their numbers")]
    NoChallenge(i64),
    /// It was answered before.
    #[error(
        "challenge {0} is answered already, and an answer is never changed; open a new challenge"
    )]
    Answered(i64),
    /// An answer before the challenge.
    #[error("--on: {answered} is before the challenge was received ({received})")]
    Early {
        /// The day of the answer.
        answered: Date,
        /// That of the challenge.
        received: Date,
    },
    /// A release beside another outcome.
    #[error("--release: only a figure that was corrected has one; leave it out with --outcome {0}")]
    NotCorrected(&'static str),
    /// A release that doesn't correct the figure.
    #[error(
        "--release: {release} does not correct the figure challenged in {challenged}; name the later \
         release, published by {day}, in which it is another or gone"
    )]
    NoCorrection {
        /// The release named.
        release: ReleaseId,
        /// The release of the version challenged.
        challenged: ReleaseId,
        /// The day of the answer.
        day: Date,
    },
    /// The database.
    #[error(transparent)]
    Publisher(#[from] PublisherError),
}

impl RemarkError {
    /// True if the command has to be mended.
    pub(crate) const fn is_bad_input(&self) -> bool {
        !matches!(self, Self::Publisher(_))
    }
}

/// What a remark says.
#[derive(Debug, Args)]
pub(crate) struct Texts {
    /// The text in Vietnamese. It is published: no names, addresses or numbers of people.
    #[arg(long, value_name = "TEXT")]
    text_vi: String,
    /// The same in English; readers are told if it is absent.
    #[arg(long, value_name = "TEXT")]
    text_en: Option<String>,
}

impl Texts {
    fn words(&self) -> Result<Words, RemarkError> {
        let en = self.text_en.as_deref().map(|en| checked("--text-en", en)).transpose()?;
        Ok(Words { vi: checked("--text-vi", &self.text_vi)?, en })
    }
}

/// `text` in one line, if it may be published.
fn checked(option: &'static str, text: &str) -> Result<String, RemarkError> {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let text = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let characters = text.chars().count();
    if text.is_empty() {
        return Err(RemarkError::Empty(option));
    }
    if characters > MOST {
        return Err(RemarkError::Long { option, characters });
    }
    match personal::prose(&text) {
        Some(what) => Err(RemarkError::Personal { option, what }),
        None => Ok(text),
    }
}

fn not_future(option: &'static str, day: Date) -> Result<Date, RemarkError> {
    if day > today() { Err(RemarkError::Future { option, day }) } else { Ok(day) }
}

fn figure_name(text: &str) -> Result<FigureName, String> {
    let copy = "no name of a figure: copy it from the address of its page (NAME or NAME@RELEASE)";
    text.parse().map_err(|_unread| copy.to_owned())
}

/// What a body explains.
#[derive(Debug, Args)]
pub(crate) struct Reply {
    /// Code of the body that explains: SNNMT, UBND-14845.
    #[arg(long, value_name = "CODE")]
    body: String,
    /// The figure: its permanent name, or NAME@RELEASE.
    #[arg(long, value_name = "NAME", value_parser = figure_name,
        required_unless_present = "period", conflicts_with = "period")]
    figure: Option<FigureName>,
    /// Instead: all figures of the body itself for this period, 2026-Q3.
    #[arg(long)]
    period: Option<Period>,
    /// Of these only those in this table.
    #[arg(long, requires = "period", conflicts_with = "figure")]
    table: Option<String>,
    #[command(flatten)]
    texts: Texts,
    /// The day of the explanation, 2026-10-05; today if absent.
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
}

impl Reply {
    /// What can be checked without a database.
    pub(crate) fn check(&self) -> Result<(), RemarkError> {
        self.prepared().map(|_| ())
    }

    fn prepared(&self) -> Result<(Words, Date), RemarkError> {
        if model::body::body(&self.body).is_none() {
            return Err(RemarkError::Body(self.body.clone()));
        }
        Ok((self.texts.words()?, not_future("--on", self.on.unwrap_or_else(today))?))
    }

    /// Records it.
    ///
    /// # Errors
    ///
    /// [`RemarkError`]; nothing is recorded then.
    pub(crate) async fn record(&self, publisher: &PublisherPool) -> Result<(), RemarkError> {
        let (words, day) = self.prepared()?;
        let (body, table) = (self.body.clone(), self.table.clone());
        let (of, release) = match (self.figure, self.period) {
            (None, Some(period)) => {
                let seen = publisher.body_seen(&body, period, table.as_deref(), day).await?;
                let named = table.as_ref().map(|id| format!(" in the table {id}"));
                let release = seen.ok_or_else(|| RemarkError::NoFigures {
                    body: body.clone(),
                    period,
                    table: named.unwrap_or_default(),
                    day,
                })?;
                (Explained::Period(period, table), release)
            }
            (Some(figure), _) => {
                let release = seen(publisher, figure, "--on", day).await?;
                (Explained::Figure(figure.id.bytes()), release)
            }
            // The command line has one of them.
            (None, None) => return Ok(()),
        };
        let new = Explanation { body, of, release, dated: day, words };
        publisher.insert_explanation(&new).await?;
        output::line(format_args!("recorded the explanation of {} on {release}", new.body));
        Ok(())
    }
}

/// The release in which `figure` stood on `day`.
async fn seen(
    publisher: &PublisherPool,
    figure: FigureName,
    option: &'static str,
    day: Date,
) -> Result<ReleaseId, RemarkError> {
    let release = publisher.figure_seen(figure.id.bytes(), figure.release, day).await?;
    release.ok_or(RemarkError::NoFigure { figure, option, day })
}

/// Challenges to figures.
#[derive(Debug, Subcommand)]
pub(crate) enum Challenge {
    /// Record a challenge that was received, without who it is from; prints its number.
    Open {
        /// The figure: its permanent name, or NAME@RELEASE.
        #[arg(long, value_name = "NAME", value_parser = figure_name)]
        figure: FigureName,
        #[command(flatten)]
        texts: Texts,
        /// The day on which it was received, 2026-10-05.
        #[arg(long, value_name = "DATE")]
        received: Date,
    },
    /// Record the answer to a challenge.
    Answer {
        /// The challenge.
        number: i64,
        /// upheld: the figure stands; corrected: in --release; rejected: not about a figure.
        #[arg(long)]
        outcome: Answered,
        /// The release that corrects the figure, 2026-Q3.2.
        #[arg(long, required_if_eq("outcome", "corrected"))]
        release: Option<ReleaseId>,
        #[command(flatten)]
        texts: Texts,
        /// The day of the answer, 2026-10-12.
        #[arg(long, value_name = "DATE")]
        on: Date,
    },
    /// List all challenges with their status.
    List,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Answered {
    Upheld,
    Corrected,
    Rejected,
}

impl Challenge {
    /// What can be checked without a database.
    pub(crate) fn check(&self) -> Result<(), RemarkError> {
        match self {
            Self::Open { texts, received, .. } => {
                texts.words()?;
                not_future("--received", *received)?;
            }
            Self::Answer { outcome, release, texts, on, .. } => {
                outcome.with(*release)?;
                texts.words()?;
                not_future("--on", *on)?;
            }
            Self::List => {}
        }
        Ok(())
    }

    /// Does what the command says.
    ///
    /// # Errors
    ///
    /// [`RemarkError`]; nothing is recorded then.
    pub(crate) async fn record(&self, publisher: &PublisherPool) -> Result<(), RemarkError> {
        self.check()?;
        match self {
            Self::Open { figure, texts, received } => {
                let new = NewChallenge {
                    figure: figure.id.bytes(),
                    release: seen(publisher, *figure, "--received", *received).await?,
                    received: *received,
                    words: texts.words()?,
                };
                output::line(publisher.insert_challenge(&new).await?);
            }
            Self::Answer { number, outcome, release, texts, on } => {
                let outcome = outcome.with(*release)?;
                let answer = Answer { outcome, answered: *on, words: texts.words()? };
                answer_challenge(publisher, *number, &answer).await?;
                output::line(format_args!("answered challenge {number}: {}", outcome.code()));
            }
            Self::List => {
                for challenge in publisher.challenges().await? {
                    output::line(listed(&challenge));
                }
            }
        }
        Ok(())
    }
}

impl Answered {
    fn with(self, release: Option<ReleaseId>) -> Result<Outcome, RemarkError> {
        match (self, release) {
            (Self::Corrected, Some(release)) => Ok(Outcome::Corrected(release)),
            (Self::Rejected, None) => Ok(Outcome::Rejected),
            (Self::Rejected, Some(_)) => Err(RemarkError::NotCorrected("rejected")),
            (_, None) => Ok(Outcome::Upheld),
            (Self::Upheld, Some(_)) => Err(RemarkError::NotCorrected("upheld")),
        }
    }
}

async fn answer_challenge(
    publisher: &PublisherPool,
    number: i64,
    new: &Answer,
) -> Result<(), RemarkError> {
    let challenges = publisher.challenges().await?;
    let challenge = challenges.into_iter().find(|c| c.number == number);
    let challenge = challenge.ok_or(RemarkError::NoChallenge(number))?;
    let NewChallenge { received, release: challenged, .. } = challenge.received;
    if challenge.answer.is_some() {
        return Err(RemarkError::Answered(number));
    }
    if new.answered < received {
        return Err(RemarkError::Early { answered: new.answered, received });
    }
    if let Outcome::Corrected(release) = new.outcome
        && !publisher.corrects(release, &challenge.received, new.answered).await?
    {
        return Err(RemarkError::NoCorrection { release, challenged, day: new.answered });
    }
    publisher.insert_answer(number, new).await.map_err(|error| match error {
        PublisherError::Answered(number) => RemarkError::Answered(number),
        error => error.into(),
    })
}

/// Number, figure, day, status and days, with tabs between them.
fn listed(challenge: &Stored) -> String {
    let NewChallenge { figure, release, received, .. } = challenge.received;
    let figure = FigureName { id: proof::FigureId::from_bytes(figure), release: Some(release) };
    let status = match challenge.answer.as_ref().map(|answer| answer.outcome) {
        None => "open".to_owned(),
        Some(Outcome::Corrected(release)) => format!("corrected in {release}"),
        Some(outcome) => outcome.code().to_owned(),
    };
    let (number, days) = (challenge.number, challenge.days(today()));
    format!("{number}\t{figure}\t{received}\t{status}\t{days} days")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_line_of_at_most_2000_characters_without_personal_data() {
        assert_eq!(checked("--text-vi", " Số liệu\n đúng. ").unwrap(), "Số liệu đúng.");
        assert_eq!(checked("--text-vi", &"ố".repeat(MOST)).unwrap().chars().count(), MOST);
        for (text, why) in [
            (" \n\t", "--text-vi: it is empty"),
            (&"ố".repeat(MOST + 1), "--text-vi: it has 2001 characters"),
            ("Hỏi an@example.vn", "--text-vi: it seems to hold an e-mail address"),
            ("Gọi số 0912.345.678 nhé", "--text-vi: it seems to hold a phone number"),
        ] {
            let said = checked("--text-vi", text).unwrap_err().to_string();
            assert!(said.starts_with(why), "{said}");
        }
    }
}
