//! Loading releases into the published database, as `portal_publisher`: it inserts and reads, and
//! can neither change nor delete.

mod calendar;
mod geometry;
mod remark;

use std::collections::BTreeSet;

use futures_util::stream::{BoxStream, StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use model::figure::{Cell, Status};
use model::period::Period;
use model::release::ReleaseId;
use model::table::TableDefinition;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::types::Json;

pub use crate::cell_row::Damaged;
use crate::cell_row::{self, RowError, select_cells};
use crate::time::Instant;
pub use geometry::NewGeometry;

/// Loading a release failed; the database is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum PublisherError {
    /// A release of this name is there already.
    #[error("release {0} is published already: a correction is a new revision")]
    Exists(ReleaseId),
    /// The log's entry belongs to another release.
    #[error("entry {0} of the log belongs to another release")]
    LogEntryTaken(i64),
    /// The challenge has its answer.
    #[error("challenge {0} is answered already, and an answer is never changed")]
    Answered(i64),
    /// The database did not answer, or refused.
    #[error("cannot write to the published database")]
    Database(#[from] sqlx::Error),
    /// It holds what this version of the portal doesn't know.
    #[error(transparent)]
    Damaged(#[from] Damaged),
}

impl From<RowError> for PublisherError {
    fn from(error: RowError) -> Self {
        match error {
            RowError::Database(e) => Self::Database(e),
            RowError::Damaged(e) => Self::Damaged(e),
        }
    }
}

/// A release to load.
#[derive(Clone, Debug)]
pub struct NewRelease {
    /// Its name.
    pub id: ReleaseId,
    /// The minute from which `portal_reader` sees it.
    pub visible_from: Timestamp,
    /// True if its figures are simulated.
    pub simulated: bool,
    /// Its entry in the log of releases, from 0.
    pub log_index: i64,
    /// The signed manifest: the JSON text, kept byte by byte.
    pub manifest: String,
    /// The signed checkpoint of the log with this release in it.
    pub checkpoint: String,
    /// The public key that the checkpoint was verified with.
    pub log_key: String,
    /// The hashes of the tree over its figures, 32 bytes each, in the order in which it grew.
    pub tree: Vec<u8>,
    /// The disclosure report: JSON text, kept byte by byte.
    pub disclosure: String,
    /// Its tables in order. The figures of all of them, one after the other, are the leaves of the
    /// tree.
    pub tables: Vec<NewTable>,
    /// The files of its bundle by their paths, byte for byte.
    pub files: Vec<(String, Vec<u8>)>,
}

/// A table of a release to load.
#[derive(Clone, Debug)]
pub struct NewTable {
    /// What it counts, and where.
    pub definition: TableDefinition,
    /// Its figures in order.
    pub figures: Vec<NewFigure>,
}

/// A figure of a release to load.
#[derive(Clone, Debug)]
pub struct NewFigure {
    /// The bits of its permanent name.
    pub id: [u8; 10],
    /// The figure.
    pub cell: Cell,
}

/// Connections as `portal_publisher`.
#[derive(Clone, Debug)]
pub struct PublisherPool {
    pool: PgPool,
}

/// Rows an `insert`: large enough to be quick, small enough to be one message.
const ROWS_A_STATEMENT: usize = 5_000;

impl PublisherPool {
    /// Connects, with up to 4 connections.
    ///
    /// # Errors
    ///
    /// When the database can't be reached.
    pub async fn connect(options: PgConnectOptions) -> Result<Self, PublisherError> {
        let options = options.application_name("portal release publish");
        let pool = PgPoolOptions::new().max_connections(4).connect_with(options).await?;
        Ok(Self { pool })
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// True if the release is loaded, visible or not.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn release_exists(&self, release: ReleaseId) -> Result<bool, PublisherError> {
        let exists =
            sqlx::query_scalar("select exists (select from releases where release_id = $1)")
                .bind(release.to_string())
                .fetch_one(&self.pool)
                .await?;
        Ok(exists)
    }

    /// The minute from which `release` is public; `None` if it is not loaded.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn public_from(
        &self,
        release: ReleaseId,
    ) -> Result<Option<Timestamp>, PublisherError> {
        let minute: Option<Instant> =
            sqlx::query_scalar("select visible_from from releases where release_id = $1")
                .bind(release.to_string())
                .fetch_optional(&self.pool)
                .await?;
        Ok(minute.map(|Instant(minute)| minute))
    }

    /// How many entries the log has, by the releases that are loaded, visible or not.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn log_size(&self) -> Result<i64, PublisherError> {
        let size = sqlx::query_scalar("select coalesce(max(log_index) + 1, 0) from releases")
            .fetch_one(&self.pool)
            .await?;
        Ok(size)
    }

    /// The loaded releases, visible or not, in the order of the log.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn releases(&self) -> Result<Vec<ReleaseId>, PublisherError> {
        let rows = sqlx::query("select release_id from releases order by log_index")
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.iter().map(cell_row::release).collect::<Result<_, RowError>>()?)
    }

    /// The signed manifests of the loaded releases, byte by byte, in the order of the log, each with the
    /// checkpoint that has it last.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn log(&self) -> Result<Vec<(String, String)>, PublisherError> {
        let entries =
            sqlx::query_as("select manifest::text, checkpoint from releases order by log_index")
                .fetch_all(&self.pool)
                .await?;
        Ok(entries)
    }

    /// Every cell of `release` with its table, visible or not.
    pub fn cells_of(
        &self,
        release: ReleaseId,
    ) -> BoxStream<'_, Result<(String, Cell), PublisherError>> {
        sqlx::query(select_cells!("where c.release_id = $1"))
            .bind(release.to_string())
            .fetch(&self.pool)
            .map(|row| {
                let row = row?;
                let table = sqlx::Row::try_get(&row, "table_id")?;
                Ok((table, cell_row::cell(&row)?))
            })
            .boxed()
    }

    /// What is published of some tables for some periods, visible or not: of each pair the cells of the
    /// release that holds it and stands last in the log.
    pub fn newest_cells(
        &self,
        held: &[(String, Period)],
    ) -> BoxStream<'_, Result<(ReleaseId, String, Cell), PublisherError>> {
        let (tables, periods): (Vec<String>, Vec<String>) =
            held.iter().map(|(table, period)| (table.clone(), period.to_string())).unzip();
        sqlx::query(select_cells!(
            "join (select distinct on (p.table_id, p.period) p.table_id, p.period, p.release_id
                   from release_periods p join releases r using (release_id)
                       join unnest($1::text[], $2::text[]) as held (table_id, period)
                           on held.table_id = p.table_id and held.period = p.period
                   order by p.table_id, p.period, r.log_index desc) as newest
                 on c.table_id = newest.table_id and c.period = newest.period
                     and c.release_id = newest.release_id"
        ))
        .bind(tables)
        .bind(periods)
        .fetch(&self.pool)
        .map(|row| {
            let row = row?;
            let table = sqlx::Row::try_get(&row, "table_id")?;
            Ok((cell_row::release(&row)?, table, cell_row::cell(&row)?))
        })
        .boxed()
    }

    /// What is published so far: every cell of every loaded release, visible or not, the releases
    /// in the order of the log, so that a later cell with the same address replaces an earlier one.
    ///
    /// # Errors
    ///
    /// When reading the list of releases fails; the stream tells of later failures.
    pub async fn all_cells(
        &self,
    ) -> Result<BoxStream<'_, Result<(ReleaseId, String, Cell), PublisherError>>, PublisherError>
    {
        let releases = self.releases().await?;
        let cells = futures_util::stream::iter(releases).flat_map(move |release| {
            self.cells_of(release).map_ok(move |(table, cell)| (release, table, cell))
        });
        Ok(cells.boxed())
    }

    /// Loads a release, all of it or nothing.
    ///
    /// # Errors
    ///
    /// As [`PublisherPool::insert_releases`].
    pub async fn insert_release(&self, release: &NewRelease) -> Result<(), PublisherError> {
        self.insert_releases(std::slice::from_ref(release)).await
    }

    /// Loads releases, all of them or nothing.
    ///
    /// # Errors
    ///
    /// [`PublisherError::Exists`], [`PublisherError::LogEntryTaken`], or what the database refused:
    /// the same address twice, or a value in a cell that is not shown.
    pub async fn insert_releases(&self, releases: &[NewRelease]) -> Result<(), PublisherError> {
        let mut transaction = self.pool.begin().await?;
        fail::fail_point!("store::publisher::after_begin");
        for release in releases {
            insert_release(&mut transaction, release).await?;
            fail::fail_point!("store::publisher::after_release");
        }
        fail::fail_point!("store::publisher::before_commit");
        transaction.commit().await?;
        fail::fail_point!("store::publisher::after_commit");
        for release in releases {
            tracing::info!(
                release.id = %release.id,
                release.tables = release.tables.len(),
                release.visible_from = %release.visible_from,
                "a release was loaded"
            );
        }
        Ok(())
    }
}

