//! Which crossings have to be in the model so that its relations are all that a reader can use.
//!
//! A *crossing* is one level of each dimension; its cells are the tuples of members of these
//! levels. A reader combines the cells of several crossings linearly. The model is complete when
//! every linear dependency between published cells follows from relations between a parent and its
//! parts in one dimension, which is all that [`crate::Problem`] generates.
//!
//! # Reasoning
//!
//! The cells of a crossing `(l1, .., ld)` span the tensor product of spaces `V(li)`, where `V(l)`
//! holds the functions that are constant on each member of level `l`. Two crossings meet in the
//! product of the `V(ai) ∩ V(bi)`, and `V(a) ∩ V(b)` belongs to the finest common coarsening, the
//! join. Hence:
//!
//! - **Joins.** Two crossings depend on one another exactly through the crossing of their
//!   componentwise joins. Where the levels in use are a chain in every dimension, the spaces have a
//!   common basis (what is new at each level), sums and intersections distribute, and pairwise joins
//!   account for all dependencies of any number of crossings.
//! - **Overlapping groupings.** Where two levels in use are incomparable (regions and types of
//!   area, say), three crossings can depend on each other in ways no pair shows. For two crossings
//!   that are incomparable in these dimensions the crossing of the common finer level there, and of
//!   the join in all other dimensions, is added. When this is done until nothing is new, those
//!   crossings that bear on one coordinate of the chain dimensions have a finest one among them;
//!   all others are sums of its cells by definition, so no dependency is left that the relations
//!   don't give.
//! - **Paths.** A parent is linked with its parts one dimension and one level at a time. Between
//!   crossings that cover one another the missing intermediate crossings are added. Their cells are
//!   sums of the finer crossing's cells by definition and bring no new dependency.
//!
//! Whatever is added is never shown. A grouping that is made of *members* and not of whole levels
//! (year to date, half-years) needs no lattice: give its members their partitions.

use std::collections::BTreeSet;

use crate::error::ModelError;

/// Position of a level in its dimension.
pub type LevelId = u16;
/// One level for each dimension.
pub type Crossing = Vec<LevelId>;

/// A level of a code list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its name.
    pub name: String,
    /// The next coarser levels: those whose members have a partition into members of this one.
    pub coarser: Vec<LevelId>,
}

/// The levels of one dimension, a partial order with a least upper bound for any two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LatticeDimension {
    /// Its name, for messages.
    pub name: String,
    /// Its levels, in any order.
    pub levels: Vec<Level>,
}

/// The orders of all dimensions, with joins and meets looked up.
#[derive(Debug, Clone)]
pub struct Lattice {
    dimensions: Vec<Order>,
}

#[derive(Debug, Clone)]
struct Order {
    name: String,
    levels: Vec<Level>,
    /// `above[a][b]`: b is a or coarser than a.
    above: Vec<Vec<bool>>,
    join: Vec<Vec<LevelId>>,
}

impl Lattice {
    /// Checks the orders.
    ///
    /// # Errors
    ///
    /// Names two levels when they contain one another or have no unique finest common coarser
    /// level; a dimension needs a top ("all") when it has incomparable levels.
    pub fn new(dimensions: Vec<LatticeDimension>) -> Result<Self, ModelError> {
        let dimensions: Result<Vec<Order>, ModelError> =
            dimensions.into_iter().map(Order::new).collect();
        Ok(Self { dimensions: dimensions? })
    }

    /// The published crossings, without repetition and in their order, then those that have to be
    /// added to the model as never shown, sorted.
    ///
    /// # Errors
    ///
    /// When a crossing doesn't fit, or overlapping levels have no common finer level.
    pub fn close(&self, published: &[Crossing]) -> Result<Vec<Crossing>, ModelError> {
        let mut closed: BTreeSet<Crossing> = BTreeSet::new();
        let mut result = Vec::new();
        for (position, crossing) in published.iter().enumerate() {
            let fits = crossing.len() == self.dimensions.len()
                && crossing
                    .iter()
                    .zip(&self.dimensions)
                    .all(|(l, d)| d.levels.get(usize::from(*l)).is_some());
            if !fits {
                return Err(ModelError::Crossing { position });
            }
            if closed.insert(crossing.clone()) {
                result.push(crossing.clone());
            }
        }
        self.add_bounds(&mut closed)?;
        self.add_paths(&mut closed);
        for crossing in &result {
            closed.remove(crossing);
        }
        result.extend(closed);
        Ok(result)
    }

