//! Imports register extracts: CSV or XLSX in, checked rows in the register, or a report of what is
//! wrong. `docs/EXTRACT.md` describes the files.
//!
//! A kind of extract is a table of columns ([`mod@extract`]); reading, rules that follow from a
//! column's type, templates, the data dictionary and error messages all come from it. Only the
//! rules between columns are code (`rules`).
//!
//! ```text
//! file -> source   rows of texts, CSV or XLSX alike
//!      -> header   which kind, which column; refuses personal data
//!      -> cell     text -> value, by the column's type
//!      -> rules    dates in order, codes known on the day, sums
//!      -> load     COPY in one transaction; any problem rolls all files back
//! ```

pub mod codes;
pub mod column;
pub mod extract;
pub mod read;
pub mod report;
pub mod template;

mod cell;
mod header;
mod load;
pub(crate) mod personal;
mod row;
mod rules;
mod source;

pub use load::{FileOutcome, ImportError, Options, Outcome, import};
pub use report::Report;
pub use template::{TemplateError, write_templates};
