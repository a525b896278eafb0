//! What became of a referred matter, and whether its referrer was answered within the limit of the law.

use std::collections::BTreeMap;

use jiff::civil::Date;
use law::{Circumstances, Course, Law, Matter, Start, State, Step};
use model::{Dim, Item, Period};
use store::register::{Decision, ReferralHistory, ReferralVersion};

use super::quarter::{containing, knowing};
use super::{Facts, Place, Sink, entering_area, known, position};
use crate::release::cube::Cube;
use crate::release::error::BuildError;
use crate::release::measure::{Measure, shorter};

impl Facts {
    /// Adds a matter transferred by a referrer: its state at the end of each period it came in.
    pub fn referral(&self, history: &ReferralHistory, cube: &mut Cube) -> Result<(), BuildError> {
        let Some(first) = history.versions.first() else { return Ok(()) };
        let entered = self.enters(&history.versions, first.referred_on);
        let Some((entry, _)) = entered else { return Ok(()) };
        let told = knowing(first.extract_date);
        let place = Place {
            area: entering_area(&first.area_code, first.referred_on)?,
            kind: position(Dim::Kind, first.kind.code()),
            field: 0,
            referrer: position(Dim::Referrer, first.referrer.code()),
        };
        let body = self.body(&first.body_code)?;
        let subject = self.subject(&history.record_id, &first.complainant_key);
        let mut sink = Sink { cube, subject };
        let mut states: BTreeMap<Period, Vec<Item>> = BTreeMap::new();
        for period in containing(entry) {
            let then = known(&history.versions, period.last_quarter_index().max(told));
            states.insert(period, state(first, then.unwrap_or(first), period.end())?);
        }
        for (&period, now) in &states {
            for &item in now {
                sink.add(item, period, place, body, 1);
            }
            for then in shorter(period) {
                // Before it was transferred it was nothing.
                let before: &[Item] = states.get(&then).map_or(&[], Vec::as_slice);
                for item in now.iter().chain(before.iter().filter(|item| !now.contains(item))) {
                    let (did, does) = (before.contains(item), now.contains(item));
                    for measure in Measure::change(*item, period, then, did, does) {
                        sink.measure(measure, place, body, 1);
                    }
                }
            }
        }
        Ok(())
    }
}

/// What a referral counts as on `day`, by the `version` known then.
fn state(
    first: &ReferralVersion,
    version: &ReferralVersion,
    day: Date,
) -> Result<Vec<Item>, BuildError> {
    let by = |date: Option<Date>| date.is_some_and(|d| d <= day);
    let mut state = vec![Item::Referred];
    state.extend(answer(first, version, day)?.items());
    if !by(version.acknowledged_on) {
        let none = [Item::Unacknowledged, Item::ReferredNotAccepted, Item::ReferredNotSettled];
        state.extend(none);
        return Ok(state);
    }
    state.push(Item::Acknowledged);
    let accepted = version.decision == Some(Decision::Accepted) && by(version.decided_on);
    if !accepted {
        state.extend([Item::NotAccepted, Item::ReferredNotAccepted]);
    }
    if !(accepted && by(version.settled_on)) {
        state.extend([Item::AcknowledgedNotSettled, Item::ReferredNotSettled]);
    }
    let declined = |how| [Item::ReferralDeclined, how];
    match version.decision.filter(|_| by(version.decided_on)) {
        None => state.push(Item::ReferralUndecided),
        Some(Decision::Declined) => state.extend(declined(Item::ReferralRefused)),
        Some(Decision::ReTransferred) => state.extend(declined(Item::ReferralPassedOn)),
        Some(Decision::Accepted) if by(version.settled_on) => {
            let told = if by(version.notified_on) { Item::Notified } else { Item::NotNotified };
            state.extend([Item::ReferralAccepted, Item::ReferralSettled, told]);
            state.extend(petition(version, day));
        }
        Some(Decision::Accepted) => state.extend([Item::ReferralAccepted, Item::ReferralOpen]),
    }
    Ok(state)
}

/// How a referral stands to the limit that the law sets to answer its referrer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    InTime,
    Late,
    Overdue,
    /// The law sets no day, or it has not come.
    NotDue,
}

impl Answer {
    /// What a referral counts as that stands so.
    const fn items(self) -> &'static [Item] {
        match self {
            Self::InTime => &[Item::AnswerRequired, Item::AnsweredInTime],
            Self::Late => &[Item::AnswerRequired, Item::AnswerNotInTime, Item::AnsweredLate],
            Self::Overdue => &[Item::AnswerRequired, Item::AnswerNotInTime, Item::AnswerOverdue],
            Self::NotDue => &[Item::AnswerNotDue],
        }
    }
}

