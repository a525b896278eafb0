//! From a description to variables and relations.
//!
//! # Which cells are one variable
//!
//! Two cells are one variable when *a reader knows* that they are equal: they have the same key
//! (the same figure in two tables), or a partition has one child only once structural zeros are
//! left out (single-child chains). Equal fingerprints alone don't merge cells. A total whose only
//! non-empty child happens to hold all its records has that child's fingerprint, but a reader
//! doesn't know it as long as the empty siblings are withheld, and two empty cells have the same
//! fingerprint without having anything to do with each other. Merging those would make zeros
//! useless as complements, and would tie a forced total to a never-shown cell by coincidence.
//! Where the siblings *are* shown, the relation says all that a reader knows. Fingerprints serve to
//! check: every relation must add up in value and in fingerprint, merged cells must agree in both.
//!
//! # Which relations there are
//!
//! For each cell, dimension and partition of its member: the cell is the sum of the cells that
//! differ from it in that member only. If none of them is among the cells the relation is left
//! out; if only some are, it is an error, as protection would silently lose a dependency. Which
//! cells have to be there so that nothing is lost is the subject of [`crate::Lattice`].

use crate::error::ModelError;
use crate::model::{Key, Population, Visibility};

mod build;
mod identity;

use build::RawModel;

/// Position of a variable in [`Problem::variables`].
pub type VarId = u32;
/// Position of a relation in [`Problem::relations`].
pub type RelationId = u32;

/// What may happen to a variable; the strictest of its cells decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Known to be zero: drops out of every relation.
    Structural,
    /// Shown in an earlier release.
    Published,
    /// Has to be shown.
    Forced,
    /// Shown, and never sensitive.
    Exact,
    /// Shown unless protection withholds it.
    Open,
    /// Withheld in an earlier release.
    Withheld,
    /// Shown nowhere.
    Never,
}

impl Role {
    /// Whether the variable is hidden before any protection.
    pub fn starts_hidden(self) -> bool {
        matches!(self, Self::Withheld | Self::Never)
    }
}

/// A unique figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// The count, at least 0.
    pub value: i64,
    /// The least number of contributors among its cells.
    pub contributors: u32,
    /// The greatest threshold among its cells that can be sensitive; 0 if none can.
    pub threshold: u32,
    /// What may happen to it.
    pub role: Role,
    /// Levels above the leaf, summed over the dimensions, of its lowest cell.
    pub height: u16,
    /// Its first cell in input order.
    pub cell: usize,
}

/// `parent = sum(children)`; the children are distinct, sorted and not structural zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation<'a> {
    /// The sum.
    pub parent: VarId,
    /// Its parts, at least one.
    pub children: &'a [VarId],
}

impl<'a> Relation<'a> {
    /// Every member with its sign, the parent first: `+1` parent, `-1` child.
    pub fn terms(self) -> impl Iterator<Item = (VarId, i64)> + Clone + use<'a> {
        std::iter::once((self.parent, 1)).chain(self.children.iter().map(|child| (*child, -1)))
    }
}

/// Variables and relations of a population, checked.
#[derive(Debug, Clone)]
pub struct Problem {
    variables: Vec<Variable>,
    labels: Vec<String>,
    keys: Vec<Key>,
    variable_of_cell: Vec<VarId>,
    visibility_of_cell: Vec<Visibility>,
    parents: Vec<VarId>,
    starts: Vec<u32>,
    children: Vec<VarId>,
    incidence_starts: Vec<u32>,
    incidence: Vec<RelationId>,
}

impl Problem {
    /// Builds and checks.
    ///
    /// Linear in cells times dimensions plus the total length of all relations.
    ///
    /// # Errors
    ///
    /// See [`ModelError`]; the message names the cells.
    pub fn build(population: &Population) -> Result<Self, ModelError> {
        let raw = RawModel::new(population)?;
        let sums = raw.relations()?;
        raw.check_sums(&sums)?;
        let same = raw.merge(&sums)?;
        raw.assemble(&sums, same)
    }

    /// All variables.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// One variable.
    pub fn variable(&self, id: VarId) -> &Variable {
        &self.variables[id as usize]
    }

    /// The variable of each cell of the population, in input order.
    pub fn variables_of_cells(&self) -> &[VarId] {
        &self.variable_of_cell
    }

    /// The visibility each cell was given, in input order.
    pub(crate) fn visibilities(&self) -> &[Visibility] {
        &self.visibility_of_cell
    }

    /// Label of a variable: that of its first cell.
    pub fn label(&self, id: VarId) -> &str {
        &self.labels[id as usize]
    }

    /// Key of a variable's first cell.
    pub fn key(&self, id: VarId) -> &[u32] {
        &self.keys[id as usize]
    }

    /// Number of relations.
    pub fn relation_count(&self) -> usize {
        self.parents.len()
    }

    /// One relation.
    pub fn relation(&self, id: RelationId) -> Relation<'_> {
        let at = id as usize;
        let (from, to) = (self.starts[at] as usize, self.starts[at + 1] as usize);
        Relation { parent: self.parents[at], children: &self.children[from..to] }
    }

    /// All relations.
    pub fn relations(&self) -> impl Iterator<Item = (RelationId, Relation<'_>)> {
        (0..).zip(&self.parents).map(|(id, _)| (id, self.relation(id)))
    }

    /// The relations a variable occurs in.
    pub fn relations_of(&self, id: VarId) -> &[RelationId] {
        let at = id as usize;
        let (from, to) =
            (self.incidence_starts[at] as usize, self.incidence_starts[at + 1] as usize);
        &self.incidence[from..to]
    }
}

impl Problem {
    fn index_relations(&mut self) -> Result<(), ModelError> {
        let total = self.children.len() + self.parents.len();
        u32::try_from(total).map_err(|_overflow| ModelError::TooLarge)?;
        let mut lists: Vec<Vec<RelationId>> = vec![Vec::new(); self.variables.len()];
        for (id, relation) in self.relations() {
            for (member, _) in relation.terms() {
                lists[member as usize].push(id);
            }
        }
        self.incidence_starts.push(0);
        for list in lists {
            self.incidence.extend(list);
            let end =
                u32::try_from(self.incidence.len()).map_err(|_overflow| ModelError::TooLarge)?;
            self.incidence_starts.push(end);
        }
        Ok(())
    }
}
