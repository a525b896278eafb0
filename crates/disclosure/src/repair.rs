//! Local repair: withhold until no single relation gives a withheld cell away.
//!
//! A relation is *deficient* when one hidden member stands alone in it, or when its parent is shown
//! and its hidden children together exceed their lower bounds by less than the room that one of
//! them needs (two ones whose sum is known to be two, where zeros are always shown). It is repaired
//! by hiding its cheapest member. This is the singleton and minimum-frequency reasoning of Hundepool
//! et al. (2012), section 4.4, on all relations of all tables at once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::attack::Attack;
use crate::cost::{UNIT, own_cost, ties};
use crate::error::Refusal;
use crate::formula::Formula;
use crate::model::Zeros;
use crate::primary::{Sensitive, lower_bound};
use crate::problem::{Problem, RelationId, Role, VarId};
use crate::protect::Policy;

/// Why a relation needs repair.
struct Deficiency {
    /// The hidden member that lacks room.
    cell: VarId,
    /// By how much the hidden children fall short; 0 if the parent itself stands alone.
    short: i64,
}

/// What is hidden so far, with what the repair needs to know of each relation.
pub(crate) struct State<'a> {
    problem: &'a Problem,
    zeros: Zeros,
    max_work: u64,
    hidden: Vec<bool>,
    /// Room each hidden variable needs; 0 for one that needs none.
    needed: Vec<u32>,
    hidden_members: Vec<u32>,
    own_cost: Vec<i64>,
    ties: Vec<u64>,
    waiting: BinaryHeap<Reverse<(usize, u64, RelationId)>>,
    queued: Vec<bool>,
    pub(crate) work: u64,
}

impl<'a> State<'a> {
    /// Hides what is sensitive or starts hidden.
    pub(crate) fn new(
        problem: &'a Problem,
        policy: &Policy,
        sensitive: &[Option<Sensitive>],
    ) -> Self {
        let count = problem.variables().len();
        let mut state = Self {
            problem,
            zeros: policy.zeros,
            max_work: policy.max_work,
            hidden: vec![false; count],
            needed: sensitive.iter().map(|s| s.map_or(0, |s| s.width)).collect(),
            hidden_members: vec![0; problem.relation_count()],
            own_cost: (0u32..)
                .zip(problem.variables())
                .map(|(id, _)| own_cost(problem, id))
                .collect(),
            ties: ties(problem, &policy.seed_key),
            waiting: BinaryHeap::new(),
            queued: vec![false; problem.relation_count()],
            work: 0,
        };
        for (id, variable) in (0u32..).zip(problem.variables()) {
            if sensitive[id as usize].is_some() || variable.role.starts_hidden() {
                state.mark(id);
            }
        }
        state
    }

    pub(crate) fn hidden(&self) -> &[bool] {
        &self.hidden
    }

    /// Hides a shown variable as a complement.
    pub(crate) fn hide(&mut self, id: VarId) {
        let needed = &mut self.needed[id as usize];
        *needed = (*needed).max(1);
        self.mark(id);
    }

    /// Hides a shown variable that a certificate passes through; it needs no companion.
    pub(crate) fn withhold(&mut self, id: VarId) {
        self.mark(id);
    }

    /// Shows a hidden variable again.
    pub(crate) fn show(&mut self, id: VarId) {
        if std::mem::replace(&mut self.hidden[id as usize], false) {
            for relation in self.problem.relations_of(id) {
                self.hidden_members[*relation as usize] -= 1;
            }
        }
    }

    /// Cost of hiding, whatever else is hidden, and the tie.
    pub(crate) fn price(&self, id: VarId) -> (i64, u64) {
        (self.own_cost[id as usize], self.ties[id as usize])
    }

    fn mark(&mut self, id: VarId) {
        if std::mem::replace(&mut self.hidden[id as usize], true) {
            return;
        }
        for relation in self.problem.relations_of(id) {
            self.hidden_members[*relation as usize] += 1;
            self.enqueue(*relation);
        }
    }

