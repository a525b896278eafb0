//! A published figure: its address, its value, and how a missing value is told apart.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::classification::code_list;
use crate::dimension::Dim;
use crate::item::Item;
use crate::period::Period;

code_list! {
    /// What stands in a cell of a published table.
    Status {
        /// An exact value, zero included.
        Shown = "shown", "công bố", "published";
        /// `x`: withheld to protect people; nothing tells a small count from a complement.
        Withheld = "withheld", "giữ kín", "withheld";
        /// `:`: not collected for this period.
        NotCollected = "not_collected", "không thu thập", "not collected";
        /// `.`: cannot exist, such as a district after 1 July 2025.
        NotApplicable = "not_applicable", "không áp dụng", "not applicable";
    }
}

impl Status {
    /// The mark that stands for a missing value in files and tables; empty for a shown value.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Shown => "",
            Self::Withheld => "x",
            Self::NotCollected => ":",
            Self::NotApplicable => ".",
        }
    }
}

/// The place of a figure within its table: one member for each dimension, an item, a period.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Address {
    /// Report period.
    pub period: Period,
    /// Area member code.
    pub area: String,
    /// Body member code.
    pub body: String,
    /// Kind member code.
    pub kind: String,
    /// Field member code.
    pub field: String,
    /// Referrer member code.
    pub referrer: String,
    /// What is counted.
    pub item: Item,
}

impl Address {
    /// The province's total of `item` in `period`.
    #[must_use]
    pub fn total(period: Period, item: Item) -> Self {
        let total = |d: Dim| d.total().to_owned();
        Self {
            period,
            area: total(Dim::Area),
            body: total(Dim::Body),
            kind: total(Dim::Kind),
            field: total(Dim::Field),
            referrer: total(Dim::Referrer),
            item,
        }
    }

    /// The member code along `dim`.
    #[must_use]
    pub fn member(&self, dim: Dim) -> &str {
        match dim {
            Dim::Area => &self.area,
            Dim::Body => &self.body,
            Dim::Kind => &self.kind,
            Dim::Field => &self.field,
            Dim::Referrer => &self.referrer,
        }
    }

    /// The same address with `code` along `dim`.
    #[must_use]
    pub fn with(mut self, dim: Dim, code: &str) -> Self {
        let slot = match dim {
            Dim::Area => &mut self.area,
            Dim::Body => &mut self.body,
            Dim::Kind => &mut self.kind,
            Dim::Field => &mut self.field,
            Dim::Referrer => &mut self.referrer,
        };
        code.clone_into(slot);
        self
    }
}

/// For messages to staff: codes, without the dimensions that hold nothing but their total.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "area {}, body {}, kind {}, field {}",
            self.area, self.body, self.kind, self.field
        )?;
        if self.referrer != Dim::Referrer.total() {
            write!(f, ", referrer {}", self.referrer)?;
        }
        write!(f, ", {}, {}", self.period, self.item.code())
    }
}

/// A cell of a published table. A withheld cell has no value: it is not here, so it cannot leak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Where it stands.
    pub address: Address,
    /// The exact value, if shown.
    pub value: Option<i64>,
    /// Why there is none, if there is none.
    pub status: Status,
}

impl Cell {
    /// A shown value.
    #[must_use]
    pub const fn shown(address: Address, value: i64) -> Self {
        Self { address, value: Some(value), status: Status::Shown }
    }

    /// A cell without a value.
    #[must_use]
    pub const fn missing(address: Address, status: Status) -> Self {
        Self { address, value: None, status }
    }
}