/// What became, by `day`, of a settled referral as far as the Front petitioned the superior (Law on Complaints
/// 2011, article 66): it answers within the limit after its decision.
fn petition(version: &ReferralVersion, day: Date) -> Vec<Item> {
    let by = |date: Option<Date>| date.filter(|d| *d <= day);
    if by(version.petitioned_on).is_none() {
        return vec![Item::NotPetitioned];
    }
    let (Some(decided), Some(done)) =
        (by(version.superior_decided_on), by(version.superior_answered_on))
    else {
        return vec![Item::Petitioned, Item::SuperiorUnanswered];
    };
    let matter = matter(version, Step::SuperiorAnswer);
    let course = Course { done: Some(done), ..Course::from(decided) };
    let decision = Law::standard().decide(&matter, &course, day);
    let late = decision.is_some_and(|d| matches!(d.state, State::Late { .. }));
    let answered = if late { Item::SuperiorLate } else { Item::SuperiorInTime };
    vec![Item::Petitioned, Item::SuperiorAnswered, answered]
}

fn matter(version: &ReferralVersion, step: Step) -> Matter {
    Matter {
        step,
        kind: version.kind,
        second: false,
        referrer: Some(version.referrer),
        circumstances: Circumstances::ORDINARY,
    }
}

/// How a referral stands, on `day`, to the limit that the law sets to answer its referrer.
fn answer(
    first: &ReferralVersion,
    version: &ReferralVersion,
    day: Date,
) -> Result<Answer, BuildError> {
    let by = |date: Option<Date>| date.filter(|d| *d <= day);
    let matter = matter(first, Step::ReferrerResult);
    let settled = by(version.settled_on).filter(|_| version.decision == Some(Decision::Accepted));
    // Where the law counts from receipt, a reply is what it wants; else the result.
    let courses = [
        (Start::Receipt, Some(first.referred_on), by(version.acknowledged_on)),
        (Start::Decision, settled, by(version.notified_on)),
    ];
    let law = Law::standard();
    let decision = courses.into_iter().find_map(|(from, start, done)| {
        let course = Course { done, ..Course::from(start?) };
        law.decide(&matter, &course, day).filter(|d| d.rule.from == from)
    });
    if let Some(year) = decision.as_ref().and_then(|d| d.unknown_year) {
        return Err(BuildError::UnknownHolidays(year));
    }
    Ok(match decision.map(|d| d.state) {
        Some(State::OnTime) => Answer::InTime,
        Some(State::Late { .. }) => Answer::Late,
        Some(State::Overdue { .. }) => Answer::Overdue,
        Some(State::Open { .. } | State::Suspended) | None => Answer::NotDue,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::{Item as I, Kind, Referrer};

    use super::*;

    fn referral(referrer: Referrer, kind: Kind) -> ReferralVersion {
        ReferralVersion {
            extract_date: date(2026, 9, 20),
            referrer,
            kind,
            area_code: "14758".to_owned(),
            body_code: "UBND-14758".to_owned(),
            referred_on: date(2026, 7, 1),
            acknowledged_on: None,
            decision: None,
            decided_on: None,
            settled_on: None,
            notified_on: None,
            petitioned_on: None,
            superior_decided_on: None,
            superior_answered_on: None,
            case_id: None,
            complainant_key: String::new(),
        }
    }

    /// Settled on the Friday before National Day, told on `told`.
    fn settled(referrer: Referrer, kind: Kind, told: Option<Date>) -> ReferralVersion {
        ReferralVersion {
            acknowledged_on: Some(date(2026, 7, 10)),
            decision: Some(Decision::Accepted),
            decided_on: Some(date(2026, 7, 10)),
            settled_on: Some(date(2026, 8, 28)),
            notified_on: told,
            ..referral(referrer, kind)
        }
    }

    #[test]
    fn a_referrer_is_answered_within_the_limit_of_its_kind() {
        use Kind::{Complaint, Denunciation, Recommendation};
        let front = |told| settled(Referrer::Front, Complaint, told);
        let council = |told| settled(Referrer::Council, Recommendation, told);
        use Answer::{InTime, Late, NotDue, Overdue};
        for (version, day, state) in [
            // The Front: seven days after the decision, whatever days they are.
            (front(Some(date(2026, 9, 4))), date(2026, 9, 14), InTime),
            (front(Some(date(2026, 9, 5))), date(2026, 9, 14), Late),
            (front(None), date(2026, 9, 4), NotDue),
            (front(None), date(2026, 9, 5), Overdue),
            // What happens after the day asked has not happened.
            (front(Some(date(2026, 9, 4))), date(2026, 9, 1), NotDue),
            (front(Some(date(2026, 9, 20))), date(2026, 9, 14), Overdue),
            // Deputies: seven working days, of which 31 August to 2 September are none.
            (council(Some(date(2026, 9, 11))), date(2026, 9, 14), InTime),
            (council(Some(date(2026, 9, 12))), date(2026, 9, 14), Late),
            (council(None), date(2026, 9, 11), NotDue),
            (council(None), date(2026, 9, 12), Overdue),
            // Denunciations from Front or press: twenty days after receipt, settled or not.
            (referral(Referrer::Press, Denunciation), date(2026, 7, 21), NotDue),
            (referral(Referrer::Press, Denunciation), date(2026, 7, 22), Overdue),
            (settled(Referrer::Front, Denunciation, None), date(2026, 9, 14), InTime),
            // No limit in law.
            (settled(Referrer::Press, Complaint, None), date(2026, 9, 14), NotDue),
            (settled(Referrer::Front, Recommendation, None), date(2026, 9, 14), NotDue),
            // Not settled: nothing to tell yet.
            (referral(Referrer::Front, Complaint), date(2026, 9, 14), NotDue),
        ] {
            assert_eq!(answer(&version, &version, day).unwrap(), state, "{version:?} on {day}");
        }
    }

    #[test]
    fn the_superior_answers_the_front_within_seven_days_of_its_decision() {
        let version = |decided, answered| ReferralVersion {
            petitioned_on: Some(date(2026, 9, 1)),
            superior_decided_on: decided,
            superior_answered_on: answered,
            ..settled(Referrer::Front, Kind::Complaint, Some(date(2026, 8, 31)))
        };
        let (decided, day) = (Some(date(2026, 9, 4)), date(2026, 9, 14));
        let unanswered = vec![I::Petitioned, I::SuperiorUnanswered];
        for (decided, answered, day, expected) in [
            (
                decided,
                Some(date(2026, 9, 11)),
                day,
                vec![I::Petitioned, I::SuperiorAnswered, I::SuperiorInTime],
            ),
            (
                decided,
                Some(date(2026, 9, 12)),
                day,
                vec![I::Petitioned, I::SuperiorAnswered, I::SuperiorLate],
            ),
            (decided, Some(date(2026, 9, 12)), date(2026, 9, 11), unanswered.clone()),
            (decided, None, day, unanswered.clone()),
            (None, None, day, unanswered),
            (None, None, date(2026, 8, 31), vec![I::NotPetitioned]),
        ] {
            let version = version(decided, answered);
            assert_eq!(petition(&version, day), expected, "{version:?} on {day}");
        }
    }

    #[test]
    fn a_year_whose_holidays_are_not_known_is_not_counted_through() {
        let version = ReferralVersion {
            settled_on: Some(date(2029, 1, 25)),
            ..settled(Referrer::Council, Kind::Complaint, None)
        };
        let refused = answer(&version, &version, date(2029, 3, 14)).unwrap_err();
        assert!(matches!(refused, BuildError::UnknownHolidays(2029)), "{refused}");
        assert!(refused.to_string().contains("holidays.csv"), "{refused}");
    }

    #[test]
    fn who_leaves_a_referral_unanswered_never_stands_better() {
        let share = |told: &[Option<Date>]| {
            let day = date(2026, 9, 14);
            let states = told.iter().map(|told| {
                let version = settled(Referrer::Front, Kind::Complaint, *told);
                answer(&version, &version, day).unwrap().items().iter().copied()
            });
            let states: Vec<Item> = states.flatten().collect();
            let count =
                |item| i32::try_from(states.iter().filter(|i| **i == item).count()).unwrap();
            (count(I::AnsweredInTime), count(I::AnswerRequired))
        };
        let (good, late) = (Some(date(2026, 9, 1)), Some(date(2026, 9, 10)));
        let (a, of_a) = share(&[good, late]);
        let (b, of_b) = share(&[good, None]);
        assert_eq!(
            (a, of_a),
            (b, of_b),
            "late or never: the same share in time, of the same whole"
        );
    }
}
