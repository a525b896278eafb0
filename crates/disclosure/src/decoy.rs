//! Decoys: cells withheld at random though nothing calls for it.
//!
//! A reader who knows the program learns from a mask that a smaller one would not have done: where
//! three parts of 3 are all withheld, none of them is a zero, as 1 + 2 + 0 would have been shown
//! with its zero. This is the minimality attack (R. C. Wong, A. W. Fu, K. Wang, J. Pei, "Minimality
//! attack in privacy preserving data publishing", *VLDB* 2007). It fails where the zero might have
//! been withheld for no reason. Which cells are decoys depends on the secret key and on their place
//! alone, so no reader can tell them from complements, and they stay the same from release to
//! release.

use crate::hash::siphash;
use crate::primary::Sensitive;
use crate::problem::{Problem, VarId};
use crate::protect::Policy;
use crate::repair::State;

/// How many relations away from a sensitive variable a decoy may be.
const FAR: usize = 2;

/// The variables to withhold as decoys: of those that may be withheld and are not far from a
/// sensitive one, about one in `policy.decoys`; none if that is 0.
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
    let drawn = |id: &VarId| {
        let cell: Vec<u8> = problem.key(*id).iter().flat_map(|m| m.to_le_bytes()).collect();
        siphash(&key, &cell).is_multiple_of(u64::from(policy.decoys))
    };
    let all = (0u32..).zip(near).filter(|(_, near)| *near).map(|(id, _)| id);
    all.filter(|id| !is_sensitive(*id) && state.may_hide(*id)).filter(drawn).collect()
}
