//! How a table's page is arranged: what its rows are, which period and members the filters stand
//! on, and what else there is to choose. Worked out from the table's definition alone, so a new
//! table needs no code.
//!
//! An address typed by hand never breaks a page: what is unknown, or not published together, gives
//! way, in the order area, body, referrer, field, kind.

use std::{fmt, str::FromStr};

use model::dimension::{Dim, Member};
use model::slice::Slice;
use model::table::{Crossing, PeriodKind, TableDefinition};
use model::{Item, Period};
use serde::{Deserialize, Serialize};

/// Tables open with at most this many rows, if they can.
const FIRST_SIGHT: usize = 60;

/// The order in which filters are settled; an earlier choice limits the later ones.
const PRIORITY: [Dim; 5] = [Dim::Area, Dim::Body, Dim::Referrer, Dim::Field, Dim::Kind];

/// What the rows of a table are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// Periods, for one member of every dimension.
    Period,
    /// The members of a level along a dimension, for one period.
    Members(Dim, String),
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Period => f.write_str("period"),
            Self::Members(dim, level) => write!(f, "{}-{level}", dim.code()),
        }
    }
}

/// The text names no rows.
#[derive(Debug, thiserror::Error)]
#[error("rows are `period` or a dimension and a level, `area-district`")]
pub struct UnknownRows;

impl FromStr for By {
    type Err = UnknownRows;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        if s == "period" {
            return Ok(Self::Period);
        }
        let (dim, level) = s.split_once('-').ok_or(UnknownRows)?;
        let dim = Dim::from_code(dim).ok_or(UnknownRows)?;
        let level = dim.levels().iter().find(|l| **l == level).ok_or(UnknownRows)?;
        Ok(Self::Members(dim, (*level).to_owned()))
    }
}

impl Serialize for By {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for By {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Request {
    /// Rows.
    #[serde(default)]
    pub by: Option<By>,
    /// The item that the chart shows.
    #[serde(default)]
    pub item: Option<Item>,
    /// Filters.
    #[serde(default)]
    pub slice: Slice,
}

impl Request {
    /// Reads the query parameters; `get` returns the value of a parameter.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            by: get("by").and_then(|by| by.parse().ok()),
            item: get("item").and_then(|code| Item::from_code(&code)),
            slice: Slice::from_query(&get),
        }
    }

    /// The query string, with a leading `?`, or nothing if nothing is asked for.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut out = self.slice.to_query();
        let by = self.by.as_ref().map(|by| ("by", by.to_string()));
        let item = self.item.map(|item| ("item", item.code().to_owned()));
        for (name, value) in by.into_iter().chain(item) {
            out.push(if out.is_empty() { '?' } else { '&' });
            out.push_str(name);
            out.push('=');
            out.push_str(&value);
        }
        out
    }
}

/// A filter along a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// The dimension.
    pub dim: Dim,
    /// Codes of the members to choose from.
    pub options: Vec<String>,
    /// The one chosen.
    pub chosen: String,
}

/// What a table's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrangement {
    /// The rows.
    pub by: By,
    /// Other rows to choose.
    pub choices: Vec<By>,
    /// The period of the rows; the newest if rows are periods.
    pub period: Period,
    /// The periods to choose from or, if rows are periods, the periods of the rows; newest first.
    pub series: Vec<Period>,
    /// The member chosen along each dimension that is not the rows', also where there is no other.
    pub filters: Vec<Filter>,
    /// The item that the chart shows.
    pub item: Item,
}

