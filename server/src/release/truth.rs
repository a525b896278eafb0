//! What is true according to the register: every population's cube, filled in one pass over its
//! records.

use std::collections::BTreeMap;

use futures_util::TryStreamExt as _;
use model::Period;
use model::item::Population;
use model::table::TableDefinition;
use store::register::Snapshot;

use super::cube::Cube;
use super::error::BuildError;
use super::facts::{BodyFlows, Counting, DaysOnRecord, Dialogues, Facts};

/// All populations, each with its own cube.
pub type Cubes = BTreeMap<Population, Cube>;

/// Empty cubes for `definitions` and `periods` of the series that begins with the quarter `first`.
///
/// # Errors
///
/// When a table names a level or member that does not exist.
pub fn lay_out(
    definitions: &[TableDefinition],
    first: Period,
    periods: &[Period],
) -> Result<Cubes, BuildError> {
    Population::ALL
        .iter()
        .map(|&population| {
            let part: Vec<&TableDefinition> =
                definitions.iter().filter(|t| t.population == population).collect();
            Ok((population, Cube::new(population.code(), &part, first, periods)?))
        })
        .collect()
}

/// Adds the records of `register` as the release on `quarter` knows them. How many cases there were,
/// by body and quarter.
///
/// # Errors
///
/// When the register cannot be read or holds a code that is not known.
pub async fn fill(
    register: &Snapshot,
    cubes: &mut Cubes,
    quarter: Period,
    counting: &Counting,
) -> Result<BodyFlows, BuildError> {
    let facts = Facts::new(quarter, counting.clone());
    let cutoff = quarter.cutoff();
    let mut flows = BodyFlows::default();
    let mut take = |population| {
        cubes.remove(&population).ok_or(BuildError::Empty(quarter)).map(|cube| (population, cube))
    };
    let mut cases = take(Population::Cases)?;
    let mut remedies = take(Population::Remedies)?;
    let mut petitions = take(Population::Petitions)?;
    let mut receptions = take(Population::Receptions)?;
    let mut schedule = take(Population::Schedule)?;
    let mut referrals = take(Population::Referrals)?;

    let mut dialogues = Dialogues::default();
    let mut rows = register.dialogue_histories(cutoff);
    while let Some(history) = rows.try_next().await? {
        dialogues.add(&history);
    }
    drop(rows);
    let mut rows = register.case_histories(cutoff);
    while let Some(history) = rows.try_next().await? {
        facts.case(&history, &dialogues, &mut cases.1, &mut remedies.1, &mut flows)?;
    }
    drop(rows);
    let mut rows = register.petition_histories(cutoff);
    while let Some(history) = rows.try_next().await? {
        facts.petition(&history, &mut petitions.1)?;
    }
    drop(rows);
    let mut rows = register.reception_histories(cutoff);
    let mut on_record = DaysOnRecord::default();
    while let Some(history) = rows.try_next().await? {
        facts.reception(&history, &mut receptions.1, &mut schedule.1, &mut on_record)?;
    }
    drop(rows);
    facts.unreported(&on_record, &mut schedule.1)?;
    let mut rows = register.referral_histories(cutoff);
    while let Some(history) = rows.try_next().await? {
        facts.referral(&history, &mut referrals.1)?;
    }
    drop(rows);
    cubes.extend([cases, remedies, petitions, receptions, schedule, referrals]);
    Ok(flows)
}