    /// Adds joins, and meets where groupings overlap, until nothing is new.
    fn add_bounds(&self, closed: &mut BTreeSet<Crossing>) -> Result<(), ModelError> {
        loop {
            let all: Vec<Crossing> = closed.iter().cloned().collect();
            let overlapping = self.overlapping(&all);
            let before = closed.len();
            for (position, a) in all.iter().enumerate() {
                for b in &all[..position] {
                    closed.insert(self.join(a, b));
                    if let Some(meet) = self.meet_of_overlap(a, b, &overlapping)? {
                        closed.insert(meet);
                    }
                }
            }
            if closed.len() == before {
                return Ok(());
            }
        }
    }

    /// The dimensions in which two levels in use are incomparable.
    fn overlapping(&self, crossings: &[Crossing]) -> Vec<bool> {
        let used = |at: usize| -> BTreeSet<LevelId> { crossings.iter().map(|c| c[at]).collect() };
        let overlaps = |(at, order): (usize, &Order)| {
            let used = used(at);
            used.iter().any(|a| used.iter().any(|b| !order.comparable(*a, *b)))
        };
        self.dimensions.iter().enumerate().map(overlaps).collect()
    }

    fn join(&self, a: &Crossing, b: &Crossing) -> Crossing {
        let levels = a.iter().zip(b).zip(&self.dimensions);
        levels.map(|((a, b), order)| order.join[usize::from(*a)][usize::from(*b)]).collect()
    }

    /// The finer crossing at which two incomparable ones meet, if their overlapping dimensions call
    /// for one.
    fn meet_of_overlap(
        &self,
        a: &Crossing,
        b: &Crossing,
        overlapping: &[bool],
    ) -> Result<Option<Crossing>, ModelError> {
        let there = || (0..a.len()).filter(|at| overlapping[*at]);
        let below = |x: &Crossing, y: &Crossing| {
            there().all(|at| self.dimensions[at].is_above(x[at], y[at]))
        };
        if below(a, b) || below(b, a) {
            return Ok(None);
        }
        let mut meet = self.join(a, b);
        for at in there() {
            meet[at] = self.dimensions[at].meet(a[at], b[at])?;
        }
        Ok(Some(meet))
    }

    /// Links crossings that cover one another by steps of one dimension and one level.
    fn add_paths(&self, closed: &mut BTreeSet<Crossing>) {
        let all: Vec<Crossing> = closed.iter().cloned().collect();
        let below = |a: &Crossing, b: &Crossing| a != b && self.is_below(a, b);
        for coarse in &all {
            for fine in all.iter().filter(|fine| below(fine, coarse)) {
                let covered =
                    !all.iter().any(|between| below(fine, between) && below(between, coarse));
                if !covered {
                    continue;
                }
                let mut at = coarse.clone();
                while at != *fine {
                    let Some(next) = self.step(&at, fine, closed) else { break };
                    closed.insert(next.clone());
                    at = next;
                }
            }
        }
    }

    fn is_below(&self, fine: &Crossing, coarse: &Crossing) -> bool {
        let levels = fine.iter().zip(coarse).zip(&self.dimensions);
        levels.into_iter().all(|((f, c), order)| order.is_above(*f, *c))
    }

    /// One step from a coarse crossing towards a finer one, over a crossing that is there if any.
    fn step(
        &self,
        coarse: &Crossing,
        fine: &Crossing,
        closed: &BTreeSet<Crossing>,
    ) -> Option<Crossing> {
        let mut first = None;
        for (at, order) in self.dimensions.iter().enumerate() {
            for (level, id) in order.levels.iter().zip(0..) {
                if level.coarser.contains(&coarse[at]) && order.is_above(fine[at], id) {
                    let mut next = coarse.clone();
                    next[at] = id;
                    if closed.contains(&next) {
                        return Some(next);
                    }
                    first.get_or_insert(next);
                }
            }
        }
        first
    }
}

