//! Control totals against an independent count of the written versions, after "How a record counts"
//! in `docs/EXTRACT.md`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::Period;

use super::demonstration;
use super::read::{Record, Register};

/// Opening, entered, transferred in, ended, transferred out, closing.
type Flow = [i64; 6];

fn newest<'a>(versions: &[&'a Record], quarter: Period) -> Option<&'a Record> {
    let known = |v: &&&Record| v.day("extract_date").unwrap() <= quarter.cutoff();
    versions.iter().filter(known).max_by_key(|v| v.day("extract_date")).copied()
}

/// The quarter of `day` or, if `version`, the first that tells it, was not known by then, the first
/// quarter that knows it.
fn counts_in(day: Date, version: &Record) -> Period {
    Period::quarter_of(day).max(Period::first_knowing(version.day("extract_date").unwrap()))
}

fn recount(register: &Register) -> BTreeMap<(Period, String), Flow> {
    let mut flows = BTreeMap::<(Period, String), Flow>::new();
    let histories = register.histories("cases");
    for versions in histories.values() {
        let entered = counts_in(versions[0].day("received_on").unwrap(), versions[0]);
        let ended = versions
            .iter()
            .find_map(|v| Some((v.day("ended_on")?, v)))
            .map(|(day, version)| counts_in(day, version).max(entered));
        let mut before: Option<&str> = None;
        for quarter in register.quarters.iter().copied().filter(|q| *q >= entered) {
            let body = newest(versions, quarter).unwrap().text("body_code");
            let mut add = |body: &str, line: usize| {
                flows.entry((quarter, body.to_owned())).or_default()[line] += 1;
            };
            match before {
                None => add(body, 1),
                Some(from) => {
                    add(from, 0);
                    if from != body {
                        add(from, 4);
                        add(body, 2);
                    }
                }
            }
            if ended == Some(quarter) {
                add(body, 3);
                break;
            }
            add(body, 5);
            before = Some(body);
        }
    }
    flows
}

fn reported(register: &Register) -> BTreeMap<(Period, String), Flow> {
    let lines = ["opening", "entered", "transferred_in", "ended", "transferred_out", "closing"];
    let totals = register.all("control_totals").map(|total| {
        let (period, body) = (total.text("period"), total.text("body_code"));
        assert_eq!(total.text("record_id"), format!("{body}/{period}"));
        let key = (period.parse().unwrap(), body.to_owned());
        (key, lines.map(|line| total.number(line)))
    });
    totals.collect()
}

#[test]
fn control_totals_are_what_the_versions_add_up_to() {
    let register = Register::demonstration();
    let (reported, recounted) = (reported(register), recount(register));
    assert_eq!(reported.len(), recounted.len());
    for (key, flow) in &recounted {
        assert_eq!(reported.get(key), Some(flow), "{key:?}");
    }
}

#[test]
fn control_totals_hold_over_shards_and_for_other_seeds() {
    for seed in [2, 3] {
        let folder = tempfile::tempdir().unwrap();
        demonstration(seed, 2, folder.path());
        let register = Register::read(folder.path());
        assert!(reported(&register) == recount(&register), "seed {seed}");
    }
}

#[test]
fn a_body_opens_a_quarter_with_what_it_had_at_the_end_of_the_one_before() {
    let totals = reported(Register::demonstration());
    for ((quarter, body), [opening, entered, came, ended, went, closing]) in &totals {
        assert_eq!(opening + entered + came, ended + went + closing, "{quarter} {body}");
        let before = Period::from_quarter_index(quarter.last_quarter_index() - 1);
        let left = totals.get(&(before, body.clone())).map_or(0, |flow| flow[5]);
        assert_eq!(*opening, left, "{quarter} {body}");
    }
}

#[test]
fn most_of_a_years_workload_is_settled_and_the_open_stock_stays_in_bounds() {
    let totals = reported(Register::demonstration());
    let sum = |quarter: Period, line: usize| -> i64 {
        totals.iter().filter(|((q, _), _)| *q == quarter).map(|(_, flow)| flow[line]).sum()
    };
    let register = Register::demonstration();
    for quarter in &register.quarters[1..] {
        let closing = sum(*quarter, 5);
        assert!((400..=620).contains(&closing), "{quarter}: {closing}");
    }
    for year in 2023..=2025 {
        let quarters: Vec<Period> = Period::of_year(year).quarters().collect();
        let ended: i64 = quarters.iter().map(|q| sum(*q, 3)).sum();
        let workload = ended + sum(quarters[3], 5);
        assert!(ended * 100 >= workload * 88, "{year}: {ended} of {workload}");
    }
}
