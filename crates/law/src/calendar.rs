//! On which days offices work: Monday to Friday, but for holidays (Labour Code 2019, articles 111 and
//! 112) and for days off and days worked in exchange, which the government announces by year.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use model::{Text, code_list};

use crate::error::LawError;
use crate::table::Table;

code_list! {
    /// Why a day is not as its day of the week says.
    OffKind {
        /// A public holiday, or a day in lieu of one.
        Holiday = "holiday", "Nghỉ lễ", "Holiday";
        /// A working day that is off, in exchange for one that is worked.
        MovedOff = "moved_off", "Nghỉ hoán đổi", "Off in exchange";
        /// A Saturday or Sunday that is worked in exchange.
        MovedWork = "moved_work", "Làm bù", "Worked in exchange";
    }
}

/// A day that is not as its day of the week says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayOff {
    /// Why.
    pub kind: OffKind,
    /// What it is called.
    pub name: Text,
    /// Who says so.
    pub source: String,
    /// True if that was read in an official source.
    pub verified: bool,
}

/// The calendar of offices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<Date, DayOff>,
    years: BTreeSet<i16>,
}

const FILE: &str = "holidays.csv";
const COLUMNS: [&str; 6] = ["date", "kind", "vi", "en", "source", "verified"];

impl Calendar {
    pub(crate) fn parse(text: &str) -> Result<Self, LawError> {
        let table = Table::parse(FILE, COLUMNS, text)?;
        let mut calendar = Self::default();
        for row in table.rows() {
            let (day, code) = (row.day(0)?, row.text(1)?);
            let kind = OffKind::from_code(code).ok_or_else(|| {
                row.wrong(1, format!("`{code}`: write holiday, moved_off or moved_work"))
            })?;
            if (kind == OffKind::MovedOff) == is_weekend(day) && kind != OffKind::Holiday {
                let why = match kind {
                    OffKind::MovedOff => "it is off anyway, being a Saturday or Sunday",
                    _ => "it is worked anyway, being no Saturday or Sunday",
                };
                return Err(row.wrong(0, why));
            }
            let off = DayOff {
                kind,
                name: Text::new(row.text(2)?, row.text(3)?),
                source: row.text(4)?.to_owned(),
                verified: row.verified(5)?,
            };
            if calendar.days.insert(day, off).is_some() {
                return Err(row.wrong(0, format!("{day} is there twice")));
            }
            calendar.years.insert(day.year());
        }
        Ok(calendar)
    }

    /// True if offices work on `day`.
    #[must_use]
    pub fn works(&self, day: Date) -> bool {
        match self.off(day).map(|off| off.kind) {
            Some(OffKind::Holiday | OffKind::MovedOff) => false,
            Some(OffKind::MovedWork) => true,
            None => !is_weekend(day),
        }
    }

    /// What is special about `day`.
    #[must_use]
    pub fn off(&self, day: Date) -> Option<&DayOff> {
        self.days.get(&day)
    }

    /// True if the days off of `year` are known.
    #[must_use]
    pub fn knows(&self, year: i16) -> bool {
        self.years.contains(&year)
    }

    /// The first year whose days off are known.
    #[must_use]
    pub fn begins(&self) -> Option<i16> {
        self.years.iter().min().copied()
    }

    /// Every special day, in order.
    pub fn days(&self) -> impl Iterator<Item = (Date, &DayOff)> {
        self.days.iter().map(|(day, off)| (*day, off))
    }
}

/// True of Saturdays and Sundays.
fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Law;

    const HEAD: &str = "date,kind,vi,en,source,verified\n";

    #[test]
    fn offices_work_as_holidays_and_exchanges_say() {
        let calendar = Law::standard().calendar();
        // Lunar New Year 2026, a Friday off for a Saturday, Hung Kings' day in lieu.
        for (day, works) in [
            (date(2026, 2, 13), true),
            (date(2026, 2, 16), false),
            (date(2026, 2, 20), false),
            (date(2026, 2, 23), true),
            (date(2026, 1, 2), false),
            (date(2026, 1, 10), true),
            (date(2026, 1, 17), false),
            (date(2026, 4, 27), false),
        ] {
            assert_eq!(calendar.works(day), works, "{day}");
        }
        assert!(calendar.knows(2026) && !calendar.knows(2031));
    }

    #[test]
    fn what_is_wrong_is_named_by_row_and_column() {
        for (text, place, why) in [
            ("date,kind\n", "row 1", "the columns have to be date,kind,vi,en,source,verified"),
            (&format!("{HEAD}16/02/2026,holiday,a,b,c,no\n"), "row 2, column date", "is no day"),
            (&format!("{HEAD}2026-02-16,feast,a,b,c,no\n"), "column kind", "write holiday"),
            (&format!("{HEAD}2026-02-16,holiday,,b,c,no\n"), "column vi", "it is empty"),
            (&format!("{HEAD}2026-02-16,holiday,a,b,c,maybe\n"), "column verified", "yes or no"),
            (&format!("{HEAD}2026-02-14,moved_off,a,b,c,no\n"), "column date", "off anyway"),
            (&format!("{HEAD}2026-02-16,moved_work,a,b,c,no\n"), "column date", "worked anyway"),
            (&format!("{HEAD}2026-02-16,holiday,a,b\n"), "row 2", "previous record has 6 fields"),
            (
                &format!("{HEAD}2026-02-16,holiday,a,b,c,no\n2026-02-16,holiday,a,b,c,no\n"),
                "row 3, column date",
                "twice",
            ),
        ] {
            let error = Calendar::parse(text).unwrap_err().to_string();
            assert!(error.starts_with("holidays.csv, ") && error.contains(place), "{error}");
            assert!(error.contains(why), "{why}: {error}");
        }
    }
}
