//! Inputs that are wrong in one way each, and what must be said of them.

#[path = "broken/cells.rs"]
mod cells;
#[path = "broken/files.rs"]
mod files;
#[path = "broken/rules.rs"]
mod rules;

use crate::files::*;

/// A file that must be refused.
pub struct Broken {
    /// What is wrong with it.
    pub name: &'static str,
    /// Name of the file.
    pub file: &'static str,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// What the report must say, all of it about one problem.
    pub says: &'static [&'static str],
}

fn file(name: &'static str, bytes: impl Into<Vec<u8>>, says: &'static [&'static str]) -> Broken {
    Broken { name, file: "extract.csv", bytes: bytes.into(), says }
}

/// `table` with one value changed in its first data row, row 2 of the spreadsheet.
fn cell(
    name: &'static str,
    table: Table,
    (column, value): (&str, &str),
    says: &'static [&'static str],
) -> Broken {
    cell_in(name, table, 0, (column, value), says)
}

fn cell_in(
    name: &'static str,
    mut table: Table,
    row: usize,
    (column, value): (&str, &str),
    says: &'static [&'static str],
) -> Broken {
    set(&mut table, row, column, value);
    file(name, csv(&table), says)
}

pub fn all() -> Vec<Broken> {
    let mut all = files::files();
    all.extend(files::headers());
    all.extend(cells::cells());
    all.extend(rules::rules());
    all
}
