//! The cube of a population: every cell that a published table or disclosure control needs,
//! filled in one pass over the records.
//!
//! A cell is a member of each dimension and a measure. Crossings of levels that are not published
//! but link published ones are added (see `disclosure::Lattice`); their cells are never shown.

mod difference;

use std::collections::{BTreeSet, HashMap};

use disclosure::{CellSpec, Dimension, Fingerprint, Lattice, LatticeDimension, Level, Visibility};
use model::figure::Address;
use model::table::TableDefinition;
use model::{Dim, Item, Period};

use self::difference::Difference;
use super::error::BuildError;
use super::measure::{Measure, Measures, within_series};

const DIMS: usize = Dim::ALL.len();

/// Most distinct contributors worth telling apart: the largest threshold of the policy.
pub const CONTRIBUTORS: usize = 10;

/// What one record adds to one measure.
#[derive(Clone, Copy, Debug)]
pub struct Contribution {
    /// Positions of the finest members, in the order of [`Dim::ALL`].
    pub leaf: [usize; DIMS],
    /// Number of the measure.
    pub measure: usize,
    /// What is added to the cell's value.
    pub weight: i64,
    /// Identity of what is counted; scaled by the weight.
    pub identity: u128,
    /// Who contributed it: distinct contributors are counted a cell. `None` for counts whose
    /// contributors are the counted units themselves.
    pub contributor: Option<u64>,
}

/// What the records of a cell come to.
#[derive(Clone, Debug, Default)]
struct Sum {
    value: i64,
    fingerprint: u128,
    contributors: Vec<u64>,
    /// The two largest single contributions, for the p% rule of magnitudes.
    largest: [i64; 2],
}

impl Sum {
    fn add(&mut self, weight: i64, identity: u128, contributor: Option<u64>) {
        self.value += weight;
        let scale = u128::from(weight.unsigned_abs());
        self.fingerprint = self.fingerprint.wrapping_add(identity.wrapping_mul(scale));
        if let Some(who) = contributor
            && self.contributors.len() < CONTRIBUTORS
            && !self.contributors.contains(&who)
        {
            self.contributors.push(who);
        }
        if weight > self.largest[0] {
            self.largest = [weight, self.largest[0]];
        } else if weight > self.largest[1] {
            self.largest[1] = weight;
        }
    }

    fn observed(&self) -> Observed {
        let counted = u32::try_from(self.contributors.len()).unwrap_or(u32::MAX);
        Observed {
            value: self.value,
            contributors: (counted > 0).then_some(counted),
            largest: self.largest,
        }
    }
}

/// One combination of levels with the measures it holds.
#[derive(Debug)]
struct Crossing {
    /// Members along each dimension, as positions in the dimension's list.
    members: [Vec<usize>; DIMS],
    /// Position of a leaf's ancestor among `members`, by leaf.
    ancestor: [Vec<Option<u32>>; DIMS],
    /// Slot by measure number.
    slots: Vec<Option<u32>>,
    measures: Vec<usize>,
    offset: usize,
}

/// The cells of one population.
#[derive(Debug)]
pub struct Cube {
    name: &'static str,
    first: Period,
    measures: Measures,
    crossings: Vec<Crossing>,
    cells: Vec<Sum>,
    /// What is noted in place of sums.
    difference: Option<Difference>,
    positions: HashMap<([usize; DIMS], usize), usize>,
}

