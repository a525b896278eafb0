//! The release calendar as the web server reads it.

use super::{PublishedError, PublishedPool};
use crate::calendar::{
    ANNOUNCEMENTS, Announcement, EARLY_ACCESS, EarlyAccess, announcement, early_access,
};
use crate::cell_row::RowError;

impl PublishedPool {
    /// Everything that was announced, in its order.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn announcements(&self) -> Result<Vec<Announcement>, PublishedError> {
        let rows = sqlx::query(ANNOUNCEMENTS).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(announcement).collect::<Result<_, RowError>>()?)
    }

    /// Everything that was announced of early access, in its order.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn early_access(&self) -> Result<Vec<EarlyAccess>, PublishedError> {
        let rows = sqlx::query(EARLY_ACCESS).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(early_access).collect::<Result<_, RowError>>()?)
    }
}
