//! A release bundle: a directory of plain files that outlives the application.
//!
//! | file | content |
//! |---|---|
//! | `manifest.json` | what the release is; every other file with its SHA-256; root of the figures |
//! | `checkpoint` | signed note over the log of releases up to this one |
//! | `manifest.tlog-proof` | that the manifest is the last entry of that log |
//! | `tables/ID.csv` | the figures, one a row |
//! | `tables/ID.csv-metadata.json` | CSV on the Web description of the columns |
//! | `tables.json` | the definitions of the tables, in order |
//! | `datapackage.json` | Frictionless description of the whole |
//! | `figures.json` | names of all members and items in both languages |
//! | `disclosure.json` | rules, and figures withheld by table |
//! | `gate.json` | what the gate looked at when it passed the release |
//! | `revisions.csv` | figures that differ from an earlier release |

mod describe;
mod read;
mod write;

use std::collections::BTreeMap;
use std::path::PathBuf;

use model::table::TableDefinition;
use model::{Cell, Dim, Reason, ReleaseId, Status, Text};
use proof::{
    Log, LogError, LogProof, Manifest, SignOff, State, Succession, Tree, TrustedLog, canonical_line,
};
use serde_json::Value;

use super::error::BuildError;
use super::keys::ORIGIN;

pub use read::read;
pub use write::{seal, write};

/// The signed description of the release.
pub const MANIFEST: &str = "manifest.json";
/// The signed state of the log.
pub const CHECKPOINT: &str = "checkpoint";
/// What proves that the manifest is in the log.
pub const LOG_PROOF: &str = "manifest.tlog-proof";

/// A table with its figures, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it counts, and where.
    pub definition: TableDefinition,
    /// The figures.
    pub cells: Vec<Cell>,
}

impl Table {
    /// Number of figures with `status`.
    pub fn count(&self, status: Status) -> usize {
        self.cells.iter().filter(|c| c.status == status).count()
    }
}

/// The content of a release, before it is signed.
#[derive(Clone, Debug)]
pub struct Release {
    /// Its name.
    pub id: ReleaseId,
    /// When it becomes public.
    pub visible_from: jiff::Timestamp,
    /// True for demonstration data.
    pub simulated: bool,
    /// Who answers for it.
    pub sign_off: SignOff,
    /// Why it revises what was published; absent in a first publication.
    pub reason: Option<Reason>,
    /// What readers should know of it.
    pub notes: Option<Text>,
    /// Tables, in order.
    pub tables: Vec<Table>,
    /// `disclosure.json`.
    pub disclosure: Value,
    /// `gate.json`.
    pub gate: Value,
}

/// A bundle as read back and checked against its manifest.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// Where it was read.
    pub dir: PathBuf,
    /// What it holds.
    pub release: Release,
    /// The manifest, byte for byte.
    pub manifest: String,
    /// The same, parsed.
    pub parsed: Manifest,
    /// Every file that the manifest lists, by its path, byte for byte.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The signed checkpoint.
    pub checkpoint: String,
    /// That the manifest is in the log of the checkpoint.
    pub log_proof: LogProof,
}

impl Bundle {
    /// Checks by itself that the bundle is the last entry of a log of releases signed by `verifier`.
    /// The state of that log.
    ///
    /// # Errors
    ///
    /// When the manifest, the checkpoint or the path between them is not what was signed, another key of
    /// the log signs it, or `verifier` is no key.
    pub fn verify(&self, verifier: &str) -> Result<State, BuildError> {
        // A key that is none is the caller's mistake; one in the manifest is the bundle's.
        Succession::default().trust(verifier)?;
        let state = self.verify_by_own_key()?;
        if self.parsed.key == verifier {
            Ok(state)
        } else {
            Err(self.not_signed(LogError::OtherKey { named: self.parsed.key.clone() }))
        }
    }

    fn verify_by_own_key(&self) -> Result<State, BuildError> {
        let log = TrustedLog { origin: ORIGIN, key: &self.parsed.key };
        let state = self.log_proof.check(self.manifest.as_bytes(), log);
        let state = state.map_err(|error| self.not_signed(error))?;
        if state.size == self.parsed.log_index + 1 {
            Ok(state)
        } else {
            let (size, index) = (state.size, self.parsed.log_index);
            Err(self.not_signed(LogError::NotLast { index, size }))
        }
    }

    /// Checks that the bundle is the last entry of `log`, signed by the key that is in force after
    /// `keys`, those of the entries before it, which it continues.
    ///
    /// # Errors
    ///
    /// As [`Bundle::verify`].
    pub fn verify_in(&self, log: &Log, keys: &mut Succession) -> Result<State, BuildError> {
        let signed = log.verify(&self.checkpoint, &self.parsed.key);
        signed.map_err(|error| self.not_signed(error))?;
        keys.push(&self.parsed).map_err(|error| self.not_signed(error))?;
        self.verify_by_own_key()
    }

    /// Checks that `verifier` is one of `keys`, those of the log up to this bundle.
    ///
    /// # Errors
    ///
    /// When it is none of them, or no key.
    pub fn trusted(&self, keys: &Succession, verifier: &str) -> Result<(), BuildError> {
        keys.trust(verifier).map_err(|error| match error {
            LogError::VerifierKey => BuildError::Log(error),
            error => self.not_signed(error),
        })
    }

    fn not_signed(&self, error: LogError) -> BuildError {
        BuildError::Bundle {
            bundle: self.dir.clone(),
            why: format!(
                "{MANIFEST}, {CHECKPOINT} and {LOG_PROOF} are not what was signed: {error}"
            ),
        }
    }
}

/// The columns of a table's file.
fn columns(definition: &TableDefinition) -> Vec<&'static str> {
    let dims = definition.dimensions();
    ["period"]
        .into_iter()
        .chain(dims.into_iter().map(Dim::code))
        .chain(["item", "unit", "value", "status"])
        .collect()
}

/// The tree over the figures of `tables`, in the order of the tables and of their files' rows.
///
/// # Errors
///
/// Never for a release that fits in memory.
pub fn tree(release: ReleaseId, tables: &[Table]) -> Result<Tree, BuildError> {
    let mut tree = Tree::default();
    for table in tables {
        for cell in &table.cells {
            let line = canonical_line(release, &table.definition.id, cell);
            tree.push(line.as_bytes()).map_err(BuildError::format("tree of figures"))?;
        }
    }
    Ok(tree)
}

/// Size and root of the tree over the figures of `tables`.
fn root(release: ReleaseId, tables: &[Table]) -> Result<(u64, String), BuildError> {
    let tree = tree(release, tables)?;
    Ok((tree.size(), tree.root_hex().map_err(BuildError::format("tree of figures"))?))
}
