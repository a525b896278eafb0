//! Referrals: matters that the Fatherland Front, its members, deputies or the press transferred to
//! the competent body, from transfer to the day the referrer was told the result.

use model::classification::{Ending, Referrer};
use model::{Field, Kind};

use super::DemoError;
use super::calendar::{Calendar, Day, QUARTERS, Quarter};
use super::case::Case;
use super::columns::{DECISION, KIND, REFERRER, Table};
use super::draw::{Draw, Number, Numbering, Series, Stream, round};
use super::geography::Geography;
use super::odds::{day_in, field, office, place};
use super::output::{Files, Sheet};

/// Share of cases that came with a referral.
const OF_CASES: f64 = 0.105;
/// Referrals a quarter and shard that became no case of the register.
const WITHOUT_CASE: i32 = 152;
/// Days from acceptance to settlement.
const SETTLED_AFTER: &[(f64, f64)] = &[(0.0, 8.0), (0.5, 32.0), (0.85, 80.0), (1.0, 200.0)];

/// What the receiving body decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    Accepted,
    Declined,
    ReTransferred,
}

impl Decision {
    const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::ReTransferred => "re_transferred",
        }
    }
}

/// What became of the Front's petition to the superior of the body, if it made one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Superior {
    petitioned: Option<Day>,
    decided: Option<Day>,
    answered: Option<Day>,
}

impl Superior {
    /// The Front does not agree with half of the results on complaints that it transferred.
    fn of(number: Number, referrer: Referrer, kind: Kind, settled: Option<Day>) -> Self {
        let fronts = matches!(referrer, Referrer::Front | Referrer::FrontMember);
        let luck = number.luck();
        let Some(settled) = settled.filter(|_| fronts && kind == Kind::Complaint && luck < 50)
        else {
            return Self::default();
        };
        let spread = |days: u64| Day::try_from(luck % days).unwrap_or(0);
        let petitioned = settled + 8 + spread(9);
        let decided = petitioned + 12 + spread(22);
        let answered = (!luck.is_multiple_of(4)).then(|| decided + 2 + spread(8));
        Self { petitioned: Some(petitioned), decided: Some(decided), answered }
    }
}

/// A referral with everything that will happen to it.
#[derive(Clone, Debug)]
struct Referral {
    number: Number,
    referrer: Referrer,
    kind: Kind,
    spot: usize,
    office: usize,
    referred: Day,
    acknowledged: Option<Day>,
    decided: Option<(Decision, Day)>,
    settled: Option<Day>,
    notified: Option<Day>,
    superior: Superior,
    /// Position of the first quarter whose extract may tell the settlement.
    settlement_known: usize,
    case: Option<Number>,
    person: u128,
}

/// The dates of a referral as far as an extract knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    acknowledged: Option<Day>,
    decided: Option<(Decision, Day)>,
    settled: Option<Day>,
    notified: Option<Day>,
    superior: Superior,
    office: usize,
}

impl State {
    /// True while the receiving body still owes something.
    fn open(&self) -> bool {
        match self.decided {
            None => true,
            Some((Decision::Accepted, _)) => self.settled.is_none(),
            Some(_) => false,
        }
    }
}

impl Referral {
    fn state(&self, geography: &Geography, quarter: &Quarter) -> State {
        let known = |day: &Day| *day <= quarter.end;
        let told = quarter.index >= self.settlement_known;
        State {
            acknowledged: self.acknowledged.filter(known),
            decided: self.decided.filter(|(_, day)| known(day)),
            settled: self.settled.filter(|day| told && known(day)),
            notified: self.notified.filter(|day| told && known(day)),
            superior: Superior {
                petitioned: self.superior.petitioned.filter(|day| told && known(day)),
                decided: self.superior.decided.filter(|day| told && known(day)),
                answered: self.superior.answered.filter(|day| told && known(day)),
            },
            office: geography.competent(self.office, geography.spot(self.spot), quarter.end),
        }
    }

    /// True if nothing will change once `state` is reached.
    fn finished(&self, state: &State) -> bool {
        !state.open() && state.notified == self.notified && state.superior == self.superior
    }
}

/// Draws the referrals of one shard and remembers those that are not finished.
#[derive(Debug)]
pub(super) struct Referrals<'a> {
    calendar: &'a Calendar,
    geography: &'a Geography,
    draw: Draw,
    numbers: Numbering,
    unfinished: Vec<Referral>,
}

impl<'a> Referrals<'a> {
    pub(super) fn new(
        calendar: &'a Calendar,
        geography: &'a Geography,
        seed: u64,
        shard: u32,
    ) -> Self {
        Self {
            calendar,
            geography,
            draw: Draw::new(seed, shard, Stream::Referrals),
            numbers: Numbering::new(seed, shard, Series::Referral),
            unfinished: Vec::new(),
        }
    }

    /// Writes the referrals of `quarter`: those that changed since, and the new ones, some
    /// of them to `received` cases.
    pub(super) fn write(
        &mut self,
        before: Option<&Quarter>,
        quarter: &Quarter,
        received: &[Case],
        files: &mut Files,
    ) -> Result<(), DemoError> {
        let sheet = files.sheet(quarter, Table::Referrals)?;
        let mut unfinished = Vec::new();
        for referral in std::mem::take(&mut self.unfinished) {
            let now = referral.state(self.geography, quarter);
            let then = before.map(|before| referral.state(self.geography, before));
            let changed = then.is_some_and(|then| {
                let owed = then.open();
                then != now && (owed || State { office: now.office, ..then } != now)
            });
            if changed {
                self.row(&referral, &now, quarter, sheet)?;
            }
            if !referral.finished(&now) {
                unfinished.push(referral);
            }
        }
        self.unfinished = unfinished;

        for case in received.iter().filter(|case| case.entry == quarter.index) {
            if self.draw.chance(OF_CASES) {
                let referral = self.on_case(case);
                self.emit(referral, quarter, sheet)?;
            }
        }
        for _ in 0..WITHOUT_CASE + self.draw.between(-6, 6) {
            let referral = self.without_case(quarter);
            self.emit(referral, quarter, sheet)?;
        }
        Ok(())
    }

