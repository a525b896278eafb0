//! A column of an extract as data. Reading, templates, data dictionary and error messages all
//! follow from it, so that they can't disagree.

use super::codes::Code;

/// What a cell of a column holds.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// Name of a record: 1 to 40 letters, digits, `-`, `_`, `/`, `.`.
    Id,
    /// A day, not after the extract date.
    Date,
    /// A day that may lie after the extract date: a time limit.
    TimeLimit,
    /// One of a list of codes.
    Code(&'static [Code]),
    /// Yes or no; an empty cell counts as no.
    YesNo,
    /// A whole number from `min`.
    Count {
        /// Smallest value that makes sense.
        min: i64,
    },
    /// A whole amount: million VND or m².
    Amount,
    /// Code of a commune, read on the day in the column `on`.
    Area {
        /// Name of the column with the day.
        on: &'static str,
    },
    /// Code of a body that existed in the quarter that the extract reports on.
    Body,
    /// Keyed hash of a person, 16 to 64 hexadecimal digits.
    Key,
    /// A report quarter, `2026-Q3`.
    Quarter,
}

/// A column of an extract.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// English header; also the column of the register's table.
    pub name: &'static str,
    /// Vietnamese header.
    pub vi: &'static str,
    /// True if the column must be there and none of its cells may be empty.
    pub required: bool,
    /// What its cells hold.
    pub holds: Type,
    /// The code that an empty cell stands for.
    pub default: Option<&'static str>,
    /// What it means, in Vietnamese.
    pub meaning_vi: &'static str,
    /// What it means, in English.
    pub meaning_en: &'static str,
}

impl Column {
    /// Both headers as messages name them: `received_on (ngay_tiep_nhan)`.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} ({})", self.name, self.vi)
    }
}
