//! Any published table, arranged as the reader likes.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::Text;
use serde::{Deserialize, Serialize};

use super::table::TablePage;
use crate::arrange::Request;
use crate::error::PortalError;

/// What the reader asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Question {
    /// Code of the table; the first one if absent.
    #[serde(default)]
    pub table: Option<String>,
    /// The table that was shown when the reader chose another. What the form held for that one is
    /// then no wish for this one.
    #[serde(default)]
    pub from: Option<String>,
    /// How to arrange it.
    #[serde(default)]
    pub request: Request,
}

/// The name of the parameter with the table.
pub const TABLE: &str = "table";

/// The name of the parameter with the table shown before.
pub const FROM: &str = "from";

impl Question {
    /// Reads the query parameters; `get` returns the value of a parameter.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let code = |name: &str| get(name).filter(|text| text.len() <= 64 && !text.is_empty());
        Self { table: code(TABLE), from: code(FROM), request: Request::from_query(&get) }
    }

    /// The query string for `request` to the table `id`, with a leading `?`.
    #[must_use]
    pub fn query(id: &str, request: &Request) -> String {
        let rest = request.to_query();
        format!("?{TABLE}={id}{}", rest.replacen('?', "&", 1))
    }
}

/// A table to explore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explored {
    /// What is shown.
    pub page: TablePage,
    /// The shortest request with the same answer.
    pub shortest: Request,
    /// Codes and titles of the tables to choose from.
    pub tables: Vec<(String, Text)>,
}

/// What `question` asks for.
#[server(name = FetchExplored, prefix = "/fn", endpoint = "explore", input = GetUrl, output = Json)]
pub async fn explore(
    /// What the reader asks for.
    #[server(default)]
    question: Question,
) -> Result<Explored, PortalError> {
    crate::published::answer(async move {
        let published = crate::published::Published::from_context()?;
        let Question { table, from, mut request } = question;
        let then = published.as_of(request.release).await?;
        let tables: Vec<(String, Text)> =
            then.definitions().await?.into_iter().map(|d| (d.id, d.title)).collect();
        let first = || tables.first().map(|(id, _)| id.clone());
        let id = table.or_else(first).ok_or(PortalError::NothingPublished)?;
        let moved = from.is_some_and(|from| from != id);
        if moved {
            request =
                Request { slice: request.slice, release: request.release, ..Request::default() };
        }
        let mut page = TablePage::read(&published, &id, &request).await?;
        if moved {
            page.unpublished.clear();
        }
        let periods = then.periods(&id).await?;
        let shortest = page.arrangement.shortest(&page.definition, &periods);
        Ok(Explored { page, shortest, tables })
    })
    .await
}
