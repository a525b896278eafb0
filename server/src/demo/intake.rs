//! How cases arise: kind, field, place, body, and how long they take.
//!
//! Calibrated to figures that were published: complaints about 13 % and denunciations about 3 % of
//! the cases within competence (Thanh Hoa 2022), 30 % of ended complaints withdrawn or terminated
//! and 93 % of the workload settled (Thanh Hoa 2023).

use law::{Circumstances, Law, Matter, Step};
use model::Kind;
use model::classification::{Complexity, Ending, Field};

use super::calendar::{Calendar, Day, Quarter};
use super::case::{Case, End, Remedies, Shift};
use super::draw::{Draw, Numbering, Series, Stream, round};
use super::geography::{Geography, Spot};
use super::odds::{day_in, field, finding, office, place, remedies};
use super::situations::Situations;

/// Cases a quarter and shard before season and trend.
const CASES: f64 = 1067.0;
/// Fewest denunciations a quarter and shard.
const DENUNCIATIONS: i32 = 30;
/// By quarter of the year: fewer around the Lunar New Year.
const SEASON: [f64; 4] = [0.91, 1.05, 1.05, 0.99];
/// By year from 2023.
const TREND: [f64; 4] = [0.97, 0.99, 1.01, 1.03];

/// Share of the limit that a settlement in time takes.
const IN_TIME: &[(f64, f64)] =
    &[(0.0, 0.05), (0.1, 0.26), (0.3, 0.52), (0.6, 0.80), (0.85, 0.95), (1.0, 1.0)];
/// Days that a late settlement is late.
const LATE: &[(f64, f64)] =
    &[(0.0, 1.0), (0.25, 9.0), (0.5, 23.0), (0.7, 50.0), (0.85, 95.0), (0.95, 200.0), (1.0, 400.0)];
/// Days from decision to its being carried out.
const CARRIED_OUT: &[(f64, f64)] = &[(0.0, 20.0), (0.5, 70.0), (0.85, 130.0), (1.0, 200.0)];

/// Districts that fall behind more than the others.
const SLOW: [&str; 5] = ["407", "382", "397", "384", "404"];

/// Draws the cases of one shard.
#[derive(Debug)]
pub(super) struct Intake<'a> {
    calendar: &'a Calendar,
    geography: &'a Geography,
    draw: Draw,
    numbers: Numbering,
    situations: Situations,
    /// People who brought a case lately: a few come again.
    lately: Vec<(usize, u128)>,
}

impl<'a> Intake<'a> {
    pub(super) fn new(
        calendar: &'a Calendar,
        geography: &'a Geography,
        seed: u64,
        shard: u32,
    ) -> Self {
        Self {
            calendar,
            geography,
            draw: Draw::new(seed, shard, Stream::Cases),
            numbers: Numbering::new(seed, shard, Series::Case),
            situations: Situations::new(shard),
            lately: Vec::new(),
        }
    }

    /// The cases received in `quarter`.
    pub(super) fn cases(&mut self, quarter: &Quarter) -> Vec<Case> {
        self.situations.begin(quarter);
        let expected = CASES * SEASON[quarter.index % 4] * TREND[quarter.index / 4];
        let total = round(expected * (0.985 + 0.03 * self.draw.unit()));
        let denunciations = round(expected * 0.032).max(DENUNCIATIONS) + self.draw.between(-1, 3);
        let complaints = round(expected * (0.127 + 0.008 * self.draw.unit()));
        (0..total)
            .map(|i| {
                let kind = if i < denunciations {
                    Kind::Denunciation
                } else if i < denunciations + complaints {
                    Kind::Complaint
                } else {
                    Kind::Recommendation
                };
                self.case(quarter, kind)
            })
            .collect()
    }

