//! Neighbourhoods in the graph of variables that share a relation.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use crate::problem::{Problem, RelationId, VarId};

/// One step, and what a relation weighs that is touched for the first time.
pub(crate) const HOP: i64 = 1_000_000;

/// Up to `limit` variables around `centre`, in the order taken.
///
/// Near ones come first, and those that close relations: a move needs a second variable in every
/// relation it touches, so a neighbourhood with few relations for its size has more moves.
/// `length` is what it takes to pass to a variable, at least 1; `None` for one that can't be used.
pub(crate) fn ball(
    problem: &Problem,
    centre: VarId,
    limit: usize,
    length: impl Fn(VarId) -> Option<i64>,
) -> Vec<VarId> {
    let mut order = Vec::new();
    let mut taken: HashSet<VarId> = HashSet::new();
    let mut touched: HashSet<RelationId> = HashSet::new();
    let mut distance: HashMap<VarId, i64> = HashMap::from([(centre, 0)]);
    let mut queue = BinaryHeap::from([Reverse((0i64, centre))]);
    while let Some(Reverse((_, id))) = queue.pop() {
        if !taken.insert(id) {
            continue;
        }
        order.push(id);
        if order.len() == limit {
            break;
        }
        let start = distance.get(&id).copied().unwrap_or(0);
        for relation in
            problem.relations_of(id).iter().filter(|r| touched.insert(**r)).collect::<Vec<_>>()
        {
            for (member, _) in problem.relation(*relation).terms() {
                if taken.contains(&member) {
                    continue;
                }
                let Some(length) = length(member) else { continue };
                let known = distance.entry(member).or_insert(i64::MAX);
                *known = (*known).min(start + length);
                let others = problem.relations_of(member).iter();
                let new = others.filter(|r| !touched.contains(r)).count();
                let weight = i64::try_from(new).unwrap_or(i64::MAX).saturating_mul(HOP);
                queue.push(Reverse((known.saturating_add(weight), member)));
            }
        }
    }
    order
}
