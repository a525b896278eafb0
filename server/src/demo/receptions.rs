//! Reception days: standing reception by officers, and the days of heads.
//!
//! Heads' days as the law sets them: a commune chair one day a week until 30 June 2026 (Law on
//! Citizen Reception 2013, article 15) and two days a month since 1 July 2026 (Law 136/2025), a
//! district chair two days a month (article 13), the provincial chair and heads of agencies one day
//! a month (articles 12 and 18).

use std::collections::BTreeMap;

use jiff::civil::date;
use model::Field;
use model::body::BodyClass;
use model::classification::{HeldBy, ReceptionType};

use super::DemoError;
use super::calendar::{Calendar, Day, Quarter};
use super::columns::{HELD_BY, RECEPTION_TYPE, Table};
use super::draw::{Draw, Numbering, Series, Stream, mix, round};
use super::geography::Geography;
use super::odds::{day_in, office, place};
use super::output::{Files, Sheet};

/// Visits a quarter and shard at standing reception.
const STANDING_VISITS: f64 = 2330.0;
/// Unscheduled days of heads a quarter and shard.
const UNSCHEDULED: i32 = 11;
/// Mass delegations a quarter at standing reception; unscheduled days bring about six more.
const STANDING_DELEGATIONS: i32 = 5;
/// How many matters a visit brings: none where it asks about one that another visit of the day has
/// brought already, or only for guidance; now and then two.
const MATTERS_OF_A_VISIT: &[(i32, f64)] = &[(0, 0.14), (1, 0.82), (2, 0.04)];
const SEASON: [f64; 4] = [0.92, 1.04, 1.05, 0.99];

/// One reception day of one body.
#[derive(Clone, Copy, Debug)]
struct Reception {
    office: usize,
    day: Day,
    kind: ReceptionType,
    held_by: HeldBy,
    visits: i32,
    delegation: bool,
}

/// Draws the reception days of one shard.
#[derive(Debug)]
pub(super) struct Receptions<'a> {
    calendar: &'a Calendar,
    geography: &'a Geography,
    draw: Draw,
    /// What visits are about.
    matters: Draw,
    numbers: Numbering,
}

impl<'a> Receptions<'a> {
    pub(super) fn new(
        calendar: &'a Calendar,
        geography: &'a Geography,
        seed: u64,
        shard: u32,
    ) -> Self {
        Self {
            calendar,
            geography,
            draw: Draw::new(seed, shard, Stream::Receptions),
            matters: Draw::new(seed, shard, Stream::Matters),
            numbers: Numbering::new(seed, shard, Series::Reception),
        }
    }

    /// Writes the reception days of `quarter`.
    pub(super) fn write(&mut self, quarter: &Quarter, files: &mut Files) -> Result<(), DemoError> {
        let sheet = files.sheet(quarter, Table::Receptions)?;
        for office in 0..self.geography.offices.len() {
            if silent(office, quarter) {
                continue;
            }
            for day in self.scheduled(office, quarter) {
                let reception = self.of_head(office, day);
                self.row(reception, quarter, sheet)?;
            }
        }
        for i in 0..UNSCHEDULED {
            let day = self.working_day(quarter);
            let office = self.visited(day);
            let held_by = self.draw.pick(&[(HeldBy::Head, 0.9), (HeldBy::Delegate, 0.1)]);
            let reception = Reception {
                office,
                day,
                kind: ReceptionType::AdHoc,
                held_by,
                visits: self.draw.between(2, 7),
                delegation: i < 6,
            };
            self.row(reception, quarter, sheet)?;
        }
        let mut standing: BTreeMap<(usize, Day), i32> = BTreeMap::new();
        for _ in 0..round(STANDING_VISITS * SEASON[quarter.index % 4]) {
            let day = self.working_day(quarter);
            *standing.entry((self.visited(day), day)).or_default() += 1;
        }
        let mut delegations = STANDING_DELEGATIONS + self.draw.between(-1, 1);
        for ((office, day), visits) in standing {
            let delegation = delegations > 0 && self.draw.chance(0.006);
            delegations -= i32::from(delegation);
            let reception = Reception {
                office,
                day,
                kind: ReceptionType::Regular,
                held_by: HeldBy::Officer,
                visits,
                delegation,
            };
            self.row(reception, quarter, sheet)?;
        }
        Ok(())
    }

    fn working_day(&mut self, quarter: &Quarter) -> Day {
        loop {
            let day = day_in(&mut self.draw, self.calendar, quarter);
            if self.calendar.working(day) {
                return day;
            }
        }
    }

