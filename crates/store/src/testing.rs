//! A throw-away server for tests, with as many pairs of databases as a test wants.
//!
//! ```no_run
//! # async fn example() -> Result<(), store::cluster::ClusterError> {
//! let cluster = store::testing::TestCluster::start().await?;
//! let urls = cluster.urls();
//! // ... store::PublishedPool::connect(urls.reader) ...
//! cluster.stop().await
//! # }
//! ```

mod seed;

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection as _};
use tempfile::TempDir;

use crate::cluster::{Cluster, ClusterError, Durability, Settings, Urls};

/// A server in a temporary folder. Dropping it stops it and removes the folder.
#[derive(Debug)]
pub struct TestCluster {
    // Dropped in this order: the server stops before its folder goes.
    cluster: Cluster,
    dir: TempDir,
    databases: AtomicU32,
}

impl TestCluster {
    /// Starts a server with up-to-date databases `register` and `published`, which then serve as
    /// templates.
    ///
    /// # Errors
    ///
    /// As [`Cluster::start`], or when a migration fails.
    pub async fn start() -> Result<Self, ClusterError> {
        let dir = temporary_folder()?;
        seed::copy_to(dir.path()).await?;
        let cluster = Cluster::start_with(settings(dir.path())).await?;
        Ok(Self { cluster, dir, databases: AtomicU32::new(0) })
    }

    /// How to connect to its empty databases: enough for one test. Not together with
    /// [`TestCluster::databases`], which copies them and can't while somebody is connected.
    #[must_use]
    pub fn urls(&self) -> Urls {
        self.cluster.urls()
    }

    /// Makes a fresh, empty pair of databases, for tests that share a server.
    ///
    /// # Errors
    ///
    /// When the server refuses.
    pub async fn databases(&self) -> Result<Urls, ClusterError> {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let (register, published) = (format!("register_{number}"), format!("published_{number}"));
        let mut connection = self.cluster.superuser("postgres").await?;
        for (name, template) in [(&register, "register"), (&published, "published")] {
            let sql = format!("create database {name} owner portal_owner template {template}");
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
        }
        self.cluster.grant_connect(&mut connection, &register, &published).await?;
        connection.close().await?;
        Ok(self.cluster.urls_of(&register, &published))
    }

    /// The server.
    #[must_use]
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// Stops the server and removes its folder.
    ///
    /// # Errors
    ///
    /// When it had to be killed.
    pub async fn stop(self) -> Result<(), ClusterError> {
        let outcome = self.cluster.stop().await;
        drop(self.dir);
        outcome
    }
}

fn settings(dir: &Path) -> Settings {
    Settings { durability: Durability::None, ..Settings::new(dir) }
}

/// A temporary folder that the server's account can enter.
///
/// # Errors
///
/// When it can't be made.
pub fn temporary_folder() -> Result<TempDir, ClusterError> {
    use std::os::unix::fs::PermissionsExt as _;
    let parent = std::env::temp_dir();
    let make = || {
        let dir = tempfile::Builder::new().prefix("portal-test-").tempdir_in(&parent)?;
        std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o711))?;
        Ok(dir)
    };
    make().map_err(ClusterError::file("make a folder in", &parent))
}
