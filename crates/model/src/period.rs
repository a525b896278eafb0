//! Report periods. A report quarter is not a calendar quarter: quarter I of 2026 runs from
//! 15 December 2025 to 14 March 2026.
//!
//! Source: Circular 02/2021/TT-TTCP, article 7, kept by Circular 01/2024/TT-TTCP. Circular
//! 06/2025/TT-TTCP is in force since 30 September 2025; that it keeps these dates is not verified,
//! so every figure is shown with its exact dates.

use std::{fmt, str::FromStr};

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use crate::day;
use crate::locale::Locale;

/// How long a report period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Span {
    /// One report quarter, 1 to 4.
    Quarter(u8),
    /// The first six months (quarters I and II).
    SixMonths,
    /// The first nine months (quarters I to III).
    NineMonths,
    /// The whole report year.
    Year,
}

/// A report period: a year and a span within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    year: i16,
    span: Span,
}

impl Period {
    /// The quarter `quarter` (1 to 4) of `year`; `None` outside 1..=4.
    #[must_use]
    pub const fn quarter(year: i16, quarter: u8) -> Option<Self> {
        if quarter >= 1 && quarter <= 4 {
            Some(Self { year, span: Span::Quarter(quarter) })
        } else {
            None
        }
    }

    /// The report year `year`.
    #[must_use]
    pub const fn of_year(year: i16) -> Self {
        Self { year, span: Span::Year }
    }

    /// The report year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// How long the period is.
    #[must_use]
    pub const fn span(self) -> Span {
        self.span
    }

    /// True for a single quarter.
    #[must_use]
    pub const fn is_quarter(self) -> bool {
        matches!(self.span, Span::Quarter(_))
    }

    /// Numbers of the first and last quarter inside the period, 1 to 4.
    #[must_use]
    pub const fn quarter_range(self) -> (u8, u8) {
        match self.span {
            Span::Quarter(q) => (q, q),
            Span::SixMonths => (1, 2),
            Span::NineMonths => (1, 3),
            Span::Year => (1, 4),
        }
    }

    /// The quarters inside the period, in order.
    pub fn quarters(self) -> impl Iterator<Item = Self> {
        let (a, b) = self.quarter_range();
        (a..=b).map(move |q| Self { year: self.year, span: Span::Quarter(q) })
    }

    /// The period that a report on quarter `self` also brings: six months with quarter II, nine
    /// months with quarter III, the year with quarter IV.
    #[must_use]
    pub const fn cumulative(self) -> Option<Self> {
        let span = match self.span {
            Span::Quarter(2) => Span::SixMonths,
            Span::Quarter(3) => Span::NineMonths,
            Span::Quarter(4) => Span::Year,
            _ => return None,
        };
        Some(Self { year: self.year, span })
    }

    /// What the year has brought up to the end of the period: quarter I, six months, nine months or the year.
    #[must_use]
    pub fn to_date(self) -> Self {
        self.cumulative().unwrap_or(self)
    }

    /// The year to date a quarter earlier, of a period that begins with the year; `None` for others, and for
    /// quarter I.
    #[must_use]
    pub fn to_date_before(self) -> Option<Self> {
        let (first, last) = self.quarter_range();
        let before = Self { year: self.year, span: Span::Quarter(last - 1) };
        (first == 1 && last > 1).then(|| before.to_date())
    }

    /// Consecutive number of the period's last quarter (year x 4 + quarter - 1): orders quarters
    /// over years.
    #[must_use]
    pub const fn last_quarter_index(self) -> i32 {
        self.year as i32 * 4 + self.quarter_range().1 as i32 - 1
    }

    /// The quarter with consecutive number `index` (see [`Period::last_quarter_index`]).
    #[must_use]
    pub fn from_quarter_index(index: i32) -> Self {
        let year = i16::try_from(index.div_euclid(4)).unwrap_or(i16::MAX);
        let quarter = u8::try_from(index.rem_euclid(4)).unwrap_or(0) + 1;
        Self { year, span: Span::Quarter(quarter) }
    }

    /// The quarter that `day` falls in.
    #[must_use]
    pub fn quarter_of(day: Date) -> Self {
        // From the 15th on, a day counts with the following month; 15 December opens quarter I.
        let month = i32::from(day.month()) + i32::from(day.day() >= 15);
        Self::from_quarter_index(i32::from(day.year()) * 4 + (month - 1) / 3)
    }

    /// The same span one year earlier (`cùng kỳ năm trước`).
    #[must_use]
    pub const fn same_last_year(self) -> Self {
        Self { year: self.year - 1, span: self.span }
    }

    /// First day of the period.
    #[must_use]
    pub fn start(self) -> Date {
        match self.quarter_range().0 {
            1 => date(self.year - 1, 12, 15),
            2 => date(self.year, 3, 15),
            3 => date(self.year, 6, 15),
            _ => date(self.year, 9, 15),
        }
    }

    /// Last day of the period.
    #[must_use]
    pub fn end(self) -> Date {
        match self.quarter_range().1 {
            1 => date(self.year, 3, 14),
            2 => date(self.year, 6, 14),
            3 => date(self.year, 9, 14),
            _ => date(self.year, 12, 14),
        }
    }

    /// Days from a quarter's last day to its cut-off.
    pub const CUTOFF_DAYS: i32 = 15;

    /// The last day on which an extract may be dated to count for the period:
    /// [`Period::CUTOFF_DAYS`] after its last day. What is reported later enters with a later
    /// period.
    #[must_use]
    pub fn cutoff(self) -> Date {
        day::after(self.end(), Self::CUTOFF_DAYS)
    }

    /// The first day on which figures of the period can be published: the day after its cut-off.
    #[must_use]
    pub fn earliest_release(self) -> Date {
        day::after(self.cutoff(), 1)
    }

