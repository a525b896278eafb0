//! The audit of foreign masks: intervals, integers, and what is exact.

use std::collections::BTreeSet;

use disclosure::{Problem, Ratio, Verdict, Zeros, audit};

use crate::attack_cases::{BOUNDS, cases};
use crate::{cube_files, support};

#[test]
fn the_intervals_of_the_worked_attacks_are_the_expected_ones() {
    let bounds: Vec<csv::StringRecord> =
        csv::Reader::from_reader(BOUNDS.as_bytes()).records().map(|row| row.unwrap()).collect();
    for case in cases() {
        let problem = Problem::build(&case.population).unwrap();
        let mut hidden = vec![true; problem.variables().len()];
        for (cell, id) in problem.variables_of_cells().iter().enumerate() {
            if case.is_shown(cell) {
                hidden[*id as usize] = false;
            }
        }
        for row in bounds.iter().filter(|row| row[0] == case.name) {
            let cell = support::at(&case.population, &[&row[1]]);
            let id = problem.variables_of_cells()[cell];
            // The same figure is shown under another name.
            if !hidden[id as usize] {
                assert_eq!(&row[7], "EXACT");
                continue;
            }
            let found = audit(&problem, case.zeros, &hidden, &[id]).remove(0);
            let number = |column: usize| row[column].parse::<f64>().unwrap();
            let float = |ratio: Ratio| ratio.numerator() as f64 / ratio.denominator() as f64;
            let (low, high) = found.linear.unwrap();
            let linear = (float(low), float(high.unwrap()));
            assert_eq!(linear, (number(3), number(4)), "{} {}", case.name, &row[1]);
            let (low, high) = found.integers.unwrap();
            let integers = (low as f64, high.unwrap() as f64);
            assert_eq!(integers, (number(5), number(6)), "{} {}", case.name, &row[1]);
            let exact = if &row[7] == "EXACT" { Verdict::Exact } else { Verdict::Several };
            assert_eq!(found.verdict, exact, "{} {}", case.name, &row[1]);
        }
    }
}

/// The sensitive cells that the audit calls exact in a mask of the peer, of how many asked for.
fn exposed(data: &str, mask: &str, sample: usize) -> (usize, usize) {
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(data.as_bytes()).records().map(|row| row.unwrap()).collect();
    let population = cube_files::population(&rows, 3);
    let problem = Problem::build(&population).unwrap();
    let mut hidden = vec![false; problem.variables().len()];
    let mut sensitive = BTreeSet::new();
    for row in csv::Reader::from_reader(mask.as_bytes()).records() {
        let row = row.unwrap();
        let id =
            problem.variables_of_cells()[support::at(&population, &[&row[0], &row[1], &row[2]])];
        hidden[id as usize] |= &row[5] == "TRUE";
        if &row[4] == "TRUE" {
            sensitive.insert(id);
        }
    }
    let targets: Vec<u32> = sensitive.into_iter().step_by(sample).collect();
    let bounds = audit(&problem, Zeros::Shown, &hidden, &targets);
    for bound in &bounds {
        let value = problem.variable(bound.variable).value;
        let (low, high) = bound.integers.unwrap_or((value, None));
        assert!(low <= value && high.is_none_or(|high| high >= value));
    }
    (bounds.iter().filter(|bound| bound.verdict == Verdict::Exact).count(), targets.len())
}

#[test]
fn the_peers_linear_mask_of_the_small_cube_discloses_297_of_342_cells() {
    let found = exposed(
        include_str!("../data/cubes/cube_s.csv"),
        include_str!("../data/cubes/cube_s.gauss_linear.expected.csv"),
        1,
    );
    assert_eq!(found, (297, 342));
}

#[test]
fn the_peers_linear_mask_of_the_medium_cube_discloses_cells() {
    let (exact, of) = exposed(
        include_str!("../data/cubes/cube_m.csv"),
        include_str!("../data/cubes/cube_m.gauss_linear.expected.csv"),
        40,
    );
    assert!(exact > of / 2, "{exact} of {of}");
}

#[test]
fn the_peers_default_mask_of_the_small_cube_discloses_none() {
    let (exact, _) = exposed(
        include_str!("../data/cubes/cube_s.csv"),
        include_str!("../data/cubes/cube_s.gauss_default.expected.csv"),
        3,
    );
    assert_eq!(exact, 0);
}

#[test]
fn a_cell_in_no_relation_has_no_upper_bound() {
    let table = support::line(&[("a", 2), ("b", 5)], 5);
    let problem = Problem::build(&table).unwrap();
    let found = audit(&problem, Zeros::Complement, &[true; 3], &[0]).remove(0);
    assert_eq!((found.integers, found.verdict), (Some((0, None)), Verdict::Several));
}
