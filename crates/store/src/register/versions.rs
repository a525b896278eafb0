//! Records as the register holds them: a history is the versions of one record in the order of
//! their extract dates. The columns are those of `docs/EXTRACT.md`.

use jiff::civil::Date;
use model::classification::{
    Channel, Complexity, Ending, Field, Finding, Handling, HeldBy, Kind, ReceptionType, Referrer,
};
use model::period::Period;

use super::RegisterError;
use super::row::Record;

/// A case in all its versions, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseHistory {
    /// The record.
    pub record_id: String,
    /// Its versions, by extract date.
    pub versions: Vec<CaseVersion>,
}

/// A case as one extract tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseVersion {
    /// Day of the extract.
    pub extract_date: Date,
    /// Kind of matter.
    pub kind: Kind,
    /// Field of the matter.
    pub field: Field,
    /// Commune code as in force on `received_on`.
    pub area_code: String,
    /// The body competent on the extract date.
    pub body_code: String,
    /// Day of reception.
    pub received_on: Date,
    /// Second settlement of a complaint, or continued denunciation.
    pub second_instance: bool,
    /// Day of acceptance.
    pub accepted_on: Option<Date>,
    /// Last day for settling it, as extended or suspended.
    pub due_on: Option<Date>,
    /// How complicated it is.
    pub complexity: Complexity,
    /// The limit was extended.
    pub extended: bool,
    /// Settling was suspended from this day.
    pub suspended_on: Option<Date>,
    /// And went on from this day.
    pub resumed_on: Option<Date>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// When it ended.
    pub ended_on: Option<Date>,
    /// What the settlement found.
    pub finding: Option<Finding>,
    /// Brought by five people or more together.
    pub mass: bool,
    /// Sent above the competent level.
    pub over_level: bool,
    /// Prolonged.
    pub prolonged: bool,
    /// How many people brought it.
    pub people: i32,
    /// The sender's keyed hash of who brought it.
    pub complainant_key: String,
    /// Recovered for the State, million VND.
    pub money_recovered: Option<i64>,
    /// Recovered for the State, m².
    pub land_recovered: Option<i64>,
    /// Returned to people and organisations, million VND.
    pub money_returned: Option<i64>,
    /// Returned to people and organisations, m².
    pub land_returned: Option<i64>,
    /// People whose rights were restored.
    pub persons_restored: Option<i32>,
    /// Officials recommended for discipline.
    pub officials_disciplined: Option<i32>,
    /// Of what was to be recovered for the State, million VND recovered.
    pub money_recovered_done: Option<i64>,
    /// The same, m².
    pub land_recovered_done: Option<i64>,
    /// Of what was to be returned, million VND returned.
    pub money_returned_done: Option<i64>,
    /// The same, m².
    pub land_returned_done: Option<i64>,
    /// Of the officials recommended for discipline, those disciplined.
    pub officials_disciplined_done: Option<i32>,
    /// The decision has to be carried out.
    pub implement: bool,
    /// Day on which it was carried out.
    pub implemented_on: Option<Date>,
}

/// A dialogue in all its versions, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialogueHistory {
    /// The record.
    pub record_id: String,
    /// Its versions, by extract date.
    pub versions: Vec<DialogueVersion>,
}

/// A dialogue as one extract tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialogueVersion {
    /// Day of the extract.
    pub extract_date: Date,
    /// Record id of its case.
    pub case_id: String,
    /// The body that held it.
    pub body_code: String,
    /// The day.
    pub held_on: Date,
}

/// A petition in all its versions, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PetitionHistory {
    /// The record.
    pub record_id: String,
    /// Its versions, by extract date.
    pub versions: Vec<PetitionVersion>,
}

/// A petition as one extract tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PetitionVersion {
    /// Day of the extract.
    pub extract_date: Date,
    /// Kind of matter.
    pub kind: Kind,
    /// Commune code as in force on `received_on`.
    pub area_code: String,
    /// The receiving body.
    pub body_code: String,
    /// Day of reception.
    pub received_on: Date,
    /// How it arrived.
    pub channel: Channel,
    /// What was done with it.
    pub handling: Handling,
    /// Record id of its case.
    pub case_id: Option<String>,
    /// The sender's keyed hash of who brought it.
    pub complainant_key: String,
}

