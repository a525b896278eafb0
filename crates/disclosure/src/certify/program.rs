//! Linear programs over a few variables, solved exactly: how far a cell can move from the truth,
//! and at what price in shown cells.
//!
//! The primal simplex method in fractions. Every change of a priced variable costs its price,
//! upward as well as downward: a variable at its true figure is at a bend of the cost, where it
//! stops like at a bound (a protection flow of least cost; Fischetti and Salazar 2001).

use super::tableau::Tableau;
use crate::problem::VarId;
use crate::ratio::Ratio;
use crate::walk::{Leg, Walk};

/// Worth of one unit of the target, above any price.
const REWARD: i64 = 1 << 40;

/// Bounds and prices, by local variable.
pub(crate) struct Program<'a> {
    /// How far each variable can fall.
    pub(crate) room: &'a [i64],
    /// Price of a change by one; 0 for what is hidden.
    pub(crate) price: &'a [i64],
    /// Steps before giving up.
    pub(crate) patience: u32,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The target can't move farther.
    Optimal,
    /// The target can move without end.
    Unbounded,
    /// Too many steps: the point is possible but may not be the farthest.
    Unfinished,
}

/// Changes from the truth.
pub(crate) struct Solution {
    pub(crate) point: Vec<Ratio>,
    pub(crate) end: End,
}

impl Solution {
    /// The way straight to the point, if it is integral and not the truth.
    pub(crate) fn walk(&self, variables: &[VarId]) -> Option<Walk> {
        if self.point.iter().any(|change| change.denominator() != 1) {
            return None;
        }
        let changes = self.point.iter().map(|change| change.numerator());
        let mut step: Vec<(VarId, i64)> =
            variables.iter().copied().zip(changes).filter(|(_, change)| *change != 0).collect();
        let times = step.iter().fold(0, |times, (_, change)| gcd(times, change.abs()));
        if times == 0 {
            return None;
        }
        step.iter_mut().for_each(|(_, change)| *change /= times);
        Some(Walk { legs: vec![Leg { step, times }] })
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

struct Run<'a> {
    program: &'a Program<'a>,
    target: u32,
    up: i64,
    distance: Option<i64>,
    point: Vec<Ratio>,
    /// Sign of the change that a priced variable at its bend pays for.
    slope: Vec<i64>,
}

impl Program<'_> {
    /// Moves `target` up (`1`) or down (`-1`) as far as it goes, or to `distance`, at the least
    /// price.
    ///
    /// `None` if the fractions grow beyond measure.
    pub(crate) fn solve(
        &self,
        tableau: &mut Tableau,
        target: u32,
        up: i64,
        distance: Option<i64>,
    ) -> Option<Solution> {
        let count = self.room.len();
        let mut run = Run {
            program: self,
            target,
            up,
            distance,
            point: vec![Ratio::ZERO; count],
            slope: vec![1; count],
        };
        for step in 0..self.patience {
            let bland = step > self.patience / 2;
            let Some((enter, sign)) = run.entering(tableau, bland)? else {
                return Some(Solution { point: run.point, end: End::Optimal });
            };
            let direction = tableau.direction(enter, sign);
            let Some((length, leave)) = run.blocking(&direction)? else {
                return Some(Solution { point: run.point, end: End::Unbounded });
            };
            run.slope[enter as usize] = sign;
            for (v, d) in direction {
                let at = v as usize;
                run.point[at] = run.point[at].add(d.mul(length)?)?;
                if !run.point[at].is_zero() {
                    run.slope[at] = run.point[at].signum();
                }
            }
            if leave != enter {
                tableau.exchange(enter, leave)?;
            }
        }
        Some(Solution { point: run.point, end: End::Unfinished })
    }
}

impl Run<'_> {
    /// The free variable and the sign of its change that gain most, or the first that gain.
    #[expect(clippy::option_option, reason = "outside: fractions that don't fit; inside: optimal")]
    fn entering(&self, tableau: &mut Tableau, first: bool) -> Option<Option<(u32, i64)>> {
        let mut best: Option<(Ratio, u32, i64)> = None;
        for at in (0u32..).take(self.point.len()) {
            if tableau.is_basic(at) {
                continue;
            }
            for sign in [1, -1] {
                let gain = self.gain(&tableau.direction(at, sign), at)?;
                if gain.signum() > 0
                    && self.limit(at, Ratio::whole(sign), sign)? != Some(Ratio::ZERO)
                    && best.is_none_or(|(most, _, _)| gain > most)
                {
                    best = Some((gain, at, sign));
                    if first {
                        return Some(Some((at, sign)));
                    }
                }
            }
        }
        Some(best.map(|(_, at, sign)| (at, sign)))
    }

    fn gain(&self, direction: &[(u32, Ratio)], entering: u32) -> Option<Ratio> {
        let mut gain = Ratio::ZERO;
        for (v, d) in direction {
            if *v == self.target {
                gain = gain.add(d.mul(Ratio::whole(REWARD * self.up))?)?;
            }
            let price = self.program.price[*v as usize];
            if price == 0 {
                continue;
            }
            let at_bend = self.point[*v as usize].is_zero();
            let slope =
                if *v == entering && at_bend { d.signum() } else { self.slope[*v as usize] };
            gain = gain.add(d.mul(Ratio::whole(-price * slope))?)?;
        }
        Some(gain)
    }

    /// How far the direction goes, and the variable that stops it.
    #[expect(clippy::option_option, reason = "outside: fractions that don't fit; inside: no end")]
    fn blocking(&self, direction: &[(u32, Ratio)]) -> Option<Option<(Ratio, u32)>> {
        let mut first: Option<(Ratio, u32)> = None;
        for (position, (v, d)) in direction.iter().enumerate() {
            let slope = if position == 0 { d.signum() } else { self.slope[*v as usize] };
            if let Some(limit) = self.limit(*v, *d, slope)?
                && first.is_none_or(|least| (limit, *v) < least)
            {
                first = Some((limit, *v));
            }
        }
        Some(first)
    }

    /// How many steps of `d` a variable can take.
    #[expect(clippy::option_option, reason = "outside: fractions that don't fit; inside: no end")]
    fn limit(&self, v: u32, d: Ratio, slope: i64) -> Option<Option<Ratio>> {
        let at = v as usize;
        let point = self.point[at];
        let mut limit = None;
        if d.signum() < 0 {
            limit = Some(point.add(Ratio::whole(self.program.room[at]))?.div(d.neg())?);
        }
        if let Some(distance) = self.distance.filter(|_| v == self.target && d.signum() == self.up)
        {
            let left = Ratio::whole(distance * self.up).add(point.neg())?.div(d)?;
            limit = Some(limit.map_or(left, |other: Ratio| other.min(left)));
        }
        let returns = point.signum() * d.signum() < 0 || (point.is_zero() && slope != d.signum());
        if self.program.price[at] > 0 && returns && !d.is_zero() {
            let left = point.neg().div(d)?;
            limit = Some(limit.map_or(left, |other| other.min(left)));
        }
        Some(limit)
    }
}
