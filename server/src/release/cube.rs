//! The cube of a population: every cell that a published table or disclosure control needs,
//! filled in one pass over the records.
//!
//! A cell is a member of each dimension and a measure. Crossings of levels that are not published
//! but link published ones are added (see `disclosure::Lattice`); their cells are never shown.

mod difference;
mod layout;

use std::collections::{BTreeSet, HashMap};

use disclosure::{CellSpec, Dimension, Fingerprint, Lattice, Visibility};
use model::figure::Address;
use model::table::TableDefinition;
use model::{Dim, Period};

use self::difference::Difference;
use self::layout::{Listed, close_measures, kind_levels, lattice_dimension, level_id};
use super::error::BuildError;
use super::measure::{Measure, Measures, Part, within_series};

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
                            set.insert(measures.intern(Measure::new(item, period)));
                        }
                    }
                    let of_table = |p: &&Period| table.crossings.iter().any(|c| c.covers(**p));
                    for &period in periods.iter().filter(of_table) {
                        let implied = crossing.implied.iter();
                        set.extend(
                            implied.map(|&item| measures.intern(Measure::new(item, period))),
                        );
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
        let measure = self.measures.get(Measure::new(address.item, address.period))?;
        let mut members = [0; DIMS];
        for (slot, dim) in members.iter_mut().zip(Dim::ALL) {
            *slot = dim.members().position(address.member(dim))?;
        }
        self.positions.get(&(members, measure)).copied()
    }

    /// Where all cells stand, by position.
    pub fn coordinates(&self) -> impl Iterator<Item = Coordinates> + '_ {
        self.keys().map(|(members, measure)| {
            let Measure { item, period, part } = self.measures.all()[measure];
            let total = Address::total(period, item);
            let member =
                |a: Address, (&dim, m): (&Dim, usize)| a.with(dim, &dim.members().all()[m].code);
            Coordinates { address: Dim::ALL.iter().zip(members).fold(total, member), part }
        })
    }

    fn keys(&self) -> impl Iterator<Item = ([usize; DIMS], usize)> + '_ {
        self.crossings.iter().flat_map(Crossing::keys)
    }

    /// The population as disclosure control sees it. `describe` gives a cell's threshold and what
    /// may happen to it, from its place, value and largest contributions.
    pub fn population(
        &self,
        mut describe: impl FnMut(&Coordinates, &Observed) -> (u32, Option<u32>, Visibility),
    ) -> Result<disclosure::Population, BuildError> {
        let mut dimensions = Vec::with_capacity(DIMS + 1);
        for dim in Dim::ALL {
            dimensions.push(dimension(dim)?);
        }
        dimensions.push(self.measure_dimension()?);
        let cells = self
            .coordinates()
            .zip(self.keys())
            .zip(&self.cells)
            .map(|((place, (members, measure)), sum)| {
                let observed = sum.observed();
                let (threshold, contributors, visibility) = describe(&place, &observed);
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

/// Where a cell stands.
#[derive(Clone, Debug)]
pub struct Coordinates {
    /// The figure that it is, or of which it is a part.
    pub address: Address,
    /// Which part.
    pub part: Part,
}

impl From<Address> for Coordinates {
    /// Of the figure at `address`.
    fn from(address: Address) -> Self {
        Self { address, part: Part::Whole }
    }
}

impl Coordinates {
    /// The address, of what may be published.
    pub fn published(&self) -> Option<&Address> {
        (self.part == Part::Whole).then_some(&self.address)
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
