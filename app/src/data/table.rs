//! One published table, arranged as the reader asked.

mod filled;

use jiff::civil::Date;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::table::{PeriodKind, TableDefinition};
use model::{Item, Locale, Period};
use serde::{Deserialize, Serialize};

use super::geometry::Boundaries;
use super::words::{Meaning, Prose};
use super::{Figures, Moment, ReleaseInfo, Row};
use crate::arrange::{Arrangement, Measure, Request, Unpublished};
use crate::error::PortalError;

/// A table's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TablePage {
    /// The release that holds the figures; of a series, those of its newest period.
    pub release: ReleaseInfo,
    /// What the table is.
    pub definition: TableDefinition,
    /// The rows and filters that the page settled on, and what else there is to choose.
    pub arrangement: Arrangement,
    /// Columns: items that are published for what the rows are, with figures.
    pub columns: Vec<Item>,
    /// Rows by member; empty if rows are periods or columns are not items.
    pub rows: Vec<Row>,
    /// Rows by period; empty if rows are members or columns are not items.
    pub moments: Vec<Moment>,
    /// What each row is held against, in the order of the rows; empty if nothing is.
    pub against: Vec<Figures>,
    /// Rows and columns, if columns are not items.
    pub pivot: Option<Pivot>,
    /// What was asked for and is not published in this way.
    pub unpublished: Vec<Unpublished>,
    /// The release as of which the figures are shown, if the address names one, and whether
    /// another has come out since.
    pub as_of: Option<AsOf>,
    /// The item that the chart shows, over time, for each region or district of the rows; empty if
    /// rows are others.
    #[serde(default)]
    pub series: Vec<Series>,
    /// Boundaries of the rows, if they are places.
    pub boundaries: Option<Boundaries>,
    /// The question that the figures answer, with terms marked, in the page's language.
    #[serde(default)]
    pub question: Prose,
    /// What the columns count, in the page's language.
    #[serde(default)]
    pub meanings: Vec<Meaning>,
}

impl TablePage {
    /// The request whose answer is the page, as of the same release if it names one.
    #[must_use]
    pub fn request(&self) -> Request {
        let release = self.as_of.as_ref().map(|a| a.release.id);
        Request { release, ..self.arrangement.request() }
    }

    /// Items of which the row of the whole has a figure and no other can have one, and the request that
    /// shows them all: the whole over time, by periods of the same kind. `None` if there are none.
    #[must_use]
    pub fn of_whole_alone(&self) -> Option<(Vec<Item>, Request)> {
        let whole = self.arrangement.by.dim()?.total();
        let figures = &self.rows.iter().find(|row| row.member == whole)?.figures;
        let mut items: Vec<Item> = self.definition.items.clone();
        items.retain(|&i| figures.get(i) != super::Value::Absent && !self.columns.contains(&i));
        let series = Request {
            measure: items.first().map(|&item| Measure::Item(item)),
            each: Some(PeriodKind::of(self.arrangement.period)),
            ..self.arrangement.series_of(whole)
        };
        (!items.is_empty()).then_some((items, series))
    }

    /// The periods of the figures, the oldest first.
    #[must_use]
    pub fn periods(&self) -> Vec<Period> {
        let period = |head: &Head| match head {
            Head::Period(period) => Some(*period),
            Head::Member(_) => None,
        };
        let heads = self.pivot.iter().flat_map(|p| {
            let rows = p.rows.iter().map(|r| &r.head);
            rows.chain(&p.columns)
        });
        let mut out: Vec<Period> = heads.filter_map(period).collect();
        out.extend(self.moments.iter().map(|m| m.period));
        if out.is_empty() {
            out.push(self.arrangement.period);
        }
        out
    }
}

/// A page as of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsOf {
    /// The release.
    pub release: ReleaseInfo,
    /// True if a later one has been published.
    pub superseded: bool,
}

/// Figures by row and column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pivot {
    /// The columns.
    pub columns: Vec<Head>,
    /// The rows.
    pub rows: Vec<PivotRow>,
}

/// A row of a pivot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PivotRow {
    /// What it is about.
    pub head: Head,
    /// The figures of each column: a count, or numerator and denominator.
    pub cells: Vec<Figures>,
}

/// What a row or column is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Head {
    /// A period.
    Period(Period),
    /// A member of the dimension that is spread out.
    Member(String),
}

impl Head {
    /// Its code.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Period(period) => period.to_string(),
            Self::Member(code) => code.clone(),
        }
    }
}

/// Figures of a member over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Code of the member.
    pub member: String,
    /// Its figures, by period in order.
    pub moments: Vec<Moment>,
}

/// A table in the list of tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableEntry {
    /// What the table is.
    pub definition: TableDefinition,
    /// First period with figures.
    pub from: Option<Period>,
    /// Last period with figures.
    pub to: Option<Period>,
}

/// The list of tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableList {
    /// The newest release.
    pub release: ReleaseInfo,
    /// Its tables, in its order.
    pub tables: Vec<TableEntry>,
}

impl TableEntry {
    /// The first and the last day of its figures. Those of communes begin when these came to be.
    #[must_use]
    pub fn span(&self) -> Option<(Date, Date)> {
        let of_communes = self.definition.crossings.iter().all(|c| c.area == "commune");
        let first = if of_communes { model::area::COMMUNES_SINCE } else { Date::MIN };
        self.from.zip(self.to).map(|(from, to)| (from.start().max(first), to.end()))
    }
}

