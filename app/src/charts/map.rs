//! Maps: places in classes of nearly equal size. What is withheld is hatched, a zero is hollow, and
//! no class or colour says more about either: classes follow from shown values alone.
//!
//! Communes are drawn with their boundaries if the operator has imported them, else as hexagons of
//! one size; former districts with their boundaries or not at all. A shape leads to the page of its
//! place. The tab key passes shapes by: there are up to 166, and the table beside the map, or the
//! list of all places, has the same links.

use chart::hex::hex_map;
use chart::scale::{class_of, classes};
use leptos::prelude::*;
use model::area;
use model::boundary::Level;
use model::dimension::Dim;
use model::format::integer;
use model::{Item, Locale};

#[cfg(feature = "ssr")]
use super::sheet::{SHEET_WIDTH, Sheet, Swatch};
use super::{hatch, hatch_scaled};
use crate::components::figure::plain;
use crate::data::geometry::Boundaries;
use crate::data::{Row, Value};
use crate::routes::Page;
use crate::text::text;

/// Width of the drawing, about that of its column, so that hatching keeps its grain.
const WIDTH: f64 = 480.0;

/// Number of classes.
const CLASSES: usize = 5;
const TONES: [&str; CLASSES] = ["step-1", "step-2", "step-3", "step-4", "step-5"];

/// The hatching on the map, and in its key.
const ON_MAP: &str = "url(#hatch-map)";
const IN_KEY: &str = "url(#hatch-key)";

/// The map of `item` by commune; communes without a row are drawn as not published.
pub(crate) fn commune_map(
    title: &str,
    rows: &[Row],
    item: Item,
    boundaries: Option<&Boundaries>,
    locale: Locale,
) -> AnyView {
    let places = Places::of(Level::Commune, rows, item, locale);
    let drawing = match boundaries {
        Some(boundaries) => places.with_boundaries(title, boundaries),
        None => places.as_tiles(title),
    };
    let heading = text!(locale, chart.per_commune, unit = item.unit().name(locale));
    let reading = match boundaries {
        Some(_) => text!(locale, geometry.reading),
        None => text!(locale, chart.reading_map),
    };
    view! {
        {drawing}
        {places.key(heading)}
        <p class="legend-title">{reading}</p>
        {boundaries.map(|b| source(b, locale))}
    }
    .into_any()
}

/// The map of `item` by former district.
pub(crate) fn district_map(
    title: &str,
    rows: &[Row],
    item: Item,
    boundaries: &Boundaries,
    locale: Locale,
) -> AnyView {
    let places = Places::of(Level::District, rows, item, locale);
    let heading = text!(locale, geometry.per_district, unit = item.unit().name(locale));
    view! {
        {places.with_boundaries(title, boundaries)}
        {places.key(heading)}
        <p class="legend-title">{text!(locale, geometry.reading)}</p>
        {source(boundaries, locale)}
    }
    .into_any()
}

/// The map of `item` by commune for a file, and its key. A file stands alone, so it has hexagons.
#[cfg(feature = "ssr")]
pub(crate) fn commune_sheet(rows: &[Row], item: Item, locale: Locale) -> (Sheet, Vec<Swatch>) {
    let places = Places::of(Level::Commune, rows, item, locale);
    let (shapes, height) = places.tiles(SHEET_WIDTH, |place, tile| {
        let title = format!("{}: {}", places.name(place), spoken(place.value, item, locale));
        view! { <g><title>{title}</title> {tile}</g> }.into_any()
    });
    let content = view! { <g class="tilemap">{hatch("hatch-map")} {shapes}</g> }.into_any();
    let swatch = |(class, hatched, words): (&'static str, bool, String)| Swatch {
        class,
        fill: hatched.then_some(ON_MAP),
        words,
    };
    (Sheet { height, content }, places.meanings().into_iter().map(swatch).collect())
}

/// Whose boundaries are drawn.
fn source(boundaries: &Boundaries, locale: Locale) -> AnyView {
    let words = text!(locale, geometry.source, source = boundaries.source.get(locale).to_owned());
    view! { <p class="legend-title">{words}</p> }.into_any()
}

/// A place on the map.
struct Place {
    member: String,
    value: Value,
}

/// All places of a map, and the classes of their values.
struct Places {
    all: Vec<Place>,
    bounds: Vec<i64>,
    item: Item,
    locale: Locale,
}

impl Places {
    fn of(level: Level, rows: &[Row], item: Item, locale: Locale) -> Self {
        let value_of = |member: &str| {
            rows.iter().find(|r| r.member == member).map_or(Value::Absent, |r| r.figures.get(item))
        };
        let all: Vec<Place> = level
            .places()
            .into_iter()
            .map(|code| {
                let member = level.member(code);
                Place { value: value_of(&member), member }
            })
            .collect();
        let shown: Vec<i64> = all.iter().filter_map(|p| p.value.shown()).collect();
        Self { all, bounds: classes(&shown, CLASSES), item, locale }
    }

