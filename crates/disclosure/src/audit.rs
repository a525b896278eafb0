//! The audit of any mask, from whatever tool: what an attacker learns of a withheld cell.
//!
//! For each cell asked for, the interval that linear programming gives an attacker (Fischetti and
//! Salazar 2001; Hundepool et al. 2012, section 4.3), the integers in it, and whether more than one
//! integer is possible. Both bounds are exact fractions; a second value is certified by a walk. What
//! can't be decided is said to be unknown, which has to be taken for exposed.

use crate::attack::Attack;
use crate::certify::program::{End, Program};
use crate::certify::push::Push;
use crate::certify::tableau::Tableau;
use crate::linear::Elimination;
use crate::model::Zeros;
use crate::primary::lower_bound;
use crate::problem::{Problem, VarId};
use crate::ratio::Ratio;

mod search;

use search::{Answer, Search};

/// Steps of one linear program, and exchanges of one push.
const PATIENCE: u32 = 4_000;
/// Components of more withheld variables than this are audited for linear attacks only.
const COMPONENT: usize = 4_000;
/// Integer values beyond the certified ones that are searched for, at each end.
const CANDIDATES: i64 = 8;

/// Whether a withheld cell can be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// One integer is possible: the cell is disclosed.
    Exact,
    /// More than one integer is possible, by a certificate.
    Several,
    /// Neither was shown; to be taken for disclosed.
    Unknown,
}

/// What an attacker knows of a withheld variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// The variable.
    pub variable: VarId,
    /// Least and greatest possible value in fractions, `None` above where there is no limit; `None`
    /// altogether where it wasn't computed.
    pub linear: Option<(Ratio, Option<Ratio>)>,
    /// The same in integers. An end is reached by a certificate or is the last that isn't ruled
    /// out: it is never inside what is possible.
    pub integers: Option<(i64, Option<i64>)>,
    /// Whether it can be worked out.
    pub verdict: Verdict,
    /// How, if it is a combination of shown figures.
    pub attack: Option<Attack>,
}

/// Audits the `targets` that are hidden; `hidden` has one entry a variable.
pub fn audit(problem: &Problem, zeros: Zeros, hidden: &[bool], targets: &[VarId]) -> Vec<Bounds> {
    let elimination = Elimination::new(problem, hidden);
    let determined = elimination.determined(0x5eed);
    let component_of = components(problem, hidden);
    let mut order: Vec<VarId> = targets.iter().copied().filter(|id| hidden[*id as usize]).collect();
    order.sort_unstable_by_key(|id| (component_of[*id as usize], *id));
    order.dedup();
    let mut found = Vec::with_capacity(order.len());
    for group in order.chunk_by(|a, b| component_of[*a as usize] == component_of[*b as usize]) {
        let number = component_of[group[0] as usize];
        let members: Vec<VarId> =
            (0u32..).zip(&component_of).filter(|(_, c)| **c == number).map(|(id, _)| id).collect();
        let mut component = Component::new(problem, zeros, members);
        for id in group {
            let attack = determined.binary_search(id).ok().and_then(|_| elimination.attack(*id));
            let unknown = Bounds {
                variable: *id,
                linear: None,
                integers: None,
                verdict: Verdict::Unknown,
                attack: None,
            };
            found.push(match (attack, &mut component) {
                (Some(attack), _) => exact(problem, *id, attack),
                (None, Some(component)) => component.bounds(*id).unwrap_or(unknown),
                (None, None) => unknown,
            });
        }
    }
    found.sort_unstable_by_key(|bounds| bounds.variable);
    found
}

fn exact(problem: &Problem, id: VarId, attack: Attack) -> Bounds {
    let value = problem.variable(id).value;
    Bounds {
        variable: id,
        linear: Some((Ratio::whole(value), Some(Ratio::whole(value)))),
        integers: Some((value, Some(value))),
        verdict: Verdict::Exact,
        attack: Some(attack),
    }
}

/// By variable: the least variable it is linked to by relations among hidden ones.
fn components(problem: &Problem, hidden: &[bool]) -> Vec<VarId> {
    let mut component = vec![VarId::MAX; hidden.len()];
    for (start, _) in (0u32..).zip(hidden).filter(|(_, hidden)| **hidden) {
        let mut waiting = vec![start];
        while let Some(id) = waiting.pop() {
            if component[id as usize] != VarId::MAX {
                continue;
            }
            component[id as usize] = start;
            for relation in problem.relations_of(id) {
                let members = problem.relation(*relation).terms().map(|(member, _)| member);
                waiting.extend(members.filter(|member| {
                    hidden[*member as usize] && component[*member as usize] == VarId::MAX
                }));
            }
        }
    }
    component
}

