//! What chance alone brings about: two shares against each other.

use model::compare::Room;

/// The score test of two independent shares, a part of a whole each: their difference over its standard
/// error if both were the same, and positive if `newer` is the higher (its square is the chi-squared of
/// K. Pearson, Philosophical Magazine 50, 1900, pages 157–175, for the table of two by two). `None` if a
/// share is none, 0 if both are of nothing or of everything.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub(super) fn score(newer: (i64, i64), earlier: (i64, i64)) -> Option<f64> {
    let is_share = |(n, of): (i64, i64)| of > 0 && (0..=of).contains(&n);
    if !is_share(newer) || !is_share(earlier) {
        return None;
    }
    let (n, of) = (newer.0 as f64, newer.1 as f64);
    let (n_before, of_before) = (earlier.0 as f64, earlier.1 as f64);
    let pooled = (n + n_before) / (of + of_before);
    let error = (pooled * (1.0 - pooled) * (1.0 / of + 1.0 / of_before)).sqrt();
    let difference = n / of - n_before / of_before;
    Some(if error > 0.0 { difference / error } else { 0.0 })
}

/// True if the share `newer` is higher than `earlier` by more than chance alone makes it. `None` if one of
/// them is no share.
pub(super) fn rose(newer: (i64, i64), earlier: (i64, i64), sure: Room) -> Option<bool> {
    score(newer, earlier).map(|score| score > sure.z())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A. Agresti, An Introduction to Categorical Data Analysis, table of aspirin and heart attacks (N. Engl.
    /// J. Med. 318, 1988, pages 262–264), chi-squared 25.01; then by hand: 0.2 over the root of
    /// 0.24 · 0.04, which squared is 25/6.
    #[test]
    fn the_score_is_that_of_a_published_example() {
        let squared = score((189, 11_034), (104, 11_037)).unwrap().powi(2);
        assert_eq!(format!("{squared:.2}"), "25.01");
        assert!((score((25, 50), (15, 50)).unwrap().powi(2) - 25.0 / 6.0).abs() < 1e-12);
        assert!(score((15, 50), (25, 50)).unwrap() < 0.0);
        assert_eq!(rose((25, 50), (15, 50), Room::Usual), Some(true));
        assert_eq!(rose((25, 50), (15, 50), Room::Wide), Some(false));
    }

    #[test]
    fn shares_of_nothing_are_not_compared_and_equal_ones_do_not_differ() {
        assert_eq!([((0, 0), (1, 2)), ((3, 2), (1, 2))].map(|(a, b)| score(a, b)), [None; 2]);
        assert_eq!(score((0, 9), (0, 5)), Some(0.0));
        assert_eq!(score((9, 9), (5, 5)), Some(0.0));
    }
}
