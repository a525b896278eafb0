//! Remarks on published figures: what bodies explain of them, and challenges with their answers.

use jiff::civil::Date;
use model::period::Period;
use model::release::ReleaseId;
use sqlx::Row as _;
use sqlx::postgres::PgRow;

use crate::cell_row::{self, Damaged, RowError, parsed};
use crate::day::Day;

/// What somebody writes, in Vietnamese and, if they did, in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: Option<String>,
}

/// Which figures a body explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explained {
    /// One, by the bits of its permanent name.
    Figure([u8; 10]),
    /// The body's own figures of a period, in one table or in all.
    Period(Period, Option<String>),
}

/// A body's explanation of figures (giải trình).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Code of the body.
    pub body: String,
    /// What it explains.
    pub of: Explained,
    /// The release that held the figures then.
    pub release: ReleaseId,
    /// Its day.
    pub dated: Date,
    /// What it says.
    pub words: Words,
}

/// A challenge to a figure that was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChallenge {
    /// The bits of the figure's permanent name.
    pub figure: [u8; 10],
    /// The release whose version is challenged.
    pub release: ReleaseId,
    /// The day on which it was received.
    pub received: Date,
    /// What is doubted.
    pub words: Words,
}

/// A challenge to a figure (yêu cầu kiểm tra lại số liệu).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Its number.
    pub number: i64,
    /// What was received.
    pub received: NewChallenge,
    /// The answer, if there is one.
    pub answer: Option<Answer>,
}

impl Challenge {
    /// Days from the challenge to its answer, or to `today`.
    #[must_use]
    pub fn days(&self, today: Date) -> i32 {
        let until = self.answer.as_ref().map_or(today, |answer| answer.answered);
        self.received.received.until(until).map_or(0, |span| span.get_days())
    }
}

/// What a challenge led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The figure stands.
    Upheld,
    /// The release corrects it.
    Corrected(ReleaseId),
    /// It was not about a figure.
    Rejected,
}

impl Outcome {
    /// `upheld`, `corrected`, `rejected`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Corrected(_) => "corrected",
            Self::Rejected => "rejected",
        }
    }

    /// The release that corrects the figure.
    #[must_use]
    pub const fn corrected_in(self) -> Option<ReleaseId> {
        match self {
            Self::Corrected(release) => Some(release),
            Self::Upheld | Self::Rejected => None,
        }
    }
}

/// The answer to a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What the challenge led to.
    pub outcome: Outcome,
    /// The day of the answer.
    pub answered: Date,
    /// What it says.
    pub words: Words,
}

/// The columns that [`challenge`] reads.
macro_rules! select_challenges {
    ($rest:literal) => {
        concat!(
            "select c.challenge_id, c.figure, c.release_id, c.received, c.text_vi, c.text_en,
                 a.outcome, a.corrected_in, a.answered, a.text_vi as answer_vi,
                 a.text_en as answer_en
             from challenges c left join challenge_answers a using (challenge_id) ",
            $rest
        )
    };
}
pub(crate) use select_challenges;

pub(crate) fn challenge(row: &PgRow) -> Result<Challenge, RowError> {
    let outcome: Option<String> = row.try_get("outcome")?;
    Ok(Challenge {
        number: row.try_get("challenge_id")?,
        received: NewChallenge {
            figure: figure(row)?.ok_or_else(|| Damaged::new("name of a figure", ""))?,
            release: cell_row::release(row)?,
            received: row.try_get::<Day, _>("received")?.0,
            words: words(row, "text_vi", "text_en")?,
        },
        answer: outcome.map(|outcome| answer(row, &outcome)).transpose()?,
    })
}

fn answer(row: &PgRow, outcome: &str) -> Result<Answer, RowError> {
    let corrected_in: Option<String> = row.try_get("corrected_in")?;
    Ok(Answer {
        outcome: match (outcome, corrected_in) {
            ("upheld", None) => Outcome::Upheld,
            ("corrected", Some(release)) => Outcome::Corrected(parsed("release", &release)?),
            ("rejected", None) => Outcome::Rejected,
            _ => return Err(Damaged::new("outcome of a challenge", outcome).into()),
        },
        answered: row.try_get::<Day, _>("answered")?.0,
        words: words(row, "answer_vi", "answer_en")?,
    })
}

/// Reads a row of `explanations`.
#[cfg(feature = "published")]
pub(crate) fn explanation(row: &PgRow) -> Result<Explanation, RowError> {
    let of = match figure(row)? {
        Some(figure) => Explained::Figure(figure),
        None => {
            Explained::Period(parsed("period", row.try_get("period")?)?, row.try_get("table_id")?)
        }
    };
    Ok(Explanation {
        body: row.try_get("body")?,
        of,
        release: cell_row::release(row)?,
        dated: row.try_get::<Day, _>("dated")?.0,
        words: words(row, "text_vi", "text_en")?,
    })
}

fn figure(row: &PgRow) -> Result<Option<[u8; 10]>, RowError> {
    let bits: Option<&[u8]> = row.try_get("figure")?;
    let named = bits.map(|bits| {
        bits.try_into().map_err(|_e| Damaged::new("name of a figure", &format!("{bits:02x?}")))
    });
    Ok(named.transpose()?)
}

fn words(row: &PgRow, vi: &str, en: &str) -> Result<Words, RowError> {
    Ok(Words { vi: row.try_get(vi)?, en: row.try_get(en)? })
}
