//! The gate's own reading of the certificates, in integers, step by step.

use std::collections::{BTreeMap, BTreeSet};

use super::{Failure, GateInput};
use crate::walk::Walk;

/// Follows every walk and counts, for each cell with a `required` width, the distinct values that
/// it takes at points a reader can't rule out.
///
/// A walk fails when a step changes a shown cell, breaks a relation or leads below what a reader
/// knows. A leg's points lie between its two ends, and so do the values of every cell; it is enough
/// to look at its end.
pub(super) fn failures(input: &GateInput, walks: &[Walk], required: &[i64]) -> Vec<Failure> {
    let mut relations_of: Vec<Vec<usize>> = vec![Vec::new(); input.cells.len()];
    for (number, (parent, children)) in input.relations.iter().enumerate() {
        for cell in std::iter::once(parent).chain(children) {
            relations_of[*cell].push(number);
        }
    }
    let mut values: BTreeMap<usize, BTreeSet<i64>> = BTreeMap::new();
    for (cell, asked) in required.iter().enumerate() {
        if *asked > 0 && input.cells[cell].shown.is_none() {
            values.insert(cell, BTreeSet::from([input.truth[cell].value]));
        }
    }
    let mut failures = Vec::new();
    for (number, walk) in walks.iter().enumerate() {
        if let Err(why) = follow(input, walk, &relations_of, required, &mut values) {
            failures.push(Failure::Certificate { number, why });
        }
    }
    for (cell, values) in values {
        let found = i64::try_from(values.len()).unwrap_or(i64::MAX);
        if found <= required[cell] {
            failures.push(Failure::TooFewValues { cell: input.cells[cell].label.clone() });
        }
    }
    failures
}

fn follow(
    input: &GateInput,
    walk: &Walk,
    relations_of: &[Vec<usize>],
    required: &[i64],
    values: &mut BTreeMap<usize, BTreeSet<i64>>,
) -> Result<(), &'static str> {
    const TOO_LARGE: &str = "a number is too large";
    let mut at: BTreeMap<usize, i64> = BTreeMap::new();
    for leg in &walk.legs {
        if leg.times < 1 {
            return Err("a leg has no step");
        }
        let mut balance: BTreeMap<usize, i128> = BTreeMap::new();
        for (cell, change) in &leg.step {
            let cell = *cell as usize;
            let Some(seen) = input.cells.get(cell) else { return Err("a step names no cell") };
            if seen.shown.is_some() {
                return Err("a step changes a shown cell");
            }
            for relation in &relations_of[cell] {
                let (parent, children) = &input.relations[*relation];
                let below = children.iter().filter(|child| **child == cell).count() as i128;
                let sign = i128::from(*parent == cell) - below;
                *balance.entry(*relation).or_default() += sign * i128::from(*change);
            }
        }
        if balance.values().any(|sum| *sum != 0) {
            return Err("a step breaks a relation");
        }
        let mut end = at.clone();
        for (cell, change) in &leg.step {
            let place = end.entry(*cell as usize).or_insert(input.truth[*cell as usize].value);
            let total = change.checked_mul(leg.times).and_then(|total| place.checked_add(total));
            *place = total.ok_or(TOO_LARGE)?;
        }
        if end.iter().any(|(cell, value)| *value < input.cells[*cell].least) {
            return Err("a leg leads below what a reader knows");
        }
        for (cell, change) in &leg.step {
            let cell = *cell as usize;
            let Some(values) = values.get_mut(&cell) else { continue };
            let start = at.get(&cell).copied().unwrap_or(input.truth[cell].value);
            let wanted = usize::try_from(required[cell]).unwrap_or(usize::MAX);
            let mut time = 1;
            // A cell with enough values needs no more.
            while time <= leg.times && values.len() <= wanted {
                values.insert(start + change * time);
                time += 1;
            }
        }
        at = end;
    }
    Ok(())
}
