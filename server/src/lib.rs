//! The portal's server side: import, release pipeline, demonstration and web server, as a library
//! so that tests reach every part. The binary `portal` is a thin command line over it.

pub mod calendar;
pub mod cli;
pub mod database;
pub mod demo;
pub mod demonstration;
pub mod error;
pub mod failpoints;
pub mod geometry;
pub mod import;
pub mod output;
pub mod protect;
pub mod release;
pub mod remarks;
pub mod report;
pub mod verify;
pub mod web;
