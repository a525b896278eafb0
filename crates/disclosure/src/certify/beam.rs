//! Beam search for moves: a move is built cell by cell, each cell closing a relation that those
//! before it left open.
//!
//! In a full crossing of `d` dimensions the smallest moves are boxes of `2^d` cells (P. Diaconis,
//! B. Sturmfels, "Algebraic algorithms for sampling from conditional distributions", *Annals of
//! Statistics* 26, 1998). A neighbourhood that happens to hold a whole box is large, and a linear
//! program over it slow; building the box is neither. What a state will cost in the end is
//! estimated from the cheapest way to close each of its open relations.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::cost::UNIT;
use crate::hash::mix;
use crate::problem::{Problem, RelationId, VarId};

/// Continuations of one state.
const BRANCHES: usize = 8;
/// Cells of a move.
const LENGTH: usize = 160;
/// Charge for each cell, so that of two ways of the same price the shorter one is taken.
const CELL: i64 = UNIT / 50;

/// How hard a search tries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// States kept after each cell.
    pub(crate) width: usize,
    /// What closing a relation is expected to cost beside half the price of the cheapest member.
    /// The higher, the sooner a move is closed, and the dearer it is.
    pub(crate) haste: i64,
}

/// What a search may use.
pub(crate) struct Beam<'a, R, P> {
    pub(crate) problem: &'a Problem,
    /// How far a variable can fall.
    pub(crate) room: R,
    /// Price of moving a variable; `None` for one that can't be moved.
    pub(crate) price: P,
    pub(crate) effort: Effort,
}

/// A move and what its cells cost together.
pub(crate) struct Found {
    pub(crate) step: Vec<(VarId, i64)>,
    pub(crate) cost: i64,
}

impl<R: Fn(VarId) -> i64, P: Fn(VarId) -> Option<i64>> Beam<'_, R, P> {
    /// The cheapest move found that changes `target` by `up` (1 or -1) and that can be made `times`
    /// times over; the members of relations looked at are added to `work`.
    pub(crate) fn search(
        &self,
        target: VarId,
        up: i64,
        times: i64,
        work: &mut u64,
    ) -> Option<Found> {
        let search = Search { beam: self, times, ways: RefCell::default() };
        let found = search.run(target, up, work)?;
        Some(Found { step: found.cells, cost: found.cost })
    }
}

/// A move in the making.
struct State {
    /// Cells and their changes, sorted.
    cells: Vec<(VarId, i64)>,
    /// What the relations' sums are off by, sorted; none is 0.
    open: Vec<(RelationId, i64)>,
    cost: i64,
    /// What closing the open relations is expected to cost.
    ahead: i64,
    mark: u64,
}

impl State {
    fn change(&self, cell: VarId) -> i64 {
        let place = self.cells.binary_search_by_key(&cell, |(id, _)| *id);
        place.map_or(0, |place| self.cells[place].1)
    }

    fn off(&self, relation: RelationId) -> i64 {
        let place = self.open.binary_search_by_key(&relation, |(id, _)| *id);
        place.map_or(0, |place| self.open[place].1)
    }
}

/// A change to be added to a state.
struct Next {
    state: usize,
    cell: VarId,
    change: i64,
    cost: i64,
    ahead: i64,
    mark: u64,
}

impl Next {
    /// What the whole move is expected to cost, and the tie.
    fn rank(&self) -> (i64, u64) {
        (self.cost + self.ahead, self.mark)
    }
}

/// The members that can change a relation's sum in one direction.
#[derive(Clone, Copy, Default)]
struct Ways {
    /// Those that cost nothing.
    free: u32,
    /// The least price; `None` if there is no member.
    least: Option<i64>,
}

/// One search; `ways` are counted as relations are met.
struct Search<'a, 'b, R, P> {
    beam: &'a Beam<'b, R, P>,
    times: i64,
    /// Down and up, by relation.
    ways: RefCell<HashMap<RelationId, [Ways; 2], BuildHasherDefault<MixHasher>>>,
}

impl<R: Fn(VarId) -> i64, P: Fn(VarId) -> Option<i64>> Search<'_, '_, R, P> {
    fn run(&self, target: VarId, up: i64, work: &mut u64) -> Option<State> {
        if !self.can_change(target, up) {
            return None;
        }
        let nothing = State { cells: Vec::new(), open: Vec::new(), cost: 0, ahead: 0, mark: 0 };
        let ahead = self.ahead_of(&nothing, target, up)?;
        let start = Next { state: 0, cell: target, change: up, cost: 0, ahead, mark: 0 };
        let mut states = vec![self.grown(&nothing, &start)];
        let mut best: Option<State> = None;
        for _ in 1..LENGTH {
            let mut next: Vec<Next> = Vec::new();
            for (number, state) in states.iter().enumerate() {
                self.continuations(number, state, &mut next, work);
            }
            let bound = best.as_ref().map_or(i64::MAX, |best| best.cost);
            next.retain(|next| next.cost < bound);
            next.sort_unstable_by_key(Next::rank);
            next.dedup_by_key(|next| next.mark);
            next.truncate(self.beam.effort.width);
            let grown = next.iter().map(|next| self.grown(&states[next.state], next));
            let (closed, open): (Vec<State>, Vec<State>) =
                grown.partition(|state| state.open.is_empty());
            best = closed.into_iter().chain(best).min_by_key(|state| (state.cost, state.mark));
            if open.is_empty() {
                break;
            }
            states = open;
        }
        best
    }

