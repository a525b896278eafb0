//! The manifest of a release: which files it has, with their hashes, and the root of the tree over
//! its figures. The manifest's bytes are an entry of the log of releases.

use model::{Period, ReleaseId};
use serde::{Deserialize, Serialize};

use crate::sha256_hex;

/// The manifest, `manifest.json` in the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Format of manifest and canonical lines.
    pub format: String,
    /// The release.
    pub release: ReleaseId,
    /// Its reference period.
    pub period: Period,
    /// First day of the period, ISO.
    pub period_start: String,
    /// Last day of the period, ISO.
    pub period_end: String,
    /// Moment from which it is public, RFC 3339.
    pub visible_from: String,
    /// True for demonstration data.
    pub simulated: bool,
    /// Number of figures (leaves), in the order of the tables and of their files' rows.
    pub figures: u64,
    /// Root of the Merkle tree over their canonical lines, hexadecimal.
    pub root: String,
    /// Position of this manifest in the log of releases, from 0.
    pub log_index: u64,
    /// Tables in their order.
    pub tables: Vec<String>,
    /// Every other file of the bundle, by path, except the checkpoint.
    pub files: Vec<FileEntry>,
}

/// A file of the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Path within the bundle, with `/`.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// The format name of manifests this version writes and reads.
pub const FORMAT: &str = "thanhhoa-complaints-release-v1";

impl FileEntry {
    /// The entry of a file.
    #[must_use]
    pub fn of(path: &str, content: &[u8]) -> Self {
        let bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
        Self { path: path.to_owned(), bytes, sha256: sha256_hex(content) }
    }

    /// True if `content` is what the entry describes.
    #[must_use]
    pub fn matches(&self, content: &[u8]) -> bool {
        *self == Self::of(&self.path, content)
    }
}