impl Arrangement {
    /// Arranges the table `definition`, which has figures for `periods`. `None` if it has none.
    #[must_use]
    pub fn new(
        definition: &TableDefinition,
        periods: &[Period],
        request: &Request,
    ) -> Option<Self> {
        let mut periods = periods.to_vec();
        periods.sort_unstable_by(|a, b| b.cmp(a));
        let newest = default_period(&periods)?;

        let choices = choices(definition, &periods);
        let by = request
            .by
            .clone()
            // A series of one period is not offered, but it is what an address may ask for.
            .filter(|by| *by == By::Period || choices.contains(by))
            .or_else(|| first_sight(definition, &choices, newest))
            .unwrap_or(By::Period);

        let mut usable: Vec<&Crossing> =
            definition.crossings.iter().filter(|c| can_show(c, &by)).collect();
        let mut series: Vec<Period> =
            periods.into_iter().filter(|&p| usable.iter().any(|c| c.covers(p))).collect();
        let period = request
            .slice
            .period
            .filter(|p| series.contains(p))
            .or_else(|| default_period(&series))?;
        if by != By::Period {
            usable.retain(|c| c.covers(period));
        }

        let mut filters = Vec::new();
        for dim in PRIORITY {
            if matches!(&by, By::Members(rows, _) if *rows == dim) {
                continue;
            }
            let alive = |code: &str| {
                by == By::Period || dim.members().get(code).is_some_and(|m| m.exists_in(period))
            };
            let mut options = members_of(&usable, dim);
            options.retain(|code| alive(code));
            let chosen = request
                .slice
                .member(dim)
                .filter(|code| options.iter().any(|o| o == code))
                .or_else(|| options.iter().map(String::as_str).find(|o| *o == dim.total()))
                .or_else(|| options.first().map(String::as_str))?
                .to_owned();
            usable.retain(|c| has(c, dim, &chosen));
            filters.push(Filter { dim, options, chosen });
        }
        if by == By::Period {
            series.retain(|&p| usable.iter().any(|c| c.covers(p)));
            // Quarters and years in one column would be added up by the eye.
            let kind = default_period(&series).map(PeriodKind::of)?;
            series.retain(|&p| PeriodKind::of(p) == kind);
        }

        let items: Vec<Item> = definition
            .items
            .iter()
            .copied()
            .filter(|i| usable.iter().any(|c| definition.items_of(c).contains(i)))
            .collect();
        let item = request
            .item
            .filter(|i| items.contains(i))
            .or_else(|| items.iter().copied().find(|&i| i == Item::Entered))
            .or_else(|| items.first().copied())?;
        Some(Self { by, choices, period, series, filters, item })
    }

    /// The member chosen along `dim`; the total if its members are the rows.
    #[must_use]
    pub fn member(&self, dim: Dim) -> &str {
        self.filters.iter().find(|f| f.dim == dim).map_or(dim.total(), |f| &f.chosen)
    }

    /// Codes of the members that the rows show, the whole first if it is published beside them.
    #[must_use]
    pub fn rows(&self, definition: &TableDefinition) -> Vec<String> {
        let By::Members(dim, _) = &self.by else { return Vec::new() };
        let beside = |c: &&Crossing| {
            c.covers(self.period) && self.filters.iter().all(|f| has(c, f.dim, &f.chosen))
        };
        let shown = definition.crossings.iter().filter(beside).filter(|c| {
            can_show(c, &self.by) || c.members(*dim).iter().any(|m| m.code == dim.total())
        });
        let mut rows = members_of(&shown.collect::<Vec<_>>(), *dim);
        rows.retain(|code| dim.members().get(code).is_some_and(|m| m.exists_in(self.period)));
        if *dim == Dim::Area {
            // What belongs to no commune, after all communes.
            rows.sort_by_key(|code| dim.members().get(code).is_some_and(Member::is_residual));
        }
        rows
    }

    /// The request whose answer is this arrangement.
    #[must_use]
    pub fn request(&self) -> Request {
        let slice = Slice {
            period: (self.by != By::Period).then_some(self.period),
            ..self.filters.iter().fold(Slice::default(), |slice, f| {
                if f.options.len() > 1 { with(slice, f.dim, &f.chosen) } else { slice }
            })
        };
        Request { by: Some(self.by.clone()), item: Some(self.item), slice }
    }

