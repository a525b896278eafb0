//! Time and cost of protection: the cubes of the tests, and a generated one of some 78,000 cells.
//! `make bench` runs it; the share withheld is that of non-zero cells.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a report for people")]

use std::collections::HashMap;
use std::time::Instant;

use disclosure::{Dimension, Partition, Policy, Population, Problem, Status};

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

/// Seconds since the last call.
fn lap(start: &mut Instant) -> f64 {
    let seconds = start.elapsed().as_secs_f64();
    *start = Instant::now();
    seconds
}

fn measure(name: &str, population: &Population) {
    let policy = Policy::default();
    let mut clock = Instant::now();
    let problem = Problem::build(population).unwrap();
    let build = lap(&mut clock);
    let mask = disclosure::protect(&problem, &policy).unwrap();
    let protect = lap(&mut clock);
    support::pass(population, &policy, &mask).unwrap();
    let gate = lap(&mut clock);
    let (primary, secondary) = (mask.count(Status::Primary), mask.count(Status::Secondary));
    let nonzero = population.cells.iter().filter(|cell| cell.value != 0).count();
    let withheld = population
        .cells
        .iter()
        .zip(&mask.statuses)
        .filter(|(cell, status)| cell.value != 0 && **status != Status::Shown)
        .count();
    println!(
        "{name:<10} {:>8} {:>9} {primary:>8} {secondary:>9} {:>8.1} {:>7} {build:>8.2} {protect:>8.2} \
         {gate:>8.2}",
        population.cells.len(),
        problem.relation_count(),
        100.0 * withheld as f64 / nonzero as f64,
        mask.rounds,
    );
}

fn main() {
    println!(
        "{:<10} {:>8} {:>9} {:>8} {:>9} {:>8} {:>7} {:>8} {:>8} {:>8}",
        "cube",
        "cells",
        "relations",
        "primary",
        "secondary",
        "% held",
        "rounds",
        "build s",
        "protect s",
        "gate s"
    );
    measure("cube_s", &committed(include_str!("../tests/data/cubes/cube_s.csv")));
    measure("cube_m", &committed(include_str!("../tests/data/cubes/cube_m.csv")));
    let dimensions = vec![
        two_levels("area", 12, 20),
        two_levels("field", 5, 4),
        support::dimension("kind", &[("Total", &["k1", "k2", "k3"])]),
        support::dimension("quarter", &[("year", &["q1", "q2"])]),
    ];
    measure("generated", &large(dimensions, 6.0, 5));
}
