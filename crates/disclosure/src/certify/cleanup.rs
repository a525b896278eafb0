//! Clean-up: complements that certificates can do without are shown again, dearest first.

use std::cmp::Reverse;

use super::ball::{HOP, ball};
use super::beam::Effort;
use super::tableau::Tableau;
use super::{Certifier, collect};
use crate::cost::UNIT;
use crate::parallel;
use crate::problem::{Role, VarId};
use crate::repair::State;
use crate::walk::Walk;

/// Size of the neighbourhood in which they are looked for where that finds none, in variables.
const BALL: usize = 160;
/// How hard other certificates are looked for.
const EFFORT: Effort = Effort { width: 8, haste: 2 * UNIT };
/// Cells tried at a time, whatever the number of threads.
const BATCH: usize = 48;
/// A cell that more certificates than this depend on is left alone.
const DEPENDANTS: usize = 30;
/// Work units for each withheld variable; what is left then stays withheld.
const WORK: u64 = 5_000;

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
        for batch in candidates.chunks(BATCH) {
            if self.work > limit {
                break;
            }
            let snapshot: &State<'_> = state;
            let found = parallel::map(self.policy.threads, batch, |id| self.detours(snapshot, *id));
            for (id, (walks, work)) in batch.iter().zip(found) {
                self.work += work;
                let Some(walks) = walks else { continue };
                if !self.can_show(state, *id, &walks) {
                    continue;
                }
                self.ledger.withdraw(*id);
                for walk in walks {
                    self.ledger.add(walk);
                }
                state.show(*id);
                shown.push(*id);
            }
        }
        shown
    }

    /// Whether `id` can be shown with these walks, after what was shown since they were found.
    fn can_show(&self, state: &State<'_>, id: VarId, walks: &[Walk]) -> bool {
        let certified = |dependant: &VarId| {
            let have = self.ledger.values_avoiding(*dependant, id);
            self.suffice(*dependant, &have, walks)
        };
        walks.iter().flat_map(Walk::positions).all(|other| state.hidden()[other as usize])
            && !self.is_companion(state, id)
            && self.ledger.dependants(id).iter().all(certified)
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

    /// Walks that certify without `id` the cells that depend on it, and the work; no walks if not
    /// all are found.
    fn detours(&self, state: &State<'_>, id: VarId) -> (Option<Vec<Walk>>, u64) {
        if self.is_companion(state, id) {
            return (None, 0);
        }
        let dependants = self.ledger.dependants(id);
        if dependants.len() > DEPENDANTS {
            return (None, 0);
        }
        let price = |other: VarId| (other != id && state.hidden()[other as usize]).then_some(0);
        let mut tableau = None;
        let mut work = 0;
        let mut detour = |dependant: VarId, have: &[i64]| {
            let built = self.build(dependant, have, &price, EFFORT, &mut work);
            built.or_else(|| {
                let around = || {
                    let length = |other: VarId| price(other).map(|_| HOP);
                    let mut variables = ball(self.problem, dependant, BALL, length);
                    variables.sort_unstable();
                    Tableau::new(self.problem, variables, |_| false)
                };
                let tableau = tableau.get_or_insert_with(around).as_mut()?;
                let before = tableau.work();
                let free = vec![0; tableau.variables().len()];
                let walks = self.widen(tableau, dependant, have, &free);
                work += tableau.work() - before;
                walks.filter(|walks| self.suffice(dependant, have, walks))
            })
        };
        let mut found: Vec<Walk> = Vec::new();
        let all = dependants.iter().all(|dependant| {
            let mut have = self.ledger.values_avoiding(*dependant, id);
            let needed = self.ledger.needed(*dependant);
            found.iter().for_each(|walk| collect(walk, *dependant, needed, &mut have));
            let walks = detour(*dependant, &have);
            let any = walks.is_some();
            found.extend(walks.into_iter().flatten());
            any
        });
        (all.then_some(found), work)
    }
}
