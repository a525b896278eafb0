//! What the published figures say to something that somebody claims.

use model::figure::Address;
use model::table::TableDefinition;
use model::{Status, Text};
use proof::{FigureId, figure_id};
use store::FigureVersion;

use super::figure::{FigureName, FigurePage};
use super::{ReleaseInfo, Value};
use crate::error::PortalError;
use crate::published::{Published, info};

/// How a number stands to the published figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is a published figure, and the current one.
    Current,
    /// It is an honest rounding of a current figure.
    Rounded,
    /// It was published, and a later release replaced it.
    Superseded,
    /// The figure that the words describe is another.
    Contradicted,
    /// The figure that the words describe is withheld.
    Withheld,
    /// No published figure fits.
    Unpublished,
    /// The words name too much for one figure.
    Unclear,
}

impl Verdict {
    /// True if the number is or was a published figure, or rounds one.
    #[must_use]
    pub const fn is_found(self) -> bool {
        matches!(self, Self::Current | Self::Rounded | Self::Superseded)
    }
}

/// A figure as one release has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The release.
    pub release: ReleaseInfo,
    /// The value; `None` if there is none to be seen.
    pub value: Option<i64>,
    /// Why there is a value, or none.
    pub status: Status,
}

impl Version {
    fn of(version: &FigureVersion) -> Self {
        let FigureVersion { release, cell, .. } = version;
        Self { release: info(release), value: cell.value, status: cell.status }
    }

    /// The value as readers meet it.
    #[must_use]
    pub const fn shown(&self) -> Value {
        Value::of(self.value, self.status)
    }
}

/// A figure that a number was held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Its permanent name.
    pub id: FigureId,
    /// The table that it stands in.
    pub table: String,
    /// Its place there.
    pub address: Address,
    /// What the newest release says.
    pub newest: Version,
    /// What an earlier one said, if that is the number.
    pub old: Option<Version>,
}

impl Match {
    /// The figure whose versions are `versions`, the one published last first, of which `old` is the
    /// one that the number is that of; `None` if there is no version.
    #[must_use]
    pub fn of(versions: &[FigureVersion], old: Option<&FigureVersion>) -> Option<Self> {
        let newest = versions.first()?;
        Some(Self {
            id: figure_id(&newest.table, &newest.cell.address),
            table: newest.table.clone(),
            address: newest.cell.address.clone(),
            newest: Version::of(newest),
            old: old.map(Version::of),
        })
    }
}

/// What is to be said of one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The number as it was written.
    pub said: String,
    /// How it stands.
    pub verdict: Verdict,
    /// The figures that say so, or that come nearest; the likeliest first.
    pub matches: Vec<Match>,
}

/// A row of a file that is not what was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// What it says.
    pub says: String,
    /// The figure that it names.
    pub figure: Match,
}

/// What is to be said of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileVerdict {
    /// It is a file of these releases, byte for byte, at these paths.
    Signed(Vec<(model::ReleaseId, String)>),
    /// A table with published figures in it.
    Rows {
        /// Rows with the current figure.
        current: usize,
        /// Rows with what an earlier release published.
        superseded: usize,
        /// Rows that name no published figure.
        unknown: usize,
        /// Rows with another value than any release published.
        others: Vec<OtherRow>,
    },
    /// Nothing that could be held against figures.
    Unreadable(Unreadable),
}

/// Why a file can't be held against the published figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no text in UTF-8.
    NoText,
    /// It is no table: what the reader of CSV says.
    NoTable(String),
    /// It has more rows than are looked at.
    TooLong(usize),
    /// Its columns name no value.
    NoValue,
    /// None of its rows is a published figure.
    NoFigure,
}

/// A file that a reader gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileAnswer {
    /// Its name.
    pub name: String,
    /// What is to be said of it.
    pub verdict: FileVerdict,
}

/// The answer to a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckPage {
    /// The newest release.
    pub release: ReleaseInfo,
    /// What was claimed.
    pub claim: String,
    /// True if it is an address, or a name, as those of figures are.
    pub is_address: bool,
    /// The figure whose address it is, if there is one.
    pub figure: Option<Box<FigurePage>>,
    /// What is to be said of each number.
    pub answers: Vec<Answer>,
    /// What is to be said of the file that came with the request.
    pub file: Option<FileAnswer>,
    /// The tables, with their titles.
    pub tables: Vec<TableDefinition>,
}

impl CheckPage {
    /// The title of the table `id`.
    #[must_use]
    pub fn title(&self, id: &str) -> Option<&Text> {
        self.table(id).map(|t| &t.title)
    }

    /// The definition of the table `id`.
    #[must_use]
    pub fn table(&self, id: &str) -> Option<&TableDefinition> {
        self.tables.iter().find(|t| t.id == id)
    }
}

/// Holds `claim` against the published figures.
///
/// # Errors
///
/// [`PortalError::NothingPublished`] before the first release, [`PortalError::Unavailable`] when the
/// database does not answer.
pub async fn check(claim: &str, locale: model::Locale) -> Result<CheckPage, PortalError> {
    crate::published::answer(async move {
        let published = Published::from_context()?;
        let claim: String = claim.trim().chars().take(crate::claim::LONGEST).collect();
        let figure = match named(&claim) {
            Some(name) => match FigurePage::read(&published, name, locale).await {
                Ok(page) => Some(Box::new(page)),
                Err(PortalError::NotFound) => None,
                Err(error) => return Err(error),
            },
            None => None,
        };
        let answers = match (&figure, named(&claim)) {
            (None, None) => crate::claim::check(&published, &claim).await?,
            _ => Vec::new(),
        };
        Ok(CheckPage {
            release: published.newest().await?,
            tables: published.definitions().await?,
            is_address: named(&claim).is_some(),
            claim,
            figure,
            answers,
            file: leptos::prelude::use_context(),
        })
    })
    .await
}

/// The figure whose address, or whose name alone, `claim` is.
fn named(claim: &str) -> Option<FigureName> {
    let address = claim.split(['?', '#']).next()?.trim_end_matches('/');
    let name = address.rsplit('/').next()?;
    let name =
        name.strip_suffix(".proof.json").or_else(|| name.strip_suffix(".json")).unwrap_or(name);
    name.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_figure_is_known_in_every_form() {
        let name = "4ohqcgyexqcmkdzn@2026-Q3.1";
        for claim in [
            name.to_owned(),
            format!("https://example.org/vi/so-lieu/{name}"),
            format!("/en/figures/{name}/?x=1#proof"),
            format!("http://127.0.0.1:3000/f/{name}"),
            format!("/api/v1/figures/{name}.proof.json?lang=vi"),
        ] {
            assert_eq!(named(&claim).map(|n| n.to_string()).as_deref(), Some(name), "{claim}");
        }
        for claim in ["3.245", "https://example.org/vi", "quý IV/2025", ""] {
            assert_eq!(named(claim), None, "{claim}");
        }
    }
}
