//! Boundaries: from a file to a drawing. The geometries are made up.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "geometry/borders.rs"]
mod borders;
#[path = "geometry/command.rs"]
mod command;
#[path = "geometry/drawing.rs"]
mod drawing;
#[path = "geometry/made_up.rs"]
mod made_up;
#[path = "geometry/refusal.rs"]
mod refusal;
