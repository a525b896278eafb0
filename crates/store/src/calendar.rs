//! The release calendar: what is announced, and who may see figures before.

use jiff::Timestamp;
use model::locale::Text;
use model::release::{ReleaseId, Step};
use sqlx::Row as _;
use sqlx::postgres::PgRow;

use crate::cell_row::{self, Damaged, RowError};
use crate::time::Instant;

/// What was announced of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// The release.
    pub release: ReleaseId,
    /// How firm it is.
    pub step: Step,
    /// The minute at which it comes out.
    pub minute: Timestamp,
    /// Why it was moved or cancelled.
    pub reason: Option<Text>,
    /// When this was announced.
    pub announced_at: Timestamp,
}

/// Who may see releases before their minute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlyAccess {
    /// An office.
    pub who: Text,
    /// What for.
    pub purpose: Text,
    /// For how many hours before; 0 if no longer.
    pub hours: i32,
    /// When this was announced.
    pub announced_at: Timestamp,
}

/// All announcements, in their order.
pub(crate) const ANNOUNCEMENTS: &str =
    "select release_id, step, minute, reason_vi, reason_en, announced_at
     from announcements order by announcement_id";

/// All that was announced of early access, in its order.
pub(crate) const EARLY_ACCESS: &str =
    "select who_vi, who_en, purpose_vi, purpose_en, hours, announced_at
     from early_access order by early_access_id";

pub(crate) fn announcement(row: &PgRow) -> Result<Announcement, RowError> {
    let step: String = row.try_get("step")?;
    let vi: Option<String> = row.try_get("reason_vi")?;
    let en: Option<String> = row.try_get("reason_en")?;
    Ok(Announcement {
        release: cell_row::release(row)?,
        step: Step::from_code(&step).ok_or_else(|| Damaged::new("step of a release", &step))?,
        minute: row.try_get::<Instant, _>("minute")?.0,
        reason: vi.zip(en).map(|(vi, en)| Text::new(vi, en)),
        announced_at: row.try_get::<Instant, _>("announced_at")?.0,
    })
}

pub(crate) fn early_access(row: &PgRow) -> Result<EarlyAccess, RowError> {
    let text = |vi: &str, en: &str| -> Result<Text, RowError> {
        Ok(Text::new(row.try_get::<String, _>(vi)?, row.try_get::<String, _>(en)?))
    };
    Ok(EarlyAccess {
        who: text("who_vi", "who_en")?,
        purpose: text("purpose_vi", "purpose_en")?,
        hours: row.try_get("hours")?,
        announced_at: row.try_get::<Instant, _>("announced_at")?.0,
    })
}
