//! What the web server reads, as `portal_reader`: releases that are visible by now, and their
//! cells. Row security decides what is visible; no query here asks for the time.

mod calendar;
mod figure;
mod file;
mod geometry;
mod query;
mod remark;

use std::time::Duration;

use jiff::Timestamp;
use model::figure::Cell;
use model::period::Period;
use model::release::ReleaseId;
use model::table::TableDefinition;
use sqlx::Row as _;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::types::Json;

pub use crate::cell_row::Damaged;
use crate::cell_row::{self, RowError, parsed, select_cells};
use crate::time::Instant;

pub use figure::{FigureVersion, LoggedManifest};
pub use file::FilePlace;
pub use query::CellQuery;

/// Reading failed.
#[derive(Debug, thiserror::Error)]
pub enum PublishedError {
    /// The database did not answer, or refused.
    #[error("cannot read the published database")]
    Database(#[from] sqlx::Error),
    /// It holds what this version of the portal doesn't know.
    #[error(transparent)]
    Damaged(#[from] Damaged),
}

impl From<RowError> for PublishedError {
    fn from(error: RowError) -> Self {
        match error {
            RowError::Database(e) => Self::Database(e),
            RowError::Damaged(e) => Self::Damaged(e),
        }
    }
}

/// A visible release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseInfo {
    /// Its name.
    pub id: ReleaseId,
    /// The minute from which it can be seen.
    pub visible_from: Timestamp,
    /// True if its figures are simulated.
    pub simulated: bool,
    /// Its entry in the log of releases, from 0.
    pub log_index: i64,
    /// The signed checkpoint of the log with this release in it.
    pub checkpoint: String,
}

/// A table as a release defined it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// The release.
    pub release: ReleaseId,
    /// The definition.
    pub definition: TableDefinition,
    /// How many of its cells have a value.
    pub shown: i64,
    /// How many of its cells are withheld.
    pub withheld: i64,
}

/// A cell and the release that it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedCell {
    /// The cell.
    pub cell: Cell,
    /// The newest visible release that holds its table and period.
    pub release: ReleaseId,
}

/// Connections as `portal_reader`.
#[derive(Clone, Debug)]
pub struct PublishedPool {
    pool: PgPool,
    /// The last entry of the log of releases that is read; all if `None`.
    until: Option<i64>,
}