    fn case(&mut self, quarter: &Quarter, kind: Kind) -> Case {
        let received = day_in(&mut self.draw, self.calendar, quarter);
        let position = place(&mut self.draw, self.geography, received);
        let spot = self.geography.spot(position);
        let field = field(&mut self.draw, kind, spot);
        let field = self.situations.field(spot.district, kind, field);
        let second_instance = match kind {
            Kind::Complaint => self.draw.chance(0.10),
            Kind::Denunciation => self.draw.chance(0.06),
            Kind::Recommendation => false,
        };
        let share = if second_instance { 1.0 } else { 0.235 };
        let office = office(&mut self.draw, self.geography, spot, field, share);
        let slow = slowness(self.calendar, spot, quarter);

        let complexity = match kind {
            Kind::Complaint if self.draw.chance(0.22) => Complexity::Complicated,
            Kind::Denunciation => self.draw.pick(&[
                (Complexity::Ordinary, 0.46),
                (Complexity::Complicated, 0.40),
                (Complexity::EspeciallyComplicated, 0.14),
            ]),
            _ => Complexity::Ordinary,
        };
        let (withdrawn, terminated) = match kind {
            Kind::Complaint => (0.22, 0.08),
            Kind::Recommendation => (0.035, 0.01),
            Kind::Denunciation => (0.12, 0.04),
        };
        let ending = self.draw.pick(&[
            (Ending::TransferredAway, 0.01),
            (Ending::Withdrawn, withdrawn),
            (Ending::Terminated, terminated),
            (Ending::Settled, 0.99 - withdrawn - terminated),
        ]);

        let acceptance = self.acceptance(received, kind);
        // No limit in law for recommendations: the bodies' own term is 30 days.
        let law = Law::standard();
        let matter = Matter {
            step: Step::Settlement,
            kind,
            second: second_instance,
            referrer: None,
            circumstances: Circumstances {
                complexity,
                extensions: 2,
                remote: law.remote().contains(spot.code, self.calendar.date(received)),
                several_places: false,
            },
        };
        let rule = law.rule(&matter, self.calendar.date(acceptance));
        let limit = rule.map_or(30, |rule| i32::from(rule.limit(&matter.circumstances)));
        let due = acceptance + limit;
        let mut shift = Shift::None;
        let (accepted, ended) = if ending == Ending::TransferredAway {
            (None, received + self.draw.between(2, 12))
        } else {
            shift = self.shift(kind, acceptance, due);
            (Some(acceptance), self.last_day(kind, acceptance, due, shift, slow))
        };

        let entry = quarter.index + self.report_lag(field);
        let known = self.calendar.quarter_of(ended) + usize::from(self.draw.chance(0.007));
        let end = End {
            ending,
            day: ended,
            finding: (ending == Ending::Settled)
                .then(|| finding(&mut self.draw, kind, second_instance)),
            known: known.max(entry),
        };
        let mass = self.draw.chance(0.025);
        let people = if mass {
            self.draw.between(5, 40)
        } else {
            self.draw.pick(&[(1, 0.86), (2, 0.1), (3, 0.04)])
        };
        let settled = ending == Ending::Settled;
        let remedies = if settled {
            remedies(&mut self.draw, kind, field, end.finding)
        } else {
            Remedies::default()
        };
        let implement =
            settled && self.draw.chance(if kind == Kind::Recommendation { 0.10 } else { 0.45 });
        let implemented = (implement && self.draw.chance(0.8))
            .then(|| ended + round(self.draw.quantile(CARRIED_OUT)));
        let dialogue = (kind == Kind::Complaint && second_instance && self.draw.chance(0.6))
            .then(|| self.calendar.next_working(acceptance + self.draw.between(5, 20)))
            .filter(|day| *day < ended);
        let person = self.person(position, spot.district, kind, field);
        Case {
            number: self.numbers.next(),
            kind,
            field,
            spot: position,
            office,
            received,
            entry,
            second_instance,
            accepted,
            due,
            complexity,
            shift,
            end,
            mass,
            over_level: self.draw.chance(0.05),
            listed_if_long: self.draw.chance(0.6),
            people,
            person,
            remedies,
            implement,
            implemented,
            dialogue,
        }
    }

