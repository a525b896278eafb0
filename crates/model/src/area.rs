//! Places: province, region, old district (26 units), commune or ward (166 since 1 July 2025).
//!
//! A code alone does not name a place: all 166 codes in force since 1 July 2025 were codes of old
//! communes before, so a place is (code, the day the code is read on). Series across that day run
//! at the level of the old districts.
//!
//! Sources: Resolution 1686/NQ-UBTVQH15 (16 June 2025); Decision 19/2025/QD-TTg (list of codes).
//! That the 11 mountain and 6 coastal districts form regions is customary, not law.

use jiff::civil::{Date, date};

/// The code of the province, Thanh Hoa.
pub const PROVINCE: &str = "38";

/// The day communes replaced districts and old communes.
pub const COMMUNES_SINCE: Date = date(2025, 7, 1);

/// A region of the province.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Region {
    /// The 11 mountain districts.
    Mountain,
    /// Plain and midland.
    Plain,
    /// Coast.
    Coast,
}

impl Region {
    /// All three, in the order in which reports list them.
    pub const ALL: [Self; 3] = [Self::Mountain, Self::Plain, Self::Coast];

    /// The member code in published tables.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mountain => "R-mountain",
            Self::Plain => "R-plain",
            Self::Coast => "R-coast",
        }
    }
}

/// A district-level unit as of 30 June 2025 or, for Dong Son, 31 December 2024.
#[derive(Clone, Copy, Debug)]
pub struct District {
    /// Three digits.
    pub code: &'static str,
    /// Short name, `Mường Lát`.
    pub name: &'static str,
    /// Name with the kind of unit, `Huyện Mường Lát`.
    pub full_name: &'static str,
    /// Region it counts in.
    pub region: Region,
    /// Last day it existed, ISO.
    pub valid_to: &'static str,
    /// Code of the district it was merged into before 1 July 2025, or empty.
    pub merged_into: &'static str,
}

/// A commune or ward in force since 1 July 2025.
#[derive(Clone, Copy, Debug)]
pub struct Commune {
    /// Five digits; an old commune had the same code before 1 July 2025.
    pub code: &'static str,
    /// Short name.
    pub name: &'static str,
    /// Name with the kind of unit.
    pub full_name: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// True for a ward (`phường`).
    pub ward: bool,
    /// The old district that most of it belonged to (26-unit view).
    pub district: &'static str,
    /// Region of that district.
    pub region: Region,
    /// Codes of other old districts it took parts of, separated by blanks; mostly empty.
    pub straddles: &'static str,
    /// Longitude and latitude of its centroid, in degrees (WGS 84).
    pub centre: (f64, f64),
    /// Column and row of its hexagon in the tile map.
    pub tile: (i8, i8),
}

/// Kilometres to a degree of latitude.
const KM_A_DEGREE: f64 = 111.2;

impl Commune {
    /// Kilometres between the centroids of two communes of the province, on a plane through its
    /// middle: exact enough to tell near from far.
    #[must_use]
    pub fn distance_km(&self, other: &Self) -> f64 {
        let latitude = f64::midpoint(self.centre.1, other.centre.1).to_radians();
        let east = (self.centre.0 - other.centre.0) * latitude.cos();
        (self.centre.1 - other.centre.1).hypot(east) * KM_A_DEGREE
    }
}

/// One pair (old commune, its successor) of the conversion table; a split old commune has several.
#[derive(Clone, Copy, Debug)]
pub struct OldCommune {
    /// Five digits.
    pub code: &'static str,
    /// Name with the kind of unit.
    pub name: &'static str,
    /// Its district on 30 June 2025.
    pub district26: &'static str,
    /// Its district until 31 December 2024.
    pub district27: &'static str,
    /// Code of the commune that it, or a part of it, went to.
    pub successor: &'static str,
    /// True if the old commune went to more than one commune.
    pub split: bool,
    /// True for the successor that took most of it.
    pub main_successor: bool,
}

include!(concat!(env!("OUT_DIR"), "/reference.rs"));

use crate::body::Agency;

/// The agencies in `data/bodies.csv`; [`crate::body`] adds the People's Committees.
pub(crate) fn agencies() -> &'static [Agency] {
    &AGENCIES
}

