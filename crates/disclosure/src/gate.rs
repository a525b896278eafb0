//! The gate: a second, separate opinion before anything is published.
//!
//! It reads what a reader would see and the truth, and shares no code with the protection: the
//! relations are rebuilt from the code lists, sensitivity is judged anew, the linear audit is
//! another elimination over another prime, and every certificate is followed step by step. No pass,
//! no release.

use std::collections::HashMap;
use std::fmt;

use crate::formula::Formula;
use crate::model::{CellSpec, Population, Visibility, Zeros};
use crate::walk::Walk;

mod certificates;
mod elimination;

use elimination::System;

/// A cell as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateCell {
    /// Its label, for messages.
    pub label: String,
    /// The figure that is shown, if one is; for a structural zero, 0.
    pub shown: Option<i64>,
    /// The least value a reader knows it to have where it is withheld: 0, or 1 for a cell whose
    /// zeros would be shown.
    pub least: i64,
}

/// The truth about a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Truth {
    /// Its count.
    pub value: i64,
    /// Distinct contributors.
    pub contributors: u32,
    /// Sensitive below this, in records or contributors; 0 protects nothing.
    pub threshold: u32,
}

impl Truth {
    /// The number of possible values, less one, that a reader must be left with; 0 if the cell
    /// isn't sensitive.
    fn required(&self) -> i64 {
        let threshold = i64::from(self.threshold);
        if self.value <= 0 {
            0
        } else if self.contributors < self.threshold {
            self.value.max(threshold - 1)
        } else if self.value < threshold {
            threshold - 1
        } else {
            0
        }
    }
}

/// Everything the gate looks at; `cells` and `truth` have the same length and order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GateInput {
    /// What a reader sees.
    pub cells: Vec<GateCell>,
    /// Parent and children, by position in `cells`.
    pub relations: Vec<(usize, Vec<usize>)>,
    /// What is true.
    pub truth: Vec<Truth>,
    /// The most room that is asked for, in values less one; at least 1 is.
    pub room: Option<i64>,
    /// Certificates of the protection, by position in `cells`. Without them the gate vouches for the
    /// single relations and for linear combinations only.
    pub certificates: Option<Vec<Walk>>,
}

impl GateInput {
    /// Rebuilds the input from the code lists; `shown` gives the published figure of a cell by its
    /// position.
    pub fn of(population: &Population, zeros: Zeros, shown: impl Fn(usize) -> Option<i64>) -> Self {
        let mut positions: HashMap<&[u32], Vec<usize>> = HashMap::new();
        for (position, cell) in population.cells.iter().enumerate() {
            positions.entry(&cell.key).or_default().push(position);
        }
        let mut input = Self::default();
        for (position, cell) in population.cells.iter().enumerate() {
            let structural = cell.visibility == Visibility::StructuralZero;
            let least = match (zeros, cell.visibility) {
                (Zeros::Shown, visibility) if visibility != Visibility::Never => cell.value.min(1),
                _ => 0,
            };
            input.cells.push(GateCell {
                label: population.label(&cell.key),
                shown: if structural { Some(0) } else { shown(position) },
                least,
            });
            input.truth.push(truth(cell));
            let same = positions.get(cell.key.as_slice()).map_or(&[][..], Vec::as_slice);
            if let Some(first) = same.first().filter(|first| **first != position) {
                input.relations.push((*first, vec![position]));
                continue;
            }
            for (at, dimension) in population.dimensions.iter().enumerate() {
                for partition in dimension.partitions_of(cell.key[at]) {
                    let child = |member: &u32| {
                        let mut key = cell.key.clone();
                        key[at] = *member;
                        positions.get(key.as_slice()).and_then(|same| same.first()).copied()
                    };
                    let children: Option<Vec<usize>> =
                        partition.children.iter().map(child).collect();
                    input.relations.extend(children.map(|children| (position, children)));
                }
            }
        }
        let find = |key: &Vec<u32>| positions.get(key.as_slice()).and_then(|p| p.first()).copied();
        for relation in &population.relations {
            let children: Option<Vec<usize>> = relation.children.iter().map(find).collect();
            if let (Some(parent), Some(children)) = (find(&relation.parent), children) {
                input.relations.push((parent, children));
            }
        }
        input
    }
}

