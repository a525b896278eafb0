//! The overview: what the newest quarter brought, in a sentence first, then in figures, then one
//! question a section.

mod cases;
mod supervision;

use leptos::prelude::*;
use model::format::{integer, percent};
use model::{Dim, Item as I, Locale, Period};

pub(crate) use self::cases::commune_words;
use self::cases::{communes, fields, flow, history, outcomes, timeliness};
use self::supervision::{referrals, schedule};
use super::source;
use crate::arrange::{By, Request};
use crate::components::figure::{change, figure};
use crate::components::filters::{Choice, filters};
use crate::components::{capital, dates, period_name, period_with_dates};
use crate::data::Value;
use crate::data::overview::Overview;
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: Overview, locale: Locale) -> AnyView {
    let title = text!(locale, overview.title, period = period_name(data.period, locale));
    let description =
        text!(locale, overview.description, period = period_with_dates(data.period, locale));
    view! {
        {document_head(&title, &description, data.release.simulated, locale)}
        <p class="crumb">
            {capital(&period_name(data.period, locale))}
            " · "
            {text!(locale, figures_from, dates = dates(data.period, locale))}
            " · "
            {source(&data.release, locale)}
            <span class="onscreen">
                " · " <a href="#quarters">{text!(locale, overview.other_quarters)}</a>
            </span>
        </p>
        {headline(&data, locale)}
        <p class="scope">
            {text!(locale, overview.scope)} " "
            <a href=Page::Table.path_of(locale, "case-flow")>{text!(locale, flow.title)}</a> "."
        </p>
        {keys(&data, locale)}
        {flow(&data, locale)}
        <div class="two">
            <div>{history(&data, locale)} {outcomes(&data, locale)}</div>
            {fields(&data, locale)}
        </div>
        {timeliness(&data, locale)}
        <div class=if data.communes.is_some() { "two map" } else { "" }>
            {communes(&data, locale)} {referrals(&data, locale)}
        </div>
        {schedule(&data, locale)}
        {other_quarters(&data, locale)}
    }
    .into_any()
}

/// The sentence: what was settled, and what is overdue. It is only said in full if every figure in
/// it is shown.
fn headline(data: &Overview, locale: Locale) -> AnyView {
    let settled = data.now.shown(I::Settled);
    let on_time = data
        .now
        .rate(I::SettledOnTime, I::SettledOrOverdue)
        .and_then(|(n, of)| percent(n, of, locale));
    match (settled, on_time, data.now.shown(I::OpenOverdue)) {
        (Some(settled), Some(on_time), Some(overdue)) => view! {
            <h1>
                {text!(locale, headline.start, period = capital(&period_name(data.period, locale)))}
                " "
                <em>{integer(settled, locale)}</em>
                "\u{a0}"
                {text!(locale, headline.settled)}
                " "
                <em>{on_time}</em>
                " "
                {text!(locale, headline.on_time)}
                " "
                <em class="bad">{integer(overdue, locale)}</em>
                "\u{a0}"
                {text!(locale, headline.overdue)}
            </h1>
        }
        .into_any(),
        _ => view! { <h1>{text!(locale, overview.title, period = period_name(data.period, locale))}</h1> }
            .into_any(),
    }
}

/// Links to a table, arranged by `request`.
fn table_link(id: &str, request: &Request, locale: Locale) -> AnyView {
    let href = format!("{}{}", Page::Table.path_of(locale, id), request.to_query());
    view! { <a href=href>{text!(locale, see_table)}</a> }.into_any()
}

fn at(period: Period) -> Request {
    let mut request = Request::default();
    request.slice.period = Some(period);
    request
}

fn by(mut request: Request, by: By) -> Request {
    request.by = Some(by);
    request
}

fn members(dim: Dim, level: &str) -> By {
    By::Members(dim, level.to_owned())
}

/// A line under a key figure; `bad` ones stand in the colour of what is overdue.
struct Note {
    words: String,
    bad: bool,
}

fn plain(words: String) -> Note {
    Note { words, bad: false }
}

fn bad(words: String) -> Note {
    Note { words, bad: true }
}

