//! One process a data directory: an advisory lock that the system drops with its holder, so none
//! is ever left behind.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use rustix::fs::FlockOperation;
use rustix::io::Errno;

use super::ClusterError;

/// The lock of a data directory, held while this lives.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock of `data_dir`, which is made if it does not exist.
    pub(super) fn take(data_dir: &Path) -> Result<Self, ClusterError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o711)
            .create(data_dir)
            .map_err(ClusterError::file("make", data_dir))?;
        let path = data_dir.join("postgres.lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o644)
            .open(&path)
            .map_err(ClusterError::file("open", &path))?;
        match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(Errno::WOULDBLOCK) => {
                let mut pid = String::new();
                // Only for the message.
                let _ = file.read_to_string(&mut pid);
                let pid = if pid.is_empty() { "?".to_owned() } else { pid.trim().to_owned() };
                return Err(ClusterError::InUse { dir: data_dir.to_owned(), pid });
            }
            Err(errno) => return Err(ClusterError::file("lock", &path)(errno.into())),
        }
        file.set_len(0)
            .and_then(|()| writeln!(file, "{}", std::process::id()))
            .map_err(ClusterError::file("write", &path))?;
        Ok(Self { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The content only serves the message of a second process.
        let _ = self.file.set_len(0);
    }
}
