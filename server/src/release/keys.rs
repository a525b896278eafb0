//! The restricted side's secrets: the keys that sign the log of releases, and the key that hides
//! the identities of records and breaks ties in disclosure control.
//!
//! A signing key is replaced by way of the log: `portal key rotate` makes the next one, the next release
//! announces it, and from the one after that on it signs. `portal key retire` deletes what signs no more.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use data_encoding::HEXLOWER_PERMISSIVE;
use proof::{LogKey, Succession};
use rand_core::{OsRng, RngCore as _};
use serde::{Deserialize, Serialize};

use super::durable;
use super::error::BuildError;

/// The name of the log of releases.
pub const ORIGIN: &str = "thanhhoa-complaints-portal/releases";

/// The secrets' file, and what it is called until it is whole.
const FILE: &str = "release.json";
const NEW: &str = ".release.json.new";

/// The disclosure key of the demonstration: public, so that anyone gets the same releases from the
/// same simulated register. Real releases need a secret one.
const DEMONSTRATION_KEY: [u8; 16] = *b"simulated data!!";

/// The secrets, `keys/release.json`.
pub struct Keys {
    /// Sign the log.
    pub log: KeyRing,
    /// Keys fingerprints and ties.
    pub disclosure: [u8; 16],
}

/// The signing keys that are held, in the order in which they sign: never none.
pub struct KeyRing(Vec<LogKey>);

/// What signs the next entry of a log.
pub struct Signing<'a> {
    /// The key that signs it.
    pub key: &'a LogKey,
    /// The key that it announces, which signs the entries after it.
    pub next: Option<&'a LogKey>,
}

impl KeyRing {
    /// A public key that the log of these keys can be trusted by: the oldest that is held.
    pub fn verifier(&self) -> &str {
        self.0.first().map_or("", LogKey::verifier)
    }

    /// The public keys.
    pub fn verifiers(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(LogKey::verifier)
    }

    /// What signs the next entry of the log with the keys `succession`.
    ///
    /// # Errors
    ///
    /// When the key that is in force there is not held.
    pub fn signing(&self, succession: &Succession) -> Result<Signing<'_>, BuildError> {
        let at = self.position(succession)?;
        Ok(Signing { key: &self.0[at], next: self.0.get(at + 1) })
    }

    fn position(&self, succession: &Succession) -> Result<usize, BuildError> {
        let Some(in_force) = succession.in_force() else { return Ok(0) };
        let at = self.verifiers().position(|held| held == in_force);
        at.ok_or_else(|| BuildError::NoSigner(in_force.to_owned()))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Oldest first.
    log: Vec<Pair>,
    disclosure: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    signer: String,
    verifier: String,
}

impl Keys {
    /// Reads the keys in `dir`, or makes them on first use.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written, or holds no keys.
    pub fn open(dir: &Path, simulated: bool) -> Result<Self, BuildError> {
        let (path, new) = (dir.join(FILE), dir.join(NEW));
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
        let path = dir.join(FILE);
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
        let pairs = file.log.iter().map(|pair| LogKey::new(&pair.signer, &pair.verifier));
        let log: Vec<LogKey> = pairs.collect::<Result<_, _>>()?;
        if log.is_empty() {
            let why = "`log` holds no key".to_owned();
            return Err(BuildError::Format { what: path.display().to_string(), why });
        }
        Ok(Self { log: KeyRing(log), disclosure })
    }

    /// Makes the key that signs the log with keys `succession` after the one that is in force, and keeps it
    /// in `dir`. Its public part.
    ///
    /// # Errors
    ///
    /// When one waits to take over already, the key in force is not held, or the file can't be written.
    pub fn rotate(dir: &Path, succession: &Succession) -> Result<String, BuildError> {
        let mut keys = Self::read(dir)?;
        if let Some(next) = keys.log.signing(succession)?.next {
            return Err(BuildError::KeyWaits(next.verifier().to_owned()));
        }
        let key = LogKey::generate(ORIGIN, &mut OsRng);
        let verifier = key.verifier().to_owned();
        keys.log.0.push(key);
        keys.replace(dir)?;
        Ok(verifier)
    }

    /// Deletes from `dir` the keys that sign no entry any more of the log with keys `succession`. Their
    /// public parts.
    ///
    /// # Errors
    ///
    /// When the key in force is not held, it has not signed an entry yet, or the file can't be written.
    pub fn retire(dir: &Path, succession: &Succession) -> Result<Vec<String>, BuildError> {
        let mut keys = Self::read(dir)?;
        let mut at = keys.log.position(succession)?;
        // As long as it has signed nothing, who trusts it alone could check nothing.
        if succession.keys().last() != succession.in_force() {
            at = at.saturating_sub(1);
        }
        let retired: Vec<LogKey> = keys.log.0.drain(..at).collect();
        if !retired.is_empty() {
            keys.replace(dir)?;
        }
        Ok(retired.iter().map(|key| key.verifier().to_owned()).collect())
    }

    /// Makes keys and writes them to `path`, by way of `new` beside it, so that they are never half there.
    fn create(new: &Path, path: &Path, simulated: bool) -> Result<(), BuildError> {
        let dir = path.parent().unwrap_or(path);
        fs::create_dir_all(dir).map_err(BuildError::file(dir))?;
        let log = KeyRing(vec![LogKey::generate(ORIGIN, &mut OsRng)]);
        let mut disclosure = DEMONSTRATION_KEY;
        if !simulated {
            OsRng.fill_bytes(&mut disclosure);
        }
        Self { log, disclosure }.write_new(new)?;
        fail::fail_point!("release::keys::before_naming");
        // Unlike a rename, this never takes the place of keys that are there.
        fs::hard_link(new, path).map_err(BuildError::file(path))?;
        fail::fail_point!("release::keys::after_naming");
        durable::sync_dir(dir)
    }

    /// Puts these keys in place of those in `dir`, at once.
    fn replace(&self, dir: &Path) -> Result<(), BuildError> {
        let new = dir.join(NEW);
        self.write_new(&new)?;
        fail::fail_point!("release::keys::before_replacing");
        durable::rename(&new, &dir.join(FILE))
    }

    /// Writes a file that only its owner can read, in place of one that an interrupted run left.
    fn write_new(&self, path: &Path) -> Result<(), BuildError> {
        let pair = |key: &LogKey| Pair {
            signer: key.signer().to_owned(),
            verifier: key.verifier().to_owned(),
        };
        let file = File {
            log: self.log.0.iter().map(pair).collect(),
            disclosure: HEXLOWER_PERMISSIVE.encode(&self.disclosure),
        };
        let text = serde_json::to_string_pretty(&file).map_err(BuildError::format("keys"))?;
        let write = || {
            if path.exists() {
                fs::remove_file(path)?;
            }
            let mut options = fs::OpenOptions::new();
            let mut file = options.write(true).create_new(true).mode(0o600).open(path)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        };
        write().map_err(BuildError::file(path))
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
