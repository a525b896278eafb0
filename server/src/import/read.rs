//! A file from its bytes to rows for the register: header, cells, rules, duplicates. Memory does
//! not grow with the file but for a hash of each record's name.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::extract::Extract;
use super::header::{self, Header};
use super::personal::redacted;
use super::report::{FileReport, Findings, Problem, Problems};
use super::row::{Row, Value};
use super::{cell, rules, source};

/// Rows are handed on in pieces of about this size.
const PIECE: usize = 64 * 1024;

/// What comes of a file as it is read.
#[derive(Debug)]
pub enum Piece {
    /// The header: what the file holds. Comes first.
    Kind(&'static Extract),
    /// CSV lines in the order of the extract's columns, without a header.
    Rows(String),
}

/// How a file is read.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// What it holds, if the header need not tell.
    pub kind: Option<&'static Extract>,
    /// The last day that an extract can be dated.
    pub today: Date,
}

/// Reads and checks `path`, hands rows to `emit` as long as nothing is wrong, and returns how many
/// there are. `progress` hears of bytes read. Stops early when `emit` breaks.
///
/// # Errors
///
/// What is wrong with the file; rows handed on before count for nothing.
pub fn read(
    path: &Path,
    reading: Reading,
    progress: &dyn Fn(u64),
    emit: &mut dyn FnMut(Piece) -> ControlFlow<()>,
) -> Result<u64, FileReport> {
    let mut reader = Reader {
        reading,
        emit,
        header: None,
        values: Vec::new(),
        seen: HashMap::new(),
        piece: String::with_capacity(PIECE + 1024),
        rows: 0,
        problems: Problems::default(),
    };
    let end = source::read(path, progress, &mut |row, cells| reader.row(row, cells));
    let mut problems = std::mem::take(&mut reader.problems);
    match end {
        Err(stop) => problems.push(stop.into_problem()),
        Ok(()) if problems.is_empty() && reader.header.is_none() => {
            problems.push(Problem::file("the file is empty", "extract it again"));
        }
        Ok(()) if problems.is_empty() && reader.rows == 0 => problems.push(Problem::file(
            "the file has a header but no rows",
            "extract it again; leave the file out if there is nothing to report",
        )),
        Ok(()) => {}
    }
    if !problems.is_empty() {
        return Err(problems.into_report(path.to_owned()));
    }
    let _ = reader.hand_on();
    Ok(reader.rows)
}

struct Reader<'a> {
    reading: Reading,
    emit: &'a mut dyn FnMut(Piece) -> ControlFlow<()>,
    header: Option<Header>,
    values: Vec<Value>,
    /// 128 bits of the hash of (record id, extract date), and the row it was first seen in.
    seen: HashMap<u128, u64>,
    piece: String,
    rows: u64,
    problems: Problems,
}

impl Reader<'_> {
    fn row(&mut self, row: u64, cells: &[&str]) -> ControlFlow<()> {
        let Some(header) = &self.header else {
            let header = header::read(row, cells, self.reading.kind, &mut self.problems);
            let Some(header) = header else { return ControlFlow::Break(()) };
            let extract = header.extract;
            self.header = Some(header);
            return (self.emit)(Piece::Kind(extract));
        };
        self.rows += 1;
        let extract = header.extract;
        if cells.len() != header.width {
            self.problems.push(Problem::row(
                row,
                format!("the row has {} values, the header {} columns", cells.len(), header.width),
                "write one value a column, and a separator also for an empty one",
            ));
            return ControlFlow::Continue(());
        }
        let before = self.problems.count();
        let mut findings = Findings { problems: &mut self.problems, extract, row };
        self.values.clear();
        for (column, position) in extract.columns.iter().zip(&header.positions) {
            let text = position.and_then(|i| cells.get(i)).copied().unwrap_or_default();
            self.values.push(cell::read(column, text).unwrap_or_else(|wrong| {
                findings.add(column.name, wrong.value, wrong.what, wrong.remedy);
                Value::Empty
            }));
        }
        if findings.problems.count() > before {
            return ControlFlow::Continue(());
        }
        let checked = Row { extract, values: &self.values };
        rules::common(&checked, self.reading.today, &mut findings);
        (extract.check)(&checked, &mut findings);
        let first = *self.seen.entry(name_of(&checked)).or_insert(row);
        if first != row {
            findings.add(
                "record_id",
                Some(redacted(checked.text("record_id"))),
                format!("the same record and extract date stand in row {first} already"),
                "keep the newer state of the record, and remove the other row",
            );
        }
        if !self.problems.is_empty() {
            return ControlFlow::Continue(());
        }
        for (i, value) in self.values.iter().enumerate() {
            // Writing to a string can't fail.
            let _ = write!(self.piece, "{}{value}", if i == 0 { "" } else { "," });
        }
        self.piece.push('\n');
        if self.piece.len() >= PIECE { self.hand_on() } else { ControlFlow::Continue(()) }
    }

    fn hand_on(&mut self) -> ControlFlow<()> {
        if self.piece.is_empty() {
            return ControlFlow::Continue(());
        }
        let rows = std::mem::replace(&mut self.piece, String::with_capacity(PIECE + 1024));
        (self.emit)(Piece::Rows(rows))
    }
}

fn name_of(row: &Row<'_>) -> u128 {
    let name = format!("{}\n{}", row.text("record_id"), row.value("extract_date"));
    let digest = Sha256::digest(name.as_bytes());
    digest.iter().take(16).fold(0, |hash, byte| hash << 8 | u128::from(*byte))
}
