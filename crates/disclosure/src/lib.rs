//! Statistical disclosure control for hierarchical count tables.
//!
//! A figure that is shown is exact; a small count is withheld; and nothing that is shown lets a
//! reader work a withheld count out. The crate knows numbers and code lists only: no database, no
//! web, no subject matter.
//!
//! The way through the crate:
//!
//! 1. [`Lattice::close`] says which extra crossings have to be counted, never to be shown, so that
//!    the relations generate every linear dependency between the published ones.
//! 2. [`Population`] describes the cells; [`Problem::build`] turns it into variables and relations
//!    and checks that every relation adds up.
//!    [`revise`] adds to a release that corrects an earlier one what a reader of both can tell.
//! 3. [`protect`] withholds: the primary rule, a local repair and an exact linear audit, then
//!    certificates in integers, with protection flows where they are missing, and a clean-up.
//! 4. [`gate::check`] reads only what would be published and the truth, shares no code with the
//!    protection, and passes or fails it.
//!
//! # Example: a small part gets a companion
//!
//! ```
//! use disclosure::{
//!     CellSpec, Dimension, Fingerprint, Partition, Policy, Population, Problem, Status, Visibility,
//!     gate, protect,
//! };
//!
//! let codes = ["Total", "a", "b", "c"].map(str::to_owned).to_vec();
//! let parts = vec![Partition { parent: 0, children: vec![1, 2, 3] }];
//! let item = Dimension::new("item", codes, parts)?;
//! let atom = |code: &str| Fingerprint::of_atom(&[7; 16], code.as_bytes());
//! let cell = |member, value: u32, fingerprint| CellSpec {
//!     key: vec![member],
//!     value: value.into(),
//!     contributors: value,
//!     fingerprint,
//!     threshold: 5,
//!     visibility: Visibility::Public,
//! };
//! let population = Population {
//!     name: "cases".into(),
//!     dimensions: vec![item],
//!     cells: vec![
//!         cell(0, 42, ["a", "b", "c"].map(atom).into_iter().sum()),
//!         cell(1, 10, atom("a")),
//!         cell(2, 30, atom("b")),
//!         cell(3, 2, atom("c")),
//!     ],
//!     relations: vec![],
//! };
//! let policy = Policy::default();
//! let mask = protect(&Problem::build(&population)?, &policy)?;
//! assert_eq!(mask.statuses[3], Status::Primary);
//! assert_eq!(mask.statuses[1], Status::Secondary);
//!
//! let seen = |cell: usize| {
//!     (mask.statuses[cell] == Status::Shown).then_some(population.cells[cell].value)
//! };
//! let mut input = gate::GateInput::of(&population, policy.zeros, seen);
//! input.certificates = Some(mask.certificates.clone());
//! let pass = gate::check(&input);
//! assert_eq!(pass.map(|pass| pass.hidden), Ok(2));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Sources
//!
//! - A. Hundepool et al., *Statistical Disclosure Control*, Wiley 2012 (the vocabulary: primary and
//!   secondary suppression, singletons, linked tables).
//! - M. Fischetti, J. J. Salazar-Gonzalez, "Solving the cell suppression problem on tabular data
//!   with linear constraints", *Management Science* 47 (2001) (attacker model, protection levels).
//! - Ø. Langsrud, "Secondary Cell Suppression by Gaussian Elimination", *Privacy in Statistical
//!   Databases* 2024 (linear audit of all tables jointly).

mod attack;
mod audit;
mod certify;
mod cost;
mod decoy;
mod error;
mod field;
mod formula;
pub mod gate;
mod hash;
mod lattice;
mod linear;
mod model;
mod parallel;
mod primary;
mod problem;
mod protect;
mod ratio;
mod repair;
mod revision;
mod walk;

pub use attack::Attack;
pub use audit::{Bounds, Verdict, audit};
pub use error::{ModelError, Refusal};
pub use formula::Formula;
pub use lattice::{Crossing, Lattice, LatticeDimension, Level, LevelId};
pub use linear::Elimination;
pub use model::{
    CellSpec, Dimension, Fingerprint, Key, MemberId, Partition, Population, Published,
    RelationSpec, Visibility, Zeros,
};
pub use primary::{Sensitive, sensitive_variables};
pub use problem::{Problem, Relation, RelationId, Role, VarId, Variable};
pub use protect::{Mask, Policy, Reason, Stage, Status, Width, protect, protect_observed};
pub use ratio::Ratio;
pub use revision::{Before, Change, Origin, Revised, revise};
pub use walk::{Leg, Walk};
