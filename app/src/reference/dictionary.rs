//! What the dimensions, their levels and the columns of downloads mean.

use std::sync::LazyLock;

use model::{Dim, Locale, Text};
use serde::Deserialize;

use crate::data::dictionary::{Column, Dimension, Level};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelText {
    code: String,
    name: Text,
    text: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DimensionText {
    code: Dim,
    text: Text,
    level: Vec<LevelText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnText {
    code: String,
    text: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    dimension: Vec<DimensionText>,
    column: Vec<ColumnText>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| super::read("dictionary", include_str!("../../data/dictionary.toml")));

/// The dimensions with their levels.
pub(crate) fn dimensions(locale: Locale) -> Vec<Dimension> {
    let text = |text: &Text| text.get(locale).to_owned();
    let level = |level: &LevelText| Level {
        code: level.code.clone(),
        name: text(&level.name),
        text: level.text.as_ref().map(text),
    };
    WORDS
        .dimension
        .iter()
        .map(|d| Dimension {
            dim: d.code,
            text: text(&d.text),
            levels: d.level.iter().map(level).collect(),
        })
        .collect()
}

/// The columns of downloads, in the order of the files.
pub(crate) fn columns(locale: Locale) -> Vec<Column> {
    let columns = WORDS.column.iter();
    columns.map(|c| Column { code: c.code.clone(), text: c.text.get(locale).to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dimension_is_described_with_each_of_its_levels() {
        let described = dimensions(Locale::Vi);
        assert_eq!(described.iter().map(|d| d.dim).collect::<Vec<_>>(), Dim::ALL);
        for dimension in described {
            let levels: Vec<&str> = dimension.levels.iter().map(|l| l.code.as_str()).collect();
            assert_eq!(levels, dimension.dim.levels(), "{:?}", dimension.dim);
        }
    }
}
