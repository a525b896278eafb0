//! The release calendar, `portal calendar`: a release is announced, confirmed, moved or cancelled, in
//! public and for good. A release that stands in it comes out at its confirmed minute or not at all.

use clap::{Args, Subcommand};
use jiff::Timestamp;
use model::{ReleaseId, Step, Text};
use store::PublisherPool;
pub use store::{Announcement, EarlyAccess};

use crate::output;

/// What the command line says of the calendar.
#[derive(Debug, Subcommand)]
pub enum Calendar {
    /// Announce a release for a minute, provisionally.
    Announce {
        /// The release, 2026-Q4.1.
        release: ReleaseId,
        /// The minute, RFC 3339: 2026-12-30T08:00:00+07:00.
        minute: Timestamp,
    },
    /// Confirm a release for the minute that is announced.
    Confirm {
        /// The release.
        release: ReleaseId,
    },
    /// Move a release to another minute; it has to be confirmed again.
    Move {
        /// The release.
        release: ReleaseId,
        /// The new minute, RFC 3339.
        minute: Timestamp,
        /// Why.
        #[command(flatten)]
        reason: Reason,
    },
    /// Cancel a release.
    Cancel {
        /// The release.
        release: ReleaseId,
        /// Why.
        #[command(flatten)]
        reason: Reason,
    },
    /// Let an office see releases before their minute, or no longer.
    Access(Access),
    /// List what is announced.
    List,
}

/// Why a release is moved or cancelled.
#[derive(Debug, Args)]
pub struct Reason {
    /// Why, in Vietnamese.
    #[arg(long)]
    reason_vi: String,
    /// The same in English.
    #[arg(long)]
    reason_en: String,
}

/// An office that sees releases early.
#[derive(Debug, Args)]
pub struct Access {
    /// The office, in Vietnamese; not a person's name.
    #[arg(long)]
    who_vi: String,
    /// Its English name.
    #[arg(long)]
    who_en: String,
    /// What for, in Vietnamese.
    #[arg(long)]
    purpose_vi: String,
    /// The same in English.
    #[arg(long)]
    purpose_en: String,
    /// How many hours before; 0 ends it.
    #[arg(long, value_parser = clap::value_parser!(i32).range(0..=168))]
    hours: i32,
}

/// What can't be announced.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// It is loaded, and comes out by itself.
    #[error("{0} is loaded and public from {1} on: nothing can be announced of it any more")]
    Loaded(ReleaseId, Timestamp),
    /// It stands in the calendar.
    #[error("{0} is announced already: move it with `portal calendar move`")]
    Announced(ReleaseId),
    /// It doesn't.
    #[error("{0} is not announced yet: begin with `portal calendar announce`")]
    NotAnnounced(ReleaseId),
    /// It was cancelled.
    #[error("{0} was cancelled: announce it again with `portal calendar announce`")]
    Cancelled(ReleaseId),
    /// It is confirmed for that minute already.
    #[error("{0} is confirmed already")]
    Confirmed(ReleaseId),
    /// The minute has passed.
    #[error("{0} has passed: announce a minute to come")]
    Past(Timestamp),
    /// It is not a whole minute.
    #[error("{0} is not a whole minute: releases come out at one")]
    NotAMinute(Timestamp),
    /// There is nothing to move.
    #[error("{0} is announced for that minute already")]
    SameMinute(ReleaseId),
    /// A text is missing.
    #[error("{0} is empty: write it in both languages")]
    Empty(&'static str),
    /// The database refuses.
    #[error(transparent)]
    Publisher(#[from] store::PublisherError),
}

/// What is to be announced of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    release: ReleaseId,
    step: Step,
    minute: Timestamp,
    reason: Option<Text>,
}

