//! Reception days: what citizens brought, whether heads kept them, and how many the law wants.

use std::collections::{BTreeSet, HashMap};

use disclosure::Fingerprint;
use jiff::civil::Date;
use law::{Law, UnknownYear, Wanted};
use model::classification::{HeldBy, ReceptionType};
use model::{Item, Period};
use store::register::ReceptionHistory;

use super::quarter::{Quarter, containing};
use super::{Facts, Place, Sink, Subject};
use crate::release::cube::Cube;
use crate::release::error::BuildError;

/// The days that bodies recorded as due, each with the quarter that first counts it.
#[derive(Debug, Default)]
pub struct DaysOnRecord {
    due: HashMap<String, Vec<(Date, Quarter)>>,
}

impl DaysOnRecord {
    /// How many of the days that the law wants are missing, as `quarter` knows it.
    fn missing(&self, body: &str, wanted: &Wanted, quarter: Quarter) -> i64 {
        let within = |(day, entry): &&(Date, Quarter)| {
            *entry <= quarter && (wanted.first..=wanted.last).contains(day)
        };
        let days = self.due.get(body).into_iter().flatten().filter(within).map(|(day, _)| day);
        let found = days.collect::<BTreeSet<_>>().len();
        i64::from(wanted.days).saturating_sub(i64::try_from(found).unwrap_or(i64::MAX)).max(0)
    }
}

impl Facts {
    /// Adds a reception day: what citizens brought, and the day itself.
    pub fn reception(
        &self,
        history: &ReceptionHistory,
        receptions: &mut Cube,
        schedule: &mut Cube,
        on_record: &mut DaysOnRecord,
    ) -> Result<(), BuildError> {
        let Some(first) = history.versions.first() else { return Ok(()) };
        let entered = self.enters(&history.versions, first.held_on);
        let Some((entry, day)) = entered else { return Ok(()) };
        let body = self.body(&day.body_code)?;
        let place = Place::WHOLE;
        let by_type = match day.reception_type {
            ReceptionType::Regular => Item::VisitsRegular,
            ReceptionType::Periodic => Item::VisitsPeriodic,
            ReceptionType::AdHoc => Item::VisitsAdHoc,
        };
        // Readers know that a visit is by one person at least, and a delegation of people received.
        let accompanying = day.people - day.visits;
        let led = day.delegation_people.min(accompanying);
        let leading = day.delegation_people - led;
        let first = [Item::People, Item::Visits, by_type];
        let more = [Item::People, Item::Accompanying];
        let counts: [(&str, i32, &[Item]); 7] = [
            ("visits of delegations", leading, &with(first, Item::DelegationPeople)),
            ("other visits", day.visits - leading, &with(first, Item::OtherPeople)),
            ("people in delegations", led, &with(more, Item::DelegationPeople)),
            ("other people", accompanying - led, &with(more, Item::OtherPeople)),
            ("matters", day.matters_first, &[Item::Matters, Item::MattersFirst]),
            ("matters", day.matters_repeat, &[Item::Matters, Item::MattersRepeat]),
            ("delegations", day.delegations, &[Item::Delegations]),
        ];
        for (unit, count, items) in counts {
            // Visits, people, matters are different things even if they come in equal numbers.
            let identity = Fingerprint::of_atom(
                &self.counting.key,
                format!("{unit} of {}", history.record_id).as_bytes(),
            );
            let subject = Subject { identity: identity.0, contributor: None };
            let mut sink = Sink { cube: receptions, subject };
            for &item in items {
                for period in containing(entry) {
                    sink.add(item, period, place, body, i64::from(count));
                }
            }
        }
        let held = match day.held_by {
            HeldBy::Head => Some(Item::DaysHead),
            HeldBy::Delegate => Some(Item::DaysDelegate),
            HeldBy::Missed => Some(Item::DaysMissed),
            // Regular days are not on a head's schedule; the import refuses them as due.
            HeldBy::Officer => None,
        };
        if let Some(held) = held.filter(|_| day.due) {
            let subject = Subject { contributor: None, ..self.subject(&history.record_id, "") };
            let mut sink = Sink { cube: schedule, subject };
            for item in [Item::DaysRequired, Item::DaysDue, held] {
                sink.flow(item, entry, place, body);
            }
            on_record.due.entry(day.body_code.clone()).or_default().push((day.held_on, entry));
        }
        Ok(())
    }

    /// Adds the reception days that the law wants of each body and that are not on record: a body that
    /// reports nothing has not kept them. They count in the quarter in which their week or month ends.
    pub fn unreported(
        &self,
        on_record: &DaysOnRecord,
        schedule: &mut Cube,
    ) -> Result<(), BuildError> {
        let law = Law::standard();
        for quarter in schedule.first().last_quarter_index()..=self.last {
            let period = Period::from_quarter_index(quarter);
            for (code, (position, body)) in &self.bodies {
                let wanted = law
                    .reception_days(body, period.start(), period.end())
                    .map_err(|UnknownYear(year)| BuildError::UnknownHolidays(year))?;
                let missing: i64 = wanted.iter().map(|w| on_record.missing(code, w, quarter)).sum();
                let name = format!("days without a record of {code} in {period}");
                let identity = Fingerprint::of_atom(&self.counting.key, name.as_bytes());
                let subject = Subject { identity: identity.0, contributor: None };
                let mut sink = Sink { cube: &mut *schedule, subject };
                for period in containing(quarter) {
                    for item in [Item::DaysRequired, Item::DaysUnreported] {
                        sink.add(item, period, Place::WHOLE, *position, missing);
                    }
                }
            }
        }
        Ok(())
    }
}

fn with<const N: usize>(items: [Item; N], other: Item) -> Vec<Item> {
    items.into_iter().chain([other]).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_on_record_counts_in_its_own_week_once_a_quarter_knows_it() {
        let week = Wanted { first: date(2026, 3, 9), last: date(2026, 3, 15), days: 1 };
        let two = Wanted { days: 2, ..week };
        let record = DaysOnRecord {
            due: HashMap::from([
                ("a".to_owned(), vec![(date(2026, 3, 12), 5)]),
                ("b".to_owned(), vec![(date(2026, 3, 8), 5), (date(2026, 3, 16), 5)]),
                ("c".to_owned(), vec![(date(2026, 3, 9), 5); 3]),
            ]),
        };
        for (body, wanted, quarter, missing) in [
            // The week ends in the next quarter, its day was on record in the one before.
            ("a", week, 6, 0),
            ("a", two, 6, 1),
            ("a", week, 4, 1),
            ("b", week, 6, 1),
            // Three records of one day are one day.
            ("c", week, 6, 0),
            ("c", two, 6, 1),
            // A body without any record has kept nothing.
            ("d", two, 6, 2),
        ] {
            assert_eq!(record.missing(body, &wanted, quarter), missing, "{body} {wanted:?}");
        }
    }
}
