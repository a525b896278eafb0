//! Arithmetic modulo the Mersenne prime 2^61 - 1, and the way back to small rationals.

/// 2^61 - 1.
pub(crate) const P: u64 = (1 << 61) - 1;

pub(crate) fn add(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= P { sum - P } else { sum }
}

pub(crate) fn neg(a: u64) -> u64 {
    if a == 0 { 0 } else { P - a }
}

pub(crate) fn sub(a: u64, b: u64) -> u64 {
    add(a, neg(b))
}

#[expect(clippy::cast_possible_truncation, reason = "both halves are below 2^61")]
pub(crate) fn mul(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    add((product & u128::from(P)) as u64, (product >> 61) as u64)
}

/// The inverse of a non-zero element, by Fermat; 0 for 0.
pub(crate) fn inv(a: u64) -> u64 {
    if a == 1 || a == P - 1 {
        return a;
    }
    let (mut result, mut base, mut exponent) = (1, a, P - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = mul(result, base);
        }
        base = mul(base, base);
        exponent >>= 1;
    }
    result
}

/// The fraction `n / d` with `|n|, d < 2^30` that `a` stands for, if there is one
/// (P. S. Wang, "A p-adic algorithm for univariate partial fractions", 1981).
pub(crate) fn rational(a: u64) -> Option<(i64, i64)> {
    const LIMIT: i128 = 1 << 30;
    let (mut r0, mut r1) = (i128::from(P), i128::from(a));
    let (mut t0, mut t1) = (0i128, 1i128);
    while r1 >= LIMIT {
        let q = r0 / r1;
        (r0, r1) = (r1, r0 - q * r1);
        (t0, t1) = (t1, t0 - q * t1);
    }
    if t1 == 0 || t1.abs() >= LIMIT {
        return None;
    }
    let sign = t1.signum();
    Some((i64::try_from(sign * r1).ok()?, i64::try_from(sign * t1).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_small_fraction_comes_back_from_the_field() {
        for n in -30i64..=30 {
            for d in 1i64..=12 {
                let size = mul(n.unsigned_abs(), inv(d.unsigned_abs()));
                let element = if n < 0 { neg(size) } else { size };
                let (back_n, back_d) = rational(element).unwrap();
                assert_eq!(back_n * d, n * back_d, "{n}/{d}");
                assert!(back_d > 0);
            }
        }
    }
}