    fn enqueue(&mut self, id: RelationId) {
        if !std::mem::replace(&mut self.queued[id as usize], true) {
            let relation = self.problem.relation(id);
            let tie = relation.terms().fold(0u64, |sum, (member, _)| {
                sum.wrapping_add(self.ties[member as usize].rotate_left(7))
            });
            self.waiting.push(Reverse((relation.children.len(), tie, id)));
        }
    }

    /// Whether protection may hide this variable.
    pub(crate) fn may_hide(&self, id: VarId) -> bool {
        let variable = self.problem.variable(id);
        !self.hidden[id as usize]
            && variable.role == Role::Open
            && (variable.value > 0 || self.zeros == Zeros::Complement)
    }

    /// Cost of hiding, given what is hidden: less where it accompanies a lone hidden cell, more
    /// where it would be a lone one itself. Then the tie.
    pub(crate) fn cost(&self, id: VarId, except: Option<RelationId>) -> (i64, u64) {
        let mut cost = self.own_cost[id as usize];
        for relation in self.problem.relations_of(id).iter().filter(|r| Some(**r) != except) {
            match self.hidden_members[*relation as usize] {
                0 => cost += UNIT * 6 / 5,
                1 => cost -= UNIT * 3 / 5,
                _ => {}
            }
        }
        (cost, self.ties[id as usize])
    }

    /// Repairs every deficient relation.
    ///
    /// # Errors
    ///
    /// Refuses when a sensitive cell lacks room in a relation whose shown members all have to be
    /// shown, or when the work is used up.
    pub(crate) fn repair(
        &mut self,
        sensitive: &[Option<Sensitive>],
        round: u32,
    ) -> Result<Vec<(VarId, RelationId)>, Refusal> {
        let mut hidden = Vec::new();
        while let Some(Reverse((_, _, id))) = self.waiting.pop() {
            self.queued[id as usize] = false;
            self.work += self.problem.relation(id).children.len() as u64 + 1;
            if self.work > self.max_work {
                return Err(Refusal::Budget { rounds: round, work: self.work });
            }
            let Some(deficiency) = self.deficiency(id) else { continue };
            match self.cheapest(id, &deficiency) {
                Some(choice) => {
                    self.hide(choice);
                    hidden.push((choice, id));
                }
                None if sensitive[deficiency.cell as usize].is_some() => {
                    return Err(self.refusal(id, deficiency.cell));
                }
                // A complement that is known after all: the audit looks for another.
                None => {}
            }
        }
        Ok(hidden)
    }

    fn room(&self, id: VarId) -> i64 {
        self.problem.variable(id).value - lower_bound(self.problem, self.zeros, id)
    }

    fn deficiency(&self, id: RelationId) -> Option<Deficiency> {
        let relation = self.problem.relation(id);
        let lone = self.hidden_members[id as usize] == 1;
        if self.hidden[relation.parent as usize] {
            let needs = lone && self.needed[relation.parent as usize] > 0;
            return needs.then_some(Deficiency { cell: relation.parent, short: 0 });
        }
        let hidden = relation.children.iter().filter(|child| self.hidden[**child as usize]);
        let neediest = *hidden.clone().max_by_key(|child| self.needed[**child as usize])?;
        let needed = i64::from(self.needed[neediest as usize]);
        let room: i64 = hidden.map(|child| self.room(*child)).sum();
        let short = (needed - room).max(0);
        (needed > 0 && (lone || short > 0)).then_some(Deficiency { cell: neediest, short })
    }

    /// The cheapest member whose hiding helps: the parent, or a child that adds room where room is
    /// short. A child that adds less than what is short is dearer in proportion.
    fn cheapest(&self, id: RelationId, deficiency: &Deficiency) -> Option<VarId> {
        let relation = self.problem.relation(id);
        let price = |member: VarId| {
            let (mut cost, tie) = self.cost(member, Some(id));
            if member == relation.parent {
                cost += UNIT;
            } else if deficiency.short > 0 {
                let missing = (deficiency.short - self.room(member)).max(0);
                cost += UNIT * missing / deficiency.short;
            }
            (cost, tie, member)
        };
        let helps = |member: &VarId| {
            self.may_hide(*member)
                && (*member == relation.parent || deficiency.short == 0 || self.room(*member) > 0)
        };
        let members = relation.terms().map(|(member, _)| member).filter(helps);
        members.map(price).min().map(|(_, _, member)| member)
    }

