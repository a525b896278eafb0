//! Certificates of a release: for every sensitive figure, walks through other values that what is
//! shown allows. The gate follows them.
//!
//! Restricted, like the register: whoever knows them knows which figures are small. They are kept
//! beside the archive of bundles, never in a bundle.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{BufReader, BufWriter, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use disclosure::Walk;
use model::item::Population;
use serde::{Deserialize, Serialize};

use super::durable;
use super::error::BuildError;

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

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// When it is missing or damaged.
    pub fn read(path: &Path) -> Result<Self, BuildError> {
        let file = fs::File::open(path).map_err(BuildError::file(path))?;
        let name = path.display().to_string();
        serde_json::from_reader(BufReader::new(file)).map_err(BuildError::format(&name))
    }

    /// Writes a file that only its owner can read, in place of one that an interrupted build left.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub fn write(&self, path: &Path) -> Result<(), BuildError> {
        if let Some(dir) = path.parent() {
            fs::create_dir_all(dir).map_err(BuildError::file(dir))?;
        }
        let mut options = OpenOptions::new();
        let file = options.write(true).create(true).truncate(true).mode(0o600).open(path);
        let mut file = BufWriter::new(file.map_err(BuildError::file(path))?);
        let name = path.display().to_string();
        fail::fail_point!("release::certificates::after_creating");
        serde_json::to_writer(&mut file, self).map_err(BuildError::format(&name))?;
        file.flush().map_err(BuildError::file(path))?;
        fail::fail_point!("release::certificates::after_writing");
        file.get_ref().sync_all().map_err(BuildError::file(path))?;
        path.parent().map_or(Ok(()), durable::sync_dir)
    }
}
