//! Any published table, arranged as the reader likes: rows, columns, a count or a rate, filters and
//! comparisons, all of them in the address.

mod drawing;
mod form;
mod ledger;
mod sheet;

use leptos::prelude::*;
use model::{Locale, Rate};

use super::table::words::{citation, happened, period_words, slice_words};
use super::table::{downloads, of_whole_alone};
use super::unpublished::unpublished;
use super::{source, sources_up_to};
use crate::arrange::Request;
use crate::components::capital;
use crate::components::event_notes::event_notes;
use crate::components::figure::marks_with;
use crate::data::explore::{Explored, Question};
use crate::data::table::TablePage;
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;
use sheet::Sheet;

/// The address of `request` to the table `id`.
pub(super) fn address(id: &str, request: &Request, locale: Locale) -> String {
    format!("{}{}", Page::Explore.path(locale), Question::query(id, request))
}

/// The page.
pub(super) fn page(explored: &Explored, locale: Locale) -> AnyView {
    let data = &explored.page;
    let a = &data.arrangement;
    let table = data.definition.title.get(locale).to_owned();
    let title = format!("{}: {table}", text!(locale, explore.title));
    let what = format!("{table}. {}", slice_words(data, locale));
    let request = data.request();
    let sheet = Sheet::of(data, locale);
    let seen = sheet.values();
    let drawn = drawing::Drawing::of(data, locale);
    let files = drawn.as_ref().and_then(|d| d.file);
    // Columns are all items of the table.
    let all = a.against.is_none() && a.measure.rate().is_none();
    let to = |request: &Request| address(&data.definition.id, request, locale);
    view! {
        {document_head(&title, &text!(locale, explore.lead), data.release.simulated, locale)}
        <p class="crumb">
            <a href=Page::Tables.path(locale)>{text!(locale, nav.tables)}</a>
            " · "
            {if a.is_series() {
                sources_up_to(&data.release, locale)
            } else {
                source(&data.release, locale)
            }}
        </p>
        <h1>{text!(locale, explore.title)}</h1>
        <p class="lead">{text!(locale, explore.lead)}</p>
        {form::form(explored, locale)}
        {as_of(data, locale)}
        {unpublished(&data.unpublished, &a.request(), &to, locale)}
        <section aria-labelledby="figures">
            <h2 id="figures">{table.clone()}</h2>
            <p class="lead">
                {capital(&slice_words(data, locale))} ". " {period_words(data, locale)} "."
            </p>
            <figure>
                {drawn.map(|d| d.view)} {ledger::ledger(data, &sheet, &request, &what, locale)}
                {all.then(|| of_whole_alone(data, &to, locale))}
                {event_notes(&happened(data), &data.periods(), locale)}
            </figure>
            {marks_with(seen.into_iter(), super::table::why_absent(&a.by, locale), locale)}
            {downloads::files(data, files, locale)}
            {links(explored, &request, locale)}
        </section>
        <section aria-labelledby="notes">
            <h2 id="notes">{text!(locale, table.notes)}</h2>
            <ul class="notes">
                {data
                    .definition
                    .notes
                    .iter()
                    .map(|note| view! { <li>{note.get(locale).to_owned()}</li> })
                    .collect_view()}
                {a.measure.rate().map(|_| view! { <li>{text!(locale, explore.about_rates)}</li> })}
                {a
                    .measure
                    .rate()
                    .and_then(Rate::beside)
                    .map(|_| view! { <li>{text!(locale, explore.on_time_note)}</li> })}
                <li>
                    {text!(locale, table.report_periods)} " "
                    <a href=Page::Methods.path(locale)>{text!(locale, table.methods)}</a>
                </li>
                <li>{text!(locale, table.cite)} " " {citation(data, locale)}</li>
            </ul>
        </section>
    }
    .into_any()
}

/// Download, the whole table, and the address that always shows these very figures.
fn links(explored: &Explored, request: &Request, locale: Locale) -> AnyView {
    let data = &explored.page;
    let id = &data.definition.id;
    let newest = data.as_of.as_ref().map_or(data.release.id, |a| a.release.id);
    let shortest = Request { release: Some(newest), ..explored.shortest.clone() };
    let whole = format!("{}{}", Page::Table.path_of(locale, id), plain(request).to_query());
    view! {
        <ul class="links small">
            <li>
                <a rel="nofollow" href=whole>{text!(locale, explore.whole_table)}</a>
            </li>
            <li>
                <a rel="nofollow" href=address(
                    id,
                    &shortest,
                    locale,
                )>{text!(locale, explore.permanent, release = newest)}</a>
            </li>
        </ul>
    }
    .into_any()
}

/// `request` as far as the table's own page shows it.
fn plain(request: &Request) -> Request {
    Request { across: None, against: None, sort: None, release: None, ..request.clone() }
}

/// Says that the figures are those of an earlier release, and leads to the newest.
fn as_of(data: &TablePage, locale: Locale) -> Option<AnyView> {
    let as_of = data.as_of.as_ref()?;
    let id = &data.definition.id;
    let newest = address(id, &Request { release: None, ..data.request() }, locale);
    let pinned = text!(locale, explore.as_of, release = as_of.release.id);
    let words = if as_of.superseded {
        text!(locale, explore.superseded)
    } else {
        text!(locale, explore.current)
    };
    Some(
        view! {
            <p class="asof">
                {pinned} " " {words} " " <a rel="nofollow" href=newest>{text!(locale, explore.newest)}</a>
            </p>
        }
        .into_any(),
    )
}
