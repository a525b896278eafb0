//! The dimensions of published tables: their members, levels and how members split up.
//!
//! Members form a tree along each dimension; a level is a set of members that together make up the
//! whole. `docs/TABLES.md` lists which levels are published.

mod members;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::area::{self, PROVINCE};
use crate::classification::Field;
use crate::locale::{Locale, Text};
use crate::period::Period;

pub use members::{OTHER_AGENCIES, commune_member, district_member, unallocated_member};

/// A dimension of a published table, beside period and item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dim {
    /// Where the matter arose.
    Area,
    /// Who is competent at the end of the period.
    Body,
    /// Kind of matter.
    Kind,
    /// Field of the matter.
    Field,
    /// Who transferred it.
    Referrer,
}

impl Dim {
    /// All dimensions, in the order of columns in files.
    pub const ALL: [Self; 5] = [Self::Area, Self::Body, Self::Kind, Self::Field, Self::Referrer];

    /// Column and query name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Body => "body",
            Self::Kind => "kind",
            Self::Field => "field",
            Self::Referrer => "referrer",
        }
    }

    /// The dimension with `code`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.code() == code)
    }

    /// Heading in `locale`.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Area, Locale::Vi) => "Địa bàn",
            (Self::Area, Locale::En) => "Area",
            (Self::Body, Locale::Vi) => "Cơ quan",
            (Self::Body, Locale::En) => "Body",
            (Self::Kind, Locale::Vi) => "Loại",
            (Self::Kind, Locale::En) => "Kind",
            (Self::Field, Locale::Vi) => "Lĩnh vực",
            (Self::Field, Locale::En) => "Field",
            (Self::Referrer, Locale::Vi) => "Nơi chuyển đơn",
            (Self::Referrer, Locale::En) => "Referrer",
        }
    }

    /// The member that holds everything.
    #[must_use]
    pub const fn total(self) -> &'static str {
        match self {
            Self::Area => PROVINCE,
            _ => "all",
        }
    }

    /// Its levels, coarse to fine; each refines the one before it.
    #[must_use]
    pub const fn levels(self) -> &'static [&'static str] {
        match self {
            Self::Area => &["province", "region", "district", "commune"],
            Self::Body => &["all", "class", "group", "unit", "commune_body"],
            Self::Kind => &["all", "group", "kind"],
            Self::Field => &["all", "land", "field"],
            Self::Referrer => &["all", "group", "referrer"],
        }
    }

    /// Its members.
    #[must_use]
    pub fn members(self) -> &'static Members {
        &MEMBERS[self as usize]
    }
}

/// A member of a dimension.
#[derive(Clone, Debug)]
pub struct Member {
    /// Code in files and addresses.
    pub code: String,
    /// Levels it belongs to: coarse to fine; a department is both a group and a unit of bodies.
    pub levels: Vec<&'static str>,
    /// Name in both languages.
    pub name: Text,
    /// The member it belongs to in the main tree; `None` for the total.
    pub parent: Option<String>,
    /// First quarter with data, as a consecutive number.
    pub since: Option<i32>,
    /// Last quarter with data, as a consecutive number.
    pub until: Option<i32>,
}

impl Member {
    /// True for what is left over beside named members ("khác", "chưa phân về xã"): it stands last
    /// wherever members are sorted, however much it counts.
    #[must_use]
    pub fn is_residual(&self) -> bool {
        let field = [Field::OtherAdmin, Field::Other].iter().any(|f| f.code() == self.code);
        let unallocated = self.code.strip_prefix('U').is_some_and(|d| area::district(d).is_some());
        field || unallocated || self.code == OTHER_AGENCIES
    }

    /// True if the member has figures of the last quarter of `period`.
    #[must_use]
    pub fn lasts_through(&self, period: Period) -> bool {
        self.until.is_none_or(|until| until >= period.last_quarter_index())
    }

    /// True if the member existed at some time within `period`.
    #[must_use]
    pub fn exists_in(&self, period: Period) -> bool {
        let last = period.last_quarter_index();
        let first = last - i32::from(period.quarter_range().1 - period.quarter_range().0);
        self.since.is_none_or(|s| s <= last) && self.until.is_none_or(|u| first <= u)
    }
}