impl Cube {
    /// Lays out the cube of the population that `tables` share, for `periods`.
    ///
    /// # Errors
    ///
    /// When a table names a level or member that does not exist.
    pub fn new(
        name: &'static str,
        tables: &[&TableDefinition],
        first: Period,
        periods: &[Period],
    ) -> Result<Self, BuildError> {
        let mut measures = Measures::default();
        let mut wanted: HashMap<Vec<u16>, BTreeSet<usize>> = HashMap::new();
        let mut published: Vec<Vec<u16>> = Vec::new();
        let mut listed = Listed::default();
        for table in tables {
            for crossing in &table.crossings {
                for kind_level in kind_levels(table, &crossing.kind)? {
                    let levels = Dim::ALL
                        .iter()
                        .map(|&dim| match crossing.level(dim) {
                            Some(level) => level_id(table, dim, level),
                            None => Ok(kind_level),
                        })
                        .collect::<Result<Vec<u16>, _>>()?;
                    listed.add(&levels, &crossing.kind);
                    let set = wanted.entry(levels.clone()).or_default();
                    for &period in periods.iter().filter(|p| crossing.covers(**p)) {
                        let items = table.items_of(crossing).iter();
                        for &item in items.filter(|&&item| within_series(item, period, first)) {
                            set.insert(measures.intern(Measure { item, period }));
                        }
                    }
                    if !published.contains(&levels) {
                        published.push(levels);
                    }
                }
            }
        }
        let lattice = Lattice::new(Dim::ALL.iter().map(|&d| lattice_dimension(d)).collect())?;
        let all = lattice.close(&published)?;
        let sets = close_measures(&all, &wanted, &mut measures, first);

        let mut crossings = Vec::with_capacity(all.len());
        let mut offset = 0;
        for (levels, set) in all.iter().zip(sets) {
            let kinds = listed.kinds_at(levels);
            let crossing = Crossing::new(levels, &kinds, set, measures.all().len(), offset);
            offset += crossing.len();
            crossings.push(crossing);
        }
        let cells = vec![Sum::default(); offset];
        let (difference, positions) = (None, HashMap::new());
        let mut cube = Self { name, first, measures, crossings, cells, difference, positions };
        cube.positions = cube.keys().enumerate().map(|(i, key)| (key, i)).collect();
        Ok(cube)
    }

    /// The population that it counts.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The first quarter of the series.
    pub const fn first(&self) -> Period {
        self.first
    }

    /// The number of `measure`, if a cell needs it.
    pub fn measure(&self, measure: Measure) -> Option<usize> {
        self.measures.get(measure)
    }

    /// Adds what a record contributes to every crossing that holds the measure.
    pub fn add(&mut self, c: &Contribution) {
        for crossing in &self.crossings {
            let Some(at) = crossing.position(&c.leaf, c.measure) else { continue };
            match &mut self.difference {
                None => self.cells[at].add(c.weight, c.identity, c.contributor),
                Some(difference) => difference.note(at, c),
            }
        }
    }

    /// The value of the cell at `position`.
    pub fn value(&self, position: usize) -> i64 {
        self.cells[position].value
    }

    /// What the records of the cell at `position` come to, with their identity.
    pub fn observed(&self, position: usize) -> (Observed, Fingerprint) {
        let sum = &self.cells[position];
        (sum.observed(), Fingerprint(sum.fingerprint))
    }

    /// The position of the cell at `address`.
    pub fn find(&self, address: &Address) -> Option<usize> {
        let measure = self.measures.get(Measure { item: address.item, period: address.period })?;
        let mut members = [0; DIMS];
        for (slot, dim) in members.iter_mut().zip(Dim::ALL) {
            *slot = dim.members().position(address.member(dim))?;
        }
        self.positions.get(&(members, measure)).copied()
    }

