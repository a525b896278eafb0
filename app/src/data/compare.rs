//! Fair comparison: a share of each place or body beside what its peers have in common. The shares that
//! are compared are data (`app/data/comparisons.toml`).

mod measure;
mod setting;

use model::compare::{FEWEST, Standing, common, ended_before_peers, standing};
use model::dimension::Member;
use model::item::Population;
use model::{Dim, Item, Period};

pub use measure::{Direction, Measure, measures};
pub use setting::Setting;

use super::{Figure, ReleaseInfo, Row, Value};
use crate::arrange::Request;
use crate::error::PortalError;
use crate::published::{Published, Want};

/// Names of the parameters that ask.
pub mod parameter {
    /// Id of the measure.
    pub const MEASURE: &str = "measure";
    /// Code of the member whose parts are compared, or of a [`Setting`](super::Setting).
    pub const PEERS: &str = "peers";
    /// The period.
    pub const PERIOD: &str = "period";
}

/// What is asked, as far as it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    measure: String,
    peers: String,
    period: Option<Period>,
}

impl Question {
    /// The question of an address whose parameters `get` reads.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let code = |name: &str| get(name).unwrap_or_default();
        let period = code(parameter::PERIOD).parse().ok();
        Self { measure: code(parameter::MEASURE), peers: code(parameter::PEERS), period }
    }

    /// The measure asked for, or the first.
    fn measure(&self) -> Option<&'static Measure> {
        let list = measures();
        list.iter().find(|m| m.id == self.measure).or_else(|| list.first())
    }

    /// The period asked for if it is one of `periods`, or the first of them.
    fn period(&self, periods: &[Period]) -> Option<Period> {
        self.period.filter(|p| periods.contains(p)).or_else(|| periods.first().copied())
    }

    /// The peers asked for if they are among `choices`, or those that `measure` begins with, or the first.
    fn peers(&self, measure: &Measure, choices: &[String]) -> Option<String> {
        let known = |code: &String| choices.contains(code).then(|| code.clone());
        known(&self.peers).or_else(|| known(&measure.peers)).or_else(|| choices.first().cloned())
    }
}

/// How a member is compared, or why it is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is; never [`Standing::TooFew`].
    Compared(Standing),
    /// Its share is of fewer than [`FEWEST`].
    TooFew,
    /// A part of its share is withheld.
    Withheld,
    /// It has no figures.
    None,
    /// It came to an end within the period while its peers went on.
    Gone,
    /// Fewer than [`FEWEST_PEERS`](model::compare::FEWEST_PEERS) are left to compare with.
    Alone,
}

/// One of those compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Its code.
    pub member: String,
    /// The part.
    pub numerator: Figure,
    /// What it is a part of.
    pub denominator: Figure,
    /// Both, if both are shown and it is a part of something.
    pub share: Option<(i64, i64)>,
    /// How it is compared.
    pub outcome: Outcome,
    /// True if it had to report and reported nothing.
    pub unreported: bool,
    /// Cases that entered, about land and about other matters.
    pub mix: [Value; 2],
}

/// A comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Those compared, in the order of the register.
    pub rows: Vec<Compared>,
    /// What those large enough have in common: the part and the whole.
    pub common: Option<(i64, i64)>,
    /// True if of one of them it is published how many of its cases are about land.
    pub mixed: bool,
}

impl Comparison {
    /// Compares `members` by `measure`; `rows` holds the figures of those that have some, `mix` those of
    /// cases that entered, about land and about other matters.
    pub(crate) fn of(
        measure: &Measure,
        period: Period,
        members: &[&Member],
        rows: &[Row],
        mix: &[Vec<Row>; 2],
    ) -> Self {
        let of = |(member, gone): (&&Member, bool)| {
            let of_member = |rows: &[Row]| {
                let row = rows.iter().find(|r| r.member == member.code);
                row.map(|r| r.figures.clone()).unwrap_or_default()
            };
            let figures = of_member(rows);
            let [numerator, denominator] =
                [measure.numerator, measure.denominator].map(|item| figures.figure(item));
            let part = |(n, of): &(i64, i64)| (0..=*of).contains(n);
            let had_to = denominator.value.shown().is_some_and(|of| of > 0);
            let nothing = |item: Item| figures.shown(item) == Some(0);
            Compared {
                member: member.code.clone(),
                numerator,
                denominator,
                share: figures
                    .rate(measure.numerator, measure.denominator)
                    .filter(|share| part(share) && !gone),
                outcome: if gone { Outcome::Gone } else { Outcome::None },
                unreported: had_to && measure.reported.is_some_and(nothing),
                mix: [&mix[0], &mix[1]].map(|rows| of_member(rows).get(Item::Entered)),
            }
        };
        let gone = ended_before_peers(members, period);
        let mut rows: Vec<Compared> = members.iter().zip(gone).map(of).collect();
        // Who reported nothing is no measure for others.
        let shares: Vec<(i64, i64)> =
            rows.iter().filter(|r| !r.unreported).filter_map(|r| r.share).collect();
        let common = common(&shares);
        for row in rows.iter_mut().filter(|row| row.outcome != Outcome::Gone) {
            row.outcome = row.compared(common);
        }
        let mixed = rows.iter().any(|r| r.mix.iter().any(|v| *v != Value::Absent));
        Self { rows, common, mixed }
    }

