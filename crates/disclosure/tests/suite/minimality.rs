//! An attacker who knows the program: of the data sets that fit what is shown, only those count for
//! which the program would have made the same mask (the minimality attack; R. C. Wong et al.,
//! "Minimality attack in privacy preserving data publishing", VLDB 2007).

use std::collections::{BTreeMap, BTreeSet};

use disclosure::{Policy, Population, Problem, Status, Width, Zeros, protect};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::support::{cube, dimension, pass};

/// A 2 x 2 table or a line of three, from its inner cells.
fn table(shape: Shape, inner: &[i64]) -> Population {
    match shape {
        Shape::Square => {
            let a = dimension("a", &[("Total", &["u", "v"])]);
            let b = dimension("b", &[("Total", &["p", "q"])]);
            let keys: [&[&str]; 4] = [&["u", "p"], &["u", "q"], &["v", "p"], &["v", "q"]];
            let atoms: Vec<_> = keys.into_iter().zip(inner.iter().copied()).collect();
            cube(vec![a, b], &atoms, THRESHOLD)
        }
        Shape::Line => {
            let a = dimension("a", &[("Total", &["u", "v", "w"])]);
            let keys: [&[&str]; 3] = [&["u"], &["v"], &["w"]];
            let atoms: Vec<_> = keys.into_iter().zip(inner.iter().copied()).collect();
            cube(vec![a], &atoms, THRESHOLD)
        }
    }
}

#[derive(Clone, Copy)]
enum Shape {
    Line,
    Square,
}

const THRESHOLD: u32 = 3;
/// Keys that the attacker considers: they don't know the one in use.
const KEYS: u8 = 200;
/// One in so many cells is a decoy. With fewer of them more keys would have to be tried to meet each
/// possible choice.
const DECOYS: u32 = 4;

/// What a reader sees: the shown cells.
type Seen = Vec<Option<i64>>;

/// `None` where the program refuses.
fn seen(population: &Population, policy: &Policy) -> Option<Seen> {
    let mask = protect(&Problem::build(population).unwrap(), policy).ok()?;
    let cells = population.cells.iter().zip(&mask.statuses);
    Some(cells.map(|(cell, s)| (*s == Status::Shown).then_some(cell.value)).collect())
}

/// All tables with inner cells up to `most`, by what a reader sees of them under one of the keys.
fn worlds(
    shape: Shape,
    most: i64,
    zeros: Zeros,
    decoys: u32,
) -> BTreeMap<Seen, BTreeSet<Vec<i64>>> {
    let count = match shape {
        Shape::Line => 3,
        Shape::Square => 4,
    };
    let mut worlds: BTreeMap<Seen, BTreeSet<Vec<i64>>> = BTreeMap::new();
    let mut inner = vec![0; count];
    loop {
        let population = table(shape, &inner);
        let cells: Vec<i64> = population.cells.iter().map(|cell| cell.value).collect();
        for key in 0..KEYS {
            let policy = Policy {
                zeros,
                width: Width::AtMost(1),
                seed_key: [key; 16],
                decoys,
                threads: 1,
                ..Policy::default()
            };
            if let Some(seen) = seen(&population, &policy) {
                worlds.entry(seen).or_default().insert(cells.clone());
            }
        }
        let Some(at) = inner.iter().position(|value| *value < most) else { return worlds };
        inner[at] += 1;
        inner[..at].fill(0);
    }
}

/// Sensitive cells that have one value in all tables that look the same, of all sensitive cells.
fn given_away(worlds: &BTreeMap<Seen, BTreeSet<Vec<i64>>>, sure: i64) -> (usize, usize) {
    let (mut one, mut all) = (0, 0);
    for alike in worlds.values() {
        // A table with a greater total may look like one that was not enumerated.
        if alike.iter().any(|cells| cells[0] > sure) {
            continue;
        }
        for cell in 0..alike.first().map_or(0, Vec::len) {
            let values: BTreeSet<i64> = alike.iter().map(|cells| cells[cell]).collect();
            let small = |value: i64| (1..i64::from(THRESHOLD)).contains(&value);
            let sensitive = alike.iter().filter(|table| small(table[cell])).count();
            all += sensitive;
            one += if values.len() == 1 { sensitive } else { 0 };
        }
    }
    (one, all)
}

const TABLES: [(Zeros, Shape, i64); 4] = [
    (Zeros::Complement, Shape::Line, 9),
    (Zeros::Complement, Shape::Square, 5),
    (Zeros::Shown, Shape::Line, 9),
    (Zeros::Shown, Shape::Square, 5),
];

/// That three parts of 3 are all withheld happens with 1, 1, 1 only: with 1, 2 and 0 the zero would
/// not have been needed.
#[test]
fn without_decoys_knowing_the_program_gives_small_counts_away() {
    for (zeros, shape, most) in TABLES {
        let (one, all) = given_away(&worlds(shape, most, zeros, 0), most);
        assert!(all > 200 && one > 0, "{zeros:?}: {one} of {all}");
    }
}

#[test]
fn with_decoys_knowing_the_program_gives_no_small_count_away() {
    for (zeros, shape, most) in TABLES {
        let (one, all) = given_away(&worlds(shape, most, zeros, DECOYS), most);
        assert!(all > 200, "{all} small counts");
        assert_eq!(one, 0, "{zeros:?}: of {all}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        rng_seed: RngSeed::Fixed(14),
        ..ProptestConfig::default()
    })]

    /// With as many decoys as there can be, some are given up while others are found a way.
    #[test]
    fn a_mask_with_decoys_passes_the_gate(
        counts in prop::collection::vec(prop_oneof![2 => Just(0i64), 3 => 1i64..5, 3 => 5i64..400], 20),
        key in any::<[u8; 16]>(),
        zeros in prop_oneof![Just(Zeros::Complement), Just(Zeros::Shown)],
    ) {
        let (rows, columns) = (["r1", "r2", "r3", "r4"], ["c1", "c2", "c3", "c4", "c5"]);
        let places = rows.iter().flat_map(|row| columns.iter().map(move |column| [*row, *column]));
        let atoms: Vec<([&str; 2], i64)> = places.zip(counts).collect();
        let atoms: Vec<(&[&str], i64)> = atoms.iter().map(|(place, n)| (&place[..], *n)).collect();
        let list = |name, codes: &[&str]| dimension(name, &[("Total", codes)]);
        let population = cube(vec![list("row", &rows), list("column", &columns)], &atoms, 5);
        let problem = Problem::build(&population).unwrap();
        for decoys in [1, 2, 5] {
            let policy = Policy { zeros, seed_key: key, decoys, ..Policy::default() };
            let mask = protect(&problem, &policy).unwrap();
            prop_assert!(pass(&population, &policy, &mask).is_ok());
        }
    }
}
