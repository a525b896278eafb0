//! The list of pages, for tests and for whoever wants to walk through all of them.

use app::routes::{Entry, Example, PAGES};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::figure::Address;
use model::{Dim, Item, Locale};
use proof::figure_id;
use serde::Serialize;
use store::PublishedPool;

/// `/api/v1/pages.json`.
#[derive(Debug, Serialize)]
pub struct PageList {
    /// Every page in both languages.
    pub pages: Vec<ListedPage>,
}

/// A page in one language.
#[derive(Debug, Serialize)]
pub struct ListedPage {
    /// Pattern of its addresses.
    pub path: String,
    /// An address with something on it.
    pub example: String,
}

/// Lists the pages with an example of each.
///
/// # Errors
///
/// 503 when no release is visible.
pub async fn list(State(pool): State<PublishedPool>) -> Result<Json<PageList>, StatusCode> {
    let newest = pool.latest().await.map_err(|error| {
        tracing::warn!(%error, "listing pages");
        StatusCode::SERVICE_UNAVAILABLE
    })?;
    let newest = newest.ok_or(StatusCode::SERVICE_UNAVAILABLE)?.id;
    let settled = Address::total(newest.period, Item::Settled).with(Dim::Kind, "civil");
    let settled = figure_id("case-flow", &settled).to_string();
    let newest = newest.to_string();
    let listed = |entry: &Entry, locale: Locale| ListedPage {
        path: entry.pattern(locale),
        example: match entry.example {
            Example::Itself => entry.page.path(locale),
            Example::Of(code) => entry.page.path_of(locale, code),
            Example::Query(query) => format!("{}{query}", entry.page.path(locale)),
            Example::NewestRelease => entry.page.path_of(locale, &newest),
            Example::Settled => entry.page.path_of(locale, &settled),
        },
    };
    let pages = Locale::ALL.iter().flat_map(|&l| PAGES.iter().map(move |e| listed(e, l))).collect();
    Ok(Json(PageList { pages }))
}
