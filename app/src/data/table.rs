//! One published table, arranged as the reader asked.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::table::TableDefinition;
use model::{Item, Locale, Period};
use serde::{Deserialize, Serialize};

use super::words::{Meaning, Prose};
use super::{Moment, ReleaseInfo, Row};
use crate::arrange::{Arrangement, Request};
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
    /// Columns with figures.
    pub columns: Vec<Item>,
    /// Rows by member; empty if rows are periods.
    pub rows: Vec<Row>,
    /// Rows by period; empty if rows are members.
    pub moments: Vec<Moment>,
    /// The question that the figures answer, with terms marked, in the page's language.
    #[serde(default)]
    pub question: Prose,
    /// What the columns count, in the page's language.
    #[serde(default)]
    pub meanings: Vec<Meaning>,
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
        let page = TablePage::read(&published, &id, &request).await?;
        Ok(page.explained(locale))
    })
    .await
}

#[cfg(feature = "ssr")]
impl TablePage {
    /// The table with the code `id`, arranged as `request` asks.
    ///
    /// # Errors
    ///
    /// [`PortalError::NotFound`] if there is no such table, [`PortalError::Unavailable`] when the
    /// database does not answer.
    pub async fn read(
        published: &crate::published::Published,
        id: &str,
        request: &Request,
    ) -> Result<Self, PortalError> {
        use model::dimension::Dim;

        use crate::arrange::By;
        use crate::published::Want;

        let definition = published.definition(id).await?;
        let periods = published.periods(id).await?;
        let arrangement =
            Arrangement::new(&definition, &periods, request).ok_or(PortalError::NotFound)?;

        let mut want = Want::totals();
        for dim in Dim::ALL {
            want = want.member(dim, arrangement.member(dim));
        }
        let (rows, moments) = match arrangement.by {
            By::Period => {
                let mut series = arrangement.series.clone();
                series.reverse();
                (Vec::new(), published.moments(id, &series, want).await?)
            }
            By::Members(dim, _) => {
                let codes = arrangement.rows(&definition);
                let rows = if codes.len() == 1 {
                    let figures = published.figures(id, arrangement.period, want).await?;
                    codes
                        .into_iter()
                        .map(|member| Row { member, figures: figures.clone() })
                        .collect()
                } else {
                    published.rows(id, arrangement.period, want.members(dim, codes)).await?
                };
                (rows, Vec::new())
            }
        };
        let figures = || rows.iter().map(|r| &r.figures).chain(moments.iter().map(|m| &m.figures));
        let columns = definition
            .items
            .iter()
            .copied()
            .filter(|&item| figures().any(|f| f.get(item) != super::Value::Absent))
            .collect();
        let newest = moments.last().map_or(arrangement.period, |m| m.period);
        let release = published.holding(id, newest).await?;
        let (question, meanings) = (Prose::default(), Vec::new());
        Ok(Self { release, definition, arrangement, columns, rows, moments, question, meanings })
    }

    /// The same with what its words and columns mean.
    fn explained(mut self, locale: Locale) -> Self {
        let question = self.definition.question(&self.columns).get(locale);
        self.question = crate::reference::marked(question, locale);
        self.meanings = crate::reference::meanings(&self.columns, locale);
        self
    }
}
