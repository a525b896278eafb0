//! What is wrong with a file of boundaries: feature, property, value, what is wrong, remedy.

use std::fmt;
use std::path::{Path, PathBuf};

/// How many problems are listed; the rest is counted.
const LISTED: usize = 100;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Feature, counted from 1; `None` if the file as a whole is wrong.
    pub feature: Option<usize>,
    /// The property that holds its code.
    pub property: Option<String>,
    /// Its code.
    pub value: Option<String>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Problem {
    /// A problem of the file as a whole.
    pub fn file(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        let (what, remedy) = (what.into(), remedy.into());
        Self { feature: None, property: None, value: None, what, remedy }
    }

    /// A problem of the feature `number`.
    pub fn feature(number: usize, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { feature: Some(number), ..Self::file(what, remedy) }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn remedy(self, remedy: impl Into<String>) -> Self {
        Self { remedy: remedy.into(), ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut place = Vec::new();
        place.extend(self.feature.map(|n| format!("feature {n}")));
        place.extend(self.property.as_ref().map(|p| format!("property `{p}`")));
        place.extend(self.value.as_ref().map(|v| format!("value `{v}`")));
        if !place.is_empty() {
            write!(f, "{}: ", place.join(", "))?;
        }
        write!(f, "{}. Remedy: {}.", self.what, self.remedy)
    }
}

/// The problems of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    listed: Vec<Problem>,
    more: usize,
}

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        if self.listed.len() < LISTED {
            self.listed.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// Itself, unless it is empty.
    #[must_use]
    pub fn some(self) -> Option<Self> {
        (!self.listed.is_empty()).then_some(self)
    }

    /// The error about the file at `path`.
    #[must_use]
    pub fn rejected(self, path: &Path) -> GeometryError {
        GeometryError::Rejected(Report { path: path.to_owned(), problems: self })
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self { listed: vec![problem], more: 0 }
    }
}

/// The problems of a file with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    path: PathBuf,
    problems: Problems,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        for problem in &self.problems.listed {
            writeln!(f, "{path}: {problem}")?;
        }
        if self.problems.more > 0 {
            writeln!(f, "{path}: and {} more", self.problems.more)?;
        }
        f.write_str("Nothing was imported.")
    }
}

/// Boundaries were not imported; what was drawn before still is.
#[derive(Debug, thiserror::Error)]
pub enum GeometryError {
    /// The file is wrong.
    #[error("{0}")]
    Rejected(Report),
    /// The file can't be read.
    #[error("{}: {source}", .path.display())]
    File {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A source that says nothing.
    #[error(
        "--source is empty. Remedy: say whose boundaries these are; it is printed under each map"
    )]
    NoSource,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_problems_are_listed_and_the_rest_counted() {
        let mut problems = Problems::default();
        for number in 1..=141 {
            problems.push(Problem::feature(number, "wrong", "put it right"));
        }
        let report = problems.rejected(Path::new("a.json")).to_string();
        assert_eq!(report.matches("wrong").count(), 100);
        assert!(report.starts_with("a.json: feature 1: wrong. Remedy: put it right.\n"));
        assert!(report.ends_with("a.json: and 41 more\nNothing was imported."), "{report}");
    }
}
