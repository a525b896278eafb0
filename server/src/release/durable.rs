//! Files that outlive a crash of the machine: what stands under its name is whole and on the disk.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use super::error::BuildError;

/// Writes a file, and waits until its content is on the disk.
///
/// # Errors
///
/// When it can't be written.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<(), BuildError> {
    let written = File::create(path).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    written.map_err(BuildError::file(path))
}

/// Waits until the names in the folder `dir` are on the disk.
///
/// # Errors
///
/// When it can't be read.
pub(super) fn sync_dir(dir: &Path) -> Result<(), BuildError> {
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(BuildError::file(dir))
}

/// Gives `from`, whose content is on the disk, the name `to` in the same folder: at once and for good.
///
/// # Errors
///
/// When the system refuses.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), BuildError> {
    fs::rename(from, to).map_err(BuildError::file(to))?;
    to.parent().map_or(Ok(()), sync_dir)
}