/// Hidden variables that relations link.
struct Component<'a> {
    problem: &'a Problem,
    tableau: Tableau,
    room: Vec<i64>,
    least: Vec<i64>,
}

impl<'a> Component<'a> {
    fn new(problem: &'a Problem, zeros: Zeros, members: Vec<VarId>) -> Option<Self> {
        if members.len() > COMPONENT {
            return None;
        }
        let least: Vec<i64> = members.iter().map(|id| lower_bound(problem, zeros, *id)).collect();
        let values = members.iter().map(|id| problem.variable(*id).value);
        let room = values.zip(&least).map(|(value, least)| value - least).collect();
        Some(Self { problem, tableau: Tableau::new(problem, members, |_| false)?, room, least })
    }

    /// `None` if the fractions grow beyond measure.
    fn bounds(&mut self, id: VarId) -> Option<Bounds> {
        let value = self.problem.variable(id).value;
        let target = self.tableau.local(id)?;
        let (lowest, down) = self.end(id, target, -1)?;
        let (highest, up) = self.end(id, target, 1)?;
        let verdict = match (down, up) {
            (Side::Reached(0), Side::Reached(0)) => Verdict::Exact,
            (Side::Reached(1..) | Side::Open { certified: 1.., .. }, _)
            | (_, Side::Reached(1..) | Side::Open { certified: 1.., .. }) => Verdict::Several,
            _ => Verdict::Unknown,
        };
        let least = value - down.outer()?;
        Some(Bounds {
            variable: id,
            linear: lowest.map(|lowest| (lowest, highest)),
            integers: Some((least, up.outer().map(|up| value + up))),
            verdict,
            attack: None,
        })
    }

    /// One end of the interval in fractions, `None` without limit, and in integers from the truth.
    fn end(&mut self, id: VarId, target: u32, up: i64) -> Option<(Option<Ratio>, Side)> {
        let value = self.problem.variable(id).value;
        let price = vec![0; self.room.len()];
        let program = Program { room: &self.room, price: &price, patience: PATIENCE };
        let solution = program.solve(&mut self.tableau, target, up, None)?;
        let far = match solution.end {
            End::Optimal => solution.point[target as usize],
            End::Unbounded => return Some((None, Side::Open { certified: 1, outer: None })),
            End::Unfinished => return None,
        };
        let bound = Ratio::whole(value).add(far)?;
        let outer = if up > 0 { far.floor() } else { -far.ceil() };
        if solution.point.iter().all(|change| change.denominator() == 1) {
            return Some((Some(bound), Side::Reached(outer)));
        }
        let push = Push { room: &self.room, price: &price, patience: PATIENCE };
        let certified = push.run(&mut self.tableau, target, up, outer)?.reached.abs();
        let side = self.search(target, up, certified, outer);
        Some((Some(bound), side))
    }

    /// Decides the integers between what a push has reached and what the fractions allow.
    fn search(&self, target: u32, up: i64, certified: i64, mut outer: i64) -> Side {
        let search = Search::new(self.problem, self.tableau.variables(), &self.least);
        let value = self.problem.variable(self.tableau.variables()[target as usize]).value;
        for _ in 0..CANDIDATES {
            if outer <= certified {
                break;
            }
            match search.possible(target, value + up * outer) {
                Answer::Yes => return Side::Reached(outer),
                Answer::No => outer -= 1,
                Answer::Unknown => break,
            }
        }
        if outer <= certified {
            Side::Reached(certified)
        } else {
            Side::Open { certified, outer: Some(outer) }
        }
    }
}

/// How far a cell can go from the truth, in integers.
#[derive(Clone, Copy)]
enum Side {
    /// So far and no farther.
    Reached(i64),
    /// At least `certified`, at most `outer`.
    Open { certified: i64, outer: Option<i64> },
}

impl Side {
    fn outer(self) -> Option<i64> {
        match self {
            Self::Reached(far) => Some(far),
            Self::Open { outer, .. } => outer,
        }
    }
}
