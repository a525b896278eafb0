//! From a record's versions to what it counts as, quarter by quarter (`docs/EXTRACT.md`, "How a
//! record counts").

mod case;
mod dialogue;
mod due;
mod flow;
mod quarter;
mod reception;
mod referral;
mod remedy;

use std::collections::HashMap;

use disclosure::Fingerprint;
use jiff::civil::Date;
use model::area::{self, COMMUNES_SINCE};
use model::body::{self, Body, BodyClass};
use model::classification::{Ending, Handling};
use model::dimension::{commune_member, unallocated_member};
use model::{Dim, Item, Kind, Period};
use store::register::{
    CaseHistory, CaseVersion, DialogueVersion, PetitionHistory, PetitionVersion, ReceptionVersion,
    ReferralVersion,
};

use self::case::{CaseLife, open_items};
pub use self::dialogue::Dialogues;
pub use self::flow::{BodyFlows, Flow};
pub use self::quarter::Dating;
use self::quarter::{Quarter, containing, ending, knowing, starting};
pub use self::reception::DaysOnRecord;
use super::cube::{Contribution, Cube};
use super::error::BuildError;
use super::measure::Measure;

/// How records are counted.
#[derive(Clone, Debug, Default)]
pub struct Counting {
    /// Makes the identities of records.
    pub key: [u8; 16],
    /// Puts days into quarters.
    pub dating: Dating,
}

/// Codes and keys that turn records into contributions.
#[derive(Debug)]
pub struct Facts {
    /// Each body with the position of its finest published member.
    bodies: HashMap<String, (usize, Body)>,
    counting: Counting,
    last: Quarter,
}

/// Where a record stands along every dimension but body.
#[derive(Clone, Copy)]
struct Place {
    area: usize,
    kind: usize,
    field: usize,
    referrer: usize,
}

impl Place {
    /// The whole of each dimension.
    const WHOLE: Self = Self { area: 0, kind: 0, field: 0, referrer: 0 };
}

/// Who and what a contribution counts.
#[derive(Clone, Copy)]
struct Subject {
    identity: u128,
    contributor: Option<u64>,
}

impl Facts {
    /// Facts as known by the release on `quarter`.
    pub fn new(quarter: Period, counting: Counting) -> Self {
        let members = Dim::Body.members();
        let bodies = body::bodies()
            .into_iter()
            .filter_map(|b| {
                let member = if b.class == BodyClass::Commune { &b.code } else { &b.unit };
                let position = members.position(member)?;
                Some((b.code.clone(), (position, b)))
            })
            .collect();
        Self { bodies, counting, last: quarter.last_quarter_index() }
    }

    /// True if the body was there on the last day of `quarter`.
    fn exists(&self, body: &str, quarter: Quarter) -> bool {
        let day = Period::from_quarter_index(quarter).end();
        self.bodies.get(body).is_some_and(|(_, body)| body.exists_on(day))
    }

