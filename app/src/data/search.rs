//! What a reader may mean by a few words.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{Dim, Item, ReleaseId, Text};
use serde::{Deserialize, Serialize};

use super::ReleaseInfo;
use crate::error::PortalError;
use crate::routes::Page;

/// Something that can be found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A place, a body or a field.
    Member {
        /// Which of these.
        dim: Dim,
        /// Its code.
        code: String,
    },
    /// A table.
    Table {
        /// Its code.
        id: String,
    },
    /// Something that a table counts.
    Item {
        /// What.
        item: Item,
        /// Code of the table.
        table: String,
    },
    /// A term of the glossary.
    Term {
        /// Its anchor.
        slug: String,
        /// Its name.
        name: Text,
    },
    /// What an item means.
    Definition {
        /// The item.
        item: Item,
    },
    /// A page of the portal.
    Page {
        /// Which.
        page: Page,
    },
    /// A release.
    Release {
        /// Its name.
        id: ReleaseId,
    },
}

/// The kinds of what can be found, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    /// Places.
    Area,
    /// Bodies.
    Body,
    /// Fields.
    Field,
    /// Tables.
    Table,
    /// What is counted.
    Item,
    /// Terms and definitions.
    Word,
    /// Pages.
    Page,
    /// Releases.
    Release,
}

impl Subject {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> SubjectKind {
        match self {
            Self::Member { dim: Dim::Area, .. } => SubjectKind::Area,
            Self::Member { dim: Dim::Body, .. } => SubjectKind::Body,
            Self::Member { .. } => SubjectKind::Field,
            Self::Table { .. } => SubjectKind::Table,
            Self::Item { .. } => SubjectKind::Item,
            Self::Term { .. } | Self::Definition { .. } => SubjectKind::Word,
            Self::Page { .. } => SubjectKind::Page,
            Self::Release { .. } => SubjectKind::Release,
        }
    }
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// What.
    pub subject: Subject,
    /// The former commune by whose name a place was found.
    #[serde(default)]
    pub former: Option<String>,
}

impl Hit {
    /// Found by its own name.
    #[must_use]
    pub const fn of(subject: Subject) -> Self {
        Self { subject, former: None }
    }
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// The newest release.
    pub release: ReleaseInfo,
    /// What was asked.
    pub question: String,
    /// What it may mean, by kind, the best first.
    pub hits: Vec<Hit>,
    /// Titles of all tables, by code.
    pub tables: Vec<(String, Text)>,
}

/// No question is longer, in characters.
const LONGEST: usize = 100;

/// What `question` may mean.
#[server(name = FetchSearch, prefix = "/fn", endpoint = "search", input = GetUrl, output = Json)]
pub async fn search(
    /// A few words.
    #[server(default)]
    question: String,
) -> Result<SearchPage, PortalError> {
    crate::published::answer(async move {
        use crate::search::{Table, find};

        let published = crate::published::Published::from_context()?;
        let release = published.newest().await?;
        let definitions = published.definitions().await?;
        let releases = published.releases().await?;
        let question: String = question.trim().chars().take(LONGEST).collect();
        let tables: Vec<Table> = definitions
            .iter()
            .map(|d| Table {
                id: d.id.clone(),
                names: [&d.title, &d.lead].map(|t| [t.vi.clone(), t.en.clone()]).concat(),
                items: d.items.clone(),
            })
            .collect();
        let ids: Vec<_> = releases.iter().map(|r| r.id).collect();
        let hits = find(&question, &tables, &ids);
        let tables = definitions.into_iter().map(|d| (d.id, d.title)).collect();
        Ok(SearchPage { release, question, hits, tables })
    })
    .await
}
