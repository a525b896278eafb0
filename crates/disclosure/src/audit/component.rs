//! The bounds of the cells of one component: hidden variables that relations link.

use std::collections::BTreeSet;

use super::search::{Answer, Domain, Search};
use super::simplex::{Far, Simplex};
use super::{Bounds, Verdict};
use crate::certify::program::{End as Solved, Program};
use crate::certify::push::Push;
use crate::certify::tableau::Tableau;
use crate::model::Zeros;
use crate::primary::lower_bound;
use crate::problem::{Problem, VarId};
use crate::ratio::Ratio;

/// Exchanges of one push.
const PATIENCE: u32 = 4_000;
/// Steps of a second attempt at a linear program.
const AGAIN: u32 = 400;
/// Components of more withheld variables than this are audited by what is certified in small
/// neighbourhoods, without intervals.
const COMPONENT: usize = 20_000;
/// Integers beyond the certified ones that are searched for, at each end.
const CANDIDATES: i64 = 8;
/// Integers inside the interval that are searched for, beside those needed.
const INSIDE: usize = 32;

/// Hidden variables that relations link, and what has been found of them.
pub(super) struct Component<'a> {
    problem: &'a Problem,
    variables: Vec<VarId>,
    /// Values needed beside the true one.
    needed: Vec<usize>,
    room: Vec<i64>,
    price: Vec<i64>,
    /// Bounds by looking at single relations in turn, as changes from the truth.
    outer: Vec<(i64, Option<i64>)>,
    search: Search,
    /// None where the fractions grow beyond measure, or the component is too large.
    tableau: Option<Tableau>,
    simplex: Simplex,
}

/// One end of an interval.
struct End {
    /// Change from the truth in fractions, `None` without limit.
    linear: Option<Ratio>,
    /// The last integer that isn't ruled out, `None` without limit.
    last: Option<i64>,
}

impl<'a> Component<'a> {
    /// `needed` and `known` (distances from the truth that are certified) are by variable of the
    /// problem.
    pub(super) fn new(
        problem: &'a Problem,
        zeros: Zeros,
        members: Vec<VarId>,
        needed: &[u32],
        known: &[BTreeSet<i64>],
    ) -> Self {
        let least: Vec<i64> = members.iter().map(|id| lower_bound(problem, zeros, *id)).collect();
        let values: Vec<i64> = members.iter().map(|id| problem.variable(*id).value).collect();
        let room: Vec<i64> =
            values.iter().zip(&least).map(|(value, least)| value - least).collect();
        let needed: Vec<usize> = members.iter().map(|id| needed[*id as usize] as usize).collect();
        let search = Search::new(problem, &members, &least);
        let outer = search.outer().into_iter().zip(&values);
        let outer = outer.map(|((low, high), v)| (low - v, high.map(|high| high - v))).collect();
        let known = members.iter().map(|id| known[*id as usize].clone()).collect();
        let small = members.len() <= COMPONENT;
        let tableau = if small { Tableau::new(problem, members.clone(), |_| false) } else { None };
        Self {
            problem,
            simplex: Simplex::new(room.clone(), needed.clone(), known),
            price: vec![0; room.len()],
            variables: members,
            needed,
            room,
            outer,
            search,
            tableau,
        }
    }

    /// What an attacker knows of a variable.
    pub(super) fn bounds(&mut self, id: VarId) -> Bounds {
        let value = self.problem.variable(id).value;
        let place = self.variables.binary_search(&id).ok().and_then(|at| u32::try_from(at).ok());
        let ends = place.and_then(|target| {
            let down = self.end(target, -1)?;
            Some((target, down, self.end(target, 1)?))
        });
        let at = self.variables.partition_point(|other| *other < id);
        let Some((target, down, up)) = ends else {
            let values = 1 + self.simplex.whole[at].len();
            return self.verdict(id, at, values, None, None, false);
        };
        let linear = down.linear.and_then(|low| {
            let whole = Ratio::whole(value);
            let high = match up.linear {
                Some(high) => Some(whole.add(high)?),
                None => None,
            };
            Some((whole.add(low)?, high))
        });
        let integers = down.last.map(|low| (value + low, up.last.map(|high| value + high)));
        let decided = self.count(target, down.last, up.last);
        let values = 1 + self.simplex.whole[at].len();
        self.verdict(id, at, values, linear, integers, decided)
    }

    fn verdict(
        &mut self,
        id: VarId,
        at: usize,
        values: usize,
        linear: Option<(Ratio, Option<Ratio>)>,
        integers: Option<(i64, Option<i64>)>,
        decided: bool,
    ) -> Bounds {
        let verdict = match values {
            _ if values > self.needed[at].max(1) => Verdict::Several,
            1 if decided => Verdict::Exact,
            _ if decided => Verdict::TooFew,
            _ => Verdict::Unknown,
        };
        let mut bounds = Bounds {
            variable: id,
            linear,
            integers,
            values,
            verdict,
            attack: None,
            bounded_by: (Vec::new(), Vec::new()),
        };
        if verdict != Verdict::Several {
            let mut by = |up| self.bounded_by(at, up).unwrap_or_default();
            bounds.bounded_by = (by(-1), by(1));
        }
        bounds
    }

