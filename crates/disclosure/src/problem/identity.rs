//! Which cells are one variable, and which are known to be zero.

use crate::model::{CellSpec, Visibility};

/// Union-find over cells, with the structural zeros among them.
pub(super) struct Identity {
    up: Vec<usize>,
    /// By root.
    pub(super) structural: Vec<bool>,
    /// Number of joins and marks so far.
    pub(super) changes: usize,
}

impl Identity {
    pub(super) fn new(cells: &[CellSpec]) -> Self {
        let structural =
            cells.iter().map(|cell| cell.visibility == Visibility::StructuralZero).collect();
        Self { up: (0..cells.len()).collect(), structural, changes: 0 }
    }

    pub(super) fn root(&mut self, cell: usize) -> usize {
        let mut at = cell;
        while self.up[at] != at {
            self.up[at] = self.up[self.up[at]];
            at = self.up[at];
        }
        at
    }

    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            let (first, second) = (a.min(b), a.max(b));
            self.up[second] = first;
            self.structural[first] |= self.structural[second];
            self.changes += 1;
        }
    }

    pub(super) fn set_structural(&mut self, cell: usize) {
        let root = self.root(cell);
        if !self.structural[root] {
            self.structural[root] = true;
            self.changes += 1;
        }
    }
}
