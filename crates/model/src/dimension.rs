//! The dimensions of published tables: their members, levels and how members split up.
//!
//! Members form a tree along each dimension; a level is a set of members that together make up the
//! whole. `docs/TABLES.md` lists which levels are published.

use std::{collections::HashMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use crate::area::{self, COMMUNES_SINCE, PROVINCE, Region};
use crate::body::{self, BodyClass};
use crate::classification::{Field, Kind, Referrer};
use crate::locale::{Locale, Text};
use crate::period::Period;

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

static MEMBERS: LazyLock<[Members; 5]> =
    LazyLock::new(|| [areas(), bodies(), kinds(), fields(), referrers()]);

fn member(code: &str, levels: &[&'static str], vi: &str, en: &str, parent: Option<&str>) -> Member {
    Member {
        code: code.into(),
        levels: levels.to_vec(),
        name: Text::new(vi, en),
        parent: parent.map(Into::into),
        since: None,
        until: None,
    }
}

/// Member code of the agencies that are counted together.
pub const OTHER_AGENCIES: &str = "KHAC";

fn communes_since() -> i32 {
    Period::quarter_of(COMMUNES_SINCE).last_quarter_index()
}

/// Member code of an old district.
#[must_use]
pub fn district_member(code: &str) -> String {
    format!("D{code}")
}

/// Member code of a commune in force since 1 July 2025.
#[must_use]
pub fn commune_member(code: &str) -> String {
    format!("C{code}")
}

/// Member code for matters of an old district that belong to none of its communes.
#[must_use]
pub fn unallocated_member(district: &str) -> String {
    format!("U{district}")
}

fn areas() -> Members {
    let mut list =
        vec![member(PROVINCE, &["province"], "Toàn tỉnh Thanh Hóa", "Thanh Hóa province", None)];
    for region in Region::ALL {
        let (vi, en) = match region {
            Region::Mountain => ("Miền núi", "Mountain districts"),
            Region::Plain => ("Đồng bằng, trung du", "Plain and midland"),
            Region::Coast => ("Ven biển", "Coast"),
        };
        list.push(member(region.code(), &["region"], vi, en, Some(PROVINCE)));
    }
    for d in area::districts26() {
        let code = district_member(d.code);
        let (vi, en) = (format!("{} (cũ)", d.full_name), format!("{} (former district)", d.name));
        list.push(member(&code, &["district"], &vi, &en, Some(d.region.code())));
    }
    for d in area::districts26() {
        let parent = district_member(d.code);
        for c in area::communes_of(d.code) {
            let mut m = member(
                &commune_member(c.code),
                &["commune"],
                c.full_name,
                c.name_en,
                Some(&parent),
            );
            m.since = Some(communes_since());
            list.push(m);
        }
        let mut m = member(
            &unallocated_member(d.code),
            &["commune"],
            &format!("{} (cũ): chưa phân về xã", d.full_name),
            &format!("{} (former district): not allocated to a commune", d.name),
            Some(&parent),
        );
        m.since = Some(communes_since());
        list.push(m);
    }
    Members::new(list)
}

fn bodies() -> Members {
    let (province, district, commune) = ("B-province", "B-district", "B-commune");
    let districts_until = Period::quarter_of(body::DISTRICTS_UNTIL).last_quarter_index();
    let mut list = vec![
        member("all", &["all"], "Tất cả cơ quan", "All bodies", None),
        member(province, &["class"], "Cơ quan cấp tỉnh", "Provincial bodies", Some("all")),
        member(
            district,
            &["class"],
            "UBND cấp huyện (đến 30/06/2025)",
            "District People's Committees (to 30 June 2025)",
            Some("all"),
        ),
        member(
            commune,
            &["class"],
            "UBND cấp xã (từ 01/07/2025)",
            "Commune People's Committees (from 1 July 2025)",
            Some("all"),
        ),
    ];
    list[2].until = Some(districts_until);
    list[3].since = Some(communes_since());

    for b in
        body::bodies().into_iter().filter(|b| b.class == BodyClass::Province && b.code == b.unit)
    {
        let mut m = member(&b.code, &["group", "unit"], &b.name_vi, &b.name_en, Some(province));
        m.since = b.valid_from.map(|d| Period::quarter_of(d).last_quarter_index());
        m.until = b.valid_to.map(|d| Period::quarter_of(d).last_quarter_index());
        list.push(m);
    }
    list.push(member(
        OTHER_AGENCIES,
        &["group", "unit"],
        "Sở, ngành khác",
        "Other departments",
        Some(province),
    ));

    for region in Region::ALL {
        let (vi, en) = match region {
            Region::Mountain => ("miền núi", "mountain"),
            Region::Plain => ("đồng bằng, trung du", "plain"),
            Region::Coast => ("ven biển", "coast"),
        };
        let name = &region.code()[2..];
        let mut d = member(
            &format!("{district}-{name}"),
            &["group"],
            &format!("UBND các huyện {vi}"),
            &format!("District People's Committees, {en}"),
            Some(district),
        );
        d.until = Some(districts_until);
        let mut c = member(
            &format!("{commune}-{name}"),
            &["group"],
            &format!("UBND các xã, phường {vi}"),
            &format!("Commune People's Committees, {en}"),
            Some(commune),
        );
        c.since = Some(communes_since());
        list.extend([d, c]);
    }
    for d in area::districts26() {
        let name = &d.region.code()[2..];
        let mut m = member(
            &format!("UBND-{}", d.code),
            &["unit"],
            &format!("UBND {}", body::lower_first(d.full_name)),
            &format!("People's Committee of {} district", d.name),
            Some(&format!("{district}-{name}")),
        );
        m.until = Some(districts_until);
        let mut c = member(
            &format!("UBNDX-{}", d.code),
            &["unit"],
            &format!("UBND các xã, phường thuộc {} cũ", body::lower_first(d.full_name)),
            &format!("Commune People's Committees in former {} district", d.name),
            Some(&format!("{commune}-{name}")),
        );
        c.since = Some(communes_since());
        list.extend([m, c]);
    }
    // Each commune committee by itself: only the reception schedule, which is about officials.
    for c in area::communes() {
        let mut m = member(
            &format!("UBND-{}", c.code),
            &["commune_body"],
            &format!("UBND {}", body::lower_first(c.full_name)),
            &format!("People's Committee of {}", c.name_en),
            Some(&format!("UBNDX-{}", c.district)),
        );
        m.since = Some(communes_since());
        list.push(m);
    }
    Members::new(list)
}

fn kinds() -> Members {
    let vi = Locale::Vi;
    let en = Locale::En;
    let mut list = vec![
        member("all", &["all"], "Tất cả", "All kinds", None),
        member(
            "civil",
            &["group"],
            "Khiếu nại và kiến nghị, phản ánh",
            "Complaints, recommendations and feedback",
            Some("all"),
        ),
    ];
    for k in [Kind::Complaint, Kind::Recommendation] {
        list.push(member(k.code(), &["kind"], k.name(vi), k.name(en), Some("civil")));
    }
    let d = Kind::Denunciation;
    list.push(member(d.code(), &["group", "kind"], d.name(vi), d.name(en), Some("all")));
    Members::new(list)
}

fn fields() -> Members {
    let mut list = vec![
        member("all", &["all"], "Tất cả lĩnh vực", "All fields", None),
        member(
            "land",
            &["land"],
            "Đất đai (gồm bồi thường)",
            "Land (incl. site clearance)",
            Some("all"),
        ),
        member("nonland", &["land"], "Lĩnh vực ngoài đất đai", "Other than land", Some("all")),
    ];
    for f in Field::ALL {
        let parent = if f.is_land() { "land" } else { "nonland" };
        list.push(member(
            f.code(),
            &["field"],
            f.name(Locale::Vi),
            f.name(Locale::En),
            Some(parent),
        ));
    }
    Members::new(list)
}

fn referrers() -> Members {
    let mut list = vec![member("all", &["all"], "Mọi nơi chuyển", "All referrers", None)];
    for (code, vi, en) in [
        (
            "fronts",
            "Mặt trận Tổ quốc và tổ chức thành viên",
            "Fatherland Front and its member organisations",
        ),
        ("others", "Đại biểu dân cử, báo chí", "Deputies and the press"),
    ] {
        list.push(member(code, &["group"], vi, en, Some("all")));
    }
    for r in Referrer::ALL {
        let group = match r {
            Referrer::Front | Referrer::FrontMember => "fronts",
            Referrer::Assembly | Referrer::Council | Referrer::Press => "others",
        };
        let (vi, en) = (r.name(Locale::Vi), r.name(Locale::En));
        list.push(member(r.code(), &["referrer"], vi, en, Some(group)));
    }
    Members::new(list)
}

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
