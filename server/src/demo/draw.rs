//! Random draws and opaque identifiers.
//!
//! Only additions, multiplications and comparisons of floating point are used (no logarithm, no
//! power), so the same seed gives the same bytes on every machine.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What a stream of random numbers is for. Streams are independent: a change in the way petitions
/// are drawn leaves the cases as they are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stream {
    Cases = 0,
    Petitions = 1,
    Receptions = 2,
    Referrals = 3,
    Dialogues = 4,
    Matters = 5,
}

/// A source of random draws.
#[derive(Debug)]
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    /// The draws of one stream of one shard.
    pub(super) fn new(seed: u64, shard: u32, stream: Stream) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(u64::from(shard) * 8 + stream as u64);
        Self(rng)
    }

    /// A number from 0 (included) to 1 (excluded).
    pub(super) fn unit(&mut self) -> f64 {
        self.0.random::<f64>()
    }

    /// True with `probability`.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        self.0.random_range(low..=high.max(low))
    }

    /// A position, given the running sums of the weights.
    pub(super) fn position(&mut self, sums: &[u32]) -> usize {
        let total = sums.last().copied().unwrap_or(0).max(1);
        let at = self.0.random_range(0..total);
        sums.partition_point(|sum| *sum <= at)
    }

    /// One of the values, drawn by weight.
    pub(super) fn pick<T: Copy>(&mut self, list: &[(T, f64)]) -> T {
        let total: f64 = list.iter().map(|(_, weight)| weight).sum();
        let mut at = self.unit() * total;
        for (value, weight) in list {
            if at < *weight {
                return *value;
            }
            at -= weight;
        }
        list[list.len() - 1].0
    }

    /// A value whose distribution function is the straight lines between `knots` of (share of
    /// values not above, value); the knots start at share 0 and end at share 1.
    pub(super) fn quantile(&mut self, knots: &[(f64, f64)]) -> f64 {
        let share = self.unit();
        let upper = knots.iter().position(|k| k.0 > share).unwrap_or(knots.len() - 1);
        let ((s0, v0), (s1, v1)) = (knots[upper - 1], knots[upper]);
        v0 + (v1 - v0) * (share - s0) / (s1 - s0)
    }

    /// A count of events with the given mean, at most four times the mean plus four.
    pub(super) fn count(&mut self, mean: f64) -> i32 {
        let trials = round(mean * 4.0) + 4;
        let probability = mean / f64::from(trials);
        let mut count = 0;
        for _ in 0..trials {
            count += i32::from(self.chance(probability));
        }
        count
    }

    /// The keyed hash of a person who has not appeared before.
    pub(super) fn person(&mut self) -> u128 {
        self.0.random()
    }
}

/// The nearest whole number.
#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
pub(super) fn round(value: f64) -> i32 {
    value.round() as i32
}

/// The kinds of records, by the letters their numbers start with.
#[derive(Clone, Copy, Debug)]
pub(super) enum Series {
    Case = 0,
    Petition = 1,
    Reception = 2,
    Dialogue = 3,
    Referral = 4,
}

/// Hands out record numbers: distinct over all shards, and saying nothing about the order in which
/// records were made.
#[derive(Debug)]
pub(super) struct Numbering {
    key: u64,
    shard: u32,
    next: u32,
}

/// A record number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number(u64);

impl Numbering {
    pub(super) fn new(seed: u64, shard: u32, series: Series) -> Self {
        Self { key: mix(seed ^ mix(series as u64 + 1)), shard, next: 0 }
    }

    pub(super) fn next(&mut self) -> Number {
        let plain = u64::from(self.shard) << 32 | u64::from(self.next);
        self.next += 1;
        // `mix` and the addition are both one-to-one, so distinct numbers stay distinct.
        Number(mix(mix(plain.wrapping_add(self.key)) ^ self.key))
    }
}

impl Number {
    /// A number from 0 to 99 that stays the same for this record: what is decided by it draws nothing, and so
    /// changes nothing else.
    pub(super) const fn luck(self) -> u64 {
        mix(self.0) % 100
    }

    /// The number as it is written, such as `VV-3F8K0Q2M9XZ1A`.
    pub(super) fn text(self, series: Series) -> String {
        const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let prefix = match series {
            Series::Case => "VV-",
            Series::Petition => "DN-",
            Series::Reception => "TD-",
            Series::Dialogue => "DT-",
            Series::Referral => "CD-",
        };
        let mut text = String::with_capacity(16);
        text.push_str(prefix);
        for shift in (0..13).rev() {
            let digit = (self.0 >> (shift * 5)) & 31;
            text.push(char::from(DIGITS[usize::try_from(digit).unwrap_or(0)]));
        }
        text
    }
}

/// A one-to-one scrambling of 64 bits (the finaliser of SplitMix64; Steele, Lea and Flood 2014).
pub(super) const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
