//! Fair comparison of shares: the large and the small against what their peers have in common, with the
//! room that chance alone gives to each (D. J. Spiegelhalter, "Funnel plots for comparing institutional
//! performance", Statistics in Medicine 24, 2005, pages 1185–1202).

use crate::rate::{Interval, Z};

/// Of fewer than so many no share is compared: chance would have too much to do with it.
pub const FEWEST: i64 = 20;

/// Fewer peers than this are no measure for anything.
pub const FEWEST_PEERS: usize = 3;

/// How much room chance is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// One in twenty of those that are like their peers lies outside.
    Usual,
    /// One in five hundred does.
    Wide,
}

impl Room {
    /// The quantile of the standard normal distribution for 95 % and for 99.8 %, two-sided.
    const fn z(self) -> f64 {
        match self {
            Self::Usual => Z,
            Self::Wide => 3.090_232_306_167_813,
        }
    }
}

/// The bounds of the funnel for a share of `of`, if the true one is `share`, from 0 to 1. `None` if `of` is
/// not positive or `share` is no share.
///
/// # Example
///
/// ```
/// use model::compare::{Room, limits};
/// let bounds = limits(0.8, 100, Room::Usual).unwrap();
/// assert_eq!(format!("{:.3} {:.3}", bounds.low, bounds.high), "0.722 0.878");
/// ```
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub fn limits(share: f64, of: i64, room: Room) -> Option<Interval> {
    if of <= 0 || !(0.0..=1.0).contains(&share) {
        return None;
    }
    let spread = room.z() * (share * (1.0 - share) / of as f64).sqrt();
    Some(Interval { low: (share - spread).max(0.0), high: (share + spread).min(1.0) })
}

/// How a share stands to what its peers have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Not compared: of too few.
    TooFew,
    /// Chance alone may make the difference.
    Within,
    /// Higher than chance alone makes it, but for one in forty.
    Higher,
    /// Higher than chance alone makes it, but for one in a thousand.
    FarHigher,
    /// Lower than chance alone makes it, but for one in forty.
    Lower,
    /// Lower than chance alone makes it, but for one in a thousand.
    FarLower,
}

/// What the peers have in common: of all together, the share. `None` if fewer than [`FEWEST_PEERS`] are
/// large enough to be compared, or a part is larger than its whole.
///
/// # Example
///
/// ```
/// let peers = [(80, 100), (45, 50), (10, 50), (1, 2)];
/// assert_eq!(model::compare::common(&peers), Some((135, 200)));
/// assert_eq!(model::compare::common(&peers[2..]), None);
/// ```
#[must_use]
pub fn common(peers: &[(i64, i64)]) -> Option<(i64, i64)> {
    let compared: Vec<&(i64, i64)> = peers.iter().filter(|(_, of)| *of >= FEWEST).collect();
    let fit = compared.iter().all(|(n, of)| (0..=*of).contains(n));
    (fit && compared.len() >= FEWEST_PEERS)
        .then(|| compared.iter().fold((0, 0), |(a, b), (n, of)| (a + n, b + of)))
}

/// How the share `own` stands to that of its peers, each a part and its whole.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub fn standing(own: (i64, i64), peers: (i64, i64)) -> Standing {
    let (n, of) = own;
    if of < FEWEST || !(0..=of).contains(&n) {
        return Standing::TooFew;
    }
    let share = n as f64 / of as f64;
    let common = peers.0 as f64 / peers.1 as f64;
    let bounds = |room| limits(common, of, room);
    let (Some(usual), Some(wide)) = (bounds(Room::Usual), bounds(Room::Wide)) else {
        return Standing::TooFew;
    };
    match share {
        s if s > wide.high => Standing::FarHigher,
        s if s > usual.high => Standing::Higher,
        s if s < wide.low => Standing::FarLower,
        s if s < usual.low => Standing::Lower,
        _ => Standing::Within,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_small_have_more_room_than_the_large() {
        let peers = (800, 1000);
        assert_eq!(standing((14, 20), peers), Standing::Within);
        assert_eq!(standing((140, 200), peers), Standing::FarLower);
        assert_eq!(standing((147, 200), peers), Standing::Lower);
        assert_eq!(standing((173, 200), peers), Standing::Higher);
        assert_eq!(standing((190, 200), peers), Standing::FarHigher);
    }

    #[test]
    fn few_are_not_compared() {
        assert_eq!(standing((0, FEWEST - 1), (800, 1000)), Standing::TooFew);
        assert_eq!(standing((0, FEWEST), (800, 1000)), Standing::FarLower);
        assert_eq!(standing((21, 20), (800, 1000)), Standing::TooFew);
        assert_eq!(standing((10, 20), (0, 0)), Standing::TooFew);
        assert_eq!(common(&[(1, 30), (1, 30)]), None);
        assert_eq!(common(&[(1, 30), (1, 30), (31, 30)]), None);
    }

    #[test]
    fn where_all_are_the_same_nobody_stands_out() {
        assert_eq!(standing((40, 40), (400, 400)), Standing::Within);
        assert_eq!(standing((0, 40), (0, 400)), Standing::Within);
    }

    proptest! {
        #[test]
        fn wide_room_holds_the_usual_one(share in 0.0_f64..=1.0, of in 1_i64..10_000) {
            let usual = limits(share, of, Room::Usual).unwrap();
            let wide = limits(share, of, Room::Wide).unwrap();
            prop_assert!(wide.low <= usual.low && usual.high <= wide.high);
            prop_assert!(usual.low <= share && share <= usual.high);
        }

        /// A body that leaves one more unsettled, or one fewer on time, never stands higher.
        #[test]
        fn fewer_of_as_many_never_stands_higher(n in 1_i64..200, more in 0_i64..200, a in 0_i64..1000, b in 1_i64..1000) {
            let rank = |s| match s {
                Standing::FarLower => 0,
                Standing::Lower => 1,
                Standing::Within | Standing::TooFew => 2,
                Standing::Higher => 3,
                Standing::FarHigher => 4,
            };
            let of = n + more;
            let peers = (a.min(b), b);
            prop_assert!(rank(standing((n - 1, of), peers)) <= rank(standing((n, of), peers)));
        }
    }
}
