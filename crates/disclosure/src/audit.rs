//! The audit of any mask, from whatever tool: what an attacker learns of a withheld cell.
//!
//! For each cell asked for, the interval that linear programming gives an attacker (Fischetti and
//! Salazar 2001; Hundepool et al. 2012, section 4.3), the integers in it, and how many values are
//! possible. Both bounds are exact fractions; each value is certified by a walk, a whole-number
//! point of the linear programs, or a search. What can't be decided is said to be unknown, which
//! has to be taken for exposed.

use std::collections::BTreeSet;

use crate::attack::Attack;
use crate::certify::Certifier;
use crate::linear::Elimination;
use crate::primary::sensitive_variables;
use crate::problem::{Problem, VarId};
use crate::protect::Policy;
use crate::ratio::Ratio;
use crate::walk;

mod component;
mod search;
mod simplex;

use component::Component;

/// Whether a withheld cell can be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// One integer is possible: the cell is disclosed.
    Exact,
    /// As many integers are possible as the cell needs, at least two, by certificates.
    Several,
    /// Every integer was decided, and fewer are possible than the cell needs.
    TooFew,
    /// None of these was shown; to be taken for disclosed.
    Unknown,
}

/// What an attacker knows of a withheld variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// The variable.
    pub variable: VarId,
    /// Least and greatest possible value in fractions, `None` above where there is no limit; `None`
    /// altogether where it wasn't computed.
    pub linear: Option<(Ratio, Option<Ratio>)>,
    /// The same in integers. An end is reached by a certificate or is the last that isn't ruled
    /// out: it is never inside what is possible.
    pub integers: Option<(i64, Option<i64>)>,
    /// How many values are certified as possible, the true one included. Counted as far as is
    /// needed for the verdict.
    pub values: usize,
    /// Whether it can be worked out.
    pub verdict: Verdict,
    /// How, if it is a combination of shown figures.
    pub attack: Option<Attack>,
    /// Otherwise, where it has too few values: the withheld cells whose known least values bound it
    /// from below, and those that bound it from above.
    pub bounded_by: (Vec<VarId>, Vec<VarId>),
}

/// Audits the `targets` that are hidden; `hidden` has one entry a variable.
///
/// The policy says what readers know of zeros, and how many values a sensitive cell needs; any
/// other cell needs two.
pub fn audit(
    problem: &Problem,
    policy: &Policy,
    hidden: &[bool],
    targets: &[VarId],
) -> Vec<Bounds> {
    let elimination = Elimination::new(problem, hidden);
    let determined = elimination.determined(0x5eed);
    let sensitive = sensitive_variables(problem, policy);
    let mut needed = vec![0u32; hidden.len()];
    for id in targets.iter().filter(|id| hidden[**id as usize]) {
        if determined.binary_search(id).is_err() {
            needed[*id as usize] = sensitive[*id as usize].map_or(1, |s| s.width);
        }
    }
    let known = certified(problem, policy, hidden, &needed);
    let component_of = components(problem, hidden);
    let mut order: Vec<VarId> = targets.iter().copied().filter(|id| hidden[*id as usize]).collect();
    order.sort_unstable_by_key(|id| (component_of[*id as usize], *id));
    order.dedup();
    let mut found = Vec::with_capacity(order.len());
    for group in order.chunk_by(|a, b| component_of[*a as usize] == component_of[*b as usize]) {
        let number = component_of[group[0] as usize];
        let members: Vec<VarId> =
            (0u32..).zip(&component_of).filter(|(_, c)| **c == number).map(|(id, _)| id).collect();
        let mut component = None;
        for id in group {
            let attack = determined.binary_search(id).ok().and_then(|_| elimination.attack(*id));
            if let Some(attack) = attack {
                found.push(exact(problem, *id, attack));
                continue;
            }
            let component = component.get_or_insert_with(|| {
                Component::new(problem, policy.zeros, members.clone(), &needed, &known)
            });
            found.push(component.bounds(*id));
        }
    }
    found.sort_unstable_by_key(|bounds| bounds.variable);
    found
}

fn exact(problem: &Problem, id: VarId, attack: Attack) -> Bounds {
    let value = problem.variable(id).value;
    Bounds {
        variable: id,
        linear: Some((Ratio::whole(value), Some(Ratio::whole(value)))),
        integers: Some((value, Some(value))),
        values: 1,
        verdict: Verdict::Exact,
        attack: Some(attack),
        bounded_by: (Vec::new(), Vec::new()),
    }
}

/// Distances from the truth that walks in small neighbourhoods certify, by variable.
fn certified(
    problem: &Problem,
    policy: &Policy,
    hidden: &[bool],
    needed: &[u32],
) -> Vec<BTreeSet<i64>> {
    let mut certifier = Certifier::new(problem, policy, needed.to_vec(), Vec::new(), 0);
    // Where the work is used up, what was found until then still holds.
    let _ = certifier.search(hidden);
    let by_cell = walk::distances(&certifier.into_walks());
    let of = |variable: &crate::Variable| {
        let cell = u32::try_from(variable.cell).ok();
        cell.and_then(|cell| by_cell.get(&cell)).cloned().unwrap_or_default()
    };
    problem.variables().iter().map(of).collect()
}

/// By variable: the least variable it is linked to by relations among hidden ones.
fn components(problem: &Problem, hidden: &[bool]) -> Vec<VarId> {
    let mut component = vec![VarId::MAX; hidden.len()];
    for (start, _) in (0u32..).zip(hidden).filter(|(_, hidden)| **hidden) {
        let mut waiting = vec![start];
        while let Some(id) = waiting.pop() {
            if component[id as usize] != VarId::MAX {
                continue;
            }
            component[id as usize] = start;
            for relation in problem.relations_of(id) {
                let members = problem.relation(*relation).terms().map(|(member, _)| member);
                waiting.extend(members.filter(|member| {
                    hidden[*member as usize] && component[*member as usize] == VarId::MAX
                }));
            }
        }
    }
    component
}
