//! The description of what is counted and what is to be shown: code lists and cells.
//!
//! These types are all that protection and gate have in common.

use std::collections::HashMap;
use std::iter::Sum;
use std::ops::Add;

use serde::{Deserialize, Serialize};

use crate::error::ModelError;
use crate::hash::siphash;

/// Position of a member in its dimension's code list.
pub type MemberId = u32;

/// One member for each dimension of the population, in the order of its dimensions.
pub type Key = Vec<MemberId>;

/// The additive identity of a set of records: the wrapping sum of a hash of each atom.
///
/// It is zero for an empty set. Additivity lets every relation be checked for what it claims
/// (that the children are a partition of the parent) and not merely for its arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fingerprint(pub u128);

impl Fingerprint {
    /// The fingerprint of one non-empty atom under a secret key.
    pub fn of_atom(key: &[u8; 16], atom: &[u8]) -> Self {
        let mut other = *key;
        other[0] ^= 0x5a;
        let (high, low) = (siphash(key, atom), siphash(&other, atom));
        Self((u128::from(high) << 64) | u128::from(low))
    }
}

impl Add for Fingerprint {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }
}

impl Sum for Fingerprint {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), Add::add)
    }
}

/// One way in which a member falls apart into others, disjoint and complete.
///
/// "Unknown" or "unallocated" has to be a child like any other, or the sum doesn't hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    /// The member that is divided.
    pub parent: MemberId,
    /// Its parts; not empty.
    pub children: Vec<MemberId>,
}

/// A code list whose members form a directed acyclic graph: a member may be divided in several
/// ways (overlapping groupings), and may be part of several others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    name: String,
    members: Vec<String>,
    partitions: Vec<Partition>,
    divided_by: Vec<Vec<u32>>,
    heights: Vec<u16>,
}

impl Dimension {
    /// Checks a code list.
    ///
    /// # Errors
    ///
    /// Names the member when a code occurs twice, a partition is empty, repeats a child or names
    /// an unknown member, or when members contain one another in a circle.
    pub fn new(
        name: impl Into<String>,
        members: Vec<String>,
        partitions: Vec<Partition>,
    ) -> Result<Self, ModelError> {
        let name = name.into();
        let fail = |member: &str, why: &'static str| ModelError::Dimension {
            dimension: name.clone(),
            member: member.to_owned(),
            why,
        };
        let mut seen = HashMap::with_capacity(members.len());
        for code in &members {
            if seen.insert(code.as_str(), ()).is_some() {
                return Err(fail(code, "occurs twice"));
            }
        }
        let mut divided_by = vec![Vec::new(); members.len()];
        for (number, partition) in (0u32..).zip(&partitions) {
            let Some(parent) = members.get(partition.parent as usize) else {
                return Err(fail(&partition.parent.to_string(), "is divided but not listed"));
            };
            if partition.children.is_empty() {
                return Err(fail(parent, "is divided into nothing"));
            }
            let mut children = partition.children.clone();
            children.sort_unstable();
            if children.windows(2).any(|pair| pair[0] == pair[1]) {
                return Err(fail(parent, "repeats a child"));
            }
            if children.last().is_some_and(|last| *last as usize >= members.len()) {
                return Err(fail(parent, "has a child that is not listed"));
            }
            divided_by[partition.parent as usize].push(number);
        }
        let heights = match heights(&partitions, &divided_by) {
            Ok(heights) => heights,
            Err(member) => return Err(fail(&members[member], "contains itself")),
        };
        Ok(Self { name, members, partitions, divided_by, heights })
    }

    /// The dimension's name, as it stands in labels.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The codes, by [`MemberId`].
    pub fn members(&self) -> &[String] {
        &self.members
    }

    /// All partitions.
    pub fn partitions(&self) -> &[Partition] {
        &self.partitions
    }

    /// The partitions of one member; none for a leaf.
    pub fn partitions_of(&self, member: MemberId) -> impl Iterator<Item = &Partition> {
        let numbers = self.divided_by.get(member as usize).map_or(&[][..], Vec::as_slice);
        numbers.iter().filter_map(|number| self.partitions.get(*number as usize))
    }

    /// Longest way down to a leaf, 0 for a leaf.
    pub fn height(&self, member: MemberId) -> u16 {
        self.heights.get(member as usize).copied().unwrap_or(0)
    }
}

