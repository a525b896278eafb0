//! Random tables of at most 12 atoms, held against enumeration of everything that is possible.

use std::collections::BTreeSet;

use disclosure::{
    Dimension, Elimination, Policy, Population, Problem, Ratio, RelationSpec, VarId, Verdict,
    Visibility, Zeros, audit,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::support;

/// Sums of inner cells: which, and whether the sum is shown.
type Groups = [(Vec<usize>, bool)];

/// By inner cell, every value it has in some way in which integers of at least `least` give the
/// shown sums.
fn possible(values: &[i64], least: &[i64], groups: &Groups) -> Vec<BTreeSet<i64>> {
    let shown: Vec<(&[usize], i64)> = groups
        .iter()
        .filter(|(_, shown)| *shown)
        .map(|(members, _)| (members.as_slice(), members.iter().map(|m| values[*m]).sum()))
        .collect();
    let mut found = vec![BTreeSet::new(); values.len()];
    let mut left: Vec<i64> = shown
        .iter()
        .map(|(members, sum)| sum - members.iter().map(|m| least[*m]).sum::<i64>())
        .collect();
    // Where each sum has its last member: there nothing may be left.
    let mut sums_of = vec![Vec::new(); values.len()];
    for (number, (members, _)) in shown.iter().enumerate() {
        let last = members.iter().max().copied();
        for member in *members {
            sums_of[*member].push((number, Some(*member) == last));
        }
    }
    enumerate(least, &sums_of, &mut left, &mut Vec::new(), &mut found);
    found
}

fn enumerate(
    least: &[i64],
    sums_of: &[Vec<(usize, bool)>],
    left: &mut [i64],
    point: &mut Vec<i64>,
    found: &mut [BTreeSet<i64>],
) {
    let at = point.len();
    let Some(sums) = sums_of.get(at) else {
        for (values, value) in found.iter_mut().zip(point.iter()) {
            values.insert(*value);
        }
        return;
    };
    let most = sums.iter().map(|(number, _)| left[*number]).min().unwrap();
    let exact = sums.iter().find(|(_, last)| *last).map(|(number, _)| left[*number]);
    let (from, to) = exact.map_or((0, most), |exact| (exact, exact.min(most)));
    for more in from..=to {
        if sums.iter().any(|(number, last)| *last && left[*number] != more) {
            continue;
        }
        sums.iter().for_each(|(number, _)| left[*number] -= more);
        point.push(least[at] + more);
        enumerate(least, sums_of, left, point, found);
        point.pop();
        sums.iter().for_each(|(number, _)| left[*number] += more);
    }
}

/// Protects the table with its total shown, and holds every certified value of an inner cell
/// against enumeration.
fn certified_values_are_possible(
    population: &mut Population,
    values: &[i64],
    groups: &Groups,
) -> Result<(), TestCaseError> {
    population.cells[0].visibility = Visibility::Forced;
    let problem = Problem::build(population).unwrap();
    let Ok(mask) = disclosure::protect(&problem, &Policy::default()) else { return Ok(()) };
    let shown = |cell: usize| mask.statuses[cell] == disclosure::Status::Shown;
    let mut groups = groups.to_vec();
    groups.retain(|(members, _)| members.len() > 1);
    for (cell, (_, seen)) in (values.len() + 1..).zip(groups.iter_mut().skip(1)) {
        *seen = shown(cell);
    }
    groups.extend((0..values.len()).filter(|i| shown(i + 1)).map(|inner| (vec![inner], true)));
    let mut certified = vec![BTreeSet::new(); values.len()];
    for walk in &mask.certificates {
        let mut at = values.to_vec();
        for leg in &walk.legs {
            for _ in 0..leg.times {
                for (cell, change) in &leg.step {
                    let inner = (*cell as usize).wrapping_sub(1);
                    if let Some(value) = at.get_mut(inner) {
                        *value += change;
                        certified[inner].insert(*value);
                    }
                }
            }
        }
    }
    let possible = possible(values, &vec![0; values.len()], &groups);
    for (inner, certified) in certified.iter_mut().enumerate() {
        certified.insert(values[inner]);
        prop_assert!(certified.is_subset(&possible[inner]));
        if (1..5).contains(&values[inner]) {
            prop_assert!(certified.len() >= 5, "{} of {:?}", inner, values);
        }
    }
    Ok(())
}

/// Up to 12 inner cells, the more the smaller, so that they can be enumerated.
fn inner() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(prop_oneof![2 => Just(0i64), 2 => Just(1), 1 => 2i64..5], 3..=12)
        .prop_map(|mut values| {
            let most = [14, 14, 14, 14, 14, 14, 14, 12, 10, 9, 8, 7, 6][values.len()];
            let mut left = most;
            for value in &mut values {
                *value = (*value).min(left);
                left -= *value;
            }
            values
        })
}