async fn insert_release(
    connection: &mut PgConnection,
    release: &NewRelease,
) -> Result<(), PublisherError> {
    insert_head(connection, release).await?;
    fail::fail_point!("store::publisher::after_head");
    sqlx::query("select create_release_partition($1)")
        .bind(release.id.to_string())
        .execute(&mut *connection)
        .await?;
    fail::fail_point!("store::publisher::after_partition");
    let mut leaf = 0;
    for (position, table) in (0i32..).zip(&release.tables) {
        insert_table(connection, release.id, position, table, leaf).await?;
        leaf += i64::try_from(table.figures.len()).unwrap_or(i64::MAX);
        fail::fail_point!("store::publisher::after_table");
    }
    fail::fail_point!("store::publisher::after_tables");
    let (paths, contents): (Vec<&str>, Vec<&[u8]>) =
        release.files.iter().map(|(path, content)| (path.as_str(), content.as_slice())).unzip();
    sqlx::query(
        "insert into release_files (release_id, path, content)
         select $1, * from unnest($2::text[], $3::bytea[])",
    )
    .bind(release.id.to_string())
    .bind(paths)
    .bind(contents)
    .execute(connection)
    .await?;
    fail::fail_point!("store::publisher::after_files");
    Ok(())
}

async fn insert_head(
    connection: &mut PgConnection,
    release: &NewRelease,
) -> Result<(), PublisherError> {
    let period = release.id.period;
    let inserted = sqlx::query(
        "insert into releases (release_id, period, period_index, revision, visible_from, simulated,
             log_index, manifest, checkpoint, disclosure, tree, log_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8::text::json, $9, $10::text::json, $11, $12)",
    )
    .bind(release.id.to_string())
    .bind(period.to_string())
    .bind(period.last_quarter_index())
    .bind(i32::from(release.id.revision))
    .bind(Instant(release.visible_from))
    .bind(release.simulated)
    .bind(release.log_index)
    .bind(&release.manifest)
    .bind(&release.checkpoint)
    .bind(&release.disclosure)
    .bind(&release.tree)
    .bind(&release.log_key)
    .execute(connection)
    .await;
    match inserted {
        Ok(_) => Ok(()),
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            Err(match error.constraint() {
                Some("releases_log_index_key") => PublisherError::LogEntryTaken(release.log_index),
                _ => PublisherError::Exists(release.id),
            })
        }
        Err(error) => Err(error.into()),
    }
}

