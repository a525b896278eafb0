//! Petitions: those that became a case, further ones on the same case, and those that did not
//! become one (not eligible, or outside competence).

use model::Kind;
use model::classification::{Channel, Handling};

use super::DemoError;
use super::calendar::{Calendar, Day, Quarter};
use super::case::Case;
use super::columns::{CHANNEL, HANDLING, KIND, Table};
use super::draw::{Draw, Number, Numbering, Series, Stream, round};
use super::geography::Geography;
use super::odds::{day_in, field, office, place};
use super::output::{Files, Sheet};
use super::situations::Situations;

/// Petitions that become no case, for each case: with 1.47 petitions a case it makes 12 % not
/// eligible and a third of the rest outside competence (Thanh Hoa 2022).
const WITHOUT_CASE: f64 = 1.03;

/// A petition.
#[derive(Clone, Debug)]
struct Petition {
    number: Number,
    kind: Kind,
    spot: usize,
    office: usize,
    received: Day,
    channel: Channel,
    /// What is done with it on `processed`.
    handling: Handling,
    processed: Day,
    case: Option<Number>,
    person: u128,
}

/// Draws the petitions of one shard and remembers those that are not processed yet.
#[derive(Debug)]
pub(super) struct Petitions<'a> {
    calendar: &'a Calendar,
    geography: &'a Geography,
    shard: u32,
    draw: Draw,
    numbers: Numbering,
    pending: Vec<Petition>,
}

impl<'a> Petitions<'a> {
    pub(super) fn new(
        calendar: &'a Calendar,
        geography: &'a Geography,
        seed: u64,
        shard: u32,
    ) -> Self {
        Self {
            calendar,
            geography,
            shard,
            draw: Draw::new(seed, shard, Stream::Petitions),
            numbers: Numbering::new(seed, shard, Series::Petition),
            pending: Vec::new(),
        }
    }

    /// Writes the petitions of `quarter`: those left pending and processed since, those on the cases
    /// that `entered`, and those without a case.
    pub(super) fn write<'c>(
        &mut self,
        quarter: &Quarter,
        entered: impl Iterator<Item = &'c Case>,
        files: &mut Files,
    ) -> Result<(), DemoError> {
        let sheet = files.sheet(quarter, Table::Petitions)?;
        let mut still_pending = Vec::new();
        for petition in std::mem::take(&mut self.pending) {
            if petition.processed <= quarter.end {
                self.row(&petition, quarter, sheet)?;
            } else {
                still_pending.push(petition);
            }
        }
        self.pending = still_pending;

        let mut cases = 0;
        for case in entered {
            cases += 1;
            let first = self.on_case(case, true);
            self.emit(first, quarter, sheet)?;
            let (one, two) = match case.kind {
                Kind::Complaint => (0.5, 0.2),
                Kind::Recommendation => (0.32, 0.04),
                Kind::Denunciation => (0.4, 0.05),
            };
            for _ in 0..self.draw.pick(&[(1, one), (2, two), (0, 1.0 - one - two)]) {
                let further = self.on_case(case, false);
                self.emit(further, quarter, sheet)?;
            }
        }
        for _ in 0..round(f64::from(cases) * WITHOUT_CASE) {
            let petition = self.without_case(quarter);
            self.emit(petition, quarter, sheet)?;
        }
        if let Some((commune, count)) = Situations::repeated(self.shard, quarter) {
            let person = self.draw.person();
            if let Some(spot) = self.geography.position(commune, quarter.start) {
                for _ in 0..count {
                    let petition = self.repeated(quarter, spot, person);
                    self.emit(petition, quarter, sheet)?;
                }
            }
        }
        Ok(())
    }

    fn emit(
        &mut self,
        petition: Petition,
        quarter: &Quarter,
        sheet: &mut Sheet,
    ) -> Result<(), DemoError> {
        self.row(&petition, quarter, sheet)?;
        if petition.processed > quarter.end {
            self.pending.push(petition);
        }
        Ok(())
    }

    fn channel(&mut self) -> Channel {
        self.draw.pick(&[
            (Channel::Reception, 0.31),
            (Channel::Post, 0.37),
            (Channel::Online, 0.22),
            (Channel::Referral, 0.10),
        ])
    }

    fn on_case(&mut self, case: &Case, first: bool) -> Petition {
        let processed = case.accepted.unwrap_or(case.end.day);
        let mut received = case.received;
        if !first {
            let quarter = &self.calendar.quarters()[self.calendar.quarter_of(received)];
            // The commune's code has to hold on the day of the petition too.
            let code_holds = self.geography.code_holds_until(received);
            let latest = quarter.end.min(case.end.day).min(code_holds);
            received = (received + self.draw.between(0, 18)).min(latest).max(received);
        }
        let same = first || self.draw.chance(0.6);
        Petition {
            number: self.numbers.next(),
            kind: case.kind,
            spot: case.spot,
            office: case.office,
            received,
            channel: self.channel(),
            handling: Handling::Accepted,
            processed: if first { processed } else { processed.max(received + 2) },
            case: Some(case.number),
            person: if same { case.person } else { self.draw.person() },
        }
    }

    fn without_case(&mut self, quarter: &Quarter) -> Petition {
        let received = day_in(&mut self.draw, self.calendar, quarter);
        let spot = place(&mut self.draw, self.geography, received);
        let kind = self.draw.pick(&[
            (Kind::Recommendation, 0.80),
            (Kind::Complaint, 0.15),
            (Kind::Denunciation, 0.05),
        ]);
        let place = self.geography.spot(spot);
        let about = field(&mut self.draw, kind, place);
        let handling = self.draw.pick(&[
            (Handling::Ineligible, 0.29),
            (Handling::Transferred, 0.44),
            (Handling::Guided, 0.17),
            (Handling::Urged, 0.10),
        ]);
        Petition {
            number: self.numbers.next(),
            kind,
            spot,
            office: office(&mut self.draw, self.geography, place, about, 0.27),
            received,
            channel: self.channel(),
            handling,
            processed: received + self.draw.between(0, 9),
            case: None,
            person: self.draw.person(),
        }
    }

    fn repeated(&mut self, quarter: &Quarter, spot: usize, person: u128) -> Petition {
        let received = day_in(&mut self.draw, self.calendar, quarter);
        Petition {
            number: self.numbers.next(),
            kind: Kind::Recommendation,
            spot,
            office: self.geography.spot(spot).committee,
            received,
            channel: Channel::Post,
            handling: Handling::Ineligible,
            processed: received + self.draw.between(0, 4),
            case: None,
            person,
        }
    }

    fn row(
        &self,
        petition: &Petition,
        quarter: &Quarter,
        sheet: &mut Sheet,
    ) -> Result<(), DemoError> {
        let processed = petition.processed <= quarter.end;
        let spot = self.geography.spot(petition.spot);
        let office = self.geography.competent(petition.office, spot, quarter.end);
        let handling = if processed { petition.handling } else { Handling::Pending };
        let case = petition.case.filter(|_| processed).map(|number| number.text(Series::Case));
        sheet.text(&petition.number.text(Series::Petition))?;
        sheet.date(self.calendar, Some(quarter.extract))?;
        sheet.code(KIND, Some(petition.kind.code()))?;
        sheet.text(spot.code)?;
        sheet.text(&self.geography.offices[office].code)?;
        sheet.date(self.calendar, Some(petition.received))?;
        sheet.code(CHANNEL, Some(petition.channel.code()))?;
        sheet.code(HANDLING, Some(handling.code()))?;
        sheet.text(case.as_deref().unwrap_or(""))?;
        sheet.key(petition.person)?;
        sheet.end_row()
    }
}
