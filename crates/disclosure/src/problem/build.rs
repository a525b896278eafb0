//! Builds a [`Problem`]: finds the relations, checks the sums, joins what is one variable.

use std::collections::HashMap;

use super::identity::Identity;
use super::{Problem, Role, VarId, Variable};
use crate::error::ModelError;
use crate::model::{CellSpec, Fingerprint, Key, Population, Published, Visibility};

/// A relation between cells, by position in the population.
pub(super) struct Sum {
    parent: usize,
    children: Vec<usize>,
}

pub(super) struct RawModel<'a> {
    population: &'a Population,
    strides: Vec<u128>,
    first_with_key: HashMap<u128, usize>,
}

impl<'a> RawModel<'a> {
    pub(super) fn new(population: &'a Population) -> Result<Self, ModelError> {
        let cells = &population.cells;
        let too_large = |_overflow| ModelError::TooLarge;
        u32::try_from(cells.len()).map_err(too_large)?;
        let mut strides = Vec::with_capacity(population.dimensions.len());
        let mut stride = 1u128;
        for dimension in &population.dimensions {
            strides.push(stride);
            stride = u128::try_from(dimension.members().len())
                .ok()
                .and_then(|size| stride.checked_mul(size.max(1)))
                .ok_or(ModelError::TooLarge)?;
        }
        let mut model = Self { population, strides, first_with_key: HashMap::new() };
        model.first_with_key.reserve(cells.len());
        for (position, cell) in cells.iter().enumerate() {
            model.check_cell(cell)?;
            let packed = model.pack(&cell.key);
            model.first_with_key.entry(packed).or_insert(position);
        }
        Ok(model)
    }

    fn check_cell(&self, cell: &CellSpec) -> Result<(), ModelError> {
        let dimensions = &self.population.dimensions;
        let fits = cell.key.len() == dimensions.len()
            && cell.key.iter().zip(dimensions).all(|(m, d)| (*m as usize) < d.members().len());
        if !fits {
            return Err(ModelError::Key { cell: self.population.label(&cell.key) });
        }
        let fail = |why| Err(ModelError::Cell { cell: self.population.label(&cell.key), why });
        if cell.value < 0 {
            return fail("is negative");
        }
        if cell.visibility == Visibility::StructuralZero && cell.value != 0 {
            return fail("is a structural zero with a count");
        }
        if cell.value == 0 && cell.fingerprint != Fingerprint::default() {
            return fail("is zero but has a fingerprint");
        }
        if cell.value > 0 && cell.fingerprint == Fingerprint::default() {
            return fail("has a count but no fingerprint");
        }
        Ok(())
    }

    fn pack(&self, key: &[u32]) -> u128 {
        key.iter().zip(&self.strides).map(|(member, stride)| u128::from(*member) * stride).sum()
    }

    fn label(&self, cell: usize) -> String {
        self.population.label(&self.population.cells[cell].key)
    }

    /// The relations of all partitions and the explicit ones.
    pub(super) fn relations(&self) -> Result<Vec<Sum>, ModelError> {
        let mut sums = Vec::new();
        for (position, cell) in self.population.cells.iter().enumerate() {
            let packed = self.pack(&cell.key);
            if self.first_with_key.get(&packed) != Some(&position) {
                continue;
            }
            for (at, dimension) in self.population.dimensions.iter().enumerate() {
                let base = packed - u128::from(cell.key[at]) * self.strides[at];
                for partition in dimension.partitions_of(cell.key[at]) {
                    let found: Vec<Option<usize>> = partition
                        .children
                        .iter()
                        .map(|child| base + u128::from(*child) * self.strides[at])
                        .map(|key| self.first_with_key.get(&key).copied())
                        .collect();
                    let children: Vec<usize> = found.iter().flatten().copied().collect();
                    if children.is_empty() {
                        continue;
                    }
                    if let Some(missing) = found.iter().position(Option::is_none) {
                        let mut key = cell.key.clone();
                        key[at] = partition.children[missing];
                        return Err(ModelError::MissingChild {
                            parent: self.label(position),
                            child: self.population.label(&key),
                        });
                    }
                    sums.push(Sum { parent: position, children });
                }
            }
        }
        for relation in &self.population.relations {
            let parent = self.find(&relation.parent)?;
            let children: Result<Vec<usize>, ModelError> =
                relation.children.iter().map(|key| self.find(key)).collect();
            sums.push(Sum { parent, children: children? });
        }
        Ok(sums)
    }

    fn find(&self, key: &Key) -> Result<usize, ModelError> {
        let dimensions = &self.population.dimensions;
        let fits = key.len() == dimensions.len()
            && key.iter().zip(dimensions).all(|(m, d)| (*m as usize) < d.members().len());
        fits.then(|| self.first_with_key.get(&self.pack(key)).copied())
            .flatten()
            .ok_or_else(|| ModelError::MissingCell { cell: self.population.label(key) })
    }

    pub(super) fn check_sums(&self, sums: &[Sum]) -> Result<(), ModelError> {
        let cells = &self.population.cells;
        for sum in sums {
            let parent = &cells[sum.parent];
            let value: i128 = sum.children.iter().map(|c| i128::from(cells[*c].value)).sum();
            let print: Fingerprint = sum.children.iter().map(|c| cells[*c].fingerprint).sum();
            if value != i128::from(parent.value) || print != parent.fingerprint {
                return Err(ModelError::NotAdditive {
                    parent: self.label(sum.parent),
                    children: sum.children.len(),
                    child: sum.children.first().map(|c| self.label(*c)).unwrap_or_default(),
                });
            }
        }
        Ok(())
    }

