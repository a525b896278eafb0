//! Each situation that `docs/DEMONSTRATION.md` lists is there.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::date;
use model::{Kind, Period, area};

use super::super::situations::{
    FEW_PEOPLE, ONCE, REPEATED, SINGLE_CHILD, SINGLE_GAP, TWO_ONES, ZERO_LINE,
};
use super::read::{Record, Register};

fn quarter(index: usize) -> Period {
    Register::demonstration().quarters[index]
}

/// Cases that entered in a quarter.
fn entered(index: usize) -> Vec<&'static Record> {
    let cases = Register::demonstration().first_versions("cases");
    cases.into_iter().filter(|c| c.quarter == quarter(index)).collect()
}

fn district(case: &Record) -> &'static str {
    area::place(case.text("area_code"), case.day("received_on").unwrap()).unwrap().district
}

/// Complaints and recommendations that entered in a quarter in a district, by field.
fn fields(index: usize, of: impl Fn(&Record) -> bool) -> BTreeMap<&'static str, usize> {
    let mut fields = BTreeMap::new();
    for case in entered(index).into_iter().filter(|c| of(c)) {
        *fields.entry(case.text("field")).or_default() += 1;
    }
    fields
}

fn civil(case: &Record) -> bool {
    case.text("kind") != Kind::Denunciation.code()
}

#[test]
fn communes_that_straddle_districts_and_old_communes_that_were_split_have_cases() {
    let cases = Register::demonstration().first_versions("cases");
    let since = area::COMMUNES_SINCE;
    let (old, new): (Vec<&Record>, Vec<&Record>) =
        cases.into_iter().partition(|c| c.day("received_on").unwrap() < since);
    let codes = |list: &[&'static Record]| -> HashSet<&str> {
        list.iter().map(|c| c.text("area_code")).collect()
    };
    let (old, new) = (codes(&old), codes(&new));
    for commune in area::communes().iter().filter(|c| !c.straddles.is_empty()) {
        assert!(new.contains(commune.code), "{}", commune.name);
    }
    for pair in area::crosswalk().iter().filter(|pair| pair.split) {
        assert!(old.contains(pair.code), "{}", pair.name);
    }
    assert_eq!(new.len(), 166);
}

#[test]
fn cases_are_suspended_resumed_extended_and_withdrawn() {
    let register = Register::demonstration();
    let count = |of: fn(&Record) -> bool| {
        register.histories("cases").values().filter(|v| v.iter().any(|r| of(r))).count()
    };
    assert!(count(|r| r.day("suspended_on").is_some()) > 200);
    assert!(count(|r| r.day("suspended_on").is_some() && r.day("resumed_on").is_none()) > 50);
    assert!(count(|r| r.yes("extended")) > 600);
    assert!(count(|r| r.text("ending") == "withdrawn") > 600);
    assert!(count(|r| r.text("ending") == "terminated") > 200);
    assert!(count(|r| r.text("ending") == "transferred_away") > 100);
    assert!(count(|r| r.yes("prolonged")) > 50);
    assert!(count(|r| r.day("implemented_on").is_some()) > 1000);
}

#[test]
fn the_cases_that_bodies_call_prolonged_are_not_those_that_are_long_overdue() {
    let register = Register::demonstration();
    let (mut listed, mut overdue, mut both) = (0, 0, 0);
    for case in register.all("cases").filter(|c| c.text("ending").is_empty()) {
        let end = case.quarter.end();
        let days = |column| case.day(column).map_or(0, |day| day.until(end).unwrap().get_days());
        let (on_list, late) = (case.yes("prolonged"), days("due_on") > 90);
        assert!(!on_list || days("received_on") > 150, "{case:?}");
        listed += i32::from(on_list);
        overdue += i32::from(late);
        both += i32::from(on_list && late);
    }
    assert!(listed > both && overdue > both && both > 100, "{listed} {overdue} {both}");
}

#[test]
fn a_suspension_puts_off_the_due_date_once_the_case_is_resumed() {
    let register = Register::demonstration();
    let mut found = 0;
    for versions in register.histories("cases").values() {
        for pair in versions.windows(2) {
            let (Some(from), None, Some(to)) =
                (pair[0].day("suspended_on"), pair[0].day("resumed_on"), pair[1].day("resumed_on"))
            else {
                continue;
            };
            let by = pair[0].day("due_on").unwrap().until(pair[1].day("due_on").unwrap()).unwrap();
            assert_eq!(by.get_days(), from.until(to).unwrap().get_days());
            found += 1;
        }
    }
    assert!(found > 20, "{found}");
}