    /// A body that someone visits on `day`: the provincial office for receiving citizens, a
    /// department, or the committee of the place.
    fn visited(&mut self, day: Day) -> usize {
        if self.draw.chance(0.10) {
            return self.geography.office("TTT");
        }
        let spot = place(&mut self.draw, self.geography, day);
        let spot = self.geography.spot(spot);
        let office = office(&mut self.draw, self.geography, spot, Field::LandHousing, 0.14);
        self.geography.competent(office, spot, day)
    }

    /// The days in `quarter` on which the head of `office` has to receive citizens.
    fn scheduled(&self, office: usize, quarter: &Quarter) -> Vec<Day> {
        let weekly_until = self.calendar.day(date(2026, 6, 30));
        let class = self.geography.offices[office].class;
        let own = mix(u64::try_from(office).unwrap_or(0));
        let offset = |range: u64| i8::try_from(own % range).unwrap_or(0);
        let mut days = Vec::new();
        for day in quarter.start..=quarter.end {
            let today = self.calendar.date(day);
            let due = match class {
                BodyClass::Province => today.day() == 4 + offset(20),
                BodyClass::Commune if day <= weekly_until => {
                    let weekday = today.weekday().to_monday_zero_offset();
                    // A day off is made up for on the next working day of the week, or else the last one.
                    let chosen =
                        (0..5).cycle().skip(usize::try_from(offset(5)).unwrap_or(0)).take(5);
                    let monday = day - Day::from(weekday);
                    let mut days = chosen.map(|n| monday + n);
                    days.find(|day| self.calendar.working(*day)) == Some(day)
                }
                BodyClass::District | BodyClass::Commune => {
                    today.day() == 3 + offset(8) || today.day() == 17 + offset(8)
                }
            };
            if due {
                days.push(self.calendar.next_working(day).min(quarter.end));
            }
        }
        days.retain(|day| self.geography.exists(office, *day));
        days.dedup();
        days
    }

    /// A scheduled day: most heads hold nearly all of theirs, a few miss many.
    fn of_head(&mut self, office: usize, day: Day) -> Reception {
        let careless = mix(u64::try_from(office).unwrap_or(0) + 7).is_multiple_of(19);
        let missed = if careless { 0.14 } else { 0.024 };
        let held_by = self.draw.pick(&[
            (HeldBy::Head, 0.91 - missed),
            (HeldBy::Delegate, 0.09),
            (HeldBy::Missed, missed),
        ]);
        let mean = match self.geography.offices[office].class {
            BodyClass::Province => 6.0,
            BodyClass::District => 4.9,
            BodyClass::Commune if self.calendar.date(day) < date(2026, 7, 1) => 0.36,
            BodyClass::Commune => 0.75,
        };
        Reception {
            office,
            day,
            kind: ReceptionType::Periodic,
            held_by,
            visits: if held_by == HeldBy::Missed { 0 } else { self.draw.count(mean) },
            delegation: false,
        }
    }

    fn row(
        &mut self,
        reception: Reception,
        quarter: &Quarter,
        sheet: &mut Sheet,
    ) -> Result<(), DemoError> {
        let companions = (0..reception.visits).filter(|_| self.draw.chance(0.11)).count();
        let companions = i32::try_from(companions).unwrap_or(0);
        let (mut first, mut repeat) = (0, 0);
        for visit in 0..reception.visits {
            let known = self.draw.chance(0.3);
            // A delegation comes about something.
            let least = i32::from(reception.delegation && visit == 0);
            let matters = self.matters.pick(MATTERS_OF_A_VISIT).max(least);
            *(if known { &mut repeat } else { &mut first }) += matters;
        }
        // A delegation counts as one visit of many people.
        let delegation_people = if reception.delegation { self.draw.between(5, 28) } else { 0 };
        let people = if reception.delegation {
            reception.visits - 1 + companions + delegation_people
        } else {
            reception.visits + companions
        };
        sheet.text(&self.numbers.next().text(Series::Reception))?;
        sheet.date(self.calendar, Some(quarter.extract))?;
        sheet.text(&self.geography.offices[reception.office].code)?;
        sheet.date(self.calendar, Some(reception.day))?;
        sheet.code(RECEPTION_TYPE, Some(reception.kind.code()))?;
        sheet.code(HELD_BY, Some(reception.held_by.code()))?;
        sheet.flag(reception.kind == ReceptionType::Periodic)?;
        sheet.number(reception.visits)?;
        sheet.number(people)?;
        sheet.number(first)?;
        sheet.number(repeat)?;
        sheet.number(i32::from(reception.delegation))?;
        sheet.number(delegation_people)?;
        sheet.end_row()
    }
}

/// True of a few bodies that report no reception day of their heads in a quarter.
fn silent(office: usize, quarter: &Quarter) -> bool {
    let of = |n: usize| u64::try_from(n).unwrap_or(0);
    mix(mix(of(office) + 11) + of(quarter.index)).is_multiple_of(83)
}
