//! Which databases a command works on: those named in the environment, or the embedded cluster.

use std::path::{Path, PathBuf};

use sqlx::postgres::PgConnectOptions;
use store::cluster::{Cluster, ClusterError, can_serve_in};
use store::migrate::{self, MigrationError};

/// Where everything lives when nothing else is said.
#[derive(Clone, Debug, clap::Args)]
pub struct Settings {
    /// Directory of the embedded database, the bundles and the keys. If absent, `data`; or, where
    /// root works below a folder that is closed to others, `/var/lib/thanhhoa-portal`.
    #[arg(long, env = "PORTAL_DATA_DIR", global = true)]
    data_dir: Option<PathBuf>,
    /// The published database as portal_reader; the embedded one if absent.
    #[arg(long, env = "PORTAL_PUBLIC_URL", global = true, hide_env_values = true)]
    public_url: Option<String>,
    /// The same, by the customary name.
    #[arg(long, env = "DATABASE_URL", global = true, hide = true, hide_env_values = true)]
    database_url: Option<String>,
    /// The published database as portal_publisher; the embedded one if absent.
    #[arg(long, env = "PORTAL_PUBLISHER_URL", global = true, hide_env_values = true)]
    publisher_url: Option<String>,
    /// The register as portal_registrar; the embedded one if absent.
    #[arg(long, env = "PORTAL_REGISTER_URL", global = true, hide_env_values = true)]
    register_url: Option<String>,
}

/// Where the data go if `data` would be out of the reach of Postgres, which does not run as root.
const OF_ROOT: &str = "/var/lib/thanhhoa-portal";

impl Settings {
    /// Directory of the embedded database, the bundles and the keys.
    #[must_use]
    pub fn data_dir(&self) -> PathBuf {
        let given = self.data_dir.clone();
        given.unwrap_or_else(|| {
            PathBuf::from(if can_serve_in(Path::new(".")) { "data" } else { OF_ROOT })
        })
    }

    /// Directory of the bundles, one a release.
    #[must_use]
    pub fn releases_dir(&self) -> PathBuf {
        self.data_dir().join("releases")
    }

    /// Directory of the signing and disclosure keys.
    #[must_use]
    pub fn keys_dir(&self) -> PathBuf {
        self.data_dir().join("keys")
    }

    /// Directory of the demonstration's extracts.
    #[must_use]
    pub fn demonstration_dir(&self) -> PathBuf {
        self.data_dir().join("demonstration")
    }
}

/// A database could not be reached.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The embedded cluster.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// Its schemas.
    #[error(transparent)]
    Migration(#[from] MigrationError),
    /// A URL in the environment.
    #[error("{variable} is not a Postgres URL")]
    Url {
        /// The environment variable.
        variable: &'static str,
        /// What the parser says.
        source: sqlx::Error,
    },
}

/// The role that a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Reads what is published.
    Reader,
    /// Loads releases.
    Publisher,
    /// Works on the register.
    Registrar,
}

/// Databases for one run of a command.
pub struct Databases {
    settings: Settings,
    cluster: Option<Cluster>,
}

impl Databases {
    /// Starts the embedded cluster if any of `roles` has no URL of its own.
    ///
    /// # Errors
    ///
    /// When the cluster cannot start.
    pub async fn open(settings: &Settings, roles: &[Role]) -> Result<Self, DatabaseError> {
        let embedded = roles.iter().any(|&role| settings.url(role).is_none());
        let cluster = if embedded { Some(start(&settings.data_dir()).await?) } else { None };
        Ok(Self { settings: settings.clone(), cluster })
    }

    /// How to connect as `role`.
    ///
    /// # Errors
    ///
    /// When the URL in the environment is malformed.
    pub fn options(&self, role: Role) -> Result<PgConnectOptions, DatabaseError> {
        if let Some((variable, url)) = self.settings.url(role) {
            return url.parse().map_err(|source| DatabaseError::Url { variable, source });
        }
        let Some(cluster) = &self.cluster else {
            return Err(DatabaseError::Url {
                variable: "PORTAL_PUBLIC_URL",
                source: sqlx::Error::PoolClosed,
            });
        };
        let urls = cluster.urls();
        Ok(match role {
            Role::Reader => urls.reader,
            Role::Publisher => urls.publisher,
            Role::Registrar => urls.registrar,
        })
    }

    /// Stops the embedded cluster, if there is one.
    ///
    /// # Errors
    ///
    /// When it does not stop.
    pub async fn close(self) -> Result<(), DatabaseError> {
        if let Some(cluster) = self.cluster {
            cluster.stop().await?;
        }
        Ok(())
    }
}

/// Starts the embedded cluster and brings its schemas up to date.
async fn start(data_dir: &Path) -> Result<Cluster, DatabaseError> {
    let cluster = Cluster::start(data_dir).await?;
    let urls = cluster.urls();
    migrate::register(urls.owner_register).await?;
    migrate::published(urls.owner_published).await?;
    Ok(cluster)
}

impl Settings {
    fn url(&self, role: Role) -> Option<(&'static str, &str)> {
        let (variable, url) = match role {
            Role::Reader if self.public_url.is_none() => ("DATABASE_URL", &self.database_url),
            Role::Reader => ("PORTAL_PUBLIC_URL", &self.public_url),
            Role::Publisher => ("PORTAL_PUBLISHER_URL", &self.publisher_url),
            Role::Registrar => ("PORTAL_REGISTER_URL", &self.register_url),
        };
        url.as_deref().map(|url| (variable, url))
    }
}