    /// Joins cells that are one variable, and carries structural zeros through the relations.
    pub(super) fn merge(&self, sums: &[Sum]) -> Result<Identity, ModelError> {
        let cells = &self.population.cells;
        let mut same = Identity::new(cells);
        for (position, cell) in cells.iter().enumerate() {
            if let Some(first) = self.first_with_key.get(&self.pack(&cell.key)) {
                let other = &cells[*first];
                if (other.value, other.fingerprint) != (cell.value, cell.fingerprint) {
                    return Err(ModelError::Unequal {
                        first: self.label(*first),
                        second: self.label(position),
                    });
                }
                same.join(*first, position);
            }
        }
        loop {
            let before = same.changes;
            for sum in sums {
                let parent = same.root(sum.parent);
                if same.structural[parent] {
                    sum.children.iter().for_each(|child| same.set_structural(*child));
                    continue;
                }
                let mut live: Vec<usize> =
                    sum.children.iter().map(|child| same.root(*child)).collect();
                live.retain(|child| !same.structural[*child]);
                match live.as_slice() {
                    [] => same.set_structural(parent),
                    [only] => same.join(parent, *only),
                    several if several.contains(&parent) => {
                        // The parent is one of its own parts: the others are known to be zero.
                        for child in several.iter().filter(|child| **child != parent) {
                            same.set_structural(*child);
                        }
                    }
                    _ => {}
                }
            }
            if same.changes == before {
                return Ok(same);
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "fewer than 2^32 cells, checked in new")]
    pub(super) fn assemble(&self, sums: &[Sum], mut same: Identity) -> Result<Problem, ModelError> {
        let cells = &self.population.cells;
        let mut variable_of_root: HashMap<usize, VarId> = HashMap::new();
        let mut members: Vec<Vec<usize>> = Vec::new();
        let mut variable_of_cell = Vec::with_capacity(cells.len());
        for position in 0..cells.len() {
            let next = members.len() as VarId;
            let id = *variable_of_root.entry(same.root(position)).or_insert(next);
            if id == next {
                members.push(Vec::new());
            }
            members[id as usize].push(position);
            variable_of_cell.push(id);
        }
        let mut variables = Vec::with_capacity(members.len());
        for group in &members {
            let root = same.root(group[0]);
            let structural = same.structural[root];
            variables.push(self.variable(group, structural)?);
        }
        let mut rows: Vec<(VarId, Vec<VarId>)> = Vec::with_capacity(sums.len());
        for sum in sums {
            let parent = variable_of_cell[sum.parent];
            if variables[parent as usize].role == Role::Structural {
                continue;
            }
            let mut children: Vec<VarId> = sum
                .children
                .iter()
                .map(|child| variable_of_cell[*child])
                .filter(|child| variables[*child as usize].role != Role::Structural)
                .collect();
            children.sort_unstable();
            if let Some(pair) = children.windows(2).find(|pair| pair[0] == pair[1]) {
                return Err(ModelError::Repeated {
                    parent: self.label(sum.parent),
                    child: self.label(members[pair[0] as usize][0]),
                });
            }
            if children != [parent] {
                rows.push((parent, children));
            }
        }
        rows.sort_unstable();
        rows.dedup();
        let labels = members.iter().map(|group| self.label(group[0])).collect();
        let keys = members.iter().map(|group| cells[group[0]].key.clone()).collect();
        let mut problem = Problem {
            variables,
            labels,
            keys,
            variable_of_cell,
            visibility_of_cell: cells.iter().map(|cell| cell.visibility).collect(),
            parents: Vec::with_capacity(rows.len()),
            starts: vec![0],
            children: Vec::new(),
            incidence_starts: Vec::new(),
            incidence: Vec::new(),
        };
        for (parent, children) in rows {
            problem.parents.push(parent);
            problem.children.extend(children);
            let end = u32::try_from(problem.children.len());
            problem.starts.push(end.map_err(|_overflow| ModelError::TooLarge)?);
        }
        problem.index_relations()?;
        Ok(problem)
    }

    fn variable(&self, group: &[usize], structural: bool) -> Result<Variable, ModelError> {
        let cells = &self.population.cells;
        let with = |wanted: &[Visibility]| {
            group.iter().copied().find(|cell| wanted.contains(&cells[*cell].visibility))
        };
        let withheld = with(&[Visibility::Fixed(Published::Withheld)]);
        let mut role = if withheld.is_some() { Role::Withheld } else { Role::Never };
        if withheld.is_none() && with(&[Visibility::Public]).is_some() {
            role = Role::Open;
        }
        for (visibility, stronger) in [
            (Visibility::Exact, Role::Exact),
            (Visibility::Forced, Role::Forced),
            (Visibility::Fixed(Published::Shown), Role::Published),
        ] {
            if let Some(shown) = with(&[visibility]) {
                if let (Some(withheld), false) = (withheld, structural) {
                    return Err(ModelError::Contradiction {
                        shown: self.label(shown),
                        withheld: self.label(withheld),
                    });
                }
                role = stronger;
            }
        }
        if structural {
            role = Role::Structural;
        }
        let first = &cells[group[0]];
        let counted = group.iter().map(|cell| &cells[*cell]);
        let threshold = counted
            .clone()
            .filter(|cell| cell.visibility != Visibility::Exact && !structural)
            .map(|cell| cell.threshold)
            .max();
        let height = |cell: &CellSpec| -> u16 {
            let dimensions = self.population.dimensions.iter().zip(&cell.key);
            dimensions.map(|(d, m)| d.height(*m)).fold(0, u16::saturating_add)
        };
        Ok(Variable {
            value: first.value,
            contributors: counted.clone().map(|cell| cell.contributors).min().unwrap_or(0),
            threshold: threshold.unwrap_or(0),
            role,
            height: counted.map(height).min().unwrap_or(0),
            cell: group[0],
        })
    }
}