/// A member and the members that it splits into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    /// Code of the whole.
    pub parent: String,
    /// Codes of the parts.
    pub children: Vec<String>,
}

/// The members of one dimension, parents before children.
#[derive(Debug)]
pub struct Members {
    list: Vec<Member>,
    index: HashMap<String, usize>,
    partitions: Vec<Partition>,
}

impl Members {
    fn new(list: Vec<Member>) -> Self {
        let index = list.iter().enumerate().map(|(i, m)| (m.code.clone(), i)).collect();
        let mut partitions: Vec<Partition> = Vec::new();
        for member in &list {
            let Some(parent) = &member.parent else { continue };
            match partitions.iter_mut().find(|p| &p.parent == parent) {
                Some(p) => p.children.push(member.code.clone()),
                None => partitions.push(Partition {
                    parent: parent.clone(),
                    children: vec![member.code.clone()],
                }),
            }
        }
        Self { list, index, partitions }
    }

    /// Every member.
    #[must_use]
    pub fn all(&self) -> &[Member] {
        &self.list
    }

    /// The member with `code`.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Member> {
        self.index.get(code).map(|&i| &self.list[i])
    }

    /// Position of `code` in [`Members::all`].
    #[must_use]
    pub fn position(&self, code: &str) -> Option<usize> {
        self.index.get(code).copied()
    }

    /// The members of `level`, in order.
    pub fn at_level<'a>(&'a self, level: &'a str) -> impl Iterator<Item = &'a Member> {
        self.list.iter().filter(move |m| m.levels.contains(&level))
    }

    /// Name of the member with `code`, or the code itself if it is unknown.
    #[must_use]
    pub fn name<'a>(&'a self, code: &'a str, locale: Locale) -> &'a str {
        self.get(code).map_or(code, |m| m.name.get(locale))
    }

    /// The direct children of `code` in the main tree.
    pub fn children<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Member> {
        self.list.iter().filter(move |m| m.parent.as_deref() == Some(code))
    }

    /// Every way a member splits up; the parts add up to the whole.
    #[must_use]
    pub fn partitions(&self) -> &[Partition] {
        &self.partitions
    }
}

static MEMBERS: LazyLock<[Members; 5]> = LazyLock::new(members::all);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_but_the_total_has_a_parent_that_exists() {
        for dim in Dim::ALL {
            let members = dim.members();
            assert_eq!(members.all()[0].code, dim.total());
            for m in &members.all()[1..] {
                let parent = m.parent.as_deref().unwrap();
                let at = members.position(parent).unwrap_or_else(|| panic!("{parent}"));
                assert!(at < members.position(&m.code).unwrap(), "{}", m.code);
            }
        }
    }

    #[test]
    fn what_is_left_over_is_told_from_what_has_a_name() {
        let residual = |dim: Dim| {
            dim.members().all().iter().filter(|m| m.is_residual()).map(|m| m.code.as_str())
        };
        assert_eq!(residual(Dim::Field).collect::<Vec<_>>(), ["other_admin", "other"]);
        assert_eq!(residual(Dim::Body).collect::<Vec<_>>(), [OTHER_AGENCIES]);
        assert_eq!(residual(Dim::Area).count(), 26);
        assert_eq!(residual(Dim::Kind).chain(residual(Dim::Referrer)).count(), 0);
    }

    #[test]
    fn districts_and_communes_are_bodies_in_their_own_time() {
        let bodies = Dim::Body.members();
        let q = |s: &str| s.parse::<Period>().unwrap();
        assert!(bodies.get("UBND-384").unwrap().exists_in(q("2025-Q3")));
        assert!(!bodies.get("UBND-384").unwrap().exists_in(q("2025-Q4")));
        assert!(bodies.get("UBND-384").unwrap().exists_in(q("2025")));
        assert!(!bodies.get("UBNDX-384").unwrap().exists_in(q("2025-6M")));
        assert!(bodies.get("UBND-14845").unwrap().exists_in(q("2025-Q3")));
    }
}
