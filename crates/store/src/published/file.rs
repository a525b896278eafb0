//! The files of the releases' bundles, byte for byte.

use model::ReleaseId;
use sqlx::Row as _;

use super::{PublishedError, PublishedPool};
use crate::cell_row::{RowError, parsed};

/// Where a file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePlace {
    /// The release.
    pub release: ReleaseId,
    /// Its path in the bundle.
    pub path: String,
}

impl PublishedPool {
    /// The file at `path` in the bundle of `release`; `None` if there is none, or the release is not
    /// visible.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn file(
        &self,
        release: ReleaseId,
        path: &str,
    ) -> Result<Option<Vec<u8>>, PublishedError> {
        let sql = "select content from release_files where release_id = $1 and path = $2";
        let content = sqlx::query_scalar(sql)
            .bind(release.to_string())
            .bind(path)
            .fetch_optional(&self.pool)
            .await?;
        Ok(content)
    }

    /// All files of the bundle of `release` by their paths, in the order of these; none if the release
    /// is not visible.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn files(
        &self,
        release: ReleaseId,
    ) -> Result<Vec<(String, Vec<u8>)>, PublishedError> {
        let sql = "select path, content from release_files where release_id = $1 order by path";
        Ok(sqlx::query_as(sql).bind(release.to_string()).fetch_all(&self.pool).await?)
    }

    /// Every visible place of the file whose SHA-256 is `hash`, those of the newest release first.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn places_of(&self, hash: [u8; 32]) -> Result<Vec<FilePlace>, PublishedError> {
        let rows = sqlx::query(
            "select release_id, path from release_files join releases using (release_id)
             where sha256 = $1 order by log_index desc, path",
        )
        .bind(&hash[..])
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                let release = parsed("release", row.try_get("release_id").map_err(RowError::from)?);
                Ok(FilePlace { release: release?, path: row.try_get("path")? })
            })
            .collect()
    }
}
