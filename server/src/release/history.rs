//! What was true when earlier releases were built, where the register says otherwise today.
//!
//! A release keeps the numbers of the batches that it counts ([`RegisterState`]). As long as later
//! batches tell only of later days, what was true of a quarter stays true, and its figures are bound
//! by what was shown of them. Where a batch was imported behind a release, or withdrawn, or an annual
//! revision moves what was reported late, both states are counted once more, and protection takes the
//! differences into account.

use std::collections::{BTreeSet, HashMap};

use disclosure::{Before, Change, Fingerprint, Published};
use model::figure::Address;
use model::item::Population;
use model::{Period, Status};
use store::RegisterPool;
use store::register::Snapshot;

use super::archive::Archive;
use super::bundle::Bundle;
use super::changes::Newest;
use super::cube::{Coordinates, Cube, Observed};
use super::error::BuildError;
use super::facts::{Counting, Dating};
use super::policy::{known_to_be_none, sensitivity};
use super::restricted::RegisterState;
use super::truth::{self, Cubes};

/// The versions of the figures before the new one, the oldest first; none if nothing has changed.
#[derive(Debug, Default)]
pub struct History {
    versions: Vec<Version>,
    /// By the positions of two versions (the new one comes last): what differs.
    differences: HashMap<(usize, usize), Differences>,
}

type Differences = HashMap<Population, HashMap<usize, Observed>>;

/// What was true for some consecutive releases.
#[derive(Debug)]
struct Version {
    cubes: Cubes,
    /// The quarter of the last of them.
    quarter: Period,
    /// How many releases there were by then.
    releases: usize,
}

/// What history is read from.
#[derive(Debug)]
pub struct Sources<'a, L> {
    /// The register.
    pub register: &'a RegisterPool,
    /// As it is now.
    pub now: &'a Snapshot,
    /// Where bundles are kept.
    pub archive: &'a Archive,
    /// The releases before the new one.
    pub earlier: &'a [Bundle],
    /// Makes empty cubes.
    pub lay_out: L,
    /// The quarter of the new release.
    pub quarter: Period,
    /// How it counts.
    pub counting: &'a Counting,
}

/// The state of the register that a release counts.
struct State {
    snapshot: Snapshot,
    counting: Counting,
    quarter: Period,
    releases: usize,
}

impl State {
    const fn register(&self) -> (&Snapshot, &Counting) {
        (&self.snapshot, &self.counting)
    }
}

impl<L> Sources<'_, L> {
    const fn newest(&self) -> (&Snapshot, &Counting) {
        (self.now, self.counting)
    }
}

