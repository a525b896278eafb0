//! What makes a release checkable by anyone: the canonical line of a figure, the Merkle tree over
//! all figures of a release, the manifest of its files, and the signed log of releases.
//!
//! Pure: no file system, no network, no clock; it also runs in the browser.
//!
//! - Leaves and nodes are hashed as in RFC 6962.
//! - The log of releases is a C2SP tlog whose entries are manifests; its checkpoint is a C2SP
//!   signed note with an Ed25519 signature, so that any conforming tool can check it.

pub mod canonical;
pub mod log;
pub mod manifest;
pub mod tree;

pub use canonical::{FigureId, canonical_line, figure_id};
pub use log::{Log, LogError, LogKey};
pub use manifest::{FileEntry, Manifest};
pub use tree::Tree;

use sha2::{Digest, Sha256};

/// SHA-256 of `bytes` in lower-case hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}
