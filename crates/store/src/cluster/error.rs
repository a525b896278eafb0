//! Why the embedded server did not start or stop. The messages are for the operator: each says
//! what to do.

use std::io;
use std::path::{Path, PathBuf};

/// The embedded server did not start or stop.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No programs found.
    #[error(
        "Postgres {least} or newer is not installed: found no folder with `initdb` and `postgres` \
         {searched}. Install Debian's package `postgresql`, or point PORTAL_PUBLIC_URL and \
         PORTAL_REGISTER_URL at a server of your own",
        least = super::binaries::LEAST_VERSION
    )]
    NotInstalled {
        /// Where they were looked for, as a phrase.
        searched: String,
    },
    /// The cluster was made by a version that is not installed.
    #[error(
        "{data} was made by Postgres {version}, which is not installed: install Debian's package \
         `postgresql-{version}`, or move the cluster to a newer version with pg_upgrade"
    )]
    OtherVersion {
        /// The cluster.
        data: PathBuf,
        /// Its major version.
        version: String,
    },
    /// Another process uses the directory.
    #[error("{dir} is in use by process {pid}: stop it, or choose another data directory")]
    InUse {
        /// The data directory.
        dir: PathBuf,
        /// The process, or `?`.
        pid: String,
    },
    /// Postgres refuses to run as root, and there is no other account to run it.
    #[error(
        "Postgres does not run as root, and this machine has no user `{user}`: install Debian's \
         package `postgresql`, or run the portal as another user"
    )]
    NoAccount {
        /// The missing user.
        user: &'static str,
    },
    /// The server's account can't reach the data directory.
    #[error(
        "Postgres runs as user `{user}`, who can't enter {blocked}, a folder above the data \
         directory: choose another data directory, or allow it with `chmod o+x`"
    )]
    Unreachable {
        /// The server's user.
        user: String,
        /// The first folder that is closed.
        blocked: PathBuf,
    },
    /// One of the server's programs failed.
    #[error("`{program}` failed: {output}")]
    Program {
        /// Its name.
        program: String,
        /// What it printed, or how it ended.
        output: String,
    },
    /// The server ended before it was ready, or was not ready in time.
    #[error("Postgres did not start: {reason}; the end of {log}:\n{tail}")]
    NotStarted {
        /// What was seen.
        reason: String,
        /// Its log.
        log: PathBuf,
        /// The log's last lines.
        tail: String,
    },
    /// It did not stop when asked.
    #[error(
        "Postgres (process {pid}) did not stop in time and was killed; it recovers at the next start"
    )]
    Killed {
        /// The server.
        pid: u32,
    },
    /// The stored passwords can't be read.
    #[error(
        "{path} is damaged: restore it, or delete it together with the folder `postgres` to begin anew"
    )]
    Credentials {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// A file or folder.
    #[error("cannot {action} {path}")]
    File {
        /// What was tried.
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// Making databases and roles.
    #[error("cannot set up the databases and roles")]
    Database(#[from] sqlx::Error),
    /// Bringing a schema up to date (tests).
    #[error(transparent)]
    Migration(#[from] crate::migrate::MigrationError),
    /// The runtime is shutting down.
    #[error("interrupted")]
    Interrupted(#[source] tokio::task::JoinError),
}

impl ClusterError {
    /// For `map_err` on an operation with a file.
    pub(crate) fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { action, path, source }
    }
}
