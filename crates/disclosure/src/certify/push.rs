//! Pushing one cell away from its true figure, in integers.
//!
//! A primal simplex method that steps from integer point to integer point along directions made
//! integral: each step is a move, so the way is a certificate. A direction that is blocked at once
//! is exchanged by Bland's rule (R. G. Bland, "New finite pivoting rules", 1977).

use super::tableau::Tableau;
use crate::ratio::Ratio;
use crate::walk::{Leg, Walk};

/// Bounds and patience of a push.
pub(crate) struct Push<'a> {
    /// By local variable: how far it can fall.
    pub(crate) room: &'a [i64],
    /// Price of moving a variable at all: directions that cost least are taken.
    pub(crate) price: &'a [i64],
    /// Exchanges before giving up.
    pub(crate) patience: u32,
}

/// Where a push ends.
pub(crate) struct Pushed {
    /// The way, in the variables of the problem.
    pub(crate) walk: Walk,
    /// Distance from the truth.
    pub(crate) reached: i64,
}

impl Push<'_> {
    /// Pushes `target` up (`1`) or down (`-1`) by up to `distance`.
    ///
    /// `None` if the fractions grow beyond measure; what is reached otherwise may be 0.
    pub(crate) fn run(
        &self,
        tableau: &mut Tableau,
        target: u32,
        up: i64,
        distance: i64,
    ) -> Option<Pushed> {
        let mut point = vec![0i64; self.room.len()];
        let mut legs = Vec::new();
        let mut exchanges = 0;
        while point[target as usize].abs() < distance {
            let left = distance - point[target as usize].abs();
            let candidates = self.candidates(tableau, target, up, &point);
            let mut best: Option<(i64, usize, u32, i64)> = None;
            for (at, sign) in &candidates {
                let size = tableau.degree(*at);
                // It can't be cheaper than nothing.
                if best.is_some_and(|(price, least, _, _)| price == 0 && least <= size) {
                    continue;
                }
                if tableau.blocked(*at, *sign, |v| self.room[v as usize] + point[v as usize] == 0) {
                    continue;
                }
                let direction = integral(&tableau.direction(*at, *sign))?;
                if self.steps(&direction, &point) < 1 {
                    continue;
                }
                let unmoved = direction.iter().filter(|(v, _)| point[*v as usize] == 0);
                let price = unmoved.map(|(v, _)| self.price[*v as usize]).sum();
                if best.is_none_or(|(p, s, _, _)| (price, size) < (p, s)) {
                    best = Some((price, size, *at, *sign));
                }
            }
            if let Some((_, _, at, sign)) = best {
                let direction = integral(&tableau.direction(at, sign))?;
                let own = direction.iter().find(|(v, _)| *v == target).map_or(0, |(_, d)| d.abs());
                if own == 0 {
                    return None;
                }
                let times = self.steps(&direction, &point).min((left + own - 1) / own);
                for (v, d) in &direction {
                    point[*v as usize] = d.checked_mul(times)?.checked_add(point[*v as usize])?;
                }
                let id = |(v, d): (u32, i64)| (tableau.variables()[v as usize], d);
                let mut step: Vec<(u32, i64)> = direction.into_iter().map(id).collect();
                step.sort_unstable();
                legs.push(Leg { step, times });
                continue;
            }
            let Some((at, sign)) = candidates.into_iter().min() else { break };
            let Some(leave) = self.blocking(&tableau.direction(at, sign), &point) else { break };
            exchanges += 1;
            if leave == at || exchanges > self.patience {
                break;
            }
            tableau.exchange(at, leave)?;
        }
        Some(Pushed { walk: Walk { legs }, reached: point[target as usize] })
    }

    /// Free variables that move the target the right way and are not at their own bound, each with
    /// the sign of its change.
    fn candidates(
        &self,
        tableau: &Tableau,
        target: u32,
        up: i64,
        point: &[i64],
    ) -> Vec<(u32, i64)> {
        let able = |(at, sign): &(u32, i64)| {
            *sign > 0 || self.room[*at as usize] + point[*at as usize] > 0
        };
        if !tableau.is_basic(target) {
            return [(target, up)].into_iter().filter(able).collect();
        }
        let row = tableau.row(target).iter();
        row.map(|(at, value)| (*at, up * value.signum())).filter(able).collect()
    }

    /// How often a direction can be taken.
    fn steps(&self, direction: &[(u32, i64)], point: &[i64]) -> i64 {
        let falling = direction.iter().filter(|(_, d)| *d < 0);
        let room = |(v, d): &(u32, i64)| (self.room[*v as usize] + point[*v as usize]) / -d;
        falling.map(room).min().unwrap_or(i64::MAX / 4)
    }

    /// The variable that first comes to its bound.
    fn blocking(&self, direction: &[(u32, Ratio)], point: &[i64]) -> Option<u32> {
        let falling = direction.iter().filter(|(_, d)| d.signum() < 0);
        let room = |v: u32| Ratio::whole(self.room[v as usize] + point[v as usize]);
        let ratio = |(v, d): &(u32, Ratio)| Some((room(*v).div(d.neg())?, *v));
        let ratios: Option<Vec<_>> = falling.map(ratio).collect();
        ratios?.into_iter().min().map(|(_, v)| v)
    }
}

/// The least multiple of a direction that is integral.
fn integral(direction: &[(u32, Ratio)]) -> Option<Vec<(u32, i64)>> {
    let mut scale = 1i64;
    for (_, value) in direction {
        if scale % value.denominator() != 0 {
            scale = scale.checked_mul(value.denominator())?;
        }
    }
    let entry = |(v, value): &(u32, Ratio)| Some((*v, value.mul(Ratio::whole(scale))?.numerator()));
    direction.iter().filter(|(_, value)| !value.is_zero()).map(entry).collect()
}