/// A line of inner cells with its total, and further sums of them.
fn sums(values: &[i64], picks: &[(u32, bool)]) -> (Population, Vec<(Vec<usize>, bool)>) {
    let count = values.len();
    let names: Vec<String> = (0..count).map(|i| format!("i{i}")).collect();
    let codes: Vec<(&str, i64)> =
        names.iter().map(String::as_str).zip(values.iter().copied()).collect();
    let mut population = support::line(&codes, 5);
    let mut groups = vec![((0..count).collect(), true)];
    let mut members = population.dimensions[0].members().to_vec();
    let partitions = population.dimensions[0].partitions().to_vec();
    for (number, (bits, shown)) in picks.iter().enumerate() {
        let parts: Vec<usize> = (0..count).filter(|i| bits >> i & 1 == 1).collect();
        // A sum of one is that cell.
        if parts.len() < 2 {
            continue;
        }
        let mut cell = support::empty(vec![u32::try_from(members.len()).unwrap()], 5);
        for part in &parts {
            support::add(&mut cell, values[*part], support::print(&names[*part], values[*part]));
        }
        let children = parts.iter().map(|p| vec![u32::try_from(p + 1).unwrap()]).collect();
        population.relations.push(RelationSpec { parent: cell.key.clone(), children });
        population.cells.push(cell);
        members.push(format!("g{number}"));
        groups.push((parts, *shown));
    }
    population.dimensions[0] = Dimension::new("item", members, partitions).unwrap();
    (population, groups)
}

/// Holds the audit of one mask against enumeration.
fn audit_agrees(
    population: &Population,
    values: &[i64],
    seen: u32,
    groups: &Groups,
    zeros: Zeros,
) -> Result<(), TestCaseError> {
    let count = values.len();
    let problem = Problem::build(population).unwrap();
    let mut hidden = vec![true; problem.variables().len()];
    let mut groups = groups.to_vec();
    // Where zeros are shown, readers see them.
    let inner_shown = |i: usize| seen >> i & 7 == 0 || zeros == Zeros::Shown && values[i] == 0;
    for (cell, (_, shown)) in std::iter::once(0).chain(count + 1..).zip(&groups) {
        hidden[problem.variables_of_cells()[cell] as usize] = !shown;
    }
    for inner in (0..count).filter(|i| inner_shown(*i)) {
        hidden[problem.variables_of_cells()[inner + 1] as usize] = false;
        groups.push((vec![inner], true));
    }
    let least: Vec<i64> = values
        .iter()
        .map(|value| if zeros == Zeros::Shown { (*value).min(1) } else { 0 })
        .collect();
    let possible = possible(values, &least, &groups);
    let determined = Elimination::new(&problem, &hidden).determined(3);
    let all: Vec<VarId> = (0u32..).zip(&hidden).map(|(id, _)| id).collect();
    let policy = Policy { zeros, ..Policy::default() };
    let bounds = audit(&problem, &policy, &hidden, &all);
    for (inner, possible) in possible.iter().enumerate() {
        let id = problem.variables_of_cells()[inner + 1];
        if let Some(found) = bounds.iter().find(|bounds| bounds.variable == id) {
            let ends = (*possible.first().unwrap(), possible.last().copied());
            prop_assert_eq!(found.integers, Some(ends), "{}", problem.label(id));
            let needed = if (1..5).contains(&values[inner]) { 5 } else { 2 };
            let verdict = match possible.len() {
                1 => Verdict::Exact,
                len if len < needed => Verdict::TooFew,
                _ => Verdict::Several,
            };
            prop_assert_eq!(found.verdict, verdict, "{} of {:?}", inner, values);
            prop_assert!(found.values <= possible.len());
            let (low, high) = found.linear.unwrap();
            prop_assert!(low.ceil() <= ends.0 && high.map(Ratio::floor) >= ends.1);
        }
        if determined.contains(&id) || !hidden[id as usize] {
            prop_assert_eq!(possible, &BTreeSet::from([values[inner]]));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 10_000,
        rng_seed: RngSeed::Fixed(19),
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_audit_says_of_every_cell_what_enumeration_says(
        values in inner(),
        seen in any::<u32>(),
        picks in prop::collection::vec((1u32..4096, any::<bool>()), 1..7),
        zeros in prop_oneof![Just(Zeros::Complement), Just(Zeros::Shown)],
    ) {
        let (population, groups) = sums(&values, &picks);
        audit_agrees(&population, &values, seen, &groups, zeros)?;
    }

    #[test]
    fn every_value_that_protection_certifies_is_possible_by_enumeration(
        values in inner(),
        picks in prop::collection::vec((1u32..4096, any::<bool>()), 1..7),
    ) {
        let (population, groups) = sums(&values, &picks);
        certified_values_are_possible(&mut population.clone(), &values, &groups)?;
    }
}
