//! Counts days: when something is due, how it stands on a given day, and why.

use jiff::civil::Date;
use model::{Text, day};

use crate::Law;
use crate::rule::{Matter, Rule, Unit};

/// A time that is not counted, from the decision to suspend to the one to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// The first day that is not counted.
    pub from: Date,
    /// The first day that is counted again; `None` as long as it is suspended.
    pub until: Option<Date>,
}

impl Suspension {
    fn holds_on(&self, day: Date) -> bool {
        day >= self.from && self.until.is_none_or(|until| day < until)
    }
}

/// What has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The day of the event that starts the limit.
    pub start: Date,
    /// What was not counted.
    pub suspensions: Vec<Suspension>,
    /// When it was done.
    pub done: Option<Date>,
}

impl Course {
    /// Nothing since `start`.
    #[must_use]
    pub const fn from(start: Date) -> Self {
        Self { start, suspensions: Vec::new(), done: None }
    }
}

/// How it stands. Numbers are calendar days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Done by the day due.
    OnTime,
    /// Done after it.
    Late {
        /// Days after it.
        by: i32,
    },
    /// Not done, and not due yet.
    Open {
        /// Days until it is due.
        left: i32,
    },
    /// Not done, and overdue.
    Overdue {
        /// Days since it was due.
        by: i32,
    },
    /// Not done, and the time stands still.
    Suspended,
}

impl State {
    /// A code for it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OnTime => "on_time",
            Self::Late { .. } => "late",
            Self::Open { .. } => "open",
            Self::Overdue { .. } => "overdue",
            Self::Suspended => "suspended",
        }
    }
}

/// Why a day is not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skip {
    /// The event's own day.
    Start,
    /// A Saturday or Sunday.
    Weekend,
    /// A holiday, or a day off in exchange.
    Off(Text),
    /// The time stood still.
    Suspended,
}

/// Whether a day counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// It is this day of the limit, from 1.
    Yes(u16),
    /// It is not.
    No(Skip),
}

/// A day from the start to the one that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub day: Date,
    /// Whether it counts.
    pub counted: Counted,
}

/// What the law says of a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// How many days it gives.
    pub limit: u16,
    /// The last day to do it; `None` as long as the time stands still.
    pub due: Option<Date>,
    /// How it stands.
    pub state: State,
    /// Every day from the start to the one due, or, as long as there is none, to the day asked.
    pub days: Vec<Day>,
    /// A year that was counted through whose holidays are not known.
    pub unknown_year: Option<i16>,
}

impl Law {
    /// The rule for `matter` when what starts it happened on `start`.
    #[must_use]
    pub fn rule(&self, matter: &Matter, start: Date) -> Option<&Rule> {
        self.rules().iter().find(|rule| rule.is_about(matter) && rule.holds_on(start))
    }

