//! Random small tables against an independent answer: exact rational elimination, and enumeration.

use std::collections::BTreeSet;

use disclosure::{
    Dimension, Elimination, Policy, Population, Problem, Ratio, RelationSpec, VarId, Verdict,
    Visibility, Zeros, audit,
};
use proptest::prelude::*;

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
    #![proptest_config(ProptestConfig { cases: 2500, ..ProptestConfig::default() })]

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

/// Every way in which non-negative integers on the hidden inner cells give the shown sums.
fn possible(values: &[i64], groups: &[(Vec<usize>, bool)], target: usize) -> Vec<i64> {
    let limit: i64 = values.iter().sum();
    let mut found = Vec::new();
    let mut point = vec![0i64; values.len()];
    search(values, groups, limit, 0, &mut point, &mut |point| found.push(point[target]));
    found.sort_unstable();
    found.dedup();
    found
}

fn search(
    values: &[i64],
    groups: &[(Vec<usize>, bool)],
    limit: i64,
    at: usize,
    point: &mut Vec<i64>,
    report: &mut dyn FnMut(&[i64]),
) {
    let fits = |(members, shown): &(Vec<usize>, bool), point: &[i64]| {
        let sum: i64 = members.iter().filter(|m| **m < at).map(|m| point[*m]).sum();
        let truth: i64 = members.iter().map(|m| values[*m]).sum();
        let complete = members.iter().all(|m| *m < at);
        !shown || if complete { sum == truth } else { sum <= truth }
    };
    if !groups.iter().all(|group| fits(group, point)) {
        return;
    }
    if at == values.len() {
        report(point);
        return;
    }
    for value in 0..=limit {
        point[at] = value;
        search(values, groups, limit, at + 1, point, report);
    }
}

/// Protects the table with its total shown, and holds every certified value of an inner cell
/// against enumeration.
fn certified_values_are_possible(
    population: &mut Population,
    values: &[i64],
    groups: &[(Vec<usize>, bool)],
) -> Result<(), TestCaseError> {
    population.cells[0].visibility = Visibility::Forced;
    let problem = Problem::build(population).unwrap();
    let Ok(mask) = disclosure::protect(&problem, &Policy::default()) else { return Ok(()) };
    let shown = |cell: usize| mask.statuses[cell] == disclosure::Status::Shown;
    let mut groups = groups.to_vec();
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
    for (inner, certified) in certified.iter_mut().enumerate() {
        certified.insert(values[inner]);
        let possible = possible(values, &groups, inner);
        prop_assert!(certified.iter().all(|value| possible.contains(value)));
        if (1..5).contains(&values[inner]) {
            prop_assert!(certified.len() >= 5, "{} of {:?}", inner, values);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2500, ..ProptestConfig::default() })]

    #[test]
    fn what_the_audit_calls_determined_has_one_solution_by_enumeration(
        values in prop::collection::vec(0i64..4, 3..=6),
        picks in prop::collection::vec((1u32..64, any::<bool>()), 1..6),
    ) {
        let count = values.len();
        let names: Vec<String> = (0..count).map(|i| format!("i{i}")).collect();
        let codes: Vec<(&str, i64)> =
            names.iter().map(String::as_str).zip(values.iter().copied()).collect();
        let mut population = support::line(&codes, 5);
        let total: Vec<usize> = (0..count).collect();
        let mut groups = vec![(total, true)];
        let mut members = population.dimensions[0].members().to_vec();
        let partitions = population.dimensions[0].partitions().to_vec();
        for (number, (bits, shown)) in picks.iter().enumerate() {
            let parts: Vec<usize> = (0..count).filter(|i| bits >> i & 1 == 1).collect();
            if parts.is_empty() {
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
        certified_values_are_possible(&mut population.clone(), &values, &groups)?;
        let problem = Problem::build(&population).unwrap();
        let mut hidden = vec![true; problem.variables().len()];
        hidden[problem.variables_of_cells()[0] as usize] = false;
        for (cell, (_, shown)) in (count + 1..).zip(groups.iter().skip(1)) {
            if *shown {
                hidden[problem.variables_of_cells()[cell] as usize] = false;
            }
        }
        let determined = Elimination::new(&problem, &hidden).determined(3);
        let all: Vec<VarId> = (0u32..).zip(&hidden).map(|(id, _)| id).collect();
        let bounds = audit(&problem, Zeros::Complement, &hidden, &all);
        for inner in 0..count {
            let id = problem.variables_of_cells()[inner + 1];
            if let Some(found) = bounds.iter().find(|bounds| bounds.variable == id) {
                let possible = possible(&values, &groups, inner);
                let ends = (possible[0], possible.last().copied());
                prop_assert_eq!(found.integers, Some(ends), "{}", problem.label(id));
                let exact = if possible.len() == 1 { Verdict::Exact } else { Verdict::Several };
                prop_assert_eq!(found.verdict, exact);
                let (low, high) = found.linear.unwrap();
                prop_assert!(low.ceil() <= ends.0 && high.map(Ratio::floor) >= ends.1);
            }
            if determined.contains(&id) || !hidden[id as usize] {
                prop_assert_eq!(possible(&values, &groups, inner), vec![values[inner]]);
            }
        }
    }
}
