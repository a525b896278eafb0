//! Time and cost of protection: the cubes of the tests, and generated ones of some 69,000 and
//! 700,000 cells. `make bench-disclosure` runs it. The share held is that of withheld cells among
//! those that are not zero, the width the least certified one, the times are in seconds, the memory
//! is the peak of the process so far. Names after `--` choose: `s`, `m`, `69k`, `700k`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a report for people"
)]

use std::collections::HashMap;
use std::time::Instant;

use disclosure::{Dimension, Partition, Policy, Population, Problem, Stage, Status, Width, Zeros};

#[path = "../tests/suite/cube_files.rs"]
mod cubes;
#[path = "../tests/suite/support.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod support;

/// A total, groups and leaves.
fn two_levels(name: &str, groups: u32, leaves: u32) -> Dimension {
    let mut members = vec!["Total".to_owned()];
    let mut partitions = vec![Partition { parent: 0, children: (1..=groups).collect() }];
    members.extend((0..groups).map(|g| format!("{name}{g}")));
    for group in 0..groups {
        let first = u32::try_from(members.len()).unwrap();
        members.extend((0..leaves).map(|leaf| format!("{name}{group}.{leaf}")));
        partitions
            .push(Partition { parent: group + 1, children: (first..first + leaves).collect() });
    }
    Dimension::new(name, members, partitions).unwrap()
}

/// A full cube with skewed random counts, built by adding each atom to the cells that contain it.
fn large(dimensions: Vec<Dimension>, mean: f64, threshold: u32) -> Population {
    let above: Vec<Vec<Vec<u32>>> = dimensions
        .iter()
        .map(|d| {
            let below: Vec<_> =
                (0u32..).zip(d.members()).map(|(m, _)| support::leaves(d, m)).collect();
            let over = |leaf: u32| (0u32..).zip(&below).filter(move |(_, b)| b.contains(&leaf));
            (0u32..).zip(d.members()).map(|(m, _)| over(m).map(|(m, _)| m).collect()).collect()
        })
        .collect();
    let mut cells = vec![support::empty(Vec::new(), threshold)];
    for d in &dimensions {
        let longer = cells.iter().flat_map(|cell| {
            (0u32..)
                .zip(d.members())
                .map(move |(m, _)| support::empty([cell.key.as_slice(), &[m]].concat(), threshold))
        });
        cells = longer.collect();
    }
    let position: HashMap<Vec<u32>, usize> =
        cells.iter().enumerate().map(|(at, cell)| (cell.key.clone(), at)).collect();
    let mut state = 88_172_645_463_325_252u64;
    for at in 0..cells.len() {
        let key = cells[at].key.clone();
        if !key.iter().zip(&dimensions).all(|(m, d)| d.height(*m) == 0) {
            continue;
        }
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let uniform = (state >> 11) as f64 / (1u64 << 53) as f64;
        #[expect(clippy::cast_possible_truncation, reason = "small")]
        let count = (mean * uniform.powi(6) * 7.0) as i64;
        let print = support::print(&format!("{key:?}"), count);
        let mut containing: Vec<Vec<u32>> = vec![Vec::new()];
        for (member, above) in key.iter().zip(&above) {
            let longer = containing.iter().flat_map(|key| {
                above[*member as usize].iter().map(move |m| [key.as_slice(), &[*m]].concat())
            });
            containing = longer.collect();
        }
        for key in containing {
            support::add(&mut cells[position[&key]], count, print);
        }
    }
    Population { name: "large".to_owned(), dimensions, cells, relations: Vec::new() }
}

/// A cube of the tests with the peer's counts.
fn committed(data: &str) -> Population {
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(data.as_bytes()).records().map(|row| row.unwrap()).collect();
    cubes::population(&rows, 3)
}

/// Peak memory of the process so far, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