    /// When `matter` was or is due by its `course`, and how it stands on the day `today`; `None` if the law
    /// sets no limit.
    #[must_use]
    pub fn decide(&self, matter: &Matter, course: &Course, today: Date) -> Option<Decision<'_>> {
        let rule = self.rule(matter, course.start)?;
        Some(self.decide_within(rule, rule.limit(&matter.circumstances), course, today))
    }

    /// The same within `limit` days under `rule`.
    pub(crate) fn decide_within<'a>(
        &self,
        rule: &'a Rule,
        limit: u16,
        course: &Course,
        today: Date,
    ) -> Decision<'a> {
        // What comes after the day asked has not happened, and what is done is not suspended afterwards.
        let done = course.done.filter(|done| *done <= today);
        let asked = done.unwrap_or(today);
        let begun = course.suspensions.iter().filter(|s| s.from <= asked).copied();
        let course = &Course { start: course.start, suspensions: begun.collect(), done };
        let (days, due) = self.count(rule, limit, course, asked);
        let until = |due| day::between(today, due);
        let state = match (done, due) {
            (Some(done), Some(due)) if done > due => State::Late { by: day::between(due, done) },
            (Some(_), _) => State::OnTime,
            (None, None) => State::Suspended,
            (None, Some(due)) if today > due => State::Overdue { by: -until(due) },
            (None, Some(_)) if self.stands_still(rule, course, today) => State::Suspended,
            (None, Some(due)) => State::Open { left: until(due) },
        };
        let counted_through = days.iter().filter(|_| rule.unit == Unit::Working);
        let unknown_year =
            counted_through.map(|d| d.day.year()).find(|year| !self.calendar().knows(*year));
        Decision { rule, limit, due, state, days, unknown_year }
    }

    fn stands_still(&self, rule: &Rule, course: &Course, day: Date) -> bool {
        rule.suspends_from.is_some_and(|since| day >= since)
            && course.suspensions.iter().any(|s| s.holds_on(day))
    }

    /// Every day from the start to the one that is due. If the time stands still without an end, none is:
    /// the days up to `last` then.
    fn count(
        &self,
        rule: &Rule,
        limit: u16,
        course: &Course,
        last: Date,
    ) -> (Vec<Day>, Option<Date>) {
        let mut day = course.start;
        let mut days = vec![Day { day, counted: Counted::No(Skip::Start) }];
        let mut number = 0;
        let for_good = |day| {
            let endless = |s: &Suspension| s.until.is_none() && s.holds_on(day);
            self.stands_still(rule, course, day) && course.suspensions.iter().any(endless)
        };
        while number < limit {
            let Ok(next) = day.tomorrow() else { return (days, None) };
            day = next;
            if day > last && for_good(day) {
                return (days, None);
            }
            let skip = self.skips(rule, course, day);
            number += u16::from(skip.is_none());
            let counted = skip.map_or(Counted::Yes(number), Counted::No);
            days.push(Day { day, counted });
        }
        (days, Some(day))
    }

    /// Why `day` does not count.
    fn skips(&self, rule: &Rule, course: &Course, day: Date) -> Option<Skip> {
        if self.stands_still(rule, course, day) {
            return Some(Skip::Suspended);
        }
        if rule.unit == Unit::Calendar || self.calendar().works(day) {
            return None;
        }
        let off = self.calendar().off(day).map(|off| Skip::Off(off.name.clone()));
        Some(off.unwrap_or(Skip::Weekend))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::Kind;
    use model::classification::Complexity;
    use proptest::prelude::*;

    use super::*;
    use crate::{Circumstances, Step};

    fn matter(step: Step, kind: Kind) -> Matter {
        let circumstances = Circumstances::ORDINARY;
        Matter { step, kind, second: false, referrer: None, circumstances }
    }

    fn denunciation() -> Matter {
        matter(Step::Settlement, Kind::Denunciation)
    }

    #[test]
    fn the_time_stands_still_while_it_is_suspended() {
        let law = Law::standard();
        let mut course = Course::from(date(2026, 7, 1));
        let from = date(2026, 7, 11);
        let state = |course: &Course, today| law.decide(&denunciation(), course, today).unwrap();
        course.suspensions = vec![Suspension { from, until: None }];
        let open = state(&course, date(2026, 9, 1));
        assert_eq!((open.due, open.state), (None, State::Suspended));
        assert_eq!(open.days.last().unwrap().day, date(2026, 9, 1));
        // Ten days are left from the day on which it goes on.
        course.suspensions[0].until = Some(date(2026, 9, 1));
        let gone_on = state(&course, date(2026, 9, 2));
        assert_eq!(gone_on.due, Some(date(2026, 9, 21)));
        assert_eq!(gone_on.state, State::Open { left: 19 });
        // On a day in between, it is suspended, although what is due is known today.
        assert_eq!(state(&course, date(2026, 8, 1)).state, State::Suspended);
        course.done = Some(date(2026, 9, 23));
        assert_eq!(state(&course, date(2026, 9, 30)).state, State::Late { by: 2 });
        // Done while it stands still, it is done in time.
        course.suspensions[0].until = None;
        course.done = Some(date(2026, 8, 1));
        assert_eq!(state(&course, date(2026, 9, 30)).state, State::OnTime);
        // What was overdue before it was suspended stays overdue.
        course.done = None;
        course.suspensions[0].from = date(2026, 8, 10);
        let overdue = state(&course, date(2026, 9, 30));
        assert_eq!(
            (overdue.due, overdue.state),
            (Some(date(2026, 7, 31)), State::Overdue { by: 61 })
        );
    }

    #[test]
    fn where_the_law_sets_no_limit_nothing_is_due() {
        let feedback = matter(Step::Settlement, Kind::Recommendation);
        let course = Course::from(date(2026, 7, 1));
        assert_eq!(Law::standard().decide(&feedback, &course, date(2026, 8, 1)), None);
        // Nor before the law was in force.
        let course = Course::from(date(2018, 12, 31));
        assert_eq!(Law::standard().decide(&denunciation(), &course, date(2026, 8, 1)), None);
    }

    #[test]
    fn a_year_without_known_holidays_is_named() {
        let acceptance = matter(Step::Acceptance, Kind::Complaint);
        let decided = |start| {
            let course = Course::from(start);
            let decision = Law::standard().decide(&acceptance, &course, start).unwrap();
            decision.unknown_year
        };
        assert_eq!(decided(date(2026, 12, 1)), None);
        assert_eq!(decided(date(2026, 12, 28)), Some(2027));
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (0..1400i32).prop_map(|n| day::after(date(2023, 1, 1), n))
    }

    fn any_matter() -> impl Strategy<Value = Matter> {
        let step = prop::sample::select(Step::ALL);
        let kind = prop::sample::select(Kind::ALL);
        let complexity = prop::sample::select(Complexity::ALL);
        let referrer = prop::option::of(prop::sample::select(model::Referrer::ALL));
        (step, kind, complexity, referrer, 0..3u8, any::<[bool; 3]>()).prop_map(
            |(step, kind, complexity, referrer, extensions, [second, remote, several_places])| {
                let circumstances =
                    Circumstances { complexity, extensions, remote, several_places };
                Matter { step, kind, second, referrer, circumstances }
            },
        )
    }

    proptest! {
        #[test]
        fn no_two_rules_are_about_one_matter_on_one_day(matter in any_matter(), start in any_day()) {
            let rules = Law::standard().rules().iter();
            let about = rules.filter(|rule| rule.is_about(&matter) && rule.holds_on(start));
            prop_assert!(about.count() <= 1);
        }

        #[test]
        fn a_later_start_is_due_no_earlier_under_one_rule(
            matter in any_matter(), start in any_day(), later in 0..40i32
        ) {
            let law = Law::standard();
            let next = day::after(start, later);
            let due = |start| law.decide(&matter, &Course::from(start), start);
            if let (Some(a), Some(b)) = (due(start), due(next))
                && a.rule == b.rule
            {
                prop_assert!(a.due <= b.due);
                prop_assert!(b.due.unwrap() > next);
            }
        }

        #[test]
        fn nothing_is_due_on_a_day_off_where_working_days_count(
            matter in any_matter(), start in any_day()
        ) {
            let law = Law::standard();
            if let Some(decision) = law.decide(&matter, &Course::from(start), start) {
                let due = decision.due.unwrap();
                if decision.rule.unit == Unit::Working {
                    prop_assert!(law.calendar().works(due), "{due}");
                } else {
                    prop_assert_eq!(day::between(start, due), i32::from(decision.limit));
                }
                // Every day is told once, in order, and as many count as the limit has.
                let told: Vec<Date> = decision.days.iter().map(|d| d.day).collect();
                prop_assert!(told.windows(2).all(|w| day::between(w[0], w[1]) == 1));
                prop_assert_eq!((told[0], told[told.len() - 1]), (start, due));
                let counted = decision.days.iter().filter(|d| matches!(d.counted, Counted::Yes(_)));
                prop_assert_eq!(counted.count(), usize::from(decision.limit));
            }
        }

        #[test]
        fn a_longer_suspension_is_due_no_earlier(
            matter in any_matter(), start in any_day(), after in 0..60i32, long in 0..50i32, more in 0..50i32
        ) {
            let law = Law::standard();
            let due = |long| {
                let from = day::after(start, after);
                let until = Some(day::after(from, long));
                let suspensions = vec![Suspension { from, until }];
                let course = Course { suspensions, ..Course::from(start) };
                law.decide(&matter, &course, start).and_then(|decision| decision.due)
            };
            prop_assert!(due(long) <= due(long + more));
        }

        #[test]
        fn more_complicated_or_remote_is_due_no_earlier(matter in any_matter(), start in any_day()) {
            let law = Law::standard();
            let due = |matter: &Matter| {
                law.decide(matter, &Course::from(start), start).and_then(|d| d.due)
            };
            let plain = Matter {
                circumstances: Circumstances { several_places: false, ..Circumstances::ORDINARY },
                ..matter
            };
            prop_assert!(due(&plain) <= due(&matter));
        }
    }
}
