//! Against a real Postgres: what only the database can promise.

#![expect(clippy::unwrap_used, reason = "what a test prepares must succeed")]

mod cluster;
mod geometry;
mod import;
mod isolation;
mod release;
mod remark;
mod sample;
