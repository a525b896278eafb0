//! Maps: places in classes of nearly equal size. What is withheld is hatched, a zero is hollow, and
//! no class or colour says more about either: classes follow from shown values alone.
//!
//! Communes are drawn with their boundaries if the operator has imported them, else as hexagons of
//! one size; former districts with their boundaries or not at all. On a page a shape leads to the
//! page of its place. The tab key passes shapes by: there are up to 166, and the table beside the
//! map, or the list of all places, has the same links.

use chart::hex::hex_map;
use chart::scale::{class_of, classes};
use leptos::prelude::*;
use model::area;
use model::boundary::Level;
use model::dimension::Dim;
use model::format::integer;
use model::{Item, Locale};

use super::sheet::{SHEET_WIDTH, Sheet, Swatch};
use super::{hatch, hatch_scaled};
use crate::components::figure::plain;
use crate::data::geometry::Boundaries;
use crate::data::{Row, Value};
use crate::routes::Page;
use crate::text::text;

/// Width of the drawing, about that of its column, so that hatching keeps its grain.
const WIDTH: f64 = 480.0;

/// Width of the edges of shapes.
const STROKE: f64 = 0.8;

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
    view! {
        {drawing}
        {places.key(heading, boundaries)}
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
        {places.key(heading, Some(boundaries))}
    }
    .into_any()
}

/// Boundaries with their paths, for a file, which can't refer to another one.
pub(crate) struct Outlines<'a> {
    /// What is drawn.
    pub(crate) boundaries: &'a Boundaries,
    /// The drawing itself: SVG with a path a place.
    pub(crate) svg: &'a str,
}

/// The map of `item` by commune for a file, and its key.
pub(crate) fn commune_sheet(
    rows: &[Row],
    item: Item,
    outlines: Option<&Outlines<'_>>,
    locale: Locale,
) -> (Sheet, Vec<Swatch>) {
    let places = Places::of(Level::Commune, rows, item, locale);
    let sheet = match outlines {
        Some(outlines) => places.outlined(outlines),
        None => {
            let (shapes, height) =
                places.tiles(SHEET_WIDTH, |place, tile| places.titled(place, tile));
            let content = view! {
                <g class="tilemap" stroke-width=chart::unit(STROKE)>
                    {hatch("hatch-map")}
                    {shapes}
                </g>
            };
            Sheet { height, content: content.into_any() }
        }
    };
    let swatch = |(class, hatched, words): (&'static str, bool, String)| Swatch {
        class,
        fill: hatched.then_some(ON_MAP),
        words,
    };
    (sheet, places.meanings().into_iter().map(swatch).collect())
}

/// How to read a map, and whose boundaries it has.
pub(crate) fn reading(boundaries: Option<&Boundaries>, locale: Locale) -> Vec<String> {
    match boundaries {
        None => vec![text!(locale, chart.reading_map)],
        Some(boundaries) => {
            let source = boundaries.source.get(locale).to_owned();
            vec![text!(locale, geometry.reading), text!(locale, geometry.source, source = source)]
        }
    }
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
                stroke-width=chart::unit(STROKE)
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
                stroke-width=chart::unit(STROKE)
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

    /// Shapes with the paths of `outlines`, as wide as a sheet. What draws files knows no strokes that
    /// keep their width, so theirs is given in the drawing's own units.
    fn outlined(&self, outlines: &Outlines<'_>) -> Sheet {
        let Outlines { boundaries, svg } = outlines;
        let scale = f64::from(boundaries.width) / SHEET_WIDTH;
        let paths = svg.split_once('>').and_then(|(_, rest)| rest.rsplit_once("</svg>"));
        let paths = paths.map_or("", |(paths, _)| paths);
        let paths = paths.replace(" vector-effect=\"non-scaling-stroke\"", "");
        let shapes = self
            .all
            .iter()
            .map(|place| {
                let (class, fill) = self.look(place);
                let href = format!("#{}", place.member);
                let shape = view! { <use href=href class=class fill=fill /> };
                self.titled(place, shape.into_any())
            })
            .collect_view();
        let content = view! {
            <defs inner_html=paths></defs>
            <g
                class="tilemap boundaries"
                fill-rule="evenodd"
                stroke-width=chart::unit(STROKE * scale)
                transform=format!("scale({:.5})", 1.0 / scale)
            >
                {hatch_scaled("hatch-map", scale)}
                {shapes}
            </g>
        };
        Sheet { height: f64::from(boundaries.height) / scale, content: content.into_any() }
    }

    /// A shape that tells, pointed at, its place and value.
    fn titled(&self, place: &Place, shape: AnyView) -> AnyView {
        let value = spoken(place.value, self.item, self.locale);
        let title = format!("{}: {value}", self.name(place));
        view! { <g><title>{title}</title> {shape}</g> }.into_any()
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

    /// What the colours mean, and how to read the map.
    fn key(&self, heading: String, boundaries: Option<&Boundaries>) -> AnyView {
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
        let reading = reading(boundaries, self.locale)
            .into_iter()
            .map(|words| view! { <p class="legend-title">{words}</p> })
            .collect_view();
        view! {
            {pattern}
            <p class="legend-title">{heading}</p>
            <ul class="legend">{swatches}</ul>
            {reading}
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
