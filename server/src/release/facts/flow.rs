//! Case flow of each body, as it is compared with what the body itself reported.

use std::collections::HashMap;

use model::Period;

use super::quarter::Quarter;

/// A line of a body's case flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Open at the start.
    Opening,
    /// Received or late.
    Entered,
    /// From another body.
    TransferredIn,
    /// Settled, withdrawn, terminated or sent out of the province.
    Ended,
    /// To another body.
    TransferredOut,
    /// Open at the end.
    Closing,
}

impl Flow {
    /// All lines, in the order of control totals.
    pub const ALL: [Self; 6] = [
        Self::Opening,
        Self::Entered,
        Self::TransferredIn,
        Self::Ended,
        Self::TransferredOut,
        Self::Closing,
    ];
}

/// Case flow of every body by quarter, all kinds, for reconciliation with control totals.
#[derive(Debug, Default)]
pub struct BodyFlows {
    sums: HashMap<(String, Quarter), [i64; 6]>,
}

impl BodyFlows {
    pub(super) fn add(&mut self, body: &str, quarter: Quarter, flow: Flow) {
        self.sums.entry((body.to_owned(), quarter)).or_default()[flow as usize] += 1;
    }

    /// True if there was no case.
    pub fn is_empty(&self) -> bool {
        self.sums.is_empty()
    }

    /// The flow of `body` in `quarter`; zeros if it had no case.
    pub fn of(&self, body: &str, quarter: Period) -> [i64; 6] {
        let key = (body.to_owned(), quarter.last_quarter_index());
        self.sums.get(&key).copied().unwrap_or_default()
    }

    /// The bodies with any case in `quarter`, sorted.
    pub fn bodies(&self, quarter: Period) -> Vec<&str> {
        let index = quarter.last_quarter_index();
        let mut out: Vec<&str> =
            self.sums.keys().filter(|(_, q)| *q == index).map(|(b, _)| b.as_str()).collect();
        out.sort_unstable();
        out
    }
}