    /// Within 10 days of reception; within 7 working days of it from 1 July 2026.
    fn acceptance(&mut self, received: Day, kind: Kind) -> Day {
        let working_days = self.calendar.date(received) >= jiff::civil::date(2026, 7, 1)
            || kind == Kind::Denunciation;
        if working_days {
            let count = self.draw.between(1, 7);
            self.calendar.add_working(received, count)
        } else {
            let longest = if kind == Kind::Complaint { 10 } else { 8 };
            received + self.draw.between(1, longest)
        }
    }

    fn shift(&mut self, kind: Kind, accepted: Day, due: Day) -> Shift {
        let by = if kind == Kind::Denunciation { 30 } else { 15 };
        let kind_of_shift = self.draw.pick(&[(0, 0.915), (1, 0.06), (2, 0.025)]);
        match kind_of_shift {
            1 => Shift::Extended { on: due - self.draw.between(1, 8), by },
            2 => {
                let from = accepted + self.draw.between(3, 20);
                Shift::Suspended { from, to: from + self.draw.between(14, 75) }
            }
            _ => Shift::None,
        }
    }

    /// The day a case ends that was accepted.
    fn last_day(&mut self, kind: Kind, accepted: Day, due: Day, shift: Shift, slow: f64) -> Day {
        let (from, due) = match shift {
            Shift::None => (accepted, due),
            Shift::Extended { by, .. } => (due, due + by),
            Shift::Suspended { from, to } => (to, due + (to - from)),
        };
        let late = match kind {
            Kind::Recommendation => 0.165,
            Kind::Complaint => 0.21,
            Kind::Denunciation => 0.24,
        };
        let day = if self.draw.chance((late * slow).min(0.6)) {
            due + round(self.draw.quantile(LATE) * slow).max(1)
        } else {
            from + round(f64::from(due - from) * self.draw.quantile(IN_TIME)).max(1)
        };
        // Decisions are signed on working days.
        (0..10)
            .map(|back| day - back)
            .find(|d| self.calendar.working(*d) && *d > from)
            .unwrap_or(day)
    }

    /// Extracts by which a case comes late. Only land cases do, so that the situations planned for
    /// other fields stay as they are.
    fn report_lag(&mut self, field: Field) -> usize {
        let late = self.draw.chance(0.0155);
        let two = self.draw.chance(0.3);
        if late && field == Field::LandHousing { 1 + usize::from(two) } else { 0 }
    }

    fn person(&mut self, position: usize, district: &str, kind: Kind, field: Field) -> u128 {
        if let Some(person) = self.situations.person(&mut self.draw, district, kind, field) {
            return person;
        }
        let again = self.draw.chance(0.3);
        let known = self.lately.iter().find(|(at, _)| again && *at == position);
        let person = match known {
            Some((_, person)) => *person,
            None => self.draw.person(),
        };
        self.lately.push((position, person));
        if self.lately.len() > 60 {
            self.lately.remove(0);
        }
        person
    }
}

/// How much slower than usual a place works: some districts always, all of them after the
/// reorganisation of July 2025, recovering from then on.
fn slowness(calendar: &Calendar, spot: &Spot, quarter: &Quarter) -> f64 {
    let reform = calendar.quarter_of(calendar.day(model::area::COMMUNES_SINCE));
    let general = match quarter.index.checked_sub(reform) {
        Some(0) => 1.30,
        Some(1) => 1.22,
        Some(2) => 1.12,
        Some(3) => 1.04,
        Some(_) => 0.94,
        // Cases received just before it are caught by it.
        None if quarter.index + 1 == reform => 1.12,
        None => 0.94,
    };
    let local = if SLOW.contains(&spot.district) { 1.35 } else { 0.95 };
    general * local
}