    /// The request for the series over time of the row `code`.
    #[must_use]
    pub fn series_of(&self, code: &str) -> Request {
        let By::Members(dim, _) = &self.by else { return self.request() };
        let mut request = self.request();
        request.by = Some(By::Period);
        request.slice = Slice { period: None, ..with(request.slice, *dim, code) };
        request
    }
}

/// `slice` with `code` along `dim`.
#[must_use]
pub fn with(mut slice: Slice, dim: Dim, code: &str) -> Slice {
    let slot = match dim {
        Dim::Area => &mut slice.area,
        Dim::Body => &mut slice.body,
        Dim::Kind => &mut slice.kind,
        Dim::Field => &mut slice.field,
        Dim::Referrer => &mut slice.referrer,
    };
    *slot = Some(code.to_owned());
    slice
}

/// The newest quarter, or the newest period if there is no quarter; `periods` are newest first.
fn default_period(periods: &[Period]) -> Option<Period> {
    periods.iter().copied().find(|p| p.is_quarter()).or_else(|| periods.first().copied())
}

/// Every way to choose the rows that something is published for in `periods`.
fn choices(definition: &TableDefinition, periods: &[Period]) -> Vec<By> {
    let published = |c: &&Crossing| periods.iter().any(|&p| c.covers(p));
    let crossings: Vec<&Crossing> = definition.crossings.iter().filter(published).collect();
    let mut out = Vec::new();
    for dim in definition.dimensions() {
        if dim == Dim::Kind {
            out.push(By::Members(dim, "kind".to_owned()));
            continue;
        }
        for level in &dim.levels()[1..] {
            if crossings.iter().any(|c| c.level(dim) == Some(level)) {
                out.push(By::Members(dim, (*level).to_owned()));
            }
        }
    }
    if periods.len() > 1 || out.is_empty() {
        out.push(By::Period);
    }
    out
}

/// The choice with most rows that is still taken in at a glance and is published for `newest`.
fn first_sight(definition: &TableDefinition, choices: &[By], newest: Period) -> Option<By> {
    let size = |by: &By| {
        let By::Members(dim, _) = by else { return None };
        let shown: Vec<&Crossing> =
            definition.crossings.iter().filter(|c| can_show(c, by) && c.covers(newest)).collect();
        let rows = members_of(&shown, *dim).len();
        (rows > 1).then_some(rows)
    };
    let sized: Vec<(usize, &By)> = choices.iter().filter_map(|by| Some((size(by)?, by))).collect();
    let fitting = sized.iter().filter(|(rows, _)| *rows <= FIRST_SIGHT);
    fitting
        .rev()
        .max_by_key(|(rows, _)| *rows)
        .or_else(|| sized.first())
        .map(|(_, by)| (*by).clone())
}

/// True if `crossing` has the rows `by`.
fn can_show(crossing: &Crossing, by: &By) -> bool {
    match by {
        By::Period | By::Members(Dim::Kind, _) => true,
        By::Members(dim, level) => crossing.level(*dim) == Some(level),
    }
}

fn has(crossing: &Crossing, dim: Dim, code: &str) -> bool {
    crossing.members(dim).iter().any(|m| m.code == code)
}

/// Codes of the members of `crossings` along `dim`, each once, in the dimension's order.
fn members_of(crossings: &[&Crossing], dim: Dim) -> Vec<String> {
    let mut members: Vec<_> = crossings.iter().flat_map(|c| c.members(dim)).collect();
    members.sort_by_key(|m| dim.members().position(&m.code));
    members.dedup_by_key(|m| &m.code);
    members.into_iter().map(|m| m.code.clone()).collect()
}

#[cfg(test)]
mod tests {
    use model::Text;
    use model::item::Population;

    use super::*;

    fn crossing(area: &str, body: &str, kind: &[&str], period: &[PeriodKind]) -> Crossing {
        Crossing {
            area: area.into(),
            body: body.into(),
            kind: kind.iter().map(ToString::to_string).collect(),
            field: "all".into(),
            referrer: "all".into(),
            period: period.to_vec(),
            items: None,
            since: None,
            lead: None,
        }
    }

