//! XLSX: the first sheet, read cell by cell. Dates may be real dates or texts.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::ops::ControlFlow;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use super::csv::too_long;
use super::{Problem, ROW_LIMIT, Stop, Visit};

/// Largest workbook that is read, unpacked: its texts are held in memory.
const UNPACKED_LIMIT: u64 = 1024 * 1024 * 1024;
/// Columns beyond are refused rather than held in memory.
const COLUMN_LIMIT: usize = 256;

pub(super) fn read(
    mut file: File,
    progress: &dyn Fn(u64),
    visit: &mut Visit<'_>,
) -> Result<(), Stop> {
    let size = file.metadata()?.len();
    verify(&file)?;
    file.rewind()?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(unreadable)?;
    let Some(sheet) = book.sheet_names().first().cloned() else {
        return Err(Problem::file("the workbook has no sheet", "extract it again").into());
    };
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(unreadable)?;
    let mut row = Row::default();
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (number, column) = cell.get_position();
        let number = u64::from(number) + 1;
        if number != row.number && row.flush(visit)?.is_break() {
            return Ok(());
        }
        row.number = number;
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= COLUMN_LIMIT {
            return Err(Problem::row(
                number,
                format!("there is a value beyond column {COLUMN_LIMIT}"),
                "use the columns of the template",
            )
            .into());
        }
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        row.cells[column] = text;
    }
    let _ = row.flush(visit)?;
    progress(size);
    Ok(())
}

/// The row being gathered; number 0 before the first.
#[derive(Default)]
struct Row {
    number: u64,
    cells: Vec<String>,
    /// Columns of the header: empty cells at the end of a row are not in the file.
    width: usize,
}

impl Row {
    fn flush(&mut self, visit: &mut Visit<'_>) -> Result<ControlFlow<()>, Stop> {
        if self.cells.iter().map(String::len).sum::<usize>() > ROW_LIMIT {
            return Err(too_long(self.number).into());
        }
        let blank = self.cells.iter().all(|c| c.trim().is_empty());
        let mut flow = ControlFlow::Continue(());
        if !blank {
            if self.width == 0 {
                self.width = self.cells.len();
            } else if self.cells.len() < self.width {
                self.cells.resize(self.width, String::new());
            }
            let cells: Vec<&str> = self.cells.iter().map(String::as_str).collect();
            flow = visit(self.number, &cells);
        }
        self.cells.clear();
        Ok(flow)
    }
}

/// Unpacks every part once, which compares its checksum: cells are read only to the end of the
/// sheet's data, so that a damaged part would otherwise pass unnoticed, with other values in it.
fn verify(file: &File) -> Result<(), Stop> {
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    let mut left = UNPACKED_LIMIT;
    for i in 0..archive.len() {
        let part = archive.by_index(i).map_err(damaged)?;
        let unpacked = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(damaged)?;
        left = left.checked_sub(unpacked).ok_or_else(|| {
            Problem::file("the workbook is larger than 1 GiB", "save the extract as CSV UTF-8")
        })?;
    }
    Ok(())
}

fn damaged(error: impl fmt::Display) -> Problem {
    let what = format!("the workbook is damaged or incomplete ({error})");
    Problem::file(what, "save or send it again")
}

fn unreadable(error: XlsxError) -> Problem {
    match error {
        XlsxError::Password => {
            Problem::file("the workbook has a password", "save it without a password")
        }
        error => damaged(error),
    }
}

/// A cell as it would stand in a CSV file.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(s) => s.clone(),
        DataRef::SharedString(s) => (*s).to_owned(),
        DataRef::Int(n) => n.to_string(),
        // `{}` prints whole numbers without a decimal point.
        DataRef::Float(x) => format!("{x}"),
        DataRef::Bool(yes) => if *yes { "1" } else { "0" }.to_owned(),
        DataRef::DateTime(day) => date(day),
        DataRef::DateTimeIso(s) => s.strip_suffix("T00:00:00").unwrap_or(s).to_owned(),
        DataRef::DurationIso(s) => s.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// The day in ISO form; with a time, a text that is no date.
fn date(day: &ExcelDateTime) -> String {
    let (year, month, d, hour, minute, second, milli) = day.to_ymd_hms_milli();
    if !day.is_datetime() || (hour, minute, second, milli) != (0, 0, 0, 0) {
        return format!("{year:04}-{month:02}-{d:02} {hour:02}:{minute:02}:{second:02}");
    }
    format!("{year:04}-{month:02}-{d:02}")
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::*;

    fn rows(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
        let mut file = tempfile::tempfile().unwrap();
        io::copy(&mut &*bytes, &mut file).unwrap();
        file.rewind().unwrap();
        let mut rows = Vec::new();
        let visit = &mut |_, cells: &[&str]| {
            rows.push(cells.iter().map(|c| (*c).to_owned()).collect());
            ControlFlow::Continue(())
        };
        read(file, &|_| {}, visit).ok()?;
        Some(rows)
    }

    #[test]
    fn a_damaged_workbook_never_reads_as_other_values() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..40 {
            sheet.write_number(row, 0, row * 7919).unwrap();
            sheet.write_string(row, 1, format!("VV-{}", row * 104_729)).unwrap();
        }
        let bytes = book.save_to_buffer().unwrap();
        let good = rows(&bytes).unwrap();
        assert_eq!(good[3], ["23757", "VV-314187"]);
        for at in (0..bytes.len()).step_by(11) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x11;
            if let Some(read) = rows(&damaged) {
                assert_eq!(read, good, "byte {at}");
            }
        }
    }
}
