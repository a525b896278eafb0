//! CSV files by the names of their columns.

use std::fs::File;
use std::path::{Path, PathBuf};

use csv::StringRecord;

use super::ProtectError;

/// An open file with a header.
pub(super) struct Columns {
    path: PathBuf,
    reader: csv::Reader<File>,
    header: StringRecord,
}

/// A row, which knows how to speak of itself.
pub(super) struct Row<'a> {
    file: &'a Path,
    number: u64,
    header: &'a StringRecord,
    values: &'a StringRecord,
}

impl Columns {
    pub(super) fn open(path: &Path) -> Result<Self, ProtectError> {
        let file = File::open(path).map_err(ProtectError::file(path))?;
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file);
        let mut header = reader.headers().map_err(|error| ProtectError::spec(path, error))?.clone();
        // Spreadsheets begin their UTF-8 with a byte order mark.
        if let Some(first) = header.get(0).and_then(|name| name.strip_prefix('\u{feff}')) {
            let rest = header.iter().skip(1);
            header = std::iter::once(first).chain(rest).collect();
        }
        Ok(Self { path: path.to_owned(), reader, header })
    }

    /// Whether there is a column with this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.header.iter().any(|column| column == name)
    }

    /// Positions of the columns with `names`.
    pub(super) fn find(&self, names: &[&str]) -> Result<Vec<usize>, ProtectError> {
        let find = |name: &&str| {
            let mut found = self.header.iter().enumerate().filter(|(_, column)| column == name);
            match (found.next(), found.next()) {
                (Some((at, _)), None) => Ok(at),
                (None, _) => Err(format!("there is no column {name}")),
                (Some(_), Some(_)) => Err(format!("column {name} is there twice")),
            }
        };
        names
            .iter()
            .map(find)
            .collect::<Result<_, _>>()
            .map_err(|why| ProtectError::spec(&self.path, why))
    }

    /// Calls `act` with each row.
    pub(super) fn each(
        &mut self,
        mut act: impl FnMut(&Row<'_>) -> Result<(), ProtectError>,
    ) -> Result<(), ProtectError> {
        let mut values = StringRecord::new();
        loop {
            let read = self.reader.read_record(&mut values);
            if !read.map_err(|error| ProtectError::spec(&self.path, error))? {
                return Ok(());
            }
            let number = values.position().map_or(0, csv::Position::line);
            act(&Row { file: &self.path, number, header: &self.header, values: &values })?;
        }
    }
}

impl Row<'_> {
    pub(super) fn get(&self, column: usize) -> &str {
        self.values.get(column).unwrap_or_default()
    }

    /// Its number in the file, the header being 1.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// A problem with the value in `column`.
    pub(super) fn problem(&self, column: usize, why: &str) -> ProtectError {
        ProtectError::Row {
            file: self.file.to_owned(),
            row: self.number,
            column: self.header.get(column).unwrap_or_default().to_owned(),
            value: self.get(column).to_owned(),
            why: why.to_owned(),
        }
    }
}
