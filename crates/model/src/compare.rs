//! Fair comparison of shares: the large and the small against what their peers have in common, with the
//! room that chance alone gives to each (D. J. Spiegelhalter, "Funnel plots for comparing institutional
//! performance", Statistics in Medicine 24, 2005, pages 1185–1202).

use crate::dimension::Member;
use crate::period::Period;
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
    #[must_use]
    pub const fn z(self) -> f64 {
        match self {
            Self::Usual => Z,
            Self::Wide => 3.090_232_306_167_813,
        }
    }

    /// The probability of what lies beyond one of its bounds.
    #[must_use]
    pub const fn beyond(self) -> f64 {
        match self {
            Self::Usual => 0.025,
            Self::Wide => 0.001,
        }
    }
}

/// The most of `of` that chance alone brings about, if each counts with the probability `share`: more than that
/// has a probability below [`Room::beyond`], by the binomial distribution. Exact also for few and for shares near
/// all or nothing.
///
/// # Example
///
/// ```
/// use model::compare::{Room, most};
/// // Of ten coins nine heads or more have the probability 11/1024, eight or more 56/1024.
/// assert_eq!((most(0.5, 10, Room::Usual), most(0.5, 10, Room::Wide)), (8, 9));
/// ```
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub fn most(share: f64, of: i64, room: Room) -> i64 {
    if share <= 0.0 {
        return 0;
    }
    if share >= 1.0 {
        return of;
    }
    // From all of them down, in logarithms: the probability of `n` or more, until it is no longer small.
    let odds = share.ln() - (1.0 - share).ln();
    let mut log = of as f64 * share.ln();
    let mut tail = 0.0;
    for n in (1..=of).rev() {
        tail += log.exp();
        if tail >= room.beyond() {
            return n;
        }
        log += (n as f64 / (of - n + 1) as f64).ln() - odds;
    }
    0
}

/// The bounds of the funnel for a share of `of`, if the true one is `share`, from 0 to 1, by the normal
/// approximation: smooth, to be drawn. Who stands outside follows from [`most`]. `None` if `of` is not positive or
/// `share` is no share.
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

/// Of `peers`, those that came to an end within `period` while others went on, by position: an abolished body
/// has passed its matters on, and what it did until then is not compared with a whole period.
#[must_use]
pub fn ended_before_peers(peers: &[&Member], period: Period) -> Vec<bool> {
    let some_last = peers.iter().any(|m| m.lasts_through(period));
    peers.iter().map(|m| some_last && !m.lasts_through(period)).collect()
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
    let common = peers.0 as f64 / peers.1 as f64;
    if !(0.0..=1.0).contains(&common) {
        return Standing::TooFew;
    }
    let more_than = |room| n > most(common, of, room);
    let fewer_than = |room| of - n > most(1.0 - common, of, room);
    match () {
        () if more_than(Room::Wide) => Standing::FarHigher,
        () if more_than(Room::Usual) => Standing::Higher,
        () if fewer_than(Room::Wide) => Standing::FarLower,
        () if fewer_than(Room::Usual) => Standing::Lower,
        () => Standing::Within,
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
    fn who_ended_within_the_period_is_not_held_against_those_who_went_on() {
        let members = crate::Dim::Body.members();
        let of = |codes: &[&str], period: &str| {
            let peers: Vec<_> = codes.iter().map(|code| members.get(code).unwrap()).collect();
            ended_before_peers(&peers, period.parse().unwrap())
        };
        // The Department of Natural Resources and Environment was merged on 1 March 2025.
        assert_eq!(of(&["TTT", "STNMT"], "2025"), [false, true]);
        assert_eq!(of(&["TTT", "STNMT"], "2025-Q1"), [false, false]);
        // All districts ended on the same day.
        assert_eq!(of(&["UBND-384", "UBND-385"], "2025"), [false, false]);
    }

    #[test]
    fn where_all_are_the_same_nobody_stands_out() {
        assert_eq!(standing((40, 40), (400, 400)), Standing::Within);
        assert_eq!(standing((0, 40), (0, 400)), Standing::Within);
    }

    /// By hand: of three at a tenth each, all three come up with a probability of 0.001, two or more with
    /// 0.028.
    #[test]
    fn of_a_few_chance_may_bring_about_most() {
        assert_eq!(most(0.099, 3, Room::Wide), 2);
        assert_eq!(most(0.101, 3, Room::Wide), 3);
        assert_eq!(most(0.1, 3, Room::Usual), 2);
        assert_eq!((most(0.0, 10, Room::Wide), most(1.0, 10, Room::Wide)), (0, 10));
    }

    /// However many there are: no underflow makes everybody stand out.
    #[test]
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    fn the_limit_of_many_is_near_the_curve_that_is_drawn() {
        for of in [1_000, 2_000, 5_000] {
            for share in [0.1, 0.25, 0.5, 0.75, 0.9] {
                let most = most(share, of, Room::Wide) as f64 / of as f64;
                let high = limits(share, of, Room::Wide).unwrap().high;
                assert!((most - high).abs() < 0.003, "{share} of {of}: {most} {high}");
            }
        }
    }

    /// Of 25 reception days of which 97 % are usual, 22 or fewer are held with a probability of 0.038, 19 or
    /// fewer with 0.0001. By the approximation 22 would stand outside.
    #[test]
    fn a_few_missed_days_of_few_are_chance() {
        assert_eq!(standing((22, 25), (970, 1000)), Standing::Within);
        assert_eq!(standing((19, 25), (970, 1000)), Standing::FarLower);
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
