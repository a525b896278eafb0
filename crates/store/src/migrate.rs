//! The migrations of both databases, embedded in the binary. They run as `portal_owner`, and are
//! safe to run again and from several processes at once (sqlx holds a lock).

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

#[cfg(feature = "register")]
static REGISTER: Migrator = sqlx::migrate!("migrations/register");
#[cfg(any(feature = "published", feature = "publisher"))]
static PUBLISHED: Migrator = sqlx::migrate!("migrations/published");

/// The migrations of both databases.
#[cfg(feature = "cluster")]
pub(crate) fn all() -> impl Iterator<Item = &'static sqlx::migrate::Migration> {
    REGISTER.iter().chain(PUBLISHED.iter())
}

/// The schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
#[error("cannot bring the schema of database `{database}` up to date")]
pub struct MigrationError {
    database: String,
    #[source]
    source: sqlx::migrate::MigrateError,
}

/// Brings the schema of the register up to date.
///
/// # Errors
///
/// When the database can't be reached as its owner, or was migrated by a newer version.
#[cfg(feature = "register")]
pub async fn register(owner: PgConnectOptions) -> Result<(), MigrationError> {
    run(&REGISTER, owner).await
}

/// Brings the schema of the published database up to date.
///
/// # Errors
///
/// When the database can't be reached as its owner, or was migrated by a newer version.
#[cfg(any(feature = "published", feature = "publisher"))]
pub async fn published(owner: PgConnectOptions) -> Result<(), MigrationError> {
    run(&PUBLISHED, owner).await
}

#[cfg_attr(
    not(any(feature = "published", feature = "publisher", feature = "register")),
    expect(dead_code, reason = "no database is enabled")
)]
async fn run(migrator: &Migrator, owner: PgConnectOptions) -> Result<(), MigrationError> {
    let database = owner.get_database().unwrap_or_default().to_owned();
    let migrated = async {
        let pool = PgPoolOptions::new().max_connections(1).connect_with(owner).await?;
        let outcome = migrator.run(&pool).await;
        pool.close().await;
        outcome
    };
    migrated.await.map_err(|source| MigrationError { database, source })
}
