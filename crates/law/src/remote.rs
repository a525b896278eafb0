//! Where limits for remote areas apply: "vùng sâu, vùng xa, đi lại khó khăn" (Law on Complaints 2011,
//! articles 28, 33, 37 and 44). The law names no list; one is kept as data.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::area;

use crate::error::LawError;
use crate::table::Table;

/// Communes, and former districts with all of theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remote {
    /// By code: since when, and whether an official source says so.
    places: BTreeMap<String, (Date, bool)>,
}

const FILE: &str = "remote.csv";
const COLUMNS: [&str; 4] = ["code", "valid_from", "source", "verified"];

impl Remote {
    pub(crate) fn parse(text: &str) -> Result<Self, LawError> {
        let table = Table::parse(FILE, COLUMNS, text)?;
        let mut places = BTreeMap::new();
        for row in table.rows() {
            let (code, since) = (row.text(0)?, row.day(1)?);
            if area::district(code).is_none() && area::commune(code).is_none() {
                let why = format!("`{code}` is no commune and no former district of the province");
                return Err(row.wrong(0, why));
            }
            row.text(2)?;
            if places.insert(code.to_owned(), (since, row.verified(3)?)).is_some() {
                return Err(row.wrong(0, format!("{code} is there twice")));
            }
        }
        Ok(Self { places })
    }

    /// True if the commune with `code`, as it was in force on `day`, is remote.
    #[must_use]
    pub fn contains(&self, code: &str, day: Date) -> bool {
        let Some(place) = area::place(code, day) else { return false };
        let codes = place.commune.into_iter().chain([place.district]);
        codes.filter_map(|code| self.places.get(code)).any(|(since, _)| day >= *since)
    }

    /// True if every place is there by an official source.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.places.values().all(|(_, verified)| *verified)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Law;

    const HEAD: &str = "code,valid_from,source,verified\n";

    #[test]
    fn communes_of_a_remote_district_are_remote() {
        let remote = Law::standard().remote();
        // Muong Lat's town before, and the commune after 1 July 2025; a ward in the city.
        assert!(
            remote.contains("14845", date(2025, 4, 1))
                && remote.contains("14845", date(2026, 4, 1))
        );
        assert!(!remote.contains("14758", date(2026, 4, 1)));
        assert!(!remote.contains("nowhere", date(2026, 4, 1)));
        assert!(!remote.is_verified());
        let since = Remote::parse(&format!("{HEAD}384,2026-01-01,Decision,yes\n")).unwrap();
        assert!(!since.contains("14845", date(2025, 12, 31)) && since.is_verified());
        assert!(since.contains("14845", date(2026, 1, 1)));
    }

    #[test]
    fn what_is_wrong_is_named_by_row_and_column() {
        for (text, why) in [
            (format!("{HEAD}1,2026-01-01,x,no\n"), "row 2, column code: `1` is no commune"),
            (format!("{HEAD}384,soon,x,no\n"), "row 2, column valid_from: `soon` is no day"),
            (format!("{HEAD}384,2026-01-01,,no\n"), "row 2, column source: it is empty"),
            (
                format!("{HEAD}384,2026-01-01,x,no\n384,2026-01-01,x,no\n"),
                "row 3, column code: 384 is there twice",
            ),
        ] {
            let error = Remote::parse(&text).unwrap_err().to_string();
            assert!(error.contains(why), "{why}: {error}");
        }
    }
}