    /// Where a record with `versions` enters, by the `day` on which it happened; and of what is known of it
    /// by then, or was known first, the newest. `None` as long as nothing is.
    fn enters<'a, V: Version>(&self, versions: &'a [V], day: Date) -> Option<(Quarter, &'a V)> {
        let first = versions.first()?.extract_date();
        let told = |quarter: Quarter| known(versions, quarter.max(knowing(first)));
        let entry = self.counting.dating.entry(day, first, |quarter| {
            told(quarter).is_some_and(|version| self.exists(version.body_code(), quarter))
        });
        let version = told(entry)?;
        (entry.max(knowing(first)) <= self.last).then_some((entry, version))
    }

    fn body(&self, code: &str) -> Result<usize, BuildError> {
        self.bodies
            .get(code)
            .map(|(position, _)| *position)
            .ok_or_else(|| BuildError::UnknownCode { what: "body", code: code.to_owned() })
    }

    fn subject(&self, record: &str, complainant: &str) -> Subject {
        let key = &self.counting.key;
        let Fingerprint(identity) = Fingerprint::of_atom(key, record.as_bytes());
        let Fingerprint(who) = Fingerprint::of_atom(key, complainant.as_bytes());
        // The low half of the hash is as good as the whole to tell a handful of people apart.
        let [.., a, b, c, d, e, f, g, h] = who.to_be_bytes();
        Subject { identity, contributor: Some(u64::from_be_bytes([a, b, c, d, e, f, g, h])) }
    }

    /// Adds a case to the cubes of cases and of remedies, and to the flow of each body.
    pub fn case(
        &self,
        history: &CaseHistory,
        dialogues: &Dialogues,
        cube: &mut Cube,
        remedies: &mut Cube,
        flows: &mut BodyFlows,
    ) -> Result<(), BuildError> {
        let Some(case) = CaseLife::of(history, self)? else { return Ok(()) };
        let subject = self.subject(&history.record_id, &case.first.complainant_key);
        let (entering, standing) = case.areas()?;
        let place = |area| Place {
            area,
            kind: position(Dim::Kind, case.first.kind.code()),
            field: position(Dim::Field, case.first.field.code()),
            referrer: 0,
        };
        let (entering, standing) = (place(entering), place(standing));
        let mut sink = Sink { cube, subject };

        let stop = case.end.map_or(self.last, |e| e.quarter.min(self.last));
        let mut before: Option<(usize, &str)> = None;
        for quarter in case.entry..=stop {
            let version = case.known(quarter);
            let body = self.body(&version.body_code)?;
            match before {
                None => {
                    sink.flow(Item::Entered, quarter, entering, body);
                    let late =
                        Period::quarter_of(case.first.received_on).last_quarter_index() < quarter;
                    let part = if late { Item::LateEntry } else { Item::Received };
                    sink.flow(part, quarter, entering, body);
                    let mass = if case.first.mass { Item::Mass } else { Item::NotMass };
                    sink.flow(mass, quarter, entering, body);
                    let level =
                        if case.first.over_level { Item::OverLevel } else { Item::NotOverLevel };
                    sink.flow(level, quarter, entering, body);
                    for period in containing(quarter) {
                        sink.add(Item::Workload, period, standing, body, 1);
                        sink.add(Item::BodyWorkload, period, standing, body, 1);
                    }
                    flows.add(&version.body_code, quarter, Flow::Entered);
                    for (item, quarter) in
                        case.followed().into_iter().filter(|(_, q)| *q <= self.last)
                    {
                        sink.flow(item, quarter, entering, body);
                    }
                }
                Some((from, from_code)) => {
                    for period in starting(quarter) {
                        sink.add(Item::Opening, period, standing, from, 1);
                        sink.add(Item::Workload, period, standing, from, 1);
                        sink.add(Item::BodyWorkload, period, standing, from, 1);
                    }
                    flows.add(from_code, quarter, Flow::Opening);
                    if from_code != version.body_code {
                        sink.flow(Item::TransferredOut, quarter, standing, from);
                        sink.flow(Item::TransferredIn, quarter, standing, body);
                        for period in containing(quarter) {
                            sink.add(Item::BodyWorkload, period, standing, body, 1);
                        }
                        flows.add(from_code, quarter, Flow::TransferredOut);
                        flows.add(&version.body_code, quarter, Flow::TransferredIn);
                    }
                }
            }
            match case.end.filter(|e| e.quarter == quarter) {
                Some(end) => {
                    flows.add(&version.body_code, quarter, Flow::Ended);
                    for item in end.items(case.first, dialogues, &history.record_id)? {
                        sink.flow(item, quarter, standing, body);
                    }
                }
                None => {
                    flows.add(&version.body_code, quarter, Flow::Closing);
                    let day = Period::from_quarter_index(quarter).end();
                    for item in open_items(case.first, version, day)? {
                        for period in ending(quarter) {
                            sink.add(item, period, standing, body, 1);
                        }
                    }
                }
            }
            before = Some((body, &version.body_code));
        }
        let Some(end) = case.end.filter(|e| e.version.ending == Some(Ending::Settled)) else {
            return Ok(());
        };
        let body = self.body(&end.version.body_code)?;
        if end.version.implement {
            case.implementation(end, self, |item, period| {
                sink.add(item, period, standing, body, 1);
            });
        }
        let mut sink = Sink { cube: remedies, subject };
        for period in containing(end.quarter) {
            let then = case.known(period.last_quarter_index());
            for (item, amount) in remedy::amounts(end.version, then) {
                sink.add(item, period, standing, body, amount);
            }
        }
        Ok(())
    }

    /// Adds a petition.
    pub fn petition(&self, history: &PetitionHistory, cube: &mut Cube) -> Result<(), BuildError> {
        let Some(first) = history.versions.first() else { return Ok(()) };
        let entered = self.enters(&history.versions, first.received_on);
        let Some((entry, version)) = entered else { return Ok(()) };
        let place = Place {
            area: entering_area(&first.area_code, first.received_on)?,
            kind: position(Dim::Kind, first.kind.code()),
            field: 0,
            referrer: 0,
        };
        let body = self.body(&first.body_code)?;
        let subject = self.subject(&history.record_id, &first.complainant_key);
        let mut sink = Sink { cube, subject };
        let mut items = vec![Item::PetitionsReceived];
        items.extend_from_slice(match version.handling {
            Handling::Pending => &[Item::PetitionsPending],
            Handling::Ineligible => &[Item::PetitionsProcessed, Item::PetitionsIneligible],
            Handling::Accepted => {
                &[Item::PetitionsProcessed, Item::PetitionsEligible, Item::PetitionsWithin]
            }
            Handling::Guided | Handling::Transferred | Handling::Urged => {
                &[Item::PetitionsProcessed, Item::PetitionsEligible, Item::PetitionsOutside]
            }
        });
        items.extend(match version.handling {
            Handling::Guided => Some(Item::PetitionsGuided),
            Handling::Transferred => Some(Item::PetitionsTransferred),
            Handling::Urged => Some(Item::PetitionsUrged),
            Handling::Pending | Handling::Ineligible | Handling::Accepted => None,
        });
        for item in items {
            sink.flow(item, entry, place, body);
        }
        Ok(())
    }
}

