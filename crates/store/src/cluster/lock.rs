//! One process a data directory: an advisory lock that the system drops with its holder, so that a
//! crash leaves nothing to clear up; whoever ends in order takes the file away too.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::FlockOperation;
use rustix::io::Errno;

use super::ClusterError;

/// The lock of a data directory, held while this lives.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Open for the lock on it.
    _file: File,
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
        loop {
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
            // Otherwise the holder before took the file away after we had opened it.
            if is_at(&file, &path).map_err(ClusterError::file("read", &path))? {
                file.set_len(0)
                    .and_then(|()| writeln!(file, "{}", std::process::id()))
                    .map_err(ClusterError::file("write", &path))?;
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A file that stays is no lock: the next process takes it over.
        let _ = fs::remove_file(&self.path);
    }
}

/// Whether `path` is the name of `file` still.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let ours = file.metadata()?;
    match fs::metadata(path) {
        Ok(there) => Ok((there.dev(), there.ino()) == (ours.dev(), ours.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_leaves_no_file_and_is_free_again() {
        let dir = tempfile::tempdir().unwrap();
        let lock = Lock::take(dir.path()).unwrap();
        assert!(matches!(Lock::take(dir.path()), Err(ClusterError::InUse { .. })));
        drop(lock);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        drop(Lock::take(dir.path()).unwrap());
    }

    #[test]
    fn a_file_that_a_crash_left_is_no_lock() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("postgres.lock"), "1\n").unwrap();
        drop(Lock::take(dir.path()).unwrap());
    }

    /// Whoever opened the file before it was taken away must not believe that they hold the lock.
    #[test]
    fn two_threads_never_hold_it_together() {
        let dir = tempfile::tempdir().unwrap();
        let held = std::sync::atomic::AtomicU32::new(0);
        std::thread::scope(|threads| {
            for _ in 0..4 {
                threads.spawn(|| {
                    for _ in 0..500 {
                        if let Ok(lock) = Lock::take(dir.path()) {
                            use std::sync::atomic::Ordering::SeqCst;
                            assert_eq!(held.fetch_add(1, SeqCst), 0);
                            std::thread::yield_now();
                            held.fetch_sub(1, SeqCst);
                            drop(lock);
                        }
                    }
                });
            }
        });
    }
}
