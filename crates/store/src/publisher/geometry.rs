//! Boundaries as the operator imports them.

use model::boundary::Level;
use model::locale::Text;

use super::{PublisherError, PublisherPool};
use crate::cell_row::RowError;
use crate::geometry::{GeometryInfo, info, select_geometries};

/// Boundaries to store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGeometry {
    /// The level.
    pub level: Level,
    /// First 16 hexadecimal digits of the drawing's SHA-256.
    pub hash: String,
    /// Width of the drawing, in its own units.
    pub width: i32,
    /// Height of the drawing.
    pub height: i32,
    /// The drawing: an SVG document with a shape for each place, its id the member code.
    pub svg: String,
    /// Whose boundaries these are.
    pub source: Text,
}

impl PublisherPool {
    /// Stores boundaries; from now on they are drawn.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn insert_geometry(&self, new: &NewGeometry) -> Result<(), PublisherError> {
        sqlx::query(
            "insert into geometries (level, hash, width, height, svg, source_vi, source_en)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(new.level.code())
        .bind(&new.hash)
        .bind(new.width)
        .bind(new.height)
        .bind(&new.svg)
        .bind(&new.source.vi)
        .bind(&new.source.en)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// All boundaries ever imported, the newest first.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn geometries(&self) -> Result<Vec<GeometryInfo>, PublisherError> {
        let rows = sqlx::query(select_geometries!("order by geometry_id desc"))
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.iter().map(info).collect::<Result<_, RowError>>()?)
    }
}
