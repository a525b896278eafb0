//! What its user knows of the log from elsewhere, `--against`.

use std::path::{Path, PathBuf};

use proof::log::read_checkpoint;
use proof::{State, TrustedLog};

use super::{Releases, VerifyError, is_bundle};
use crate::release::releases::read_bundle;

/// A state of the log, or the whole log.
#[derive(Debug)]
pub(super) struct Known {
    path: PathBuf,
    what: What,
}

#[derive(Debug)]
enum What {
    State(State),
    Releases(Releases),
}

impl Known {
    /// Reads the checkpoint, the bundle or the folder of bundles at `path`, signed by one of `keys`, of
    /// which there is at least one: the first is the one that its user trusts.
    pub(super) fn read(path: &Path, keys: &[&str]) -> Result<Self, VerifyError> {
        let key = keys.first().copied().unwrap_or_default();
        let what = if is_bundle(path) {
            let bundle = read_bundle(path)?;
            let own = keys.iter().find(|known| **known == bundle.parsed.key);
            What::State(bundle.verify(own.unwrap_or(&key))?)
        } else if path.is_dir() {
            let releases = Releases::read(&[path.to_owned()])?;
            releases.verify(key)?;
            if releases.bundles().is_empty() {
                return Err(crate::release::BuildError::NoBundle(vec![path.to_owned()]).into());
            }
            What::Releases(releases)
        } else {
            let text = std::fs::read_to_string(path)
                .map_err(|source| VerifyError::File { path: path.to_owned(), source })?;
            let origin = TrustedLog::of(key).origin;
            let mut signed = read_checkpoint(&text, origin, key);
            for other in keys.iter().skip(1) {
                signed = signed.or_else(|first| {
                    read_checkpoint(&text, origin, other).map_err(|_not_this_either| first)
                });
            }
            let signed =
                signed.map_err(|source| VerifyError::Known { path: path.to_owned(), source })?;
            What::State(State { size: signed.size(), root: proof::hex(signed.hash()) })
        };
        Ok(Self { path: path.to_owned(), what })
    }

    /// Compares it with the state of the log that `path` proves. What held, in words.
    pub(super) fn compare(&self, path: &Path, state: &State) -> Result<String, VerifyError> {
        let size = state.size;
        let (known_size, root) = match &self.what {
            What::State(known) => (known.size, (known.size == size).then(|| known.root.clone())),
            What::Releases(releases) => (entries(releases), root_of(releases, size)?),
        };
        let (path, known) = (path.to_owned(), self.path.clone());
        match root {
            None => Err(VerifyError::Incomparable { path, known, size, known_size }),
            Some(root) if root != state.root => Err(VerifyError::Forked { path, known, size }),
            Some(_) => {
                let newer = known_size - size;
                let newer = match newer {
                    0 => String::new(),
                    n => format!("; {n} newer ones follow there"),
                };
                Ok(format!("ok  its log of {size} releases is that of {}{newer}", known.display()))
            }
        }
    }

    /// Compares it with all releases in the folder `path`, which are verified. What held, in words.
    pub(super) fn compare_all(
        &self,
        path: &Path,
        releases: &Releases,
    ) -> Result<String, VerifyError> {
        let now = entries(releases);
        let (before, root) = match &self.what {
            What::State(known) => (known.size, Some(known.root.clone())),
            What::Releases(known) => {
                let before = entries(known);
                (before, root_of(known, before)?)
            }
        };
        let (path, known) = (path.to_owned(), self.path.clone());
        if before > now {
            return Err(VerifyError::CutOff { path, known, now, before });
        }
        if root_of(releases, before)? != root {
            return Err(VerifyError::Forked { path, known, size: before });
        }
        Ok(format!("ok  its first {before} releases are those of {}", known.display()))
    }
}

fn entries(releases: &Releases) -> u64 {
    u64::try_from(releases.bundles().len()).unwrap_or(u64::MAX)
}

/// The root over the first `size` releases; `None` if there are fewer.
fn root_of(releases: &Releases, size: u64) -> Result<Option<String>, VerifyError> {
    let there = usize::try_from(size).ok().filter(|&n| n <= releases.bundles().len());
    let Some(size) = there else { return Ok(None) };
    let state = releases.log(size)?.state().map_err(crate::release::BuildError::from)?;
    Ok(Some(state.root))
}
