//! What each item counts, which date decides and what is left out.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::{Item, Locale, Text};
use serde::Deserialize;

use super::glossary::GLOSSARY;
use crate::data::words::Meaning;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definition {
    /// A rule of `date`.
    date: String,
    counts: Text,
    excludes: Option<Text>,
    notice: Option<Text>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Items {
    date: HashMap<String, Text>,
    item: HashMap<Item, Definition>,
}

static ITEMS: LazyLock<Items> =
    LazyLock::new(|| super::read("items", include_str!("../../data/items.toml")));

/// What `item` means.
pub(crate) fn meaning(item: Item, locale: Locale) -> Option<Meaning> {
    let definition = ITEMS.item.get(&item)?;
    let text = |text: &Text| text.get(locale).to_owned();
    Some(Meaning {
        item,
        counts: text(&definition.counts),
        date: ITEMS.date.get(&definition.date).map(text).unwrap_or_default(),
        excludes: definition.excludes.as_ref().map(text),
        notice: definition.notice.as_ref().map(text),
        terms: GLOSSARY.of_item(item).map(|term| term.hint(locale)).collect(),
    })
}

/// What `items` mean, in their order.
pub(crate) fn meanings(items: &[Item], locale: Locale) -> Vec<Meaning> {
    items.iter().filter_map(|&item| meaning(item, locale)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_has_a_definition_with_a_date_that_decides() {
        for &item in Item::ALL {
            for locale in Locale::ALL {
                let meaning = meaning(item, locale).unwrap_or_else(|| panic!("{}", item.code()));
                assert!(meaning.counts.ends_with('.'), "{}", item.code());
                assert!(meaning.date.ends_with('.'), "{}", item.code());
            }
        }
        assert_eq!(ITEMS.item.len(), Item::ALL.len());
    }

    #[test]
    fn every_rule_of_dates_is_one_that_some_item_follows() {
        for rule in ITEMS.date.keys() {
            assert!(ITEMS.item.values().any(|d| d.date == *rule), "{rule}");
        }
    }
}
