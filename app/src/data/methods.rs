//! What the methodology page takes from the newest release, and its words.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{Locale, Unit};
use serde::{Deserialize, Serialize};

use super::ReleaseInfo;
use super::releases::Coverage;
use super::words::{Hint, Prose};
use crate::error::PortalError;

/// A section of the methodology.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its anchor.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<Prose>,
}

/// The methodology.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Methods {
    /// The newest release.
    pub release: ReleaseInfo,
    /// Its tables.
    pub tables: Vec<Coverage>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// The units that the glossary explains.
    pub units: Vec<(Unit, Hint)>,
}

/// The methodology in `locale`, with shown and withheld counts of the newest release.
#[server(name = FetchMethods, prefix = "/fn", endpoint = "methods", input = GetUrl, output = Json)]
pub async fn methods(
    /// The language.
    #[server(default)]
    locale: Locale,
) -> Result<Methods, PortalError> {
    crate::published::answer(async move {
        let published = crate::published::Published::from_context()?;
        let release = published.newest().await?;
        let tables = published.coverage(release.id).await?;
        let hint = |unit: Unit| {
            let term = unit_term(unit).and_then(|slug| crate::reference::GLOSSARY.get(slug))?;
            Some((unit, term.hint(locale)))
        };
        let units = Unit::ALL.iter().filter_map(|&unit| hint(unit)).collect();
        Ok(Methods { release, tables, sections: crate::reference::sections(locale), units })
    })
    .await
}

/// The term of the glossary that explains `unit`.
const fn unit_term(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::Case => Some("vu-viec"),
        Unit::Petition => Some("don"),
        Unit::Visit => Some("luot-tiep"),
        Unit::Person => Some("nguoi-duoc-tiep"),
        Unit::Delegation => Some("doan-dong-nguoi"),
        Unit::Day => Some("ky-tiep"),
        Unit::MillionVnd => Some("trieu-dong"),
        Unit::SquareMetre => None,
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn every_unit_but_a_symbol_is_explained() {
        for &unit in Unit::ALL {
            let term = unit_term(unit).and_then(|slug| crate::reference::GLOSSARY.get(slug));
            assert_eq!(term.is_some(), unit != Unit::SquareMetre, "{}", unit.code());
        }
    }
}