/// A reception day of one body in all its versions, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceptionHistory {
    /// The record.
    pub record_id: String,
    /// Its versions, by extract date.
    pub versions: Vec<ReceptionVersion>,
}

/// A reception day as one extract tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceptionVersion {
    /// Day of the extract.
    pub extract_date: Date,
    /// The body.
    pub body_code: String,
    /// The day.
    pub held_on: Date,
    /// Kind of reception.
    pub reception_type: ReceptionType,
    /// Who held it.
    pub held_by: HeldBy,
    /// Due by law or schedule.
    pub due: bool,
    /// Visits (lượt).
    pub visits: i32,
    /// People.
    pub people: i32,
    /// Matters brought for the first time.
    pub matters_first: i32,
    /// Matters brought before.
    pub matters_repeat: i32,
    /// Mass delegations.
    pub delegations: i32,
    /// People in them.
    pub delegation_people: i32,
}

/// A referred matter in all its versions, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferralHistory {
    /// The record.
    pub record_id: String,
    /// Its versions, by extract date.
    pub versions: Vec<ReferralVersion>,
}

/// A referred matter as one extract tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferralVersion {
    /// Day of the extract.
    pub extract_date: Date,
    /// Who transferred it.
    pub referrer: Referrer,
    /// Kind of matter.
    pub kind: Kind,
    /// Commune code as in force on `referred_on`.
    pub area_code: String,
    /// The receiving body.
    pub body_code: String,
    /// Day of the transfer.
    pub referred_on: Date,
    /// Day on which the body acknowledged it.
    pub acknowledged_on: Option<Date>,
    /// What the body decided.
    pub decision: Option<Decision>,
    /// When.
    pub decided_on: Option<Date>,
    /// Day of settlement.
    pub settled_on: Option<Date>,
    /// Day on which the referrer was told the result.
    pub notified_on: Option<Date>,
    /// Day on which the Front petitioned the body's superior.
    pub petitioned_on: Option<Date>,
    /// Day on which the superior decided.
    pub superior_decided_on: Option<Date>,
    /// Day on which it told the Front.
    pub superior_answered_on: Option<Date>,
    /// Record id of its case.
    pub case_id: Option<String>,
    /// The sender's keyed hash of whose matter it is.
    pub complainant_key: String,
}

/// What a body decided on a referred matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Thụ lý.
    Accepted,
    /// Từ chối.
    Declined,
    /// Chuyển tiếp.
    ReTransferred,
}

impl Decision {
    /// The decision with `code`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "accepted" => Some(Self::Accepted),
            "declined" => Some(Self::Declined),
            "re_transferred" => Some(Self::ReTransferred),
            _ => None,
        }
    }
}

/// What a body itself reported for a quarter: all cases of all kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlTotal {
    /// The record.
    pub record_id: String,
    /// Day of the extract.
    pub extract_date: Date,
    /// The body.
    pub body_code: String,
    /// The quarter.
    pub period: Period,
    /// Open at its start.
    pub opening: i64,
    /// Received or late.
    pub entered: i64,
    /// Taken over from other bodies.
    pub transferred_in: i64,
    /// Ended.
    pub ended: i64,
    /// Handed to other bodies.
    pub transferred_out: i64,
    /// Open on its last day.
    pub closing: i64,
}