impl History {
    /// Reads what has changed.
    ///
    /// # Errors
    ///
    /// When the register can't be read, or what is kept of an earlier release is missing.
    pub async fn read<L>(sources: &Sources<'_, L>) -> Result<Self, BuildError>
    where
        L: Fn() -> Result<Cubes, BuildError>,
    {
        let first = sources.register.first_extracts().await?;
        let known = |snapshot: &Snapshot, quarter: Period| -> BTreeSet<i64> {
            let by = |batch: &i64| first.get(batch).is_some_and(|day| *day <= quarter.cutoff());
            snapshot.batches().iter().copied().filter(by).collect()
        };
        let states = states(sources)?;
        let mut changed = Vec::new();
        for (at, state) in states.iter().enumerate() {
            let next = states.get(at + 1).map_or(sources.newest(), State::register);
            let differs = known(&state.snapshot, state.quarter) != known(next.0, state.quarter)
                || state.counting.dating != next.1.dating;
            let last = at + 1 == states.len();
            if differs || (last && !changed.is_empty()) {
                changed.push(state);
            }
        }
        let mut history = Self::default();
        for state in &changed {
            let mut cubes = (sources.lay_out)()?;
            truth::fill(&state.snapshot, &mut cubes, state.quarter, &state.counting).await?;
            let (quarter, releases) = (state.quarter, state.releases);
            history.versions.push(Version { cubes, quarter, releases });
        }
        for (from, old) in changed.iter().enumerate() {
            for to in from + 1..=changed.len() {
                let later = changed.get(to);
                let new = later.map_or(sources.newest(), |state| state.register());
                let (before, after) =
                    (known(&old.snapshot, old.quarter), known(new.0, old.quarter));
                let touched: Vec<i64> = before.symmetric_difference(&after).copied().collect();
                let differently = old.counting.dating != new.1.dating;
                let pair = [old.register(), new].map(|(snapshot, counting)| {
                    // What is dated otherwise may be any record.
                    let touched = (!differently).then(|| snapshot.touched_by(touched.clone()));
                    (touched.unwrap_or_else(|| snapshot.clone()), counting)
                });
                let newest = later.map_or(sources.quarter, |state| state.quarter);
                let differences = differences(sources, &pair, [old.quarter, newest]).await?;
                history.differences.insert((from, to), differences);
            }
        }
        Ok(history)
    }

    /// True if a figure of `population` is another than it was.
    pub fn concerns(&self, population: Population) -> bool {
        let of = |d: &Differences| d.get(&population).is_some_and(|cells| !cells.is_empty());
        self.differences.values().any(of)
    }

    /// Checks that what is counted today of earlier versions is what was published of them: otherwise
    /// the figures are counted in another way than they were, and their changes are not those of records.
    /// `newest` is what `earlier` releases published last.
    ///
    /// # Errors
    ///
    /// [`BuildError::CountedOtherwise`] with the first figure.
    pub fn agrees(
        &self,
        cubes: &Cubes,
        earlier: &[Bundle],
        newest: &Newest,
    ) -> Result<(), BuildError> {
        for version in &self.versions {
            let releases = &earlier[..version.releases];
            agree(&version.cubes, releases, &Newest::of(releases), |_| true)?;
        }
        agree(cubes, earlier, newest, |population| !self.concerns(population))
    }

    /// How many releases there were at each version.
    pub fn releases(&self) -> Vec<usize> {
        self.versions.iter().map(|version| version.releases).collect()
    }

    /// What each version had in the cells of `population`, which are at `coordinates`, and what `earlier`
    /// releases showed of it.
    pub fn before(
        &self,
        population: Population,
        coordinates: &[Coordinates],
        earlier: &[Bundle],
    ) -> Vec<Vec<Option<Before>>> {
        let of = |version: &Version| {
            let cube = &version.cubes[&population];
            let published = statuses(population, &earlier[..version.releases]);
            let cells = coordinates.iter().enumerate().map(|(position, place)| {
                let last = place.address.period.last_quarter_index();
                let status = place.published().and_then(|address| published.get(address));
                (last <= version.quarter.last_quarter_index())
                    .then(|| before(cube, position, place, status))
            });
            cells.collect()
        };
        self.versions.iter().map(of).collect()
    }

    /// How many distinct contributors are behind a change of the figure of `population` at `address`.
    pub fn contributors(
        &self,
        population: Population,
        address: &Address,
        change: Change,
    ) -> Option<u32> {
        let cells = self.differences.get(&(change.from, change.to))?.get(&population)?;
        let observed = cells.get(&change.cell)?;
        sensitivity(address, observed).1.or(observed.contributors)
    }
}

/// Checks that `cubes` have what the last of `releases` shows of the populations that `concerned`.
fn agree(
    cubes: &Cubes,
    releases: &[Bundle],
    newest: &Newest,
    concerned: impl Fn(Population) -> bool,
) -> Result<(), BuildError> {
    let tables = releases.last().into_iter().flat_map(|b| &b.release.tables);
    for table in tables.filter(|t| concerned(t.definition.population)) {
        let cube = &cubes[&table.definition.population];
        for cell in newest.cells(&table.definition.id) {
            let counted = cube.find(&cell.address).map(|position| cube.value(position));
            if let (Some(published), Some(counted)) = (cell.value, counted)
                && published != counted
            {
                return Err(BuildError::CountedOtherwise {
                    table: table.definition.id.clone(),
                    address: Box::new(cell.address.clone()),
                    published,
                    counted,
                });
            }
        }
    }
    Ok(())
}

/// What releases made of each address of `population`; a later one counts.
pub fn statuses(population: Population, releases: &[Bundle]) -> HashMap<&Address, Status> {
    let tables = releases.iter().flat_map(|b| &b.release.tables);
    tables
        .filter(|t| t.definition.population == population)
        .flat_map(|t| t.cells.iter().map(|c| (&c.address, c.status)))
        .collect()
}

fn states<L>(sources: &Sources<'_, L>) -> Result<Vec<State>, BuildError> {
    let read = |(number, bundle): (usize, &Bundle)| {
        let id = bundle.release.id;
        let state = RegisterState::of(bundle, &sources.archive.restricted(id))?;
        let snapshot = sources.register.snapshot(state.batches);
        let dating = Dating { annual: state.annual };
        let counting = Counting { dating, ..sources.counting.clone() };
        Ok(State { snapshot, counting, quarter: id.period, releases: number + 1 })
    };
    sources.earlier.iter().enumerate().map(read).collect()
}

fn before(cube: &Cube, position: usize, place: &Coordinates, status: Option<&Status>) -> Before {
    let (observed, fingerprint): (Observed, Fingerprint) = cube.observed(position);
    let contributors = sensitivity(&place.address, &observed).1.or(observed.contributors);
    Before {
        value: observed.value,
        contributors: contributors.unwrap_or(0),
        fingerprint,
        published: status.map(|status| match status {
            Status::Shown => Published::Shown,
            _ => Published::Withheld,
        }),
        known_zero: observed.value == 0 && known_to_be_none(place),
    }
}

/// What differs between two states of the register, as known to their `quarters`, in the figures up to the
/// earlier quarter. What later ones tell is in them too, where an annual revision has moved it there.
async fn differences<L>(
    sources: &Sources<'_, L>,
    [old, new]: &[(Snapshot, &Counting); 2],
    quarters: [Period; 2],
) -> Result<Differences, BuildError>
where
    L: Fn() -> Result<Cubes, BuildError>,
{
    let cubes = (sources.lay_out)()?;
    let noting =
        |(population, cube): (Population, Cube)| (population, cube.noting_differences(quarters[0]));
    let mut cubes: Cubes = cubes.into_iter().map(noting).collect();
    truth::fill(&old.0, &mut cubes, quarters[0], old.1).await?;
    cubes.values_mut().for_each(Cube::turn);
    truth::fill(&new.0, &mut cubes, quarters[1], new.1).await?;
    Ok(cubes.into_iter().map(|(population, cube)| (population, cube.differences())).collect())
}
