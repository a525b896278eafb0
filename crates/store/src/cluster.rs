//! The embedded Postgres server: a private cluster under the portal's data directory, reached over
//! a Unix socket only. A machine without a database administrator needs no other set-up, and tests
//! run against the same server as production.
//!
//! ```text
//! <data dir>/postgres/data              the cluster (initdb)
//! <data dir>/postgres/server.log        what the server prints; .1 is the run before
//! <data dir>/postgres.lock              held while a process uses the cluster
//! <data dir>/postgres-credentials.json  passwords of the superuser and of the four roles
//! ```
//!
//! Also on the socket every role needs its password: with `trust` any process of this user could
//! become the superuser, and the roles would be void.

mod account;
mod binaries;
mod bootstrap;
mod credentials;
mod directory;
mod error;
mod leftover;
mod lock;
mod server;

use std::path::{Path, PathBuf};

use sqlx::ConnectOptions as _;
use sqlx::postgres::{PgConnectOptions, PgConnection};

pub use account::can_serve_in;
pub use error::ClusterError;

use credentials::Credentials;
use directory::Directory;
use lock::Lock;
use server::Server;

/// What [`Cluster::start_with`] may be told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The portal's data directory; made if it does not exist.
    pub data_dir: PathBuf,
    /// Folders in which to look for the server's programs; `None`: those of `PATH`, then Debian's.
    pub search: Option<Vec<PathBuf>>,
    /// Whether data survive a crash of the machine. Tests do without, for speed.
    pub durability: Durability,
}

impl Settings {
    /// The settings of a server that matters, in `data_dir`.
    #[must_use]
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: data_dir.into(), search: None, durability: Durability::Full }
    }
}

/// Whether data survive a crash of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Every commit is on disk.
    Full,
    /// Nothing is forced to disk: for throw-away clusters.
    None,
}

/// How to connect, by role and database.
#[derive(Clone)]
pub struct Urls {
    /// `portal_owner` in `register`: migrations.
    pub owner_register: PgConnectOptions,
    /// `portal_owner` in `published`: migrations.
    pub owner_published: PgConnectOptions,
    /// `portal_registrar` in `register`.
    pub registrar: PgConnectOptions,
    /// `portal_publisher` in `published`.
    pub publisher: PgConnectOptions,
    /// `portal_reader` in `published`.
    pub reader: PgConnectOptions,
}

/// A running server. Dropping it stops it, [`Cluster::stop`] does so without blocking the runtime.
/// When this process is killed, the server stops by itself.
#[derive(Debug)]
pub struct Cluster {
    // Fields are dropped in this order: the server stops before the lock is given up.
    server: Server,
    directory: Directory,
    credentials: Credentials,
    lock: Lock,
}

impl Cluster {
    /// Starts the cluster of `data_dir`, which is made first if there is none, and waits until it
    /// takes connections. Databases and roles exist then; their schemas are up to
    /// [`crate::migrate`].
    ///
    /// # Errors
    ///
    /// When Postgres is not installed, another process uses the directory, its account can't get
    /// there, or it does not start.
    pub async fn start(data_dir: &Path) -> Result<Self, ClusterError> {
        Self::start_with(Settings::new(data_dir)).await
    }

    /// [`Cluster::start`] with other settings.
    ///
    /// # Errors
    ///
    /// As [`Cluster::start`].
    pub async fn start_with(settings: Settings) -> Result<Self, ClusterError> {
        let cluster = blocking(move || Self::launch(&settings)).await?;
        bootstrap::bootstrap(&cluster).await?;
        tracing::info!(
            postgres.data = %cluster.directory.data().display(),
            postgres.pid = cluster.server.pid(),
            "the embedded Postgres is ready"
        );
        Ok(cluster)
    }

    fn launch(settings: &Settings) -> Result<Self, ClusterError> {
        let lock = Lock::take(&settings.data_dir)?;
        let account = account::Account::of_server(&settings.data_dir)?;
        let directory = Directory::prepare(&settings.data_dir, &account)?;
        let binaries = binaries::find(settings.search.as_deref(), &directory)?;
        let credentials = Credentials::load_or_create(&settings.data_dir)?;
        leftover::stop(directory.data())?;
        directory.init(&binaries, &account, &credentials, settings.durability)?;
        let server = Server::start(&binaries, &account, &directory, settings.durability)?;
        Ok(Self { server, directory, credentials, lock })
    }

    /// How to connect as each role.
    #[must_use]
    pub fn urls(&self) -> Urls {
        self.urls_of("register", "published")
    }

    /// The same for databases of other names; tests have several of each.
    pub(crate) fn urls_of(&self, register: &str, published: &str) -> Urls {
        Urls {
            owner_register: self.options("portal_owner", register),
            owner_published: self.options("portal_owner", published),
            registrar: self.options("portal_registrar", register),
            publisher: self.options("portal_publisher", published),
            reader: self.options("portal_reader", published),
        }
    }

    fn options(&self, role: &str, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(self.directory.socket())
            .port(directory::PORT)
            .username(role)
            .password(self.credentials.password(role))
            .database(database)
            .ssl_mode(sqlx::postgres::PgSslMode::Disable)
    }

    /// A connection as the superuser.
    pub(crate) async fn superuser(&self, database: &str) -> Result<PgConnection, sqlx::Error> {
        self.options(credentials::SUPERUSER, database).connect().await
    }

    /// Lets the roles connect to databases of these names; tests have several of each.
    pub(crate) async fn grant_connect(
        &self,
        connection: &mut PgConnection,
        register: &str,
        published: &str,
    ) -> Result<(), sqlx::Error> {
        bootstrap::grant_connect(connection, bootstrap::Database::Register, register).await?;
        bootstrap::grant_connect(connection, bootstrap::Database::Published, published).await
    }

    /// Process id of the server.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.server.pid()
    }

    /// Stops the server: running queries are cut off, data are written, the lock is given up.
    ///
    /// # Errors
    ///
    /// When it had to be killed; it recovers at the next start.
    pub async fn stop(self) -> Result<(), ClusterError> {
        blocking(move || {
            let Self { mut server, directory, credentials: _, lock } = self;
            let outcome = server.stop();
            drop((directory, lock));
            outcome
        })
        .await
    }
}

/// Text that changes with what a cluster holds from the start.
pub(crate) fn fingerprint() -> String {
    format!("{:?} {}", bootstrap::ROLES, bootstrap::HARDEN)
}

/// Runs what blocks on a thread of its own.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ClusterError> + Send + 'static,
) -> Result<T, ClusterError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(stopped) => Err(ClusterError::Interrupted(stopped)),
    }
}