/// Adds contributions of one record to a cube.
struct Sink<'a> {
    cube: &'a mut Cube,
    subject: Subject,
}

impl Sink<'_> {
    fn add(&mut self, item: Item, period: Period, place: Place, body: usize, weight: i64) {
        self.measure(Measure::new(item, period), place, body, weight);
    }

    fn measure(&mut self, measure: Measure, place: Place, body: usize, weight: i64) {
        let Some(measure) = self.cube.measure(measure).filter(|_| weight != 0) else { return };
        self.cube.add(&Contribution {
            leaf: [place.area, body, place.kind, place.field, place.referrer],
            measure,
            weight,
            identity: self.subject.identity,
            contributor: self.subject.contributor,
        });
    }

    /// An event: it counts in its quarter and in every longer period around it.
    fn flow(&mut self, item: Item, quarter: Quarter, place: Place, body: usize) {
        for period in containing(quarter) {
            self.add(item, period, place, body, 1);
        }
    }
}

/// A version of a record.
trait Version {
    /// When the register handed it over.
    fn extract_date(&self) -> Date;
    /// The body that it names.
    fn body_code(&self) -> &str;
}

macro_rules! version {
    ($($version:ty),*) => {$(
        impl Version for $version {
            fn extract_date(&self) -> Date {
                self.extract_date
            }
            fn body_code(&self) -> &str {
                &self.body_code
            }
        }
    )*};
}
version!(CaseVersion, DialogueVersion, PetitionVersion, ReceptionVersion, ReferralVersion);

/// The newest of `versions`, which stand by extract date, that `quarter` knows.
fn known<V: Version>(versions: &[V], quarter: Quarter) -> Option<&V> {
    versions.iter().rev().find(|v| knowing(v.extract_date()) <= quarter)
}

fn position(dim: Dim, code: &str) -> usize {
    dim.members().position(code).unwrap_or(0)
}

fn entering_area(code: &str, day: Date) -> Result<usize, BuildError> {
    let place = area::place(code, day)
        .ok_or_else(|| BuildError::UnknownCode { what: "area", code: code.to_owned() })?;
    let member = match place.commune {
        Some(commune) if day >= COMMUNES_SINCE => commune_member(commune),
        _ => unallocated_member(place.district),
    };
    Ok(position(Dim::Area, &member))
}

/// True if `kind` may have `field`: an impossible combination is a structural zero.
pub fn possible(kind: &str, field: &str) -> bool {
    let Some(field) = model::Field::from_code(field) else { return true };
    match Kind::from_code(kind) {
        Some(kind) => field.applies_to(kind),
        // Complaints and recommendations together: possible if it is for either.
        None if kind == "civil" => {
            [Kind::Complaint, Kind::Recommendation].iter().any(|&k| field.applies_to(k))
        }
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_cannot_be_about_corruption() {
        assert!(!possible("complaint", "corruption"));
        assert!(!possible("civil", "corruption"));
        assert!(possible("denunciation", "corruption"));
        assert!(possible("all", "corruption"));
    }
}
