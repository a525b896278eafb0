//! Each part at work: drawn by the same code as on the pages, on the newest figures; where these
//! don't happen to have what is to be shown, on figures that say they are made up.

use leptos::prelude::*;
use model::event::events;
use model::item::Population;
use model::{Dim, Item as I, Locale};

use crate::charts::bars::{Bar, Tone, bars};
use crate::charts::flow::case_flow;
use crate::charts::map::commune_map;
use crate::charts::share::{Part, share};
use crate::charts::trend::trend;
use crate::components::capital;
use crate::components::event_notes::event_notes;
use crate::components::figure::marks;
use crate::components::filters::{Choice, filters};
use crate::components::grid::{Line, grid, values};
use crate::data::design::PartId;
use crate::data::overview::Overview;
use crate::data::{Figures, Value};
use crate::frame::search_form::search_form;
use crate::pages::overview::keys;
use crate::routes::Page;
use crate::text::text;

/// The part `id` with figures of `data`.
pub(super) fn sample(id: PartId, data: &Overview, locale: Locale) -> AnyView {
    match id {
        PartId::Words => words(locale),
        PartId::Keys => keys(data, locale),
        PartId::Grid => table(data, locale),
        PartId::Marks => all_marks(locale),
        PartId::Bars => fields(data, locale),
        PartId::Trend => lines(data, locale),
        PartId::Flow => {
            let title = text!(locale, flow.title);
            view! { <figure>{case_flow(&title, &data.now, locale)}</figure> }.into_any()
        }
        PartId::Share => outcomes(data, locale),
        PartId::Map => map(data, locale),
        PartId::Events => {
            // What the end of the districts did to the figures of their committees.
            let happened = events(Population::Cases, "B-district");
            event_notes(&happened, &data.quarters, locale)
        }
        PartId::Filters => quarters(data, locale),
        PartId::Search => search_form("search-sample", "", locale),
        PartId::Callout => view! {
            <p class="callout">
                {text!(locale, overview.scope)}
                " "
                <a href=Page::Methods.path(locale)>{text!(locale, footer.how)}</a>
            </p>
        }
        .into_any(),
    }
}

fn words(locale: Locale) -> AnyView {
    view! {
        <h3>{text!(locale, keys.settled)}</h3>
        <p class="lead">{text!(locale, flow.lead)}</p>
        <p>
            <a href=Page::Methods.path(locale)>{text!(locale, footer.how)}</a>
            " "
            <span class="dim">{text!(locale, design.dim)}</span>
        </p>
        <p class="small">{text!(locale, history.with_late)}</p>
    }
    .into_any()
}

/// Case flow of the quarter and of the same quarter a year before.
fn table(data: &Overview, locale: Locale) -> AnyView {
    let columns = [I::Opening, I::Entered, I::Ended, I::Closing, I::OpenOverdue];
    let all = Dim::Area.total();
    let before = data.period.same_last_year();
    let lines = vec![
        Line::of_period(data.period, all, data.now.clone(), locale),
        Line::of_period(before, all, data.before.clone(), locale),
    ];
    let seen: Vec<Value> = values(&lines, &columns).collect();
    let caption = text!(locale, flow.title);
    view! {
        {grid(&caption, &text!(locale, filters.period), &columns, lines, locale)}
        {marks(seen.into_iter(), locale)}
    }
    .into_any()
}

/// Every mark, on figures that are made up.
fn all_marks(locale: Locale) -> AnyView {
    let columns = [I::Entered, I::Settled, I::OpenOverdue];
    let line = |name: String, whole: bool, given: [Value; 3]| {
        let mut figures = Figures::default();
        columns.iter().zip(given).for_each(|(item, value)| figures.put(*item, value));
        Line { name, note: None, href: None, whole, part: false, figures }
    };
    let part = |n: i64| text!(locale, design.part, n = n);
    use Value::{Absent, NotApplicable, NotCollected, Shown, Withheld};
    let lines = vec![
        line(text!(locale, rows.total), true, [Shown(1234), Shown(987), Shown(56)]),
        line(part(1), false, [Withheld, Withheld, Shown(0)]),
        line(part(2), false, [NotCollected, NotApplicable, Absent]),
    ];
    let seen: Vec<Value> = values(&lines, &columns).collect();
    let caption = text!(locale, design.made_up);
    view! {
        <p class="small">{caption.clone()}</p>
        {grid(&caption, &text!(locale, design.what), &columns, lines, locale)}
        {marks(seen.into_iter(), locale)}
    }
    .into_any()
}

fn fields(data: &Overview, locale: Locale) -> AnyView {
    let names = Dim::Field.members();
    let mut rows: Vec<_> = data.fields.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.figures.shown(I::Entered)));
    let bar = |row: &crate::data::Row| Bar {
        name: names.name(&row.member, locale).to_owned(),
        href: Some(Page::Field.path_of(locale, &row.member)),
        part: false,
        value: row.figures.get(I::Entered),
    };
    let drawn = bars(
        &text!(locale, fields.title),
        Dim::Field.name(locale),
        I::Entered.name(locale),
        rows.iter().map(|row| bar(row)).collect(),
        data.fields_total.shown(),
        Tone::In,
        locale,
    );
    view! {
        <figure class="barbox">
            {drawn}
            {marks(rows.iter().map(|row| row.figures.get(I::Entered)), locale)}
        </figure>
    }
    .into_any()
}

fn lines(data: &Overview, locale: Locale) -> AnyView {
    let names = [
        (I::Settled, text!(locale, history.settled)),
        (I::Entered, text!(locale, history.received)),
    ];
    let events = events(Population::Cases, Dim::Body.total());
    let drawn = trend(&text!(locale, history.title), &data.trend, &names, &events, locale);
    view! { <figure class="trendbox">{drawn}</figure> }.into_any()
}

fn outcomes(data: &Overview, locale: Locale) -> AnyView {
    let part = |item: I, tone: &'static str| Part {
        name: item.name(locale).to_owned(),
        value: data.outcomes.get(item),
        tone,
    };
    let parts = vec![
        part(I::FoundRight, "part-1"),
        part(I::FoundPartly, "part-2"),
        part(I::FoundWrong, "part-3"),
    ];
    let drawn = share(&text!(locale, outcomes.title), parts, locale);
    view! { <figure class="trendbox">{drawn}</figure> }.into_any()
}

fn map(data: &Overview, locale: Locale) -> AnyView {
    let rows = data.communes.as_ref().map(|communes| &communes.rows[..]).unwrap_or_default();
    let boundaries = data.communes.as_ref().and_then(|communes| communes.boundaries.as_ref());
    let drawn = commune_map(&text!(locale, communes.title), rows, I::Entered, boundaries, locale);
    view! {
        <figure class="mapbox">{drawn}</figure>
        {marks(rows.iter().map(|row| row.figures.get(I::Entered)), locale)}
    }
    .into_any()
}

/// Leads to the overview of a quarter.
fn quarters(data: &Overview, locale: Locale) -> AnyView {
    let options = data.quarters.iter().map(|q| (q.to_string(), capital(&q.name(locale)))).collect();
    let choice = Choice {
        name: "period",
        label: text!(locale, filters.period),
        options,
        chosen: data.period.to_string(),
    };
    filters(Page::Overview.path(locale), vec![choice], locale)
}
