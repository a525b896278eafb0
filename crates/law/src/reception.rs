//! How many days heads of bodies have to receive citizens, at the least.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};
use model::body::{Body, BodyClass};
use model::{Text, code_list};
use serde::Deserialize;

use crate::error::LawError;
use crate::rule::{FILE, Yes, validity};
use crate::{Calendar, Law};

code_list! {
    /// The time within which so many days have to be held.
    Every {
        /// From Monday to Sunday.
        Week = "week", "tuần", "week";
        /// A month of the calendar.
        Month = "month", "tháng", "month";
    }
}

/// So many reception days each week or month, at the least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceptionRule {
    /// Its name in the file.
    pub id: String,
    /// Of heads of which bodies.
    pub class: BodyClass,
    /// Within which time.
    pub every: Every,
    /// How many days.
    pub days: u16,
    /// The article.
    pub article: Text,
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force.
    pub valid_to: Option<Date>,
    /// True if the law's text was read.
    pub verified: bool,
}

impl ReceptionRule {
    fn holds_on(&self, day: Date) -> bool {
        day >= self.valid_from && self.valid_to.is_none_or(|last| day <= last)
    }

    /// The week or month that ends on `last`, if one does and it wants something then of `body`: body and
    /// rule have to be there all the time, and somebody has to work.
    fn time_ending(&self, last: Date, body: &Body, calendar: &Calendar) -> Option<Wanted> {
        let first = match self.every {
            Every::Week if last.weekday() == Weekday::Sunday => last.checked_sub(6.days()).ok()?,
            Every::Month if last == last.last_of_month() => last.first_of_month(),
            Every::Week | Every::Month => return None,
        };
        let there = |day| self.holds_on(day) && body.exists_on(day);
        let works = || days(first, last).any(|day| calendar.works(day));
        let wanted = Wanted { first, last, days: self.days };
        (there(first) && there(last) && works()).then_some(wanted)
    }
}

/// Reception days that the law wants within some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The first of them.
    pub first: Date,
    /// The last of them.
    pub last: Date,
    /// How many, at the least.
    pub days: u16,
}

/// The days off of this year are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownYear(pub i16);

impl Law {
    /// The weeks and months that end from `first` to `last`, with how many reception days the law wants
    /// in each of the head of `body`. Only those count on all days of which body and rule were there, and a
    /// week in which nobody works does not.
    ///
    /// # Errors
    ///
    /// When a week is of a year of which the days off are not known.
    pub fn reception_days(
        &self,
        body: &Body,
        first: Date,
        last: Date,
    ) -> Result<Vec<Wanted>, UnknownYear> {
        let rules = || self.reception_rules().iter().filter(|rule| rule.class == body.class);
        let ending = |day: Date| {
            rules().filter_map(move |rule| {
                let wanted = rule.time_ending(day, body, self.calendar())?;
                let known = rule.every == Every::Month || self.calendar().knows(day.year());
                Some(if known { Ok(wanted) } else { Err(UnknownYear(day.year())) })
            })
        };
        days(first, last).flat_map(ending).collect()
    }
}

fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(Span::new().days(1)).take_while(move |day| *day <= last)
}

/// A rule as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    id: String,
    class: Class,
    every: Every,
    days: u16,
    article: Text,
    valid_from: String,
    valid_to: Option<String>,
    verified: Yes,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Class {
    Province,
    District,
    Commune,
}

