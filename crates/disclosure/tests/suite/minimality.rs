//! An attacker who knows the program: of the data sets that fit what is shown, only those count for
//! which the program would have made the same mask (the minimality attack; R. C. Wong et al.,
//! "Minimality attack in privacy preserving data publishing", VLDB 2007).

use std::collections::{BTreeMap, BTreeSet};

use disclosure::{Policy, Population, Problem, Status, Width, Zeros, protect};

use crate::support::{cube, dimension};

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
const KEYS: u8 = 8;

/// What a reader sees: the shown cells.
type Seen = Vec<Option<i64>>;

/// `None` where the program refuses.
fn seen(population: &Population, policy: &Policy) -> Option<Seen> {
    let mask = protect(&Problem::build(population).unwrap(), policy).ok()?;
    let cells = population.cells.iter().zip(&mask.statuses);
    Some(cells.map(|(cell, s)| (*s == Status::Shown).then_some(cell.value)).collect())
}

/// All tables with inner cells up to `most`, by what a reader sees of them under one of the keys.
fn worlds(shape: Shape, most: i64, zeros: Zeros, keys: u8) -> BTreeMap<Seen, BTreeSet<Vec<i64>>> {
    let count = match shape {
        Shape::Line => 3,
        Shape::Square => 4,
    };
    let mut worlds: BTreeMap<Seen, BTreeSet<Vec<i64>>> = BTreeMap::new();
    let mut inner = vec![0; count];
    loop {
        let population = table(shape, &inner);
        let cells: Vec<i64> = population.cells.iter().map(|cell| cell.value).collect();
        for key in 0..keys {
            let width = Width::AtMost(1);
            let policy =
                Policy { zeros, width, seed_key: [key; 16], threads: 1, ..Policy::default() };
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

/// Protection promises values that are possible for a reader who adds and subtracts. Against one
/// who knows the program it promises nothing yet (docs/DISCLOSURE.md says so): that three cells with
/// the sum 3 are withheld happens with 1, 1, 1 only, as a zero would not have been needed. The test
/// holds the share of small counts that are given away like that in tables of three and four cells.
#[test]
fn knowing_the_program_gives_away_no_more_of_tiny_tables_than_it_is_said_to() {
    for (zeros, shape, most, percent) in [
        (Zeros::Complement, Shape::Line, 12, 5),
        (Zeros::Complement, Shape::Square, 7, 22),
        (Zeros::Shown, Shape::Line, 12, 3),
        (Zeros::Shown, Shape::Square, 7, 9),
    ] {
        let worlds = worlds(shape, most, zeros, KEYS);
        let (one, all) = given_away(&worlds, most);
        assert!(all > 400, "{all} small counts");
        assert!(one * 100 <= all * percent, "{zeros:?}: {one} of {all}");
    }
}
