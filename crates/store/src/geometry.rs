//! Boundaries of places: what is stored of an import, and what is told about it.

use jiff::Timestamp;
use model::boundary::Level;
use model::locale::Text;
use sqlx::Row as _;
use sqlx::postgres::PgRow;

use crate::cell_row::{RowError, parsed};
use crate::time::Instant;

/// Boundaries of all places of a level, without the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeometryInfo {
    /// The level.
    pub level: Level,
    /// First 16 hexadecimal digits of the drawing's SHA-256.
    pub hash: String,
    /// Width of the drawing, in its own units.
    pub width: i32,
    /// Height of the drawing.
    pub height: i32,
    /// Whose boundaries these are, as the operator worded it.
    pub source: Text,
    /// When they were imported.
    pub imported_at: Timestamp,
}

/// The columns that [`info`] reads.
macro_rules! select_geometries {
    ($rest:literal) => {
        concat!(
            "select level, hash, width, height, source_vi, source_en, imported_at
             from geometries ",
            $rest
        )
    };
}
pub(crate) use select_geometries;

pub(crate) fn info(row: &PgRow) -> Result<GeometryInfo, RowError> {
    let level: String = row.try_get("level")?;
    Ok(GeometryInfo {
        level: parsed("level", &level)?,
        hash: row.try_get("hash")?,
        width: row.try_get("width")?,
        height: row.try_get("height")?,
        source: Text::new(
            row.try_get::<String, _>("source_vi")?,
            row.try_get::<String, _>("source_en")?,
        ),
        imported_at: row.try_get::<Instant, _>("imported_at")?.0,
    })
}