/// The key figures of the quarter.
pub(crate) fn keys(data: &Overview, locale: Locale) -> AnyView {
    let (now, before) = (&data.now, &data.before);
    let key = |table: &str, label: String, value: AnyView, notes: Vec<Note>| {
        let href = format!("{}{}", Page::Table.path_of(locale, table), at(data.period).to_query());
        let notes = notes
            .into_iter()
            .map(|note| view! { <small class:bad=note.bad>{note.words}</small> })
            .collect_view();
        view! {
            <li>
                <a href=href>
                    <span class="what">{label}</span>
                    <b>{value}</b>
                    {notes}
                </a>
            </li>
        }
    };
    let counted = |table: &str, label: String, item: I, scope: String| {
        let value = now.get(item);
        let change = match before.get(item) {
            Value::Absent => Some(text!(locale, keys.no_comparison)),
            before => change(value, before, locale),
        };
        let notes = std::iter::once(scope).chain(change).map(plain).collect();
        key(table, label, figure(value, locale), notes)
    };
    let rate = |n: Option<i64>, of: Option<i64>| {
        let text = n.zip(of).and_then(|(n, of)| percent(n, of, locale));
        text.map_or_else(|| figure(Value::Withheld, locale), IntoAny::into_any)
    };
    let decided = data.outcomes.sum(&[I::FoundRight, I::FoundPartly, I::FoundWrong]);
    let founded = data.outcomes.sum(&[I::FoundRight, I::FoundPartly]);
    let on_time = now.rate(I::SettledOnTime, I::SettledOrOverdue);
    let of_limit = on_time.map(|(n, of)| {
        let (n, whole) = (integer(n, locale), integer(of, locale));
        plain(text!(locale, keys.recorded_limit, n = n, whole = whole))
    });
    let complaints = data.complaints.rate(I::SettledOnTime, I::SettledOrOverdue);
    let complaints = complaints.and_then(|(n, of)| {
        let share = percent(n, of, locale)?;
        let (n, whole) = (integer(n, locale), integer(of, locale));
        Some(plain(text!(locale, keys.complaints, n = n, whole = whole, share = share)))
    });
    let overdue = now
        .shown(I::OpenOverdue)
        .map(|n| bad(text!(locale, keys.counting, n = integer(n, locale))));
    let days = now.rate(I::DaysHead, I::DaysRequired);
    let of_days = days.map(|(n, of)| {
        let (n, whole) = (integer(n, locale), integer(of, locale));
        plain(text!(locale, keys.days_note, n = n, whole = whole))
    });
    let missed = now
        .sum(&[I::DaysMissed, I::DaysUnreported])
        .map(|n| bad(text!(locale, keys.days_missed, n = integer(n, locale))));
    let of_decided = founded.zip(decided).map(|(n, of)| {
        let (n, whole) = (integer(n, locale), integer(of, locale));
        plain(text!(locale, keys.decided, n = n, whole = whole))
    });
    view! {
        <section class="keys" aria-label=text!(locale, keys.label)>
            <ul>
                {counted(
                    "petitions",
                    text!(locale, keys.petitions),
                    I::PetitionsReceived,
                    text!(locale, keys.with_denunciations),
                )}
                {counted(
                    "case-flow",
                    text!(locale, keys.settled),
                    I::Settled,
                    text!(locale, keys.without_denunciations),
                )}
                {key(
                    "timeliness",
                    text!(locale, keys.on_time),
                    rate(on_time.map(|r| r.0), on_time.map(|r| r.1)),
                    of_limit.into_iter().chain(complaints).chain(overdue).collect(),
                )}
                {key(
                    "outcomes",
                    text!(locale, keys.founded),
                    rate(founded, decided),
                    of_decided.into_iter().collect(),
                )}
                {key(
                    "reception-schedule",
                    text!(locale, keys.days),
                    rate(days.map(|r| r.0), days.map(|r| r.1)),
                    of_days.into_iter().chain(missed).collect(),
                )}
            </ul>
        </section>
    }
    .into_any()
}

fn other_quarters(data: &Overview, locale: Locale) -> AnyView {
    let options = data.quarters.iter().map(|q| (q.to_string(), capital(&q.name(locale)))).collect();
    let choice = Choice {
        name: "period",
        label: text!(locale, filters.period),
        options,
        chosen: data.period.to_string(),
    };
    view! {
        <section aria-labelledby="quarters">
            <h2 id="quarters">{text!(locale, overview.other_quarters)}</h2>
            {filters(Page::Overview.path(locale), vec![choice], locale)}
        </section>
    }
    .into_any()
}
