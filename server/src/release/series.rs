//! The quarters that a release looks back on.

use model::Period;
use model::table::TableDefinition;

use super::bundle::Bundle;
use super::error::BuildError;
use super::measure::periods_up_to;
use super::truth::{Cubes, lay_out};

/// The quarters from the first release on.
pub(super) struct Series {
    first: Period,
    last: Period,
}

impl Series {
    /// Up to the release on `quarter`, after `earlier` ones.
    pub(super) fn new(earlier: &[Bundle], quarter: Period) -> Self {
        let first = earlier.first().map_or(quarter, |b| b.release.id.period);
        Self { first, last: quarter }
    }

    /// Every quarter, in order.
    pub(super) fn quarters(&self) -> impl Iterator<Item = Period> {
        (self.first.last_quarter_index()..=self.last.last_quarter_index())
            .map(Period::from_quarter_index)
    }

    /// Empty cubes for them and the longer periods that they complete.
    ///
    /// # Errors
    ///
    /// As [`lay_out`].
    pub(super) fn lay_out(&self, definitions: &[TableDefinition]) -> Result<Cubes, BuildError> {
        lay_out(definitions, self.first, &periods_up_to(self.first, self.last))
    }
}
