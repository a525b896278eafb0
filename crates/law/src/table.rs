//! Tables of days: CSV whose columns and cells are checked one by one.

use jiff::civil::Date;
use model::day;

use crate::error::LawError;

/// The rows of a file with exactly these columns.
pub(crate) struct Table<const N: usize> {
    file: &'static str,
    columns: [&'static str; N],
    rows: Vec<(u64, [String; N])>,
}

/// A row, which knows where it stands.
pub(crate) struct Row<'a, const N: usize> {
    table: &'a Table<N>,
    line: u64,
    cells: &'a [String; N],
}

impl<const N: usize> Table<N> {
    pub(crate) fn parse(
        file: &'static str,
        columns: [&'static str; N],
        text: &str,
    ) -> Result<Self, LawError> {
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let unread = |error: csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            LawError::value(file, format!("row {line}"), error.to_string())
        };
        if reader.headers().map_err(unread)?.iter().ne(columns) {
            let why = format!("the columns have to be {}", columns.join(","));
            return Err(LawError::value(file, "row 1".to_owned(), why));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(unread)?;
            let line = record.position().map_or(0, csv::Position::line);
            let cells = std::array::from_fn(|at| record[at].trim().to_owned());
            rows.push((line, cells));
        }
        Ok(Self { file, columns, rows })
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_, N>> {
        self.rows.iter().map(|(line, cells)| Row { table: self, line: *line, cells })
    }
}

impl<const N: usize> Row<'_, N> {
    /// What stands in a column; never nothing.
    pub(crate) fn text(&self, column: usize) -> Result<&str, LawError> {
        let text = &self.cells[column];
        if text.is_empty() { Err(self.wrong(column, "it is empty")) } else { Ok(text) }
    }

    pub(crate) fn day(&self, column: usize) -> Result<Date, LawError> {
        let text = self.text(column)?;
        day::parse(text)
            .ok_or_else(|| self.wrong(column, format!("`{text}` is no day; write 2026-02-16")))
    }

    pub(crate) fn verified(&self, column: usize) -> Result<bool, LawError> {
        match self.text(column)? {
            "yes" => Ok(true),
            "no" => Ok(false),
            other => Err(self.wrong(column, format!("`{other}`: write yes or no"))),
        }
    }

    pub(crate) fn wrong(&self, column: usize, why: impl Into<String>) -> LawError {
        let place = format!("row {}, column {}", self.line, self.table.columns[column]);
        LawError::value(self.table.file, place, why)
    }
}
