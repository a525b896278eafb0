//! Attacks over several releases of the same records, and over several ways to divide them.

use std::collections::BTreeMap;

use disclosure::{
    Mask, Policy, Population, Problem, Published, Status, Visibility, Width, Zeros, protect,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::support::{at, cube, dimension, line, mask, pass, safe, set};

const QUARTERS: [&str; 4] = ["q1", "q2", "q3", "q4"];
const SO_FAR: [&str; 4] = ["q1", "ytd2", "ytd3", "year"];

fn codes(population: &Population, cell: usize) -> Vec<String> {
    let key = population.cells[cell].key.iter().zip(&population.dimensions);
    key.map(|(member, d)| d.members()[*member as usize].clone()).collect()
}

/// The release after `quarters` quarters: each of them, and the sums of the year to date, by item.
fn release(counts: &[[i64; 3]], quarters: usize) -> Population {
    let sums: Vec<(&str, &[&str])> =
        (2..=quarters).map(|number| (SO_FAR[number - 1], &QUARTERS[..number])).collect();
    let period = if sums.is_empty() {
        disclosure::Dimension::new("period", vec!["q1".into()], vec![]).unwrap()
    } else {
        dimension("period", &sums)
    };
    let items = ["x", "y", "z"];
    let atoms: Vec<([&str; 2], i64)> = (0..quarters)
        .flat_map(|q| (0..3).map(move |item| ([items[item], QUARTERS[q]], counts[q][item])))
        .collect();
    let atoms: Vec<(&[&str], i64)> = atoms.iter().map(|(codes, n)| (&codes[..], *n)).collect();
    cube(vec![dimension("item", &[("Total", &items)]), period], &atoms, 5)
}

/// Binds the cells to what the release before did with them.
fn bind(population: &mut Population, before: &BTreeMap<Vec<String>, bool>) {
    for cell in 0..population.cells.len() {
        if let Some(shown) = before.get(&codes(population, cell)) {
            let published = if *shown { Published::Shown } else { Published::Withheld };
            population.cells[cell].visibility = Visibility::Fixed(published);
        }
    }
}

fn decisions(population: &Population, mask: &Mask) -> BTreeMap<Vec<String>, bool> {
    let statuses = mask.statuses.iter().enumerate();
    statuses.map(|(cell, status)| (codes(population, cell), *status == Status::Shown)).collect()
}

#[test]
fn the_year_to_date_against_the_quarters_leaves_no_difference_over_four_releases() {
    let counts = [[8, 30, 25], [2, 28, 31], [9, 27, 3], [12, 33, 29]];
    let mut before = BTreeMap::new();
    for quarters in 1..=4 {
        let mut population = release(&counts, quarters);
        bind(&mut population, &before);
        let policy = Policy::default();
        let protected = mask(&population, &policy);
        assert!(pass(&population, &policy, &protected).is_ok());
        let shown = |cell: usize| protected.statuses[cell] == Status::Shown;
        assert!(safe(&population, &policy, shown), "after {quarters} quarters");
        let hidden = |item: &str, period: &str| !shown(at(&population, &[item, period]));
        if quarters >= 2 {
            // x: 8 and 10 so far would give the 2 of the second quarter.
            assert!(hidden("x", "q1") || hidden("x", "ytd2"));
            // Showing both is what the audit has to notice.
            let careless = |cell: usize| {
                shown(cell)
                    || [["x", "q1"], ["x", "ytd2"]].iter().any(|c| at(&population, c) == cell)
            };
            assert!(!safe(&population, &policy, careless));
        }
        before = decisions(&population, &protected);
    }
}

#[test]
fn a_commune_that_moved_does_not_follow_from_the_districts_before_and_after() {
    // b, with 2, went from the second district to the first.
    let area = dimension(
        "area",
        &[
            ("province", &["old1", "old2"]),
            ("old1", &["a", "d"]),
            ("old2", &["b", "c"]),
            ("province", &["new1", "new2"]),
            ("new1", &["a", "b", "d"]),
            ("new2", &["c"]),
        ],
    );
    let atoms: [(&[&str], i64); 4] = [(&["a"], 40), (&["b"], 2), (&["c"], 11), (&["d"], 17)];
    let population = cube(vec![area], &atoms, 5);
    let policy = Policy::default();
    let protected = mask(&population, &policy);
    assert!(pass(&population, &policy, &protected).is_ok());
    let shown = |cell: usize| protected.statuses[cell] == Status::Shown;
    assert!(safe(&population, &policy, shown));
    let hidden = |code: &str| !shown(at(&population, &[code]));
    assert!(hidden("old1") || hidden("new1"), "new1 - old1 is the commune");
    assert!(hidden("old2") || hidden("new2"), "old2 - new2 is the commune");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        rng_seed: RngSeed::Fixed(17),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_release_takes_back_what_an_earlier_one_decided(
        counts in prop::collection::vec(
            prop::array::uniform3(prop_oneof![1 => Just(0i64), 2 => 1i64..5, 4 => 5i64..60]), 4),
        zeros in prop_oneof![Just(Zeros::Complement), Just(Zeros::Shown)],
    ) {
        let policy = Policy { zeros, width: Width::AtMost(1), ..Policy::default() };
        let mut before: BTreeMap<Vec<String>, bool> = BTreeMap::new();
        for quarters in 1..=4 {
            let mut population = release(&counts, quarters);
            bind(&mut population, &before);
            let problem = Problem::build(&population).unwrap();
            // What earlier releases showed may leave no way: refused, and nothing is published.
            let Ok(mask) = protect(&problem, &policy) else { break };
            prop_assert!(pass(&population, &policy, &mask).is_ok());
            let now = decisions(&population, &mask);
            for (codes, shown) in &before {
                prop_assert_eq!(now.get(codes), Some(shown), "{:?}", codes);
            }
            let shown = |cell: usize| mask.statuses[cell] == Status::Shown;
            prop_assert!(safe(&population, &policy, shown));
            before = now;
        }
    }
}

#[test]
fn a_figure_withheld_before_stays_withheld_though_it_is_large_and_free_now() {
    let mut table = line(&[("a", 10), ("b", 30), ("c", 25)], 5);
    set(&mut table, &["a"], Visibility::Fixed(Published::Withheld));
    let protected = mask(&table, &Policy::default());
    assert_eq!(protected.statuses[at(&table, &["a"])], Status::Secondary);
    assert_eq!(protected.count(Status::Shown), 3);
}