#[test]
fn some_cases_and_some_settlements_are_reported_late() {
    let register = Register::demonstration();
    let late = |versions: &Vec<&Record>| {
        Period::quarter_of(versions[0].day("received_on").unwrap()) < versions[0].quarter
    };
    let settled_late = |versions: &Vec<&Record>| {
        let told = versions.iter().find(|r| r.day("ended_on").is_some());
        told.is_some_and(|r| {
            r.quarter != versions[0].quarter
                && Period::quarter_of(r.day("ended_on").unwrap()) < r.quarter
        })
    };
    let histories = register.histories("cases");
    let (entries, ends) = (
        histories.values().filter(|v| late(v)).count(),
        histories.values().filter(|v| settled_late(v)).count(),
    );
    assert!((60..200).contains(&entries), "{entries}");
    assert!((60..200).contains(&ends), "{ends}");
    let two = histories.values().filter(|v| {
        let received = Period::quarter_of(v[0].day("received_on").unwrap());
        v[0].quarter.last_quarter_index() - received.last_quarter_index() == 2
    });
    assert!(two.count() > 10);
}

#[test]
fn open_cases_move_to_the_successors_of_abolished_bodies() {
    let register = Register::demonstration();
    let mut moves = HashMap::<(String, String, Period), usize>::new();
    for versions in register.histories("cases").values() {
        for pair in versions.windows(2) {
            let (from, to) = (pair[0].text("body_code"), pair[1].text("body_code"));
            if from != to {
                let key = (from.to_owned(), to.to_owned(), pair[1].quarter);
                *moves.entry(key).or_default() += 1;
            }
        }
    }
    let [merger, communes] = [date(2025, 3, 1), area::COMMUNES_SINCE].map(Period::quarter_of);
    for (from, to) in [("STNMT", "SNNMT"), ("SLDTBXH", "SNV"), ("UBND-405", "UBND-380")] {
        assert!(moves.contains_key(&(from.into(), to.into(), merger)), "{from} -> {to}");
    }
    assert!(moves.keys().all(|(_, _, at)| *at == merger || *at == communes));
    let from: HashSet<&str> = moves
        .keys()
        .filter(|(_, to, at)| *at == communes && to.len() == "UBND-14845".len())
        .map(|(from, _, _)| from.as_str())
        .collect();
    assert_eq!(from.len(), 26);
}

#[test]
fn one_person_sends_forty_petitions_from_one_commune_in_one_quarter() {
    let (index, commune, count) = REPEATED;
    let mut by_person = HashMap::<&str, i32>::new();
    for petition in Register::demonstration().first_versions("petitions") {
        if petition.quarter == quarter(index) && petition.text("area_code") == commune {
            *by_person.entry(petition.text("complainant_key")).or_default() += 1;
        }
    }
    assert_eq!(by_person.values().max(), Some(&count));
}

#[test]
fn all_matters_of_a_district_but_land_come_from_three_people() {
    let (index, code) = FEW_PEOPLE;
    let cases: Vec<_> = entered(index)
        .into_iter()
        .filter(|c| civil(c) && district(c) == code)
        .filter(|c| !["land_housing", "clearance"].contains(&c.text("field")))
        .collect();
    let people: HashSet<_> = cases.iter().map(|c| c.text("complainant_key")).collect();
    assert!(cases.len() >= 5 && people.len() <= 3, "{} {}", cases.len(), people.len());
}

#[test]
fn a_district_has_one_small_cell_beside_a_large_one() {
    let (index, code) = SINGLE_GAP;
    let mut fields = fields(index, |c| civil(c) && district(c) == code);
    let land = fields.remove("land_housing").unwrap() + fields.remove("clearance").unwrap_or(0);
    assert!(land >= 20, "{land}");
    assert_eq!(fields, BTreeMap::from([("policy", 3)]));
}

#[test]
fn a_row_of_complaints_has_exactly_two_ones() {
    let fields = fields(TWO_ONES, |c| c.text("kind") == "complaint");
    assert_eq!((fields["judicial"], fields["party"]), (1, 1), "{fields:?}");
    assert_eq!(fields.values().filter(|count| **count < 5).count(), 2, "{fields:?}");
}

#[test]
fn a_row_is_three_zeros() {
    assert!(!fields(ZERO_LINE, |_| true).contains_key("party"));
}

#[test]
fn a_field_occurs_once_in_a_district() {
    let (index, code) = ONCE;
    assert_eq!(fields(index, |c| civil(c) && district(c) == code)["party"], 1);
}

#[test]
fn land_has_a_single_child_with_a_value() {
    let fields = fields(SINGLE_CHILD, |c| c.text("kind") == "complaint");
    assert!(fields["land_housing"] >= 5 && !fields.contains_key("clearance"), "{fields:?}");
}
