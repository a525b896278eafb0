//! Opens a file as rows of texts, whatever its format. The format is told by content, not by name.

mod csv;
mod xlsx;

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use super::report::Problem;

/// Longest row that is read; the longest that makes sense has about a thousand bytes.
pub(crate) const ROW_LIMIT: usize = 1024 * 1024;

/// True if a file that begins with `start` is an XLSX workbook, a ZIP archive.
pub(crate) fn is_workbook(start: &[u8]) -> bool {
    start.starts_with(b"PK")
}

/// Takes the rows, beginning with the header: the row's number as in a spreadsheet, its cells.
pub(crate) type Visit<'a> = dyn FnMut(u64, &[&str]) -> ControlFlow<()> + 'a;

/// Why reading stopped. Either is reported as a problem of the file.
#[derive(Debug)]
pub(crate) enum Stop {
    Io(io::Error),
    Problem(Problem),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Stop {
    pub(crate) fn into_problem(self) -> Problem {
        match self {
            Self::Problem(problem) => problem,
            Self::Io(error) => Problem::file(
                format!("the file can't be read: {error}"),
                "check its name and that you may read it",
            ),
        }
    }
}

/// Reads the rows of `path`; `progress` hears how many bytes were read since the last time.
pub(crate) fn read(path: &Path, progress: &dyn Fn(u64), visit: &mut Visit<'_>) -> Result<(), Stop> {
    let mut file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(Problem::file("this is not a file", "name the extract's files").into());
    }
    let mut start = Vec::with_capacity(4096);
    (&mut file).take(4096).read_to_end(&mut start)?;
    file.rewind()?;
    let save = "save the extract as CSV UTF-8 or as XLSX";
    if start.is_empty() {
        return Err(Problem::file("the file is empty", "extract it again").into());
    }
    if is_workbook(&start) {
        return xlsx::read(file, progress, visit);
    }
    if start.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Problem::file(
            "the file is an old Excel workbook (.xls) or has a password",
            save,
        )
        .into());
    }
    if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) || start.contains(&0) {
        let what = if start[0] >= 0xfe || start.iter().take(64).any(|b| *b == 0) {
            "the file is in UTF-16, not in UTF-8"
        } else {
            "the file is neither text nor a workbook"
        };
        return Err(Problem::file(what, save).into());
    }
    let workbook = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx"));
    if workbook {
        return Err(Problem::file("the file is named .xlsx but is not a workbook", save).into());
    }
    csv::read(BufReader::with_capacity(64 * 1024, file), progress, visit)
}
