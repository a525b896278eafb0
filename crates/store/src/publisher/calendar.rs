//! The release calendar as the publisher keeps it.

use jiff::Timestamp;
use model::locale::Text;
use model::release::{ReleaseId, Step};

use super::{PublisherError, PublisherPool};
use crate::calendar::{
    ANNOUNCEMENTS, Announcement, EARLY_ACCESS, EarlyAccess, announcement, early_access,
};
use crate::cell_row::RowError;
use crate::time::Instant;

impl PublisherPool {
    /// Announces something of a release.
    ///
    /// # Errors
    ///
    /// When the database refuses: a move or cancellation without a reason, or a reason without one.
    pub async fn announce(
        &self,
        release: ReleaseId,
        step: Step,
        minute: Timestamp,
        reason: Option<&Text>,
    ) -> Result<(), PublisherError> {
        sqlx::query(
            "insert into announcements (release_id, step, minute, reason_vi, reason_en)
             values ($1, $2, $3, $4, $5)",
        )
        .bind(release.to_string())
        .bind(step.code())
        .bind(Instant(minute))
        .bind(reason.map(|r| r.vi.as_str()))
        .bind(reason.map(|r| r.en.as_str()))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Everything that was announced, in its order.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn announcements(&self) -> Result<Vec<Announcement>, PublisherError> {
        let rows = sqlx::query(ANNOUNCEMENTS).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(announcement).collect::<Result<_, RowError>>()?)
    }

    /// Announces that an office sees releases so many hours before their minute; none ends it.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn grant_early_access(
        &self,
        who: &Text,
        purpose: &Text,
        hours: i32,
    ) -> Result<(), PublisherError> {
        sqlx::query(
            "insert into early_access (who_vi, who_en, purpose_vi, purpose_en, hours)
             values ($1, $2, $3, $4, $5)",
        )
        .bind(&who.vi)
        .bind(&who.en)
        .bind(&purpose.vi)
        .bind(&purpose.en)
        .bind(hours)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Everything that was announced of early access, in its order.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn early_access(&self) -> Result<Vec<EarlyAccess>, PublisherError> {
        let rows = sqlx::query(EARLY_ACCESS).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(early_access).collect::<Result<_, RowError>>()?)
    }
}
