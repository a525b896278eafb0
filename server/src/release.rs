//! The release pipeline: from the register to a signed bundle, and from the bundle to the public
//! database.
//!
//! 1. [`definitions`] say what is published; [`cube`] lays out every cell.
//! 2. [`facts`] turns records into what they count as; one pass fills the cubes.
//! 3. [`reconcile`] refuses what does not balance. [`history`] finds what the register says otherwise
//!    than when earlier releases were built; [`models`] hands it all to `disclosure`, which withholds by
//!    the [`policy`].
//! 4. [`contents`] fills the tables, [`changes`] lists the published figures that are corrected.
//! 5. [`bundle`] writes plain files; the gate reads them back, follows the certificates ([`restricted`]),
//!    and passes or refuses them.
//! 6. Two have filled in the [`checklist`]; [`keys`] sign the log; [`publish`] verifies a bundle, or all [`releases`], and loads it.

pub mod archive;
pub mod build;
pub mod bundle;
pub mod changes;
pub mod checklist;
mod contents;
mod cube;
mod definitions;
mod durable;
mod error;
mod facts;
mod history;
pub mod keys;
mod measure;
mod models;
mod policy;
pub mod publication;
pub mod publish;
mod reconcile;
pub mod releases;
mod restricted;
mod series;
mod stopwatch;
mod truth;

pub use definitions::tables;
pub use error::{BuildError, Withheld};
