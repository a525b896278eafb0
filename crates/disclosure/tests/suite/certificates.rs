//! Certificates: found where they exist, refused where not, and checked by the gate.

use disclosure::gate::{Failure, GateInput, check};
use disclosure::{
    Dimension, Leg, Policy, Population, Problem, Refusal, RelationSpec, Status, Visibility, Walk,
    protect,
};

use crate::support::{self, line, mask};

/// Four cells in a chain whose pairs have to be shown: `a` and `c` move together, against `b` and
/// `d`, so that `a` can have as many values as `d` allows.
fn chain(d: i64) -> Population {
    let codes = ["a", "b", "c", "d", "ab", "bc", "cd"];
    let values = [2, 9, 20, d];
    let mut population = Population::default();
    for number in 0..7 {
        let mut cell = support::empty(vec![number], 5);
        let number = number as usize;
        let parts = if number < 4 { number..number + 1 } else { number - 4..number - 2 };
        for part in parts.clone() {
            support::add(&mut cell, values[part], support::print(codes[part], values[part]));
        }
        if number >= 4 {
            cell.visibility = Visibility::Forced;
            let children = parts.map(|part| vec![u32::try_from(part).unwrap()]).collect();
            population.relations.push(RelationSpec { parent: cell.key.clone(), children });
        }
        population.cells.push(cell);
    }
    let codes = codes.map(str::to_owned).to_vec();
    population.dimensions = vec![Dimension::new("cell", codes, vec![]).unwrap()];
    population
}

fn input(population: &Population) -> GateInput {
    let mask = mask(population, &Policy::default());
    let mut input = GateInput::of(population, Policy::default().zeros, |cell| {
        (mask.statuses[cell] == Status::Shown).then_some(population.cells[cell].value)
    });
    input.certificates = Some(mask.certificates);
    input
}

fn failures(input: &GateInput) -> Vec<String> {
    check(input).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn bounds_over_several_relations_together_are_seen() {
    // Every pair has room enough, but a can only be 0, 1, 2 and 3, one value too few.
    let problem = Problem::build(&chain(1)).unwrap();
    let refusal = protect(&problem, &Policy::default()).unwrap_err();
    let expected = Refusal::Uncertified { cell: "cell=a".into() };
    assert_eq!(refusal, expected, "{refusal}");
    let enough = input(&chain(2));
    assert!(check(&enough).is_ok());
}

#[test]
fn the_gate_counts_the_values_itself() {
    let mut input = input(&chain(2));
    let complete = input.certificates.replace(Vec::new()).unwrap();
    let expected = ["a", "d"].map(|cell| Failure::TooFewValues { cell: format!("cell={cell}") });
    assert_eq!(check(&input).unwrap_err(), expected);
    // The same value twice is one value.
    let short = Walk { legs: vec![Leg { step: complete[0].legs[0].step.clone(), times: 1 }] };
    input.certificates = Some(vec![short; 9]);
    assert_eq!(check(&input).unwrap_err(), expected);
    // Nobody asked for certificates: the single relations and linear combinations are in order.
    input.certificates = None;
    assert!(check(&input).is_ok());
}

#[test]
fn the_gate_refuses_a_certificate_that_does_not_hold() {
    let sound = input(&chain(2));
    let tampered = |change: &dyn Fn(&mut Leg)| {
        let mut input = sound.clone();
        change(&mut input.certificates.as_mut().unwrap()[0].legs[0]);
        failures(&input)
    };
    let fails = |texts: Vec<String>, why: &str| {
        let expected = format!("certificate number 0 doesn't hold: {why}");
        assert!(texts.contains(&expected), "{texts:?}");
    };
    fails(tampered(&|leg| leg.step[0].1 *= 2), "a step breaks a relation");
    fails(tampered(&|leg| leg.times = 100), "a leg leads below what a reader knows");
    fails(tampered(&|leg| leg.times = 0), "a leg has no step");
    fails(tampered(&|leg| leg.times = i64::MAX), "a number is too large");
    fails(tampered(&|leg| leg.step[0].0 = 99), "a step names no cell");
    fails(tampered(&|leg| leg.step.push((4, 1))), "a step changes a shown cell");
}

#[test]
fn a_wide_range_is_certified_for_a_figure_of_few_contributors() {
    let mut table = line(&[("a", 400), ("b", 3_000), ("c", 5_000)], 5);
    table.cells[1].contributors = 1;
    let mask = mask(&table, &Policy::default());
    assert_eq!(mask.count(Status::Secondary), 1);
    assert!(support::pass(&table, &Policy::default(), &mask).is_ok());
}

#[test]
fn where_all_margins_have_to_be_shown_a_box_is_withheld() {
    // Four dimensions of three members; nothing smaller than 2^4 cells can move.
    let dimensions: Vec<Dimension> = ["w", "x", "y", "z"]
        .map(|name| support::dimension(name, &[("Total", &["a", "b", "c"])]))
        .into();
    let members = ["a", "b", "c"];
    let mut atoms: Vec<([&str; 4], i64)> = Vec::new();
    for w in members {
        for x in members {
            for y in members {
                atoms.extend(members.map(|z| ([w, x, y, z], 9)));
            }
        }
    }
    atoms[0].1 = 2;
    let atoms: Vec<(&[&str], i64)> = atoms.iter().map(|(codes, n)| (&codes[..], *n)).collect();
    let mut table = support::cube(dimensions, &atoms, 5);
    for cell in table.cells.iter_mut().filter(|cell| cell.key.contains(&0)) {
        cell.visibility = Visibility::Forced;
    }
    let mask = mask(&table, &Policy::default());
    assert_eq!((mask.count(Status::Primary), mask.count(Status::Secondary)), (1, 15));
    assert!(support::pass(&table, &Policy::default(), &mask).is_ok());
}

#[test]
fn where_one_move_ends_a_walk_goes_on_with_another() {
    // The total is forced: a rises by as much as the ones fall, each by one.
    let mut table = line(&[("a", 2), ("b", 1), ("c", 1), ("d", 1), ("e", 1), ("f", 60)], 5);
    for code in ["Total", "f"] {
        support::set(&mut table, &[code], Visibility::Forced);
    }
    let mask = mask(&table, &Policy::default());
    assert_eq!((mask.count(Status::Primary), mask.count(Status::Secondary)), (5, 0));
    assert!(mask.certificates.iter().any(|walk| walk.legs.len() > 1));
    assert!(support::pass(&table, &Policy::default(), &mask).is_ok());
}

#[test]
fn a_budget_that_runs_out_ends_in_a_refusal() {
    let table = line(&[("a", 4), ("b", 3), ("c", 50)], 5);
    let problem = Problem::build(&table).unwrap();
    let spent = protect(&problem, &Policy::default()).unwrap().work;
    for max_work in 0..spent / 2 {
        let policy = Policy { max_work, ..Policy::default() };
        let refused = protect(&problem, &policy);
        assert!(matches!(refused, Err(Refusal::Budget { .. })), "{max_work}");
    }
}
