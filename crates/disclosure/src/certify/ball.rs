//! Neighbourhoods in the graph of variables that share a relation.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use crate::problem::{Problem, VarId};

/// The `limit` variables nearest to `centre`, in order of distance.
///
/// `length` is what it takes to pass to a variable, at least 1; `None` for one that can't be used.
pub(crate) fn ball(
    problem: &Problem,
    centre: VarId,
    limit: usize,
    length: impl Fn(VarId) -> Option<i64>,
) -> Vec<VarId> {
    let mut order = Vec::new();
    let mut reached: HashMap<VarId, i64> = HashMap::from([(centre, 0)]);
    let mut passed = std::collections::HashSet::new();
    let mut queue = BinaryHeap::from([Reverse((0i64, centre))]);
    while let Some(Reverse((distance, id))) = queue.pop() {
        if reached.get(&id) != Some(&distance) {
            continue;
        }
        order.push(id);
        if order.len() == limit {
            break;
        }
        for relation in problem.relations_of(id) {
            // Later visits of the relation come from farther away.
            if !passed.insert(*relation) {
                continue;
            }
            for (member, _) in problem.relation(*relation).terms() {
                let Some(length) = length(member) else { continue };
                let total = distance + length;
                let known = reached.entry(member).or_insert(i64::MAX);
                if total < *known {
                    *known = total;
                    queue.push(Reverse((total, member)));
                }
            }
        }
    }
    order
}
