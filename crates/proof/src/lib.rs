//! What makes a release checkable by anyone: the canonical line of a figure, the Merkle tree over
//! all figures of a release, the manifest of its files, and the signed log of releases.
//!
//! - [`evidence`] holds a figure with all that proves it, and checks it step by step.
//! - [`log_proof`] holds what proves that a release is in the log.
//! - [`succession`] says which key signs it, and how another takes over.
//!
//! Pure: no file system, no network, no clock; it also runs in the browser.
//!
//! - Leaves and nodes are hashed as in RFC 6962.
//! - The log of releases is a C2SP tlog whose entries are manifests; its checkpoint is a C2SP
//!   signed note with an Ed25519 signature, so that any conforming tool can check it.

pub mod canonical;
pub mod evidence;
pub mod log;
pub mod log_proof;
pub mod manifest;
pub mod succession;
pub mod tree;

pub use canonical::{FigureId, Line, canonical_line, figure_id};
pub use evidence::{Evidence, FigureFile, Handover, History, TrustedLog};
pub use log::{Log, LogError, LogKey, State};
pub use log_proof::LogProof;
pub use manifest::{FileEntry, Manifest, SignOff};
pub use succession::Succession;
pub use tree::{Places, Tree};

use sha2::{Digest, Sha256};
use tlog_tiles::tlog::Hash;

/// A hash in lower-case hexadecimal.
#[must_use]
pub fn hex(hash: &Hash) -> String {
    data_encoding::HEXLOWER.encode(&hash.0)
}

/// The hash that is written as `text`; `None` if it is none.
#[must_use]
pub fn hash_of(text: &str) -> Option<Hash> {
    let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?;
    bytes.try_into().ok().map(Hash)
}

/// SHA-256 of `bytes` in lower-case hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}