    /// The addresses of all cells, by position.
    pub fn addresses(&self) -> impl Iterator<Item = Address> + '_ {
        self.keys().map(|(members, measure)| {
            let Measure { item, period } = self.measures.all()[measure];
            Dim::ALL.iter().zip(members).fold(Address::total(period, item), |a, (&dim, m)| {
                a.with(dim, &dim.members().all()[m].code)
            })
        })
    }

    fn keys(&self) -> impl Iterator<Item = ([usize; DIMS], usize)> + '_ {
        self.crossings.iter().flat_map(Crossing::keys)
    }

    /// The population as disclosure control sees it. `describe` gives a cell's threshold and what
    /// may happen to it, from its address, value and largest contributions.
    pub fn population(
        &self,
        mut describe: impl FnMut(&Address, &Observed) -> (u32, Option<u32>, Visibility),
    ) -> Result<disclosure::Population, BuildError> {
        let mut dimensions = Vec::with_capacity(DIMS + 1);
        for dim in Dim::ALL {
            dimensions.push(dimension(dim)?);
        }
        dimensions.push(self.measure_dimension()?);
        let cells = self
            .addresses()
            .zip(self.keys())
            .zip(&self.cells)
            .map(|((address, (members, measure)), sum)| {
                let observed = sum.observed();
                let (threshold, contributors, visibility) = describe(&address, &observed);
                let mut key: Vec<u32> = members.iter().map(|&m| id(m)).collect();
                key.push(id(measure));
                CellSpec {
                    key,
                    value: sum.value,
                    contributors: contributors.or(observed.contributors).unwrap_or(0),
                    fingerprint: Fingerprint(sum.fingerprint),
                    threshold,
                    visibility,
                }
            })
            .collect();
        let name = self.name.to_owned();
        Ok(disclosure::Population { name, dimensions, cells, relations: Vec::new() })
    }

    fn measure_dimension(&self) -> Result<Dimension, BuildError> {
        let members = self.measures.all().iter().map(|m| m.code()).collect();
        let mut partitions = Vec::new();
        for (parent, measure) in self.measures.all().iter().enumerate() {
            for parts in measure.partitions(self.first) {
                let children: Option<Vec<u32>> =
                    parts.iter().map(|&m| self.measures.get(m).map(id)).collect();
                if let Some(children) = children {
                    partitions.push(disclosure::Partition { parent: id(parent), children });
                }
            }
        }
        Ok(Dimension::new("measure", members, partitions)?)
    }
}

/// What the cube knows of a cell when its rule is chosen.
#[derive(Clone, Copy, Debug)]
pub struct Observed {
    /// The value.
    pub value: i64,
    /// Distinct contributors, up to [`CONTRIBUTORS`]; `None` if none were named.
    pub contributors: Option<u32>,
    /// The two largest single contributions.
    pub largest: [i64; 2],
}

