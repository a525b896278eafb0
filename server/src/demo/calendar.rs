//! Days and report quarters of the demonstration.
//!
//! A day is a number counted from the first day of the first quarter, so that sums of days need no
//! calendar; [`Calendar`] turns it into a date when a row is written.

use jiff::civil::{Date, Weekday, date};
use model::Period;

/// Days since 15 December 2022, the first day of quarter I of 2023.
pub(super) type Day = i32;

/// Number of quarters: 2023-Q1 to 2026-Q3.
pub(super) const QUARTERS: usize = 15;

const FIRST_DAY: Date = date(2022, 12, 15);
const FIRST_YEAR: i32 = 2023;
/// Enough days for every due date of a case received in the last quarter.
const DAYS: i32 = 2_600;
/// Days from a quarter's end to its extract.
const EXTRACT_AFTER: Day = 6;

/// Lunar New Year holidays: first and last day.
const TET: [(Date, Date); 4] = [
    (date(2023, 1, 20), date(2023, 1, 26)),
    (date(2024, 2, 8), date(2024, 2, 14)),
    (date(2025, 1, 25), date(2025, 2, 2)),
    (date(2026, 2, 14), date(2026, 2, 22)),
];

/// A report quarter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quarter {
    /// Its position, 0 for 2023-Q1.
    pub(super) index: usize,
    pub(super) period: Period,
    pub(super) start: Day,
    pub(super) end: Day,
    /// The day its extract is dated.
    pub(super) extract: Day,
}

/// The days of the demonstration.
#[derive(Debug)]
pub(super) struct Calendar {
    dates: Vec<Date>,
    quarters: Vec<Quarter>,
    /// For each quarter the running sums of its days' weights (see [`Calendar::busy`]).
    busy: Vec<Vec<u32>>,
}

impl Calendar {
    pub(super) fn new() -> Self {
        let dates: Vec<Date> = FIRST_DAY
            .series(jiff::Span::new().days(1))
            .take(usize::try_from(DAYS).unwrap_or(0))
            .collect();
        let mut calendar = Self { dates, quarters: Vec::new(), busy: Vec::new() };
        for index in 0..QUARTERS {
            let number = FIRST_YEAR * 4 + i32::try_from(index).unwrap_or(0);
            let period = Period::from_quarter_index(number);
            let (start, end) = (calendar.day(period.start()), calendar.day(period.end()));
            calendar.quarters.push(Quarter {
                index,
                period,
                start,
                end,
                extract: end + EXTRACT_AFTER,
            });
            let sums = (start..=end).scan(0, |sum, day| {
                *sum += calendar.weight(day);
                Some(*sum)
            });
            let sums = sums.collect();
            calendar.busy.push(sums);
        }
        calendar
    }

    /// The quarters in order.
    pub(super) fn quarters(&self) -> &[Quarter] {
        &self.quarters
    }

    /// The number of `date`; dates outside the calendar are moved to its nearest day.
    pub(super) fn day(&self, date: Date) -> Day {
        Day::try_from(self.dates.partition_point(|d| *d < date)).unwrap_or(DAYS)
    }

    /// The date of `day`.
    pub(super) fn date(&self, day: Day) -> Date {
        let last = self.dates.len() - 1;
        self.dates[usize::try_from(day).unwrap_or(0).min(last)]
    }

    /// Position of the quarter that `day` falls in; [`QUARTERS`] for days after the last.
    pub(super) fn quarter_of(&self, day: Day) -> usize {
        self.quarters.partition_point(|q| q.end < day)
    }

    /// True for Saturdays and Sundays.
    pub(super) fn weekend(&self, day: Day) -> bool {
        matches!(self.date(day).weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// True if offices work: no weekend, not the Lunar New Year.
    pub(super) fn working(&self, day: Day) -> bool {
        !self.weekend(day) && !self.tet(day)
    }

    fn tet(&self, day: Day) -> bool {
        let date = self.date(day);
        TET.iter().any(|(first, last)| *first <= date && date <= *last)
    }

    /// The first working day on or after `day`.
    pub(super) fn next_working(&self, day: Day) -> Day {
        (day..day + 30).find(|d| self.working(*d)).unwrap_or(day)
    }

    /// The day `count` working days after `day`.
    pub(super) fn add_working(&self, day: Day, count: i32) -> Day {
        (0..count).fold(day, |d, _| self.next_working(d + 1))
    }

    /// How many matters arrive on a day, as running sums over the days of `quarter`: few at
    /// weekends, nearly none at the Lunar New Year.
    pub(super) fn busy(&self, quarter: &Quarter) -> &[u32] {
        &self.busy[quarter.index]
    }

    fn weight(&self, day: Day) -> u32 {
        match (self.tet(day), self.date(day).weekday()) {
            (true, _) => 1,
            (false, Weekday::Sunday) => 3,
            (false, Weekday::Saturday) => 12,
            (false, Weekday::Monday) => 120,
            _ => 100,
        }
    }
}
