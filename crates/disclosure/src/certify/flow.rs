//! Repair by protection flow: what to withhold so that a sensitive cell gets the values it lacks.

use super::ball::{HOP, ball};
use super::program::Program;
use super::{Certifier, collect};
use crate::certify::tableau::Tableau;
use crate::error::Refusal;
use crate::problem::VarId;
use crate::repair::State;
use crate::walk::Walk;

/// Sizes of the neighbourhoods of hidden and shown cells, in variables.
const BALLS: [usize; 4] = [250, 700, 2_000, 6_000];
/// Neighbourhoods in which the cheapest way is looked for; in larger ones any.
const PRICED: usize = 700;
/// Size of the neighbourhood of hidden cells in which a repaired cell is certified.
const HIDDEN: usize = 640;
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
        for id in self.ledger.uncertified() {
            // What was withheld for others may serve this one, too.
            if !withheld.is_empty() {
                self.certify_one(state, id);
            }
            for limit in BALLS {
                if self.ledger.missing(id) <= 0 {
                    break;
                }
                if let Some(flow) = self.flow(state, id, limit) {
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
            if self.ledger.missing(id) > 0 {
                return Err(Refusal::Uncertified { cell: self.problem.label(id).to_owned() });
            }
        }
        Ok(withheld)
    }

    /// Looks for certificates of one cell among the hidden ones around it.
    fn certify_one(&mut self, state: &State<'_>, id: VarId) {
        if self.ledger.missing(id) <= 0 {
            return;
        }
        let length = |id: VarId| state.hidden()[id as usize].then_some(HOP);
        let mut variables = ball(self.problem, id, HIDDEN, length);
        variables.sort_unstable();
        let Some(mut tableau) = Tableau::new(self.problem, variables, |_| false) else { return };
        let price = vec![0; tableau.variables().len()];
        let have = self.ledger.values(id);
        let walks = self.widen(&mut tableau, id, have, &price).unwrap_or_default();
        for walk in walks {
            self.ledger.add(walk);
        }
        // An optimal basis may be a better start.
        let room = self.rooms(&tableau);
        let program = Program { room: &room, price: &price, patience: PATIENCE };
        for up in [1, -1] {
            let missing = self.ledger.missing(id);
            let Some(target) = tableau.local(id).filter(|_| missing > 0) else { break };
            let Some(solution) = program.solve(&mut tableau, target, up, Some(missing)) else {
                break;
            };
            if let Some(walk) = solution.walk(tableau.variables()) {
                self.ledger.add(walk);
            }
            let have = self.ledger.values(id);
            let walks = self.widen(&mut tableau, id, have, &price).unwrap_or_default();
            for walk in walks {
                self.ledger.add(walk);
            }
        }
        self.work += tableau.work();
    }

    /// The cheapest way found for a cell to go as far as it needs, through shown cells too: up,
    /// down, or some of both.
    fn flow(&mut self, state: &State<'_>, id: VarId, limit: usize) -> Option<Flow> {
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
        let (mut work, mut ways): (u64, Vec<Vec<Walk>>) = (0, Vec::new());
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
        ways.retain(|walks| {
            let mut values = values.to_vec();
            walks.iter().for_each(|walk| collect(walk, id, self.ledger.needed(id), &mut values));
            values.len() >= self.ledger.needed(id)
        });
        let flow = |walks: Vec<Walk>| {
            let mut cells: Vec<VarId> = walks.iter().flat_map(Walk::positions).collect();
            cells.retain(|id| !hidden(*id));
            cells.sort_unstable();
            cells.dedup();
            Flow { cost: cells.iter().map(|id| cost(*id)).sum(), cells, walks }
        };
        let cheapest = ways.into_iter().map(flow).min_by_key(|flow| flow.cost);
        self.work += work;
        cheapest
    }
}
