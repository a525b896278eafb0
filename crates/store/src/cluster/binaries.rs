//! Where the server's programs are: in PATH (`initdb` and `postgres` side by side), or in Debian's
//! `/usr/lib/postgresql/<version>/bin`, which is not in PATH; newest first.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::ClusterError;
use super::directory::Directory;

/// The oldest version with ICU as a cluster's collation provider.
pub(super) const LEAST_VERSION: u32 = 15;

/// A folder with `initdb` and `postgres`.
#[derive(Debug)]
pub(super) struct Binaries {
    folder: PathBuf,
}

impl Binaries {
    pub(super) fn initdb(&self) -> PathBuf {
        self.folder.join("initdb")
    }

    pub(super) fn postgres(&self) -> PathBuf {
        self.folder.join("postgres")
    }

    fn version(&self) -> Option<u32> {
        let output = Command::new(self.postgres()).arg("--version").output().ok()?;
        // postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
        let text = String::from_utf8(output.stdout).ok()?;
        text.split_whitespace().nth(2)?.split(['.', 'b', 'r']).next()?.parse().ok()
    }
}

/// Finds the programs; for a cluster that exists, those of the version that made it.
pub(super) fn find(
    search: Option<&[PathBuf]>,
    directory: &Directory,
) -> Result<Binaries, ClusterError> {
    let cluster_version = directory.version()?;
    let folders = search.map_or_else(installed, <[PathBuf]>::to_vec);
    let found: Vec<(u32, Binaries)> = folders
        .into_iter()
        .map(|folder| Binaries { folder })
        .filter(|b| b.initdb().is_file() && b.postgres().is_file())
        .filter_map(|b| Some((b.version()?, b)))
        .filter(|(version, _)| *version >= LEAST_VERSION)
        .collect();
    if found.is_empty() {
        let searched = search.map_or_else(
            || "in PATH or /usr/lib/postgresql".to_owned(),
            |folders| {
                let names: Vec<_> = folders.iter().map(|f| f.display().to_string()).collect();
                format!("in {}", names.join(", "))
            },
        );
        return Err(ClusterError::NotInstalled { searched });
    }
    let fits = |version: u32| cluster_version.as_ref().is_none_or(|v| *v == version.to_string());
    match found.into_iter().find(|(version, _)| fits(*version)) {
        Some((_, binaries)) => Ok(binaries),
        None => Err(ClusterError::OtherVersion {
            data: directory.data(),
            version: cluster_version.unwrap_or_default().to_owned(),
        }),
    }
}

/// The folders of PATH, then Debian's.
fn installed() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::env::var_os("PATH")
        .map(|path| std::env::split_paths(&path).filter(|f| f.is_absolute()).collect())
        .unwrap_or_default();
    let mut debian: Vec<(u32, PathBuf)> = Path::new("/usr/lib/postgresql")
        .read_dir()
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|e| Some((e.file_name().to_str()?.parse().ok()?, e.path().join("bin"))))
        .collect();
    debian.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    folders.extend(debian.into_iter().map(|(_, folder)| folder));
    folders
}
