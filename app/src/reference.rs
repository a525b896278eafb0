//! The words that only the server has: the glossary, the definitions of what is counted, the text of
//! the methodology, figures published elsewhere. They are written in `app/data/*.toml`, compiled in
//! here, and handed out by the page; the browser gets what a page shows and no more.

mod alphabet;
mod cited;
mod dictionary;
mod glossary;
mod items;
mod methods;
mod prose;
mod regimes;

pub(crate) use alphabet::sort as sort_by_name;
pub(crate) use cited::{Source, sources};
pub(crate) use dictionary::{columns, dimensions};
pub(crate) use glossary::{GLOSSARY, glossary};
pub(crate) use items::meanings;
pub(crate) use methods::sections;
pub(crate) use prose::marked;
pub(crate) use regimes::regime;

use serde::de::DeserializeOwned;

/// What stands in a file of `app/data`. A file that cannot be read is logged and counts as empty:
/// figures without their explanation are better than no page. The tests read every file.
pub(crate) fn read<T: DeserializeOwned + Default>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| {
        tracing::error!(name, %error, "cannot read the portal's own words");
        T::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_cannot_be_read_count_as_none() {
        let nothing: std::collections::HashMap<String, String> = read("broken", "a = [");
        assert!(nothing.is_empty());
    }

    /// Every text of the data files, with the name of its file.
    fn files() -> [(&'static str, &'static str); 8] {
        [
            ("glossary", include_str!("../data/glossary.toml")),
            ("items", include_str!("../data/items.toml")),
            ("dictionary", include_str!("../data/dictionary.toml")),
            ("methods", include_str!("../data/methods.toml")),
            ("references", include_str!("../data/references.toml")),
            ("regimes", include_str!("../data/regimes.toml")),
            ("comparisons", include_str!("../data/comparisons.toml")),
            ("attention", include_str!("../data/attention.toml")),
        ]
    }

    /// The texts of `value` in each language, found by the keys `vi` and `en`; `at` is for messages.
    fn check(at: &str, value: &toml::Value) {
        match value {
            toml::Value::Table(table) if table.contains_key("vi") || table.contains_key("en") => {
                for language in ["vi", "en"] {
                    let text = table.get(language).map(ToString::to_string).unwrap_or_default();
                    assert!(text.len() > 3, "{at}: nothing in {language}");
                }
            }
            toml::Value::Table(table) => {
                table.iter().for_each(|(key, value)| check(&format!("{at}.{key}"), value));
            }
            toml::Value::Array(list) => list.iter().for_each(|value| check(at, value)),
            _ => {}
        }
    }

    #[test]
    fn every_text_is_there_in_both_languages_and_composed() {
        for (name, text) in files() {
            assert!(unicode_normalization::is_nfc(text), "{name}");
            check(name, &toml::Value::Table(text.parse().unwrap()));
        }
    }
}
