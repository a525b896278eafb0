//! The vocabulary of citizens' complaints in Thanh Hoa: report periods, places, competent bodies,
//! kinds and fields of matters, what is counted and in which unit, and the address of a figure.
//!
//! Pure data and rules; it knows no database, no web server and no browser. Vietnamese legal terms
//! and the English names used in the code stand side by side in `docs/GLOSSARY.md`.

#![recursion_limit = "256"]

pub mod area;
pub mod body;
pub mod boundary;
pub mod classification;
pub mod compare;
pub mod day;
pub mod dimension;
pub mod event;
pub mod figure;
pub mod format;
pub mod item;
pub mod locale;
pub mod period;
pub mod rate;
pub mod release;
pub mod slice;
pub mod table;

#[cfg(test)]
mod properties;

pub use classification::{Field, Kind, Referrer};
pub use dimension::{Dim, Members};
pub use figure::{Cell, Status};
pub use item::{Item, Unit};
pub use locale::{Locale, Text};
pub use period::{Period, Span};
pub use rate::Rate;
pub use release::{Check, Reason, ReleaseId, Step};
