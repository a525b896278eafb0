//! Repair by protection flow: what to withhold so that a sensitive cell gets the values it lacks.

use std::collections::BTreeMap;

use super::ball::{HOP, ball};
use super::program::Program;
use super::{Certifier, collect};
use crate::certify::tableau::Tableau;
use crate::error::Refusal;
use crate::parallel;
use crate::problem::VarId;
use crate::repair::State;
use crate::walk::Walk;

/// Sizes of the neighbourhoods of hidden and shown cells, in variables.
const BALLS: [usize; 5] = [120, 250, 700, 2_000, 6_000];
/// Flows looked for at a time, whatever the number of threads.
const BATCH: usize = 48;
/// Neighbourhoods in which the cheapest way is looked for; in larger ones any.
const PRICED: usize = 250;
/// Size of the neighbourhood of hidden cells in which a repaired cell is certified.
const HIDDEN: usize = 320;
/// Steps of one linear program.
const PATIENCE: u32 = 400;

/// A way for a sensitive cell to move.
struct Flow {
    /// Cost of its shown cells together.
    cost: i64,
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
        let mut levels: BTreeMap<VarId, usize> = BTreeMap::new();
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
                let limit = BALLS[levels.get(id).copied().unwrap_or(0)];
                self.flow(snapshot, *id, limit)
            });
            for (id, (flow, work)) in batch.into_iter().zip(found) {
                self.work += work;
                if self.ledger.missing(id) <= 0 {
                    continue;
                }
                let Some(flow) = flow else {
                    let level = levels.entry(id).or_default();
                    *level += 1;
                    if *level == BALLS.len() {
                        let cell = self.problem.label(id).to_owned();
                        return Err(Refusal::Uncertified { cell });
                    }
                    continue;
                };
                for choice in flow.cells {
                    if !state.hidden()[choice as usize] {
                        state.withhold(choice);
                        withheld.push((choice, id));
                    }
                }
                for walk in flow.walks {
                    self.ledger.add(walk);
                }
            }
            self.check_budget()?;
        }
    }

    /// Ways of one cell among the hidden ones around it, if they suffice.
    fn free_flow(&self, state: &State<'_>, id: VarId, work: &mut u64) -> Option<Flow> {
        let length = |id: VarId| state.hidden()[id as usize].then_some(HOP);
        let mut variables = ball(self.problem, id, HIDDEN, length);
        variables.sort_unstable();
        let price = vec![0; variables.len()];
        let mut tableau = Tableau::new(self.problem, variables, |_| false)?;
        let walks = self.widen(&mut tableau, id, self.ledger.values(id), &price);
        *work += tableau.work();
        let walks = walks.filter(|walks| self.suffice(id, walks))?;
        Some(Flow { cost: 0, cells: Vec::new(), walks })
    }

    /// Whether a cell is certified by `walks` and what it has.
    fn suffice(&self, id: VarId, walks: &[Walk]) -> bool {
        let mut values = self.ledger.values(id).to_vec();
        walks.iter().for_each(|walk| collect(walk, id, self.ledger.needed(id), &mut values));
        values.len() >= self.ledger.needed(id)
    }

    /// The cheapest way found for a cell to go as far as it needs, through shown cells too: up,
    /// down, or some of both.
    fn flow(&self, state: &State<'_>, id: VarId, limit: usize) -> (Option<Flow>, u64) {
        let mut work = 0;
        if let Some(free) = self.free_flow(state, id, &mut work) {
            return (Some(free), work);
        }
        let hidden = |id: VarId| state.hidden()[id as usize];
        let cost = |id: VarId| state.cost(id, None).0.max(1);
        let length = |id: VarId| match hidden(id) {
            true => Some(HOP),
            false => state.may_hide(id).then(|| HOP + cost(id)),
        };
        let mut variables = ball(self.problem, id, limit, length);
        variables.sort_unstable();
        let price: Vec<i64> =
            variables.iter().map(|id| if hidden(*id) { 0 } else { cost(*id) }).collect();
        let values = self.ledger.values(id);
        let missing = self.ledger.missing(id);
        let solved = || Tableau::new(self.problem, variables.clone(), |id| !hidden(id));
        let mut ways: Vec<Vec<Walk>> = Vec::new();
        // The cheapest ways, which may be in fractions.
        for up in if limit <= PRICED { &[1, -1][..] } else { &[] } {
            let Some(mut tableau) = solved() else { continue };
            let Some(target) = tableau.local(id) else { continue };
            let room = self.rooms(&tableau);
            let program = Program { room: &room, price: &price, patience: PATIENCE };
            let known = values.iter().filter(|value| value.signum() == *up).count();
            let distance = i64::try_from(known).unwrap_or(0) + missing;
            let solution = program.solve(&mut tableau, target, *up, Some(distance));
            work += tableau.work();
            ways.push(solution.and_then(|s| s.walk(&variables)).into_iter().collect());
        }
        // An integral one.
        if let Some(mut tableau) = solved() {
            ways.push(self.widen(&mut tableau, id, values, &price).unwrap_or_default());
            work += tableau.work();
        }
        let both = ways.iter().take(2).flatten().cloned().collect();
        ways.push(both);
        ways.retain(|walks| self.suffice(id, walks));
        let flow = |walks: Vec<Walk>| {
            let mut cells: Vec<VarId> = walks.iter().flat_map(Walk::positions).collect();
            cells.retain(|id| !hidden(*id));
            cells.sort_unstable();
            cells.dedup();
            Flow { cost: cells.iter().map(|id| cost(*id)).sum(), cells, walks }
        };
        (ways.into_iter().map(flow).min_by_key(|flow| flow.cost), work)
    }
}
