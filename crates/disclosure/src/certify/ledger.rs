//! Which values of which cells are certified, and by which walks.

use crate::problem::VarId;
use crate::walk::Walk;

/// The walks found so far, by number; a walk that was withdrawn is empty.
pub(crate) struct Ledger {
    needed: Vec<u32>,
    walks: Vec<Walk>,
    /// By variable: the walks that change it.
    touching: Vec<Vec<u32>>,
    /// By variable: certified distances from the truth other than 0, sorted, no more than needed.
    values: Vec<Vec<i64>>,
}

impl Ledger {
    /// `needed` is the number of values beside the true one, by variable; 0 where none is asked.
    pub(crate) fn new(needed: Vec<u32>) -> Self {
        let count = needed.len();
        Self {
            needed,
            walks: Vec::new(),
            touching: vec![Vec::new(); count],
            values: vec![Vec::new(); count],
        }
    }

    /// Number of values asked beside the true one.
    pub(crate) fn needed(&self, id: VarId) -> usize {
        self.needed[id as usize] as usize
    }

    /// No values are asked of `id` any more.
    pub(crate) fn release(&mut self, id: VarId) {
        self.needed[id as usize] = 0;
    }

    /// Certified distances from the truth, sorted.
    pub(crate) fn values(&self, id: VarId) -> &[i64] {
        &self.values[id as usize]
    }

    /// The same without the walks through `avoided`.
    pub(crate) fn values_avoiding(&self, id: VarId, avoided: VarId) -> Vec<i64> {
        self.values_without(id, &self.touching[avoided as usize])
    }

    /// Values still missing.
    pub(crate) fn missing(&self, id: VarId) -> i64 {
        let (needed, have) = (self.needed[id as usize], self.values[id as usize].len());
        i64::from(needed) - i64::try_from(have).unwrap_or(i64::MAX)
    }

    /// All variables that lack values.
    pub(crate) fn uncertified(&self) -> Vec<VarId> {
        (0u32..).zip(&self.needed).map(|(id, _)| id).filter(|id| self.missing(*id) > 0).collect()
    }

    /// Adds a walk if it certifies something new; whether it did.
    pub(crate) fn add(&mut self, walk: Walk) -> bool {
        let number = u32::try_from(self.walks.len()).unwrap_or(u32::MAX);
        let mut touched: Vec<VarId> =
            walk.legs.iter().flat_map(|leg| leg.step.iter().map(|(id, _)| *id)).collect();
        touched.sort_unstable();
        touched.dedup();
        let mut new = false;
        for id in &touched {
            if self.missing(*id) > 0 {
                let before = self.values[*id as usize].len();
                let needed = self.needed[*id as usize] as usize;
                collect(&walk, *id, needed, &mut self.values[*id as usize]);
                new |= self.values[*id as usize].len() > before;
            }
        }
        if new {
            for id in touched {
                self.touching[id as usize].push(number);
            }
            self.walks.push(walk);
        }
        new
    }

    /// The variables that would lack values without the walks through `id`.
    pub(crate) fn dependants(&self, id: VarId) -> Vec<VarId> {
        let through = &self.touching[id as usize];
        let mut affected: Vec<VarId> = through
            .iter()
            .flat_map(|number| &self.walks[*number as usize].legs)
            .flat_map(|leg| leg.step.iter().map(|(id, _)| *id))
            .filter(|id| self.needed[*id as usize] > 0)
            .collect();
        affected.sort_unstable();
        affected.dedup();
        affected.retain(|other| {
            let needed = self.needed[*other as usize] as usize;
            self.values_without(*other, through).len() < needed
        });
        affected
    }

    fn values_without(&self, id: VarId, without: &[u32]) -> Vec<i64> {
        let mut values = Vec::new();
        let needed = self.needed[id as usize] as usize;
        for number in &self.touching[id as usize] {
            if without.binary_search(number).is_err() {
                collect(&self.walks[*number as usize], id, needed, &mut values);
            }
            if values.len() >= needed {
                break;
            }
        }
        values
    }

    /// Withdraws the walks through `id`.
    pub(crate) fn withdraw(&mut self, id: VarId) {
        let through = std::mem::take(&mut self.touching[id as usize]);
        let mut affected = Vec::new();
        for number in &through {
            let walk = std::mem::take(&mut self.walks[*number as usize]);
            affected.extend(walk.legs.iter().flat_map(|leg| leg.step.iter().map(|(id, _)| *id)));
        }
        affected.sort_unstable();
        affected.dedup();
        for other in affected {
            self.touching[other as usize].retain(|number| through.binary_search(number).is_err());
            self.values[other as usize] = self.values_without(other, &[]);
        }
    }

    /// The walks that are left.
    pub(crate) fn into_walks(self) -> Vec<Walk> {
        self.walks.into_iter().filter(|walk| !walk.legs.is_empty()).collect()
    }
}

/// Adds the distances from the truth that `id` takes on the way, up to `limit` in all.
pub(super) fn collect(walk: &Walk, id: VarId, limit: usize, values: &mut Vec<i64>) {
    let mut at = 0i64;
    for leg in &walk.legs {
        let Ok(place) = leg.step.binary_search_by_key(&id, |(other, _)| *other) else { continue };
        let change = leg.step[place].1;
        for time in 1..=leg.times {
            if values.len() >= limit {
                return;
            }
            let value = at + change * time;
            if let (Err(place), true) = (values.binary_search(&value), value != 0) {
                values.insert(place, value);
            }
        }
        at += change * leg.times;
    }
}

#[cfg(test)]
mod tests {
    use super::Ledger;
    use crate::walk::{Leg, Walk};

    fn walk(step: &[(u32, i64)], times: i64) -> Walk {
        Walk { legs: vec![Leg { step: step.to_vec(), times }] }
    }

    #[test]
    fn distinct_values_count_once_and_only_as_many_as_are_needed() {
        let mut ledger = Ledger::new(vec![3, 1, 0]);
        assert!(ledger.add(walk(&[(0, 2), (1, -1)], 2)));
        assert_eq!((ledger.missing(0), ledger.missing(1)), (1, 0));
        assert!(!ledger.add(walk(&[(0, 4), (2, 1)], 1)), "nothing new");
        assert!(ledger.add(walk(&[(0, 1), (2, -1)], 9)));
        assert!(ledger.uncertified().is_empty());
    }

    #[test]
    fn a_withdrawn_walk_certifies_nothing() {
        let mut ledger = Ledger::new(vec![1, 1, 0]);
        ledger.add(walk(&[(0, 1), (2, -1)], 1));
        ledger.add(walk(&[(1, 1), (2, -1)], 1));
        ledger.add(walk(&[(0, -1), (1, 1)], 1));
        assert_eq!(ledger.dependants(2), [0, 1]);
        ledger.withdraw(2);
        assert_eq!(ledger.uncertified(), [0, 1]);
        assert!(ledger.into_walks().is_empty());
    }
}
