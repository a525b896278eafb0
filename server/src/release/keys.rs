//! The restricted side's secrets: the key that signs the log of releases, and the key that hides
//! the identities of records and breaks ties in disclosure control.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use data_encoding::HEXLOWER_PERMISSIVE;
use proof::LogKey;
use rand_core::{OsRng, RngCore as _};
use serde::{Deserialize, Serialize};

use super::durable;
use super::error::BuildError;

/// The name of the log of releases.
pub const ORIGIN: &str = "thanhhoa-complaints-portal/releases";

/// The disclosure key of the demonstration: public, so that anyone gets the same releases from the
/// same simulated register. Real releases need a secret one.
const DEMONSTRATION_KEY: [u8; 16] = *b"simulated data!!";

/// The secrets, `keys/release.json`.
pub struct Keys {
    /// Signs the log.
    pub log: LogKey,
    /// Keys fingerprints and ties.
    pub disclosure: [u8; 16],
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    signer: String,
    verifier: String,
    disclosure: String,
}

impl Keys {
    /// Reads the keys in `dir`, or makes them on first use.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written, or holds no keys.
    pub fn open(dir: &Path, simulated: bool) -> Result<Self, BuildError> {
        let path = dir.join("release.json");
        let new = dir.join(".release.json.new");
        if !path.exists() {
            Self::create(&new, &path, simulated)?;
        }
        // Also where an interrupted run left it: keys must not lie about under a second name.
        let _ = fs::remove_file(new);
        Self::read(dir)
    }

    /// Reads the keys in `dir`.
    ///
    /// # Errors
    ///
    /// When there are none, or the file holds no keys.
    pub fn read(dir: &Path) -> Result<Self, BuildError> {
        let path = dir.join("release.json");
        let text = fs::read_to_string(&path).map_err(BuildError::file(&path))?;
        let name = path.display().to_string();
        let file: File = serde_json::from_str(&text).map_err(BuildError::format(&name))?;
        let disclosure = HEXLOWER_PERMISSIVE
            .decode(file.disclosure.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| BuildError::Format {
                what: name,
                why: "`disclosure` is not 32 hexadecimal digits".into(),
            })?;
        Ok(Self { log: LogKey::new(&file.signer, &file.verifier)?, disclosure })
    }

    /// Makes keys and writes them to `path`, by way of `new` beside it, so that they are never half there.
    fn create(new: &Path, path: &Path, simulated: bool) -> Result<(), BuildError> {
        let dir = path.parent().unwrap_or(path);
        fs::create_dir_all(dir).map_err(BuildError::file(dir))?;
        let log = LogKey::generate(ORIGIN, &mut OsRng);
        let mut disclosure = DEMONSTRATION_KEY;
        if !simulated {
            OsRng.fill_bytes(&mut disclosure);
        }
        let file = File {
            signer: log.signer().to_owned(),
            verifier: log.verifier().to_owned(),
            disclosure: HEXLOWER_PERMISSIVE.encode(&disclosure),
        };
        let text = serde_json::to_string_pretty(&file).map_err(BuildError::format("keys"))?;
        Self::write_new(new, &text).map_err(BuildError::file(new))?;
        fail::fail_point!("release::keys::before_naming");
        // Unlike a rename, this never takes the place of keys that are there.
        fs::hard_link(new, path).map_err(BuildError::file(path))?;
        fail::fail_point!("release::keys::after_naming");
        durable::sync_dir(dir)
    }

    /// Writes a file that only its owner can read, in place of one that an interrupted run left.
    fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
        if path.exists() {
            fs::remove_file(path)?;
        }
        let mut options = fs::OpenOptions::new();
        let mut file = options.write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn keys_are_made_once_and_only_their_owner_reads_them() {
        let dir = tempfile::tempdir().unwrap();
        let first = Keys::open(dir.path(), false).unwrap();
        let again = Keys::open(dir.path(), false).unwrap();
        assert_eq!(first.log.verifier(), again.log.verifier());
        assert_eq!(first.disclosure, again.disclosure);
        assert_ne!(first.disclosure, DEMONSTRATION_KEY);
        let mode = fs::metadata(dir.path().join("release.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn damaged_keys_are_refused_by_name() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("release.json"), "{}").unwrap();
        let error = Keys::open(dir.path(), false).err().unwrap().to_string();
        assert!(error.contains("release.json"), "{error}");
    }
}