    /// The quarter after the last one inside the period.
    #[must_use]
    pub fn next_quarter(self) -> Self {
        Self::from_quarter_index(self.last_quarter_index() + 1)
    }

    /// The first quarter that knows an extract of `extract_date`: the first whose cut-off is not
    /// before it.
    #[must_use]
    pub fn first_knowing(extract_date: Date) -> Self {
        let quarter = Self::quarter_of(extract_date);
        let before = Self::from_quarter_index(quarter.last_quarter_index() - 1);
        if before.cutoff() >= extract_date { before } else { quarter }
    }

    /// The period's name as reports print it: `quý III/2026`, `9 tháng năm 2026`, `năm 2025`.
    #[must_use]
    pub fn name(self, locale: Locale) -> String {
        const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];
        let y = self.year;
        match (self.span, locale) {
            (Span::Quarter(q), Locale::Vi) => format!("quý {}/{y}", ROMAN[usize::from(q - 1)]),
            (Span::Quarter(q), Locale::En) => format!("Q{q} {y}"),
            (Span::SixMonths, Locale::Vi) => format!("6 tháng đầu năm {y}"),
            (Span::SixMonths, Locale::En) => format!("first 6 months of {y}"),
            (Span::NineMonths, Locale::Vi) => format!("9 tháng năm {y}"),
            (Span::NineMonths, Locale::En) => format!("first 9 months of {y}"),
            (Span::Year, Locale::Vi) => format!("năm {y}"),
            (Span::Year, Locale::En) => format!("year {y}"),
        }
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// By last day, then by length: quarter IV comes before the year that it ends.
impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.last_quarter_index(), self.span).cmp(&(other.last_quarter_index(), other.span))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.span {
            Span::Quarter(q) => write!(f, "{:04}-Q{q}", self.year),
            Span::SixMonths => write!(f, "{:04}-6M", self.year),
            Span::NineMonths => write!(f, "{:04}-9M", self.year),
            Span::Year => write!(f, "{:04}", self.year),
        }
    }
}

/// The text is not a period code.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a report period; write 2026-Q3, 2026-6M, 2026-9M or 2026")]
pub struct InvalidPeriod(String);

impl FromStr for Period {
    type Err = InvalidPeriod;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidPeriod(s.chars().take(20).collect());
        let (year, span) = s.split_once('-').map_or((s, None), |(y, rest)| (y, Some(rest)));
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(invalid());
        }
        let year: i16 = year.parse().map_err(|_e| invalid())?;
        let span = match span {
            None => Span::Year,
            Some("6M") => Span::SixMonths,
            Some("9M") => Span::NineMonths,
            Some("Q1") => Span::Quarter(1),
            Some("Q2") => Span::Quarter(2),
            Some("Q3") => Span::Quarter(3),
            Some("Q4") => Span::Quarter(4),
            Some(_) => return Err(invalid()),
        };
        Ok(Self { year, span })
    }
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_run_from_the_fifteenth_to_the_fourteenth() {
        let q1: Period = "2025-Q1".parse().unwrap();
        assert_eq!((q1.start(), q1.end()), (date(2024, 12, 15), date(2025, 3, 14)));
        let year: Period = "2025".parse().unwrap();
        assert_eq!((year.start(), year.end()), (date(2024, 12, 15), date(2025, 12, 14)));
    }

    #[test]
    fn the_next_quarter_comes_out_on_the_day_after_its_cut_off_at_the_earliest() {
        let next = "2026-Q3".parse::<Period>().unwrap().next_quarter();
        assert_eq!(next.to_string(), "2026-Q4");
        assert_eq!(next.cutoff(), date(2026, 12, 29));
        assert_eq!(next.earliest_release(), date(2026, 12, 30));
        assert_eq!(Period::of_year(2026).next_quarter().to_string(), "2027-Q1");
    }

    #[test]
    fn every_day_of_a_quarter_falls_in_it() {
        for index in 2022 * 4..2028 * 4 {
            let quarter = Period::from_quarter_index(index);
            assert_eq!(quarter.last_quarter_index(), index);
            let mut day = quarter.start();
            while day <= quarter.end() {
                assert_eq!(Period::quarter_of(day), quarter, "{day}");
                day = day.tomorrow().unwrap();
            }
        }
    }

    #[test]
    fn codes_parse_and_print_alike_and_junk_is_refused() {
        for code in ["2026-Q1", "2026-6M", "2026-9M", "2026"] {
            assert_eq!(code.parse::<Period>().unwrap().to_string(), code);
        }
        for junk in ["", "26", "2026-Q5", "2026-q3", "2026-Q3 ", "abcd", "+026"] {
            assert!(junk.parse::<Period>().is_err(), "{junk}");
        }
    }

    #[test]
    fn the_year_to_date_grows_by_a_quarter_each_time() {
        for (period, to_date, before) in [
            ("2025-Q1", "2025-Q1", None),
            ("2025-Q2", "2025-6M", None),
            ("2025-6M", "2025-6M", Some("2025-Q1")),
            ("2025-9M", "2025-9M", Some("2025-6M")),
            ("2025-Q4", "2025", None),
            ("2025", "2025", Some("2025-9M")),
        ] {
            let period: Period = period.parse().unwrap();
            assert_eq!(period.to_date().to_string(), to_date);
            let found = period.to_date_before().map(|p| p.to_string());
            assert_eq!(found.as_deref(), before, "{period}");
        }
    }

    #[test]
    fn the_year_sorts_after_its_last_quarter() {
        let q4: Period = "2025-Q4".parse().unwrap();
        assert!(q4 < "2025".parse().unwrap());
        assert!("2025".parse::<Period>().unwrap() < "2026-Q1".parse().unwrap());
    }
}
