//! Two layers of errors: [`ModelError`] for a description that isn't sound (a mistake of the
//! caller), [`Refusal`] for a sound description that can't be published as asked (a decision for a
//! person). Both name cells by their labels and never give a count.

use thiserror::Error;

use crate::formula::Formula;

/// The description of a population is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A code list is malformed.
    #[error("dimension {dimension}: member {member} {why}")]
    Dimension {
        /// Name of the dimension.
        dimension: String,
        /// Code of the member.
        member: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A key has the wrong length or an unknown member, or the key space exceeds 128 bits.
    #[error("cell {cell}: the key doesn't fit the dimensions")]
    Key {
        /// Label of the cell.
        cell: String,
    },
    /// A value is negative, a structural zero isn't zero, or value and fingerprint disagree.
    #[error("cell {cell}: {why}")]
    Cell {
        /// Label of the cell.
        cell: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Two cells are the same variable but don't have the same value or fingerprint.
    #[error("{first} and {second} are the same figure but differ")]
    Unequal {
        /// Label of one cell.
        first: String,
        /// Label of the other.
        second: String,
    },
    /// Two cells are the same variable; one has to be shown, the other stays withheld.
    #[error("{shown} has to be shown but is the same figure as {withheld}, which stays withheld")]
    Contradiction {
        /// Label of the cell that has to be shown.
        shown: String,
        /// Label of the cell that stays withheld.
        withheld: String,
    },
    /// Some but not all children of a partition are among the cells.
    #[error("{parent} is divided, but its child {child} is not among the cells")]
    MissingChild {
        /// Label of the parent.
        parent: String,
        /// Label of the missing child.
        child: String,
    },
    /// An explicit relation names a cell that isn't there.
    #[error("a relation names {cell}, which is not among the cells")]
    MissingCell {
        /// Label of the missing cell.
        cell: String,
    },
    /// A revision has to say for each cell what was there before.
    #[error("{cells} cells are revised, but {before} are told of what was there before")]
    Revision {
        /// Number of cells.
        cells: usize,
        /// Number of entries.
        before: usize,
    },
    /// Parent and children don't add up, in value or in fingerprint.
    #[error("{parent} is not the sum of its {children} children, the first being {child}")]
    NotAdditive {
        /// Label of the parent.
        parent: String,
        /// Number of children.
        children: usize,
        /// Label of the first child.
        child: String,
    },
    /// The same variable occurs twice among the children of one parent.
    #[error("{parent} counts {child} twice")]
    Repeated {
        /// Label of the parent.
        parent: String,
        /// Label of the repeated child.
        child: String,
    },
    /// The levels of a dimension don't form what [`crate::Lattice`] needs.
    #[error("dimension {dimension}: levels {first} and {second} {why}")]
    Levels {
        /// Name of the dimension.
        dimension: String,
        /// Name of one level.
        first: String,
        /// Name of the other.
        second: String,
        /// What is missing.
        why: &'static str,
    },
    /// A crossing has the wrong length or an unknown level.
    #[error("crossing number {position} doesn't fit the lattice")]
    Crossing {
        /// Position in the input, from 0.
        position: usize,
    },
    /// More cells or relations than 32 bits can number.
    #[error("the population is too large")]
    TooLarge,
}

/// The release can't be published as asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Refusal {
    /// A figure that has to be shown is itself sensitive.
    #[error("{cell} has to be shown but is sensitive")]
    ForcedSensitive {
        /// Label of the cell.
        cell: String,
    },
    /// An earlier release shows a figure that is sensitive.
    #[error("{cell} is sensitive but was shown in an earlier release")]
    PublishedSensitive {
        /// Label of the cell.
        cell: String,
    },
    /// Figures that have to be shown disclose a sensitive cell.
    #[error("figures that have to be shown disclose a sensitive cell: {formula}")]
    ForcedInTheWay {
        /// How.
        formula: Formula,
    },
    /// Figures of earlier releases alone disclose a sensitive cell.
    #[error("figures of earlier releases disclose a sensitive cell: {formula}")]
    PublishedDetermines {
        /// How.
        formula: Formula,
    },
    /// A sensitive cell is determined by a combination too large for a checked formula.
    #[error("{cell} is disclosed by a combination of figures too large to print")]
    Unprintable {
        /// Label of the cell.
        cell: String,
    },
    /// No certificate was found for a sensitive cell, whatever else may be withheld.
    #[error("{cell} can't be shown to keep as many possible values as it needs")]
    Uncertified {
        /// Label of the cell.
        cell: String,
    },
    /// Protection was not reached within the policy's rounds or work units.
    #[error("no protection within {rounds} rounds and {work} work units")]
    Budget {
        /// Rounds done.
        rounds: u32,
        /// Work units spent.
        work: u64,
    },
}
