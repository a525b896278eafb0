//! Where supervision looks first: rules with thresholds as data (`app/data/attention.toml`), applied to the
//! newest published figures of places and bodies. A rule sees what readers see: where a figure is withheld
//! or too small it says nothing.

mod chance;
mod judge;
mod rules;

use model::table::TableDefinition;
use model::{Dim, Period};

pub use judge::{Finding, Gap, Judgement, Verdict};
#[cfg(test)]
pub(crate) use rules::rules;
pub use rules::{Look, Rule, Test};

use super::ReleaseInfo;
use crate::error::PortalError;
use crate::published::{Published, Want};

/// Tables that supervision reads by itself.
const TABLES: [&str; 4] = ["reception-schedule", "referrals", "referral-answers", "followed"];

/// The page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The newest release.
    pub release: ReleaseInfo,
    /// The rules, each with what came of its looks, in the order of both.
    pub rules: Vec<(&'static Rule, Vec<Seen>)>,
    /// Tables to go on with.
    pub tables: Vec<TableDefinition>,
}

/// What came of one look.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The look.
    pub look: &'static Look,
    /// The periods that it needs, oldest first; none if nothing is published for it yet.
    pub periods: Vec<Period>,
    /// A judgement a member that existed in the newest of them, in the order of the register.
    pub judgements: Vec<Judgement>,
}

/// How many members a look or more flag, leave, and can't judge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Flagged.
    pub flagged: usize,
    /// Not flagged.
    pub within: usize,
    /// Not assessable.
    pub missing: usize,
}

impl Tally {
    /// The tally of `seen`.
    pub fn of<'a>(seen: impl IntoIterator<Item = &'a Seen>) -> Self {
        let judgements = seen.into_iter().flat_map(|s| &s.judgements);
        judgements.fold(Self::default(), |mut tally, judgement| {
            match judgement.verdict {
                Verdict::Flagged(_) => tally.flagged += 1,
                Verdict::Within => tally.within += 1,
                Verdict::NotAssessable(_) => tally.missing += 1,
            }
            tally
        })
    }
}

/// What supervision has to look at.
///
/// # Errors
///
/// [`PortalError::NothingPublished`] before the first release, [`PortalError::Unavailable`] when the
/// database does not answer.
pub async fn supervision() -> Result<Page, PortalError> {
    crate::published::answer(async move {
        let published = Published::from_context()?;
        let release = published.newest().await?;
        let mut rules = Vec::new();
        for rule in rules::rules() {
            let mut looks = Vec::new();
            for look in &rule.looks {
                looks.push(seen(&published, look).await?);
            }
            rules.push((rule, looks));
        }
        let mut tables = published.definitions().await?;
        tables.retain(|table| TABLES.contains(&table.id.as_str()));
        Ok(Page { release, rules, tables })
    })
    .await
}

async fn seen(published: &Published, look: &'static Look) -> Result<Seen, PortalError> {
    let periods = look.periods(&published.periods(&look.table).await?);
    if periods.is_empty() {
        return Ok(Seen { look, periods, judgements: Vec::new() });
    }
    let want = Want::totals()
        .member(Dim::Kind, look.kind())
        .member(Dim::Field, look.field())
        .level(look.dim, &look.level)
        .items(&look.test.items());
    let series = published.series(&look.table, &periods, want).await?;
    let judgements = judge::judge(look, &periods, &series);
    Ok(Seen { look, periods, judgements })
}
