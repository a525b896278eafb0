//! Urban and rural peers: cities and towns beside rural districts, wards beside communes.

use model::{Dim, area};

/// What a place is, or the place of a committee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// A city or town (`thành phố, thị xã`) of 30 June 2025; a ward (`phường`) since then.
    Urban,
    /// A rural district (`huyện`) of 30 June 2025; a commune that is no ward (`xã`) since then.
    Rural,
}

impl Setting {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Urban, Self::Rural];

    /// The code in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Urban => "urban",
            Self::Rural => "rural",
        }
    }

    /// The one with `code`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.code() == code)
    }

    /// That of the member `code` of `dim`: of a place, of its committee, or of the commune committees of a
    /// former district together. `None` for whatever is larger, or no such place.
    #[must_use]
    pub fn of(dim: Dim, code: &str) -> Option<Self> {
        let prefixes: &[&str] = match dim {
            Dim::Area => &["D", "C"],
            Dim::Body => &["UBND-", "UBNDX-"],
            Dim::Kind | Dim::Field | Dim::Referrer => &[],
        };
        let place = prefixes.iter().find_map(|prefix| code.strip_prefix(prefix))?;
        // Of districts the register's lists have the kind in the name alone.
        let district = area::district(place).map(|d| !d.full_name.starts_with("Huyện "));
        let urban = district.or_else(|| area::commune(place).map(|c| c.ward))?;
        Some(if urban { Self::Urban } else { Self::Rural })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_committees_are_what_their_unit_is() {
        let of = |dim, code| Setting::of(dim, code);
        for (dim, urban, rural) in
            [(Dim::Area, "D382", "D384"), (Dim::Body, "UBND-407", "UBND-399")]
        {
            assert_eq!(of(dim, urban), Some(Setting::Urban), "{urban}");
            assert_eq!(of(dim, rural), Some(Setting::Rural), "{rural}");
        }
        // Committees of communes together are what their former district was, each is what it is.
        assert_eq!(of(Dim::Body, "UBNDX-380"), Some(Setting::Urban));
        assert_eq!(of(Dim::Body, "UBNDX-384"), Some(Setting::Rural));
        assert_eq!(of(Dim::Body, "UBND-14758"), Some(Setting::Urban));
        for (dim, code) in [
            (Dim::Area, "38"),
            (Dim::Area, "U380"),
            (Dim::Area, "R-coast"),
            (Dim::Body, "SXD"),
            (Dim::Body, "B-commune"),
            (Dim::Field, "land"),
        ] {
            assert_eq!(of(dim, code), None, "{code}");
        }
    }

    #[test]
    fn every_district_and_commune_is_one_of_them() {
        let count = |level: &str, dim: Dim| {
            let all = dim.members().at_level(level).filter(|m| !m.is_residual());
            let each: Vec<_> = all.map(|m| Setting::of(dim, &m.code).unwrap()).collect();
            let urban = each.iter().filter(|s| **s == Setting::Urban).count();
            (urban, each.len() - urban)
        };
        assert_eq!(count("district", Dim::Area), (4, 22));
        assert_eq!(count("commune", Dim::Area), (19, 147));
        assert_eq!(count("commune_body", Dim::Body), (19, 147));
    }
}
