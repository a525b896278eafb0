//! The release pipeline: from the register to a signed bundle, and from the bundle to the public
//! database.
//!
//! 1. [`definitions`] say what is published; [`cube`] lays out every cell.
//! 2. [`facts`] turns records into what they count as; one pass fills the cubes.
//! 3. [`policy`] and `disclosure` withhold; [`reconcile`] refuses what does not balance.
//! 4. [`bundle`] writes plain files; the gate reads them back, follows the [`certificates`], and
//!    passes or refuses them.
//! 5. [`keys`] sign the log; [`publish`] verifies a bundle, or all [`releases`], and loads it.

pub mod archive;
pub mod build;
pub mod bundle;
mod certificates;
mod cube;
mod definitions;
mod durable;
mod error;
mod facts;
pub mod keys;
mod measure;
mod policy;
pub mod publish;
mod reconcile;
pub mod releases;
mod stopwatch;

pub use definitions::tables;
pub use error::{BuildError, Withheld};
