//! Which cells differ between two states of the register, and by whose records.

use std::collections::HashMap;

use super::{Contribution, Cube, Observed, Sum};

/// By cell, record and whose it is, what the later state has more than the earlier one.
#[derive(Debug)]
pub(super) struct Difference {
    later: bool,
    net: HashMap<(usize, u128, Option<u64>), i64>,
}

impl Difference {
    pub(super) fn note(&mut self, position: usize, c: &Contribution) {
        let note = self.net.entry((position, c.identity, c.contributor)).or_default();
        *note += if self.later { c.weight } else { -c.weight };
    }
}

impl Cube {
    /// The same cells, ready to take the records of the earlier of two states of the register. After
    /// those, and [`Cube::turn`], come the records of the later state.
    pub fn noting_differences(self) -> Self {
        Self { difference: Some(Difference { later: false, net: HashMap::new() }), ..self }
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
            if weight != 0 {
                sums.entry(position).or_default().add(weight.abs(), identity, contributor);
            }
        }
        sums.into_iter().map(|(position, sum)| (position, sum.observed())).collect()
    }
}