    /// The rows that are compared, each with its share and how it stands.
    pub fn compared(&self) -> impl Iterator<Item = (&Compared, (i64, i64), Standing)> {
        self.rows.iter().filter_map(|row| match row.outcome {
            Outcome::Compared(standing) => Some((row, row.share?, standing)),
            _ => None,
        })
    }
}

impl Compared {
    fn compared(&self, common: Option<(i64, i64)>) -> Outcome {
        let values = [self.numerator.value, self.denominator.value];
        match (self.share, common) {
            _ if values.contains(&Value::Withheld) => Outcome::Withheld,
            // Of nothing: it has figures, and they are too few.
            (None, _) if self.denominator.value == Value::Shown(0) => Outcome::TooFew,
            (None, _) => Outcome::None,
            (Some((_, of)), _) if of < FEWEST => Outcome::TooFew,
            (Some(_), None) => Outcome::Alone,
            (Some(own), Some(common)) => match standing(own, common) {
                Standing::TooFew => Outcome::TooFew,
                standing => Outcome::Compared(standing),
            },
        }
    }
}

/// What is compared.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The period.
    pub period: Period,
    /// Code of the member whose parts are compared, or of a [`Setting`].
    pub peers: String,
    /// What may be chosen instead of them, they included.
    pub choices: Vec<String>,
    /// The rows of the table.
    pub table: Request,
    /// The comparison.
    pub comparison: Comparison,
}

/// The page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The newest release.
    pub release: ReleaseInfo,
    /// The measure.
    pub measure: &'static Measure,
    /// The periods for which it is published, the newest first.
    pub periods: Vec<Period>,
    /// The comparison, if anything is published.
    pub chosen: Option<Chosen>,
}

/// The page of `question`.
///
/// # Errors
///
/// [`PortalError::NothingPublished`] before the first release, [`PortalError::Unavailable`] when the
/// database does not answer.
pub async fn compare(question: Question) -> Result<Page, PortalError> {
    crate::published::answer(async move {
        let published = Published::from_context()?;
        let release = published.newest().await?;
        let measure = question.measure().ok_or(PortalError::NotFound)?;
        let definitions = published.definitions().await?;
        let table = definitions.iter().find(|t| t.id == measure.table);
        let periods = match table {
            Some(table) => measure.periods(table, published.periods(&table.id).await?),
            None => Vec::new(),
        };
        let chosen = match question.period(&periods) {
            Some(period) => {
                let choices = measure.choices(period);
                match question.peers(measure, &choices) {
                    Some(peers) => Some(chosen(&published, measure, period, peers, choices).await?),
                    None => None,
                }
            }
            None => None,
        };
        Ok(Page { release, measure, periods, chosen })
    })
    .await
}

async fn chosen(
    published: &Published,
    measure: &Measure,
    period: Period,
    peers: String,
    choices: Vec<String>,
) -> Result<Chosen, PortalError> {
    let members = measure.members(&peers, period);
    let codes: Vec<String> = members.iter().map(|m| m.code.clone()).collect();
    let fixed = |want: Want, dim: Dim| want.member(dim, measure.member(dim));
    let want = [Dim::Kind, Dim::Field].into_iter().fold(Want::totals(), fixed);
    let want = want.members(measure.dim, codes.clone()).items(&measure.items());
    let rows = published.rows(&measure.table, period, want).await?;
    let mix = mix(published, measure, period, codes).await?;
    let comparison = Comparison::of(measure, period, &members, &rows, &mix);
    Ok(Chosen { table: measure.request(period), period, peers, choices, comparison })
}

/// Cases that entered about land, and about other matters, at the places `codes`; none if `measure` is not
/// of cases of places.
async fn mix(
    published: &Published,
    measure: &Measure,
    period: Period,
    codes: Vec<String>,
) -> Result<[Vec<Row>; 2], PortalError> {
    let mut out = [Vec::new(), Vec::new()];
    if measure.dim != Dim::Area || measure.numerator.population() != Population::Cases {
        return Ok(out);
    }
    for (rows, field) in out.iter_mut().zip(["land", "nonland"]) {
        let want = Want::totals().member(Dim::Kind, &measure.kind).member(Dim::Field, field);
        let want = want.members(Dim::Area, codes.clone()).items(&[Item::Entered]);
        *rows = published.rows("cases-area-field", period, want).await?;
    }
    Ok(out)
}

#[cfg(test)]
mod tests;