    /// One end of the interval; `None` if it can't be computed.
    fn end(&mut self, target: u32, up: i64) -> Option<End> {
        let at = target as usize;
        let outer = if up < 0 { Some(self.outer[at].0) } else { self.outer[at].1 };
        let seen = |this: &Self| {
            let (low, high) = this.simplex.seen[at];
            if up < 0 { low } else { high }
        };
        let far = match outer {
            // Another program has been there, and farther it can't be.
            Some(outer) if seen(self) == Ratio::whole(outer) => seen(self),
            _ => match self.far(target, up) {
                Some(Far::At(far, _)) => far,
                Some(Far::Endless) => return Some(End { linear: None, last: None }),
                Some(Far::Unfinished) | None => match self.again(target, up)? {
                    Some(far) => far,
                    None => return Some(End { linear: None, last: None }),
                },
            },
        };
        let last = if up > 0 { far.floor() } else { far.ceil() };
        let reached = |this: &Self| {
            let (low, high) = this.simplex.ends[at];
            if up < 0 { low } else { high }
        };
        if reached(self) == last {
            return Some(End { linear: Some(far), last: Some(last) });
        }
        self.push(target, up, last.abs());
        Some(End { linear: Some(far), last: Some(self.last(target, up, last)) })
    }

    /// A linear program; `None` if it fails, and the tableau starts anew.
    fn far(&mut self, target: u32, up: i64) -> Option<Far> {
        let far = self.simplex.far(self.tableau.as_mut()?, target, up);
        if far.is_none() {
            self.renew();
        }
        far
    }

    /// A second attempt: from the truth, by another rule. Outside `None` if that fails too, inside
    /// if there is no limit.
    #[expect(clippy::option_option, reason = "outside: fractions that don't fit; inside: no end")]
    fn again(&mut self, target: u32, up: i64) -> Option<Option<Ratio>> {
        self.renew();
        let program = Program { room: &self.room, price: &self.price, patience: AGAIN };
        let solution = program.solve(self.tableau.as_mut()?, target, up, None);
        self.renew();
        let solution = solution?;
        match solution.end {
            Solved::Optimal => Some(solution.point.get(target as usize).copied()),
            Solved::Unbounded => Some(None),
            Solved::Unfinished => None,
        }
    }

    fn renew(&mut self) {
        self.tableau = Tableau::new(self.problem, self.variables.clone(), |_| false);
        self.simplex.restart();
    }

    /// Looks for whole points on the way to an end.
    fn push(&mut self, target: u32, up: i64, distance: i64) {
        let push = Push { room: &self.room, price: &self.price, patience: PATIENCE };
        let Some(tableau) = self.tableau.as_mut() else { return };
        let pushed = push.run(tableau, target, up, distance);
        // The tableau is solved for other variables now: the point is not at its corner any more.
        self.simplex.restart();
        let Some(pushed) = pushed else { return self.renew() };
        let at = target as usize;
        let id = self.variables[at];
        let all = crate::walk::distances([&pushed.walk]).remove(&id).unwrap_or_default();
        for distance in all {
            self.note(at, distance);
        }
    }

    /// Notes a value that is possible, as its distance from the truth.
    fn note(&mut self, at: usize, distance: i64) {
        let ends = &mut self.simplex.ends[at];
        *ends = (ends.0.min(distance), ends.1.max(distance));
        if distance != 0 && self.simplex.whole[at].len() < self.needed[at] {
            self.simplex.whole[at].insert(distance);
        }
    }

    /// The last integer that isn't ruled out, from `last` inwards.
    fn last(&mut self, target: u32, up: i64, mut last: i64) -> i64 {
        let at = target as usize;
        for _ in 0..CANDIDATES {
            let (low, high) = self.simplex.ends[at];
            if last == if up < 0 { low } else { high } {
                return last;
            }
            match self.possible(target, last) {
                Answer::Yes => {
                    self.note(at, last);
                    return last;
                }
                Answer::No => last -= up,
                Answer::Unknown => return last,
            }
        }
        last
    }

    fn possible(&self, target: u32, distance: i64) -> Answer {
        let value = self.problem.variable(self.variables[target as usize]).value;
        self.search.possible(target, value + distance)
    }

    /// Certifies further values inside the interval until there are as many as needed; whether all
    /// of it is decided otherwise.
    fn count(&mut self, target: u32, low: Option<i64>, high: Option<i64>) -> bool {
        let at = target as usize;
        let mut decided = true;
        let mut tried = 0;
        // From the truth outwards.
        for distance in 1.. {
            let inside = [-distance, distance]
                .map(|d| low.is_none_or(|l| d >= l) && high.is_none_or(|h| d <= h));
            if self.simplex.whole[at].len() >= self.needed[at] || inside == [false, false] {
                break;
            }
            for (change, inside) in [-distance, distance].into_iter().zip(inside) {
                if !inside || self.simplex.whole[at].contains(&change) {
                    continue;
                }
                tried += 1;
                if tried > INSIDE + self.needed[at] {
                    return false;
                }
                match self.possible(target, change) {
                    Answer::Yes => self.note(at, change),
                    Answer::No => {}
                    Answer::Unknown => decided = false,
                }
            }
        }
        decided
    }

    /// The variables whose least values bound the cell at one end.
    fn bounded_by(&mut self, at: usize, up: i64) -> Option<Vec<VarId>> {
        let target = u32::try_from(at).ok()?;
        match self.far(target, up)? {
            Far::At(_, by) => Some(by.into_iter().map(|v| self.variables[v as usize]).collect()),
            Far::Endless | Far::Unfinished => None,
        }
    }
}

impl Search {
    /// Bounds of every variable by looking at single relations in turn; `None` without limit.
    fn outer(&self) -> Vec<(i64, Option<i64>)> {
        let limited = |(low, high): Domain| (low, (high < Self::ENDLESS / 2).then_some(high));
        self.narrowed().into_iter().map(limited).collect()
    }
}