    /// On time and overdue: kinds for the province, regions by quarter, districts by year.
    fn timeliness() -> TableDefinition {
        use PeriodKind::{Quarter, Year};
        TableDefinition {
            id: "timeliness".into(),
            title: Text::default(),
            lead: Text::default(),
            notes: Vec::new(),
            population: Population::Cases,
            items: vec![Item::Settled, Item::SettledOnTime],
            crossings: vec![
                crossing("province", "all", &["all", "civil"], &[Quarter, Year]),
                crossing("region", "all", &["civil"], &[Quarter, Year]),
                crossing("district", "all", &["civil"], &[Year]),
            ],
        }
    }

    fn periods() -> Vec<Period> {
        ["2024-Q4", "2024", "2025-Q3", "2025-Q4", "2025"].map(|p| p.parse().unwrap()).to_vec()
    }

    fn ask(query: &str) -> Arrangement {
        let request = Request::from_query(|name| {
            query.split('&').find_map(|p| p.strip_prefix(name)?.strip_prefix('=').map(Into::into))
        });
        Arrangement::new(&timeliness(), &periods(), &request).unwrap()
    }

    #[test]
    fn a_table_opens_on_the_newest_quarter_with_the_most_rows_it_has_for_it() {
        let a = ask("");
        assert_eq!(
            (a.by.to_string().as_str(), a.period.to_string()),
            ("area-region", "2025-Q4".into())
        );
        assert_eq!(a.rows(&timeliness()), ["38", "R-mountain", "R-plain", "R-coast"]);
        assert_eq!(a.member(Dim::Kind), "civil");
    }

    #[test]
    fn rows_that_are_published_by_year_only_move_to_the_newest_year() {
        let a = ask("by=area-district&period=2025-Q4");
        assert_eq!(a.period.to_string(), "2025");
        assert_eq!(a.series.len(), 2);
        assert_eq!(a.rows(&timeliness()).len(), 27);
    }

    #[test]
    fn a_kind_that_is_not_published_for_the_area_gives_way() {
        let a = ask("by=period&area=D384&kind=all");
        assert_eq!(a.member(Dim::Kind), "civil");
        assert_eq!(a.series.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2025", "2024"]);
    }

    #[test]
    fn the_only_period_is_a_series_for_whoever_asks_for_it() {
        let request = Request { by: Some(By::Period), ..Request::default() };
        let one = ["2025".parse().unwrap()];
        let a = Arrangement::new(&timeliness(), &one, &request).unwrap();
        assert_eq!((a.by, a.series.len(), a.choices.contains(&By::Period)), (By::Period, 1, false));
    }

    #[test]
    fn junk_in_the_address_is_dropped() {
        assert_eq!(ask("by=area-<b>&period=x&area=no&item=no"), ask(""));
    }

    #[test]
    fn an_arrangement_reads_back_from_its_own_address() {
        for query in ["", "by=area-district", "by=period&area=R-coast", "by=kind-kind"] {
            let a = ask(query);
            assert_eq!(ask(&a.request().to_query()[1..]), a, "{query}");
        }
    }

    #[test]
    fn rows_that_nothing_is_published_for_yet_are_no_choice() {
        let mut table = timeliness();
        let region = table.crossings.iter().position(|c| c.level(Dim::Area) == Some("region"));
        table.crossings[region.unwrap()].since = Some("2031".parse().unwrap());
        let by = By::Members(Dim::Area, "region".to_owned());
        let request = Request { by: Some(by.clone()), ..Request::default() };
        let arrangement = Arrangement::new(&table, &periods(), &request).unwrap();
        assert!(!arrangement.choices.contains(&by) && arrangement.by != by);
    }

    #[test]
    fn a_row_leads_to_its_series() {
        let query = ask("").series_of("R-coast").to_query();
        let a = ask(&query[1..]);
        assert_eq!((a.by, a.series.len()), (By::Period, 3));
        assert!(query.contains("area=R-coast"));
    }
}
