//! Days as files, addresses and answers write them, `2026-09-14`, and their distances.
//!
//! `jiff` reads and writes many more forms, and names everything that can be wrong with one. That
//! is a tenth of what a reader's browser would have to load, hence this reading of the one form.

use jiff::SignedDuration;
use jiff::civil::Date;

/// Hours of a civil day.
const HOURS: i64 = 24;

/// Reads `2026-09-14`; `None` for whatever is not a day in this form.
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let digits = |part: &str, count: usize| {
        (part.len() == count && part.bytes().all(|b| b.is_ascii_digit())).then_some(())?;
        part.parse::<i16>().ok()
    };
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let small = |part| i8::try_from(digits(part, 2)?).ok();
    Date::new(digits(year, 4)?, small(month)?, small(day)?).ok()
}

/// Writes `2026-09-14`.
#[must_use]
pub fn iso(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// The day `count` days after `day`.
#[must_use]
pub fn after(day: Date, count: i32) -> Date {
    day.saturating_add(SignedDuration::from_hours(HOURS * i64::from(count)))
}

/// Days from `from` to `to`.
#[must_use]
pub fn between(from: Date, to: Date) -> i32 {
    i32::try_from(to.duration_since(from).as_hours() / HOURS).unwrap_or(i32::MAX)
}

/// For `#[serde(with = "model::day::text")]`: the day as text, `2026-09-14`.
pub mod text {
    use std::fmt;

    use jiff::civil::Date;
    use serde::de::{Deserializer, Error, Visitor};
    use serde::ser::Serializer;

    /// Writes the day.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::iso(*day))
    }

    /// Reads a day.
    ///
    /// # Errors
    ///
    /// When the text is not a day.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        struct Day;
        impl Visitor<'_> for Day {
            type Value = Date;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day, YYYY-MM-DD")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Date, E> {
                super::parse(text).ok_or_else(|| E::custom("not a day"))
            }
        }
        deserializer.deserialize_str(Day)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn days_are_read_written_and_counted_as_jiff_does(a in -4000i32..4000, b in -4000i32..4000) {
            let origin = date(2025, 7, 1);
            let day = |n: i32| origin.saturating_add(jiff::Span::new().days(n));
            prop_assert_eq!(iso(day(a)), day(a).to_string());
            prop_assert_eq!(parse(&day(a).to_string()), Some(day(a)));
            prop_assert_eq!(after(origin, a), day(a));
            prop_assert_eq!(between(day(a), day(b)), b - a);
        }
    }

    #[test]
    fn other_forms_are_no_days() {
        for junk in [
            "",
            "2026",
            "2026-09",
            "2026-9-14",
            "2026-02-30",
            "2026-09-14-1",
            "+026-09-14",
            "20260914",
        ] {
            assert_eq!(parse(junk), None, "{junk}");
        }
    }
}
