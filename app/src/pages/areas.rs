//! All places: regions, their old districts with figures, and their communes.

use leptos::prelude::*;
use model::area::Region;
use model::slice::Slice;
use model::{Dim, Item as I, Locale};

use super::overview::commune_words;
use super::sources_up_to;
use crate::arrange::{By, Request};
use crate::charts::map::commune_map;
use crate::components::figure::{figure, marks};
use crate::components::grid::{Line, grid, values};
use crate::components::{commune_dates, period_with_dates};
use crate::data::area::AreaList;
use crate::data::{Row, Value};
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &AreaList, locale: Locale) -> AnyView {
    let title = text!(locale, areas.title);
    let lead = text!(locale, areas.lead);
    let map = data.year.map(|year| {
        let title = text!(locale, communes.title);
        let lead = commune_words(year, true, locale);
        let by = Some(By::Members(Dim::Area, "commune".to_owned()));
        let slice = Slice { period: Some(year), ..Slice::default() };
        let request = Request { by, slice, ..Request::default() };
        let table = Page::Table.path_of(locale, "cases-commune");
        let table = format!("{table}{}", request.to_query());
        let boundaries = data.boundaries.as_ref();
        let map = commune_map(&title, &data.communes, I::Entered, boundaries, locale);
        view! {
            <section aria-labelledby="map">
                <h2 id="map">{title.clone()}</h2>
                <p class="lead">{lead}</p>
                <figure class="mapbox">
                    {map}
                    <figcaption>
                        <a href=table>{text!(locale, see_table)}</a>
                    </figcaption>
                </figure>
                {hatched(&data.communes, locale)}
                <p class="small">{text!(locale, areas.names)}</p>
            </section>
        }
    });
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">{sources_up_to(&data.release, locale)}</p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        {province(data, locale)}
        {map}
        {Region::ALL.into_iter().map(|r| region(r, data, locale)).collect_view()}
    }
    .into_any()
}

/// What the hatching stands for, if a commune has it.
fn hatched(communes: &[Row], locale: Locale) -> Option<AnyView> {
    let withheld = communes.iter().any(|r| r.figures.get(I::Entered) == Value::Withheld);
    let why = format!("{}#withheld", Page::Methods.path(locale));
    withheld.then(|| {
        view! {
            <p class="small">
                <b>{text!(locale, areas.hatched)}</b>
                " "
                {text!(locale, marks.withheld)}
                " "
                <a class="onscreen" href=why>{text!(locale, marks.why)}</a>
            </p>
        }
        .into_any()
    })
}

/// What is counted of each place.
const COLUMNS: [I; 4] = [I::Opening, I::Entered, I::Ended, I::Closing];

/// The row of the place with the code `code`, which its name leads to.
fn line(row: &Row, locale: Locale) -> Line {
    Line {
        name: Dim::Area.members().name(&row.member, locale).to_owned(),
        note: None,
        href: Some(Page::Area.path_of(locale, &row.member)),
        whole: false,
        part: false,
        figures: row.figures.clone(),
    }
}

/// The province and its regions.
fn province(data: &AreaList, locale: Locale) -> Option<AnyView> {
    let all = Dim::Area.total();
    let whole = |row: &Row| Line { href: None, whole: true, ..line(row, locale) };
    let row = |row: &Row| if row.member == all { whole(row) } else { line(row, locale) };
    let lines: Vec<Line> = data.regions.iter().map(row).collect();
    let seen: Vec<Value> = values(&lines, &COLUMNS).collect();
    let title = text!(locale, areas.province);
    (!lines.is_empty()).then(|| {
        view! {
            <section aria-labelledby="province">
                <h2 id="province">{title.clone()}</h2>
                <p class="lead">{data.period.map(|p| period_with_dates(p, locale))}</p>
                {grid(&title, &text!(locale, rows.region), &COLUMNS, lines, locale)}
                {marks(seen.into_iter(), locale)}
            </section>
        }
        .into_any()
    })
}

fn region(region: Region, data: &AreaList, locale: Locale) -> AnyView {
    let names = Dim::Area.members();
    let code = region.code();
    let name = names.name(code, locale).to_owned();
    let districts: Vec<String> = names.children(code).map(|m| m.code.clone()).collect();
    let total = data
        .regions
        .iter()
        .find(|r| r.member == code)
        .map(|r| Line::total(r.figures.clone(), locale));
    let parts = data.districts.iter().filter(|r| districts.contains(&r.member));
    let parts = parts.map(|r| line(r, locale));
    let lines: Vec<Line> = total.into_iter().chain(parts).collect();
    let seen: Vec<Value> = values(&lines, &COLUMNS).collect();
    let period = data.period.map(|p| period_with_dates(p, locale));
    let within: Vec<&str> =
        districts.iter().flat_map(|d| names.children(d)).map(|m| m.code.as_str()).collect();
    let of_communes = data
        .communes
        .iter()
        .filter(|r| within.contains(&r.member.as_str()))
        .map(|r| r.figures.get(I::Entered));
    let counted = data.year.map(|year| {
        let period = format!("{} ({})", year.name(locale), commune_dates(year, locale));
        view! { <p class="small">{text!(locale, areas.communes_count, period = period)} " " {text!(locale, areas.unallocated_note)}</p> }
    });
    let communes = districts.iter().map(|d| communes(d, &data.communes, locale)).collect_view();
    view! {
        <section aria-labelledby=code>
            <h2 id=code>
                <a href=Page::Area.path_of(locale, code)>{name.clone()}</a>
            </h2>
            <p class="lead">{period}</p>
            {grid(&name, &text!(locale, rows.district), &COLUMNS, lines, locale)}
            {marks(seen.into_iter(), locale)}
            <details>
                <summary>{text!(locale, areas.communes_of, name = name)}</summary>
                {counted}
                {communes}
                {marks(of_communes, locale)}
            </details>
        </section>
    }
    .into_any()
}

fn communes(district: &str, rows: &[Row], locale: Locale) -> AnyView {
    let names = Dim::Area.members();
    let items = names
        .children(district)
        .map(|m| {
            let value = rows
                .iter()
                .find(|r| r.member == m.code)
                .map_or(Value::Absent, |r| r.figures.get(I::Entered));
            // Under the heading of its district, which need not be said again.
            let name = if m.is_residual() {
                text!(locale, areas.unallocated_name)
            } else {
                m.name.get(locale).to_owned()
            };
            view! {
                <li>
                    <a href=Page::Area.path_of(locale, &m.code)>{name}</a>
                    " "
                    <span class="dim">{figure(value, locale)}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <h3>{names.name(district, locale).to_owned()}</h3>
        <ul class="columns">{items}</ul>
    }
    .into_any()
}