impl TableList {
    /// The span that most tables have, if several have one.
    #[must_use]
    pub fn usual_span(&self) -> Option<(Date, Date)> {
        let spans: Vec<_> = self.tables.iter().filter_map(TableEntry::span).collect();
        let count = |span: &(Date, Date)| spans.iter().filter(|s| *s == span).count();
        spans.iter().copied().max_by_key(count).filter(|span| count(span) > 1)
    }
}

/// All tables of the newest release.
#[server(name = FetchTables, prefix = "/fn", endpoint = "tables", input = GetUrl, output = Json)]
pub async fn tables() -> Result<TableList, PortalError> {
    crate::published::answer(async move {
        let published = crate::published::Published::from_context()?;
        let release = published.newest().await?;
        let mut tables = Vec::new();
        for definition in published.definitions().await? {
            let periods = published.periods(&definition.id).await?;
            let from = periods.iter().min().copied();
            tables.push(TableEntry { definition, from, to: periods.into_iter().max() });
        }
        Ok(TableList { release, tables })
    })
    .await
}

/// The table with the code `id`, arranged as `request` asks. What the request leaves open, or asks
/// for in vain, is chosen so that there is something to see.
#[server(name = FetchTable, prefix = "/fn", endpoint = "table", input = GetUrl, output = Json)]
pub async fn table(
    /// Code of the table.
    id: String,
    /// How to arrange it.
    #[server(default)]
    request: Request,
    /// The language of the explanations.
    #[server(default)]
    locale: Locale,
) -> Result<TablePage, PortalError> {
    crate::published::answer(async move {
        let published = crate::published::Published::from_context()?;
        let mut page = TablePage::read(&published, &id, &request).await?;
        page.series = page.over_time(&published.as_of(request.release).await?).await?;
        Ok(page.explained(locale))
    })
    .await
}

impl TablePage {
    /// The table with the code `id`, arranged as `request` asks.
    ///
    /// # Errors
    ///
    /// [`PortalError::NotFound`] if there is no such table or no such release,
    /// [`PortalError::Unavailable`] when the database does not answer.
    pub async fn read(
        published: &crate::published::Published,
        id: &str,
        request: &Request,
    ) -> Result<Self, PortalError> {
        use model::dimension::Dim;

        use crate::arrange::By;

        let then = published.as_of(request.release).await?;
        let as_of = match request.release {
            None => None,
            Some(id) => {
                let released = then.releases().await?.into_iter().find(|r| r.id == id);
                let release = released.ok_or(PortalError::NotFound)?;
                let (latest, newest) = (then.newest().await?, published.newest().await?);
                Some(AsOf { release, superseded: latest.id != newest.id })
            }
        };
        let definition = then.definition(id).await?;
        let periods = then.periods(id).await?;
        let arrangement =
            Arrangement::new(&definition, &periods, request).ok_or(PortalError::NotFound)?;
        let unpublished = arrangement.unpublished(&definition, &periods, request);

        let figures = filled::Filled::read(&then, &definition, &arrangement).await?;
        let shown = figures.shown();
        let there = |item: &Item| shown.iter().any(|f| f.get(*item) != super::Value::Absent);
        let columns: Vec<Item> = arrangement.items().filter(there).collect();
        let newest = figures.moments.last().map_or(arrangement.period, |m| m.period);
        let release = then.holding(id, newest).await?;
        let level = match &arrangement.by {
            By::Members(Dim::Area, level) => level.parse().ok(),
            _ => None,
        };
        let boundaries = match level {
            Some(level) => published.boundaries(level).await?,
            None => None,
        };
        let filled::Filled { rows, moments, against, pivot } = figures;
        Ok(Self {
            release,
            definition,
            arrangement,
            columns,
            rows,
            moments,
            against,
            pivot,
            unpublished,
            as_of,
            series: Vec::new(),
            boundaries,
            question: Prose::default(),
            meanings: Vec::new(),
        })
    }

    /// The item of the chart over the periods up to the page's, all of its kind, for each region or
    /// district of the rows. Empty for other rows, and for six and nine months, of which each year
    /// has one.
    async fn over_time(
        &self,
        published: &crate::published::Published,
    ) -> Result<Vec<Series>, PortalError> {
        use crate::arrange::By;
        use crate::published::Want;
        use model::dimension::Dim;

        let a = &self.arrangement;
        let kind = PeriodKind::of(a.period);
        let By::Members(Dim::Area, level) = &a.by else { return Ok(Vec::new()) };
        if !matches!(level.as_str(), "region" | "district") || kind == PeriodKind::Cumulative {
            return Ok(Vec::new());
        }
        let mut periods: Vec<Period> = a.series.clone();
        periods.retain(|&p| p <= a.period && PeriodKind::of(p) == kind);
        periods.sort_unstable();
        let total = Dim::Area.total();
        let members: Vec<String> =
            self.rows.iter().map(|r| r.member.clone()).filter(|m| m != total).collect();
        if members.len() < 2 {
            return Ok(Vec::new());
        }
        let want = Want::chosen_by(a).members(Dim::Area, members).items(&[a.measure.item()]);
        published.series(&self.definition.id, &periods, want).await
    }

    /// The same with what its words and columns mean.
    fn explained(mut self, locale: Locale) -> Self {
        let question = self.definition.question(&self.columns).get(locale);
        self.question = crate::reference::marked(question, locale);
        self.meanings = crate::reference::meanings(&self.columns, locale);
        self
    }
}

#[cfg(test)]
pub(crate) mod tests;
