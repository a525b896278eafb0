//! When releases come out, who sees them before, and how both are kept.

use leptos::prelude::*;
use model::format::integer;
use model::{Locale, Step};

use crate::components::ledger::{Ledger, Row};
use crate::components::{capital, day, period_name};
use crate::data::calendar::{Before, CalendarPage as Data, Coming, Moment, Out};
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &Data, locale: Locale) -> AnyView {
    let title = text!(locale, calendar.title);
    let lead = text!(locale, calendar.lead);
    view! {
        {document_head(&title, &lead, data.simulated, locale)}
        <p class="crumb">
            <a href=Page::Releases.path(locale)>{text!(locale, nav.releases)}</a>
        </p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        <section aria-labelledby="coming">
            <h2 id="coming">{text!(locale, calendar.coming)}</h2>
            <p class="lead">{text!(locale, calendar.coming_lead)}</p>
            {coming(&data.coming, locale)}
        </section>
        <section aria-labelledby="out">
            <h2 id="out">{text!(locale, calendar.out)}</h2>
            {out(&data.out, locale)}
            <p class="small">
                <a href=Page::Releases.path(locale)>{text!(locale, calendar.all)}</a>
            </p>
        </section>
        <section aria-labelledby="early">
            <h2 id="early">{text!(locale, calendar.early)}</h2>
            {early(data, locale)}
        </section>
        <section aria-labelledby="kept">
            <h2 id="kept">{text!(locale, calendar.kept)}</h2>
            <p>{text!(locale, calendar.kept_embargo)}</p>
            <p>{text!(locale, calendar.kept_moved)}</p>
        </section>
    }
    .into_any()
}

/// `30/12/2026, 8:00`.
fn moment(moment: Moment, locale: Locale) -> String {
    let Moment { day: on, time } = moment;
    format!("{}, {}:{:02}", day(on, locale), time.hour(), time.minute())
}

fn coming(releases: &[Coming], locale: Locale) -> AnyView {
    let row = |c: &Coming| {
        let before = |b: &Before| {
            let before = moment(b.minute, locale);
            let on = day(b.changed_on, locale);
            let words = text!(locale, calendar.before, moment = before, day = on);
            view! { <small>{words} " " {b.reason.get(locale).to_owned()}</small> }
        };
        let minute = match c.step {
            Some(Step::Cancelled) => "–".to_owned(),
            Some(_) => moment(c.minute, locale),
            None => text!(locale, calendar.not_before, day = day(c.minute.day, locale)),
        };
        let step = match c.step {
            Some(step) => step.name(locale).to_owned(),
            None => text!(locale, calendar.by_rule),
        };
        let state = view! { {step} " " {c.before.iter().map(before).collect_view()} };
        let period = capital(&period_name(c.release.period, locale));
        let name = c.release.to_string();
        Row {
            head: view! { {name} " " <small>{period}</small> }.into_any(),
            whole: false,
            cells: vec![minute.into(), state.into_any().into()],
        }
    };
    Ledger {
        caption: text!(locale, calendar.coming),
        corner: text!(locale, releases.name).into(),
        headings: vec![text!(locale, calendar.minute).into(), text!(locale, calendar.step).into()],
        rows: releases.iter().map(row).collect(),
        words: true,
    }
    .view(locale)
}

fn out(releases: &[Out], locale: Locale) -> AnyView {
    let row = |o: &Out| {
        let id = o.release.to_string();
        let href = Page::Release.path_of(locale, &id);
        let kept = match o.as_announced {
            Some(true) => text!(locale, calendar.as_announced),
            Some(false) => text!(locale, calendar.not_as_announced),
            None => text!(locale, calendar.unannounced),
        };
        Row {
            head: view! { <a href=href>{id}</a> }.into_any(),
            whole: false,
            cells: vec![moment(o.minute, locale).into(), kept.into()],
        }
    };
    Ledger {
        caption: text!(locale, calendar.out),
        corner: text!(locale, releases.name).into(),
        headings: vec![text!(locale, calendar.minute).into(), text!(locale, calendar.step).into()],
        rows: releases.iter().map(row).collect(),
        words: true,
    }
    .view(locale)
}

fn early(data: &Data, locale: Locale) -> AnyView {
    if data.early.is_empty() {
        return view! { <p>{text!(locale, calendar.nobody)}</p> }.into_any();
    }
    let rows = data.early.iter().map(|office| {
        let hours = text!(locale, calendar.hours, n = integer(i64::from(office.hours), locale));
        Row {
            head: office.who.get(locale).to_owned().into_any(),
            whole: false,
            cells: vec![
                hours.into(),
                office.purpose.get(locale).to_owned().into(),
                day(office.since, locale).into(),
            ],
        }
    });
    let ledger = Ledger {
        caption: text!(locale, calendar.early),
        corner: text!(locale, calendar.office).into(),
        headings: vec![
            text!(locale, calendar.how_early).into(),
            text!(locale, calendar.purpose).into(),
            text!(locale, calendar.since).into(),
        ],
        rows: rows.collect(),
        words: true,
    };
    view! {
        <p>{text!(locale, calendar.only)}</p>
        {ledger.view(locale)}
    }
    .into_any()
}