/// Does what the command line says.
///
/// # Errors
///
/// When it can't be announced, or the database fails; nothing was announced then.
pub async fn run(
    publisher: &PublisherPool,
    command: Calendar,
    now: Timestamp,
) -> Result<(), CalendarError> {
    let earlier = publisher.announcements().await?;
    let last = |release: ReleaseId| earlier.iter().rev().find(|a| a.release == release);
    let text = |name: &'static str, vi: &str, en: &str| -> Result<Text, CalendarError> {
        let text = Text::new(vi.trim(), en.trim());
        let empty = text.vi.is_empty() || text.en.is_empty();
        if empty { Err(CalendarError::Empty(name)) } else { Ok(text) }
    };
    let why = |r: &Reason| text("the reason", &r.reason_vi, &r.reason_en).map(Some);
    let standing =
        |release| last(release).map(|a| a.minute).ok_or(CalendarError::NotAnnounced(release));
    let new = match command {
        Calendar::Announce { release, minute } => {
            New { release, step: Step::Provisional, minute, reason: None }
        }
        Calendar::Confirm { release } => {
            New { release, step: Step::Confirmed, minute: standing(release)?, reason: None }
        }
        Calendar::Move { release, minute, reason } => {
            New { release, step: Step::Moved, minute, reason: why(&reason)? }
        }
        Calendar::Cancel { release, reason } => {
            let minute = standing(release)?;
            New { release, step: Step::Cancelled, minute, reason: why(&reason)? }
        }
        Calendar::Access(access) => {
            let who = text("the office", &access.who_vi, &access.who_en)?;
            let purpose = text("the purpose", &access.purpose_vi, &access.purpose_en)?;
            publisher.grant_early_access(&who, &purpose, access.hours).await?;
            output::line(format_args!("{}\t{} hours", who.vi, access.hours));
            return Ok(());
        }
        Calendar::List => {
            for a in &earlier {
                let (step, at) = (a.step.code(), a.announced_at);
                output::line(format_args!("{}\t{}\t{step}\tannounced {at}", a.release, a.minute));
            }
            return Ok(());
        }
    };
    if let Some(minute) = publisher.public_from(new.release).await? {
        return Err(CalendarError::Loaded(new.release, minute));
    }
    admit(&new, last(new.release), now)?;
    publisher.announce(new.release, new.step, new.minute, new.reason.as_ref()).await?;
    output::line(format_args!("{}\t{}\t{}", new.release, new.minute, new.step.code()));
    Ok(())
}

/// Whether `new` can be announced after `last`.
fn admit(new: &New, last: Option<&Announcement>, now: Timestamp) -> Result<(), CalendarError> {
    let New { release, step, minute, .. } = *new;
    match (step, last.map(|a| a.step)) {
        (Step::Provisional, Some(Step::Cancelled)) => {}
        (_, Some(Step::Cancelled)) => return Err(CalendarError::Cancelled(release)),
        (Step::Provisional, Some(_)) => return Err(CalendarError::Announced(release)),
        (Step::Confirmed | Step::Moved | Step::Cancelled, None) => {
            return Err(CalendarError::NotAnnounced(release));
        }
        (Step::Confirmed, Some(Step::Confirmed)) => return Err(CalendarError::Confirmed(release)),
        _ => {}
    }
    if step == Step::Moved && last.is_some_and(|a| a.minute == minute) {
        return Err(CalendarError::SameMinute(release));
    }
    if step != Step::Cancelled && minute <= now {
        return Err(CalendarError::Past(minute));
    }
    if minute.as_second() % 60 != 0 || minute.subsec_nanosecond() != 0 {
        return Err(CalendarError::NotAMinute(minute));
    }
    Ok(())
}

