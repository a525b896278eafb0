//! Databases, roles and who may connect. Runs at every start and changes nothing that is right,
//! so a start that was cut off needs no repair.

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};

use super::{Cluster, ClusterError};

/// A role of the portal.
#[derive(Debug)]
pub(super) struct Role {
    pub(super) name: &'static str,
    /// The databases it may connect to; the owner may connect to its own.
    databases: &'static [Database],
    settings: &'static [(&'static str, &'static str)],
    connection_limit: u8,
}

/// Which of the two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Database {
    /// Cases.
    Register,
    /// Releases.
    Published,
}

impl Database {
    const ALL: [Self; 2] = [Self::Register, Self::Published];

    const fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Published => "published",
        }
    }
}

/// The four roles. Limits of the reader hold against a slow or runaway query of the web server;
/// what it may read is a matter of grants and row security.
pub(super) const ROLES: [Role; 4] = [
    Role { name: "portal_owner", databases: &[], settings: &[], connection_limit: 8 },
    Role {
        name: "portal_registrar",
        databases: &[Database::Register],
        settings: &[],
        connection_limit: 16,
    },
    Role {
        name: "portal_publisher",
        databases: &[Database::Published],
        settings: &[],
        connection_limit: 16,
    },
    Role {
        name: "portal_reader",
        databases: &[Database::Published],
        settings: &[
            ("default_transaction_read_only", "on"),
            ("statement_timeout", "10s"),
            ("idle_in_transaction_session_timeout", "30s"),
        ],
        connection_limit: 64,
    },
];

/// See the head of the file.
pub(super) const HARDEN: &str = include_str!("../../setup/harden.sql");

/// Makes roles and databases, and takes from everybody what would tell about the other database.
pub(super) async fn bootstrap(cluster: &Cluster) -> Result<(), ClusterError> {
    let mut connection = cluster.superuser("postgres").await?;
    for role in &ROLES {
        create_role(&mut connection, role, cluster.credentials.password(role.name)).await?;
    }
    for database in Database::ALL {
        let exists: bool =
            sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
                .bind(database.name())
                .fetch_one(&mut connection)
                .await?;
        if !exists {
            run(
                &mut connection,
                format!(
                    "create database {} owner portal_owner template template0",
                    database.name()
                ),
            )
            .await?;
        }
        grant_connect(&mut connection, database, database.name()).await?;
    }
    run(
        &mut connection,
        "revoke all on database postgres from public;
         revoke all on database template1 from public"
            .to_owned(),
    )
    .await?;
    connection.close().await?;
    for database in Database::ALL {
        let mut connection = cluster.superuser(database.name()).await?;
        sqlx::raw_sql(HARDEN).execute(&mut connection).await?;
        connection.close().await?;
    }
    Ok(())
}

/// Lets only the roles of `kind` connect to the database `name`.
pub(super) async fn grant_connect(
    connection: &mut PgConnection,
    kind: Database,
    name: &str,
) -> Result<(), sqlx::Error> {
    let mut sql = format!("revoke all on database {name} from public;");
    for role in ROLES.iter().filter(|r| r.databases.contains(&kind)) {
        sql.push_str(&format!("grant connect on database {name} to {};", role.name));
    }
    run(connection, sql).await
}

async fn create_role(
    connection: &mut PgConnection,
    role: &Role,
    password: &str,
) -> Result<(), sqlx::Error> {
    let name = role.name;
    let exists: bool =
        sqlx::query_scalar("select exists (select from pg_roles where rolname = $1)")
            .bind(name)
            .fetch_one(&mut *connection)
            .await?;
    let mut sql = String::new();
    if !exists {
        sql.push_str(&format!("create role {name};"));
    }
    // As owner of a database it owns its schema `public` by membership in pg_database_owner.
    let inherit = if name == "portal_owner" { "inherit" } else { "noinherit" };
    // The password is hexadecimal.
    sql.push_str(&format!(
        "alter role {name} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
         {inherit} connection limit {} password '{password}';",
        role.connection_limit
    ));
    for (setting, value) in role.settings {
        sql.push_str(&format!("alter role {name} set {setting} = '{value}';"));
    }
    run(connection, sql).await
}

/// Runs statements made of our own names only.
async fn run(connection: &mut PgConnection, sql: String) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop)
}
