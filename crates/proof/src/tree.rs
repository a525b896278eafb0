//! The Merkle tree over the canonical lines of a release (RFC 6962, section 2.1).

use std::cell::RefCell;
use std::collections::HashMap;

use tlog_tiles::tlog::{self, Error, Hash, HashReader};

/// A Merkle tree that grows at its right edge.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    stored: Stored,
    size: u64,
}

#[derive(Clone, Debug, Default)]
struct Stored(Vec<Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        indexes
            .iter()
            .map(|i| usize::try_from(*i).ok().and_then(|i| self.0.get(i).copied()))
            .collect::<Option<_>>()
            .ok_or(Error::IndexesNotInTree)
    }
}

impl Tree {
    /// The tree over `leaves` in their order.
    ///
    /// # Errors
    ///
    /// Never for leaves that fit in memory; the hash store is complete by construction.
    pub fn of<'a>(leaves: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, Error> {
        let mut tree = Self::default();
        for leaf in leaves {
            tree.push(leaf)?;
        }
        Ok(tree)
    }

    /// Appends a leaf.
    ///
    /// # Errors
    ///
    /// As [`Tree::of`].
    pub fn push(&mut self, leaf: &[u8]) -> Result<(), Error> {
        let hashes = tlog::stored_hashes(self.size, leaf, &self.stored)?;
        self.stored.0.extend(hashes);
        self.size += 1;
        Ok(())
    }

    /// Number of leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root hash.
    ///
    /// # Errors
    ///
    /// As [`Tree::of`].
    pub fn root(&self) -> Result<Hash, Error> {
        tlog::tree_hash(self.size, &self.stored)
    }

    /// The root hash in lower-case hexadecimal.
    ///
    /// # Errors
    ///
    /// As [`Tree::of`].
    pub fn root_hex(&self) -> Result<String, Error> {
        Ok(crate::hex(&self.root()?))
    }

    /// The audit path of leaf `index`, for a reader who has the root.
    ///
    /// # Errors
    ///
    /// When there is no such leaf.
    pub fn prove(&self, index: u64) -> Result<Vec<Hash>, Error> {
        self.prove_in(self.size, index)
    }

    /// The same in the tree of the first `size` leaves, for a reader who has its root.
    ///
    /// # Errors
    ///
    /// When there are not so many leaves, or no such leaf is among them.
    pub fn prove_in(&self, size: u64, index: u64) -> Result<Vec<Hash>, Error> {
        tlog::prove_record(size, index, &self.stored)
    }

    /// The consistency path from the tree of the first `size` leaves to this one (RFC 6962,
    /// section 2.1.2).
    ///
    /// # Errors
    ///
    /// When `size` is zero or more than there are.
    pub fn prove_prefix(&self, size: u64) -> Result<Vec<Hash>, Error> {
        tlog::prove_tree(self.size, size, &self.stored)
    }

    /// All hashes of the tree, 32 bytes each: those of leaves and of what stands over them, each as
    /// soon as it is known (the order of `tlog::stored_hash_index`). A path needs few of them
    /// ([`Places`]).
    #[must_use]
    pub fn hashes(&self) -> Vec<u8> {
        self.stored.0.iter().flat_map(|hash| hash.0).collect()
    }
}

/// Which hashes of a tree the audit path of one leaf is made of: what is kept of a tree is its
/// hashes, and a path reads a few of them.
#[derive(Clone, Debug)]
pub struct Places {
    size: u64,
    leaf: u64,
    places: Vec<u64>,
}

/// Notes which hashes are asked for.
#[derive(Default)]
struct Asked(RefCell<Vec<u64>>);

impl HashReader for Asked {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        self.0.borrow_mut().extend(indexes);
        Ok(vec![Hash([0; 32]); indexes.len()])
    }
}

/// Some hashes by their places.
struct Given(HashMap<u64, Hash>);

impl HashReader for Given {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        let hashes = indexes.iter().map(|i| self.0.get(i).copied());
        hashes.collect::<Option<_>>().ok_or(Error::IndexesNotInTree)
    }
}

impl Places {
    /// What the path of `leaf` in a tree of `size` leaves needs.
    ///
    /// # Errors
    ///
    /// When there is no such leaf.
    pub fn of(size: u64, leaf: u64) -> Result<Self, Error> {
        let asked = Asked::default();
        tlog::prove_record(size, leaf, &asked)?;
        Ok(Self { size, leaf, places: asked.0.into_inner() })
    }

    /// Places among [`Tree::hashes`], from 0.
    #[must_use]
    pub fn places(&self) -> &[u64] {
        &self.places
    }

    /// The audit path, made of `hashes`: those at [`Places::places`], in that order.
    ///
    /// # Errors
    ///
    /// When they are too few.
    pub fn path(&self, hashes: &[[u8; 32]]) -> Result<Vec<Hash>, Error> {
        let hashes = hashes.iter().map(|bytes| Hash(*bytes));
        let read = Given(self.places.iter().copied().zip(hashes).collect());
        tlog::prove_record(self.size, self.leaf, &read)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_tree_of_one_leaf_is_the_leaf_hash_of_rfc_6962() {
        // SHA-256 of a zero byte: the leaf hash of the empty record (RFC 6962 test vector).
        let tree = Tree::of([&b""[..]]).unwrap();
        assert_eq!(
            tree.root_hex().unwrap(),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        );
    }

    proptest! {
        #[test]
        fn every_leaf_is_provable_and_a_changed_leaf_is_not(
            leaves in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..9), 1..40),
            pick in any::<prop::sample::Index>(),
        ) {
            let tree = Tree::of(leaves.iter().map(Vec::as_slice)).unwrap();
            let at = pick.index(leaves.len());
            let index = u64::try_from(at).unwrap();
            let proof = tree.prove(index).unwrap();
            let root = tree.root().unwrap();
            let hash = tlog::record_hash(&leaves[at]);
            prop_assert!(tlog::check_record(&proof, tree.size(), root, index, hash).is_ok());
            let places = Places::of(tree.size(), index).unwrap();
            let kept = tree.hashes();
            let read = |place: &u64| {
                let at = usize::try_from(*place).unwrap() * 32;
                kept[at..at + 32].try_into().unwrap()
            };
            let few: Vec<[u8; 32]> = places.places().iter().map(read).collect();
            prop_assert_eq!(&places.path(&few).unwrap(), &proof);
            if let Some((_, fewer)) = few.split_last() {
                prop_assert!(places.path(fewer).is_err());
            }
            let mut changed = leaves[at].clone();
            changed.push(1);
            let hash = tlog::record_hash(&changed);
            prop_assert!(tlog::check_record(&proof, tree.size(), root, index, hash).is_err());
        }
    }
}
