//! The tile map: one hexagon a commune, in classes of nearly equal size. What is withheld is
//! hatched, a zero is hollow, and no class or colour says more about either: classes follow from
//! shown values alone.

use chart::hex::hex_map;
use chart::scale::{class_of, classes};
use leptos::prelude::*;
use model::area;
use model::dimension::{Dim, commune_member};
use model::format::integer;
use model::{Item, Locale};

use super::hatch;
#[cfg(feature = "ssr")]
use super::sheet::{SHEET_WIDTH, Sheet, Swatch};
use crate::components::figure::plain;
use crate::data::{Row, Value};
use crate::text::text;

/// Width of the drawing, about that of its column, so that hatching keeps its grain.
const WIDTH: f64 = 480.0;

/// Number of classes.
const CLASSES: usize = 5;
const TONES: [&str; CLASSES] = ["step-1", "step-2", "step-3", "step-4", "step-5"];

/// The map, and what its colours mean.
struct Drawn {
    height: f64,
    tiles: AnyView,
    /// Class, fill, meaning.
    key: Vec<(&'static str, Option<&'static str>, String)>,
}

/// Draws `item`, `width` wide; communes without a row are drawn as not published.
fn drawn(rows: &[Row], item: Item, width: f64, locale: Locale) -> Drawn {
    let value_of = |code: &str| {
        let member = commune_member(code);
        rows.iter().find(|r| r.member == member).map_or(Value::Absent, |r| r.figures.get(item))
    };
    let communes = area::communes();
    let values: Vec<Value> = communes.iter().map(|c| value_of(c.code)).collect();
    let shown: Vec<i64> = values.iter().filter_map(|v| v.shown()).collect();
    let bounds = classes(&shown, CLASSES);

    let tiles: Vec<(i8, i8)> = communes.iter().map(|c| c.tile).collect();
    let map = hex_map(&tiles, width);
    let paths = communes
        .iter()
        .zip(&map.centres)
        .zip(&values)
        .map(|((commune, &centre), &value)| {
            let name = Dim::Area.members().name(&commune_member(commune.code), locale).to_owned();
            let class = match value {
                Value::Shown(0) => "step-0",
                Value::Shown(n) => TONES[class_of(n, &bounds).min(CLASSES - 1)],
                Value::Withheld => "withheld",
                _ => "absent",
            };
            let fill = (value == Value::Withheld).then_some("url(#hatch-map)");
            view! {
                <path class=class fill=fill d=map.tile(centre)>
                    <title>{format!("{name}: {}", spoken(value, item, locale))}</title>
                </path>
            }
        })
        .collect_view();
    let zero = values.contains(&Value::Shown(0)).then(|| ("step-0", None, "0".to_owned()));
    let steps = bounds.iter().zip(TONES).enumerate().map(|(i, (&low, tone))| {
        let low_text = integer(low, locale);
        let words = match bounds.get(i + 1) {
            Some(&next) if next - 1 > low => format!("{low_text}–{}", integer(next - 1, locale)),
            Some(_) => low_text,
            None => text!(locale, chart.and_more, from = low_text),
        };
        (tone, None, words)
    });
    let withheld = values.contains(&Value::Withheld).then(|| {
        ("withheld", Some("url(#hatch-map)"), model::Status::Withheld.name(locale).to_owned())
    });
    let absent = (values.iter())
        .any(|v| matches!(v, Value::Absent | Value::NotCollected | Value::NotApplicable))
        .then(|| ("absent", None, text!(locale, chart.no_figure)));
    let key = zero.into_iter().chain(steps).chain(withheld).chain(absent).collect();
    let tiles = view! { {hatch("hatch-map")} {paths} }.into_any();
    Drawn { height: map.height, tiles, key }
}

/// The map of `item` for a page.
pub(crate) fn commune_map(title: &str, rows: &[Row], item: Item, locale: Locale) -> AnyView {
    let Drawn { height, tiles, key } = drawn(rows, item, WIDTH, locale);
    let key = key
        .into_iter()
        .map(|(class, fill, words)| {
            view! {
                <li>
                    <svg class="swatch" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
                        <rect class=class fill=fill width="12" height="12" />
                    </svg>
                    {words}
                </li>
            }
        })
        .collect_view();
    view! {
        <svg
            class="tilemap"
            viewBox=format!("0 0 {} {}", chart::unit(WIDTH), chart::unit(height))
            role="img"
            aria-label=title.to_owned()
        >
            {tiles}
        </svg>
        <p class="legend-title">
            {text!(locale, chart.per_commune, unit = item.unit().name(locale))}
        </p>
        <ul class="legend">{key}</ul>
        <p class="legend-title">{text!(locale, chart.reading_map)}</p>
    }
    .into_any()
}

/// The map of `item` for a file, and its key.
#[cfg(feature = "ssr")]
pub(crate) fn commune_sheet(rows: &[Row], item: Item, locale: Locale) -> (Sheet, Vec<Swatch>) {
    let Drawn { height, tiles, key } = drawn(rows, item, SHEET_WIDTH, locale);
    let key = key.into_iter().map(|(class, fill, words)| Swatch { class, fill, words }).collect();
    let content = view! { <g class="tilemap">{tiles}</g> }.into_any();
    (Sheet { height, content }, key)
}

/// A value with its unit, for who points at a tile.
fn spoken(value: Value, item: Item, locale: Locale) -> String {
    match value {
        Value::Shown(n) => format!("{}\u{a0}{}", integer(n, locale), item.unit().name(locale)),
        other => plain(other, locale),
    }
}
