//! A page as the server draws it. The browser gets it as HTML, with the document or, on the way from
//! page to page, alone: what draws pages is nowhere but on the server, and what a reader's browser
//! has to load stays small.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use serde::{Deserialize, Serialize};

use crate::error::PortalError;

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Title of the document, whole.
    pub title: String,
    /// What search engines show of it.
    pub description: String,
    /// What stands between the frame's head and foot.
    pub html: String,
}

/// The page at `path`, `/vi/bang/case-flow`, with the query `query`, `period=2026-Q3`.
#[server(name = FetchDocument, prefix = "/fn", endpoint = "document", input = GetUrl, output = Json)]
pub async fn document(
    /// Path of its address.
    path: String,
    /// Query of its address, without the question mark.
    #[server(default)]
    query: String,
) -> Result<Document, PortalError> {
    crate::published::answer(crate::pages::document(&path, &query)).await
}

/// A page that stands in the document. Its HTML is there already, so it does not travel a second
/// time for the browser's part of the application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shown {
    /// Title of the document.
    pub(crate) title: String,
    /// What search engines show of it.
    pub(crate) description: String,
    /// Empty while the server's document is taken over.
    #[serde(skip)]
    pub(crate) html: String,
}

impl From<Document> for Shown {
    fn from(Document { title, description, html }: Document) -> Self {
        Self { title, description, html }
    }
}
