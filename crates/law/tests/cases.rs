//! Cases worked out from the articles, apart from this program (`data/cases.csv`): each with its article,
//! and with every day that is counted and every day that is not.
//!
//! | column | content |
//! |---|---|
//! | start | the event that starts the limit |
//! | suspended, resumed | first day that is not counted, first day that is again |
//! | done, today | when it was done; the day on which it is asked |
//! | article | law and article: LKN complaints, LTC denunciations, LTCD citizen reception, NĐ decree |
//! | by | days late, overdue or left |
//! | counted, skipped | days and spans of days, first and last |

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeSet;

use jiff::civil::Date;
use law::{
    Circumstances, Counted, Course, Decision, Law, Matter, Skip, State, Step, Suspension, Unit,
};
use model::classification::Complexity;
use model::{Kind, Referrer, day};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Case {
    step: Step,
    kind: Kind,
    second: String,
    complexity: Complexity,
    extensions: u8,
    remote: String,
    several_places: String,
    referrer: Option<Referrer>,
    start: String,
    suspended: String,
    resumed: String,
    done: String,
    today: String,
    article: String,
    limit: u16,
    unit: Unit,
    due: String,
    state: String,
    by: Option<i32>,
    counted: String,
    skipped: String,
}

fn cases() -> Vec<Case> {
    let text = include_str!("data/cases.csv");
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>().unwrap()
}

fn day_of(text: &str) -> Option<Date> {
    (!text.is_empty()).then(|| day::parse(text).unwrap())
}

impl Case {
    fn decide(&self) -> Decision<'static> {
        let circumstances = Circumstances {
            complexity: self.complexity,
            extensions: self.extensions,
            remote: self.remote == "yes",
            several_places: self.several_places == "yes",
        };
        let (step, kind, second) = (self.step, self.kind, self.second == "yes");
        let matter = Matter { step, kind, second, referrer: self.referrer, circumstances };
        let suspension =
            day_of(&self.suspended).map(|from| Suspension { from, until: day_of(&self.resumed) });
        let course = Course {
            start: day_of(&self.start).unwrap(),
            suspensions: suspension.into_iter().collect(),
            done: day_of(&self.done),
        };
        let today = day_of(&self.today).unwrap();
        Law::standard().decide(&matter, &course, today).unwrap()
    }

    /// The article as the rules write it.
    fn cited(&self) -> String {
        let laws = [
            ("LKN ", "Luật Khiếu nại 2011"),
            ("LTC ", "Luật Tố cáo 2018"),
            ("LTCD ", "Luật Tiếp công dân 2013"),
            ("NĐ 155/2026 ", "Nghị định 155/2026/NĐ-CP"),
        ];
        let found =
            laws.iter().find_map(|(short, name)| Some((self.article.strip_prefix(short)?, name)));
        let (number, name) = found.unwrap();
        format!("{name}, Điều {number}")
    }
}

/// Days as spans: `2026-07-02..2026-07-03 2026-07-06`.
fn spans(days: &[Date]) -> String {
    let mut spans: Vec<(Date, Date)> = Vec::new();
    for &day in days {
        match spans.last_mut() {
            Some((_, last)) if day::after(*last, 1) == day => *last = day,
            _ => spans.push((day, day)),
        }
    }
    let write = |(from, to): &(Date, Date)| {
        if from == to { day::iso(*from) } else { format!("{}..{}", day::iso(*from), day::iso(*to)) }
    };
    spans.iter().map(write).collect::<Vec<_>>().join(" ")
}

fn skipped(decision: &Decision<'_>) -> String {
    let of = |name: &str, is: fn(&Skip) -> bool| {
        let days = decision.days.iter().filter_map(|d| match &d.counted {
            Counted::No(skip) if is(skip) => Some(d.day),
            _ => None,
        });
        let days: Vec<Date> = days.collect();
        (!days.is_empty()).then(|| format!("{name} {}", spans(&days)))
    };
    let parts = [
        of("start", |skip| *skip == Skip::Start),
        of("weekend", |skip| *skip == Skip::Weekend),
        of("off", |skip| matches!(skip, Skip::Off(_))),
        of("suspended", |skip| *skip == Skip::Suspended),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

#[test]
fn every_case_is_decided_as_the_articles_say() {
    let cases = cases();
    assert!(cases.len() >= 120, "{}", cases.len());
    for (number, case) in cases.iter().enumerate() {
        let decision = case.decide();
        let line = format!("row {}: {case:?}", number + 2);
        assert!(decision.rule.article.vi.starts_with(&case.cited()), "{line}");
        assert_eq!((decision.limit, decision.rule.unit), (case.limit, case.unit), "{line}");
        assert_eq!(decision.due, day_of(&case.due), "{line}");
        let by = match decision.state {
            State::Late { by } | State::Overdue { by } => Some(by),
            State::Open { left } => Some(left),
            State::OnTime | State::Suspended => None,
        };
        assert_eq!((decision.state.code(), by), (case.state.as_str(), case.by), "{line}");
        let counted = decision.days.iter().filter(|d| matches!(d.counted, Counted::Yes(_)));
        let counted: Vec<Date> = counted.map(|d| d.day).collect();
        assert_eq!(spans(&counted), case.counted, "{line}");
        assert_eq!(skipped(&decision), case.skipped, "{line}");
    }
}

#[test]
fn every_rule_has_cases() {
    let decided = cases();
    let tried: BTreeSet<&str> = decided.iter().map(|case| case.decide().rule.id.as_str()).collect();
    let rules: BTreeSet<&str> = Law::standard().rules().iter().map(|r| r.id.as_str()).collect();
    assert_eq!(rules, tried);
}
