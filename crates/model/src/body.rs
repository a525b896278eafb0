//! Bodies: who is competent for a matter. Agencies of the province, district People's Committees
//! (to 30 June 2025), commune People's Committees (from 1 July 2025).
//!
//! Which departments merged on 1 March 2025 is customary knowledge, not verified against the
//! resolutions; the list is data (`data/bodies.csv`).

use jiff::civil::{Date, date};

use crate::area::{self, COMMUNES_SINCE, Region};

/// A provincial agency as listed in `data/bodies.csv`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Agency {
    pub(crate) code: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) name_vi: &'static str,
    pub(crate) name_en: &'static str,
    pub(crate) valid_from: &'static str,
    pub(crate) valid_to: &'static str,
    pub(crate) successor: &'static str,
}

/// The level of government of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BodyClass {
    /// Provincial People's Committee, departments, Inspectorate, police.
    Province,
    /// District People's Committee, to 30 June 2025.
    District,
    /// Commune People's Committee, from 1 July 2025.
    Commune,
}

/// A body as it appears in a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// `SNNMT`; `UBND-384` for a district; `UBND-14845` for a commune.
    pub code: String,
    /// Level of government.
    pub class: BodyClass,
    /// Member of the published body dimension: the agency itself, or all other agencies (`KHAC`);
    /// the district committee (`UBND-384`, Dong Son's with Thanh Hoa city's); the commune
    /// committees of an old district together (`UBNDX-384`).
    pub unit: String,
    /// Region of a district or commune committee.
    pub region: Option<Region>,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// First day, if it did not exist before 2023.
    pub valid_from: Option<Date>,
    /// Last day, if it was abolished.
    pub valid_to: Option<Date>,
    /// Code of the body that took over its matters, where that is one body.
    pub successor: Option<String>,
}

impl Body {
    /// True if the body existed on `day`.
    #[must_use]
    pub fn exists_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|d| d <= day) && self.valid_to.is_none_or(|d| day <= d)
    }
}

/// Every body of the register: 15 agencies, 27 district committees, 166 commune committees.
#[must_use]
pub fn bodies() -> Vec<Body> {
    let iso = crate::day::parse;
    let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
    let agencies = area::agencies().iter().map(|a| Body {
        code: a.code.into(),
        class: BodyClass::Province,
        unit: a.unit.into(),
        region: None,
        name_vi: a.name_vi.into(),
        name_en: a.name_en.into(),
        valid_from: iso(a.valid_from),
        valid_to: iso(a.valid_to),
        successor: some(a.successor),
    });
    let districts = area::districts().iter().map(|d| Body {
        code: format!("UBND-{}", d.code),
        class: BodyClass::District,
        unit: format!("UBND-{}", if d.merged_into.is_empty() { d.code } else { d.merged_into }),
        region: Some(d.region),
        name_vi: format!("UBND {}", lower_first(d.full_name)),
        name_en: format!("People's Committee of {} district", d.name),
        valid_from: None,
        valid_to: iso(d.valid_to),
        successor: some(d.merged_into).map(|code| format!("UBND-{code}")),
    });
    let communes = area::communes().iter().map(|c| Body {
        code: format!("UBND-{}", c.code),
        class: BodyClass::Commune,
        unit: format!("UBNDX-{}", c.district),
        region: Some(c.region),
        name_vi: format!("UBND {}", lower_first(c.full_name)),
        name_en: format!("People's Committee of {}", c.name_en),
        valid_from: Some(COMMUNES_SINCE),
        valid_to: None,
        successor: None,
    });
    agencies.chain(districts).chain(communes).collect()
}

/// The body with `code`.
#[must_use]
pub fn body(code: &str) -> Option<Body> {
    bodies().into_iter().find(|b| b.code == code)
}

/// Last day of the district level of government.
pub const DISTRICTS_UNTIL: Date = date(2025, 6, 30);

pub(crate) fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn districts_end_where_communes_begin() {
        let all = bodies();
        let on = |day| all.iter().filter(|b| b.exists_on(day)).count();
        let count =
            |class, day| all.iter().filter(|b| b.class == class && b.exists_on(day)).count();
        assert_eq!(count(BodyClass::District, date(2024, 12, 31)), 27);
        assert_eq!(count(BodyClass::District, date(2025, 6, 30)), 26);
        assert_eq!(count(BodyClass::District, date(2025, 7, 1)), 0);
        assert_eq!(count(BodyClass::Commune, date(2025, 6, 30)), 0);
        assert_eq!(count(BodyClass::Commune, date(2025, 7, 1)), 166);
        assert!(on(date(2026, 1, 1)) > 166);
    }

    #[test]
    fn codes_are_unique_and_successors_exist() {
        let all = bodies();
        let mut codes: Vec<_> = all.iter().map(|b| b.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all.len());
        for b in &all {
            if let Some(s) = &b.successor {
                assert!(body(s).is_some(), "{} -> {s}", b.code);
            }
        }
    }
}
