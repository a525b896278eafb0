//! The instances that another program for disclosure control ships with (GaussSuppression and
//! SSBtools, Statistics Norway, MIT), protected with the same policy: the same sensitive cells, none
//! exposed by the audit, and the number of complements beside the peer's.
//!
//! `make bench-peer PEER_DIR=...` runs it. The directory holds the data as `NAME.csv` and the peer's
//! answers as `NAME.expected.csv`; they are not part of this project. A sensitive count lies from 1
//! to the peer's greatest primary one. Zeros may be withheld where the peer withholds one, or its
//! policy says so; a zero is never sensitive here.

#![expect(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "a report")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use disclosure::{
    Dimension, Partition, Policy, Population, Problem, Published, Status, VarId, Verdict,
    Visibility, Width, Zeros, audit, protect, sensitive_variables,
};

#[path = "../tests/suite/support.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod support;

/// A column of the answers, and the columns of the data it is made of: chains from coarse to fine.
type Made<'a> = (&'a str, &'a [&'a [&'a str]]);

struct Instance {
    /// Its answer's file.
    answer: &'static str,
    data: &'static str,
    /// Column of the data and the only value that counts.
    only: Option<(&'static str, &'static str)>,
    dimensions: &'static [Made<'static>],
}

const Z1: &[Made<'_>] = &[("region", &[&["region"]]), ("hovedint", &[&["hovedint"]])];
const Z2: &[Made<'_>] =
    &[("region", &[&["fylke", "region"], &["kostragr", "region"]]), ("hovedint", &[&["hovedint"]])];
const AGE: Made<'_> = ("age", &[&["age"]]);
const GEO: Made<'_> = ("geo", &[&["eu", "geo"]]);

const fn instance(
    answer: &'static str,
    data: &'static str,
    only: Option<(&'static str, &'static str)>,
    dimensions: &'static [Made<'static>],
) -> Instance {
    Instance { answer, data, only, dimensions }
}

const YEAR: Option<(&str, &str)> = Some(("year", "2014"));
/// T1 and T7 are left out: there only zeros are sensitive.
const INSTANCES: [Instance; 12] = [
    instance("z1_maxN3_prot0", "z1", None, Z1),
    instance("z1_maxN3_pub0", "z1", None, Z1),
    instance("z1_maxN3_pub0_none", "z1", None, Z1),
    instance("z1_maxN3_sec0", "z1", None, Z1),
    instance("z2_maxN3_prot0", "z2", None, Z2),
    instance("z2_maxN5_pub0", "z2", None, Z2),
    instance("z2_maxN5_pub0_none", "z2", None, Z2),
    instance("example1_T2", "example1", YEAR, &[AGE, GEO]),
    instance("example1_T4", "example1", YEAR, &[AGE, GEO]),
    instance("example1_T5", "example1", YEAR, &[AGE, GEO]),
    instance("example1_T8", "example1", None, &[AGE, GEO, ("year", &[&["year"]])]),
    instance("example1_T8_none", "example1", None, &[AGE, GEO, ("year", &[&["year"]])]),
];

/// A quarter a release, with the sum of the quarters so far: the answer's file, and the sums.
const RELEASES: [(&str, &[&str]); 4] = [
    ("rel_a1", &["Q1"]),
    ("rel_d2", &["Q1", "Q2", "quarter_Q1_Q2"]),
    ("rel_d3", &["Q1", "Q2", "Q3", "quarter_Q1_Q2", "quarter_Q1_Q3"]),
    ("rel_d4", &["Q1", "Q2", "Q3", "Q4", "quarter_Q1_Q2", "quarter_Q1_Q3", "Total"]),
];

type Rows = Vec<BTreeMap<String, String>>;

fn read(path: &Path) -> Result<Rows, String> {
    let fail = |error: csv::Error| format!("{}: {error}", path.display());
    let mut reader = csv::Reader::from_path(path).map_err(fail)?;
    let header = reader.headers().map_err(fail)?.clone();
    let row = |row: csv::StringRecord| {
        header.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| record.map(row).map_err(fail)).collect()
}

/// What the peer did with a cell.
struct Answer {
    primary: bool,
    suppressed: bool,
    value: i64,
}

/// The peer's answers by codes.
fn answers(path: &Path, names: &[&str]) -> Result<BTreeMap<Vec<String>, Answer>, String> {
    let rows = read(path)?;
    let answer = |row: &BTreeMap<String, String>| {
        let codes = names.iter().map(|name| row[*name].clone()).collect();
        let value = row.get("freq").or_else(|| row.get("ant")).unwrap().parse().unwrap();
        let is = |column: &str| row[column] == "TRUE";
        (codes, Answer { primary: is("primary"), suppressed: is("suppressed"), value })
    };
    Ok(rows.iter().map(answer).collect())
}

/// A code list from chains of columns.
fn dimension(name: &str, rows: &Rows, chains: &[&[&str]]) -> Dimension {
    let mut members = vec!["Total".to_owned()];
    let mut parts: BTreeMap<(usize, usize, u32), BTreeSet<u32>> = BTreeMap::new();
    for row in rows {
        for (number, chain) in chains.iter().enumerate() {
            let mut above = 0;
            for (level, column) in chain.iter().enumerate() {
                let code = &row[*column];
                let at = members.iter().position(|member| member == code).unwrap_or_else(|| {
                    members.push(code.clone());
                    members.len() - 1
                });
                let at = u32::try_from(at).unwrap();
                parts.entry((number, level, above)).or_default().insert(at);
                above = at;
            }
        }
    }
    let partition = |((_, _, parent), children): ((usize, usize, u32), BTreeSet<u32>)| Partition {
        parent,
        children: children.into_iter().collect(),
    };
    Dimension::new(name, members, parts.into_iter().map(partition).collect()).unwrap()
}

/// The full cube over `rows`.
fn population(dimensions: Vec<Dimension>, finest: &[&str], rows: &Rows, limit: u32) -> Population {
    let mut counts: BTreeMap<Vec<&str>, i64> = BTreeMap::new();
    for row in rows {
        let codes = finest.iter().map(|column| row[*column].as_str()).collect();
        let value = row.get("freq").or_else(|| row.get("ant")).unwrap();
        *counts.entry(codes).or_default() += value.parse::<i64>().unwrap();
    }
    let atoms: Vec<(&[&str], i64)> = counts.iter().map(|(codes, n)| (&codes[..], *n)).collect();
    support::cube(dimensions, &atoms, limit)
}

fn codes(population: &Population, cell: usize) -> Vec<String> {
    let key = population.cells[cell].key.iter().zip(&population.dimensions);
    key.map(|(member, d)| d.members()[*member as usize].clone()).collect()
}

/// Sensitive variables that a mask exposes.
fn exposed(problem: &Problem, policy: &Policy, shown: impl Fn(usize) -> bool) -> usize {
    let mut hidden = vec![true; problem.variables().len()];
    for (cell, id) in problem.variables_of_cells().iter().enumerate() {
        hidden[*id as usize] &= !shown(cell);
    }
    let sensitive = sensitive_variables(problem, policy);
    let targets: Vec<VarId> =
        (0..).zip(&sensitive).filter(|(_, s)| s.is_some()).map(|(id, _)| id).collect();
    let safe = audit(problem, policy, &hidden, &targets);
    targets.len() - safe.iter().filter(|bounds| bounds.verdict == Verdict::Several).count()
}

/// Protects, compares, prints a line. Gives what is shown, by codes.
fn compare(
    name: &str,
    population: &mut Population,
    peer: &BTreeMap<Vec<String>, Answer>,
    limit: u32,
    zeros: Zeros,
) -> Result<BTreeMap<Vec<String>, bool>, String> {
    let fail = |why: String| format!("{name}: {why}");
    let all: Vec<Vec<String>> =
        (0..population.cells.len()).map(|cell| codes(population, cell)).collect();
    for (cell, codes) in population.cells.iter_mut().zip(&all) {
        match peer.get(codes) {
            Some(answer) if answer.value != cell.value => {
                return Err(fail(format!("{codes:?} has another value than the peer's")));
            }
            Some(_) => {}
            // Not published by the peer: it links the others.
            None => (cell.visibility, cell.threshold) = (Visibility::Never, 0),
        }
    }
    let policy = Policy { zeros, width: Width::AtMost(1), ..Policy::default() };
    let problem = Problem::build(population).map_err(|error| fail(error.to_string()))?;
    let mask = protect(&problem, &policy).map_err(|error| fail(error.to_string()))?;
    support::pass(population, &policy, &mask).map_err(|failures| fail(failures[0].to_string()))?;
    let small = |value: i64| 0 < value && value < i64::from(limit);
    for (codes, status) in all.iter().zip(&mask.statuses) {
        let Some(answer) = peer.get(codes) else { continue };
        if (*status == Status::Primary) != (answer.primary && small(answer.value)) {
            return Err(fail(format!("{codes:?} is primary for one of the two only")));
        }
    }
    let ours = exposed(&problem, &policy, |cell| mask.statuses[cell] == Status::Shown);
    let theirs = exposed(&problem, &policy, |cell| {
        peer.get(&all[cell]).is_some_and(|answer| !answer.suppressed)
    });
    let complement = |answer: &&Answer| answer.suppressed && !small(answer.value);
    println!(
        "{name:<20} {:>6} {:>7} {:>10} {:>10} {ours:>8} {theirs:>8}",
        peer.len(),
        mask.count(Status::Primary),
        mask.count(Status::Secondary),
        peer.values().filter(complement).count(),
    );
    if ours > 0 {
        return Err(fail(format!("{ours} sensitive cells are exposed")));
    }
    let shown = mask.statuses.iter().map(|status| *status == Status::Shown);
    Ok(all.into_iter().zip(shown).collect())
}

fn one(dir: &Path, instance: &Instance) -> Result<(), String> {
    let mut rows = read(&dir.join(format!("{}.csv", instance.data)))?;
    rows.retain(|row| instance.only.is_none_or(|(column, value)| row[column] == value));
    let names: Vec<&str> = instance.dimensions.iter().map(|(name, _)| *name).collect();
    let peer = answers(&dir.join(format!("{}.expected.csv", instance.answer)), &names)?;
    let primary = peer.values().filter(|answer| answer.primary).map(|answer| answer.value);
    let limit = u32::try_from(primary.max().unwrap_or(0) + 1).unwrap();
    let named = |policy: &str| instance.answer.contains(policy);
    let withheld = peer.values().any(|answer| answer.suppressed && answer.value == 0);
    let zeros =
        if withheld || named("prot0") || named("sec0") { Zeros::Complement } else { Zeros::Shown };
    let dimensions: Vec<Dimension> =
        instance.dimensions.iter().map(|(name, chains)| dimension(name, &rows, chains)).collect();
    let finest: Vec<&str> =
        instance.dimensions.iter().map(|(_, chains)| *chains[0].last().unwrap()).collect();
    let mut population = population(dimensions, &finest, &rows, limit);
    compare(instance.answer, &mut population, &peer, limit, zeros).map(|_| ())
}

/// The releases one after the other, each bound by those before.
fn chain(dir: &Path) -> Result<(), String> {
    let all = read(&dir.join("d2s_4quarters.csv"))?;
    let sums: [(&str, &[&str]); 3] = [
        ("quarter_Q1_Q2", &["Q1", "Q2"]),
        ("quarter_Q1_Q3", &["Q1", "Q2", "Q3"]),
        ("Total", &["Q1", "Q2", "Q3", "Q4"]),
    ];
    let mut before: BTreeMap<Vec<String>, bool> = BTreeMap::new();
    for (answer, periods) in RELEASES {
        let mut rows = all.clone();
        rows.retain(|row| periods.contains(&row["quarter"].as_str()));
        let peer = answers(
            &dir.join(format!("{answer}.expected.csv")),
            &["quarter", "main_income", "size"],
        )?;
        let sums: Vec<(&str, &[&str])> =
            sums.iter().copied().filter(|(sum, _)| periods.contains(sum)).collect();
        let quarter = match sums.as_slice() {
            [] => Dimension::new("quarter", vec!["Q1".to_owned()], vec![]).unwrap(),
            sums => support::dimension("quarter", sums),
        };
        let dimensions = vec![
            quarter,
            dimension("main_income", &rows, &[&["main_income"]]),
            dimension("size", &rows, &[&["size"]]),
        ];
        let mut population = population(dimensions, &["quarter", "main_income", "size"], &rows, 16);
        for at in 0..population.cells.len() {
            let published = match before.get(&codes(&population, at)) {
                Some(true) => Published::Shown,
                Some(false) => Published::Withheld,
                None => continue,
            };
            population.cells[at].visibility = Visibility::Fixed(published);
        }
        let now = compare(answer, &mut population, &peer, 16, Zeros::Complement)?;
        let kept = before.iter().all(|(codes, shown)| now.get(codes) == Some(shown));
        if !kept {
            return Err(format!("{answer}: an earlier decision was changed"));
        }
        before = now;
    }
    Ok(())
}

fn run() -> Result<(), String> {
    let dir = std::env::var_os("PEER_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from);
    let dir = dir.ok_or("PEER_DIR is not set: name the directory with the peer's instances")?;
    if !dir.join("z1.csv").is_file() {
        return Err(format!("there is no z1.csv in {}: it is not PEER_DIR", dir.display()));
    }
    println!(
        "{:<20} {:>6} {:>7} {:>10} {:>10} {:>8} {:>8}",
        "instance", "cells", "primary", "secondary", "the peer's", "exposed", "peer's"
    );
    for instance in &INSTANCES {
        one(&dir, instance)?;
    }
    chain(&dir)
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("bench-peer: {why}");
            ExitCode::FAILURE
        }
    }
}
