//! The audit of foreign masks: intervals, integers, and what is exact.

use std::collections::BTreeSet;

use disclosure::{Policy, Problem, Ratio, Verdict, Width, Zeros, audit};

use crate::attack_cases::{BOUNDS, cases};
use crate::{cube_files, support};

#[test]
fn the_intervals_of_the_worked_attacks_are_the_expected_ones() {
    let bounds: Vec<csv::StringRecord> =
        csv::Reader::from_reader(BOUNDS.as_bytes()).records().map(|row| row.unwrap()).collect();
    for case in cases() {
        let policy = Policy { width: Width::AtMost(1), ..case.policy() };
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
            let found = audit(&problem, &policy, &hidden, &[id]).remove(0);
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

/// The sensitive cells that the audit doesn't call safe in a mask of the peer, of how many.
fn exposed(data: &str, mask: &str) -> (usize, usize) {
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
    let targets: Vec<u32> = sensitive.into_iter().collect();
    let policy = Policy { zeros: Zeros::Shown, width: Width::AtMost(1), ..Policy::default() };
    let bounds = audit(&problem, &policy, &hidden, &targets);
    for bound in &bounds {
        let value = problem.variable(bound.variable).value;
        let (low, high) = bound.integers.unwrap_or((value, None));
        assert!(low <= value && high.is_none_or(|high| high >= value));
    }
    (bounds.iter().filter(|bound| bound.verdict != Verdict::Several).count(), targets.len())
}

#[test]
fn the_peers_linear_mask_of_the_small_cube_discloses_297_of_342_cells() {
    let found = exposed(
        include_str!("../data/cubes/cube_s.csv"),
        include_str!("../data/cubes/cube_s.gauss_linear.expected.csv"),
    );
    assert_eq!(found, (297, 342));
}

#[test]
fn the_peers_linear_mask_of_the_medium_cube_discloses_1017_of_1344_cells() {
    let found = exposed(
        include_str!("../data/cubes/cube_m.csv"),
        include_str!("../data/cubes/cube_m.gauss_linear.expected.csv"),
    );
    assert_eq!(found, (1017, 1344));
}

#[test]
fn the_peers_default_masks_leave_every_cell_two_values() {
    let small = exposed(
        include_str!("../data/cubes/cube_s.csv"),
        include_str!("../data/cubes/cube_s.gauss_default.expected.csv"),
    );
    assert_eq!(small, (0, 342));
    let medium = exposed(
        include_str!("../data/cubes/cube_m.csv"),
        include_str!("../data/cubes/cube_m.gauss_default.expected.csv"),
    );
    assert_eq!(medium, (0, 1344));
}

#[test]
fn a_cell_in_no_relation_has_no_upper_bound() {
    let table = support::line(&[("a", 2), ("b", 5)], 5);
    let problem = Problem::build(&table).unwrap();
    let found = audit(&problem, &Policy::default(), &[true; 3], &[0]).remove(0);
    assert_eq!((found.integers, found.verdict), (Some((0, None)), Verdict::Several));
}

#[test]
fn a_cell_with_several_values_but_fewer_than_it_needs_is_told_from_an_exact_one() {
    let table = support::line(&[("a", 1), ("b", 1), ("c", 20)], 5);
    let problem = Problem::build(&table).unwrap();
    let hidden: Vec<bool> = ["Total", "a", "b", "c"].map(|code| "ab".contains(code)).to_vec();
    let found = audit(&problem, &Policy::default(), &hidden, &[1]).remove(0);
    assert_eq!((found.integers, found.values), (Some((0, Some(2))), 3));
    assert_eq!(found.verdict, Verdict::TooFew);
    // From below by its own least value, from above by that of its sibling.
    assert_eq!(found.bounded_by, (vec![1], vec![2]));
    let enough = Policy { width: Width::AtMost(2), ..Policy::default() };
    assert_eq!(audit(&problem, &enough, &hidden, &[1])[0].verdict, Verdict::Several);
}

#[test]
fn a_cell_that_moves_in_twos_has_fewer_values_than_its_interval_has_integers() {
    // x + y, x + z and y + z + 2w are shown: w is x less half of what they leave.
    let table = support::cube(
        vec![support::dimension(
            "cell",
            &[("xy", &["x", "y"]), ("xz", &["x", "z"]), ("yzw", &["y", "z", "w"])],
        )],
        &[(&["x"], 2), (&["y"], 2), (&["z"], 2), (&["w"], 4)],
        5,
    );
    let problem = Problem::build(&table).unwrap();
    let hidden: Vec<bool> = problem
        .variables_of_cells()
        .iter()
        .map(|id| {
            let label = problem.label(*id);
            ["cell=x", "cell=y", "cell=z", "cell=w"].contains(&label)
        })
        .collect();
    let w = problem.variables_of_cells()[support::at(&table, &["w"])];
    let found = audit(&problem, &Policy::default(), &hidden, &[w]).remove(0);
    // y = z = 4 - x, so w = 8 - 2 (4 - x) = 2 x with x from 0 to 4.
    assert_eq!((found.integers, found.values), (Some((0, Some(8))), 5));
    assert_eq!(found.verdict, Verdict::Several);
    let x = problem.variables_of_cells()[support::at(&table, &["x"])];
    let mut few = table.clone();
    few.cells[support::at(&table, &["w"])].threshold = 6;
    let problem = Problem::build(&few).unwrap();
    let found = audit(&problem, &Policy::default(), &hidden, &[x, w]);
    let verdict = |id| found.iter().find(|bounds| bounds.variable == id).unwrap().verdict;
    assert_eq!((verdict(x), verdict(w)), (Verdict::Several, Verdict::TooFew));
}
