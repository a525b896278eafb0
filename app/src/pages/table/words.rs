//! What the figures of a table's page are, in words: on the page, in its citation and in the files
//! that it leads to.

use model::event::{Event, events};
use model::figure::Address;
use model::table::TableDefinition;
use model::{Dim, Locale};

use crate::arrange::By;
use crate::components::{capital, commune_dates, covered_from, dates, day, days, period_name};
use crate::data::table::TablePage as Data;
use crate::text::text;

/// What to write as the source of these figures.
pub(crate) fn citation(data: &Data, locale: Locale) -> String {
    let site = text!(locale, site.full_name);
    let table = data.definition.title.get(locale);
    let what = slice_words(data, locale);
    let (period, dates) = covered(data, locale);
    let period = period.map_or_else(|| dates.clone(), |name| format!("{name} ({dates})"));
    let release = if data.arrangement.is_series() {
        text!(locale, release.sources_up_to)
    } else {
        text!(locale, release.source)
    };
    let (id, day) = (data.release.id, day(data.release.published_on, locale));
    let published = text!(locale, release.published_on, day = day);
    let simulated = crate::cite::simulated(&data.release, locale);
    format!("{site}, “{table}”, {what}, {period}; {release} {id}, {published}{simulated}.")
}

/// What the figures are limited to, in words: the members chosen along the filters.
pub(crate) fn slice_words(data: &Data, locale: Locale) -> String {
    let dims = data.definition.dimensions();
    let mut words: Vec<String> = data
        .arrangement
        .filters
        .iter()
        .filter(|f| dims.contains(&f.dim))
        .map(|f| f.dim.members().name(&f.chosen, locale).to_owned())
        .collect();
    if words.is_empty() {
        words.push(Dim::Area.members().name(Dim::Area.total(), locale).to_owned());
    }
    words.join(" · ")
}

/// What a figure at `address` of `table` is limited to: the members along its dimensions; of the
/// whole of one, nothing is said but where.
pub(crate) fn place_words(table: &TableDefinition, address: &Address, locale: Locale) -> String {
    let told = |dim: &Dim| *dim == Dim::Area || address.member(*dim) != dim.total();
    let name = |dim: Dim| dim.members().name(address.member(dim), locale).to_owned();
    let dims = table.dimensions().into_iter().filter(told);
    let words: Vec<String> = dims.map(name).collect();
    if words.is_empty() { name(Dim::Area) } else { words.join(" · ") }
}

/// The period with its exact days.
pub(crate) fn period_words(data: &Data, locale: Locale) -> String {
    let (period, dates) = covered(data, locale);
    let figures = text!(locale, figures_from, dates = dates);
    period.map_or_else(|| capital(&figures), |name| format!("{} · {figures}", capital(&name)))
}

/// The name of the period, unless there are several, and the days that the figures cover.
pub(crate) fn covered(data: &Data, locale: Locale) -> (Option<String>, String) {
    let a = &data.arrangement;
    let periods = data.periods();
    match (periods.first(), periods.last()) {
        (Some(first), Some(last)) if a.is_series() => {
            let from = covered_from(first.start(), a.member(Dim::Area));
            (None, days(from, last.end(), locale))
        }
        _ => {
            let of_communes = matches!(&a.by, By::Members(Dim::Area, level) if level == "commune");
            let days = if of_communes { commune_dates } else { dates };
            (Some(period_name(a.period, locale)), days(a.period, locale))
        }
    }
}

/// The events to know when reading the figures.
pub(crate) fn happened(data: &Data) -> Vec<Event> {
    events(data.definition.population, data.arrangement.member(Dim::Body))
}