    /// What to hide against relations that leave a sensitive cell too little room because some of
    /// their hidden members are `known` (sorted) by linear combination.
    ///
    /// A hidden member that is known counts as shown; it is made unknown by breaking its attack.
    ///
    /// # Errors
    ///
    /// Refuses when nothing that would help may be hidden.
    pub(crate) fn tight(
        &self,
        known: &[VarId],
        sensitive: &[Option<Sensitive>],
        attack: impl Fn(VarId) -> Option<Attack>,
    ) -> Result<Vec<(VarId, RelationId)>, Refusal> {
        let is_known = |id: &VarId| known.binary_search(id).is_ok();
        let open = |id: &VarId| self.hidden[*id as usize] && !is_known(id);
        let needs = |id: &VarId| sensitive[*id as usize].map_or(0, |s| i64::from(s.width));
        let mut relations: Vec<RelationId> =
            known.iter().flat_map(|id| self.problem.relations_of(*id)).copied().collect();
        relations.sort_unstable();
        relations.dedup();
        let mut chosen: Vec<(VarId, RelationId)> = Vec::new();
        for id in relations {
            let relation = self.problem.relation(id);
            let children = || relation.children.iter().filter(|child| open(child));
            let Some(cell) = children().max_by_key(|child| needs(child)) else { continue };
            let room: i64 = children().map(|child| self.room(*child)).sum();
            if open(&relation.parent) || room >= needs(cell) {
                continue;
            }
            let deficiency = Deficiency { cell: *cell, short: needs(cell) - room };
            let mut choices: Vec<VarId> = self.cheapest(id, &deficiency).into_iter().collect();
            let hidden = relation.terms().map(|(m, _)| m).filter(|m| self.hidden[*m as usize]);
            for attack in hidden.filter(is_known).filter_map(&attack) {
                choices.extend(attack.terms.iter().map(|(m, _)| *m).filter(|m| self.may_hide(*m)));
            }
            if choices.iter().any(|choice| chosen.iter().any(|(other, _)| other == choice)) {
                continue;
            }
            let cheapest = choices.into_iter().min_by_key(|c| (self.cost(*c, Some(id)), *c));
            chosen.push((cheapest.ok_or_else(|| self.refusal(id, *cell))?, id));
        }
        Ok(chosen)
    }

    fn refusal(&self, id: RelationId, cell: VarId) -> Refusal {
        let relation = self.problem.relation(id);
        let label = |member: VarId| self.problem.label(member).to_owned();
        let parent_hidden = self.hidden[relation.parent as usize];
        let hidden = relation.children.iter().filter(|child| self.hidden[**child as usize]);
        let shown = relation.terms().filter(|(member, _)| !self.hidden[*member as usize]);
        let sign = if parent_hidden { -1 } else { 1 };
        let formula = Formula {
            hidden: if parent_hidden {
                vec![label(cell)]
            } else {
                hidden.map(|child| label(*child)).collect()
            },
            terms: shown.clone().map(|(member, c)| (sign * c, label(member))).collect(),
            divisor: 1,
        };
        blame(self.problem, shown.map(|(member, _)| member), formula)
    }
}

/// Refusal for a formula none of whose shown cells may be hidden.
pub(crate) fn blame(
    problem: &Problem,
    mut shown: impl Iterator<Item = VarId>,
    formula: Formula,
) -> Refusal {
    if shown.all(|member| problem.variable(member).role == Role::Published) {
        Refusal::PublishedDetermines { formula }
    } else {
        Refusal::ForcedInTheWay { formula }
    }
}
