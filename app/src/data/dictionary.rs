//! The data dictionary, in the page's language: what the code lists do not say themselves.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::table::Crossing;
use model::{Dim, Item, Locale};
use serde::{Deserialize, Serialize};

use super::ReleaseInfo;
use super::words::Meaning;
use crate::error::PortalError;

/// A level of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What to know about it.
    pub text: Option<String>,
}

/// A dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimension {
    /// Which.
    pub dim: Dim,
    /// What decides to which member a record belongs.
    pub text: String,
    /// Its levels, coarse to fine.
    pub levels: Vec<Level>,
}

/// A column of downloads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name in the file.
    pub code: String,
    /// What stands in it.
    pub text: String,
}

/// A published table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its code.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it counts.
    pub items: Vec<Item>,
    /// What it crosses.
    pub crossings: Vec<Crossing>,
}

impl Table {
    /// True if it publishes `item`.
    #[must_use]
    pub fn shows(&self, item: Item) -> bool {
        self.crossings.iter().any(|c| c.items.as_deref().unwrap_or(&self.items).contains(&item))
    }
}

/// The data dictionary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionary {
    /// The newest release.
    pub release: ReleaseInfo,
    /// What every item means, in the order of the list.
    pub items: Vec<Meaning>,
    /// The dimensions.
    pub dimensions: Vec<Dimension>,
    /// The columns of downloads.
    pub columns: Vec<Column>,
    /// The tables of the newest release.
    pub tables: Vec<Table>,
}

/// The data dictionary in `locale`.
#[server(name = FetchDictionary, prefix = "/fn", endpoint = "dictionary", input = GetUrl, output = Json)]
pub async fn dictionary(
    /// The language.
    #[server(default)]
    locale: Locale,
) -> Result<Dictionary, PortalError> {
    crate::published::answer(async move {
        use crate::reference::{columns, dimensions, meanings};

        let published = crate::published::Published::from_context()?;
        let release = published.newest().await?;
        let tables = published.definitions().await?.into_iter();
        let tables = tables
            .map(|t| Table {
                title: t.title.get(locale).to_owned(),
                id: t.id,
                items: t.items,
                crossings: t.crossings,
            })
            .collect();
        Ok(Dictionary {
            release,
            items: meanings(Item::ALL, locale),
            dimensions: dimensions(locale),
            columns: columns(locale),
            tables,
        })
    })
    .await
}
