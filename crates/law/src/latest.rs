//! The last day that the law allows for settling a case, whatever its circumstances: what a body writes down as
//! due can be held against it.

use jiff::civil::Date;
use model::Kind;

use crate::{Circumstances, Course, Law, Matter, Rule, Step, Suspension, UnknownYear};

/// A case, as far as the time to settle it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settling {
    /// The kind of matter.
    pub kind: Kind,
    /// True for a second settlement, or a continued denunciation.
    pub second: bool,
    /// Day of reception.
    pub received: Date,
    /// Day of acceptance, if it was accepted.
    pub accepted: Option<Date>,
    /// What was not counted.
    pub suspensions: Vec<Suspension>,
}

impl Law {
    /// The last day on which the case may be settled as far as known on `day`, at the widest limits of the law:
    /// accepted no later than they allow, and settled no later than they allow from then on. Who accepts late,
    /// or never, is not given more time. `None` if the law sets no limit, or the time stands still.
    ///
    /// # Errors
    ///
    /// When working days are counted through a year whose holidays are not known. Of years before the calendar
    /// begins, Saturdays and Sundays are left out alone.
    pub fn latest_settlement(
        &self,
        case: &Settling,
        day: Date,
    ) -> Result<Option<Date>, UnknownYear> {
        let Some(start) = self.latest_acceptance(case, day)? else { return Ok(None) };
        let suspensions = case.suspensions.clone();
        self.widest(case, Step::Settlement, Course { suspensions, ..Course::from(start) }, day)
    }

    /// The day of acceptance as known on `day`, or the last day on which the law allows it if that is earlier, or
    /// the case was not accepted.
    ///
    /// # Errors
    ///
    /// As for [`Law::latest_settlement`].
    pub fn latest_acceptance(
        &self,
        case: &Settling,
        day: Date,
    ) -> Result<Option<Date>, UnknownYear> {
        let limit = self.widest(case, Step::Acceptance, Course::from(case.received), day)?;
        Ok(case.accepted.into_iter().chain(limit).min())
    }

    fn widest(
        &self,
        case: &Settling,
        step: Step,
        course: Course,
        day: Date,
    ) -> Result<Option<Date>, UnknownYear> {
        let Settling { kind, second, .. } = *case;
        let circumstances = Circumstances::ORDINARY;
        let matter = Matter { step, kind, second, referrer: None, circumstances };
        let Some(rule) = self.rule(&matter, course.start) else { return Ok(None) };
        let decision = self.decide_within(rule, rule.longest(), &course, day);
        // Of what was due before the calendar begins nobody asks to the day.
        let unknown = decision.unknown_year.filter(|year| self.calendar().begins() < Some(*year));
        unknown.map_or(Ok(decision.due), |year| Err(UnknownYear(year)))
    }
}

impl Rule {
    /// How many days it gives at the most.
    #[must_use]
    pub fn longest(&self) -> u16 {
        let days = self.days;
        [
            days.complicated,
            days.especially_complicated,
            days.remote,
            days.remote_complicated,
            days.several_places,
        ]
        .into_iter()
        .flatten()
        .fold(days.ordinary, u16::max)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 1);

    fn case(kind: Kind, received: Date) -> Settling {
        Settling { kind, second: false, received, accepted: None, suspensions: vec![] }
    }

    fn latest(case: &Settling) -> Option<Date> {
        Law::standard().latest_settlement(case, TODAY).unwrap()
    }

    #[test]
    fn a_case_is_due_at_the_latest_where_the_widest_limits_end() {
        use Kind::{Complaint, Denunciation, Recommendation};
        for (kind, second, received, accepted, due) in [
            // Accepted within ten days, settled within 60 more: complicated, in a remote area.
            (Complaint, false, date(2026, 3, 2), None, Some(date(2026, 5, 11))),
            (Complaint, false, date(2026, 3, 2), Some(date(2026, 3, 4)), Some(date(2026, 5, 3))),
            // A second time within 70.
            (Complaint, true, date(2026, 3, 2), Some(date(2026, 3, 4)), Some(date(2026, 5, 13))),
            // Accepted late: no more time than if accepted on the last day for it.
            (Complaint, false, date(2026, 3, 2), Some(date(2026, 9, 1)), Some(date(2026, 5, 11))),
            // From July 2026 on within seven working days: of Wednesday, 1 July, on Friday, the tenth.
            (Complaint, false, date(2026, 7, 1), None, Some(date(2026, 9, 8))),
            // Within ten working days if several places are looked into: Friday, 19 June; extended twice.
            (Denunciation, false, date(2026, 6, 5), None, Some(date(2026, 9, 17))),
            (Recommendation, false, date(2026, 3, 2), Some(date(2026, 3, 4)), None),
        ] {
            let case = Settling { second, accepted, ..case(kind, received) };
            assert_eq!(latest(&case), due, "{case:?}");
        }
    }

    #[test]
    fn what_is_suspended_by_law_is_not_counted() {
        let (from, until) = (date(2026, 3, 10), Some(date(2026, 3, 20)));
        let with = |kind, suspension: Suspension| Settling {
            accepted: Some(date(2026, 3, 2)),
            suspensions: vec![suspension],
            ..case(kind, date(2026, 3, 2))
        };
        let denunciation = with(Kind::Denunciation, Suspension { from, until });
        assert_eq!(latest(&denunciation), Some(date(2026, 6, 10)), "90 days and ten");
        // Complaints can be suspended from July 2026 on.
        let complaint = with(Kind::Complaint, Suspension { from, until });
        assert_eq!(latest(&complaint), Some(date(2026, 5, 1)));
        // While the time stands still, nothing is due.
        let still = with(Kind::Denunciation, Suspension { from, until: None });
        assert_eq!(latest(&still), None);
        let late = with(Kind::Denunciation, Suspension { from: date(2026, 10, 1), until: None });
        assert_eq!(latest(&late), Some(date(2026, 5, 31)), "it was overdue before");
    }

    #[test]
    fn a_year_without_known_holidays_is_not_counted_through() {
        let late = case(Kind::Denunciation, date(2031, 3, 3));
        assert_eq!(Law::standard().latest_settlement(&late, TODAY), Err(UnknownYear(2031)));
        // What has been open since before the calendar began is overdue whatever its holidays were.
        let old = case(Kind::Denunciation, date(2020, 6, 5));
        assert_eq!(latest(&old), Some(date(2020, 9, 17)));
    }
}
