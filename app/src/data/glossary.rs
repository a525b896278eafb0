//! The glossary, in the page's language.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{Dim, Item, Locale, Text};
use serde::{Deserialize, Serialize};

use super::ReleaseInfo;
use crate::error::PortalError;

/// A term by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its anchor.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// A term with what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its anchor.
    pub slug: String,
    /// Its name in both languages.
    pub name: Text,
    /// What it means.
    pub text: String,
    /// Where the law has it.
    pub law: Option<String>,
    /// Items of our figures that it explains.
    pub items: Vec<Item>,
    /// Members of dimensions that it explains.
    pub members: Vec<(Dim, String)>,
    /// Terms to read with it.
    pub related: Vec<Named>,
}

/// Terms of one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its anchor.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its terms.
    pub terms: Vec<Entry>,
}

/// The names that begin with a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The letter.
    pub letter: String,
    /// Its anchor.
    pub slug: String,
    /// The terms, in order.
    pub terms: Vec<Named>,
}

/// The glossary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glossary {
    /// The newest release.
    pub release: ReleaseInfo,
    /// The terms by subject.
    pub groups: Vec<Group>,
    /// Their names by letter.
    pub letters: Vec<Letter>,
}

/// The glossary in `locale`.
#[server(name = FetchGlossary, prefix = "/fn", endpoint = "glossary", input = GetUrl, output = Json)]
pub async fn glossary(
    /// The language.
    #[server(default)]
    locale: Locale,
) -> Result<Glossary, PortalError> {
    crate::published::answer(async move {
        let published = crate::published::Published::from_context()?;
        let release = published.newest().await?;
        let (groups, letters) = crate::reference::glossary(locale);
        Ok(Glossary { release, groups, letters })
    })
    .await
}
