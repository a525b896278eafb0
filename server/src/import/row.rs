//! A row once its cells are read.

use std::fmt;

use jiff::civil::Date;
use model::Period;

use super::extract::Extract;
use super::personal::redacted;

/// What a cell says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Value {
    /// Unknown or not yet.
    #[default]
    Empty,
    /// A record's name or the code of a place, body or person.
    Text(String),
    /// The English code.
    Code(&'static str),
    Day(Date),
    YesNo(bool),
    Number(i64),
    Quarter(Period),
}

/// As the register's COPY reads it. No value needs quotes: texts are letters, digits, `-_/.`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(s) => f.write_str(s),
            Self::Code(s) => f.write_str(s),
            Self::Day(day) => write!(f, "{day}"),
            Self::YesNo(yes) => f.write_str(if *yes { "true" } else { "false" }),
            Self::Number(n) => write!(f, "{n}"),
            Self::Quarter(q) => write!(f, "{q}"),
        }
    }
}

/// The values of a row, in the order of the extract's columns. A column that the extract doesn't
/// have reads as empty.
pub(crate) struct Row<'a> {
    pub(crate) extract: &'static Extract,
    pub(crate) values: &'a [Value],
}

impl Row<'_> {
    pub(crate) fn value(&self, column: &str) -> &Value {
        const EMPTY: &Value = &Value::Empty;
        self.extract.position(column).and_then(|i| self.values.get(i)).unwrap_or(EMPTY)
    }

    pub(crate) fn has(&self, column: &str) -> bool {
        *self.value(column) != Value::Empty
    }

    pub(crate) fn day(&self, column: &str) -> Option<Date> {
        if let Value::Day(day) = self.value(column) { Some(*day) } else { None }
    }

    /// The number, zero if the cell is empty.
    pub(crate) fn number(&self, column: &str) -> i64 {
        if let Value::Number(n) = self.value(column) { *n } else { 0 }
    }

    /// The code or text, empty if the cell is.
    pub(crate) fn text(&self, column: &str) -> &str {
        match self.value(column) {
            Value::Text(s) => s,
            Value::Code(s) => s,
            _ => "",
        }
    }

    pub(crate) fn yes(&self, column: &str) -> bool {
        *self.value(column) == Value::YesNo(true)
    }

    pub(crate) fn quarter(&self, column: &str) -> Option<Period> {
        if let Value::Quarter(q) = self.value(column) { Some(*q) } else { None }
    }

    /// What the report may show of a column's value.
    pub(crate) fn shown(&self, column: &str) -> Option<String> {
        match self.value(column) {
            Value::Empty => None,
            Value::YesNo(yes) => Some(if *yes { "1" } else { "0" }.to_owned()),
            value => Some(redacted(&value.to_string())),
        }
    }
}
