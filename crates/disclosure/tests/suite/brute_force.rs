//! Random small tables against an independent answer: exact rational elimination, and the gate.

use disclosure::{Dimension, Elimination, Policy, Population, Problem, VarId, Visibility};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::support::{self, cube, dimension};

/// Whether `target` is fixed by the relations among hidden variables: exact rational row reduction
/// with numerators only (rows are scaled, never divided).
fn fixed(problem: &Problem, hidden: &[bool], target: VarId) -> bool {
    let mut rows: Vec<Vec<i128>> = problem
        .relations()
        .map(|(_, relation)| {
            let mut row = vec![0i128; hidden.len()];
            for (member, sign) in relation.terms().filter(|(m, _)| hidden[*m as usize]) {
                row[member as usize] += i128::from(sign);
            }
            row
        })
        .collect();
    // The target last: then it is fixed if and only if some reduced row is a multiple of it.
    let mut order: Vec<usize> = (0..hidden.len()).filter(|c| *c != target as usize).collect();
    order.push(target as usize);
    let mut done = 0;
    for column in order {
        let Some(at) = (done..rows.len()).find(|row| rows[*row][column] != 0) else { continue };
        if column == target as usize {
            return true;
        }
        rows.swap(done, at);
        let pivot = rows[done].clone();
        for row in rows.iter_mut().skip(done + 1).filter(|row| row[column] != 0) {
            let (a, b) = (pivot[column], row[column]);
            row.iter_mut().zip(&pivot).for_each(|(x, p)| *x = *x * a - p * b);
            let divisor = row.iter().fold(0, |g, x| gcd(g, x.abs()));
            if divisor > 1 {
                row.iter_mut().for_each(|x| *x /= divisor);
            }
        }
        done += 1;
    }
    false
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A cross table with a grouping of its rows, and the counts of its inner cells.
fn table() -> impl Strategy<Value = Population> {
    (2usize..=4, 2usize..=3, 1usize..=3)
        .prop_flat_map(|(rows, columns, cut)| {
            let counts =
                prop::collection::vec(prop_oneof![3 => 0i64..4, 2 => 4i64..40], rows * columns);
            (Just((rows, columns, cut.min(rows - 1))), counts)
        })
        .prop_map(|((rows, columns, cut), counts)| {
            let row: Vec<String> = (0..rows).map(|r| format!("r{r}")).collect();
            let row: Vec<&str> = row.iter().map(String::as_str).collect();
            let column: Vec<String> = (0..columns).map(|c| format!("c{c}")).collect();
            let column: Vec<&str> = column.iter().map(String::as_str).collect();
            // Two overlapping ways to divide the rows.
            let odd: Vec<&str> = row.iter().copied().step_by(2).collect();
            let even: Vec<&str> = row.iter().copied().skip(1).step_by(2).collect();
            let groups: [(&str, &[&str]); 6] = [
                ("All", &["low", "high"]),
                ("low", &row[..cut]),
                ("high", &row[cut..]),
                ("All", &["odd", "even"]),
                ("odd", &odd),
                ("even", &even),
            ];
            let dimensions: Vec<Dimension> =
                vec![dimension("row", &groups), dimension("column", &[("Total", &column)])];
            let atoms: Vec<([&str; 2], i64)> = counts
                .iter()
                .enumerate()
                .map(|(at, n)| ([row[at / columns], column[at % columns]], *n))
                .collect();
            let atoms: Vec<(&[&str], i64)> = atoms.iter().map(|(a, n)| (&a[..], *n)).collect();
            cube(dimensions, &atoms, 5)
        })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2500,
        rng_seed: RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_audit_agrees_with_exact_rational_elimination(
        population in table(),
        choice in prop::collection::vec(0u8..100, 64),
        share in 10u8..90,
    ) {
        let problem = Problem::build(&population).unwrap();
        let hidden: Vec<bool> = (0..problem.variables().len())
            .map(|id| choice[id % 64] < share)
            .collect();
        let elimination = Elimination::new(&problem, &hidden);
        let determined = elimination.determined(7);
        for (id, _) in (0u32..).zip(&hidden).filter(|(_, hidden)| **hidden) {
            let found = determined.contains(&id);
            prop_assert_eq!(found, fixed(&problem, &hidden, id), "{}", problem.label(id));
            prop_assert_eq!(elimination.attack(id).is_some(), found);
        }
    }

    #[test]
    fn what_is_protected_passes_the_gate_whatever_is_forced(
        population in table(),
        visibility in prop::collection::vec(0u8..12, 64),
    ) {
        let mut population = population;
        for (cell, choice) in population.cells.iter_mut().zip(visibility.iter().cycle()) {
            cell.visibility = match choice {
                0 => Visibility::Forced,
                1 => Visibility::Never,
                _ => Visibility::Public,
            };
            if *choice == 0 && cell.value < 5 {
                cell.visibility = Visibility::Public;
            }
            if *choice == 1 {
                cell.threshold = 0;
            }
        }
        let problem = Problem::build(&population).unwrap();
        let policy = Policy::default();
        // A refusal is right or wrong for other tests; what isn't refused must hold.
        if let Ok(mask) = disclosure::protect(&problem, &policy) {
            let pass = support::pass(&population, &policy, &mask);
            prop_assert!(pass.is_ok(), "{:?}", pass);
        }
    }
}
