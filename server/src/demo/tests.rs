//! The demonstration, read back from its files.

mod flow;
mod read;
mod situations;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use model::{Field, Kind, Period, area, body};

use super::{Options, Progress, Summary, write};
use read::{Record, Register, TABLES};

fn demonstration(seed: u64, scale: u32, out: &Path) -> Summary {
    let options = Options { seed, scale, out: out.to_owned() };
    write(&options, &mut |_: Progress| {}).unwrap()
}

/// Every file below `folder` with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            for (inner, bytes) in files(&path) {
                found.insert(format!("{name}/{inner}"), bytes);
            }
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

#[test]
fn the_same_seed_and_scale_give_the_same_bytes_and_another_seed_gives_others() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, c] = ["a", "b", "c"].map(|name| folder.path().join(name));
    demonstration(7, 2, &a);
    demonstration(7, 2, &b);
    demonstration(8, 2, &c);
    let (a, b, c) = (files(&a), files(&b), files(&c));
    assert_eq!(a.len(), 15 * 6 + 1);
    assert!(a == b);
    assert!(a["2025-Q2/cases.csv"] != c["2025-Q2/cases.csv"]);
}

#[test]
fn progress_runs_from_the_first_to_the_last_quarter_of_every_shard() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = Vec::new();
    let options = Options { seed: 1, scale: 2, out: folder.path().to_owned() };
    write(&options, &mut |p| seen.push(p)).unwrap();
    assert_eq!(seen.len(), 30);
    assert_eq!(seen.last(), Some(&Progress { done: 30, total: 30 }));
}

#[test]
fn twice_the_scale_is_twice_the_records_and_no_record_number_comes_twice() {
    let folder = tempfile::tempdir().unwrap();
    let one = demonstration(1, 1, &folder.path().join("one"));
    let two = demonstration(1, 2, &folder.path().join("two"));
    let ratio = |table: &str| {
        let count = |s: &Summary| f64::from(u32::try_from(s.rows[table]).unwrap());
        count(&two) / count(&one)
    };
    for table in ["cases", "petitions", "receptions", "referrals"] {
        assert!((1.97..2.03).contains(&ratio(table)), "{table}: {}", ratio(table));
    }
    let register = Register::read(&folder.path().join("two"));
    for table in TABLES {
        let mut seen = HashSet::new();
        for record in register.all(table) {
            let version = (record.text("record_id"), record.text("extract_date"));
            assert!(seen.insert(version), "{table} {version:?}");
        }
    }
    let cases = register.all("cases").map(|r| r.text("record_id")).collect::<HashSet<_>>();
    assert_eq!(u64::try_from(cases.len()).unwrap(), two.cases);
}

#[test]
fn the_volumes_are_those_of_the_province() {
    let register = Register::demonstration();
    let cases = register.first_versions("cases");
    assert!((15_500..16_500).contains(&cases.len()), "{}", cases.len());
    let petitions = register.first_versions("petitions").len();
    assert!((38_500..41_500).contains(&petitions), "{petitions}");
    let referrals = register.first_versions("referrals").len();
    assert!((3_600..4_200).contains(&referrals), "{referrals}");

    let mut visits = BTreeMap::<i16, i64>::new();
    for day in register.all("receptions") {
        *visits.entry(day.quarter.year()).or_default() += day.number("visits");
    }
    // Visits, people and matters are three counts: some visits bring nothing new, some people come
    // along, and a day may have more matters than visits.
    let sum = |column: &str| register.all("receptions").map(|day| day.number(column)).sum::<i64>();
    let (total, people) = (sum("visits"), sum("people"));
    let matters = sum("matters_first") + sum("matters_repeat");
    assert!((85..95).contains(&(matters * 100 / total)), "{matters} of {total}");
    assert!(people * 100 / total >= 108, "{people} of {total}");
    for year in 2023..=2025 {
        assert!((12_800..14_200).contains(&visits[&year]), "{year}: {}", visits[&year]);
    }

    for quarter in &register.quarters {
        let received = |kind: &str| {
            cases.iter().filter(|c| c.quarter == *quarter && c.text("kind") == kind).count()
        };
        assert!(received("denunciation") >= 28, "{quarter}");
        assert!((110..175).contains(&received("complaint")), "{quarter}");
    }
    let mut districts = BTreeMap::<&str, usize>::new();
    for case in &cases {
        let place = area::place(case.text("area_code"), case.day("received_on").unwrap()).unwrap();
        *districts.entry(place.district).or_default() += 1;
    }
    assert_eq!(districts.len(), 26);
    for (district, count) in districts {
        assert!(count >= 15 * 20, "{district}: {count}");
    }
}

