//! The files: one folder a quarter, one file a kind of record.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::DemoError;
use super::calendar::{Calendar, Day, Quarter};
use super::columns::{Codes, Table};

/// The quarter that is written the other way: Vietnamese headers and codes, `;`, a byte order mark
/// and day/month/year.
const VIETNAMESE_QUARTER: usize = 5;

/// One file.
#[derive(Debug)]
pub(super) struct Sheet {
    path: PathBuf,
    writer: csv::Writer<BufWriter<File>>,
    vietnamese: bool,
    rows: u64,
}

impl Sheet {
    fn create(path: PathBuf, table: Table, vietnamese: bool) -> Result<Self, DemoError> {
        let at = |source| DemoError::Write { path: path.clone(), source };
        let mut file = BufWriter::with_capacity(1 << 16, File::create(&path).map_err(at)?);
        if vietnamese {
            file.write_all(b"\xEF\xBB\xBF").map_err(at)?;
        }
        let delimiter = if vietnamese { b';' } else { b',' };
        let writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(file);
        let mut sheet = Self { path, writer, vietnamese, rows: 0 };
        for (en, vi) in table.columns() {
            sheet.text(if vietnamese { vi } else { en })?;
        }
        sheet.finish_record()?;
        Ok(sheet)
    }

    fn checked(&self, result: Result<(), csv::Error>) -> Result<(), DemoError> {
        result.map_err(|e| DemoError::Write { path: self.path.clone(), source: e.into() })
    }

    /// Writes a cell as it is.
    pub(super) fn text(&mut self, text: &str) -> Result<(), DemoError> {
        let result = self.writer.write_field(text);
        self.checked(result)
    }

    /// Writes a code in the file's language; an absent one as an empty cell.
    pub(super) fn code(&mut self, codes: Codes, code: Option<&str>) -> Result<(), DemoError> {
        let code = code.unwrap_or("");
        let known = codes.iter().find(|(en, _)| self.vietnamese && *en == code);
        self.text(known.map_or(code, |(_, vi)| vi))
    }

    /// Writes a date; an absent one as an empty cell.
    pub(super) fn date(&mut self, calendar: &Calendar, day: Option<Day>) -> Result<(), DemoError> {
        let Some(day) = day else { return self.text("") };
        let date = calendar.date(day);
        if self.vietnamese {
            self.text(&format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()))
        } else {
            self.text(&date.to_string())
        }
    }

    /// Writes yes or no.
    pub(super) fn flag(&mut self, yes: bool) -> Result<(), DemoError> {
        self.text(match (self.vietnamese, yes) {
            (false, true) => "1",
            (false, false) => "0",
            (true, true) => "có",
            (true, false) => "không",
        })
    }

    /// Writes a count.
    pub(super) fn number(&mut self, number: i32) -> Result<(), DemoError> {
        self.text(&number.to_string())
    }

    /// Writes an amount; none as an empty cell.
    pub(super) fn amount(&mut self, amount: i32) -> Result<(), DemoError> {
        if amount == 0 { self.text("") } else { self.number(amount) }
    }

    /// Writes a complainant key.
    pub(super) fn key(&mut self, key: u128) -> Result<(), DemoError> {
        self.text(&format!("{key:032x}"))
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) -> Result<(), DemoError> {
        self.rows += 1;
        self.finish_record()
    }

    fn finish_record(&mut self) -> Result<(), DemoError> {
        let result = self.writer.write_record(None::<&[u8]>);
        self.checked(result)
    }
}

/// All files.
#[derive(Debug)]
pub(super) struct Files(Vec<BTreeMap<Table, Sheet>>);

impl Files {
    /// Creates folders and files below `out`; files of an earlier run are overwritten.
    pub(super) fn create(out: &Path, quarters: &[Quarter]) -> Result<Self, DemoError> {
        let mut all = Vec::new();
        for quarter in quarters {
            let folder = out.join(quarter.period.to_string());
            fs::create_dir_all(&folder)
                .map_err(|source| DemoError::Write { path: folder.clone(), source })?;
            let vietnamese = quarter.index == VIETNAMESE_QUARTER;
            let mut sheets = BTreeMap::new();
            for table in Table::ALL {
                let path = folder.join(format!("{}.csv", table.name()));
                sheets.insert(table, Sheet::create(path, table, vietnamese)?);
            }
            all.push(sheets);
        }
        let note = out.join("SIMULATED.txt");
        fs::write(&note, SIMULATED).map_err(|source| DemoError::Write { path: note, source })?;
        Ok(Self(all))
    }

    /// The file of `table` for `quarter`.
    pub(super) fn sheet(
        &mut self,
        quarter: &Quarter,
        table: Table,
    ) -> Result<&mut Sheet, DemoError> {
        self.0[quarter.index].get_mut(&table).ok_or(DemoError::NoSuchFile)
    }

    /// Writes what is still in memory and returns the number of rows by kind of record.
    pub(super) fn finish(self) -> Result<BTreeMap<&'static str, u64>, DemoError> {
        let mut rows = BTreeMap::new();
        for (table, mut sheet) in self.0.into_iter().flatten() {
            let flushed = sheet.writer.flush();
            flushed.map_err(|source| DemoError::Write { path: sheet.path.clone(), source })?;
            *rows.entry(table.name()).or_default() += sheet.rows;
        }
        Ok(rows)
    }
}

const SIMULATED: &str = "\
DỮ LIỆU MÔ PHỎNG

Mọi hồ sơ trong thư mục này do máy tính tạo ngẫu nhiên để trình diễn và kiểm thử.
Không hồ sơ nào là của người, vụ việc hay cơ quan có thật; số liệu không phản ánh
hoạt động thực tế của bất kỳ cơ quan nào ở Thanh Hóa.

SIMULATED DATA

Every record in this folder was generated at random by a computer for demonstration
and testing. No record concerns a real person, matter or body, and no figure says
anything about the work of any authority in Thanh Hoa.
";
