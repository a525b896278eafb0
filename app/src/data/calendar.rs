//! When releases come out, and who sees them before.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use model::{ReleaseId, Step, Text};

use crate::error::PortalError;
use crate::published::{Published, local_day, unavailable};

/// The calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarPage {
    /// True if the newest release is of simulated figures.
    pub simulated: bool,
    /// Releases to come, the next one first.
    pub coming: Vec<Coming>,
    /// Releases that came out, the newest first.
    pub out: Vec<Out>,
    /// Offices that see releases before.
    pub early: Vec<Early>,
}

/// A release to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    /// The release.
    pub release: ReleaseId,
    /// The minute; of one that is not announced, the first possible day.
    pub minute: Moment,
    /// How firm that is; `None` if nothing was announced yet.
    pub step: Option<Step>,
    /// What was announced before, the newest first, and why it changed.
    pub before: Vec<Before>,
}

/// What was announced of a release before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// For when.
    pub minute: Moment,
    /// Why that changed.
    pub reason: Text,
    /// The day on which the change was announced.
    pub changed_on: Date,
}

/// A release that came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Out {
    /// The release.
    pub release: ReleaseId,
    /// When.
    pub minute: Moment,
    /// Whether it was announced for then; `None` if it stood in no calendar.
    pub as_announced: Option<bool>,
}

/// An office that sees releases before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Early {
    /// The office.
    pub who: Text,
    /// What for.
    pub purpose: Text,
    /// How many hours before.
    pub hours: i32,
    /// Since when.
    pub since: Date,
}

/// Day and time in Viet Nam.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The time.
    pub time: Time,
}

impl Moment {
    fn of(instant: Timestamp) -> Self {
        let local = jiff::tz::Offset::constant(7).to_datetime(instant);
        Self { day: local.date(), time: local.time() }
    }
}

/// So many quarters ahead are listed, announced or not.
const AHEAD: usize = 4;
/// So many releases that came out are listed.
const LAST: usize = 8;
/// Releases come out at this hour, if nothing else is announced.
const HOUR: i8 = 8;

/// The calendar as it is announced.
///
/// # Errors
///
/// [`PortalError::Unavailable`] when the database does not answer.
pub async fn calendar() -> Result<CalendarPage, PortalError> {
    crate::published::answer(async move {
        let published = Published::from_context()?;
        let pool = published.pool();
        let announced = pool.announcements().await.map_err(unavailable)?;
        let releases = pool.releases().await.map_err(unavailable)?;
        let newest = pool.latest().await.map_err(unavailable)?;
        let newest = newest.ok_or(PortalError::NothingPublished)?;
        let is_out = |id: ReleaseId| releases.iter().any(|r| r.id == id);

        let mut ids: Vec<ReleaseId> = announced.iter().map(|a| a.release).collect();
        let mut quarter = newest.id.period;
        for _ in 0..AHEAD {
            quarter = quarter.next_quarter();
            ids.push(ReleaseId { period: quarter, revision: 1 });
        }
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| !is_out(*id));
        let mut coming: Vec<Coming> = ids.iter().map(|id| coming(*id, &announced)).collect();
        coming.sort_by_key(|c| (c.minute, c.release));

        let out = releases.iter().take(LAST).map(|r| {
            let last = announced.iter().rev().find(|a| a.release == r.id);
            Out {
                release: r.id,
                minute: Moment::of(r.visible_from),
                as_announced: last.map(|a| a.step == Step::Confirmed && a.minute == r.visible_from),
            }
        });
        let early = early(&pool.early_access().await.map_err(unavailable)?);
        Ok(CalendarPage { simulated: newest.simulated, coming, out: out.collect(), early })
    })
    .await
}

fn coming(release: ReleaseId, announced: &[store::Announcement]) -> Coming {
    let own: Vec<&store::Announcement> =
        announced.iter().filter(|a| a.release == release).collect();
    let Some(last) = own.last() else {
        let day = release.period.earliest_release();
        let minute = Moment { day, time: Time::constant(HOUR, 0, 0, 0) };
        return Coming { release, minute, step: None, before: Vec::new() };
    };
    // A change stands beside what was announced before it.
    let changes = own.windows(2).filter_map(|pair| {
        let (minute, reason) = (Moment::of(pair[0].minute), pair[1].reason.clone()?);
        Some(Before { minute, reason, changed_on: local_day(pair[1].announced_at) })
    });
    let mut before: Vec<Before> = changes.collect();
    before.reverse();
    Coming { release, minute: Moment::of(last.minute), step: Some(last.step), before }
}

/// The last word on each office.
fn early(announced: &[store::EarlyAccess]) -> Vec<Early> {
    let mut offices: Vec<Early> = Vec::new();
    for access in announced {
        offices.retain(|office| office.who.vi != access.who.vi);
        if access.hours > 0 {
            offices.push(Early {
                who: access.who.clone(),
                purpose: access.purpose.clone(),
                hours: access.hours,
                since: local_day(access.announced_at),
            });
        }
    }
    offices
}