#[test]
fn every_code_is_one_that_held_on_its_day() {
    let register = Register::demonstration();
    for (table, day) in
        [("cases", "received_on"), ("petitions", "received_on"), ("referrals", "referred_on")]
    {
        for record in register.all(table) {
            let day = record.day(day).unwrap();
            assert!(area::place(record.text("area_code"), day).is_some(), "{record:?}");
            let kind = Kind::from_code(record.text("kind")).unwrap();
            if table == "cases" {
                let field = Field::from_code(record.text("field")).unwrap();
                assert!(field.applies_to(kind), "{record:?}");
            }
        }
    }
    let bodies: BTreeMap<_, _> = body::bodies().into_iter().map(|b| (b.code.clone(), b)).collect();
    for table in TABLES {
        for record in register.all(table) {
            let body = &bodies[record.text("body_code")];
            let (start, end) = (record.quarter.start(), record.quarter.end());
            assert!(body.valid_to.is_none_or(|to| to >= start), "{record:?}");
            assert!(body.valid_from.is_none_or(|from| from <= end), "{record:?}");
            // Who holds a reception is the body of that day; who is competent, that of the extract.
            let day = match table {
                "receptions" => record.day("held_on"),
                "control_totals" => continue,
                _ => record.day("extract_date"),
            };
            assert!(body.exists_on(day.unwrap()), "{record:?}");
        }
    }
}

#[test]
fn the_dates_of_a_record_are_in_order_and_none_lies_after_the_quarter() {
    const CASE: [&str; 5] =
        ["received_on", "accepted_on", "suspended_on", "resumed_on", "ended_on"];
    const REFERRAL: [&str; 5] =
        ["referred_on", "acknowledged_on", "decided_on", "settled_on", "notified_on"];
    let in_order = |record: &Record, names: &[&str]| {
        let days: Vec<Date> = names.iter().filter_map(|name| record.day(name)).collect();
        assert!(days.is_sorted(), "{record:?}");
        assert!(days.last().is_none_or(|day| *day <= record.quarter.end()), "{record:?}");
    };
    let register = Register::demonstration();
    for case in register.all("cases") {
        in_order(case, &CASE);
        in_order(case, &["ended_on", "implemented_on"]);
        assert_eq!(case.day("accepted_on").is_some(), case.day("due_on").is_some());
        assert!(case.day("due_on") >= case.day("accepted_on"), "{case:?}");
        assert_eq!(case.day("ended_on").is_some(), !case.text("ending").is_empty());
        assert_eq!(case.text("ending") == "settled", !case.text("finding").is_empty());
        assert!(!case.yes("implement") || case.text("ending") == "settled");
        assert!(case.day("implemented_on").is_none() || case.yes("implement"));
        assert!(!case.yes("prolonged") || case.text("ending").is_empty(), "{case:?}");
    }
    for referral in register.all("referrals") {
        in_order(referral, &REFERRAL);
        for step in REFERRAL.windows(2) {
            assert!(referral.day(step[1]).is_none() || referral.day(step[0]).is_some());
        }
        assert_eq!(referral.day("decided_on").is_some(), !referral.text("decision").is_empty());
    }
    for reception in register.all("receptions") {
        in_order(reception, &["held_on"]);
        let n = |name| reception.number(name);
        assert!(n("visits") <= n("people") && n("delegation_people") <= n("people"));
        assert!(n("delegation_people") >= 5 * n("delegations"));
        assert!(reception.text("held_by") != "missed" || n("people") == 0);
    }
}

#[test]
fn a_cell_holds_a_code_a_date_or_a_number_and_nothing_else() {
    let register = Register::demonstration();
    for table in TABLES {
        for record in register.all(table) {
            for value in record.values() {
                let plain = |c: char| c.is_ascii_alphanumeric() || "-_/.".contains(c);
                assert!(value.len() <= 40 && value.chars().all(plain), "{table}: {value}");
            }
        }
    }
}

#[test]
fn the_columns_are_those_of_the_extract_format() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/EXTRACT.md");
    let format = fs::read_to_string(path).unwrap();
    let words: HashSet<&str> =
        format.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).collect();
    let folder = tempfile::tempdir().unwrap();
    demonstration(1, 1, folder.path());
    for quarter in ["2024-Q1", "2024-Q2"] {
        for table in TABLES {
            let file = folder.path().join(quarter).join(format!("{table}.csv"));
            let text = fs::read_to_string(file).unwrap();
            let header = text.lines().next().unwrap().trim_start_matches('\u{feff}');
            for name in header.split([',', ';']) {
                assert!(words.contains(name), "{quarter} {table}: {name}");
            }
        }
    }
    let note = fs::read_to_string(folder.path().join("SIMULATED.txt")).unwrap();
    assert!(note.to_lowercase().contains("dữ liệu mô phỏng") && note.contains("SIMULATED DATA"));
}

#[test]
fn a_quarter_of_cases_is_never_more_than_its_petitions() {
    let register = Register::demonstration();
    let count = |table: &str| {
        let mut counts = BTreeMap::<(Period, String, String), i32>::new();
        for record in register.first_versions(table) {
            let key = (record.quarter, record.text("area_code").into(), record.text("kind").into());
            *counts.entry(key).or_default() += 1;
        }
        counts
    };
    let petitions = count("petitions");
    for (key, cases) in count("cases") {
        assert!(petitions.get(&key).is_some_and(|p| *p >= cases), "{key:?}");
    }
}
