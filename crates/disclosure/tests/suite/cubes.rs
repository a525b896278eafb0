//! The two synthetic cubes, against the peer's answers (GaussSuppression, threshold 3).

use std::collections::BTreeMap;

use disclosure::{Policy, Population, Problem, Status, Width, Zeros};

use crate::cube_files::population;
use crate::support;

const THRESHOLD: u32 = 3;

pub struct Cube {
    pub population: Population,
    /// Label of the peer's key to (count, primary, suppressed).
    peer: BTreeMap<Vec<String>, (i64, bool, bool)>,
}

pub fn cube(data: &str, expected: &str) -> Cube {
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(data.as_bytes()).records().map(|row| row.unwrap()).collect();
    let population = population(&rows, THRESHOLD);
    let mut peer = BTreeMap::new();
    for row in csv::Reader::from_reader(expected.as_bytes()).records() {
        let row = row.unwrap();
        let key = row.iter().take(3).map(str::to_owned).collect();
        peer.insert(key, (row[3].parse().unwrap(), &row[4] == "TRUE", &row[5] == "TRUE"));
    }
    Cube { population, peer }
}

pub fn small() -> Cube {
    cube(
        include_str!("../data/cubes/cube_s.csv"),
        include_str!("../data/cubes/cube_s.gauss_default.expected.csv"),
    )
}

fn medium() -> Cube {
    cube(
        include_str!("../data/cubes/cube_m.csv"),
        include_str!("../data/cubes/cube_m.gauss_default.expected.csv"),
    )
}

fn codes(population: &Population, cell: usize) -> Vec<String> {
    let dimensions = population.cells[cell].key.iter().zip(&population.dimensions);
    dimensions.map(|(member, d)| d.members()[*member as usize].clone()).collect()
}

fn compare(cube: &Cube, policy: &Policy) {
    let mask = support::mask(&cube.population, policy);
    assert_eq!(mask.statuses.len(), cube.peer.len());
    let (mut ours, mut theirs) = ((0, 0i64), (0, 0i64));
    for (cell, status) in mask.statuses.iter().enumerate() {
        let value = cube.population.cells[cell].value;
        let (count, primary, suppressed) = cube.peer[&codes(&cube.population, cell)];
        assert_eq!(value, count);
        assert_eq!(*status == Status::Primary, primary, "{:?}", codes(&cube.population, cell));
        if *status == Status::Secondary {
            ours = (ours.0 + 1, ours.1 + value);
        }
        if suppressed && !primary {
            theirs = (theirs.0 + 1, theirs.1 + value);
        }
    }
    let pass = support::pass(&cube.population, policy, &mask).unwrap();
    assert_eq!(pass.cells, cube.peer.len());
    // Cells withheld as complements, and the records in them. Where zeros are shown the peer's
    // pattern leaves cells exact, so that certificates may cost more records than it.
    assert!(ours.0 <= theirs.0, "{policy:?}: {ours:?}, the peer {theirs:?}");
    if !policy.certify || policy.zeros == Zeros::Complement {
        assert!(ours.1 <= theirs.1, "{policy:?}: {ours:?}, the peer {theirs:?}");
    }
    if policy.certify && policy.zeros == Zeros::Complement {
        assert!(ours.0 * 4 < theirs.0 * 3, "{policy:?}: {ours:?}, the peer {theirs:?}");
    }
}

fn policies() -> Vec<Policy> {
    let certified = [
        Policy { width: Width::AtMost(1), ..Policy::default() },
        Policy::default(),
        Policy { zeros: Zeros::Shown, width: Width::AtMost(1), ..Policy::default() },
    ];
    let linear = certified.clone().map(|policy| Policy { certify: false, ..policy });
    certified.into_iter().chain(linear).collect()
}

#[test]
fn the_small_cube_has_the_peers_sensitive_cells_and_is_protected_at_its_cost() {
    let cube = small();
    policies().iter().for_each(|policy| compare(&cube, policy));
}

#[test]
fn the_medium_cube_has_the_peers_sensitive_cells_and_is_protected_at_its_cost() {
    let cube = medium();
    policies().iter().for_each(|policy| compare(&cube, policy));
}

#[test]
fn the_mask_is_the_same_in_every_run_and_thread() {
    let cube = small();
    let problem = Problem::build(&cube.population).unwrap();
    let policy = Policy::default();
    let first = disclosure::protect(&problem, &policy).unwrap();
    std::thread::scope(|scope| {
        let runs: Vec<_> =
            (0..4).map(|_| scope.spawn(|| disclosure::protect(&problem, &policy))).collect();
        for run in runs {
            assert_eq!(run.join().unwrap().unwrap(), first);
        }
    });
    for threads in [1, 2, 4] {
        let policy = Policy { threads, ..policy.clone() };
        assert_eq!(disclosure::protect(&problem, &policy).unwrap(), first);
    }
    let rebuilt = Problem::build(&cube.population).unwrap();
    assert_eq!(disclosure::protect(&rebuilt, &policy).unwrap(), first);
}
