//! From files to the register, in one transaction: a file that is wrong undoes all.

use std::collections::HashMap;
use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz};
use sha2::{Digest, Sha256};
use store::register::{Import, Imported, NewBatch, RecordKind, RegisterError, RegisterPool};
use tokio::sync::mpsc;

use super::extract::{Extract, extract};
use super::read::{Piece, Reading, read};
use super::report::{FileReport, Problem, Problems, Report};
use super::source::{ROW_LIMIT, Stop, is_workbook};

/// How files are imported.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// What the files hold, if their headers need not tell.
    pub kind: Option<RecordKind>,
    /// The records are simulated.
    pub simulated: bool,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// One entry a file, in the order they were named.
    pub files: Vec<FileOutcome>,
}

/// What was done with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOutcome {
    /// The file.
    pub path: PathBuf,
    /// Its batch, which can be withdrawn.
    pub batch_id: i64,
    /// What it holds.
    pub kind: RecordKind,
    /// Its rows.
    pub rows: u64,
    /// Rows about a record that the register held before.
    pub replaced: u64,
    /// True if the same file had been imported before, so that nothing was changed.
    pub already_imported: bool,
}

impl fmt::Display for FileOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, batch_id, kind, rows, replaced, already_imported } = self;
        let path = path.display();
        if *already_imported {
            return write!(f, "{path}: imported already, as batch {batch_id}; nothing changed");
        }
        write!(f, "{path}: batch {batch_id}, {rows} rows of {kind}")?;
        if *replaced > 0 { write!(f, ", {replaced} of them replace older ones") } else { Ok(()) }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, file) in self.files.iter().enumerate() {
            write!(f, "{}{file}", if i == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

/// Nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Files are wrong: for whoever sent them.
    #[error("{0}")]
    Rejected(Report),
    /// The register failed.
    #[error("the register can't take the import")]
    Register(#[from] RegisterError),
    /// A fault of the import itself.
    #[error("reading {path} broke off")]
    Reader {
        /// The file.
        path: PathBuf,
        /// Why.
        source: tokio::task::JoinError,
    },
}

/// Imports `files`, all or none. Rows go to the database as they are checked, inside a transaction
/// that ends only when every file is right. A progress bar shows on a terminal.
///
/// A file whose content was imported before, and not withdrawn, is left out.
///
/// # Errors
///
/// [`ImportError::Rejected`] with all that is wrong, in every file; otherwise faults of the
/// register or of the import. In any case the register is as it was.
pub async fn import(
    pool: &RegisterPool,
    files: &[PathBuf],
    options: &Options,
) -> Result<Outcome, ImportError> {
    let bar = progress_bar(files);
    let mut import = Some(Import::begin(pool).await?);
    let mut report = Report { files: Vec::new() };
    let mut outcome = Outcome { files: Vec::new() };
    let mut known = HashMap::new();
    for path in files {
        let job = Job { pool, path, options, bar: &bar };
        match job.run(import.as_mut(), &mut known).await? {
            Ok(done) => outcome.files.extend(done),
            Err(wrong) => {
                report.files.push(wrong);
                // What was written so far is rolled back; the other files are only checked.
                import = None;
            }
        }
    }
    bar.finish_and_clear();
    match import {
        Some(import) if report.files.is_empty() => {
            import.commit().await?;
            Ok(outcome)
        }
        _ => Err(ImportError::Rejected(report)),
    }
}

/// The last day that an extract can be dated: today, wherever the clock stands.
fn today() -> Date {
    Timestamp::now().to_zoned(tz::TimeZone::UTC).date().saturating_add(1.day())
}

fn progress_bar(files: &[PathBuf]) -> ProgressBar {
    let bytes = files.iter().filter_map(|f| fs::metadata(f).ok()).map(|m| m.len()).sum();
    let bar = ProgressBar::new(bytes);
    let template = "{wide_bar} {bytes} / {total_bytes}, {eta} left  {msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// The extract that a kind of records comes in.
fn extract_of(kind: RecordKind) -> Option<&'static Extract> {
    extract(kind.table())
}

struct Job<'a> {
    pool: &'a RegisterPool,
    path: &'a Path,
    options: &'a Options,
    bar: &'a ProgressBar,
}

/// What became of a file: nothing if it was only checked.
type Done = Result<Option<FileOutcome>, FileReport>;

impl Job<'_> {
    /// Checks the file and, with `import`, writes it.
    async fn run(
        &self,
        import: Option<&mut Import>,
        known: &mut HashMap<String, FileOutcome>,
    ) -> Result<Done, ImportError> {
        self.bar.set_message(name(self.path));
        let path = self.path.to_owned();
        let sha256 = match self.blocking(move || sha256(&path)).await? {
            Ok(Some(sha256)) => sha256,
            Ok(None) => {
                let checked = self.write(None, "").await?;
                let changed =
                    || Problem::file("the file changed as it was read", "import it again");
                return Ok(checked.and_then(|_| Err(self.report(changed()))));
            }
            Err(stop) => return Ok(Err(self.report(stop.into_problem()))),
        };
        let before = match known.get(&sha256) {
            Some(same) => Some(same.clone()),
            None => self.imported_before(&sha256).await?,
        };
        if let Some(before) = before {
            let path = self.path.to_owned();
            return Ok(Ok(Some(FileOutcome { path, already_imported: true, ..before })));
        }
        let done = self.write(import, &sha256).await?;
        if let Ok(Some(outcome)) = &done {
            known.insert(sha256, outcome.clone());
        }
        Ok(done)
    }

    fn report(&self, problem: Problem) -> FileReport {
        let mut problems = Problems::default();
        problems.push(problem);
        problems.into_report(self.path.to_owned())
    }

    async fn imported_before(&self, sha256: &str) -> Result<Option<FileOutcome>, ImportError> {
        let batch = self.pool.batch_by_sha256(sha256).await?;
        Ok(batch.map(|b| FileOutcome {
            path: self.path.to_owned(),
            batch_id: b.id,
            kind: b.record_kind,
            rows: b.rows.unsigned_abs(),
            replaced: b.replaced.unsigned_abs(),
            already_imported: true,
        }))
    }

    /// Reads on a thread of its own, and writes what it hands on.
    async fn write(&self, import: Option<&mut Import>, sha256: &str) -> Result<Done, ImportError> {
        let (send, receive) = mpsc::channel(4);
        let (path, bar) = (self.path.to_owned(), self.bar.clone());
        let reading = Reading { kind: self.options.kind.and_then(extract_of), today: today() };
        let reader = tokio::task::spawn_blocking(move || {
            read(&path, reading, &|bytes| bar.inc(bytes), &mut |piece| {
                match send.blocking_send(piece) {
                    Ok(()) => ControlFlow::Continue(()),
                    // The database failed; the writer says why.
                    Err(_) => ControlFlow::Break(()),
                }
            })
        });
        let written = self.copy(import, sha256, receive).await;
        let read = reader.await.map_err(|source| self.broken(source))?;
        // A file that is wrong may stop in the middle, and the copy with it.
        match (read, written) {
            (Err(report), _) => Ok(Err(report)),
            (Ok(_), Err(error)) => Err(error.into()),
            (Ok(_), Ok(outcome)) => Ok(Ok(outcome)),
        }
    }

    async fn copy(
        &self,
        import: Option<&mut Import>,
        sha256: &str,
        mut pieces: mpsc::Receiver<Piece>,
    ) -> Result<Option<FileOutcome>, RegisterError> {
        let Some(import) = import else {
            while pieces.recv().await.is_some() {}
            return Ok(None);
        };
        let kind = match pieces.recv().await {
            Some(Piece::Kind(extract)) => RecordKind::from_code(extract.name),
            _ => None,
        };
        let Some(record_kind) = kind else { return Ok(None) };
        let new = NewBatch {
            file_name: name(self.path),
            sha256: sha256.to_owned(),
            record_kind,
            simulated: self.options.simulated,
        };
        let mut batch = import.batch(new).await?;
        while let Some(piece) = pieces.recv().await {
            if let Piece::Rows(rows) = piece {
                batch.send(rows.as_bytes()).await?;
            }
        }
        let Imported { batch_id, rows, replaced } = batch.finish().await?;
        Ok(Some(FileOutcome {
            path: self.path.to_owned(),
            batch_id,
            kind: record_kind,
            rows,
            replaced,
            already_imported: false,
        }))
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ImportError> {
        tokio::task::spawn_blocking(work).await.map_err(|source| self.broken(source))
    }

    fn broken(&self, source: tokio::task::JoinError) -> ImportError {
        ImportError::Reader { path: self.path.to_owned(), source }
    }
}

/// The file's own name, without folders.
fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The hash of the file, which names it. `None` for a text with a row over the limit: it will be
/// refused, and nobody should wait for gigabytes to be hashed first.
fn sha256(path: &Path) -> Result<Option<String>, Stop> {
    let mut file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(Problem::file("this is not a file", "name the extract's files").into());
    }
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    let (mut workbook, mut row) = (None, 0);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(Some(HEXLOWER.encode(&hash.finalize())));
        }
        let piece = &buffer[..read];
        let workbook = *workbook.get_or_insert_with(|| is_workbook(piece));
        row = piece.iter().rev().position(|b| *b == b'\n').unwrap_or(row + read);
        if row > ROW_LIMIT && !workbook {
            return Ok(None);
        }
        hash.update(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::super::extract::EXTRACTS;
    use super::*;

    #[test]
    fn the_columns_of_the_extracts_are_those_that_the_register_copies() {
        assert_eq!(EXTRACTS.len(), RecordKind::ALL.len());
        for kind in RecordKind::ALL {
            let columns: Vec<_> =
                extract_of(kind).unwrap().columns.iter().map(|c| c.name).collect();
            assert_eq!(columns, kind.columns());
        }
    }
}
