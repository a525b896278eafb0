//! Which cells differ between two states of the register, and by whose records.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use model::Period;

use super::{Contribution, Cube, Observed, Sum};
use crate::release::measure::Measure;

/// By cell, record and whose it is, what the later state has more than the earlier one.
#[derive(Debug)]
pub(super) struct Difference {
    later: bool,
    /// By measure: whether it is compared.
    compared: Vec<bool>,
    net: HashMap<(usize, u128, Option<u64>), i64>,
}

impl Difference {
    pub(super) fn note(&mut self, position: usize, c: &Contribution) {
        if !self.compared[c.measure] {
            return;
        }
        let weight = if self.later { c.weight } else { -c.weight };
        // What is the same in both leaves nothing behind.
        match self.net.entry((position, c.identity, c.contributor)) {
            Entry::Vacant(entry) => drop(entry.insert(weight)),
            Entry::Occupied(mut entry) => {
                *entry.get_mut() += weight;
                if *entry.get() == 0 {
                    entry.remove();
                }
            }
        }
    }
}

impl Cube {
    /// The same cells, ready to take the records of the earlier of two states of the register, of which
    /// the figures up to `last` are compared. After those, and [`Cube::turn`], come the records of the later
    /// state.
    pub fn noting_differences(self, last: Period) -> Self {
        let until = |m: &Measure| m.period.last_quarter_index() <= last.last_quarter_index();
        let compared = self.measures.all().iter().map(until).collect();
        Self {
            difference: Some(Difference { later: false, compared, net: HashMap::new() }),
            ..self
        }
    }

    /// What is added from now on is of the later state.
    pub fn turn(&mut self) {
        if let Some(difference) = &mut self.difference {
            difference.later = true;
        }
    }

    /// What differs, by position: how much in all records that count more or less in the cell, whose
    /// they are, and the two largest differences of single records.
    pub fn differences(&self) -> HashMap<usize, Observed> {
        let mut sums: HashMap<usize, Sum> = HashMap::new();
        for (&(position, identity, contributor), &weight) in
            self.difference.iter().flat_map(|d| &d.net)
        {
            sums.entry(position).or_default().add(weight.abs(), identity, contributor);
        }
        sums.into_iter().map(|(position, sum)| (position, sum.observed())).collect()
    }
}