/// Protects, prints a line, and gives the seconds that it took.
fn measure(name: &str, population: &Population, policy: &Policy) -> f64 {
    let mut clock = Instant::now();
    let mut lap = || {
        let seconds = clock.elapsed().as_secs_f64();
        clock = Instant::now();
        seconds
    };
    let problem = Problem::build(population).unwrap();
    let build = lap();
    let mut seconds = [0.0; 6];
    let mut current = Stage::End;
    let mask = disclosure::protect_observed(&problem, policy, |stage| {
        let lap = lap();
        seconds[current as usize] += lap;
        // Of use only while one waits.
        if lap > 1.0 {
            eprintln!("{name}: {current:?} {lap:.1} s");
        }
        current = stage;
    })
    .unwrap();
    lap();
    support::pass(population, policy, &mask).unwrap();
    let gate = lap();
    let (primary, secondary) = (mask.count(Status::Primary), mask.count(Status::Secondary));
    let nonzero = population.cells.iter().filter(|cell| cell.value != 0).count();
    let cells = population.cells.iter().zip(&mask.statuses);
    let withheld =
        cells.filter(|(cell, status)| cell.value != 0 && **status != Status::Shown).count();
    let [repair, linear, certify, flow, clean_up, _] = seconds;
    let all = build + seconds.iter().sum::<f64>() + gate;
    println!(
        "{name:<18} {:>7} {primary:>7} {secondary:>9} {:>6.1} {:>5} {build:>7.2} {repair:>7.2} \
         {linear:>7.2} {certify:>7.2} {flow:>7.2} {clean_up:>8.2} {gate:>7.2} {all:>7.2} {:>6}",
        population.cells.len(),
        100.0 * withheld as f64 / nonzero as f64,
        mask.fewest_values(&problem, policy).unwrap_or(0).saturating_sub(1),
        peak(),
    );
    all
}

/// A generated cube: areas in groups, fields in groups, three kinds, and periods.
fn generated(fields: Dimension, periods: Dimension) -> Population {
    let kinds = support::dimension("kind", &[("Total", &["k1", "k2", "k3"])]);
    large(vec![two_levels("area", 11, 19), fields, kinds, periods], 6.0, 5)
}

fn main() {
    println!(
        "{:<18} {:>7} {:>7} {:>9} {:>6} {:>5} {:>7} {:>7} {:>7} {:>7} {:>7} {:>8} {:>7} {:>7} {:>6}",
        "cube, zeros, width",
        "cells",
        "primary",
        "secondary",
        "% held",
        "width",
        "build s",
        "repair",
        "linear",
        "certify",
        "flow",
        "clean-up",
        "gate",
        "all",
        "MiB"
    );
    let chosen: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |name: &str| chosen.is_empty() || chosen.iter().any(|chosen| chosen == name);
    let one = Policy { width: Width::AtMost(1), ..Policy::default() };
    let shown = Policy { zeros: Zeros::Shown, ..one.clone() };
    for (name, data) in [
        ("s", include_str!("../tests/data/cubes/cube_s.csv")),
        ("m", include_str!("../tests/data/cubes/cube_m.csv")),
    ] {
        if wanted(name) {
            let population = committed(data);
            measure(&format!("{name} shown 1"), &population, &shown);
            measure(&format!("{name} complement 1"), &population, &one);
            measure(&format!("{name} complement 2"), &population, &Policy::default());
        }
    }
    let quarters = || support::dimension("quarter", &[("year", &["q1", "q2"])]);
    let mut sizes: Vec<(f64, f64)> = Vec::new();
    if wanted("69k") {
        let population = generated(two_levels("field", 5, 4), quarters());
        let seconds = measure("69k complement 1", &population, &one);
        sizes.push((population.cells.len() as f64, seconds));
        measure("69k complement 4", &population, &Policy::default());
    }
    if wanted("700k") {
        let population = generated(two_levels("field", 6, 9), two_levels("month", 3, 3));
        let seconds = measure("700k complement 1", &population, &one);
        sizes.push((population.cells.len() as f64, seconds));
    }
    if let [(small, quick), (large, slow)] = sizes[..] {
        let exponent = (slow / quick).ln() / (large / small).ln();
        println!("time grows as cells to the power of {exponent:.2} (width 1)");
    }
}