    /// The state with one more change.
    fn grown(&self, state: &State, next: &Next) -> State {
        let mut cells = state.cells.clone();
        add_to(&mut cells, next.cell, next.change);
        let mut open = state.open.clone();
        for relation in self.beam.problem.relations_of(next.cell) {
            add_to(&mut open, *relation, next.change * self.sign(*relation, next.cell));
        }
        State { cells, open, cost: next.cost, ahead: next.ahead, mark: next.mark }
    }

    /// The ways to close the open relation of a state that has the fewest free ones.
    fn continuations(&self, number: usize, state: &State, next: &mut Vec<Next>, work: &mut u64) {
        let free = |(relation, off): &&(RelationId, i64)| {
            (self.ways(*relation, -off.signum()).free, *relation)
        };
        let Some((relation, off)) = state.open.iter().min_by_key(free) else { return };
        let from = next.len();
        for (cell, sign) in self.beam.problem.relation(*relation).terms() {
            *work += 1;
            let Some(price) = (self.beam.price)(cell) else { continue };
            let direction = -off.signum() * sign;
            let before = state.change(cell);
            // What was chosen is not undone.
            if before * direction < 0 {
                continue;
            }
            if !self.can_change(cell, before + direction) {
                continue;
            }
            let Some(ahead) = self.ahead_of(state, cell, direction) else { continue };
            let cost = state.cost + CELL + if before == 0 { price } else { 0 };
            let mark = marked(state.mark, cell, direction);
            next.push(Next { state: number, cell, change: direction, cost, ahead, mark });
        }
        if next.len() - from > BRANCHES {
            next[from..].sort_unstable_by_key(Next::rank);
            next.truncate(from + BRANCHES);
        }
    }

    fn can_change(&self, cell: VarId, change: i64) -> bool {
        change >= 0 || (self.beam.room)(cell) >= -change * self.times
    }

    fn sign(&self, relation: RelationId, cell: VarId) -> i64 {
        if self.beam.problem.relation(relation).parent == cell { 1 } else { -1 }
    }

    /// What closing the open relations is expected to cost after a change; `None` if it would leave
    /// one open that can't be closed.
    fn ahead_of(&self, state: &State, cell: VarId, change: i64) -> Option<i64> {
        let mut ahead = state.ahead;
        for relation in self.beam.problem.relations_of(cell) {
            let off = state.off(*relation);
            let after = off + change * self.sign(*relation, cell);
            ahead += self.closing(*relation, after)? - self.closing(*relation, off).unwrap_or(0);
        }
        Some(ahead)
    }

    /// What closing one relation is expected to cost.
    fn closing(&self, relation: RelationId, off: i64) -> Option<i64> {
        if off == 0 {
            return Some(0);
        }
        let least = self.ways(relation, -off.signum()).least?;
        Some((self.beam.effort.haste + least / 2) * off.abs())
    }

    /// The members that can raise (1) or lower (-1) the sum of a relation.
    fn ways(&self, relation: RelationId, direction: i64) -> Ways {
        let mut known = self.ways.borrow_mut();
        let both = known.entry(relation).or_insert_with(|| {
            let mut both = [Ways::default(); 2];
            for (cell, sign) in self.beam.problem.relation(relation).terms() {
                let Some(price) = (self.beam.price)(cell) else { continue };
                for (ways, direction) in both.iter_mut().zip([-1, 1]) {
                    if self.can_change(cell, sign * direction) {
                        ways.free += u32::from(price == 0);
                        ways.least = Some(ways.least.map_or(price, |least| least.min(price)));
                    }
                }
            }
            both
        });
        both[usize::from(direction > 0)]
    }
}

/// Adds to an entry of a sorted list; an entry that becomes 0 is dropped.
fn add_to(list: &mut Vec<(u32, i64)>, id: u32, change: i64) {
    match list.binary_search_by_key(&id, |(other, _)| *other) {
        Ok(place) if list[place].1 + change == 0 => {
            list.remove(place);
        }
        Ok(place) => list[place].1 += change,
        Err(place) => list.insert(place, (id, change)),
    }
}

/// Identity of a set of changes by one, whatever the order in which they were made.
fn marked(mark: u64, cell: VarId, change: i64) -> u64 {
    mark.wrapping_add(mix((u64::from(cell) << 1) | u64::from(change > 0)))
}

/// A hasher for ids that are no attacker's choice.
#[derive(Default)]
struct MixHasher(u64);

impl Hasher for MixHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = mix(self.0 ^ u64::from(*byte)));
    }

    fn write_u32(&mut self, id: u32) {
        self.0 = mix(u64::from(id) + 1);
    }
}
