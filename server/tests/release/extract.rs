//! Extract files made by hand: blocks of cases that are alike but for their number and who brought
//! them, so that expected counts are sums of a few numbers.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// Some cases that are alike.
#[derive(Clone, Debug)]
pub struct Block {
    name: &'static str,
    numbers: RangeInclusive<usize>,
    kind: &'static str,
    field: &'static str,
    area: &'static str,
    body: &'static str,
    received: &'static str,
    /// Last day for settling it, if it was accepted, which was on the day of reception.
    due: Option<&'static str>,
    /// Ending, day, finding.
    end: Option<(&'static str, &'static str, &'static str)>,
}

impl Block {
    fn new(name: &'static str, count: usize, kind: &'static str, field: &'static str) -> Self {
        let numbers = 1..=count;
        Self { name, numbers, kind, field, area: "", body: "", received: "", due: None, end: None }
    }

    /// Complaints about land.
    pub fn complaints(name: &'static str, count: usize) -> Self {
        Self::new(name, count, "complaint", "land_housing")
    }

    /// About `field` instead.
    pub fn about(mut self, field: &'static str) -> Self {
        self.field = field;
        self
    }

    /// Recommendations on the environment.
    pub fn recommendations(name: &'static str, count: usize) -> Self {
        Self::new(name, count, "recommendation", "environment")
    }

    /// Denunciations of corruption.
    pub fn denunciations(name: &'static str, count: usize) -> Self {
        Self::new(name, count, "denunciation", "corruption")
    }

    /// Received at the commune `area`.
    pub fn received(mut self, day: &'static str, area: &'static str) -> Self {
        (self.received, self.area) = (day, area);
        self
    }

    /// Accepted when received, to be settled by `day`.
    pub fn due(mut self, day: &'static str) -> Self {
        self.due = Some(day);
        self
    }

    /// Not accepted, as far as anybody says.
    pub fn never_accepted(mut self) -> Self {
        self.due = None;
        self
    }

    /// Before `body`.
    pub fn before(mut self, body: &'static str) -> Self {
        self.body = body;
        self
    }

    /// Settled: a recommendation answered, anything else found to be right.
    pub fn settled(mut self, day: &'static str) -> Self {
        let finding = if self.kind == "recommendation" { "answered" } else { "founded" };
        self.end = Some(("settled", day, finding));
        self
    }

    /// Withdrawn.
    pub fn withdrawn(mut self, day: &'static str) -> Self {
        self.end = Some(("withdrawn", day, ""));
        self
    }

    /// The first cases of the block only.
    pub fn first(mut self, count: usize) -> Self {
        self.numbers = *self.numbers.start()..=count;
        self
    }

    /// The cases of the block from number `number` on only.
    pub fn from(mut self, number: usize) -> Self {
        self.numbers = number..=*self.numbers.end();
        self
    }
}

/// The file `cases` of an extract.
pub fn cases(extract_date: &str, blocks: &[Block]) -> String {
    let mut out = String::from(
        "record_id,extract_date,kind,field,area_code,body_code,received_on,accepted_on,due_on,ending,\
         ended_on,finding,people,complainant_key\n",
    );
    for b in blocks {
        let (ending, ended_on, finding) = b.end.unwrap_or_default();
        // What was settled was accepted, and unless said otherwise by the day it was due.
        let due = b.due.or_else(|| (ending == "settled").then_some(ended_on));
        let due = due.map(|due| format!("{},{due}", b.received)).unwrap_or_else(|| ",".to_owned());
        for n in b.numbers.clone() {
            let key: String = b.name.bytes().map(|byte| format!("{byte:02x}")).collect();
            writeln!(
                out,
                "{}-{n},{extract_date},{},{},{},{},{},{due},{ending},{ended_on},{finding},1,{key:0>12}{n:04x}",
                b.name, b.kind, b.field, b.area, b.body, b.received
            )
            .unwrap();
        }
    }
    out
}

/// What a body reports: opening, entered, transferred in, ended, transferred out, closing.
pub type Total = (&'static str, [u32; 6]);

/// The file `control_totals` of an extract.
pub fn control_totals(extract_date: &str, quarter: &str, totals: &[Total]) -> String {
    let mut out = String::from(
        "record_id,extract_date,body_code,period,opening,entered,transferred_in,ended,\
         transferred_out,closing\n",
    );
    for (body, [opening, entered, inward, ended, outward, closing]) in totals {
        writeln!(
            out,
            "{body}/{quarter},{extract_date},{body},{quarter},{opening},{entered},{inward},{ended},\
             {outward},{closing}"
        )
        .unwrap();
    }
    out
}

/// The file `referrals` of an extract: `count` complaints that the Fatherland Front transferred to
/// the Inspectorate on 20 January 2025; accepted on 10 April, if it is known by then.
pub fn referrals(extract_date: &str, count: usize, accepted: bool) -> String {
    let steps = if accepted { "2025-04-01,accepted,2025-04-10" } else { ",," };
    let mut out = String::from(
        "record_id,extract_date,referrer,kind,area_code,body_code,referred_on,acknowledged_on,\
         decision,decided_on,complainant_key\n",
    );
    for n in 1..=count {
        writeln!(
            out,
            "MT-{n},{extract_date},front,complaint,14755,TTT,2025-01-20,{steps},{n:016x}"
        )
        .unwrap();
    }
    out
}

/// The file `receptions` of an extract: days that the head of `body` held, without visits.
pub fn held_days(extract_date: &str, body: &str, days: &[&str]) -> String {
    let mut out = String::from(
        "record_id,extract_date,body_code,held_on,type,held_by,due,visits,people,matters_first,\
         matters_repeat,delegations,delegation_people\n",
    );
    for day in days {
        writeln!(out, "{body}/{day},{extract_date},{body},{day},periodic,head,1,0,0,0,0,0,0")
            .unwrap();
    }
    out
}

/// The file `receptions` of an extract: the Inspectorate's reception day of 20 January 2025, `visits`
/// visits of as many people, held by `held_by`.
pub fn reception(extract_date: &str, visits: u32, held_by: &str) -> String {
    format!(
        "record_id,extract_date,body_code,held_on,type,held_by,due,visits,people,matters_first,\
         matters_repeat,delegations,delegation_people\n\
         TCD-1,{extract_date},TTT,2025-01-20,periodic,{held_by},1,{visits},{visits},6,8,0,0\n"
    )
}
