//! The design system: what the style sheet says of colours and sizes, what each part of a page is
//! for, and figures to show the parts with.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::Text;
use serde::{Deserialize, Serialize};

use super::overview::Overview;
use crate::error::PortalError;

/// What the page of the design system shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Design {
    /// Published figures.
    pub overview: Overview,
    /// Colours by what they mean.
    pub colours: Vec<Colour>,
    /// Sizes of type.
    pub sizes: Vec<Size>,
    /// Distances.
    pub distances: Vec<Size>,
    /// Parts of pages, in order.
    pub parts: Vec<Part>,
}

/// A colour of the style sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colour {
    /// Name of its custom property, without dashes.
    pub name: String,
    /// What it means.
    pub role: Text,
    /// In the light look.
    pub light: Shade,
    /// In the dark look.
    pub dark: Shade,
}

/// A colour on its ground.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shade {
    /// `#rrggbb`.
    pub colour: String,
    /// What it stands on, `#rrggbb`.
    pub ground: String,
    /// Contrast of both in hundredths; `None` of a ground.
    pub contrast: Option<u32>,
}

/// A size of the style sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// What has it.
    pub name: Text,
    /// As the style sheet has it.
    pub size: String,
}

/// A part of pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which one.
    pub id: PartId,
    /// Its name.
    pub title: Text,
    /// When it is the right one.
    pub when: Text,
}

/// The parts that the page shows at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartId {
    /// Headings, leads, notes, links.
    Words,
    /// The key figures of a quarter.
    Keys,
    /// Tables of figures.
    Grid,
    /// Marks in the place of figures.
    Marks,
    /// Figures as bars.
    Bars,
    /// Figures over time.
    Trend,
    /// The flow of cases.
    Flow,
    /// Parts of a whole.
    Share,
    /// The map of communes.
    Map,
    /// What events mean.
    Events,
    /// Choices.
    Filters,
    /// The box to ask in.
    Search,
    /// What to know before reading on.
    Callout,
}

impl PartId {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 13] = [
        Self::Words,
        Self::Keys,
        Self::Grid,
        Self::Marks,
        Self::Bars,
        Self::Trend,
        Self::Flow,
        Self::Share,
        Self::Map,
        Self::Events,
        Self::Filters,
        Self::Search,
        Self::Callout,
    ];

    /// The anchor of its section.
    #[must_use]
    pub const fn anchor(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Keys => "keys",
            Self::Grid => "grid",
            Self::Marks => "marks",
            Self::Bars => "bars",
            Self::Trend => "trend",
            Self::Flow => "flow",
            Self::Share => "share",
            Self::Map => "map",
            Self::Events => "events",
            Self::Filters => "filters",
            Self::Search => "search-box",
            Self::Callout => "callout",
        }
    }
}

/// The design system with the newest figures.
#[server(name = FetchDesign, prefix = "/fn", endpoint = "design", input = GetUrl, output = Json)]
pub async fn design() -> Result<Design, PortalError> {
    let overview = super::overview::overview(None).await?;
    Ok(Design {
        overview,
        colours: colours(),
        sizes: written::sizes(),
        distances: written::distances(),
        parts: written::parts(),
    })
}

pub(crate) use written::colours;

/// What is written about the style sheet, in `design.json`, joined with what it says itself.
mod written {
    use std::sync::LazyLock;

    use super::{Colour, Deserialize, Part, Shade, Size, Text};
    use crate::palette::{DARK, Sheet};

    static SHEET: LazyLock<Sheet> = LazyLock::new(Sheet::portal);
    static WRITTEN: LazyLock<Written> = LazyLock::new(|| {
        // The tests read the same text, which is a part of the program.
        serde_json::from_str(include_str!("design.json")).unwrap_or_else(|error| {
            tracing::error!(%error, "what is written about the design system");
            Written::default()
        })
    });

    #[derive(Default, Deserialize)]
    struct Written {
        colours: Vec<WrittenColour>,
        sizes: Vec<WrittenSize>,
        distances: Vec<WrittenSize>,
        parts: Vec<Part>,
    }

    #[derive(Deserialize)]
    struct WrittenColour {
        name: String,
        /// The colour that it stands on; none of a ground.
        on: Option<String>,
        role: Text,
    }

    #[derive(Deserialize)]
    struct WrittenSize {
        selector: String,
        property: String,
        name: Text,
    }

    /// The colours, with their contrast.
    pub(crate) fn colours() -> Vec<Colour> {
        let colour = |written: &WrittenColour| {
            let shade = |within: &[&str]| {
                let colour = SHEET.colour(within, &written.name)?;
                let on = written.on.as_deref();
                let ground = SHEET.colour(within, on.unwrap_or("paper"))?;
                let contrast = on.map(|_| colour.contrast(ground));
                Some(Shade { colour: colour.code(), ground: ground.code(), contrast })
            };
            let (name, role) = (written.name.clone(), written.role.clone());
            Some(Colour { name, role, light: shade(&[])?, dark: shade(&[DARK])? })
        };
        WRITTEN.colours.iter().filter_map(colour).collect()
    }

    fn of_sheet(written: &[WrittenSize]) -> Vec<Size> {
        let size = |w: &WrittenSize| {
            let size = SHEET.value("", &w.selector, &w.property)?.to_owned();
            Some(Size { name: w.name.clone(), size })
        };
        written.iter().filter_map(size).collect()
    }

    /// Sizes of type.
    pub(super) fn sizes() -> Vec<Size> {
        of_sheet(&WRITTEN.sizes)
    }

    /// Distances.
    pub(super) fn distances() -> Vec<Size> {
        of_sheet(&WRITTEN.distances)
    }

    /// Parts of pages.
    pub(super) fn parts() -> Vec<Part> {
        WRITTEN.parts.clone()
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use crate::data::design::PartId;

        #[test]
        fn all_that_is_written_is_in_the_style_sheet() {
            let written: Written = serde_json::from_str(include_str!("design.json")).unwrap();
            assert_eq!(colours().len(), written.colours.len());
            assert_eq!(sizes().len(), written.sizes.len());
            assert_eq!(distances().len(), written.distances.len());
            let ids: Vec<PartId> = parts().iter().map(|part| part.id).collect();
            assert_eq!(ids, PartId::ALL);
        }

        #[test]
        fn every_text_stands_in_both_languages() {
            let roles = WRITTEN.colours.iter().map(|c| &c.role);
            let sizes = WRITTEN.sizes.iter().chain(&WRITTEN.distances).map(|s| &s.name);
            let parts = WRITTEN.parts.iter().flat_map(|p| [&p.title, &p.when]);
            for text in roles.chain(sizes).chain(parts) {
                for locale in model::Locale::ALL {
                    assert!(!text.get(locale).is_empty(), "{text:?}");
                }
            }
        }
    }
}
