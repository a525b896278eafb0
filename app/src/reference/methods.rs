//! The words of the methodology.

use std::sync::LazyLock;

use model::{Locale, Period, Text};
use serde::Deserialize;

use super::prose::parse;
use crate::data::methods::Section;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionText {
    id: String,
    title: Text,
    paragraph: Vec<Text>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    section: Vec<SectionText>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| super::read("methods", include_str!("../../data/methods.toml")));

/// The sections in order.
pub(crate) fn sections(locale: Locale) -> Vec<Section> {
    let days = Period::CUTOFF_DAYS.to_string();
    let paragraph = |text: &Text| parse(&text.get(locale).replace("{cutoff_days}", &days), locale);
    WORDS
        .section
        .iter()
        .map(|s| Section {
            id: s.id.clone(),
            title: s.title.get(locale).to_owned(),
            paragraphs: s.paragraph.iter().map(paragraph).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::words::Piece;

    #[test]
    fn every_mark_in_the_text_is_a_term_of_the_glossary() {
        for locale in Locale::ALL {
            let written: usize = WORDS
                .section
                .iter()
                .flat_map(|s| &s.paragraph)
                .map(|text| text.get(locale).matches("[[").count())
                .sum();
            let sections = sections(locale);
            let pieces = sections.iter().flat_map(|s| &s.paragraphs).flat_map(|p| &p.0);
            let read = pieces.filter(|piece| matches!(piece, Piece::Term { .. })).count();
            assert!(written > 10, "{locale}");
            assert_eq!(read, written, "{locale}");
        }
    }
}
