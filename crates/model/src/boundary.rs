//! Levels of places whose boundaries the portal can draw, and the codes that a geometry of that
//! level has to have, one shape each.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::area;
use crate::dimension::{commune_member, district_member};

/// A level of places with boundaries of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The 166 communes and wards since 1 July 2025.
    Commune,
    /// The 26 districts of 30 June 2025.
    District,
}

impl Level {
    /// Both levels, the finer first.
    pub const ALL: [Self; 2] = [Self::Commune, Self::District];

    /// The word for it in addresses, in the database and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::District => "district",
        }
    }

    /// Codes of all its places.
    #[must_use]
    pub fn places(self) -> Vec<&'static str> {
        match self {
            Self::Commune => area::communes().iter().map(|c| c.code).collect(),
            Self::District => area::districts26().map(|d| d.code).collect(),
        }
    }

    /// The place that counts what arose in the unit `code`: itself, or the district that it was
    /// merged into before 1 July 2025. `None` if no unit of the level has that code.
    #[must_use]
    pub fn place(self, code: &str) -> Option<&'static str> {
        match self {
            Self::Commune => area::commune(code).map(|c| c.code),
            Self::District => area::district(code)
                .map(|d| if d.merged_into.is_empty() { d.code } else { d.merged_into }),
        }
    }

    /// The name of the unit with `code`, or nothing.
    #[must_use]
    pub fn name(self, code: &str) -> &'static str {
        match self {
            Self::Commune => area::commune(code).map_or("", |c| c.full_name),
            Self::District => area::district(code).map_or("", |d| d.full_name),
        }
    }

    /// Member code of the place with `code` in published tables.
    #[must_use]
    pub fn member(self, code: &str) -> String {
        match self {
            Self::Commune => commune_member(code),
            Self::District => district_member(code),
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// There is no such level.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("boundaries are of level `commune` or `district`")]
pub struct UnknownLevel;

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|l| l.code() == code).ok_or(UnknownLevel)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_a_member_of_the_tables_and_counts_for_itself() {
        for (level, count) in [(Level::Commune, 166), (Level::District, 26)] {
            assert_eq!(level.code().parse(), Ok(level));
            assert_eq!(level.places().len(), count);
            for code in level.places() {
                assert_eq!(level.place(code), Some(code));
                assert!(crate::Dim::Area.members().get(&level.member(code)).is_some(), "{code}");
            }
        }
        assert_eq!("ward".parse::<Level>(), Err(UnknownLevel));
    }

    #[test]
    fn the_district_merged_before_the_change_counts_where_it_went() {
        assert_eq!(Level::District.place("405"), Some("380"));
        assert_eq!(Level::District.place("14758"), None);
        assert_eq!(Level::Commune.place("380"), None);
    }
}
