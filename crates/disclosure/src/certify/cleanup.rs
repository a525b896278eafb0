//! Clean-up: complements that certificates can do without are shown again, dearest first.

use std::cmp::Reverse;

use super::ball::{HOP, ball};
use super::{Certifier, collect};
use crate::certify::tableau::Tableau;
use crate::problem::{Role, VarId};
use crate::repair::State;
use crate::walk::Walk;

/// Size of the neighbourhood in which other certificates are looked for, in variables.
const BALL: usize = 160;
/// A cell that more certificates than this depend on is left alone.
const DEPENDANTS: usize = 12;
/// Work units for each withheld variable; what is left then stays withheld.
const WORK: u64 = 20_000;

impl Certifier<'_> {
    /// Shows again what it can; the variables that are shown again.
    ///
    /// A sensitive cell that keeps two certified values is not determined by any combination of
    /// shown ones, so no other audit is needed here.
    pub(crate) fn clean_up(&mut self, state: &mut State<'_>) -> Vec<VarId> {
        let is_open = |id: VarId| self.problem.variable(id).role == Role::Open;
        let hidden = (0u32..).zip(state.hidden()).filter(|(_, hidden)| **hidden);
        let mut candidates: Vec<VarId> = hidden
            .map(|(id, _)| id)
            .filter(|id| is_open(*id) && self.ledger.needed(*id) == 0)
            .collect();
        candidates.sort_by_key(|id| Reverse(state.price(*id)));
        let count = state.hidden().iter().filter(|hidden| **hidden).count() as u64;
        let limit = self.work.saturating_add(count * WORK);
        let mut shown = Vec::new();
        for id in candidates {
            if self.work > limit {
                break;
            }
            if self.is_companion(state, id) {
                continue;
            }
            let dependants = self.ledger.dependants(id);
            if dependants.len() > DEPENDANTS {
                continue;
            }
            let Some(walks) = self.detours(state, id, &dependants) else { continue };
            self.ledger.withdraw(id);
            for walk in walks {
                self.ledger.add(walk);
            }
            state.show(id);
            shown.push(id);
        }
        shown
    }

    /// Whether some relation hides nothing but `id` and a cell that needs values.
    fn is_companion(&self, state: &State<'_>, id: VarId) -> bool {
        self.problem.relations_of(id).iter().any(|relation| {
            let terms = self.problem.relation(*relation).terms();
            let mut others =
                terms.map(|(m, _)| m).filter(|m| *m != id && state.hidden()[*m as usize]);
            match (others.next(), others.next()) {
                (Some(only), None) => self.ledger.needed(only) > 0,
                _ => false,
            }
        })
    }

    /// Walks that certify the dependants without `id`; `None` if there are none.
    fn detours(&mut self, state: &State<'_>, id: VarId, dependants: &[VarId]) -> Option<Vec<Walk>> {
        let mut found = Vec::new();
        if dependants.is_empty() {
            return Some(found);
        }
        let length = |id: VarId| state.hidden()[id as usize].then_some(HOP);
        let mut variables = ball(self.problem, id, BALL, length);
        variables.retain(|other| *other != id);
        variables.sort_unstable();
        let price = vec![0; variables.len()];
        let mut tableau = Tableau::new(self.problem, variables, |_| false)?;
        let mut complete = true;
        for dependant in dependants {
            let needed = self.ledger.needed(*dependant);
            let mut values = self.ledger.values_avoiding(*dependant, id);
            for walk in &found {
                collect(walk, *dependant, needed, &mut values);
            }
            let Some(walks) = self.widen(&mut tableau, *dependant, &values, &price) else {
                complete = false;
                break;
            };
            for walk in &walks {
                collect(walk, *dependant, needed, &mut values);
            }
            found.extend(walks);
            complete = values.len() >= needed;
            if !complete {
                break;
            }
        }
        self.work += tableau.work();
        complete.then_some(found)
    }
}
