//! What the address of a table's page asks for.

use std::{fmt, str::FromStr};

use model::dimension::Dim;
use model::rate::Rate;
use model::slice::Slice;
use model::table::PeriodKind;
use model::{Item, ReleaseId};
use serde::{Deserialize, Serialize};

/// What the rows or the columns of a table are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// Periods, for one member of every dimension.
    Period,
    /// The members of a level along a dimension, for one period.
    Members(Dim, String),
}

impl By {
    /// The dimension whose members it lists.
    #[must_use]
    pub const fn dim(&self) -> Option<Dim> {
        match self {
            Self::Period => None,
            Self::Members(dim, _) => Some(*dim),
        }
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Period => f.write_str("period"),
            Self::Members(dim, level) => write!(f, "{}-{level}", dim.code()),
        }
    }
}

/// The text is not what an address may ask for.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not what an address may ask for")]
pub struct Unknown(String);

impl FromStr for By {
    type Err = Unknown;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        if s == "period" {
            return Ok(Self::Period);
        }
        let (dim, level) = dim_and(s)?;
        let level = dim.levels().iter().find(|l| **l == level).ok_or_else(|| unknown(s))?;
        Ok(Self::Members(dim, (*level).to_owned()))
    }
}

/// What the figures are held against.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Against {
    /// The same periods a year before.
    YearBefore,
    /// Another member along a dimension.
    Member(Dim, String),
}

impl fmt::Display for Against {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::YearBefore => f.write_str("before"),
            Self::Member(dim, code) => write!(f, "{}-{code}", dim.code()),
        }
    }
}

impl FromStr for Against {
    type Err = Unknown;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        if s == "before" {
            return Ok(Self::YearBefore);
        }
        let (dim, code) = dim_and(s)?;
        dim.members().get(code).ok_or_else(|| unknown(s))?;
        Ok(Self::Member(dim, code.to_owned()))
    }
}

/// A count, or a rate of two counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// A count.
    Item(Item),
    /// A rate.
    Rate(Rate),
}

impl Measure {
    /// The items that it needs: the count; numerator and denominator.
    #[must_use]
    pub fn items(self) -> Vec<Item> {
        match self {
            Self::Item(item) => vec![item],
            Self::Rate(rate) => vec![rate.numerator(), rate.denominator()],
        }
    }

    /// The count, or the numerator.
    #[must_use]
    pub const fn item(self) -> Item {
        match self {
            Self::Item(item) => item,
            Self::Rate(rate) => rate.numerator(),
        }
    }

    /// The rate, if it is one.
    #[must_use]
    pub const fn rate(self) -> Option<Rate> {
        match self {
            Self::Item(_) => None,
            Self::Rate(rate) => Some(rate),
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(self, locale: model::Locale) -> &'static str {
        match self {
            Self::Item(item) => item.name(locale),
            Self::Rate(rate) => rate.name(locale),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Item(item) => item.code(),
            Self::Rate(rate) => rate.code(),
        })
    }
}

impl FromStr for Measure {
    type Err = Unknown;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let item = Item::from_code(s).map(Self::Item);
        item.or_else(|| Rate::from_code(s).map(Self::Rate)).ok_or_else(|| unknown(s))
    }
}

/// A column and the way in which the rows are ordered by it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    /// Code of the column; `name` for that of the names.
    pub column: String,
    /// True if the largest stands first.
    pub descending: bool,
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.column)
    }
}

impl FromStr for Sort {
    type Err = Unknown;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let (descending, column) = s.strip_prefix('-').map_or((false, s), |column| (true, column));
        let known = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if column.is_empty() || column.len() > 40 || !column.chars().all(known) {
            return Err(unknown(s));
        }
        Ok(Self { column: column.to_owned(), descending })
    }
}

fn unknown(s: &str) -> Unknown {
    Unknown(s.chars().take(40).collect())
}

/// The dimension before the first `-`, and what follows.
fn dim_and(s: &str) -> Result<(Dim, &str), Unknown> {
    let (dim, rest) = s.split_once('-').ok_or_else(|| unknown(s))?;
    Ok((Dim::from_code(dim).ok_or_else(|| unknown(s))?, rest))
}

/// Serialised as it stands in an address.
macro_rules! as_text {
    ($($name:ident),*) => {$(
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}
as_text!(By, Against, Measure, Sort);

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Request {
    /// Rows.
    #[serde(default)]
    pub by: Option<By>,
    /// Columns; the items if absent.
    #[serde(default)]
    pub across: Option<By>,
    /// What the chart shows and, if columns are not items, the table.
    #[serde(default)]
    pub measure: Option<Measure>,
    /// Which periods a series has.
    #[serde(default)]
    pub each: Option<PeriodKind>,
    /// What the figures are held against.
    #[serde(default)]
    pub against: Option<Against>,
    /// The order of the rows.
    #[serde(default)]
    pub sort: Option<Sort>,
    /// The figures as they were published up to this release.
    #[serde(default)]
    pub release: Option<ReleaseId>,
    /// Filters.
    #[serde(default)]
    pub slice: Slice,
}

impl Request {
    /// Reads the query parameters; `get` returns the value of a parameter.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        fn parsed<T: FromStr>(text: Option<String>) -> Option<T> {
            text.and_then(|text| text.parse().ok())
        }
        Self {
            by: parsed(get("by")),
            across: parsed(get("cols")),
            measure: parsed(get("item")),
            each: get("each").and_then(|code| PeriodKind::from_code(&code)),
            against: parsed(get("with")),
            sort: parsed(get("sort")),
            release: parsed(get("release")),
            slice: Slice::from_query(&get),
        }
    }

    /// The query string, with a leading `?`, or nothing if nothing is asked for.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut out = self.slice.to_query();
        let more = [
            ("by", self.by.as_ref().map(ToString::to_string)),
            ("cols", self.across.as_ref().map(ToString::to_string)),
            ("item", self.measure.as_ref().map(ToString::to_string)),
            ("each", self.each.map(|each| each.code().to_owned())),
            ("with", self.against.as_ref().map(ToString::to_string)),
            ("sort", self.sort.as_ref().map(ToString::to_string)),
            ("release", self.release.as_ref().map(ToString::to_string)),
        ];
        for (name, value) in more {
            let Some(value) = value else { continue };
            out.push(if out.is_empty() { '?' } else { '&' });
            out.push_str(name);
            out.push('=');
            out.push_str(&value);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Request {
        Request::from_query(|name| {
            query.split('&').find_map(|p| p.strip_prefix(name)?.strip_prefix('=').map(Into::into))
        })
    }

    #[test]
    fn a_request_reads_back_from_its_own_address() {
        let query = "period=2026-Q3&kind=civil&by=area-district&cols=field-land&item=on_time_of_settled\
                     &each=year&with=area-R-coast&sort=-settled&release=2026-Q3.1";
        let request = read(query);
        assert_eq!(request.to_query(), format!("?{query}"));
        assert_eq!(request.against, Some(Against::Member(Dim::Area, "R-coast".to_owned())));
        assert!(request.measure.is_some_and(|m| m.rate().is_some()));
    }

    #[test]
    fn junk_is_not_asked_for() {
        let junk = "by=area-<b>&cols=kind&item=-&each=week&with=area-XX&sort=<script>&release=new";
        assert_eq!(read(junk), Request::default());
    }
}
