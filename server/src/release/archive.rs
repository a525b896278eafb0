//! The archive of bundles on the restricted side: one directory a release, and the log over them.

use std::path::{Path, PathBuf};

use model::ReleaseId;
use proof::Log;

use super::bundle::{self, Bundle};
use super::error::BuildError;
use super::keys::ORIGIN;

/// The bundles built so far, in the order of the log.
#[derive(Debug)]
pub struct Archive {
    dir: PathBuf,
    bundles: Vec<Bundle>,
}

impl Archive {
    /// Reads and checks every bundle in `dir`; the log must be without gaps.
    ///
    /// # Errors
    ///
    /// When a bundle is damaged or one is missing.
    pub fn open(dir: &Path) -> Result<Self, BuildError> {
        let mut bundles = Vec::new();
        if dir.exists() {
            for entry in std::fs::read_dir(dir).map_err(BuildError::file(dir))? {
                let path = entry.map_err(BuildError::file(dir))?.path();
                let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
                if name.parse::<ReleaseId>().is_ok() {
                    bundles.push(bundle::read(&path)?);
                }
            }
        }
        bundles.sort_by_key(|b| b.parsed.log_index);
        for (index, bundle) in (0u64..).zip(&bundles) {
            if bundle.parsed.log_index != index {
                return Err(BuildError::Bundle {
                    bundle: dir.to_owned(),
                    why: format!("entry {index} of the log of releases is missing"),
                });
            }
        }
        Ok(Self { dir: dir.to_owned(), bundles })
    }

    /// Checks that every manifest is the one that `verifier` signed, in this order.
    ///
    /// # Errors
    ///
    /// Names the first bundle whose manifest or checkpoint was changed.
    pub fn verify(&self, verifier: &str) -> Result<(), BuildError> {
        let mut log = Log::new(ORIGIN);
        for bundle in &self.bundles {
            log.push(&bundle.manifest)?;
            bundle.verify(&self.path(bundle.release.id), &log, verifier)?;
        }
        Ok(())
    }

    /// Where the bundle of `release` belongs.
    pub fn path(&self, release: ReleaseId) -> PathBuf {
        self.dir.join(release.to_string())
    }

    /// Where the certificates of `release` belong: beside the archive, as they never leave the
    /// restricted side.
    pub fn certificates(&self, release: ReleaseId) -> PathBuf {
        self.dir.with_file_name("certificates").join(format!("{release}.json"))
    }

    /// The bundles, oldest first.
    pub fn bundles(&self) -> &[Bundle] {
        &self.bundles
    }

    /// True if `release` was built.
    pub fn contains(&self, release: ReleaseId) -> bool {
        self.bundles.iter().any(|b| b.release.id == release)
    }

    /// The log of the first `entries` releases.
    ///
    /// # Errors
    ///
    /// Never for a log that fits in memory.
    pub fn log(&self, entries: usize) -> Result<Log, BuildError> {
        let mut log = Log::new(ORIGIN);
        for bundle in self.bundles.iter().take(entries) {
            log.push(&bundle.manifest)?;
        }
        Ok(log)
    }
}
