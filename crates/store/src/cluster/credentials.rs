//! The passwords of the superuser and of the four roles: random, in a file that only the portal's
//! own user can read. They are written before the cluster is made, so that no crash separates the
//! two.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use super::ClusterError;
use super::bootstrap::ROLES;

/// The cluster's superuser.
pub(super) const SUPERUSER: &str = "postgres";

/// Passwords by role.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub(super) struct Credentials(BTreeMap<String, String>);

impl Credentials {
    /// Reads the passwords of `data_dir`, or makes them.
    pub(super) fn load_or_create(data_dir: &Path) -> Result<Self, ClusterError> {
        let path = data_dir.join("postgres-credentials.json");
        let damaged = |source| ClusterError::Credentials { path: path.clone(), source };
        match fs::read(&path) {
            Ok(bytes) => {
                let mut stored: Self = serde_json::from_slice(&bytes).map_err(damaged)?;
                if stored.complete() {
                    stored.save(&path)?;
                }
                Ok(stored)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let mut new = Self(BTreeMap::new());
                new.complete();
                new.save(&path)?;
                Ok(new)
            }
            Err(error) => Err(ClusterError::file("read", &path)(error)),
        }
    }

    /// The password of `role`; empty, hence refused, for a role that is not ours.
    pub(super) fn password(&self, role: &str) -> &str {
        self.0.get(role).map_or("", String::as_str)
    }

    /// Adds what is missing; true if something was.
    fn complete(&mut self) -> bool {
        let mut changed = false;
        for role in ROLES.iter().map(|r| r.name).chain([SUPERUSER]) {
            self.0.entry(role.to_owned()).or_insert_with(|| {
                changed = true;
                random_password()
            });
        }
        changed
    }

    /// Writes to a new file that then takes the old one's place.
    fn save(&self, path: &Path) -> Result<(), ClusterError> {
        let temporary = path.with_extension("json.new");
        let failed = ClusterError::file("write", path);
        let write = || {
            let _ = fs::remove_file(&temporary);
            let mut file =
                OpenOptions::new().write(true).create_new(true).mode(0o600).open(&temporary)?;
            serde_json::to_writer_pretty(&mut file, self)?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            fs::rename(&temporary, path)
        };
        write().map_err(failed)
    }
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(..)")
    }
}

/// 32 random bytes, hexadecimal.
fn random_password() -> String {
    rand::random::<[u8; 32]>().iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
