//! What is kept of a release beside the archive of bundles, never in a bundle: which batches of the
//! register it counts, and its certificates: for every sensitive figure, walks through other values
//! that what is shown allows. The gate follows them.
//!
//! Restricted, like the register: whoever knows the certificates knows which figures are small.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::{BufReader, BufWriter, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use disclosure::Walk;
use model::item::Population;
use proof::sha256_hex;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::bundle::Bundle;
use super::durable;
use super::error::BuildError;

/// What is kept of a release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restricted {
    /// The register that it counts.
    pub register: RegisterState,
    /// Its certificates.
    pub certificates: Certificates,
}

/// The register as a release counts it: its batches, by number, and how late reports are dated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterState {
    /// SHA-256 of the manifest of the release, hexadecimal.
    pub manifest: String,
    /// The batches that were not withdrawn.
    pub batches: Vec<i64>,
    /// The years of which annual revisions have moved what was reported late.
    #[serde(default)]
    pub annual: BTreeSet<i16>,
}

/// The certificates of all populations; positions are those of the cells of each cube.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Certificates(BTreeMap<String, Vec<Walk>>);

impl Certificates {
    /// Takes those of one population in.
    pub fn insert(&mut self, population: Population, walks: Vec<Walk>) {
        self.0.insert(population.code().to_owned(), walks);
    }

    /// Those of one population.
    pub fn of(&self, population: Population) -> &[Walk] {
        self.0.get(population.code()).map_or(&[], Vec::as_slice)
    }
}

const REGISTER: &str = "register.json";
const CERTIFICATES: &str = "certificates.json";

impl RegisterState {
    /// Reads what is kept of the release of `bundle` in `dir`.
    ///
    /// # Errors
    ///
    /// When it is missing, damaged or that of another build of the release.
    pub fn of(bundle: &Bundle, dir: &Path) -> Result<Self, BuildError> {
        let path = dir.join(REGISTER);
        let state: Self = read(&path)?;
        if state.manifest == sha256_hex(bundle.manifest.as_bytes()) {
            Ok(state)
        } else {
            Err(BuildError::Bundle {
                bundle: bundle.dir.clone(),
                why: format!(
                    "{} was kept of another build of this release: put that bundle back, or what was \
                     kept of this one",
                    path.display()
                ),
            })
        }
    }
}

impl Restricted {
    /// Reads what is kept of the release of `bundle` in `dir`.
    ///
    /// # Errors
    ///
    /// As [`RegisterState::of`].
    pub fn of(bundle: &Bundle, dir: &Path) -> Result<Self, BuildError> {
        let certificates = read(&dir.join(CERTIFICATES))?;
        Ok(Self { register: RegisterState::of(bundle, dir)?, certificates })
    }

    /// Writes it into `dir`, in place of what an interrupted build left there; only the owner can read
    /// the files.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub fn write(&self, dir: &Path) -> Result<(), BuildError> {
        fs::create_dir_all(dir).map_err(BuildError::file(dir))?;
        write(&dir.join(REGISTER), &self.register)?;
        fail::fail_point!("release::restricted::after_register");
        write(&dir.join(CERTIFICATES), &self.certificates)?;
        fail::fail_point!("release::restricted::after_certificates");
        durable::sync_dir(dir)?;
        dir.parent().map_or(Ok(()), durable::sync_dir)
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, BuildError> {
    let file = fs::File::open(path).map_err(BuildError::file(path))?;
    let name = path.display().to_string();
    serde_json::from_reader(BufReader::new(file)).map_err(BuildError::format(&name))
}

fn write(path: &Path, content: &impl Serialize) -> Result<(), BuildError> {
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(true).mode(0o600).open(path);
    let mut file = BufWriter::new(file.map_err(BuildError::file(path))?);
    let name = path.display().to_string();
    serde_json::to_writer(&mut file, content).map_err(BuildError::format(&name))?;
    file.flush().map_err(BuildError::file(path))?;
    file.get_ref().sync_all().map_err(BuildError::file(path))
}