impl CaseVersion {
    pub(super) fn read(row: &Record<'_>) -> Result<Self, RegisterError> {
        Ok(Self {
            extract_date: row.day("extract_date")?,
            kind: row.code("kind", Kind::from_code)?,
            field: row.code("field", Field::from_code)?,
            area_code: row.get("area_code")?,
            body_code: row.get("body_code")?,
            received_on: row.day("received_on")?,
            second_instance: row.get("second_instance")?,
            accepted_on: row.optional_day("accepted_on")?,
            due_on: row.optional_day("due_on")?,
            complexity: row.code("complexity", Complexity::from_code)?,
            extended: row.get("extended")?,
            suspended_on: row.optional_day("suspended_on")?,
            resumed_on: row.optional_day("resumed_on")?,
            ending: row.optional_code("ending", Ending::from_code)?,
            ended_on: row.optional_day("ended_on")?,
            finding: row.optional_code("finding", Finding::from_code)?,
            mass: row.get("mass")?,
            over_level: row.get("over_level")?,
            prolonged: row.get("prolonged")?,
            people: row.get("people")?,
            complainant_key: row.get("complainant_key")?,
            money_recovered: row.get("money_recovered")?,
            land_recovered: row.get("land_recovered")?,
            money_returned: row.get("money_returned")?,
            land_returned: row.get("land_returned")?,
            persons_restored: row.get("persons_restored")?,
            officials_disciplined: row.get("officials_disciplined")?,
            money_recovered_done: row.get("money_recovered_done")?,
            land_recovered_done: row.get("land_recovered_done")?,
            money_returned_done: row.get("money_returned_done")?,
            land_returned_done: row.get("land_returned_done")?,
            officials_disciplined_done: row.get("officials_disciplined_done")?,
            implement: row.get("implement")?,
            implemented_on: row.optional_day("implemented_on")?,
        })
    }
}

impl DialogueVersion {
    pub(super) fn read(row: &Record<'_>) -> Result<Self, RegisterError> {
        Ok(Self {
            extract_date: row.day("extract_date")?,
            case_id: row.get("case_id")?,
            body_code: row.get("body_code")?,
            held_on: row.day("held_on")?,
        })
    }
}

impl PetitionVersion {
    pub(super) fn read(row: &Record<'_>) -> Result<Self, RegisterError> {
        Ok(Self {
            extract_date: row.day("extract_date")?,
            kind: row.code("kind", Kind::from_code)?,
            area_code: row.get("area_code")?,
            body_code: row.get("body_code")?,
            received_on: row.day("received_on")?,
            channel: row.code("channel", Channel::from_code)?,
            handling: row.code("handling", Handling::from_code)?,
            case_id: row.get("case_id")?,
            complainant_key: row.get("complainant_key")?,
        })
    }
}

impl ReceptionVersion {
    pub(super) fn read(row: &Record<'_>) -> Result<Self, RegisterError> {
        Ok(Self {
            extract_date: row.day("extract_date")?,
            body_code: row.get("body_code")?,
            held_on: row.day("held_on")?,
            reception_type: row.code("type", ReceptionType::from_code)?,
            held_by: row.code("held_by", HeldBy::from_code)?,
            due: row.get("due")?,
            visits: row.get("visits")?,
            people: row.get("people")?,
            matters_first: row.get("matters_first")?,
            matters_repeat: row.get("matters_repeat")?,
            delegations: row.get("delegations")?,
            delegation_people: row.get("delegation_people")?,
        })
    }
}

impl ReferralVersion {
    pub(super) fn read(row: &Record<'_>) -> Result<Self, RegisterError> {
        Ok(Self {
            extract_date: row.day("extract_date")?,
            referrer: row.code("referrer", Referrer::from_code)?,
            kind: row.code("kind", Kind::from_code)?,
            area_code: row.get("area_code")?,
            body_code: row.get("body_code")?,
            referred_on: row.day("referred_on")?,
            acknowledged_on: row.optional_day("acknowledged_on")?,
            decision: row.optional_code("decision", Decision::from_code)?,
            decided_on: row.optional_day("decided_on")?,
            settled_on: row.optional_day("settled_on")?,
            notified_on: row.optional_day("notified_on")?,
            petitioned_on: row.optional_day("petitioned_on")?,
            superior_decided_on: row.optional_day("superior_decided_on")?,
            superior_answered_on: row.optional_day("superior_answered_on")?,
            case_id: row.get("case_id")?,
            complainant_key: row.get("complainant_key")?,
        })
    }
}

impl ControlTotal {
    pub(super) fn read(row: &Record<'_>) -> Result<Self, RegisterError> {
        Ok(Self {
            record_id: row.id()?,
            extract_date: row.day("extract_date")?,
            body_code: row.get("body_code")?,
            period: row.code("period", |code| code.parse().ok())?,
            opening: row.get("opening")?,
            entered: row.get("entered")?,
            transferred_in: row.get("transferred_in")?,
            ended: row.get("ended")?,
            transferred_out: row.get("transferred_out")?,
            closing: row.get("closing")?,
        })
    }
}
