//! Decoys: cells withheld at random though nothing calls for it.
//!
//! A reader who knows the program learns from a mask that a smaller one would not have done: where
//! three parts of 3 are all withheld, none of them is a zero, as 1 + 2 + 0 would have been shown
//! with its zero. This is the minimality attack (R. C. Wong, A. W. Fu, K. Wang, J. Pei, "Minimality
//! attack in privacy preserving data publishing", *VLDB* 2007). It fails where the zero might have
//! been withheld for no reason. Among the smaller cells near sensitive ones the secret key and their
//! place alone draw the decoys, so no reader can tell them from complements; what a release withheld
//! stays withheld, decoys too.

use crate::cost::{UNIT, ties};
use crate::primary::Sensitive;
use crate::problem::{Problem, VarId};
use crate::protect::Policy;
use crate::repair::State;

/// How many relations away from a sensitive variable a decoy may be.
const FAR: usize = 2;
/// A decoy is less than this many times its threshold: great figures are no alternative to small
/// ones, and readers need them.
const SMALL: i64 = 4;
/// What it may cost to keep a decoy from following from other figures; a dearer one is given up.
pub(crate) const MOST: i64 = 10 * UNIT;

/// The variables to withhold as decoys: of those that may be withheld, are not great and not far
/// from a sensitive one, about one in `policy.decoys`; none if that is 0.
pub(crate) fn decoys(
    problem: &Problem,
    policy: &Policy,
    sensitive: &[Option<Sensitive>],
    state: &State<'_>,
) -> Vec<VarId> {
    if policy.decoys == 0 {
        return Vec::new();
    }
    let mut key = policy.seed_key;
    key[1] ^= 0xd3;
    let is_sensitive = |id: VarId| sensitive[id as usize].is_some();
    let mut near: Vec<bool> = sensitive.iter().map(Option::is_some).collect();
    for _ in 0..FAR {
        let before = near.clone();
        for (_, relation) in problem.relations() {
            if relation.terms().any(|(member, _)| before[member as usize]) {
                relation.terms().for_each(|(member, _)| near[member as usize] = true);
            }
        }
    }
    let lots = ties(problem, &key);
    let drawn = |id: &VarId| lots[*id as usize].is_multiple_of(u64::from(policy.decoys));
    let is_small = |id: &VarId| {
        let variable = problem.variable(*id);
        variable.value < SMALL * i64::from(variable.threshold)
    };
    let all = (0u32..).zip(near).filter(|(_, near)| *near).map(|(id, _)| id);
    all.filter(|id| !is_sensitive(*id) && state.may_hide(*id))
        .filter(|id| is_small(id) && drawn(id))
        .collect()
}