impl Order {
    fn new(dimension: LatticeDimension) -> Result<Self, ModelError> {
        let LatticeDimension { name, levels } = dimension;
        let count = levels.len();
        let fail = |a: usize, b: usize, why| ModelError::Levels {
            dimension: name.clone(),
            first: levels.get(a).map_or_else(|| format!("#{a}"), |level| level.name.clone()),
            second: levels.get(b).map_or_else(|| format!("#{b}"), |level| level.name.clone()),
            why,
        };
        let mut above = vec![vec![false; count]; count];
        for (a, level) in levels.iter().enumerate() {
            above[a][a] = true;
            for b in &level.coarser {
                let b = usize::from(*b);
                if b >= count || b == a {
                    return Err(fail(a, b, "are not two levels of the dimension"));
                }
                above[a][b] = true;
            }
        }
        for via in 0..count {
            for a in 0..count {
                for b in 0..count {
                    above[a][b] |= above[a][via] && above[via][b];
                }
            }
        }
        let mut join = vec![vec![0; count]; count];
        for a in 0..count {
            for b in 0..count {
                if a != b && above[a][b] && above[b][a] {
                    return Err(fail(a, b, "contain one another"));
                }
                let common = || (0..count).filter(|c| above[a][*c] && above[b][*c]);
                let least = common().find(|c| common().all(|other| above[*c][other]));
                let least = least.and_then(|c| LevelId::try_from(c).ok());
                join[a][b] = least
                    .ok_or_else(|| fail(a, b, "have no unique finest common coarser level"))?;
            }
        }
        Ok(Self { name, levels, above, join })
    }

    fn is_above(&self, fine: LevelId, coarse: LevelId) -> bool {
        self.above[usize::from(fine)][usize::from(coarse)]
    }

    fn comparable(&self, a: LevelId, b: LevelId) -> bool {
        self.is_above(a, b) || self.is_above(b, a)
    }

    /// A coarsest common finer level; the first one listed if there are several.
    fn meet(&self, a: LevelId, b: LevelId) -> Result<LevelId, ModelError> {
        let common = || {
            let all = self.levels.iter().zip(0..).map(|(_, id): (_, LevelId)| id);
            all.filter(|c| self.is_above(*c, a) && self.is_above(*c, b))
        };
        let coarsest = |c: &LevelId| common().all(|other| other == *c || !self.is_above(*c, other));
        common().find(coarsest).ok_or_else(|| ModelError::Levels {
            dimension: self.name.clone(),
            first: self.levels[usize::from(a)].name.clone(),
            second: self.levels[usize::from(b)].name.clone(),
            why: "overlap without a common finer level",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dimension(name: &str, levels: &[(&str, &[LevelId])]) -> LatticeDimension {
        let level = |(name, coarser): &(&str, &[LevelId])| Level {
            name: (*name).to_owned(),
            coarser: coarser.to_vec(),
        };
        LatticeDimension { name: name.to_owned(), levels: levels.iter().map(level).collect() }
    }

    fn chain(name: &str) -> LatticeDimension {
        dimension(name, &[("all", &[]), ("group", &[0]), ("leaf", &[1])])
    }

    #[test]
    fn two_crossings_are_linked_through_their_join_step_by_step() {
        let lattice = Lattice::new(vec![chain("area"), chain("item")]).unwrap();
        let closed = lattice.close(&[vec![2, 0], vec![0, 2]]).unwrap();
        let expected: [Crossing; 5] = [vec![2, 0], vec![0, 2], vec![0, 0], vec![0, 1], vec![1, 0]];
        assert_eq!(closed, expected);
    }

    #[test]
    fn crossings_that_are_linked_already_need_nothing() {
        let lattice = Lattice::new(vec![chain("area"), chain("item")]).unwrap();
        let all: Vec<Crossing> = (0..3).flat_map(|a| (0..3).map(move |b| vec![a, b])).collect();
        assert_eq!(lattice.close(&all).unwrap(), all);
    }

    #[test]
    fn overlapping_groupings_meet_at_their_common_finer_level() {
        let area =
            dimension("area", &[("all", &[]), ("region", &[0]), ("size", &[0]), ("unit", &[1, 2])]);
        let lattice = Lattice::new(vec![area, chain("item")]).unwrap();
        let closed = lattice.close(&[vec![1, 2], vec![2, 1]]).unwrap();
        assert!(closed.contains(&vec![3, 1]), "{closed:?}");
        assert!(closed.contains(&vec![0, 1]), "{closed:?}");
        assert!(!closed.contains(&vec![3, 2]), "{closed:?}");
    }

    #[test]
    fn groupings_without_a_common_finer_level_are_refused_by_name() {
        let area = dimension("area", &[("all", &[]), ("region", &[0]), ("size", &[0])]);
        let lattice = Lattice::new(vec![area]).unwrap();
        let error = lattice.close(&[vec![1], vec![2]]).unwrap_err().to_string();
        assert!(error.contains("region") && error.contains("size"), "{error}");
    }

    #[test]
    fn levels_in_a_circle_are_refused() {
        let area = dimension("area", &[("a", &[1]), ("b", &[0])]);
        assert!(Lattice::new(vec![area]).is_err());
    }
}
