//! The operating system's account that the server runs under. Postgres refuses to run as root:
//! then it is Debian's user `postgres`.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::ClusterError;

const USER: &str = "postgres";

/// False if the server could never work below `folder`: the portal runs as root, and some folder on
/// the way lets only root through.
#[must_use]
pub fn can_serve_in(folder: &Path) -> bool {
    !matches!(Account::of_server(folder), Err(ClusterError::Unreachable { .. }))
}

/// Who runs the server.
#[derive(Debug)]
pub(super) enum Account {
    /// The portal's own user.
    Own,
    /// The user `postgres`, because the portal runs as root.
    Postgres { uid: u32, gid: u32 },
}

impl Account {
    /// The account for a cluster in `data_dir`, which it must be able to enter.
    pub(super) fn of_server(data_dir: &Path) -> Result<Self, ClusterError> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self::Own);
        }
        let id = |option: &str| -> Option<u32> {
            let output = Command::new("id").args([option, USER]).output().ok()?;
            String::from_utf8(output.stdout).ok()?.trim().parse().ok()
        };
        let (Some(uid), Some(gid)) = (id("-u"), id("-g")) else {
            return Err(ClusterError::NoAccount { user: USER });
        };
        let account = Self::Postgres { uid, gid };
        account.check_way_to(data_dir)?;
        Ok(account)
    }

    /// Makes `command` run under the account, in a folder that it can enter, and without what the
    /// environment says about some other server.
    pub(super) fn apply(&self, command: &mut Command, folder: &Path) {
        command.current_dir(folder).env("LC_ALL", "C.UTF-8");
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|n| n.starts_with("PG")) {
                command.env_remove(name);
            }
        }
        if let Self::Postgres { uid, gid } = *self {
            command.uid(uid).gid(gid);
        }
    }

    /// Hands `path` to the account.
    pub(super) fn own(&self, path: &Path) -> Result<(), ClusterError> {
        match *self {
            Self::Own => Ok(()),
            Self::Postgres { uid, gid } => std::os::unix::fs::chown(path, Some(uid), Some(gid))
                .map_err(ClusterError::file("hand to user postgres", path)),
        }
    }

    /// Every folder down to `data_dir` must let the account through.
    fn check_way_to(&self, data_dir: &Path) -> Result<(), ClusterError> {
        let data_dir = data_dir.canonicalize().map_err(ClusterError::file("open", data_dir))?;
        let mut folders: Vec<&Path> = data_dir.ancestors().collect();
        folders.reverse();
        for folder in folders {
            let mut test = Command::new("/usr/bin/test");
            test.arg("-x").arg(folder).stdin(Stdio::null());
            self.apply(&mut test, Path::new("/"));
            let passable = test.status().map_err(ClusterError::file("check", folder))?.success();
            if !passable {
                let blocked = folder.to_owned();
                return Err(ClusterError::Unreachable { user: USER.to_owned(), blocked });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn root_cannot_have_a_server_below_a_folder_closed_to_others() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("clone");
        fs::create_dir(&inner).unwrap();
        fs::set_permissions(dir.path(), Permissions::from_mode(0o755)).unwrap();
        assert!(can_serve_in(&inner));
        fs::set_permissions(dir.path(), Permissions::from_mode(0o700)).unwrap();
        assert_eq!(can_serve_in(&inner), !rustix::process::geteuid().is_root());
        // What is not there is reported when it is opened.
        assert!(can_serve_in(Path::new("/nowhere")));
    }
}
