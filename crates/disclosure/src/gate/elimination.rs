//! The gate's own elimination, over the integers modulo 2^63 - 25.
//!
//! Written apart from the protection's audit on purpose: rows are ordered maps, the shortest row is
//! taken first, and null vectors are drawn twice. An attack is found by solving again with the
//! combination of relations carried along.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::GateInput;
use crate::formula::Formula;

/// The largest prime below 2^63.
const PRIME: u64 = (1 << 63) - 25;

type SparseRow = BTreeMap<usize, u64>;

/// The relations with shown cells taken out, in echelon form.
pub(super) struct System {
    /// Withheld cells in some relation.
    cells: BTreeSet<usize>,
    rows: Vec<SparseRow>,
    /// The relation each row stands for.
    sources: Vec<usize>,
    /// Pivot cell and the row solved for it, in order of elimination.
    solved: Vec<(usize, SparseRow)>,
}

impl System {
    pub(super) fn new(input: &GateInput) -> Self {
        let withheld = |cell: usize| input.cells[cell].shown.is_none();
        let (mut rows, mut sources) = (Vec::new(), Vec::new());
        for (number, (parent, children)) in input.relations.iter().enumerate() {
            let mut row = SparseRow::new();
            if withheld(*parent) {
                accumulate(&mut row, *parent, 1);
            }
            for child in children.iter().copied().filter(|child| withheld(*child)) {
                accumulate(&mut row, child, PRIME - 1);
            }
            if !row.is_empty() {
                rows.push(row);
                sources.push(number);
            }
        }
        let cells = rows.iter().flat_map(|row| row.keys().copied()).collect();
        let solved = eliminate(rows.clone());
        Self { cells, rows, sources, solved }
    }

    /// The cells that are zero in each of two random solutions of the homogeneous system: they
    /// have one value only.
    pub(super) fn determined(&self) -> Vec<usize> {
        let (first, second) = (self.solution(0x1357), self.solution(0x2468));
        let zero = |cell: &usize| first.get(cell) == Some(&0) && second.get(cell) == Some(&0);
        self.cells.iter().copied().filter(zero).collect()
    }

    fn solution(&self, seed: u64) -> BTreeMap<usize, u64> {
        let mut state = seed;
        let mut draw = || {
            // xorshift64* (S. Vigna, 2016).
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            1 + state.wrapping_mul(0x2545_f491_4f6c_dd1d) % (PRIME - 1)
        };
        let mut point: BTreeMap<usize, u64> =
            self.cells.iter().map(|cell| (*cell, draw())).collect();
        for (pivot, row) in self.solved.iter().rev() {
            let mut value = 0;
            for (cell, factor) in row.iter().filter(|(cell, _)| *cell != pivot) {
                let at = point.get(cell).copied().unwrap_or(0);
                value = plus(value, times(*factor, at));
            }
            point.insert(*pivot, minus(0, value));
        }
        point
    }

    /// How a determined cell follows from shown ones.
    pub(super) fn formula(&self, input: &GateInput, target: usize) -> Formula {
        let weights = self.combination(target);
        let mut divisor = 1;
        while divisor < 1000 && weights.values().any(|w| small(times(*w, divisor)).is_none()) {
            divisor += 1;
        }
        let mut totals: BTreeMap<usize, i64> = BTreeMap::new();
        for (number, weight) in weights {
            let weight = small(times(weight, divisor)).unwrap_or(0);
            let (parent, children) = &input.relations[self.sources[number]];
            *totals.entry(*parent).or_default() -= weight;
            for child in children {
                *totals.entry(*child).or_default() += weight;
            }
        }
        let label = |cell: usize| input.cells[cell].label.clone();
        let shown = |cell: usize| input.cells[cell].shown.is_some();
        let terms = totals.iter().filter(|(cell, total)| **total != 0 && shown(**cell));
        Formula {
            hidden: vec![label(target)],
            terms: terms.map(|(cell, total)| (*total, label(*cell))).collect(),
            divisor: i64::try_from(divisor).unwrap_or(1),
        }
    }

    /// Weights of the original rows that sum to the unit vector of `target`.
    ///
    /// The rows' numbers are carried as further unknowns behind the cells, which never become
    /// pivots, so that each solved row knows where it came from.
    fn combination(&self, target: usize) -> BTreeMap<usize, u64> {
        let offset = self.cells.last().map_or(0, |last| last + 1);
        let tagged = self.rows.iter().enumerate().map(|(number, row)| {
            let mut row = row.clone();
            row.insert(offset + number, 1);
            row
        });
        let mut rest = SparseRow::from([(target, 1)]);
        let mut weights = BTreeMap::new();
        for (pivot, row) in eliminate_below(tagged.collect(), offset) {
            let Some(factor) = rest.get(&pivot).copied() else { continue };
            for (cell, value) in row {
                let product = times(factor, value);
                if cell >= offset {
                    accumulate(&mut weights, cell - offset, product);
                } else {
                    accumulate(&mut rest, cell, minus(0, product));
                }
            }
        }
        weights
    }
}

