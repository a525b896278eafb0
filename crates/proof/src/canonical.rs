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
use std::str::FromStr;

use data_encoding::BASE32_NOPAD;
use model::figure::{Address, Cell};
use model::{Dim, ReleaseId};
use serde::{Deserialize, Serialize};
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

/// A canonical line, taken apart. It is not said that there is such a release, table or member:
/// that is for the evidence to prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The release.
    pub release: ReleaseId,
    /// Code of the table.
    pub table: &'a str,
    /// Period and members, in the order of [`Dim::ALL`].
    pub coordinates: &'a str,
    /// Code of what is counted.
    pub item: &'a str,
    /// Code of the unit.
    pub unit: &'a str,
    /// The value, or the mark of a missing one.
    pub value: &'a str,
}

impl<'a> Line<'a> {
    /// Takes `line` apart; `None` if it is no canonical line.
    #[must_use]
    pub fn parse(line: &'a str) -> Option<Self> {
        if line.split('|').count() != 12 {
            return None;
        }
        let (release, rest) = line.strip_prefix("v1|")?.split_once('|')?;
        let (table, rest) = rest.split_once('|')?;
        let mut ends = rest.rsplitn(4, '|');
        let (value, unit, item) = (ends.next()?, ends.next()?, ends.next()?);
        let release = release.parse().ok()?;
        Some(Self { release, table, coordinates: ends.next()?, item, unit, value })
    }

    /// The permanent name of the figure.
    #[must_use]
    pub fn figure(&self) -> FigureId {
        name(self.table, self.coordinates, self.item)
    }
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

/// The permanent name of a figure over all releases: 80 bits, written as 16 letters and digits
/// (Base32 of RFC 4648, in lower case; capitals are read too).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FigureId([u8; 10]);

impl FigureId {
    /// The name with these bits.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 10]) -> Self {
        Self(bytes)
    }

    /// Its bits.
    #[must_use]
    pub const fn bytes(self) -> [u8; 10] {
        self.0
    }
}

impl fmt::Display for FigureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE32_NOPAD.encode(&self.0).to_lowercase())
    }
}

impl From<FigureId> for String {
    fn from(id: FigureId) -> Self {
        id.to_string()
    }
}

/// The text is no name of a figure.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not the id of a figure: 16 letters a-z and digits 2-7")]
pub struct InvalidFigureId(String);

impl FromStr for FigureId {
    type Err = InvalidFigureId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).ok();
        bytes
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or_else(|| InvalidFigureId(text.chars().take(20).collect()))
    }
}

impl TryFrom<String> for FigureId {
    type Error = InvalidFigureId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// The permanent name of the figure at `address` in `table`: the first 80 bits of the SHA-256 of
/// table, coordinates and item. Member codes carry the day they are valid from: codes of communes
/// (`C14845`) are those since 1 July 2025, of districts (`D384`) those before.
#[must_use]
pub fn figure_id(table: &str, address: &Address) -> FigureId {
    name(table, &coordinates(address), address.item.code())
}

fn name(table: &str, coordinates: &str, item: &str) -> FigureId {
    let text = format!("figure|{table}|{coordinates}|{item}");
    let digest = Sha256::digest(text.as_bytes());
    let mut bits = [0; 10];
    bits.copy_from_slice(&digest[..10]);
    FigureId(bits)
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
    fn a_line_is_taken_apart_as_it_was_made_and_nothing_else_is_one() {
        let release = "2026-Q3.1".parse().unwrap();
        let text = canonical_line(release, "case-flow", &Cell::shown(address(), 812));
        let line = Line::parse(&text).unwrap();
        assert_eq!((line.release, line.table, line.item), (release, "case-flow", "settled"));
        assert_eq!((line.coordinates, line.value), ("2026-Q3|38|all|civil|all|all", "812"));
        assert_eq!((line.unit, line.figure()), ("case", figure_id("case-flow", &address())));
        for other in ["", "812", &text[1..], &text.replace("v1", "v2"), &format!("{text}|")] {
            assert_eq!(Line::parse(other), None, "{other}");
        }
        assert_eq!(Line::parse(&text.replace("2026-Q3.1", "2026-Q9.1")), None);
    }

    #[test]
    fn a_figure_keeps_its_name_and_another_place_has_another() {
        let id = figure_id("case-flow", &address());
        assert_eq!(id.to_string().len(), 16);
        assert_eq!(id, figure_id("case-flow", &address()));
        assert_ne!(id, figure_id("timeliness", &address()));
        assert_ne!(id, figure_id("case-flow", &address().with(Dim::Kind, "all")));
    }

    #[test]
    fn a_name_is_read_as_it_is_written_and_nothing_else_is_one() {
        let id = figure_id("case-flow", &address());
        let text = id.to_string();
        assert_eq!(text.parse(), Ok(id));
        assert_eq!(text.to_uppercase().parse(), Ok(id));
        assert_eq!(FigureId::from_bytes(id.bytes()), id);
        for other in ["", "abc", &text[1..], &format!("{text}a"), "1111111111111111", "đđđđđđđđ"]
        {
            assert!(other.parse::<FigureId>().is_err(), "{other}");
        }
    }
}
