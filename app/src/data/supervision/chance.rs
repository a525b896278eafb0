//! What chance alone brings about: two shares against each other, and how many of a few.

use super::Sure;

impl Sure {
    /// The quantile of the standard normal distribution.
    const fn z(self) -> f64 {
        match self {
            Self::Usual => 1.959_963_984_540_054,
            Self::Wide => 3.090_232_306_167_813,
        }
    }

    /// The probability that is left above the upper limit.
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    const fn above(self) -> f64 {
        1.0 / self.one_in() as f64
    }
}

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
pub(super) fn rose(newer: (i64, i64), earlier: (i64, i64), sure: Sure) -> Option<bool> {
    score(newer, earlier).map(|score| score > sure.z())
}

/// The most of `of` that chance alone brings about, if each counts with the probability `share`: the upper
/// limit of an exact binomial funnel (the appendix of D. J. Spiegelhalter, Statistics in Medicine 24, 2005, pages
/// 1185–1202, without its interpolation). The approximation of [`model::compare::limits`] is of no use for the few days of a
/// quarter.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub(super) fn most(share: f64, of: i64, sure: Sure) -> i64 {
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
        if tail >= sure.above() {
            return n;
        }
        log += (n as f64 / (of - n + 1) as f64).ln() - odds;
    }
    0
}

#[cfg(test)]
mod tests {
    use model::compare::limits;

    use super::*;

    #[test]
    fn limits_here_are_those_of_the_comparison_of_peers() {
        for sure in [Sure::Usual, Sure::Wide] {
            let high = limits(0.5, 100, sure.room()).unwrap().high;
            assert!((high - 0.5 - sure.z() * 0.05).abs() < 1e-12);
        }
        assert_eq!([Sure::Usual, Sure::Wide].map(Sure::one_in), [40, 1000]);
    }

    /// A. Agresti, An Introduction to Categorical Data Analysis, table of aspirin and heart attacks (N. Engl.
    /// J. Med. 318, 1988, pages 262–264), chi-squared 25.01; then by hand: 0.2 over the root of
    /// 0.24 · 0.04, which squared is 25/6.
    #[test]
    fn the_score_is_that_of_a_published_example() {
        let squared = score((189, 11_034), (104, 11_037)).unwrap().powi(2);
        assert_eq!(format!("{squared:.2}"), "25.01");
        assert!((score((25, 50), (15, 50)).unwrap().powi(2) - 25.0 / 6.0).abs() < 1e-12);
        assert!(score((15, 50), (25, 50)).unwrap() < 0.0);
        assert_eq!(rose((25, 50), (15, 50), Sure::Usual), Some(true));
        assert_eq!(rose((25, 50), (15, 50), Sure::Wide), Some(false));
    }

    #[test]
    fn shares_of_nothing_are_not_compared_and_equal_ones_do_not_differ() {
        assert_eq!([((0, 0), (1, 2)), ((3, 2), (1, 2))].map(|(a, b)| score(a, b)), [None; 2]);
        assert_eq!(score((0, 9), (0, 5)), Some(0.0));
        assert_eq!(score((9, 9), (5, 5)), Some(0.0));
    }

    /// By hand: of three at a tenth each, all three come up with a probability of 0.001, two or more with
    /// 0.028; of ten coins, 10 heads with 1/1024, nine or more with 11/1024, eight or more with 56/1024.
    #[test]
    fn of_a_few_chance_may_bring_about_most() {
        assert_eq!(most(0.099, 3, Sure::Wide), 2);
        assert_eq!(most(0.101, 3, Sure::Wide), 3);
        assert_eq!(most(0.1, 3, Sure::Usual), 2);
        assert_eq!(most(0.5, 10, Sure::Wide), 9);
        assert_eq!(most(0.5, 10, Sure::Usual), 8);
        assert_eq!((most(0.0, 10, Sure::Wide), most(1.0, 10, Sure::Wide)), (0, 10));
    }

    /// However many there are: no underflow makes everybody stand out.
    #[test]
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    fn the_limit_of_many_is_near_that_of_the_normal_distribution() {
        for of in [1_000, 2_000, 5_000] {
            for share in [0.1, 0.25, 0.5, 0.75, 0.9] {
                let most = most(share, of, Sure::Wide) as f64 / of as f64;
                let high = limits(share, of, Sure::Wide.room()).unwrap().high;
                assert!((most - high).abs() < 0.003, "{share} of {of}: {most} {high}");
            }
        }
    }
}