fn eliminate(rows: Vec<SparseRow>) -> Vec<(usize, SparseRow)> {
    eliminate_below(rows, usize::MAX)
}

/// Takes the shortest row, solves it for the cell that fewest rows share, and substitutes; cells
/// from `limit` on are never solved for.
fn eliminate_below(mut rows: Vec<SparseRow>, limit: usize) -> Vec<(usize, SparseRow)> {
    let mut users: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut queue = BinaryHeap::new();
    let length = |row: &SparseRow| row.range(..limit).count();
    for (number, row) in rows.iter().enumerate() {
        for cell in row.range(..limit).map(|(cell, _)| *cell) {
            users.entry(cell).or_default().insert(number);
        }
        queue.push(Reverse((length(row), number)));
    }
    let mut solved = Vec::new();
    while let Some(Reverse((size, number))) = queue.pop() {
        if size == 0 || length(&rows[number]) != size {
            continue;
        }
        let mut row = std::mem::take(&mut rows[number]);
        let shared = |cell: &usize| users.get(cell).map_or(0, BTreeSet::len);
        let cells = row.range(..limit).map(|(cell, _)| *cell);
        let Some(pivot) = cells.min_by_key(|cell| (shared(cell), *cell)) else { continue };
        let scale = inverse(row[&pivot]);
        row.values_mut().for_each(|value| *value = times(*value, scale));
        for cell in row.range(..limit).map(|(cell, _)| cell) {
            if let Some(numbers) = users.get_mut(cell) {
                numbers.remove(&number);
            }
        }
        for other in users.remove(&pivot).unwrap_or_default() {
            let factor = rows[other].get(&pivot).copied().unwrap_or(0);
            for (cell, value) in &row {
                accumulate(&mut rows[other], *cell, minus(0, times(factor, *value)));
                if *cell >= limit || *cell == pivot {
                    continue;
                }
                let numbers = users.entry(*cell).or_default();
                if rows[other].contains_key(cell) {
                    numbers.insert(other);
                } else {
                    numbers.remove(&other);
                }
            }
            queue.push(Reverse((length(&rows[other]), other)));
        }
        solved.push((pivot, row));
    }
    solved
}

fn accumulate(row: &mut SparseRow, cell: usize, value: u64) {
    let sum = plus(row.get(&cell).copied().unwrap_or(0), value);
    if sum == 0 {
        row.remove(&cell);
    } else {
        row.insert(cell, sum);
    }
}

/// The integer of least size that `a` stands for, if it is below a million.
fn small(a: u64) -> Option<i64> {
    let size = a.min(PRIME - a);
    let value = i64::try_from(size).ok().filter(|size| *size < 1_000_000)?;
    Some(if size == a { value } else { -value })
}

fn plus(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= PRIME { sum - PRIME } else { sum }
}

fn minus(a: u64, b: u64) -> u64 {
    if a >= b { a - b } else { PRIME - (b - a) }
}

#[expect(clippy::cast_possible_truncation, reason = "the remainder is below 2^63")]
fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

/// By the extended Euclidean algorithm.
fn inverse(a: u64) -> u64 {
    let (mut r, mut next_r) = (i128::from(PRIME), i128::from(a));
    let (mut t, mut next_t) = (0i128, 1i128);
    while next_r != 0 {
        let quotient = r / next_r;
        (r, next_r) = (next_r, r - quotient * next_r);
        (t, next_t) = (next_t, t - quotient * next_t);
    }
    u64::try_from(t.rem_euclid(i128::from(PRIME))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_modulus_is_prime() {
        let power = |base: u64, mut exponent: u64| {
            let (mut result, mut square) = (1, base);
            while exponent > 0 {
                if exponent & 1 == 1 {
                    result = times(result, square);
                }
                square = times(square, square);
                exponent >>= 1;
            }
            result
        };
        // Miller-Rabin; these bases decide every 64-bit number (J. Sorenson, J. Webster, 2015).
        let (shift, odd) =
            ((PRIME - 1).trailing_zeros(), (PRIME - 1) >> (PRIME - 1).trailing_zeros());
        for base in [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37] {
            let mut x = power(base, odd);
            let mut witness = x != 1 && x != PRIME - 1;
            for _ in 1..shift {
                x = times(x, x);
                witness &= x != PRIME - 1;
            }
            assert!(!witness, "{base} shows that the modulus is composite");
        }
    }

    #[test]
    fn an_inverse_times_its_element_is_one() {
        for a in [1, 2, 3, 12_345_678_901, PRIME - 1] {
            assert_eq!(times(a, inverse(a)), 1);
        }
    }
}