    fn name<'a>(&self, place: &'a Place) -> &'a str {
        Dim::Area.members().name(&place.member, self.locale)
    }

    /// One hexagon a commune, in the order of [`area::communes`], on a map `width` wide, and the
    /// height of the map; `wrap` makes of each what stands on it.
    fn tiles(&self, width: f64, wrap: impl Fn(&Place, AnyView) -> AnyView) -> (AnyView, f64) {
        let tiles: Vec<(i8, i8)> = area::communes().iter().map(|c| c.tile).collect();
        let map = hex_map(&tiles, width);
        let shapes = self
            .all
            .iter()
            .zip(&map.centres)
            .map(|(place, &centre)| {
                let (class, fill) = self.look(place);
                let tile = view! { <path class=class fill=fill d=map.tile(centre) /> };
                wrap(place, tile.into_any())
            })
            .collect_view();
        (shapes.into_any(), map.height)
    }

    fn as_tiles(&self, title: &str) -> AnyView {
        let (shapes, height) = self.tiles(WIDTH, |place, tile| self.linked(place, tile));
        view! {
            <svg
                class="tilemap"
                viewBox=format!("0 0 {} {}", chart::unit(WIDTH), chart::unit(height))
                role="group"
                aria-label=title.to_owned()
            >
                {hatch("hatch-map")}
                {shapes}
            </svg>
        }
        .into_any()
    }

    /// Shapes from the file of `boundaries`: they take fill and stroke from here.
    fn with_boundaries(&self, title: &str, boundaries: &Boundaries) -> AnyView {
        let file = boundaries.address();
        let scale = f64::from(boundaries.width) / WIDTH;
        // Strokes reach beyond the outermost border.
        let [left, width, height] = [
            -2.0 * scale,
            4.0_f64.mul_add(scale, f64::from(boundaries.width)),
            4.0_f64.mul_add(scale, f64::from(boundaries.height)),
        ]
        .map(chart::unit);
        let shapes = self
            .all
            .iter()
            .map(|place| {
                let (class, fill) = self.look(place);
                let href = format!("{file}#{}", place.member);
                self.linked(place, view! { <use href=href class=class fill=fill /> }.into_any())
            })
            .collect_view();
        view! {
            <svg
                class="tilemap boundaries"
                viewBox=format!("{left} {left} {width} {height}")
                fill-rule="evenodd"
                role="group"
                aria-label=title.to_owned()
            >
                {hatch_scaled("hatch-map", scale)}
                {shapes}
            </svg>
        }
        .into_any()
    }

    /// A shape that leads to the page of its place and, pointed at, tells its value.
    fn linked(&self, place: &Place, shape: AnyView) -> AnyView {
        let locale = self.locale;
        let name = self.name(place);
        view! {
            <a href=Page::Area.path_of(locale, &place.member) tabindex="-1">
                <title>{format!("{name}: {}", spoken(place.value, self.item, locale))}</title>
                {shape}
            </a>
        }
        .into_any()
    }

    /// Class and hatching of a shape.
    fn look(&self, place: &Place) -> (&'static str, Option<&'static str>) {
        match place.value {
            Value::Shown(0) => ("step-0", None),
            Value::Shown(n) => (TONES[class_of(n, &self.bounds).min(CLASSES - 1)], None),
            Value::Withheld => ("withheld", Some(ON_MAP)),
            _ => ("absent", None),
        }
    }

    /// What the colours mean: class, whether it is hatched, and words.
    fn meanings(&self) -> Vec<(&'static str, bool, String)> {
        let locale = self.locale;
        let any = |of: fn(Value) -> bool| self.all.iter().any(|p| of(p.value));
        let mut out = Vec::new();
        if any(|v| v == Value::Shown(0)) {
            out.push(("step-0", false, "0".to_owned()));
        }
        for (i, (&low, tone)) in self.bounds.iter().zip(TONES).enumerate() {
            let low_text = integer(low, locale);
            let words = match self.bounds.get(i + 1) {
                Some(&next) if next - 1 > low => {
                    format!("{low_text}–{}", integer(next - 1, locale))
                }
                Some(_) => low_text,
                None => text!(locale, chart.and_more, from = low_text),
            };
            out.push((tone, false, words));
        }
        if any(|v| v == Value::Withheld) {
            out.push(("withheld", true, model::Status::Withheld.name(locale).to_owned()));
        }
        if any(|v| !matches!(v, Value::Shown(_) | Value::Withheld)) {
            out.push(("absent", false, text!(locale, chart.no_figure)));
        }
        out
    }

    fn key(&self, heading: String) -> AnyView {
        let meanings = self.meanings();
        let pattern = meanings.iter().any(|(_, hatched, _)| *hatched).then(|| {
            view! {
                <svg class="defs" width="0" height="0" aria-hidden="true" focusable="false">
                    {hatch("hatch-key")}
                </svg>
            }
        });
        let swatches = meanings
            .into_iter()
            .map(|(class, hatched, words)| swatch(class, hatched.then_some(IN_KEY), words))
            .collect_view();
        view! {
            {pattern}
            <p class="legend-title">{heading}</p>
            <ul class="legend">{swatches}</ul>
        }
        .into_any()
    }
}

fn swatch(class: &'static str, fill: Option<&'static str>, words: String) -> AnyView {
    view! {
        <li>
            <svg class="swatch" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
                <rect class=class fill=fill width="12" height="12" />
            </svg>
            {words}
        </li>
    }
    .into_any()
}

/// A value with its unit, for who points at a shape.
fn spoken(value: Value, item: Item, locale: Locale) -> String {
    match value {
        Value::Shown(n) => format!("{}\u{a0}{}", integer(n, locale), item.unit().name(locale)),
        other => plain(other, locale),
    }
}