fn truth(cell: &CellSpec) -> Truth {
    let exempt = matches!(cell.visibility, Visibility::Exact | Visibility::StructuralZero);
    let threshold = if exempt { 0 } else { cell.threshold };
    Truth { value: cell.value, contributors: cell.contributors, threshold }
}

/// What a passing gate has looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    /// Cells in all.
    pub cells: usize,
    /// Cells shown.
    pub shown: usize,
    /// Cells not shown.
    pub hidden: usize,
    /// Sensitive cells among them.
    pub sensitive: usize,
    /// Relations checked.
    pub relations: usize,
}

/// A reason not to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// The input itself is malformed.
    Malformed {
        /// How.
        why: &'static str,
    },
    /// A shown figure isn't the true one.
    Wrong {
        /// Label of the cell.
        cell: String,
    },
    /// A sensitive figure is shown.
    Shown {
        /// Label of the cell.
        cell: String,
    },
    /// A relation doesn't hold.
    NotAdditive {
        /// Label of the parent.
        parent: String,
    },
    /// A sensitive cell follows from shown ones.
    Determined {
        /// How.
        formula: Formula,
    },
    /// A sum of withheld cells leaves one of them too few values.
    TooLittleRoom {
        /// The sensitive cell.
        cell: String,
        /// The sum.
        formula: Formula,
    },
    /// A certificate doesn't hold.
    Certificate {
        /// Its position, from 0.
        number: usize,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The certificates leave a sensitive cell fewer possible values than it requires.
    TooFewValues {
        /// Its label.
        cell: String,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { why } => write!(f, "the gate's input is malformed: {why}"),
            Self::Wrong { cell } => write!(f, "{cell} is shown with a wrong figure"),
            Self::Shown { cell } => write!(f, "{cell} is sensitive and shown"),
            Self::NotAdditive { parent } => write!(f, "{parent} is not the sum of its parts"),
            Self::Determined { formula } => write!(f, "a sensitive cell is determined: {formula}"),
            Self::TooLittleRoom { cell, formula } => {
                write!(f, "{cell} is left too few possible values: {formula}")
            }
            Self::Certificate { number, why } => {
                write!(f, "certificate number {number} doesn't hold: {why}")
            }
            Self::TooFewValues { cell } => {
                write!(f, "{cell} isn't certified to keep enough possible values")
            }
        }
    }
}

