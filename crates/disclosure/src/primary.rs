//! The primary rule: which figures are sensitive in themselves, and how much room they need.

use crate::model::Zeros;
use crate::problem::{Problem, Role, VarId};
use crate::protect::{Policy, Width};

/// A sensitive variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sensitive {
    /// Number of distinct integer values, less one, that must remain possible for a reader.
    pub width: u32,
}

/// The sensitive variables, by [`VarId`].
///
/// A count `n` is sensitive when `0 < n < T`; it needs `T` possible values, a width of `T - 1`. So
/// is a count with fewer than `T` contributors: as each of them can know their own part, it needs a
/// width of at least its own value. Figures marked exact and structural zeros never are.
///
/// Threshold rule and singletons: Hundepool et al. (2012), sections 4.2 and 4.3.
pub fn sensitive_variables(problem: &Problem, policy: &Policy) -> Vec<Option<Sensitive>> {
    let rule = |variable: &crate::Variable| {
        let threshold = i64::from(variable.threshold);
        let small = variable.value < threshold;
        let few = variable.contributors < variable.threshold;
        if variable.role == Role::Structural || variable.value == 0 || !(small || few) {
            return None;
        }
        let own = if few { variable.value } else { 0 };
        let full = u32::try_from(own.max(threshold - 1)).unwrap_or(u32::MAX);
        let width = match policy.width {
            Width::Threshold => full,
            Width::AtMost(limit) => full.min(limit),
        };
        Some(Sensitive { width: width.max(1) })
    };
    problem.variables().iter().map(rule).collect()
}

/// What a reader knows to be the least possible value of a hidden variable, without any relation.
///
/// Where zeros are always shown that is 1, but not for cells that are shown nowhere.
pub(crate) fn lower_bound(problem: &Problem, zeros: Zeros, id: VarId) -> i64 {
    let variable = problem.variable(id);
    match zeros {
        Zeros::Shown if variable.role != Role::Never => variable.value.min(1),
        _ => 0,
    }
}
