//! A cell as a row.

use model::figure::{Address, Cell, Status};
use model::item::Item;
use model::release::ReleaseId;
use sqlx::Row as _;
use sqlx::postgres::PgRow;

/// What a stored text should be and is not.
#[derive(Debug, thiserror::Error)]
#[error("the database holds `{value}`, which is no {what}")]
pub struct Damaged {
    what: &'static str,
    value: String,
}

impl Damaged {
    pub(crate) fn new(what: &'static str, value: &str) -> Self {
        Self { what, value: value.to_owned() }
    }
}

/// Columns of a cell, for a `select`; the rest of the query follows.
macro_rules! select_cells {
    ($rest:literal) => {
        concat!(
            "select c.release_id, c.table_id, c.period, c.area, c.body, c.kind, c.field, ",
            "c.referrer, c.item, c.value, c.status from cells c ",
            $rest
        )
    };
}
pub(crate) use select_cells;

/// Why a row is no cell.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RowError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Damaged(#[from] Damaged),
}

/// Reads a row of [`select_cells`].
pub(crate) fn cell(row: &PgRow) -> Result<Cell, RowError> {
    let item: &str = row.try_get("item")?;
    let status: &str = row.try_get("status")?;
    Ok(Cell {
        address: Address {
            period: parsed("period", row.try_get("period")?)?,
            area: row.try_get("area")?,
            body: row.try_get("body")?,
            kind: row.try_get("kind")?,
            field: row.try_get("field")?,
            referrer: row.try_get("referrer")?,
            item: Item::from_code(item).ok_or_else(|| Damaged::new("item", item))?,
        },
        value: row.try_get("value")?,
        status: Status::from_code(status).ok_or_else(|| Damaged::new("status", status))?,
    })
}

/// The release that a row belongs to.
pub(crate) fn release(row: &PgRow) -> Result<ReleaseId, RowError> {
    parsed("release", row.try_get("release_id")?)
}

/// A text as what it stands for.
pub(crate) fn parsed<T: std::str::FromStr>(what: &'static str, value: &str) -> Result<T, RowError> {
    value.parse().map_err(|_unread: T::Err| Damaged::new(what, value).into())
}
