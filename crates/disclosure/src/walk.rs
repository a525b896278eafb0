//! Certificates: walks through the tables that are possible for a reader.
//!
//! A *move* is an integer vector that every relation maps to zero and that leaves what is shown as
//! it is. If the true figures plus the move stay above what a reader knows to be the least values,
//! they could be the truth as well, and a reader can't tell. This is the attacker's model of
//! Fischetti and Salazar (2001) with integer variables. Nothing needs to be believed: a walk is
//! checked by adding integers.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

/// One vector, added several times over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// The figures that change, by position, and by how much; none of them by 0.
    pub step: Vec<(u32, i64)>,
    /// How many times the step is taken, at least once.
    pub times: i64,
}

/// Legs, one after the other from the truth on; every point on the way is possible.
///
/// A cell can have each of the values that it takes on the way. Restricted: whoever knows the
/// walks of a release knows which cells are sensitive.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Walk {
    /// The legs, in order.
    pub legs: Vec<Leg>,
}

impl Walk {
    /// Every position that changes on the way, with repetitions.
    pub(crate) fn positions(&self) -> impl Iterator<Item = u32> {
        self.legs.iter().flat_map(|leg| leg.step.iter().map(|(position, _)| *position))
    }
}

/// Points of one leg that are counted: more than any cell needs.
const POINTS: i64 = 1_000;

/// The distances from the truth that each position takes on one walk or another, 0 left out.
pub(crate) fn distances<'a>(
    walks: impl IntoIterator<Item = &'a Walk>,
) -> HashMap<u32, BTreeSet<i64>> {
    let mut distances: HashMap<u32, BTreeSet<i64>> = HashMap::new();
    for walk in walks {
        let mut at: HashMap<u32, i64> = HashMap::new();
        for leg in &walk.legs {
            for (position, change) in &leg.step {
                let place = at.entry(*position).or_default();
                let points = (1..=leg.times.min(POINTS)).map(|time| *place + change * time);
                distances.entry(*position).or_default().extend(points.filter(|point| *point != 0));
                *place += change * leg.times;
                if *place != 0 {
                    distances.entry(*position).or_default().insert(*place);
                }
            }
        }
    }
    distances
}
