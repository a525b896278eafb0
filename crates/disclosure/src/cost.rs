//! What it costs to withhold a cell, in millionths, and the order among equals.
//!
//! Integers only: a logarithm of the platform's library would not give the same bytes everywhere.

use crate::hash::siphash;
use crate::problem::{Problem, VarId};

/// One unit of cost.
pub(crate) const UNIT: i64 = 1_000_000;
/// A zero tells little, so withholding it costs little.
const ZERO: i64 = 300_000;

/// Cost of the cell alone: `ln(1 + v) (1 + 0.5 h) + 0.2`, with `h` levels above the leaf.
pub(crate) fn own_cost(problem: &Problem, id: VarId) -> i64 {
    let variable = problem.variable(id);
    if variable.value == 0 {
        return ZERO;
    }
    let size = ln(variable.value.unsigned_abs().saturating_add(1));
    size * (2 + i64::from(variable.height)) / 2 + UNIT / 5
}

/// A keyed hash of the variable's key: the same in every release, not foreseeable by a reader.
pub(crate) fn ties(problem: &Problem, key: &[u8; 16]) -> Vec<u64> {
    let hash = |id: VarId| {
        let cell: Vec<u8> =
            problem.key(id).iter().flat_map(|member| member.to_le_bytes()).collect();
        siphash(key, &cell)
    };
    (0u32..).zip(problem.variables()).map(|(id, _)| hash(id)).collect()
}

/// Natural logarithm of `x >= 1` in millionths, rounded down from 20 binary digits.
fn ln(x: u64) -> i64 {
    const BITS: u32 = 20;
    let whole = x.max(1).ilog2();
    let mut log2 = i64::from(whole) << BITS;
    let mut mantissa = (u128::from(x.max(1)) << 62) >> whole;
    for bit in (0..BITS).rev() {
        mantissa = (mantissa * mantissa) >> 62;
        if mantissa >= 1 << 63 {
            mantissa >>= 1;
            log2 += 1 << bit;
        }
    }
    (log2 * 693_147) >> BITS
}

#[cfg(test)]
mod tests {
    use super::ln;

    #[test]
    fn the_integer_logarithm_is_right_to_a_hundred_thousandth() {
        for x in [1u64, 2, 3, 5, 10, 99, 21_675, 1_000_000_007] {
            let exact = (x as f64).ln() * 1e6;
            assert!((ln(x) as f64 - exact).abs() < 30.0, "{x}");
        }
    }
}
