//! How a table's page is arranged: what its rows and columns are, which period and members the
//! filters stand on, and what else there is to choose. Worked out from the table's definition alone,
//! so a new table needs no code.

mod request;
mod settle;
mod unpublished;

use model::Period;
use model::dimension::Dim;
use model::slice::Slice;
use model::table::PeriodKind;
use serde::{Deserialize, Serialize};

pub use request::{Against, By, Measure, Request, Sort};

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
    /// The columns; the items if `None`.
    pub across: Option<By>,
    /// Columns to choose instead of the items.
    pub across_choices: Vec<By>,
    /// The period; the newest if rows or columns are periods.
    pub period: Period,
    /// The periods to choose from or, if rows or columns are periods, these; newest first.
    pub series: Vec<Period>,
    /// The kinds of period that a series may have.
    pub each: Vec<PeriodKind>,
    /// The member chosen along each dimension that is not the rows' or the columns', also where
    /// there is no other.
    pub filters: Vec<Filter>,
    /// What the chart shows and, if columns are not items, the table.
    pub measure: Measure,
    /// What else it may show.
    pub measures: Vec<Measure>,
    /// What the figures are held against.
    pub against: Option<Against>,
    /// The order of the rows; that of the members if `None`.
    pub sort: Option<Sort>,
}

/// Something that was asked for, and that the table does not publish in this way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unpublished {
    /// What.
    pub asked: Asked,
    /// True if the table publishes it in another way.
    pub elsewhere: bool,
    /// The nearest that is published.
    pub nearest: Option<Request>,
}

/// Part of what an address asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Rows.
    Rows(By),
    /// Columns.
    Columns(By),
    /// A period.
    Period(Period),
    /// A filter.
    Member(Dim, String),
    /// A count or rate.
    Measure(Measure),
}

impl Arrangement {
    /// True if rows or columns are periods.
    #[must_use]
    pub fn is_series(&self) -> bool {
        self.by == By::Period || self.across == Some(By::Period)
    }

    /// True if the members of `dim` are rows or columns.
    #[must_use]
    pub fn spreads(&self, dim: Dim) -> bool {
        [Some(&self.by), self.across.as_ref()].into_iter().flatten().any(|a| a.dim() == Some(dim))
    }

    /// The member chosen along `dim`; the total if its members are the rows or the columns.
    #[must_use]
    pub fn member(&self, dim: Dim) -> &str {
        self.filters.iter().find(|f| f.dim == dim).map_or(dim.total(), |f| &f.chosen)
    }

    /// The request whose answer is this arrangement.
    #[must_use]
    pub fn request(&self) -> Request {
        let slice = Slice {
            period: (!self.is_series()).then_some(self.period),
            ..self.filters.iter().fold(Slice::default(), |slice, f| {
                if f.options.len() > 1 { slice.with(f.dim, Some(&f.chosen)) } else { slice }
            })
        };
        let each = (self.is_series() && self.each.len() > 1).then(|| PeriodKind::of(self.period));
        Request {
            by: Some(self.by.clone()),
            across: self.across.clone(),
            measure: Some(self.measure),
            each,
            against: self.against.clone(),
            sort: self.sort.clone(),
            release: None,
            slice,
        }
    }

    /// The request for the series over time of the row `code`.
    #[must_use]
    pub fn series_of(&self, code: &str) -> Request {
        let Some(dim) = self.by.dim() else { return self.request() };
        let mut request = self.request();
        request.by = Some(By::Period);
        request.across = request.across.filter(|a| *a != By::Period);
        (request.sort, request.against) = (None, None);
        request.slice = Slice { period: None, ..request.slice.with(dim, Some(code)) };
        request
    }
}
