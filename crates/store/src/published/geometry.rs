//! Boundaries as the web server reads them.

use model::boundary::Level;

use super::{PublishedError, PublishedPool};
use crate::geometry::{GeometryInfo, info, select_geometries};

impl PublishedPool {
    /// The boundaries of `level` that were imported last.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn geometry(&self, level: Level) -> Result<Option<GeometryInfo>, PublishedError> {
        let sql = select_geometries!("where level = $1 order by geometry_id desc limit 1");
        let row = sqlx::query(sql).bind(level.code()).fetch_optional(&self.pool).await?;
        Ok(row.as_ref().map(info).transpose()?)
    }

    /// The drawing of `level` with `hash`, also one that a newer import replaced.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn drawing(
        &self,
        level: Level,
        hash: &str,
    ) -> Result<Option<String>, PublishedError> {
        let sql = "select svg from geometries where level = $1 and hash = $2 limit 1";
        Ok(sqlx::query_scalar(sql).bind(level.code()).bind(hash).fetch_optional(&self.pool).await?)
    }
}