/// Longest way down for each member, or a member of a circle.
fn heights(partitions: &[Partition], divided_by: &[Vec<u32>]) -> Result<Vec<u16>, usize> {
    let mut waiting: Vec<usize> = vec![0; divided_by.len()];
    let mut contained_in: Vec<Vec<u32>> = vec![Vec::new(); divided_by.len()];
    for partition in partitions {
        for child in &partition.children {
            waiting[partition.parent as usize] += 1;
            contained_in[*child as usize].push(partition.parent);
        }
    }
    let mut heights = vec![0u16; divided_by.len()];
    let mut ready: Vec<usize> = (0..waiting.len()).filter(|m| waiting[*m] == 0).collect();
    while let Some(member) = ready.pop() {
        for parent in &contained_in[member] {
            let parent = *parent as usize;
            heights[parent] = heights[parent].max(heights[member].saturating_add(1));
            waiting[parent] -= 1;
            if waiting[parent] == 0 {
                ready.push(parent);
            }
        }
    }
    match waiting.iter().position(|left| *left > 0) {
        Some(member) => Err(member),
        None => Ok(heights),
    }
}

/// What an earlier release did with the same figure of the same period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Published {
    /// Its value is known for ever: it can't be withheld any more.
    Shown,
    /// It stays withheld.
    Withheld,
}

/// What may happen to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Visibility {
    /// Shown, unless protection withholds it.
    Public,
    /// Always shown and never sensitive: figures that are not about persons to be protected.
    Exact,
    /// Must be shown; if it can't be, the release is refused.
    Forced,
    /// Never shown: a cell that only links others, or an unpublished one that must not be
    /// derivable. It is protected like any other when it is below its threshold.
    Never,
    /// Bound by an earlier release.
    Fixed(Published),
    /// An impossible combination, known by everyone to be zero. Neither sensitive nor a complement.
    StructuralZero,
}

/// A cell of the population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellSpec {
    /// One member a dimension.
    pub key: Key,
    /// The count, at least 0.
    pub value: i64,
    /// Distinct persons (or other contributors) behind the count.
    pub contributors: u32,
    /// Sum of the hashes of its atoms.
    pub fingerprint: Fingerprint,
    /// Sensitive below this, in records and in contributors; 0 or 1 protects nothing.
    pub threshold: u32,
    /// What may happen to it.
    pub visibility: Visibility,
}

/// A relation that no partition of a dimension gives: a partition that holds only in some
/// combinations, or a balance. `parent = sum(children)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationSpec {
    /// The sum.
    pub parent: Key,
    /// Its parts; with a single child, parent and child are one variable.
    pub children: Vec<Key>,
}

/// All cells that count the same records, of all tables together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Population {
    /// Its name, for messages.
    pub name: String,
    /// The code lists; a key has one member of each.
    pub dimensions: Vec<Dimension>,
    /// The cells, shown or not. A key may occur more than once (the same figure in two tables).
    pub cells: Vec<CellSpec>,
    /// Relations beside those of the partitions.
    pub relations: Vec<RelationSpec>,
}

impl Population {
    /// The label of a key: `area=384 item=received period=2026-Q3`.
    pub fn label(&self, key: &[MemberId]) -> String {
        let mut text = String::new();
        for (dimension, member) in self.dimensions.iter().zip(key) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(dimension.name());
            text.push('=');
            match dimension.members().get(*member as usize) {
                Some(code) => text.push_str(code),
                None => text.push_str(&format!("#{member}")),
            }
        }
        text
    }
}

/// Whether a zero may be withheld to protect another cell. Readers are told which holds, so it
/// fixes what they know of a withheld cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Zeros {
    /// A withheld cell may be zero; readers know it is at least 0.
    #[default]
    Complement,
    /// Zeros are always shown, so readers know that a withheld cell is at least 1.
    Shown,
}
