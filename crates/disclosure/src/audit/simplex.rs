//! Linear programs that follow one another over the same relations: how far each of many cells can
//! go, each program starting where the last one ended.
//!
//! The primal simplex method in exact fractions, with Bland's rule while it stands still. Every
//! point on the way is possible in fractions, for all cells at once; where it is whole, it is
//! possible altogether. Both are kept, as what one program passes answers others.

use std::collections::BTreeSet;

use crate::certify::tableau::Tableau;
use crate::ratio::Ratio;

/// Steps of one program before giving up.
const PATIENCE: u32 = 20_000;
/// Steps without progress before Bland's rule.
const STANDSTILL: u32 = 40;

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Far {
    /// The greatest change from the truth, and the variables at their least values that bound it.
    At(Ratio, Vec<u32>),
    /// There is no limit.
    Endless,
    /// Too many steps.
    Unfinished,
}

/// The point reached so far, and what was seen on the way. All by local variable, as changes from
/// the truth.
pub(super) struct Simplex {
    /// How far each can fall.
    room: Vec<i64>,
    point: Vec<Ratio>,
    /// Number of changes that are no integers.
    broken: usize,
    /// Least and greatest change at any point, in fractions.
    pub(super) seen: Vec<(Ratio, Ratio)>,
    /// Changes at points that are whole.
    pub(super) whole: Vec<BTreeSet<i64>>,
    /// How many of these are of use.
    wanted: Vec<usize>,
    /// Least and greatest of them.
    pub(super) ends: Vec<(i64, i64)>,
}

impl Simplex {
    pub(super) fn new(room: Vec<i64>, wanted: Vec<usize>, whole: Vec<BTreeSet<i64>>) -> Self {
        let count = room.len();
        let end = |set: &BTreeSet<i64>| {
            let (first, last) = (set.first().copied(), set.last().copied());
            (first.unwrap_or(0).min(0), last.unwrap_or(0).max(0))
        };
        let ends: Vec<(i64, i64)> = whole.iter().map(end).collect();
        let seen = ends.iter().map(|(a, b)| (Ratio::whole(*a), Ratio::whole(*b))).collect();
        let point = vec![Ratio::ZERO; count];
        Self { room, point, broken: 0, seen, whole, wanted, ends }
    }

    /// Back to the truth, for a new tableau.
    pub(super) fn restart(&mut self) {
        self.point.fill(Ratio::ZERO);
        self.broken = 0;
    }

    /// Moves `target` up (`1`) or down (`-1`) as far as it goes.
    ///
    /// `None` if the fractions grow beyond measure; the tableau is of no more use then.
    pub(super) fn far(&mut self, tableau: &mut Tableau, target: u32, up: i64) -> Option<Far> {
        let mut still = 0;
        for _ in 0..PATIENCE {
            let Some((enter, sign)) = self.entering(tableau, target, up, still > STANDSTILL) else {
                let by = bounding(tableau, target);
                return Some(Far::At(self.point[target as usize], by));
            };
            let direction = tableau.direction(enter, sign);
            let Some((length, leave)) = self.blocking(&direction)? else {
                return Some(Far::Endless);
            };
            if length.is_zero() {
                still += 1;
            } else {
                still = 0;
                self.go(&direction, length)?;
            }
            if leave != enter {
                tableau.exchange(enter, leave)?;
            }
        }
        Some(Far::Unfinished)
    }

    fn able(&self, at: u32, sign: i64) -> Option<bool> {
        let left = self.point[at as usize].add(Ratio::whole(self.room[at as usize]))?;
        Some(sign > 0 || left.signum() > 0)
    }

    /// The free variable, and the sign of its change, that moves the target most, or the first that
    /// does.
    fn entering(&self, tableau: &Tableau, target: u32, up: i64, first: bool) -> Option<(u32, i64)> {
        if !tableau.is_basic(target) {
            return self.able(target, up)?.then_some((target, up));
        }
        let mut best: Option<(Ratio, u32, i64)> = None;
        for (at, value) in tableau.row(target) {
            let sign = up * value.signum();
            if !self.able(*at, sign).unwrap_or(false) {
                continue;
            }
            if first {
                return Some((*at, sign));
            }
            let size = if value.signum() < 0 { value.neg() } else { *value };
            if best.is_none_or(|(most, _, _)| size > most) {
                best = Some((size, *at, sign));
            }
        }
        best.map(|(_, at, sign)| (at, sign))
    }

    /// How far the direction goes, and the variable that stops it.
    #[expect(clippy::option_option, reason = "outside: fractions that don't fit; inside: no end")]
    fn blocking(&self, direction: &[(u32, Ratio)]) -> Option<Option<(Ratio, u32)>> {
        let mut first: Option<(Ratio, u32)> = None;
        for (v, d) in direction.iter().filter(|(_, d)| d.signum() < 0) {
            let left = self.point[*v as usize].add(Ratio::whole(self.room[*v as usize]))?;
            let limit = (left.div(d.neg())?, *v);
            if first.is_none_or(|least| limit < least) {
                first = Some(limit);
            }
        }
        Some(first)
    }

    fn go(&mut self, direction: &[(u32, Ratio)], length: Ratio) -> Option<()> {
        self.note_between(direction, length);
        for (v, d) in direction {
            let at = *v as usize;
            let before = self.point[at];
            let after = before.add(d.mul(length)?)?;
            self.broken -= usize::from(before.denominator() != 1);
            self.broken += usize::from(after.denominator() != 1);
            self.point[at] = after;
            let (low, high) = self.seen[at];
            self.seen[at] = (low.min(after), high.max(after));
        }
        if self.broken == 0 {
            for (at, change) in self.point.iter().enumerate() {
                let change = change.numerator();
                self.ends[at] = (self.ends[at].0.min(change), self.ends[at].1.max(change));
                if self.whole[at].len() < self.wanted[at] && change != 0 {
                    self.whole[at].insert(change);
                }
            }
        }
        Some(())
    }

    /// Whole points between the ends of a step.
    fn note_between(&mut self, direction: &[(u32, Ratio)], length: Ratio) {
        if self.broken > 0 || direction.iter().any(|(_, d)| d.denominator() != 1) {
            return;
        }
        for (v, d) in direction {
            let at = *v as usize;
            let mut time = 1;
            while time < length.floor() && self.whole[at].len() < self.wanted[at] && !d.is_zero() {
                let change = self.point[at].numerator() + d.numerator() * time;
                if change != 0 {
                    self.whole[at].insert(change);
                }
                time += 1;
            }
        }
    }
}

/// The free variables that a target at its end depends on: all are at their least values.
fn bounding(tableau: &Tableau, target: u32) -> Vec<u32> {
    if !tableau.is_basic(target) {
        return vec![target];
    }
    tableau.row(target).iter().map(|(at, _)| *at).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Simplex;
    use crate::ratio::Ratio;

    #[test]
    fn a_step_over_whole_points_certifies_each_of_them() {
        let none = vec![BTreeSet::new(); 2];
        let mut simplex = Simplex::new(vec![4, 9], vec![9, 2], none);
        let direction = [(0, Ratio::whole(-1)), (1, Ratio::whole(2))];
        simplex.go(&direction, Ratio::whole(4)).unwrap();
        assert_eq!(simplex.whole[0], BTreeSet::from([-4, -3, -2, -1]));
        assert_eq!(simplex.whole[1], BTreeSet::from([2, 4]));
        assert_eq!(simplex.ends, [(-4, 0), (0, 8)]);
    }
}
