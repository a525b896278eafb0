//! `portal_reader` reads what is visible and learns nothing else.

use sqlx::{AssertSqlSafe, ConnectOptions as _, PgConnection};
use store::PublisherPool;
use store::testing::TestCluster;

use crate::sample::{from_now, geometry, release, total};

/// What the database says to `sql`; the first column of its rows if it goes through.
async fn attempt(connection: &mut PgConnection, sql: &str) -> Result<Vec<String>, String> {
    sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_all(connection)
        .await
        .map_err(|error| error.to_string())
}

#[tokio::test]
async fn the_reader_can_neither_read_nor_measure_the_register() {
    let cluster = TestCluster::start().await.unwrap();
    let urls = cluster.urls();
    let publisher = PublisherPool::connect(urls.publisher.clone()).await.unwrap();
    publisher.insert_release(&release("2026-Q3.1", 0, vec![total("2026-Q3", 7)])).await.unwrap();
    let mut embargoed = release("2026-Q4.1", 1, vec![total("2026-Q4", 7)]);
    embargoed.visible_from = from_now(60);
    publisher.insert_release(&embargoed).await.unwrap();
    publisher.insert_geometry(&geometry("0123456789abcdef")).await.unwrap();
    let mut reader = urls.reader.connect().await.unwrap();

    // Its own work goes on.
    assert_eq!(attempt(&mut reader, "select value::text from cells").await.unwrap(), ["7"]);

    for refused in [
        // Other roles.
        "set role portal_registrar",
        "set role portal_owner",
        "set session authorization portal_registrar",
        // Past row security.
        "select value::text from cells_2026_q3_1",
        "select value::text from cells_2026_q4_1",
        "select create_release_partition('2026-Q3.1')::text",
        // Sizes and activity, of this and of the other database.
        "select pg_database_size('register')::text",
        "select pg_database_size(oid)::text from pg_class limit 1",
        "select datname::text from pg_database",
        "select tup_inserted::text from pg_stat_database",
        "select query from pg_stat_activity",
        "select pg_stat_get_db_tuples_inserted(1)::text",
        "select pid::text from pg_stat_get_activity(null)",
        "select relation::text from pg_locks",
        "select pg_current_wal_lsn()::text",
        "select wal_records::text from pg_stat_wal",
        "select txid_current()::text",
        "select pg_current_xact_id()::text",
        "select objid::text from pg_shdepend",
        "select pg_tablespace_size('pg_default')::text",
        "select passwd from pg_shadow",
        "select pg_read_file('PG_VERSION')",
        "select pg_ls_dir('.')",
        "copy (select 1) to program 'id'",
    ] {
        let said = attempt(&mut reader, refused).await;
        assert!(
            said.as_ref()
                .is_err_and(|e| e.contains("permission denied") || e.contains("must be superuser")),
            "{refused}: {said:?}"
        );
    }

    // Column statistics of what row security guards are not shown.
    let mut owner = urls.owner_published.connect().await.unwrap();
    sqlx::query("analyze").execute(&mut owner).await.unwrap();
    let statistics = "select tablename::text from pg_stats where schemaname = 'public'";
    assert_eq!(attempt(&mut reader, statistics).await.unwrap(), Vec::<String>::new());
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn roles_connect_to_their_own_database_only() {
    let cluster = TestCluster::start().await.unwrap();
    let urls = cluster.databases().await.unwrap();
    let register = urls.registrar.get_database().unwrap().to_owned();
    let published = urls.reader.get_database().unwrap().to_owned();
    for (options, database) in [
        (&urls.reader, register.as_str()),
        (&urls.reader, "register"),
        (&urls.reader, "postgres"),
        (&urls.reader, "template1"),
        (&urls.publisher, register.as_str()),
        (&urls.registrar, published.as_str()),
    ] {
        let error = options.clone().database(database).connect().await.unwrap_err().to_string();
        assert!(error.contains("permission denied for database"), "{error}");
    }
    // The right role with a wrong password, and a role without one.
    for options in [urls.reader.clone().password("guess"), urls.reader.username("postgres")] {
        let error = options.connect().await.unwrap_err().to_string();
        assert!(error.contains("password authentication failed"), "{error}");
    }
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn nobody_but_the_owner_changes_what_is_published() {
    let cluster = TestCluster::start().await.unwrap();
    let urls = cluster.urls();
    let publisher = PublisherPool::connect(urls.publisher.clone()).await.unwrap();
    publisher.insert_release(&release("2026-Q3.1", 0, vec![total("2026-Q3", 7)])).await.unwrap();
    publisher.insert_geometry(&geometry("0123456789abcdef")).await.unwrap();

    let mut connection = urls.publisher.connect().await.unwrap();
    for refused in [
        "update cells set value = 8",
        "delete from cells",
        "delete from releases",
        "update releases set visible_from = now()",
        "truncate cells",
        "drop table cells_2026_q3_1",
        "update geometries set svg = ''",
        "delete from geometries",
        "drop table geometries",
        "create table mine (a int)",
    ] {
        let said = attempt(&mut connection, refused).await;
        assert!(
            said.as_ref().is_err_and(|e| e.contains("permission") || e.contains("must be owner")),
            "{refused}: {said:?}"
        );
    }

    let mut connection = urls.reader.connect().await.unwrap();
    // A role may change its own defaults; what counts is what it was granted.
    attempt(&mut connection, "set default_transaction_read_only = off").await.unwrap();
    for refused in [
        "insert into releases select * from releases",
        "insert into cells select * from cells",
        "insert into geometries (level) values ('commune')",
        "update geometries set svg = ''",
        "delete from geometries",
        "update releases set visible_from = now()",
        "delete from cells",
        "create table mine (a int)",
        "create temporary table mine (a int)",
        "select lo_create(0)::text",
    ] {
        let said = attempt(&mut connection, refused).await;
        assert!(said.as_ref().is_err_and(|e| e.contains("permission")), "{refused}: {said:?}");
    }
    cluster.stop().await.unwrap();
}
