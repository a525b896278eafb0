//! Repair by protection flow: what to withhold so that a sensitive cell gets the values it lacks.

use std::collections::BTreeMap;

use super::Certifier;
use super::ball::{HOP, ball};
use super::beam::Effort;
use super::program::Program;
use super::tableau::Tableau;
use crate::cost::UNIT;
use crate::decoy;
use crate::error::Refusal;
use crate::linear::Elimination;
use crate::parallel;
use crate::problem::VarId;
use crate::repair::{State, blame};
use crate::walk::Walk;

/// Flows looked for at a time, whatever the number of threads.
const BATCH: usize = 48;
/// Among hidden cells alone, where no move costs anything: first a glance, then a look.
const FREE: [Effort; 2] =
    [Effort { width: 3, haste: 2 * UNIT }, Effort { width: 24, haste: 2 * UNIT }];
/// Through shown cells too.
const PRICED: Effort = Effort { width: 24, haste: UNIT };
/// Where that finds nothing.
const WIDE: Effort = Effort { width: 80, haste: 2 * UNIT };
/// Where nothing else finds anything.
const WIDEST: Effort = Effort { width: 600, haste: 4 * UNIT };
/// Sizes of the neighbourhoods for linear programs, in variables.
const BALLS: [usize; 2] = [250, 2_000];
/// Neighbourhoods in which the cheapest way is looked for; in larger ones any.
const CHEAPEST: usize = 250;
/// Steps of one linear program.
const PATIENCE: u32 = 400;

/// What is tried in turn for a cell.
const ATTEMPTS: [Attempt; 5] = [
    Attempt::Beams(&[PRICED, WIDE], i64::MAX),
    Attempt::Ball(BALLS[0]),
    Attempt::Ball(BALLS[1]),
    Attempt::Beams(&[WIDEST], i64::MAX),
    // A dear way is better than none: nearly all cells cost the same.
    Attempt::Beams(&[WIDEST], UNIT),
];

#[derive(Clone, Copy)]
enum Attempt {
    /// Beam searches, and the most that a cell is taken to cost.
    Beams(&'static [Effort], i64),
    /// Linear programs over a neighbourhood.
    Ball(usize),
}

/// A way for a sensitive cell to move.
struct Flow {
    /// The shown cells on it.
    cells: Vec<VarId>,
    /// The way itself.
    walks: Vec<Walk>,
}

impl Certifier<'_> {
    /// Withholds shown cells until every sensitive one is certified; the cells withheld, each with
    /// the sensitive one it serves.
    ///
    /// # Errors
    ///
    /// Refuses when what may be withheld doesn't suffice, or when the work is used up.
    pub(crate) fn repair(&mut self, state: &mut State<'_>) -> Result<Vec<(VarId, VarId)>, Refusal> {
        let mut withheld = Vec::new();
        let mut attempts: BTreeMap<VarId, usize> = BTreeMap::new();
        loop {
            let left = self.ledger.uncertified();
            if left.is_empty() {
                return Ok(withheld);
            }
            // Far from each other, so that one flow seldom does the work of another.
            let batch: Vec<VarId> =
                left.iter().copied().step_by(left.len().div_ceil(BATCH)).collect();
            let snapshot: &State<'_> = state;
            let found = parallel::map(self.policy.threads, &batch, |id| {
                self.flow(snapshot, *id, ATTEMPTS[attempts.get(id).copied().unwrap_or(0)])
            });
            for (id, (flow, work)) in batch.into_iter().zip(found) {
                self.work += work;
                if self.ledger.missing(id) <= 0 {
                    continue;
                }
                let decoy = self.decoys.binary_search(&id).is_ok();
                let flow =
                    flow.filter(|flow| !decoy || self.total(state, &flow.cells) <= decoy::MOST);
                let Some(flow) = flow else {
                    if decoy {
                        self.give_up(state, id);
                        continue;
                    }
                    let attempt = attempts.entry(id).or_default();
                    *attempt += 1;
                    if *attempt == ATTEMPTS.len() {
                        return Err(self.refusal(state, id));
                    }
                    continue;
                };
                // What is shown by now: a decoy on the way may have been given up since.
                for choice in self.shown(state, &flow.walks) {
                    state.withhold(choice);
                    withheld.push((choice, id));
                }
                for walk in flow.walks {
                    self.ledger.add(walk);
                }
            }
            self.check_budget()?;
        }
    }

    /// Asks nothing of a decoy any more, and shows it again if nothing depends on it.
    fn give_up(&mut self, state: &mut State<'_>, id: VarId) {
        self.ledger.release(id);
        if self.ledger.dependants(id).is_empty() {
            self.ledger.withdraw(id);
            state.show(id);
        }
    }

