//! Postgres: the only place with SQL.
//!
//! Two databases: `register` (restricted: cases) and `published` (public: releases and their
//! cells). Each role has its own pool type, behind its own feature, so that a crate which enables
//! `published` alone has no register SQL linked into it:
//!
//! | feature     | type                         | role             | database    |
//! |-------------|------------------------------|------------------|-------------|
//! | `published` | [`PublishedPool`]            | portal_reader    | `published` |
//! | `publisher` | [`PublisherPool`]            | portal_publisher | `published` |
//! | `register`  | [`register::RegisterPool`]   | portal_registrar | `register`  |
//! | `cluster`   | [`cluster::Cluster`]         | superuser        | both        |
//!
//! The databases refuse what a type does not offer: `setup/` and `migrations/` hold the grants.

#[cfg(any(feature = "published", feature = "publisher"))]
mod calendar;
#[cfg(any(feature = "published", feature = "publisher"))]
mod cell_row;
#[cfg(feature = "cluster")]
pub mod cluster;
#[cfg(any(feature = "published", feature = "publisher", feature = "register"))]
mod day;
#[cfg(any(feature = "published", feature = "publisher"))]
mod geometry;
pub mod migrate;
#[cfg(feature = "published")]
pub mod published;
#[cfg(feature = "publisher")]
pub mod publisher;
#[cfg(feature = "register")]
pub mod register;
#[cfg(any(feature = "published", feature = "publisher"))]
mod remark;
#[cfg(feature = "cluster")]
pub mod testing;
#[cfg(any(feature = "published", feature = "publisher", feature = "register"))]
mod time;

#[cfg(any(feature = "published", feature = "publisher"))]
pub use calendar::{Announcement, EarlyAccess};
#[cfg(any(feature = "published", feature = "publisher"))]
pub use geometry::GeometryInfo;
#[cfg(feature = "published")]
pub use published::{
    CellQuery, FigureVersion, FilePlace, LoggedManifest, PublishedCell, PublishedError,
    PublishedPool, ReleaseInfo, TableInfo,
};
#[cfg(feature = "publisher")]
pub use publisher::{NewFigure, NewGeometry, NewRelease, NewTable, PublisherError, PublisherPool};
#[cfg(feature = "register")]
pub use register::{RegisterError, RegisterPool};
#[cfg(any(feature = "published", feature = "publisher"))]
pub use remark::{Answer, Challenge, Explained, Explanation, NewChallenge, Outcome, Words};
