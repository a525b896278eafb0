//! What a table's page draws of its figures; the same goes into the file of the drawing.

use leptos::prelude::*;
use model::{Dim, Item, Locale};

use super::words::happened;
use crate::arrange::By;
use crate::charts::bars::{Bar, Tone, bars, is_part};
use crate::charts::map::{commune_map, district_map};
use crate::charts::trend::trend;
use crate::components::capital;
use crate::components::grid::is_overdue;
use crate::data::table::TablePage as Data;
use crate::data::{Moment, joined_by_a_line};

/// A drawing with more rows than this says less than the table under it.
pub(crate) const MOST_ROWS: usize = 40;

/// The kind of drawing that suits the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    /// A line over periods.
    Trend,
    /// The map of communes.
    Map,
    /// A bar a member.
    Bars(Dim),
}

impl Picture {
    /// The drawing of `data`, if it has one.
    pub(crate) fn of(data: &Data) -> Option<Self> {
        match &data.arrangement.by {
            By::Period => {
                let shown = |m: &Moment| m.figures.shown(data.arrangement.measure.item()).is_some();
                let line: Vec<&Moment> = joined_by_a_line(&data.moments).collect();
                (line.len() > 1 && line.into_iter().any(shown)).then_some(Self::Trend)
            }
            By::Members(Dim::Area, level) if level == "commune" => {
                (!data.rows.is_empty()).then_some(Self::Map)
            }
            By::Members(dim, _) => {
                (2..=MOST_ROWS).contains(&data.rows.len()).then_some(Self::Bars(*dim))
            }
        }
    }

    /// Draws `data` for its page.
    pub(crate) fn view(self, data: &Data, locale: Locale) -> AnyView {
        let item = data.arrangement.measure.item();
        let title = title(data, locale);
        let (class, drawn) = match self {
            Self::Trend => {
                let names = [(item, item.name(locale).to_owned())];
                let events = happened(data);
                ("trendbox", trend(&title, &data.moments, &names, &events, locale))
            }
            Self::Map => {
                let boundaries = data.boundaries.as_ref();
                ("mapbox", commune_map(&title, &data.rows, item, boundaries, locale))
            }
            Self::Bars(dim) => {
                let (corner, heading) = (dim.name(locale), item.name(locale));
                let members = members(data, dim, locale);
                let tone = tone(item);
                ("barbox", bars(&title, corner, heading, members, None, tone, locale))
            }
        };
        // Boundaries of former districts come with rows of former districts alone.
        let map = data.boundaries.as_ref().filter(|_| self != Self::Map).map(|boundaries| {
            let map = district_map(&title, &data.rows, item, boundaries, locale);
            view! { <div class="mapbox" data-item=item.code()>{map}</div> }
        });
        view! {
            <h3>{capital(&title)}</h3>
            {map}
            <div class=class data-item=item.code()>{drawn}</div>
        }
        .into_any()
    }
}

/// What is drawn, and its unit.
pub(crate) fn title(data: &Data, locale: Locale) -> String {
    let item = data.arrangement.measure.item();
    format!("{}, {}", item.name(locale), item.unit().name(locale))
}

/// A bar for each member of `dim` but the whole.
pub(crate) fn members(data: &Data, dim: Dim, locale: Locale) -> Vec<Bar> {
    let rows = data.rows.iter().filter(|r| r.member != dim.total());
    rows.map(|r| Bar {
        name: dim.members().name(&r.member, locale).to_owned(),
        href: None,
        part: is_part(dim, &r.member, &data.rows),
        value: r.figures.get(data.arrangement.measure.item()),
    })
    .collect()
}

/// The colour that `item` has by its meaning.
pub(crate) const fn tone(item: Item) -> Tone {
    if is_overdue(item) {
        return Tone::Late;
    }
    match item {
        Item::Entered | Item::Received | Item::PetitionsReceived | Item::Referred => Tone::In,
        _ => Tone::Done,
    }
}
