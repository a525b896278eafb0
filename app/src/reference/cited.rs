//! Figures that authorities and the press published, as cited, and which figure of this portal
//! counts the same thing in the same year.

use std::sync::LazyLock;

use model::{Item, Locale, Text};
use serde::Deserialize;

use crate::data::references::{CitedValue, Scope};

/// A figure of this portal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ours {
    /// Code of its table.
    pub(crate) table: String,
    /// Code of the kind that it counts.
    pub(crate) kind: String,
    /// What it counts.
    pub(crate) item: Item,
    /// What it is a share of, if it is one.
    pub(crate) of: Option<Item>,
}

/// A figure as its source has it: a number, or words where the source has words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cited {
    pub(crate) name: Text,
    /// True for a part of the figure above, or of one above that.
    #[serde(default)]
    pub(crate) part: bool,
    count: Option<i64>,
    tenths_of_percent: Option<i64>,
    change_tenths: Option<i64>,
    words: Option<Text>,
    pub(crate) ours: Option<Ours>,
}

impl Cited {
    /// Its value; of several kinds only the first.
    pub(crate) fn value(&self, locale: Locale) -> Option<CitedValue> {
        let words = self.words.as_ref().map(|w| CitedValue::Words(w.get(locale).to_owned()));
        let count = self.count.map(CitedValue::Count);
        let share = self.tenths_of_percent.map(CitedValue::Share);
        words.or(count).or(share).or(self.change_tenths.map(CitedValue::Change))
    }
}

/// Figures of one publication.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    pub(crate) id: String,
    pub(crate) scope: Scope,
    pub(crate) about: Text,
    pub(crate) publisher: String,
    /// The day of publication or, where no more is known, its year.
    pub(crate) published: Option<String>,
    pub(crate) url: String,
    /// The year of figures of ours to stand beside.
    pub(crate) year: Option<i16>,
    pub(crate) note: Text,
    pub(crate) figure: Vec<Cited>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    source: Vec<Source>,
}

static SOURCES: LazyLock<Sources> =
    LazyLock::new(|| super::read("references", include_str!("../../data/references.toml")));

/// Every source, in order.
pub(crate) fn sources() -> &'static [Source] {
    &SOURCES.source
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use model::{Dim, Period};

    use super::*;

    #[test]
    fn every_source_has_an_address_and_every_figure_one_value() {
        let ids: HashSet<&str> = sources().iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids.len(), sources().len());
        assert!(sources().len() >= 6);
        for source in sources() {
            assert!(source.url.starts_with("https://"), "{}", source.id);
            for figure in &source.figure {
                let numbers = [figure.count, figure.tenths_of_percent, figure.change_tenths];
                let values = numbers.iter().flatten().count() + usize::from(figure.words.is_some());
                assert_eq!(values, 1, "{}: {}", source.id, figure.name.en);
            }
        }
    }

    #[test]
    fn a_figure_of_ours_stands_beside_only_with_a_year_and_a_kind_that_exist() {
        for source in sources() {
            for ours in source.figure.iter().filter_map(|f| f.ours.as_ref()) {
                let year = source.year.map(Period::of_year);
                assert!(year.is_some_and(|y| (2023..2100).contains(&y.year())), "{}", source.id);
                assert!(Dim::Kind.members().get(&ours.kind).is_some(), "{}", source.id);
            }
        }
    }

    #[test]
    fn words_stay_words() {
        let vague = sources().iter().flat_map(|s| &s.figure).filter(|f| f.words.is_some());
        let words: Vec<_> = vague.filter_map(|f| f.value(Locale::Vi)).collect();
        assert!(words.contains(&CitedValue::Words("hơn\u{a0}6.000".into())));
    }
}
