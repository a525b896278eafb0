//! `portal protect` and `portal audit`: disclosure control for any hierarchical count table, without
//! a database.

pub mod audit;
mod columns;
pub mod cube;
mod mask;
mod outputs;
pub mod spec;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use disclosure::gate::{self, GateInput};
use disclosure::{Problem, Status, protect};

use self::cube::Cube;
use self::outputs::Timings;
use self::spec::Plan;

/// A table could not be protected or audited.
#[derive(Debug, thiserror::Error)]
pub enum ProtectError {
    /// A file can't be read or written.
    #[error("{}: {source}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file as a whole is not what is needed.
    #[error("{}: {why}", .path.display())]
    Spec {
        /// The file.
        path: PathBuf,
        /// What is wrong, and the remedy.
        why: String,
    },
    /// A row is wrong.
    #[error("{}: row {row}, column {column}, value `{value}` {why}", .file.display())]
    Row {
        /// The file.
        file: PathBuf,
        /// Its row, the header being 1.
        row: u64,
        /// Name of the column.
        column: String,
        /// What stands there.
        value: String,
        /// What is wrong, and the remedy.
        why: String,
    },
    /// The cells do not fit together.
    #[error("the tables do not fit together: {0}")]
    Model(#[from] disclosure::ModelError),
    /// Protection is impossible as asked.
    #[error("{0}")]
    Refused(#[from] disclosure::Refusal),
    /// The audit of a mask found that it gives sensitive cells away.
    #[error("{0}: the mask is not safe")]
    Exposed(audit::Audited),
    /// The mask did not pass the gate.
    #[error("the gate refuses the mask, with {} failures, first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    Gate(Vec<gate::Failure>),
}

impl ProtectError {
    /// For `map_err` on file operations.
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::File { path: path.to_owned(), source }
    }

    pub(crate) fn spec(path: &Path, why: impl std::fmt::Display) -> Self {
        Self::Spec { path: path.to_owned(), why: why.to_string() }
    }
}

/// How many cells of a mask are what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Published cells.
    pub cells: usize,
    /// Withheld for being sensitive.
    pub primary: usize,
    /// Withheld to protect those.
    pub secondary: usize,
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { cells, primary, secondary } = self;
        write!(f, "{cells} cells: {primary} withheld as small, {secondary} to protect them")
    }
}

/// Protects the counts of `data` as `spec` says and writes mask, report, reasons and timings into
/// `out`, which must not exist yet.
///
/// # Errors
///
/// When a file is wrong, protection is impossible, or the mask doesn't pass the gate. Nothing is
/// left behind then.
pub fn run(spec: &Path, data: &Path, out: &Path) -> Result<Summary, ProtectError> {
    if out.exists() {
        return Err(ProtectError::spec(out, "exists already: name a new directory"));
    }
    let mut timings = Timings::default();
    let mut clock = Instant::now();
    let plan = Plan::read(spec)?;
    let cube = Cube::read(&plan, data)?;
    timings.lap("read", &mut clock);
    let problem = Problem::build(&cube.population)?;
    timings.lap("relations", &mut clock);
    let policy = plan.policy();
    let mask = protect(&problem, &policy)?;
    timings.lap("protect", &mut clock);
    let mut input = GateInput::of(&cube.population, policy.zeros, |cell| {
        (mask.statuses[cell] == Status::Shown).then_some(cube.population.cells[cell].value)
    });
    input.certificates = Some(mask.certificates.clone());
    input.room = Some(i64::from(plan.spec.width));
    gate::check(&input).map_err(ProtectError::Gate)?;
    timings.lap("gate", &mut clock);

    fs::create_dir_all(out).map_err(ProtectError::file(out))?;
    let written = outputs::write(out, &plan, &cube, &problem, &mask, &timings);
    if let Err(error) = written {
        // The failure itself matters more than a leftover directory.
        let _ = fs::remove_dir_all(out);
        return Err(error);
    }
    Ok(outputs::summary(&cube, &mask))
}
