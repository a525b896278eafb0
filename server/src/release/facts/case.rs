//! What happened to a case, as a release knows it.

use jiff::civil::Date;
use model::area;
use model::classification::{Ending, Finding};
use model::dimension::{commune_member, unallocated_member};
use model::{Dim, Item, Period};
use store::register::{CaseHistory, CaseVersion};

use super::dialogue::Dialogues;
use super::quarter::{Quarter, containing, ending, knowing, starting};
use super::{Facts, due, entering_area, known, position};
use crate::release::error::BuildError;

/// What happened to a case, as known by a release.
pub(super) struct CaseLife<'a> {
    versions: &'a [CaseVersion],
    /// What was known of it first.
    pub(super) first: &'a CaseVersion,
    /// Where it enters.
    pub(super) entry: Quarter,
    /// Its end, if it has one.
    pub(super) end: Option<CaseEnd<'a>>,
}

/// How it ended, as far as the release knows.
#[derive(Clone, Copy)]
pub(super) struct CaseEnd<'a> {
    /// Where it counts.
    pub(super) quarter: Quarter,
    /// The first version that tells of it.
    pub(super) version: &'a CaseVersion,
    ended_on: Date,
}

/// For how many days it is followed. The shortest two quarters in a row have 181.
const FOLLOWED: i32 = 180;

impl<'a> CaseLife<'a> {
    pub(super) fn of(history: &'a CaseHistory, facts: &Facts) -> Result<Option<Self>, BuildError> {
        let (last, dating) = (facts.last, &facts.counting.dating);
        let in_time =
            history.versions.iter().take_while(|v| knowing(v.extract_date) <= last).count();
        let versions = &history.versions[..in_time];
        let Some(first) = versions.first() else { return Ok(None) };
        let there = |quarter| facts.exists(body_then(versions, quarter), quarter);
        let entry = dating.entry(first.received_on, first.extract_date, there);
        if entry > last {
            return Ok(None);
        }
        let mut ended = versions.iter().filter_map(|v| Some((v, v.ended_on?)));
        let end = ended.next().map(|(version, ended_on)| CaseEnd {
            // A case cannot end before it enters, nor anywhere else than where it was.
            quarter: dating
                .entry(ended_on, version.extract_date, |own| {
                    let then = |quarter| body_then(versions, quarter) == version.body_code;
                    own >= entry && (own..=knowing(version.extract_date)).all(then)
                })
                .max(entry),
            version,
            ended_on,
        });
        Ok(Some(Self { versions, first, entry, end }))
    }

    /// The newest version that `quarter` knows; before anything was known, what was known first.
    pub(super) fn known(&self, quarter: Quarter) -> &'a CaseVersion {
        version_then(self.versions, quarter).unwrap_or(self.first)
    }

    /// Area members: as a case that enters, and as a case that is there. Communes count what
    /// enters from 1 July 2025 on; what was there before is placed where its old commune went.
    pub(super) fn areas(&self) -> Result<(usize, usize), BuildError> {
        let (code, day) = (&self.first.area_code, self.first.received_on);
        let place = area::place(code, day)
            .ok_or_else(|| BuildError::UnknownCode { what: "area", code: code.clone() })?;
        let standing = match place.commune {
            Some(commune) => commune_member(commune),
            None => unallocated_member(place.district),
        };
        Ok((entering_area(code, day)?, position(Dim::Area, &standing)))
    }

    /// What became of it within [`FOLLOWED`] days of reception, and the quarter whose end all of these are
    /// over by: the second after the one that it enters.
    pub(super) fn followed(&self) -> [(Item, Quarter); 2] {
        let quarter = self.entry + Item::Followed.quarters_back();
        let ended = self.end.filter(|end| end.quarter <= quarter).and_then(|end| {
            let days = days_between(self.first.received_on, end.ended_on);
            (days <= FOLLOWED).then_some((end.version.ending, days))
        });
        let became = match ended {
            None => Item::FollowedOpen,
            Some((Some(Ending::Settled), ..=30)) => Item::Followed30,
            Some((Some(Ending::Settled), ..=60)) => Item::Followed60,
            Some((Some(Ending::Settled), ..=90)) => Item::Followed90,
            Some((Some(Ending::Settled), _)) => Item::Followed180,
            Some(_) => Item::FollowedOtherwise,
        };
        [(Item::Followed, quarter), (became, quarter)]
    }

    /// Calls `add` for each period in which the decision was due, done or pending.
    pub(super) fn implementation(
        &self,
        end: CaseEnd<'_>,
        facts: &Facts,
        mut add: impl FnMut(Item, Period),
    ) {
        let done =
            self.versions.iter().find_map(|v| Some((v.implemented_on?, v.extract_date))).map(
                |(day, extract)| {
                    facts.counting.dating.entry(day, extract, |_| true).max(end.quarter)
                },
            );
        let last = facts.last;
        for quarter in end.quarter..=done.map_or(last, |d| d.min(last)) {
            if quarter == end.quarter {
                for period in containing(quarter) {
                    add(Item::ImplementationNew, period);
                    add(Item::ImplementationDue, period);
                }
            } else {
                for period in starting(quarter) {
                    add(Item::ImplementationCarried, period);
                    add(Item::ImplementationDue, period);
                }
            }
            if done == Some(quarter) {
                for period in containing(quarter) {
                    add(Item::ImplementationDone, period);
                }
            } else {
                for period in ending(quarter) {
                    add(Item::ImplementationPending, period);
                }
            }
        }
    }
}

