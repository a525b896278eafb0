//! Time on large populations; run with `--release -- --ignored --nocapture`.

use std::collections::HashMap;
use std::time::Instant;

use disclosure::{Dimension, Partition, Policy, Population, Problem, Status};

use crate::support;

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

#[test]
#[ignore = "takes minutes without optimisation"]
fn seventy_thousand_cells_are_protected_and_gated_in_seconds() {
    let dimensions = vec![
        two_levels("area", 12, 20),
        two_levels("field", 5, 4),
        support::dimension("kind", &[("Total", &["k1", "k2", "k3"])]),
        support::dimension("quarter", &[("year", &["q1", "q2"])]),
    ];
    let population = large(dimensions, 6.0, 5);
    let start = Instant::now();
    let problem = Problem::build(&population).unwrap();
    let built = start.elapsed();
    let policy = Policy::default();
    let mask = disclosure::protect(&problem, &policy).unwrap();
    let protected = start.elapsed() - built;
    let gate = Instant::now();
    let pass = support::pass(&population, &policy, &mask);
    println!(
        "{} cells, {} relations: build {built:?}, protect {protected:?} ({} rounds, work {}), \
         gate {:?}; primary {}, secondary {}",
        population.cells.len(),
        problem.relation_count(),
        mask.rounds,
        mask.work,
        gate.elapsed(),
        mask.count(Status::Primary),
        mask.count(Status::Secondary),
    );
    pass.unwrap();
}