/// Checks what is to be published.
///
/// 1. Every shown figure is the true one. 2. No sensitive cell is shown. 3. The relations hold.
/// 4. No sensitive cell is a linear combination of shown ones. 5. No single relation with a known
///    parent (shown, or determined by shown ones) leaves a withheld part less room than it requires.
/// 6. The certificates hold, and by them every sensitive cell can have as many values as it
///    requires.
///
/// # Errors
///
/// All failures found, in the order above.
pub fn check(input: &GateInput) -> Result<Pass, Vec<Failure>> {
    let count = input.cells.len();
    let in_range = |(parent, children): &(usize, Vec<usize>)| {
        *parent < count && children.iter().all(|child| *child < count)
    };
    if input.truth.len() != count {
        return Err(vec![Failure::Malformed { why: "cells and truth differ in number" }]);
    }
    if !input.relations.iter().all(in_range) {
        return Err(vec![Failure::Malformed { why: "a relation names no cell" }]);
    }
    let mut failures = Vec::new();
    let label = |cell: usize| input.cells[cell].label.clone();
    let required: Vec<i64> = input.truth.iter().map(Truth::required).collect();
    for (position, (cell, truth)) in input.cells.iter().zip(&input.truth).enumerate() {
        if cell.shown.is_some_and(|shown| shown != truth.value) {
            failures.push(Failure::Wrong { cell: label(position) });
        }
        if cell.shown.is_some() && required[position] > 0 {
            failures.push(Failure::Shown { cell: label(position) });
        }
    }
    for (parent, children) in &input.relations {
        let sum: i128 = children.iter().map(|child| i128::from(input.truth[*child].value)).sum();
        if sum != i128::from(input.truth[*parent].value) {
            failures.push(Failure::NotAdditive { parent: label(*parent) });
        }
    }
    let exposed = |cell: usize| input.cells[cell].shown.is_none() && required[cell] > 0;
    let system = System::new(input);
    let known = system.determined();
    for cell in known.iter().copied().filter(|cell| exposed(*cell)) {
        failures.push(Failure::Determined { formula: system.formula(input, cell) });
    }
    let room = Room::new(input, required.clone(), &known);
    failures.extend(input.relations.iter().filter_map(|(p, children)| room.lacking(*p, children)));
    let most = input.room.unwrap_or(i64::MAX).max(1);
    let widths: Vec<i64> = required.iter().map(|width| *width.min(&most)).collect();
    if let Some(walks) = &input.certificates {
        failures.extend(certificates::failures(input, walks, &widths));
    }
    if !failures.is_empty() {
        return Err(failures);
    }
    let shown = input.cells.iter().filter(|cell| cell.shown.is_some()).count();
    let sensitive = required.iter().filter(|room| **room > 0).count();
    let relations = input.relations.len();
    Ok(Pass { cells: count, shown, hidden: count - shown, sensitive, relations })
}

/// What a reader knows of each cell for the check of single relations.
struct Room<'a> {
    input: &'a GateInput,
    required: Vec<i64>,
    /// Shown, or determined linearly.
    known: Vec<bool>,
    least: Vec<i64>,
}

impl<'a> Room<'a> {
    fn new(input: &'a GateInput, mut required: Vec<i64>, determined: &[usize]) -> Self {
        let mut known: Vec<bool> = input.cells.iter().map(|cell| cell.shown.is_some()).collect();
        determined.iter().for_each(|cell| known[*cell] = true);
        let mut least: Vec<i64> = input.cells.iter().map(|cell| cell.least).collect();
        // A parent with one child is that child, so what is known of one is known of the other.
        let pairs: Vec<(usize, usize)> = input
            .relations
            .iter()
            .filter_map(|(p, children)| {
                <[usize; 1]>::try_from(children.as_slice()).ok().map(|[c]| (*p, c))
            })
            .collect();
        loop {
            let before = (least.clone(), required.clone());
            for (a, b) in &pairs {
                let both = least[*a].max(least[*b]);
                (least[*a], least[*b]) = (both, both);
                let both = required[*a].max(required[*b]);
                (required[*a], required[*b]) = (both, both);
            }
            if before.0 == least && before.1 == required {
                return Self { input, required, known, least };
            }
        }
    }

    fn lacking(&self, parent: usize, children: &[usize]) -> Option<Failure> {
        if !self.known[parent] {
            return None;
        }
        let open = || children.iter().copied().filter(|child| !self.known[*child]);
        let neediest = open().max_by_key(|child| self.required[*child])?;
        let asked = self.required[neediest].min(self.input.room.unwrap_or(i64::MAX).max(1));
        let room: i64 = open().map(|child| self.input.truth[child].value - self.least[child]).sum();
        let label = |cell: usize| self.input.cells[cell].label.clone();
        let shown = children.iter().copied().filter(|child| self.known[*child]);
        (room < asked).then(|| Failure::TooLittleRoom {
            cell: label(neediest),
            formula: Formula {
                hidden: open().map(label).collect(),
                terms: std::iter::once((1, label(parent)))
                    .chain(shown.map(|child| (-1, label(child))))
                    .collect(),
                divisor: 1,
            },
        })
    }
}
