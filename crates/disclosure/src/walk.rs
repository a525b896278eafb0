//! Certificates: walks through the tables that are possible for a reader.
//!
//! A *move* is an integer vector that every relation maps to zero and that leaves what is shown as
//! it is. If the true figures plus the move stay above what a reader knows to be the least values,
//! they could be the truth as well, and a reader can't tell. This is the attacker's model of
//! Fischetti and Salazar (2001) with integer variables. Nothing needs to be believed: a walk is
//! checked by adding integers.

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