/// The 27 district-level units that existed in 2024.
#[must_use]
pub fn districts() -> &'static [District] {
    &DISTRICTS
}

/// The 26 units of 30 June 2025, at whose level series across that day run.
pub fn districts26() -> impl Iterator<Item = &'static District> {
    DISTRICTS.iter().filter(|d| d.merged_into.is_empty())
}

/// The 166 communes and wards since 1 July 2025.
#[must_use]
pub fn communes() -> &'static [Commune] {
    &COMMUNES
}

/// Old commune to commune, 558 pairs of 547 old communes.
#[must_use]
pub fn crosswalk() -> &'static [OldCommune] {
    &CROSSWALK
}

/// The district with `code`.
#[must_use]
pub fn district(code: &str) -> Option<&'static District> {
    DISTRICTS.iter().find(|d| d.code == code)
}

/// The commune in force since 1 July 2025 with `code`.
#[must_use]
pub fn commune(code: &str) -> Option<&'static Commune> {
    COMMUNES.iter().find(|c| c.code == code)
}

/// The communes whose majority belonged to the old district `code`.
pub fn communes_of(code: &str) -> impl Iterator<Item = &'static Commune> {
    COMMUNES.iter().filter(move |c| c.district == code)
}

/// Where a matter counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Old district, 26-unit view.
    pub district: &'static str,
    /// Commune in force since 1 July 2025; `None` when the matter was recorded at an old commune
    /// that was split, or that went to a commune of another district.
    pub commune: Option<&'static str>,
}

/// Reads the commune code of a record as it was in force on `day`.
///
/// Before 1 July 2025 the code is an old commune's: its district is its own, and it is placed in
/// today's commune only if it went there whole and that commune counts in the same district.
/// `None` if no commune had that code on that day.
#[must_use]
pub fn place(code: &str, day: Date) -> Option<Place> {
    if day >= COMMUNES_SINCE {
        let c = commune(code)?;
        return Some(Place { district: c.district, commune: Some(c.code) });
    }
    let old = CROSSWALK.iter().find(|o| o.code == code)?;
    let whole = (!old.split)
        .then(|| commune(old.successor))
        .flatten()
        .filter(|c| c.district == old.district26)
        .map(|c| c.code);
    Some(Place { district: old.district26, commune: whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_on_the_map() {
        let [city, border] = ["14797", "14845"].map(|code| commune(code).unwrap());
        let km = city.distance_km(border);
        assert!((140.0..170.0).contains(&km), "from the city to Mường Lát: {km}");
        assert!((km - border.distance_km(city)).abs() < 1e-9);
    }

    #[test]
    fn a_code_names_different_places_before_and_after_the_change() {
        // 14758 was ward Dong Tho, which was split; since 1 July 2025 it is ward Ham Rong.
        let before = place("14758", date(2025, 6, 30)).unwrap();
        let after = place("14758", date(2025, 7, 1)).unwrap();
        assert_eq!(before, Place { district: "380", commune: None });
        assert_eq!(after, Place { district: "380", commune: Some("14758") });
    }

    #[test]
    fn an_old_commune_keeps_its_own_district_when_its_successor_straddles() {
        let moved: Vec<_> = crosswalk()
            .iter()
            .filter(|o| commune(o.successor).is_some_and(|c| c.district != o.district26))
            .collect();
        assert!(moved.len() >= 5);
        for old in moved {
            let p = place(old.code, date(2024, 1, 1)).unwrap();
            assert_eq!(p, Place { district: old.district26, commune: None });
        }
    }

    #[test]
    fn the_reference_tables_hold_the_units_the_law_lists() {
        assert_eq!(communes().len(), 166);
        assert_eq!(districts26().count(), 26);
        assert_eq!(communes().iter().filter(|c| c.ward).count(), 19);
        let regions = Region::ALL.map(|r| communes().iter().filter(|c| c.region == r).count());
        assert_eq!(regions, [76, 52, 38]);
        for c in communes() {
            assert_eq!(district(c.district).unwrap().region, c.region);
        }
    }
}