impl PublishedPool {
    /// Connects, with up to 16 connections.
    ///
    /// # Errors
    ///
    /// When the database can't be reached.
    pub async fn connect(options: PgConnectOptions) -> Result<Self, PublishedError> {
        // A plan made for the very values: only then is a partition left out that can't match.
        let options = options
            .application_name("portal web")
            .options([("plan_cache_mode", "force_custom_plan")]);
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(5))
            .connect_with(options)
            .await?;
        Ok(Self { pool, until: None })
    }

    /// The same, as it was when `release` was the last one published: what came later is not read.
    /// `None` if there is no such release.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn as_of(&self, release: ReleaseId) -> Result<Option<Self>, PublishedError> {
        let index = sqlx::query_scalar("select log_index from releases where release_id = $1")
            .bind(release.to_string())
            .fetch_optional(&self.pool)
            .await?;
        Ok(index.map(|index| Self { pool: self.pool.clone(), until: Some(index) }))
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// True if the database answers and has its schema.
    pub async fn is_ready(&self) -> bool {
        sqlx::query("select from releases limit 1").fetch_optional(&self.pool).await.is_ok()
    }

    /// Every visible release, the one published last first.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn releases(&self) -> Result<Vec<ReleaseInfo>, PublishedError> {
        let rows = sqlx::query(
            "select release_id, visible_from, simulated, log_index, checkpoint
             from releases where $1::bigint is null or log_index <= $1 order by log_index desc",
        )
        .bind(self.until)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(release_info).collect()
    }

    /// The release on the newest reference period, in its newest revision. A later revision of an
    /// older period does not take its place.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn latest(&self) -> Result<Option<ReleaseInfo>, PublishedError> {
        let row = sqlx::query(
            "select release_id, visible_from, simulated, log_index, checkpoint
             from releases where $1::bigint is null or log_index <= $1
             order by period_index desc, revision desc limit 1",
        )
        .bind(self.until)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(release_info).transpose()
    }

    /// The release that [`PublishedPool::cells`] reads the figures of `period` in the table `id`
    /// from.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn holding(
        &self,
        id: &str,
        period: Period,
    ) -> Result<Option<ReleaseInfo>, PublishedError> {
        let row = sqlx::query(
            "select r.release_id, r.visible_from, r.simulated, r.log_index, r.checkpoint
             from release_periods p join releases r using (release_id)
             where p.table_id = $1 and p.period = $2 and ($3::bigint is null or r.log_index <= $3)
             order by r.log_index desc limit 1",
        )
        .bind(id)
        .bind(period.to_string())
        .bind(self.until)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(release_info).transpose()
    }

    /// The tables of [`PublishedPool::latest`], in the order in which it lists them.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn tables(&self) -> Result<Vec<TableInfo>, PublishedError> {
        let rows = sqlx::query(
            "select t.release_id, t.definition, t.shown, t.withheld from release_tables t
             where t.release_id =
                 (select release_id from releases where $1::bigint is null or log_index <= $1
                  order by period_index desc, revision desc limit 1)
             order by t.position",
        )
        .bind(self.until)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(table_info).collect()
    }

    /// The table `id` of the newest release that has it: also a table that is no longer published.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn table(&self, id: &str) -> Result<Option<TableInfo>, PublishedError> {
        let row = sqlx::query(
            "select t.release_id, t.definition, t.shown, t.withheld
             from release_tables t join releases r using (release_id)
             where t.table_id = $1 and ($2::bigint is null or r.log_index <= $2)
             order by r.period_index desc, r.revision desc limit 1",
        )
        .bind(id)
        .bind(self.until)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(table_info).transpose()
    }

    /// The table `id` as `release` defined it.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn table_in(
        &self,
        release: ReleaseId,
        id: &str,
    ) -> Result<Option<TableInfo>, PublishedError> {
        let row = sqlx::query(
            "select release_id, definition, shown, withheld from release_tables
             where release_id = $1 and table_id = $2",
        )
        .bind(release.to_string())
        .bind(id)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(table_info).transpose()
    }

    /// The periods for which the table `id` is published, in order.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn periods(&self, id: &str) -> Result<Vec<Period>, PublishedError> {
        let codes: Vec<String> = sqlx::query_scalar(
            "select distinct p.period from release_periods p join releases r using (release_id)
             where p.table_id = $1 and ($2::bigint is null or r.log_index <= $2)",
        )
        .bind(id)
        .bind(self.until)
        .fetch_all(&self.pool)
        .await?;
        let mut periods = codes
            .iter()
            .map(|code| parsed("period", code))
            .collect::<Result<Vec<Period>, RowError>>()?;
        periods.sort_unstable();
        Ok(periods)
    }

    /// The cells that `query` asks for, by address: of each period from the release published last
    /// among those that hold the table for it.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn cells(&self, query: &CellQuery) -> Result<Vec<PublishedCell>, PublishedError> {
        let newest = self.newest_releases(query).await?;
        if newest.is_empty() {
            return Ok(Vec::new());
        }
        let (periods, releases): (Vec<String>, Vec<String>) = newest.into_iter().unzip();
        // Named outright, the releases narrow the query to their partitions.
        let rows = sqlx::query(select_cells!(
            "join unnest($2::text[], $3::text[]) as newest (period, release_id)
                 on c.period = newest.period and c.release_id = newest.release_id
             where c.table_id = $1 and c.release_id = any ($3) and c.period = any ($2)
                 and ($4::text[] is null or c.area = any ($4))
                 and ($5::text[] is null or c.body = any ($5))
                 and ($6::text[] is null or c.kind = any ($6))
                 and ($7::text[] is null or c.field = any ($7))
                 and ($8::text[] is null or c.referrer = any ($8))
                 and ($9::text[] is null or c.item = any ($9))"
        ))
        .bind(&query.table)
        .bind(periods)
        .bind(releases)
        .bind(&query.areas)
        .bind(&query.bodies)
        .bind(&query.kinds)
        .bind(&query.fields)
        .bind(&query.referrers)
        .bind(query.item_codes())
        .fetch_all(&self.pool)
        .await?;
        let mut cells = rows
            .iter()
            .map(|row| {
                Ok(PublishedCell { cell: cell_row::cell(row)?, release: cell_row::release(row)? })
            })
            .collect::<Result<Vec<_>, RowError>>()?;
        cells.sort_unstable_by(|a, b| a.cell.address.cmp(&b.cell.address));
        Ok(cells)
    }

    /// Period and release of what [`PublishedPool::cells`] reads.
    async fn newest_releases(
        &self,
        query: &CellQuery,
    ) -> Result<Vec<(String, String)>, PublishedError> {
        let newest = sqlx::query_as(
            "select distinct on (p.period) p.period, p.release_id
             from release_periods p join releases r using (release_id)
             where p.table_id = $1 and ($2::text[] is null or p.period = any ($2))
                 and ($3::bigint is null or r.log_index <= $3)
             order by p.period, r.log_index desc",
        )
        .bind(&query.table)
        .bind(query.period_codes())
        .bind(self.until)
        .fetch_all(&self.pool)
        .await?;
        Ok(newest)
    }

    /// The cells of one release that `query` asks for, whether or not a later one replaced them.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn cells_in(
        &self,
        release: ReleaseId,
        query: &CellQuery,
    ) -> Result<Vec<PublishedCell>, PublishedError> {
        let rows = sqlx::query(select_cells!(
            "where c.table_id = $1 and c.release_id = $2
                 and ($3::text[] is null or c.period = any ($3))
                 and ($4::text[] is null or c.area = any ($4))
                 and ($5::text[] is null or c.body = any ($5))
                 and ($6::text[] is null or c.kind = any ($6))
                 and ($7::text[] is null or c.field = any ($7))
                 and ($8::text[] is null or c.referrer = any ($8))
                 and ($9::text[] is null or c.item = any ($9))"
        ))
        .bind(&query.table)
        .bind(release.to_string())
        .bind(query.period_codes())
        .bind(&query.areas)
        .bind(&query.bodies)
        .bind(&query.kinds)
        .bind(&query.fields)
        .bind(&query.referrers)
        .bind(query.item_codes())
        .fetch_all(&self.pool)
        .await?;
        let mut cells = rows
            .iter()
            .map(|row| Ok(PublishedCell { cell: cell_row::cell(row)?, release }))
            .collect::<Result<Vec<_>, RowError>>()?;
        cells.sort_unstable_by(|a, b| a.cell.address.cmp(&b.cell.address));
        Ok(cells)
    }

    /// The signed manifest of `release`, byte by byte as it was signed.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn manifest_text(
        &self,
        release: ReleaseId,
    ) -> Result<Option<String>, PublishedError> {
        let text = sqlx::query_scalar("select manifest::text from releases where release_id = $1")
            .bind(release.to_string())
            .fetch_optional(&self.pool)
            .await?;
        Ok(text)
    }

    /// The manifest of `release`.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn manifest(
        &self,
        release: ReleaseId,
    ) -> Result<Option<serde_json::Value>, PublishedError> {
        let value = sqlx::query_scalar("select manifest from releases where release_id = $1")
            .bind(release.to_string())
            .fetch_optional(&self.pool)
            .await?;
        Ok(value)
    }

    /// The disclosure report of `release`: rules, and withheld counts by table.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn disclosure(
        &self,
        release: ReleaseId,
    ) -> Result<Option<serde_json::Value>, PublishedError> {
        let value = sqlx::query_scalar("select disclosure from releases where release_id = $1")
            .bind(release.to_string())
            .fetch_optional(&self.pool)
            .await?;
        Ok(value)
    }
}

fn release_info(row: &PgRow) -> Result<ReleaseInfo, PublishedError> {
    let Instant(visible_from) = row.try_get("visible_from")?;
    Ok(ReleaseInfo {
        id: cell_row::release(row)?,
        visible_from,
        simulated: row.try_get("simulated")?,
        log_index: row.try_get("log_index")?,
        checkpoint: row.try_get("checkpoint")?,
    })
}

fn table_info(row: &PgRow) -> Result<TableInfo, PublishedError> {
    let Json(definition) = row.try_get("definition")?;
    Ok(TableInfo {
        release: cell_row::release(row)?,
        definition,
        shown: row.try_get("shown")?,
        withheld: row.try_get("withheld")?,
    })
}