    fn emit(
        &mut self,
        referral: Referral,
        quarter: &Quarter,
        sheet: &mut Sheet,
    ) -> Result<(), DemoError> {
        let state = referral.state(self.geography, quarter);
        self.row(&referral, &state, quarter, sheet)?;
        if !referral.finished(&state) {
            self.unfinished.push(referral);
        }
        Ok(())
    }

    fn referrer(&mut self) -> Referrer {
        self.draw.pick(&[
            (Referrer::Front, 0.60),
            (Referrer::FrontMember, 0.10),
            (Referrer::Assembly, 0.11),
            (Referrer::Council, 0.11),
            (Referrer::Press, 0.08),
        ])
    }

    fn notified(&mut self, settled: Option<Day>) -> Option<Day> {
        let told = self.draw.chance(0.88);
        let after = self.draw.pick(&[(3, 0.35), (6, 0.4), (12, 0.2), (25, 0.05)]);
        settled.filter(|_| told).map(|day| day + after)
    }

    /// A referral to a case: its dates follow those of the case.
    fn on_case(&mut self, case: &Case) -> Referral {
        let decided = match (case.accepted, case.end.ending) {
            (Some(day), _) => (Decision::Accepted, day),
            (None, _) => (Decision::ReTransferred, case.end.day),
        };
        let acknowledged = self.draw.between(case.received, decided.1);
        let settled = (case.end.ending == Ending::Settled).then_some(case.end.day);
        let (number, referrer) = (self.numbers.next(), self.referrer());
        Referral {
            number,
            referrer,
            kind: case.kind,
            spot: case.spot,
            office: case.office,
            referred: case.received,
            acknowledged: Some(acknowledged),
            decided: Some(decided),
            settled,
            notified: self.notified(settled),
            superior: Superior::of(number, referrer, case.kind, settled),
            settlement_known: case.end.known,
            case: Some(case.number),
            person: case.person,
        }
    }

    fn without_case(&mut self, quarter: &Quarter) -> Referral {
        let referred = day_in(&mut self.draw, self.calendar, quarter);
        let spot = place(&mut self.draw, self.geography, referred);
        let kind = self.draw.pick(&[
            (Kind::Recommendation, 0.82),
            (Kind::Complaint, 0.15),
            (Kind::Denunciation, 0.03),
        ]);
        let about: Field = field(&mut self.draw, kind, self.geography.spot(spot));
        let office = office(&mut self.draw, self.geography, self.geography.spot(spot), about, 0.27);
        let acknowledged = self.draw.chance(0.89).then(|| referred + self.draw.between(2, 15));
        let decision = self.draw.pick(&[
            (Decision::Accepted, 0.76),
            (Decision::Declined, 0.17),
            (Decision::ReTransferred, 0.07),
        ]);
        let decided = acknowledged.map(|day| (decision, day + self.draw.between(0, 10)));
        let ever_settled = self.draw.chance(0.62);
        let after = round(self.draw.quantile(SETTLED_AFTER));
        let settled = decided
            .filter(|(decision, _)| ever_settled && *decision == Decision::Accepted)
            .map(|(_, day)| day + after);
        let (number, referrer) = (self.numbers.next(), self.referrer());
        Referral {
            number,
            referrer,
            kind,
            spot,
            office,
            referred,
            acknowledged,
            decided,
            settled,
            notified: self.notified(settled),
            superior: Superior::of(number, referrer, kind, settled),
            settlement_known: settled.map_or(QUARTERS, |day| self.calendar.quarter_of(day)),
            case: None,
            person: self.draw.person(),
        }
    }

    fn row(
        &self,
        referral: &Referral,
        state: &State,
        quarter: &Quarter,
        sheet: &mut Sheet,
    ) -> Result<(), DemoError> {
        let accepted = matches!(state.decided, Some((Decision::Accepted, _)));
        let case = referral.case.filter(|_| accepted).map(|number| number.text(Series::Case));
        sheet.text(&referral.number.text(Series::Referral))?;
        sheet.date(self.calendar, Some(quarter.extract))?;
        sheet.code(REFERRER, Some(referral.referrer.code()))?;
        sheet.code(KIND, Some(referral.kind.code()))?;
        sheet.text(self.geography.spot(referral.spot).code)?;
        sheet.text(&self.geography.offices[state.office].code)?;
        sheet.date(self.calendar, Some(referral.referred))?;
        sheet.date(self.calendar, state.acknowledged)?;
        sheet.code(DECISION, state.decided.map(|(decision, _)| decision.code()))?;
        sheet.date(self.calendar, state.decided.map(|(_, day)| day))?;
        sheet.date(self.calendar, state.settled)?;
        sheet.date(self.calendar, state.notified)?;
        sheet.date(self.calendar, state.superior.petitioned)?;
        sheet.date(self.calendar, state.superior.decided)?;
        sheet.date(self.calendar, state.superior.answered)?;
        sheet.text(case.as_deref().unwrap_or(""))?;
        sheet.key(referral.person)?;
        sheet.end_row()
    }
}