/// Loads a table whose first figure is the leaf `leaf` of the release.
async fn insert_table(
    connection: &mut PgConnection,
    release: ReleaseId,
    position: i32,
    table: &NewTable,
    leaf: i64,
) -> Result<(), PublisherError> {
    let NewTable { definition, figures } = table;
    let cells = || figures.iter().map(|f| &f.cell);
    let count =
        |status| i64::try_from(cells().filter(|c| c.status == status).count()).unwrap_or(i64::MAX);
    sqlx::query(
        "insert into release_tables (release_id, table_id, position, definition, shown, withheld)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(release.to_string())
    .bind(&definition.id)
    .bind(position)
    .bind(Json(definition))
    .bind(count(Status::Shown))
    .bind(count(Status::Withheld))
    .execute(&mut *connection)
    .await?;
    let periods: BTreeSet<_> = cells().map(|c| c.address.period).collect();
    sqlx::query(
        "insert into release_periods (release_id, table_id, period)
         select $1, $2, period from unnest($3::text[]) as period",
    )
    .bind(release.to_string())
    .bind(&definition.id)
    .bind(periods.iter().map(ToString::to_string).collect::<Vec<_>>())
    .execute(&mut *connection)
    .await?;
    fail::fail_point!("store::publisher::after_definition");
    let leaves: Vec<(i64, &NewFigure)> = (leaf..).zip(figures).collect();
    for rows in leaves.chunks(ROWS_A_STATEMENT) {
        insert_cells(connection, release, &definition.id, rows).await?;
        fail::fail_point!("store::publisher::after_cells");
    }
    Ok(())
}

/// Not COPY, which Postgres does not combine with row security.
async fn insert_cells(
    connection: &mut PgConnection,
    release: ReleaseId,
    table: &str,
    rows: &[(i64, &NewFigure)],
) -> Result<(), PublisherError> {
    let text = |of: fn(&Cell) -> &str| rows.iter().map(|(_, f)| of(&f.cell)).collect::<Vec<&str>>();
    sqlx::query(
        "insert into cells (release_id, table_id, period, area, body, kind, field, referrer, item,
             value, status, figure, leaf)
         select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
             $8::text[], $9::text[], $10::bigint[], $11::text[], $12::bytea[], $13::bigint[])",
    )
    .bind(release.to_string())
    .bind(table)
    .bind(rows.iter().map(|(_, f)| f.cell.address.period.to_string()).collect::<Vec<_>>())
    .bind(text(|c| &c.address.area))
    .bind(text(|c| &c.address.body))
    .bind(text(|c| &c.address.kind))
    .bind(text(|c| &c.address.field))
    .bind(text(|c| &c.address.referrer))
    .bind(text(|c| c.address.item.code()))
    .bind(rows.iter().map(|(_, f)| f.cell.value).collect::<Vec<_>>())
    .bind(text(|c| c.status.code()))
    .bind(rows.iter().map(|(_, f)| f.id.to_vec()).collect::<Vec<_>>())
    .bind(rows.iter().map(|(leaf, _)| *leaf).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}
