//! Running text and definitions as the server hands them to a page, in the page's language.

use model::Item;
use serde::{Deserialize, Serialize};

/// A term of the glossary as a page points to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// Its anchor in the glossary.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it means.
    pub text: String,
}

/// A part of running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Text.
    Plain(String),
    /// Words that stand for a term of the glossary.
    Term {
        /// The words in the text.
        words: String,
        /// The term.
        hint: Hint,
    },
}

/// Running text with terms marked in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose(pub Vec<Piece>);

/// What an item means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meaning {
    /// The item.
    pub item: Item,
    /// What it counts, exactly.
    pub counts: String,
    /// Which date decides in which period it counts.
    pub date: String,
    /// What is left out.
    pub excludes: Option<String>,
    /// What else to know, so as not to misread it.
    pub notice: Option<String>,
    /// Terms that explain it.
    pub terms: Vec<Hint>,
}
