//! Exact fractions of small integers. Every operation that would overflow gives `None`, and the
//! caller then certifies nothing.

use std::cmp::Ordering;

/// `numerator / denominator` in lowest terms, the denominator at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    numerator: i64,
    denominator: i64,
}

impl Ratio {
    pub(crate) const ZERO: Self = Self::whole(0);

    pub(crate) const fn whole(value: i64) -> Self {
        Self { numerator: value, denominator: 1 }
    }

    /// The numerator; it carries the sign.
    pub const fn numerator(self) -> i64 {
        self.numerator
    }

    /// The denominator, at least 1.
    pub const fn denominator(self) -> i64 {
        self.denominator
    }

    /// The greatest integer not above.
    pub const fn floor(self) -> i64 {
        self.numerator.div_euclid(self.denominator)
    }

    /// The least integer not below.
    pub const fn ceil(self) -> i64 {
        -(-self.numerator).div_euclid(self.denominator)
    }

    pub(crate) const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    pub(crate) const fn signum(self) -> i64 {
        self.numerator.signum()
    }

    pub(crate) fn add(self, other: Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            return self.numerator.checked_add(other.numerator).and_then(sound).map(Self::whole);
        }
        let (a, b) = (i128::from(self.denominator), i128::from(other.denominator));
        reduced(i128::from(self.numerator) * b + i128::from(other.numerator) * a, a * b)
    }

    pub(crate) fn mul(self, other: Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            return self.numerator.checked_mul(other.numerator).and_then(sound).map(Self::whole);
        }
        reduced(
            i128::from(self.numerator) * i128::from(other.numerator),
            i128::from(self.denominator) * i128::from(other.denominator),
        )
    }

    /// `None` for a division by zero, too.
    pub(crate) fn div(self, other: Self) -> Option<Self> {
        let sign = i128::from(other.signum());
        reduced(
            i128::from(self.numerator) * i128::from(other.denominator) * sign,
            i128::from(self.denominator) * i128::from(other.numerator) * sign,
        )
    }

    pub(crate) const fn neg(self) -> Self {
        Self { numerator: -self.numerator, denominator: self.denominator }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        left.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}

/// Products of two bounded fractions fit 128 bits.
const LIMIT: i64 = 1 << 61;

fn sound(value: i64) -> Option<i64> {
    (-LIMIT < value && value < LIMIT).then_some(value)
}

/// The denominator must not be negative.
fn reduced(numerator: i128, denominator: i128) -> Option<Ratio> {
    if denominator == 0 {
        return None;
    }
    // Divisions of 64 bits are several times faster, and nearly all fractions fit.
    if let (Ok(n), Ok(d)) = (i64::try_from(numerator), i64::try_from(denominator)) {
        let divisor = gcd64(n.unsigned_abs(), d.unsigned_abs());
        let divisor = i64::try_from(divisor).ok()?;
        let (numerator, denominator) = (sound(n / divisor)?, sound(d / divisor)?);
        return Some(Ratio { numerator, denominator });
    }
    let divisor = gcd(numerator.abs(), denominator);
    let numerator = i64::try_from(numerator / divisor).ok().and_then(sound)?;
    let denominator = i64::try_from(denominator / divisor).ok().and_then(sound)?;
    Some(Ratio { numerator, denominator })
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn gcd64(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, Ratio};

    #[test]
    fn fractions_follow_the_rules_of_arithmetic() {
        let of = |n, d| Ratio::whole(n).div(Ratio::whole(d)).unwrap();
        assert_eq!(of(1, 2).add(of(1, 3)), Some(of(5, 6)));
        assert_eq!(of(2, 3).mul(of(-3, 4)), Some(of(1, -2)));
        assert_eq!((of(-7, 2).floor(), of(-7, 2).ceil()), (-4, -3));
        assert_eq!((of(6, 3).floor(), of(6, 3).ceil()), (2, 2));
        assert!(of(1, 3) < of(1, 2) && of(-1, 2) < of(-1, 3));
    }

    #[test]
    fn large_fractions_reduce_like_small_ones() {
        let third = Ratio::whole(1).div(Ratio::whole(3)).unwrap();
        let large = Ratio::whole(1 << 40).mul(third).unwrap();
        // The product has 80 bits before it is reduced.
        assert_eq!(large.div(large).unwrap(), Ratio::whole(1));
        assert_eq!(large.add(large.neg()), Some(Ratio::ZERO));
    }

    #[test]
    fn what_does_not_fit_is_no_fraction() {
        let large = Ratio::whole(LIMIT - 1);
        assert_eq!(large.add(Ratio::whole(1)), None);
        assert_eq!(large.mul(Ratio::whole(2)), None);
        assert_eq!(large.div(Ratio::ZERO), None);
    }
}