fn id(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn dimension(dim: Dim) -> Result<Dimension, BuildError> {
    let members = dim.members();
    let at = |code: &str| members.position(code).map_or(u32::MAX, id);
    let partitions = members
        .partitions()
        .iter()
        .map(|p| disclosure::Partition {
            parent: at(&p.parent),
            children: p.children.iter().map(|c| at(c)).collect(),
        })
        .collect();
    let codes = members.all().iter().map(|m| m.code.clone()).collect();
    Ok(Dimension::new(dim.code(), codes, partitions)?)
}

fn lattice_dimension(dim: Dim) -> LatticeDimension {
    let levels = dim
        .levels()
        .iter()
        .zip(0u16..)
        .map(|(name, at)| Level {
            name: (*name).to_owned(),
            coarser: at.checked_sub(1).into_iter().collect(),
        })
        .collect();
    LatticeDimension { name: dim.code().to_owned(), levels }
}

fn level_id(table: &TableDefinition, dim: Dim, level: &str) -> Result<u16, BuildError> {
    dim.levels()
        .iter()
        .zip(0u16..)
        .find_map(|(name, at)| (*name == level).then_some(at))
        .ok_or_else(|| BuildError::UnknownLevel {
            table: table.id.clone(),
            dimension: dim.code(),
            level: level.to_owned(),
        })
}

/// The levels of kind that hold the listed members; a member at two levels needs only the coarser.
fn kind_levels(table: &TableDefinition, kinds: &[String]) -> Result<BTreeSet<u16>, BuildError> {
    kinds
        .iter()
        .map(|code| {
            let member = Dim::Kind.members().get(code).ok_or_else(|| BuildError::UnknownLevel {
                table: table.id.clone(),
                dimension: Dim::Kind.code(),
                level: code.clone(),
            })?;
            level_id(table, Dim::Kind, member.levels.first().copied().unwrap_or_default())
        })
        .collect()
}

/// Which kinds of matter are published at which levels.
///
/// A kind of which nothing is published at some levels, nor at finer ones, neither by itself nor as a part of
/// a published sum, has no cells there: whatever a reader knows of its coarser cells, it may all be in one
/// of these, and none in the others. So as many values stay possible for each of them as for the sum, up to it.
#[derive(Debug, Default)]
struct Listed(Vec<(Vec<u16>, Vec<String>)>);

impl Listed {
    fn add(&mut self, levels: &[u16], kinds: &[String]) {
        self.0.push((levels.to_vec(), kinds.to_vec()));
    }

    /// Which members of kind have cells at `levels`, by position.
    fn kinds_at(&self, levels: &[u16]) -> Vec<bool> {
        let names = Dim::Kind.members();
        let finer = |other: &[u16]| {
            let pairs = levels.iter().zip(other).enumerate();
            pairs.filter(|(at, _)| *at != Dim::Kind as usize).all(|(_, (own, other))| other >= own)
        };
        let line = |code: &str| {
            std::iter::successors(names.get(code), |m| names.get(m.parent.as_deref()?))
                .map(|m| m.code.clone())
                .collect::<Vec<String>>()
        };
        let there = |own: &str| {
            let related = |other: &String| {
                line(own).contains(other) || line(other).iter().any(|code| code == own)
            };
            self.0.iter().any(|(other, kinds)| finer(other) && kinds.iter().any(related))
        };
        names.all().iter().map(|member| there(&member.code)).collect()
    }
}

/// The measures that each crossing has to hold: its own, those of every finer crossing, with any
/// part of a measure all its parts, and a measure that two of its partitions tie together (opening
/// and what came in are as many as what ended and what is left); until nothing is missing.
fn close_measures(
    crossings: &[Vec<u16>],
    wanted: &HashMap<Vec<u16>, BTreeSet<usize>>,
    measures: &mut Measures,
    first: Period,
) -> Vec<BTreeSet<usize>> {
    let mut sets: Vec<BTreeSet<usize>> =
        crossings.iter().map(|c| wanted.get(c).cloned().unwrap_or_default()).collect();
    let finer = |a: &[u16], b: &[u16]| a != b && a.iter().zip(b).all(|(a, b)| a >= b);
    loop {
        let before: usize = sets.iter().map(BTreeSet::len).sum();
        for (levels, set) in crossings.iter().zip(&mut sets) {
            let tied = ties(set, measures, first, levels[Dim::Body as usize] > 0);
            set.extend(tied.into_iter().map(|measure| measures.intern(measure)));
            let mut queue: Vec<usize> = set.iter().copied().collect();
            while let Some(number) = queue.pop() {
                for parts in measures.all()[number].partitions(first) {
                    let any =
                        parts.iter().any(|&p| measures.get(p).is_some_and(|n| set.contains(&n)));
                    if any {
                        for part in parts {
                            let part = measures.intern(part);
                            if set.insert(part) {
                                queue.push(part);
                            }
                        }
                    }
                }
            }
        }
        for coarse in 0..crossings.len() {
            for fine in 0..crossings.len() {
                if finer(&crossings[fine], &crossings[coarse]) {
                    let add = sets[fine].clone();
                    sets[coarse].extend(add);
                }
            }
        }
        if sets.iter().map(BTreeSet::len).sum::<usize>() == before {
            return sets;
        }
    }
}

/// The measures outside `set` that have parts in it in two partitions or more: whoever sees the one
/// partition's parts knows the sum of the other's. Cases pass from one body to another, so that the
/// workload balances over all bodies only, and a body's own with its transfers.
fn ties(set: &BTreeSet<usize>, measures: &Measures, first: Period, by_body: bool) -> Vec<Measure> {
    let other = if by_body { Item::Workload } else { Item::BodyWorkload };
    let periods: BTreeSet<Period> = set.iter().map(|&n| measures.all()[n].period).collect();
    let has = |measure: &Measure| measures.get(*measure).is_some_and(|n| set.contains(&n));
    let mut out = Vec::new();
    for period in periods {
        for &item in Item::ALL.iter().filter(|item| **item != other) {
            let measure = Measure { item, period };
            let partitions = measure.partitions(first);
            let touched = partitions.iter().filter(|parts| parts.iter().any(has));
            if !has(&measure) && touched.count() > 1 {
                out.push(measure);
            }
        }
    }
    out
}

impl Crossing {
    fn new(
        levels: &[u16],
        kinds: &[bool],
        set: BTreeSet<usize>,
        measure_count: usize,
        offset: usize,
    ) -> Self {
        let mut members: [Vec<usize>; DIMS] = Default::default();
        let mut ancestor: [Vec<Option<u32>>; DIMS] = Default::default();
        for (at, dim) in Dim::ALL.into_iter().enumerate() {
            let level = dim.levels()[usize::from(levels[at])];
            let all = dim.members().all();
            let mut slot = vec![None; all.len()];
            for (position, member) in all.iter().enumerate() {
                let there = dim != Dim::Kind || kinds[position];
                if member.levels.contains(&level) && there {
                    slot[position] = Some(id(members[at].len()));
                    members[at].push(position);
                } else if let Some(parent) = &member.parent {
                    // Parents come before children; coarser members have no slot.
                    slot[position] = dim.members().position(parent).and_then(|p| slot[p]);
                }
            }
            ancestor[at] = slot;
        }
        let mut slots = vec![None; measure_count];
        for (slot, &measure) in set.iter().enumerate() {
            slots[measure] = Some(id(slot));
        }
        Self { members, ancestor, slots, measures: set.into_iter().collect(), offset }
    }

    fn len(&self) -> usize {
        self.members.iter().map(Vec::len).product::<usize>() * self.measures.len()
    }

    fn position(&self, leaf: &[usize; DIMS], measure: usize) -> Option<usize> {
        let slot = self.slots[measure]?;
        let mut at = 0;
        for ((members, ancestor), leaf) in self.members.iter().zip(&self.ancestor).zip(leaf) {
            at = at * members.len() + ancestor[*leaf]? as usize;
        }
        Some(self.offset + at * self.measures.len() + slot as usize)
    }

    /// The keys of its cells in the order of their positions.
    fn keys(&self) -> impl Iterator<Item = ([usize; DIMS], usize)> + '_ {
        let width = self.measures.len();
        (0..self.len()).map(move |index| {
            let mut rest = index / width;
            let mut members = [0; DIMS];
            for dim in (0..DIMS).rev() {
                let count = self.members[dim].len();
                members[dim] = self.members[dim][rest % count];
                rest /= count;
            }
            (members, self.measures[index % width])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(codes: [&str; 4]) -> Vec<u16> {
        let [area, body, field, referrer] = codes;
        let level = |dim: Dim, code: &str| {
            u16::try_from(dim.levels().iter().position(|level| *level == code).unwrap()).unwrap()
        };
        vec![
            level(Dim::Area, area),
            level(Dim::Body, body),
            level(Dim::Kind, "kind"),
            level(Dim::Field, field),
            level(Dim::Referrer, referrer),
        ]
    }

    #[test]
    fn a_kind_has_cells_where_it_or_a_sum_with_it_is_published_at_these_levels_or_finer_ones() {
        let mut listed = Listed::default();
        let kinds = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
        listed.add(&levels(["province", "all", "all", "all"]), &kinds(&["all"]));
        listed.add(&levels(["district", "all", "land", "all"]), &kinds(&["civil"]));
        listed.add(&levels(["province", "all", "field", "all"]), &kinds(&["denunciation"]));
        let has = |at: [&str; 4], kind: &str| {
            listed.kinds_at(&levels(at))[Dim::Kind.members().position(kind).unwrap()]
        };
        for (at, kind, expected) in [
            (["province", "all", "all", "all"], "denunciation", true),
            (["province", "all", "land", "all"], "denunciation", true),
            (["region", "all", "all", "all"], "denunciation", false),
            (["region", "all", "land", "all"], "denunciation", false),
            (["region", "all", "land", "all"], "civil", true),
            // A part of a published sum could follow from it.
            (["region", "all", "land", "all"], "complaint", true),
            (["region", "all", "land", "all"], "all", true),
            (["district", "all", "field", "all"], "complaint", false),
            (["province", "class", "all", "all"], "civil", false),
        ] {
            assert_eq!(has(at, kind), expected, "{at:?} {kind}");
        }
    }
}