/// Why a release that is loaded `now` and public from `minute` on does not agree with what was announced
/// of it.
pub fn disagrees(
    announcements: &[Announcement],
    release: ReleaseId,
    minute: Timestamp,
    now: Timestamp,
) -> Option<String> {
    let last = announcements.iter().rev().find(|a| a.release == release)?;
    match last.step {
        Step::Cancelled => Some("the calendar has it cancelled".to_owned()),
        Step::Provisional | Step::Moved => {
            Some("the calendar does not confirm it yet: portal calendar confirm".to_owned())
        }
        Step::Confirmed if last.minute != minute => Some(format!(
            "the calendar announces it for {}, but it would be public from {minute} on: delete the \
             bundle, which is not published, and build it again with --visible-from",
            last.minute
        )),
        Step::Confirmed if minute <= now => Some(format!(
            "its announced minute {minute} has passed: move it (portal calendar move), confirm it, delete \
             the bundle, which is not published, and build it again"
        )),
        Step::Confirmed => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn release() -> ReleaseId {
        "2026-Q4.1".parse().unwrap()
    }

    fn new(step: Step, minute: &str) -> New {
        New { release: release(), step, minute: at(minute), reason: None }
    }

    fn before(step: Step, minute: &str) -> Announcement {
        Announcement {
            release: release(),
            step,
            minute: at(minute),
            reason: None,
            announced_at: at("2026-11-01T00:00:00Z"),
        }
    }

    const MINUTE: &str = "2026-12-30T01:00:00Z";
    const LATER: &str = "2027-01-05T01:00:00Z";

    #[test]
    fn a_release_is_announced_confirmed_moved_and_cancelled_in_this_order() {
        let now = at("2026-12-01T00:00:00Z");
        let said = |new: New, last: Option<Announcement>| {
            admit(&new, last.as_ref(), now).map_err(|e| e.to_string())
        };
        let some = |step| Some(before(step, MINUTE));
        for (new, last) in [
            (new(Step::Provisional, MINUTE), None),
            (new(Step::Confirmed, MINUTE), some(Step::Provisional)),
            (new(Step::Moved, LATER), some(Step::Confirmed)),
            (new(Step::Moved, LATER), some(Step::Provisional)),
            (new(Step::Confirmed, MINUTE), some(Step::Moved)),
            (new(Step::Cancelled, MINUTE), some(Step::Confirmed)),
            (new(Step::Provisional, LATER), some(Step::Cancelled)),
        ] {
            assert_eq!(said(new.clone(), last), Ok(()), "{new:?}");
        }
        for (new, last, why) in [
            (new(Step::Provisional, MINUTE), some(Step::Provisional), "announced already"),
            (new(Step::Confirmed, MINUTE), None, "not announced yet"),
            (new(Step::Cancelled, MINUTE), None, "not announced yet"),
            (new(Step::Moved, MINUTE), some(Step::Confirmed), "for that minute already"),
            (new(Step::Confirmed, MINUTE), some(Step::Confirmed), "confirmed already"),
            (new(Step::Moved, LATER), some(Step::Cancelled), "was cancelled"),
            (new(Step::Provisional, "2026-11-30T01:00:00Z"), None, "has passed"),
            (new(Step::Provisional, "2026-12-30T01:00:30Z"), None, "not a whole minute"),
        ] {
            let said = said(new.clone(), last).unwrap_err();
            assert!(said.contains(why), "{new:?}: {said}");
        }
    }

    #[test]
    fn a_release_comes_out_at_its_confirmed_minute_or_not_at_all() {
        let said = |steps: &[(Step, &str)], minute: &str| {
            let all: Vec<Announcement> =
                steps.iter().map(|(step, minute)| before(*step, minute)).collect();
            disagrees(&all, release(), at(minute), at("2026-12-01T00:00:00Z"))
        };
        let planned = (Step::Provisional, MINUTE);
        assert_eq!(said(&[], MINUTE), None);
        assert_eq!(said(&[planned, (Step::Confirmed, MINUTE)], MINUTE), None);
        assert!(said(&[planned], MINUTE).unwrap().contains("confirm"));
        assert!(said(&[planned, (Step::Moved, LATER)], LATER).unwrap().contains("confirm"));
        let confirmed = [planned, (Step::Confirmed, MINUTE)];
        assert!(said(&confirmed, LATER).unwrap().contains("announces it for 2026-12-30T01:00:00Z"));
        assert!(said(&[planned, (Step::Cancelled, MINUTE)], MINUTE).unwrap().contains("cancelled"));
        let past = "2026-11-30T01:00:00Z";
        let late = said(&[(Step::Provisional, past), (Step::Confirmed, past)], past);
        assert!(late.unwrap().contains("has passed"));
    }
}
