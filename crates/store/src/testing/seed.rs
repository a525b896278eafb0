//! One cluster with migrated databases that all tests start from: each test may run in a process
//! of its own, and copying a cluster takes a tenth of the time of making one.

use std::fs::{self, OpenOptions};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::process::Command;

use rustix::fs::FlockOperation;

use super::settings;
use crate::cluster::{self, Cluster, ClusterError};
use crate::migrate;

/// What makes up a cluster; `version` comes last when a seed is made.
const PARTS: [&str; 2] = ["postgres", "postgres-credentials.json"];

/// Copies the seed into `target`, an empty folder. The first test to come makes it.
pub(super) async fn copy_to(target: &Path) -> Result<(), ClusterError> {
    let user = rustix::process::geteuid().as_raw();
    let seed = std::env::temp_dir().join(format!("portal-test-seed-{user}"));
    let lock_path = seed.with_extension("lock");
    let lock = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&lock_path)
        .map_err(ClusterError::file("open", &lock_path))?;
    let lock = cluster::blocking(move || {
        rustix::fs::flock(&lock, FlockOperation::LockExclusive)
            .map_err(|errno| ClusterError::file("lock", &lock_path)(errno.into()))?;
        Ok(lock)
    })
    .await?;
    let version_file = seed.join("version");
    let version = version();
    if fs::read_to_string(&version_file).ok().as_ref() != Some(&version) {
        if seed.exists() {
            fs::remove_dir_all(&seed).map_err(ClusterError::file("remove", &seed))?;
        }
        make(&seed).await?;
        fs::write(&version_file, version).map_err(ClusterError::file("write", &version_file))?;
    }
    let mut copy = Command::new("cp");
    copy.args(["-a", "--reflink=auto"]).args(PARTS.map(|part| seed.join(part))).arg(target);
    let output = copy.output().map_err(ClusterError::file("copy", &seed))?;
    drop(lock);
    if output.status.success() {
        Ok(())
    } else {
        let output = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(ClusterError::Program { program: "cp".into(), output })
    }
}

async fn make(seed: &Path) -> Result<(), ClusterError> {
    let cluster = Cluster::start_with(settings(seed)).await?;
    let urls = cluster.urls();
    migrate::register(urls.owner_register).await?;
    migrate::published(urls.owner_published).await?;
    cluster.stop().await
}

/// Changes with whatever a seed is made of: this very program.
fn version() -> String {
    let mut hasher = DefaultHasher::new();
    for migration in migrate::all() {
        migration.checksum.hash(&mut hasher);
    }
    cluster::fingerprint().hash(&mut hasher);
    env!("CARGO_PKG_VERSION").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
