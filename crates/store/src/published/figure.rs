//! One figure over all releases, and what proves it.

use model::Period;
use model::figure::Cell;
use sqlx::Row as _;
use sqlx::postgres::PgRow;

use super::{PublishedError, PublishedPool, ReleaseInfo, release_info};
use crate::cell_row::{self, Damaged};

/// A figure as one release published it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureVersion {
    /// The release.
    pub release: ReleaseInfo,
    /// The table that it stands in.
    pub table: String,
    /// The figure.
    pub cell: Cell,
    /// Its place among the figures of the release, from 0.
    pub leaf: u64,
}

/// An entry of the log of releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedManifest {
    /// The release.
    pub release: ReleaseInfo,
    /// Its manifest, byte by byte as it was signed.
    pub manifest: String,
    /// The public key that its checkpoint was verified with.
    pub key: String,
}

/// Versions of figures that fulfil the condition, in the order given.
macro_rules! select_versions {
    ($condition:literal, $order:literal) => {
        concat!(
            "select c.release_id, c.table_id, c.period, c.area, c.body, c.kind, c.field, c.referrer,
                 c.item, c.value, c.status, c.leaf,
                 r.visible_from, r.simulated, r.log_index, r.checkpoint
             from cells c join releases r using (release_id)
             where ($1::bigint is null or r.log_index <= $1) and ",
            $condition,
            " ",
            $order
        )
    };
}

fn version(row: &PgRow) -> Result<FigureVersion, PublishedError> {
    let leaf: i64 = row.try_get("leaf")?;
    Ok(FigureVersion {
        release: release_info(row)?,
        table: row.try_get("table_id")?,
        cell: cell_row::cell(row)?,
        leaf: u64::try_from(leaf)
            .map_err(|_e| Damaged::new("place of a figure", &leaf.to_string()))?,
    })
}

impl PublishedPool {
    /// Every visible version of the figure whose permanent name has the bits `id`, the one published
    /// last first; none if there is no such figure.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn figure(&self, id: [u8; 10]) -> Result<Vec<FigureVersion>, PublishedError> {
        self.figures(&[id]).await
    }

    /// Every visible version of the figures whose permanent names have the bits `ids`; of each the
    /// one published last first.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn figures(&self, ids: &[[u8; 10]]) -> Result<Vec<FigureVersion>, PublishedError> {
        let ids: Vec<&[u8]> = ids.iter().map(|id| id.as_slice()).collect();
        let rows = sqlx::query(select_versions!("c.figure = any($2)", "order by r.log_index desc"))
            .bind(self.until)
            .bind(ids)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(version).collect()
    }

    /// Up to `most` visible versions of figures with a value from `low` to `high`, of `periods` and
    /// `areas` if these are given; those of the newest release first, in its order.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn figures_between(
        &self,
        low: i64,
        high: i64,
        periods: Option<&[Period]>,
        areas: Option<&[String]>,
        most: i64,
    ) -> Result<Vec<FigureVersion>, PublishedError> {
        let rows = sqlx::query(select_versions!(
            "c.value between $2 and $3 and ($4::text[] is null or c.period = any($4))
                 and ($5::text[] is null or c.area = any($5))",
            "order by r.log_index desc, c.leaf limit $6"
        ))
        .bind(self.until)
        .bind(low)
        .bind(high)
        .bind(periods.map(|p| p.iter().map(Period::to_string).collect::<Vec<_>>()))
        .bind(areas)
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(version).collect()
    }

    /// The hashes at `places` of the tree over the figures of `release`, in the order of `places`;
    /// fewer if the release is not visible or its tree has no such place.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn tree_hashes(
        &self,
        release: model::ReleaseId,
        places: &[u64],
    ) -> Result<Vec<[u8; 32]>, PublishedError> {
        let places: Vec<i32> = places.iter().filter_map(|p| i32::try_from(*p).ok()).collect();
        let hashes: Vec<Vec<u8>> = sqlx::query_scalar(
            "select substring(r.tree from p.place * 32 + 1 for 32)
             from releases r, unnest($2::int[]) with ordinality as p (place, number)
             where r.release_id = $1 order by p.number",
        )
        .bind(release.to_string())
        .bind(places)
        .fetch_all(&self.pool)
        .await?;
        Ok(hashes.into_iter().filter_map(|hash| hash.try_into().ok()).collect())
    }

    /// The log of releases as far as it is visible, from its first entry on.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn log(&self) -> Result<Vec<LoggedManifest>, PublishedError> {
        let rows = sqlx::query(
            "select release_id, visible_from, simulated, log_index, checkpoint,
                 manifest::text as manifest, log_key
             from releases where $1::bigint is null or log_index <= $1 order by log_index",
        )
        .bind(self.until)
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(LoggedManifest {
                    release: release_info(row)?,
                    manifest: row.try_get("manifest")?,
                    key: row.try_get("log_key")?,
                })
            })
            .collect()
    }
}
