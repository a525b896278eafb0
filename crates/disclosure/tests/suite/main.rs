//! The crate from outside: attacks that must fail, the peer's cubes, brute force.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod attack_cases;
mod attacks;
mod audit;
mod brute_force;
mod certificates;
mod cube_files;
mod cubes;
mod enumeration;
mod minimality;
mod model;
mod mutation;
mod releases;
mod revisions;
mod support;
