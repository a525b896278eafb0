//! Figures that others published, each beside the figure of this portal that counts the same thing
//! in the same year.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{Locale, Period};
use serde::{Deserialize, Serialize};

use super::{ReleaseInfo, Value};
use crate::error::PortalError;

/// What a source speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The province.
    ThanhHoa,
    /// The country.
    Country,
}

/// A figure as its source has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CitedValue {
    /// A count.
    Count(i64),
    /// A share, in tenths of a percent.
    Share(i64),
    /// A change, in tenths of a percent.
    Change(i64),
    /// What the source says in words.
    Words(String),
}

/// The figure of this portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OurValue {
    /// A count.
    Figure(Value),
    /// Numerator and denominator, if both are shown.
    Share(Option<(i64, i64)>),
}

/// A figure, and ours beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// What it is.
    pub name: String,
    /// True for a part of the figure above, or of one above that.
    pub part: bool,
    /// Its value.
    pub value: CitedValue,
    /// Ours, with the code of its table.
    pub ours: Option<(String, OurValue)>,
}

/// Figures of one publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its anchor.
    pub id: String,
    /// What it speaks of.
    pub scope: Scope,
    /// Where and when.
    pub about: String,
    /// Who published it.
    pub publisher: String,
    /// The day or year of publication.
    pub published: Option<String>,
    /// Its address.
    pub url: String,
    /// What to know when reading it.
    pub note: String,
    /// The period of our figures beside it, if any are published.
    pub period: Option<Period>,
    /// Its figures.
    pub figures: Vec<Cited>,
}

/// Figures published elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct References {
    /// The newest release.
    pub release: ReleaseInfo,
    /// The sources.
    pub sources: Vec<Source>,
}

/// Figures published elsewhere, in `locale`.
#[server(name = FetchReferences, prefix = "/fn", endpoint = "references", input = GetUrl, output = Json)]
pub async fn references(
    /// The language.
    #[server(default)]
    locale: Locale,
) -> Result<References, PortalError> {
    crate::published::answer(async move {
        let published = crate::published::Published::from_context()?;
        let release = published.newest().await?;
        let mut sources = Vec::new();
        for source in crate::reference::sources() {
            sources.push(beside(&published, source, locale).await?);
        }
        Ok(References { release, sources })
    })
    .await
}

/// `source` with our figures beside its own.
async fn beside(
    published: &crate::published::Published,
    source: &crate::reference::Source,
    locale: Locale,
) -> Result<Source, PortalError> {
    use model::dimension::Dim;

    use crate::published::Want;

    let year = source.year.map(Period::of_year);
    let mut figures = Vec::new();
    let mut period = None;
    for cited in &source.figure {
        let Some(value) = cited.value(locale) else { continue };
        let mut ours = None;
        if let (Some(wanted), Some(year)) = (&cited.ours, year) {
            let want = Want::totals().member(Dim::Kind, &wanted.kind);
            let found = published.figures(&wanted.table, year, want).await?;
            if !found.is_empty() {
                period = Some(year);
                let value = match wanted.of {
                    Some(of) => OurValue::Share(found.rate(wanted.item, of)),
                    None => OurValue::Figure(found.get(wanted.item)),
                };
                ours = Some((wanted.table.clone(), value));
            }
        }
        let name = cited.name.get(locale).to_owned();
        figures.push(Cited { name, part: cited.part, value, ours });
    }
    Ok(Source {
        id: source.id.clone(),
        scope: source.scope,
        about: source.about.get(locale).to_owned(),
        publisher: source.publisher.clone(),
        published: source.published.clone(),
        url: source.url.clone(),
        note: source.note.get(locale).to_owned(),
        period,
        figures,
    })
}
