//! The archive of bundles on the restricted side: one directory a release, and the log over them.

use std::path::{Path, PathBuf};

use model::ReleaseId;
use proof::{Log, Succession};

use super::bundle::Bundle;
use super::error::BuildError;
use super::releases::Releases;

/// The bundles built so far, in the order of the log.
#[derive(Debug)]
pub struct Archive {
    dir: PathBuf,
    releases: Releases,
}

impl Archive {
    /// Reads and checks every bundle in `dir`; the log must be without gaps.
    ///
    /// # Errors
    ///
    /// As [`Releases::read`].
    pub fn open(dir: &Path) -> Result<Self, BuildError> {
        let dirs = if dir.exists() { vec![dir.to_owned()] } else { Vec::new() };
        Ok(Self { dir: dir.to_owned(), releases: Releases::read(&dirs)? })
    }

    /// Checks that every manifest is the one that was signed, in this order, by keys of which `verifier` is
    /// one. The keys.
    ///
    /// # Errors
    ///
    /// As [`Releases::verify`].
    pub fn verify(&self, verifier: &str) -> Result<Succession, BuildError> {
        self.releases.verify(verifier)
    }

    /// Where the bundle of `release` belongs.
    pub fn path(&self, release: ReleaseId) -> PathBuf {
        self.dir.join(release.to_string())
    }

    /// Where belongs what is kept of `release` beside its bundle: it never leaves the restricted side.
    pub fn restricted(&self, release: ReleaseId) -> PathBuf {
        self.dir.with_file_name("restricted").join(release.to_string())
    }

    /// The bundles, oldest first.
    pub fn bundles(&self) -> &[Bundle] {
        self.releases.bundles()
    }

    /// True if `release` was built.
    pub fn contains(&self, release: ReleaseId) -> bool {
        self.releases.contains(release)
    }

    /// The log of the first `entries` releases.
    ///
    /// # Errors
    ///
    /// As [`Releases::log`].
    pub fn log(&self, entries: usize) -> Result<Log, BuildError> {
        self.releases.log(entries)
    }
}
