//! Reads the files back, whatever their language, delimiter and date format.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use model::Period;

use super::super::columns::{self as codes, Table};

/// File names without their ending.
pub(super) const TABLES: [&str; 6] =
    ["cases", "petitions", "receptions", "dialogues", "referrals", "control_totals"];

/// A row.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// The quarter whose extract it stands in.
    pub(super) quarter: Period,
    table: Table,
    values: csv::StringRecord,
}

impl Record {
    pub(super) fn text(&self, column: &str) -> &str {
        let at = self.table.columns().iter().position(|(en, _)| *en == column);
        &self.values[at.unwrap_or_else(|| panic!("no column {column}"))]
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        self.values.iter()
    }

    pub(super) fn yes(&self, column: &str) -> bool {
        match self.text(column) {
            "1" | "yes" => true,
            "0" | "no" => false,
            other => panic!("{column}: {other}"),
        }
    }

    pub(super) fn number(&self, column: &str) -> i64 {
        self.text(column).parse().unwrap()
    }

    pub(super) fn day(&self, column: &str) -> Option<Date> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        if let Some((day, rest)) = text.split_once('/') {
            let (month, year) = rest.split_once('/').unwrap();
            return Some(date(year.parse().unwrap(), month.parse().unwrap(), day.parse().unwrap()));
        }
        Some(text.parse().unwrap())
    }
}

/// All extracts of a demonstration.
#[derive(Debug)]
pub(super) struct Register {
    pub(super) quarters: Vec<Period>,
    tables: HashMap<&'static str, Vec<Record>>,
}

impl Register {
    /// The demonstration with seed 1 and scale 1, written once for all tests.
    pub(super) fn demonstration() -> &'static Self {
        static REGISTER: LazyLock<Register> = LazyLock::new(|| {
            let folder = tempfile::tempdir().unwrap();
            super::demonstration(1, 1, folder.path());
            Register::read(folder.path())
        });
        &REGISTER
    }

    pub(super) fn read(folder: &Path) -> Self {
        let quarters: Vec<Period> =
            (2023 * 4..2026 * 4 + 3).map(Period::from_quarter_index).collect();
        let mut tables = HashMap::new();
        for table in Table::ALL {
            let records = quarters.iter().flat_map(|quarter| {
                let path = folder.join(quarter.to_string()).join(format!("{}.csv", table.name()));
                rows(table, *quarter, &fs::read_to_string(path).unwrap())
            });
            tables.insert(table.name(), records.collect());
        }
        Self { quarters, tables }
    }

    /// Every row of `table`, earlier quarters first.
    pub(super) fn all(&self, table: &str) -> impl Iterator<Item = &Record> {
        self.tables[table].iter()
    }

    /// The first version of each record of `table`.
    pub(super) fn first_versions(&self, table: &str) -> Vec<&Record> {
        let mut seen = HashSet::new();
        self.all(table).filter(|record| seen.insert(record.text("record_id"))).collect()
    }

    /// The versions of each record of `table`, in order.
    pub(super) fn histories(&self, table: &str) -> HashMap<&str, Vec<&Record>> {
        let mut histories: HashMap<&str, Vec<&Record>> = HashMap::new();
        for record in self.all(table) {
            histories.entry(record.text("record_id")).or_default().push(record);
        }
        histories
    }
}

fn rows(table: Table, quarter: Period, text: &str) -> Vec<Record> {
    let vietnamese = text.starts_with('\u{feff}');
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = if vietnamese { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let columns = table.columns();
    let names = columns.iter().map(|(en, vi)| if vietnamese { *vi } else { *en });
    assert!(reader.headers().unwrap().iter().eq(names));
    let translated = |row: csv::StringRecord| {
        let cells = columns.iter().zip(row.iter());
        cells.map(|((column, _), value)| to_english(column, value)).collect()
    };
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let values = if vietnamese { translated(row) } else { row };
        Record { quarter, table, values }
    });
    rows.collect()
}

/// The English code of a Vietnamese one.
fn to_english<'a>(column: &str, value: &'a str) -> &'a str {
    let list = match column {
        "kind" => codes::KIND,
        "field" => codes::FIELD,
        "complexity" => codes::COMPLEXITY,
        "ending" => codes::ENDING,
        "finding" => codes::FINDING,
        "channel" => codes::CHANNEL,
        "handling" => codes::HANDLING,
        "type" => codes::RECEPTION_TYPE,
        "held_by" | "presided_by" => codes::HELD_BY,
        "referrer" => codes::REFERRER,
        "decision" => codes::DECISION,
        _ => &[("yes", "có"), ("no", "không")],
    };
    let known = list.iter().find(|(_, vi)| *vi == value);
    known.map_or(value, |(en, _)| *en)
}