/// The newest of `versions` that `quarter` knows, or that the first quarter to know any does.
fn version_then(versions: &[CaseVersion], quarter: Quarter) -> Option<&CaseVersion> {
    let first = knowing(versions.first()?.extract_date);
    known(versions, quarter.max(first))
}

fn body_then(versions: &[CaseVersion], quarter: Quarter) -> &str {
    version_then(versions, quarter).map_or("", |version| &version.body_code)
}

impl CaseEnd<'_> {
    /// Everything that the end of the case counts as, of which `first` was known first.
    pub(super) fn items(
        &self,
        first: &CaseVersion,
        dialogues: &Dialogues,
        case: &str,
    ) -> Result<Vec<Item>, BuildError> {
        let mut items = vec![Item::Ended];
        items.push(match self.version.ending {
            Some(Ending::Settled) => Item::Settled,
            Some(Ending::Withdrawn) => Item::Withdrawn,
            Some(Ending::TransferredAway) => Item::TransferredAway,
            Some(Ending::Terminated) | None => Item::Terminated,
        });
        if self.version.ending != Some(Ending::Settled) {
            items.extend([Item::EndedOtherwise, Item::EndedNotOnTime]);
            return Ok(items);
        }
        let due = due::of(first, self.version, self.ended_on)?;
        let on_time = due.is_none_or(|due| self.ended_on <= due);
        items.push(Item::SettledOrOverdue);
        items.extend_from_slice(if on_time {
            &[Item::SettledOnTime]
        } else {
            &[Item::SettledLate, Item::EndedNotOnTime, Item::LateOrOverdue]
        });
        let start = due::begins(first, self.version, self.ended_on)?;
        items.push(match days_between(start, self.ended_on) {
            ..=30 => Item::Days30,
            31..=60 => Item::Days60,
            61..=90 => Item::Days90,
            _ => Item::DaysMore,
        });
        if matches!(self.version.finding, Some(Finding::Upheld | Finding::Overturned)) {
            items.push(Item::SettledSecond);
            // What an annual revision has moved is told by what was known when it was first reported.
            let told = self.quarter.max(knowing(self.version.extract_date));
            let held = dialogues.held(case, first.received_on..=self.ended_on, told);
            items.push(if held { Item::DialogueHeld } else { Item::DialogueNone });
        }
        items.push(match self.version.finding {
            Some(Finding::Founded) => Item::FoundRight,
            Some(Finding::PartlyFounded) => Item::FoundPartly,
            Some(Finding::Unfounded) => Item::FoundWrong,
            Some(Finding::Upheld) => Item::Upheld,
            Some(Finding::Overturned) => Item::Overturned,
            Some(Finding::Answered) => Item::Answered,
            None => {
                return Err(BuildError::UnknownCode {
                    what: "finding of a settled case",
                    code: String::new(),
                });
            }
        });
        Ok(items)
    }
}

/// What a case that is open on `day` counts as, of which `first` was known first and `version` by then.
pub(super) fn open_items(
    first: &CaseVersion,
    version: &CaseVersion,
    day: Date,
) -> Result<Vec<Item>, BuildError> {
    let mut items = vec![Item::Closing];
    let due = due::of(first, version, day)?;
    let overdue = due.map_or(0, |due| days_between(due, day));
    if overdue > 0 {
        items.extend([Item::SettledOrOverdue, Item::LateOrOverdue]);
    }
    match overdue {
        ..=0 => {
            items.push(Item::OpenWithin);
            items.push(if due.is_some() { Item::OpenBeforeDue } else { Item::OpenNoDue });
        }
        1..=30 => items.extend([Item::OpenOverdue, Item::Overdue30]),
        31..=90 => items.extend([Item::OpenOverdue, Item::Overdue90]),
        _ => items.extend([Item::OpenOverdue, Item::OverdueMore]),
    }
    items.push(if version.prolonged { Item::Prolonged } else { Item::NotProlonged });
    let suspended = version.suspended_on.is_some_and(|from| from <= day)
        && version.resumed_on.is_none_or(|until| until > day);
    items.push(if suspended { Item::OpenSuspended } else { Item::NotSuspended });
    items.push(if version.extended { Item::OpenExtended } else { Item::NotExtended });
    Ok(items)
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