/// Reads the rules; no two may be about the same bodies on the same day.
pub(crate) fn read(written: Vec<Written>) -> Result<Vec<ReceptionRule>, LawError> {
    let mut rules: Vec<ReceptionRule> = Vec::new();
    for written in written {
        let Written { id, every, days, article, verified, .. } = written;
        let wrong = |field: &str, why: String| {
            LawError::value(FILE, format!("reception {id}, {field}"), why)
        };
        let (valid_from, valid_to) =
            validity(&written.valid_from, written.valid_to.as_deref(), wrong)?;
        if days == 0 {
            return Err(wrong("days", "0 days are no rule".to_owned()));
        }
        let class = match written.class {
            Class::Province => BodyClass::Province,
            Class::District => BodyClass::District,
            Class::Commune => BodyClass::Commune,
        };
        let overlaps = |other: &&ReceptionRule| {
            other.valid_to.is_none_or(|last| valid_from <= last)
                && valid_to.is_none_or(|last| other.valid_from <= last)
        };
        let same = |other: &&ReceptionRule| other.class == class;
        if let Some(other) = rules.iter().find(|o| o.id == id || (same(o) && overlaps(o))) {
            let why = format!("it is about the same bodies and days as {}", other.id);
            return Err(LawError::value(FILE, format!("reception {id}"), why));
        }
        let verified = verified == Yes::Yes;
        rules.push(ReceptionRule {
            id,
            class,
            every,
            days,
            article,
            valid_from,
            valid_to,
            verified,
        });
    }
    Ok(rules)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::Period;
    use model::body::body;

    use super::*;

    fn wanted(code: &str, quarter: &str) -> u16 {
        let quarter: Period = quarter.parse().unwrap();
        let body = body(code).unwrap();
        let found = Law::standard().reception_days(&body, quarter.start(), quarter.end()).unwrap();
        found.iter().map(|wanted| wanted.days).sum()
    }

    /// Weeks and months by hand, from a calendar.
    #[test]
    fn the_law_wants_so_many_days_of_each_head() {
        for (code, quarter, days) in [
            // Heads of provincial bodies: December, January, February.
            ("TTT", "2026-Q1", 3),
            ("UBNDT", "2026-Q3", 3),
            // Chairs of districts, two a month: March, April, May; only June in their last quarter.
            ("UBND-384", "2025-Q2", 6),
            ("UBND-384", "2025-Q3", 2),
            // The districts are gone.
            ("UBND-384", "2025-Q4", 0),
            // Chairs of communes, one a week. Communes exist since Tuesday 1 July 2025: ten Sundays
            // from 13 July to 14 September.
            ("UBND-14758", "2025-Q3", 10),
            // Sundays from 21 December to 8 March are twelve; nobody worked from 16 to 22 February.
            ("UBND-14758", "2026-Q1", 11),
            // A week in June that ends before 1 July counts as a week: those to 21 and 28 June. The week
            // to 5 July is under neither rule as a whole. July and August, two days each.
            ("UBND-14758", "2026-Q3", 2 + 4),
            ("UBND-14758", "2025-Q2", 0),
        ] {
            assert_eq!(wanted(code, quarter), days, "{code} {quarter}");
        }
    }

    #[test]
    fn quarters_add_up_to_their_year() {
        for code in ["TTT", "UBND-384", "UBND-14758"] {
            let quarters = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"];
            let sum: u16 = quarters.map(|quarter| wanted(code, quarter)).iter().sum();
            assert_eq!(wanted(code, "2025"), sum, "{code}");
        }
    }

    #[test]
    fn days_of_years_whose_holidays_are_not_known_are_said_to_be_so() {
        let [head, first, ..] =
            include_str!("../data/holidays.csv").lines().collect::<Vec<_>>()[..]
        else {
            unreachable!("there are days off")
        };
        let law = Law::parse([
            include_str!("../data/rules.toml"),
            &format!("{head}\n{first}\n"),
            include_str!("../data/remote.csv"),
        ])
        .unwrap();
        let body = body("UBND-14758").unwrap();
        let weekly = law.reception_days(&body, date(2026, 3, 1), date(2026, 3, 31));
        assert_eq!(weekly, Err(UnknownYear(2026)));
        let monthly = law.reception_days(&body, date(2031, 1, 1), date(2031, 12, 31)).unwrap();
        assert_eq!(monthly.len(), 12, "months need no holidays");
    }

    #[test]
    fn what_is_wrong_is_named_by_rule_and_field() {
        const ONE: &str = r#"
[[reception]]
id = "a"
class = "commune"
every = "week"
days = 1
article = { vi = "x", en = "y" }
valid_from = "2014-07-01"
verified = "no"
"#;
        let parse = |text: &str| crate::rule::parse(text).map(|(_, receptions)| receptions);
        assert_eq!(parse(ONE).unwrap().len(), 1);
        for (text, said) in [
            (ONE.replace("\"week\"", "\"hour\""), "row 5: unknown variant `hour`"),
            (ONE.replace("days = 1", "days = 0"), "reception a, days: 0 days"),
            (ONE.replace("2014-07-01", "1/7"), "reception a, valid_from: `1/7` is no day"),
            (format!("{ONE}valid_to = \"2013-01-01\"\n"), "reception a, valid_to: it is before"),
            (
                format!("{ONE}{}", ONE.replace("\"a\"", "\"b\"")),
                "reception b: it is about the same",
            ),
            (format!("{ONE}{}", ONE.replace("commune", "district")), "reception a: it is about"),
        ] {
            let error = parse(&text).unwrap_err().to_string();
            assert!(error.starts_with("rules.toml, ") && error.contains(said), "{said}: {error}");
        }
        let later = ONE.replace("\"a\"", "\"b\"").replace("2014-07-01", "2026-07-01");
        assert_eq!(parse(&format!("{ONE}valid_to = \"2026-06-30\"\n{later}")).unwrap().len(), 2);
    }
}
