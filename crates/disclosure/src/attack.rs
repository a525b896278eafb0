//! A linear attack: one hidden variable as a combination of shown ones.

use std::collections::BTreeMap;

use crate::field;
use crate::formula::Formula;
use crate::problem::{Problem, RelationId, VarId};

/// `target = sum(coefficient * shown) / divisor`, checked in integers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attack {
    /// The hidden variable that follows.
    pub target: VarId,
    /// Shown variables with their coefficients, by id; zero coefficients left out.
    pub terms: Vec<(VarId, i64)>,
    /// At least 1.
    pub divisor: i64,
}

impl Attack {
    /// The attack in the labels of its cells.
    pub fn formula(&self, problem: &Problem) -> Formula {
        let label = |id: VarId| problem.label(id).to_owned();
        Formula {
            hidden: vec![label(self.target)],
            terms: self.terms.iter().map(|(id, c)| (*c, label(*id))).collect(),
            divisor: self.divisor,
        }
    }

    /// Lifts weights of relations modulo 2^61 - 1 to integers and verifies that they isolate
    /// `target` among the hidden variables.
    ///
    /// `None` if the weights aren't small fractions or the check fails.
    pub(crate) fn lift(
        problem: &Problem,
        hidden: &[bool],
        target: VarId,
        weights: &[(RelationId, u64)],
    ) -> Option<Self> {
        let fractions: Option<Vec<(RelationId, i64, i64)>> = weights
            .iter()
            .map(|(id, weight)| field::rational(*weight).map(|(n, d)| (*id, n, d)))
            .collect();
        let fractions = fractions?;
        let mut divisor = 1i64;
        for (_, _, d) in &fractions {
            divisor = divisor.checked_mul(d / gcd(divisor, *d))?;
        }
        let mut totals: BTreeMap<VarId, i128> = BTreeMap::new();
        for (id, n, d) in &fractions {
            let factor = i128::from(*n) * i128::from(divisor / d);
            for (member, sign) in problem.relation(*id).terms() {
                *totals.entry(member).or_default() += factor * i128::from(sign);
            }
        }
        let own = totals.remove(&target)?;
        let mut terms = Vec::new();
        for (member, total) in totals {
            if total == 0 {
                continue;
            }
            if hidden[member as usize] {
                return None;
            }
            terms.push((member, i64::try_from(-total).ok()?));
        }
        (own == i128::from(divisor)).then_some(Self { target, terms, divisor })
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
