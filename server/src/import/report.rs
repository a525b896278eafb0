//! What is wrong with the files, said so that whoever sent them can put it right: file, row,
//! column, value, what is wrong, remedy. Values are redacted: the report may be mailed around.

use std::fmt;
use std::path::PathBuf;

use super::extract::Extract;

/// How many problems of a file are listed; the rest is counted.
pub const LISTED: usize = 100;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Row as in the spreadsheet, the header being row 1; `None` if the file as a whole is wrong.
    pub row: Option<u64>,
    /// The column's headers.
    pub column: Option<String>,
    /// The value, redacted.
    pub value: Option<String>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Problem {
    /// A problem of the file as a whole.
    pub(crate) fn file(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { row: None, column: None, value: None, what: what.into(), remedy: remedy.into() }
    }

    /// A problem of a row.
    pub(crate) fn row(row: u64, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { row: Some(row), ..Self::file(what, remedy) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut place = Vec::new();
        place.extend(self.row.map(|r| format!("row {r}")));
        place.extend(self.column.as_ref().map(|c| format!("column {c}")));
        place.extend(self.value.as_ref().map(|v| format!("value `{v}`")));
        if !place.is_empty() {
            write!(f, "{}: ", place.join(", "))?;
        }
        write!(f, "{}. Remedy: {}.", self.what, self.remedy)
    }
}

/// The problems of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// The file as it was named on the command line.
    pub path: PathBuf,
    /// The first [`LISTED`] problems.
    pub problems: Vec<Problem>,
    /// How many more there are.
    pub more: u64,
}

impl fmt::Display for FileReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        for problem in &self.problems {
            writeln!(f, "{path}: {problem}")?;
        }
        if self.more > 0 {
            writeln!(f, "{path}: and {} more", self.more)?;
        }
        Ok(())
    }
}

/// The problems of all files of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The files with problems.
    pub files: Vec<FileReport>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for file in &self.files {
            write!(f, "{file}")?;
        }
        f.write_str("Nothing was imported.")
    }
}

/// Collects the problems of a file as it is read.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    listed: Vec<Problem>,
    more: u64,
}

impl Problems {
    pub(crate) fn push(&mut self, problem: Problem) {
        if self.listed.len() < LISTED {
            self.listed.push(problem);
        } else {
            self.more += 1;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    pub(crate) fn count(&self) -> u64 {
        self.more + u64::try_from(self.listed.len()).unwrap_or(u64::MAX)
    }

    pub(crate) fn into_report(self, path: PathBuf) -> FileReport {
        FileReport { path, problems: self.listed, more: self.more }
    }
}

/// Where the rules of one row put what they find.
pub(crate) struct Findings<'a> {
    pub(crate) problems: &'a mut Problems,
    pub(crate) extract: &'static Extract,
    pub(crate) row: u64,
}

impl Findings<'_> {
    /// Adds a problem of the column with the English name `column`; `value` is already redacted.
    pub(crate) fn add(
        &mut self,
        column: &str,
        value: Option<String>,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let title = self.extract.columns.iter().find(|c| c.name == column).map(|c| c.title());
        self.problems.push(Problem {
            row: Some(self.row),
            column: title,
            value,
            what: what.into(),
            remedy: remedy.into(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_problems_are_listed_and_the_rest_counted() {
        let mut problems = Problems::default();
        for row in 2..=142 {
            problems.push(Problem::row(row, "wrong", "put it right"));
        }
        let report = Report { files: vec![problems.into_report("a.csv".into())] }.to_string();
        assert_eq!(report.matches("wrong").count(), 100);
        assert!(report.starts_with("a.csv: row 2: wrong. Remedy: put it right.\n"));
        assert!(report.ends_with("a.csv: and 41 more\nNothing was imported."), "{report}");
    }
}