    /// What withholding cells costs.
    fn total(&self, state: &State<'_>, cells: &[VarId]) -> i64 {
        cells.iter().map(|id| state.price(*id).0).sum()
    }

    /// Why a cell can't be certified: the formula, if it follows from what has to be shown alone.
    fn refusal(&self, state: &State<'_>, id: VarId) -> Refusal {
        let hideable = |other: VarId| state.hidden()[other as usize] || state.may_hide(other);
        let all = (0u32..).zip(self.problem.variables());
        let hidden: Vec<bool> = all.map(|(other, _)| hideable(other)).collect();
        match Elimination::new(self.problem, &hidden).attack(id) {
            Some(attack) => {
                let shown = attack.terms.iter().map(|(member, _)| *member);
                blame(self.problem, shown, attack.formula(self.problem))
            }
            None => Refusal::Uncertified { cell: self.problem.label(id).to_owned() },
        }
    }

    /// A way for a cell to get the values it lacks, among hidden cells if there is one, else through
    /// shown ones, and the work.
    fn flow(&self, state: &State<'_>, id: VarId, attempt: Attempt) -> (Option<Flow>, u64) {
        let mut work = 0;
        let hidden = |id: VarId| state.hidden()[id as usize];
        let free = |id: VarId| hidden(id).then_some(0);
        let have = self.ledger.values(id);
        let mut walks =
            FREE.iter().find_map(|effort| self.build(id, have, &free, *effort, &mut work));
        if walks.is_none() {
            walks = match attempt {
                Attempt::Beams(efforts, most) => {
                    self.build_priced(state, id, efforts, most, &mut work)
                }
                Attempt::Ball(size) => self.solve(state, id, size, &mut work),
            };
        }
        let flow = walks.map(|walks| Flow { cells: self.shown(state, &walks), walks });
        (flow, work)
    }

    fn build_priced(
        &self,
        state: &State<'_>,
        id: VarId,
        efforts: &[Effort],
        most: i64,
        work: &mut u64,
    ) -> Option<Vec<Walk>> {
        let have = self.ledger.values(id);
        let price = |id: VarId| match state.hidden()[id as usize] {
            true => Some(0),
            false => state.may_hide(id).then(|| state.price(id).0.min(most)),
        };
        efforts.iter().find_map(|effort| self.build(id, have, &price, *effort, work))
    }

    /// The shown cells on a way.
    fn shown(&self, state: &State<'_>, walks: &[Walk]) -> Vec<VarId> {
        let mut cells: Vec<VarId> = walks.iter().flat_map(Walk::positions).collect();
        cells.retain(|id| !state.hidden()[*id as usize]);
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    /// The cheapest way found by linear programs over a neighbourhood of hidden and shown cells.
    fn solve(
        &self,
        state: &State<'_>,
        id: VarId,
        size: usize,
        work: &mut u64,
    ) -> Option<Vec<Walk>> {
        let hidden = |id: VarId| state.hidden()[id as usize];
        let cost = |id: VarId| state.cost(id, None).0.max(1);
        let length = |id: VarId| match hidden(id) {
            true => Some(HOP),
            false => state.may_hide(id).then(|| HOP + cost(id)),
        };
        let mut variables = ball(self.problem, id, size, length);
        variables.sort_unstable();
        let price: Vec<i64> =
            variables.iter().map(|id| if hidden(*id) { 0 } else { cost(*id) }).collect();
        let values = self.ledger.values(id);
        let missing = self.ledger.missing(id);
        let solved = || Tableau::new(self.problem, variables.clone(), |id| !hidden(id));
        let mut ways: Vec<Vec<Walk>> = Vec::new();
        // The cheapest ways, which may be in fractions.
        for up in if size <= CHEAPEST { &[1, -1][..] } else { &[] } {
            let Some(mut tableau) = solved() else { continue };
            let Some(target) = tableau.local(id) else { continue };
            let room = self.rooms(&tableau);
            let program = Program { room: &room, price: &price, patience: PATIENCE };
            let known = values.iter().filter(|value| value.signum() == *up).count();
            let distance = i64::try_from(known).unwrap_or(0) + missing;
            let solution = program.solve(&mut tableau, target, *up, Some(distance));
            *work += tableau.work();
            ways.push(solution.and_then(|s| s.walk(&variables)).into_iter().collect());
        }
        // An integral one.
        if let Some(mut tableau) = solved() {
            ways.push(self.widen(&mut tableau, id, values, &price).unwrap_or_default());
            *work += tableau.work();
        }
        let both = ways.iter().take(2).flatten().cloned().collect();
        ways.push(both);
        ways.retain(|walks| self.suffice(id, values, walks));
        let total = |walks: &Vec<Walk>| -> i64 {
            self.shown(state, walks).iter().map(|id| cost(*id)).sum()
        };
        ways.into_iter().min_by_key(total)
    }
}
