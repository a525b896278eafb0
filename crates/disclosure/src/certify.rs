//! Integer certificates: for each sensitive cell, walks through as many values as it needs.
//!
//! First in small neighbourhoods of cells that lack values, then in larger ones. One walk certifies
//! every cell that it changes. What can't be certified among the hidden cells is repaired by a
//! protection flow: a walk that may pass through shown cells, the cheapest it finds, which are
//! withheld from then on. Protection flows, intervals and clean-up: Fischetti and Salazar (2001).

use std::collections::BTreeMap;

use crate::error::Refusal;
use crate::parallel;
use crate::primary::lower_bound;
use crate::problem::{Problem, VarId};
use crate::protect::Policy;
use crate::walk::Walk;

mod ball;
mod beam;
mod build;
mod cleanup;
mod flow;
mod ledger;
pub(crate) mod program;
pub(crate) mod push;
pub(crate) mod tableau;

use ball::ball;
use ledger::{Ledger, collect};
use push::{Push, Pushed};
use tableau::Tableau;

/// Sizes of the neighbourhoods, in variables.
const BALLS: [usize; 2] = [80, 320];
/// Exchanges of the tableau in one push.
const PATIENCE: u32 = 300;

/// The search for certificates.
pub(crate) struct Certifier<'a> {
    problem: &'a Problem,
    policy: &'a Policy,
    /// By variable: how far it can fall for all that a reader knows of it alone.
    room: Vec<i64>,
    ledger: Ledger,
    /// Sorted. They move by one at least, or a reader would know them.
    decoys: Vec<VarId>,
    /// Audit rounds before, for refusals.
    rounds: u32,
    pub(crate) work: u64,
}

/// The cells to certify in one neighbourhood.
struct Job {
    variables: Vec<VarId>,
    cells: Vec<VarId>,
}

impl<'a> Certifier<'a> {
    /// `needed` is the number of values beside the true one, by variable; a decoy needs one where
    /// that can be had.
    pub(crate) fn new(
        problem: &'a Problem,
        policy: &'a Policy,
        mut needed: Vec<u32>,
        decoys: Vec<VarId>,
        rounds: u32,
    ) -> Self {
        decoys.iter().for_each(|id| needed[*id as usize] = 1);
        let room = |(id, variable): (u32, &crate::Variable)| {
            variable.value - lower_bound(problem, policy.zeros, id)
        };
        Self {
            problem,
            policy,
            room: (0u32..).zip(problem.variables()).map(room).collect(),
            ledger: Ledger::new(needed),
            decoys,
            rounds,
            work: 0,
        }
    }

    /// Certifies what can be certified among the hidden variables.
    ///
    /// # Errors
    ///
    /// Refuses when the work is used up.
    pub(crate) fn search(&mut self, hidden: &[bool]) -> Result<(), Refusal> {
        for limit in BALLS {
            let jobs = self.jobs(hidden, limit);
            let found = parallel::map(self.policy.threads, &jobs, |job| self.attempt(job));
            for (walks, work) in found {
                self.work += work;
                for walk in walks {
                    self.ledger.add(walk);
                }
            }
            self.check_budget()?;
        }
        Ok(())
    }

    /// How far each variable of a tableau can fall.
    fn rooms(&self, tableau: &Tableau) -> Vec<i64> {
        tableau.variables().iter().map(|id| self.room[*id as usize]).collect()
    }

    fn check_budget(&self) -> Result<(), Refusal> {
        if self.work > self.policy.max_work {
            return Err(Refusal::Budget { rounds: self.rounds, work: self.work });
        }
        Ok(())
    }

    /// Neighbourhoods that cover all uncertified cells; a cell belongs to the first that has it in
    /// its inner part.
    fn jobs(&self, hidden: &[bool], limit: usize) -> Vec<Job> {
        let mut left = self.ledger.uncertified();
        let mut waiting = vec![false; hidden.len()];
        left.iter().for_each(|id| waiting[*id as usize] = true);
        left.reverse();
        let mut jobs = Vec::new();
        while let Some(centre) = left.pop() {
            if !waiting[centre as usize] {
                continue;
            }
            let mut variables =
                ball(self.problem, centre, limit, |id| hidden[id as usize].then_some(ball::HOP));
            let inner = variables.len().min(limit / 2);
            let cells: Vec<VarId> =
                variables[..inner].iter().copied().filter(|id| waiting[*id as usize]).collect();
            cells.iter().for_each(|id| waiting[*id as usize] = false);
            variables.sort_unstable();
            jobs.push(Job { variables, cells });
        }
        jobs
    }

    /// The walks found in one neighbourhood, and the work.
    fn attempt(&self, job: &Job) -> (Vec<Walk>, u64) {
        let mut walks = Vec::new();
        let Some(mut tableau) = Tableau::new(self.problem, job.variables.clone(), |_| false) else {
            return (walks, 0);
        };
        let mut values: BTreeMap<VarId, Vec<i64>> = BTreeMap::new();
        for id in &job.cells {
            values.insert(*id, self.ledger.values(*id).to_vec());
        }
        let price = vec![0; job.variables.len()];
        for id in &job.cells {
            let Some(found) = self.widen(&mut tableau, *id, &values[id], &price) else { break };
            for walk in found {
                for (other, values) in &mut values {
                    collect(&walk, *other, self.ledger.needed(*other), values);
                }
                walks.push(walk);
            }
        }
        (walks, tableau.work())
    }

    /// Walks that give a cell the values it lacks beside `have`, as far as they go; none if it
    /// lacks none. `None` if the tableau is of no more use.
    fn widen(
        &self,
        tableau: &mut Tableau,
        id: VarId,
        have: &[i64],
        price: &[i64],
    ) -> Option<Vec<Walk>> {
        let Some(target) = tableau.local(id) else { return Some(Vec::new()) };
        let room = self.rooms(tableau);
        let push = Push { room: &room, price, patience: PATIENCE };
        let needed = self.ledger.needed(id);
        let mut values = have.to_vec();
        let mut walks = Vec::new();
        // Steps of two and more skip values: the second time it goes farther.
        let mut farther = [true, true];
        for factor in [1, 3] {
            for (up, farther) in [1, -1].into_iter().zip(&mut farther) {
                let missing = i64::try_from(needed.saturating_sub(values.len())).ok()?;
                if missing == 0 || !*farther {
                    continue;
                }
                let known = values.iter().filter(|value| value.signum() == up).count();
                let distance = (missing + i64::try_from(known).ok()?).checked_mul(factor)?;
                let Pushed { walk, reached } = push.run(tableau, target, up, distance)?;
                *farther = reached.abs() >= distance;
                if reached != 0 {
                    collect(&walk, id, needed, &mut values);
                    walks.push(walk);
                }
            }
        }
        Some(walks)
    }

    /// All walks, by cell of the population: every cell of a variable moves with it.
    pub(crate) fn into_walks(self) -> Vec<Walk> {
        let mut cells: Vec<Vec<u32>> = vec![Vec::new(); self.problem.variables().len()];
        for (cell, id) in (0u32..).zip(self.problem.variables_of_cells()) {
            cells[*id as usize].push(cell);
        }
        let mut walks = self.ledger.into_walks();
        for leg in walks.iter_mut().flat_map(|walk| &mut walk.legs) {
            let of_cells = |(id, change): &(u32, i64)| {
                let change = *change;
                cells[*id as usize].iter().map(move |cell| (*cell, change))
            };
            leg.step = leg.step.iter().flat_map(of_cells).collect();
            leg.step.sort_unstable();
        }
        walks
    }
}
