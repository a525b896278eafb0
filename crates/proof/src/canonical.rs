//! The canonical form of a figure: one line of text, independent of any file format.
//!
//! ```text
//! v1|2026-Q3.1|case-flow|2026-Q3|38|all|civil|all|all|settled|case|812
//! ```
//!
//! Fields: format, release, table, period, area, body, kind, field, referrer, item, unit, value.
//! The value is a decimal integer, or the mark `x`, `:` or `.` of a missing value. A withheld
//! figure's line says `x` and nothing more: a commitment to its value could be guessed.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use model::figure::{Address, Cell};
use model::{Dim, ReleaseId};
use sha2::{Digest, Sha256};

/// The canonical line of a figure, without a line end.
#[must_use]
pub fn canonical_line(release: ReleaseId, table: &str, cell: &Cell) -> String {
    let address = &cell.address;
    let value = match cell.value {
        Some(value) => value.to_string(),
        None => cell.status.mark().to_owned(),
    };
    format!(
        "v1|{release}|{table}|{}|{}|{}|{value}",
        coordinates(address),
        address.item.code(),
        address.item.unit().code(),
    )
}

/// Period and members, in the order of [`Dim::ALL`].
fn coordinates(address: &Address) -> String {
    let mut text = address.period.to_string();
    for dim in Dim::ALL {
        text.push('|');
        text.push_str(address.member(dim));
    }
    text
}

/// The permanent name of a figure over all releases: 80 bits, 16 letters and digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureId(String);

impl fmt::Display for FigureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The permanent name of the figure at `address` in `table`: Base32 of the first 80 bits of the
/// SHA-256 of table, coordinates and item. Member codes carry the day they are valid from: codes
/// of communes (`C14845`) are those since 1 July 2025, of districts (`D384`) those before.
#[must_use]
pub fn figure_id(table: &str, address: &Address) -> FigureId {
    let text = format!("figure|{table}|{}|{}", coordinates(address), address.item.code());
    let digest = Sha256::digest(text.as_bytes());
    FigureId(BASE32_NOPAD.encode(&digest[..10]).to_lowercase())
}

#[cfg(test)]
mod tests {
    use model::{Item, Status};

    use super::*;

    fn address() -> Address {
        Address::total("2026-Q3".parse().unwrap(), Item::Settled).with(Dim::Kind, "civil")
    }

    #[test]
    fn a_line_says_everything_about_a_figure_and_a_withheld_one_says_only_x() {
        let release = "2026-Q3.1".parse().unwrap();
        let shown = Cell::shown(address(), 812);
        assert_eq!(
            canonical_line(release, "case-flow", &shown),
            "v1|2026-Q3.1|case-flow|2026-Q3|38|all|civil|all|all|settled|case|812"
        );
        let withheld = Cell::missing(address(), Status::Withheld);
        assert!(canonical_line(release, "case-flow", &withheld).ends_with("|case|x"));
    }

    #[test]
    fn a_figure_keeps_its_name_and_another_place_has_another() {
        let id = figure_id("case-flow", &address());
        assert_eq!(id.to_string().len(), 16);
        assert_eq!(id, figure_id("case-flow", &address()));
        assert_ne!(id, figure_id("timeliness", &address()));
        assert_ne!(id, figure_id("case-flow", &address().with(Dim::Kind, "all")));
    }
}
