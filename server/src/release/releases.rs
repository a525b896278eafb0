//! Bundles in the order of the log of releases.

use std::path::{Path, PathBuf};

use model::ReleaseId;
use proof::{Log, Succession};

use super::bundle::{self, Bundle};
use super::changes::{self, Newest};
use super::error::BuildError;
use super::keys::ORIGIN;

/// Every bundle of a log, from its first entry on.
#[derive(Debug)]
pub struct Releases(Vec<Bundle>);

impl Releases {
    /// Reads and checks what is in `dirs`, each of them a bundle or a folder of bundles, in any order.
    ///
    /// # Errors
    ///
    /// When a bundle is damaged, stands under another release's name, comes twice or is missing.
    pub fn read(dirs: &[PathBuf]) -> Result<Self, BuildError> {
        let mut bundles = Vec::new();
        for dir in dirs {
            for path in if is_bundle(dir) { vec![dir.clone()] } else { bundles_in(dir)? } {
                bundles.push(read_bundle(&path)?);
            }
        }
        bundles.sort_by_key(|b| b.parsed.log_index);
        for (index, bundle) in (0u64..).zip(&bundles) {
            let found = bundle.parsed.log_index;
            if found != index {
                let why = if found > index {
                    format!("entry {index} of the log of releases is missing before it")
                } else {
                    format!("entry {found} of the log of releases is there twice")
                };
                return Err(BuildError::Bundle { bundle: bundle.dir.clone(), why });
            }
        }
        Ok(Self(bundles))
    }

    /// Checks that every manifest is the one that was signed, in this order, by keys that took over from
    /// one another and of which `verifier` is one; and that every release lists the published figures that
    /// it changes. The keys.
    ///
    /// # Errors
    ///
    /// Names the first bundle whose manifest or checkpoint was changed, or that changes a figure in
    /// silence.
    pub fn verify(&self, verifier: &str) -> Result<Succession, BuildError> {
        let mut log = Log::new(ORIGIN);
        let mut keys = Succession::default();
        let mut newest = Newest::default();
        for bundle in &self.0 {
            log.push(bundle.manifest.as_bytes())?;
            bundle.verify_in(&log, &mut keys)?;
            changes::check(&newest, bundle)?;
            newest.publish(&bundle.release);
        }
        if let Some(last) = self.0.last() {
            last.trusted(&keys, verifier)?;
        }
        Ok(keys)
    }

    /// The bundles, oldest first.
    pub fn bundles(&self) -> &[Bundle] {
        &self.0
    }

    /// The same.
    pub fn into_bundles(self) -> Vec<Bundle> {
        self.0
    }

    /// True if `release` is among them.
    pub fn contains(&self, release: ReleaseId) -> bool {
        self.0.iter().any(|b| b.release.id == release)
    }

    /// The log of the first `entries` releases.
    ///
    /// # Errors
    ///
    /// Never for a log that fits in memory.
    pub fn log(&self, entries: usize) -> Result<Log, BuildError> {
        let mut log = Log::new(ORIGIN);
        for bundle in self.0.iter().take(entries) {
            log.push(bundle.manifest.as_bytes())?;
        }
        Ok(log)
    }
}

/// True if `dir` is a bundle itself, not a folder of bundles.
pub fn is_bundle(dir: &Path) -> bool {
    dir.join(bundle::MANIFEST).is_file()
}

/// The folders in `dir` with the name of a release.
fn bundles_in(dir: &Path) -> Result<Vec<PathBuf>, BuildError> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(BuildError::file(dir))? {
        let path = entry.map_err(BuildError::file(dir))?.path();
        if release_of(&path).is_some() {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// The release that `dir` is named after.
fn release_of(dir: &Path) -> Option<ReleaseId> {
    dir.file_name()?.to_str()?.parse().ok()
}

/// Reads the bundle in `dir` and checks it against its manifest.
///
/// # Errors
///
/// As [`bundle::read`]; and when the folder has the name of another release.
pub fn read_bundle(dir: &Path) -> Result<Bundle, BuildError> {
    let bundle = bundle::read(dir)?;
    match release_of(dir) {
        Some(name) if name != bundle.release.id => Err(BuildError::Bundle {
            bundle: dir.to_owned(),
            why: format!("it holds the release {}, not that of its name", bundle.release.id),
        }),
        _ => Ok(bundle),
    }
}
