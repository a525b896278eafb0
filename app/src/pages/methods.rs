//! How the figures come about: what is counted, over which days, how a record counts, which law
//! sets the time limits, and what is withheld and why. The words come with the server's answer.

mod drawings;

use leptos::prelude::*;
use model::{Locale, Period, Unit};

use super::dictionary::marks;
use super::release::coverage;
use super::source;
use crate::components::ledger::{Ledger, Row};
use crate::components::term::{prose, term};
use crate::components::{capital, day, period_name};
use crate::data::methods::{Methods, Section};
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &Methods, locale: Locale) -> AnyView {
    let title = text!(locale, methods.title);
    let lead = text!(locale, methods.lead);
    let caption = text!(locale, methods.coverage);
    let sections = data.sections.iter().map(|s| section(s, data, locale)).collect_view();
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">{source(&data.release, locale)}</p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        <ul class="columns contents">{contents(data, locale)}</ul>
        <p class="small">{text!(locale, explain.see_also)} ": " {see_also(locale)}</p>
        <div class="prose">
            {sections}
            <section aria-labelledby="marks">
                <h2 id="marks">{text!(locale, explain.marks)}</h2>
                {marks(locale)}
            </section>
        </div>
        <section aria-labelledby="coverage">
            <h2 id="coverage">{caption.clone()}</h2>
            <p class="lead">
                {text!(locale, methods.coverage_lead, id = data.release.id)}
            </p>
            {coverage(&caption, &data.tables, locale)}
        </section>
    }
    .into_any()
}

/// Links to the sections.
fn contents(data: &Methods, locale: Locale) -> AnyView {
    let sections = data.sections.iter().map(|s| (s.id.clone(), s.title.clone()));
    let more = [
        ("marks".to_owned(), text!(locale, explain.marks)),
        ("coverage".to_owned(), text!(locale, methods.coverage)),
    ];
    sections
        .chain(more)
        .map(|(id, name)| view! { <li><a href=format!("#{id}")>{name}</a></li> })
        .collect_view()
        .into_any()
}

/// Links to the other pages that explain.
fn see_also(locale: Locale) -> AnyView {
    [
        (Page::Glossary, text!(locale, explain.glossary)),
        (Page::Dictionary, text!(locale, explain.dictionary)),
        (Page::References, text!(locale, explain.references)),
        (Page::Check, text!(locale, check.title)),
    ]
    .into_iter()
    .enumerate()
    .map(|(i, (page, name))| {
        let comma = if i > 0 { ", " } else { "" };
        view! { {comma} <a href=page.path(locale)>{name}</a> }
    })
    .collect_view()
    .into_any()
}

/// A section: its words, and after the first paragraph what belongs to it.
fn section(section: &Section, data: &Methods, locale: Locale) -> AnyView {
    let id = section.id.clone();
    let mut paragraphs = section.paragraphs.iter().enumerate().map(|(i, words)| {
        let place = format!("{}-{i}", section.id);
        view! { <p class="hinted">{prose(words, &place, locale)}</p> }
    });
    let first = paragraphs.next();
    let within = match section.id.as_str() {
        "units" => Some(units(data, locale)),
        "periods" => Some(periods(data, &section.title, locale)),
        "balance" => Some(drawings::balance(locale)),
        "deadlines" => Some(super::deadlines::settlement(&section.title, locale)),
        "on-time" => Some(drawings::on_time(locale)),
        _ => None,
    };
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{section.title.clone()}</h2>
            {first}
            {within}
            {paragraphs.collect_view()}
        </section>
    }
    .into_any()
}

fn units(data: &Methods, locale: Locale) -> AnyView {
    let about = |unit: Unit| match unit {
        Unit::Case => text!(locale, methods.unit_case),
        Unit::Petition => text!(locale, methods.unit_petition),
        Unit::Visit => text!(locale, methods.unit_visit),
        Unit::Person => text!(locale, methods.unit_person),
        Unit::Delegation => text!(locale, methods.unit_delegation),
        Unit::Day => text!(locale, methods.unit_day),
        Unit::MillionVnd => text!(locale, methods.unit_money),
        Unit::SquareMetre => text!(locale, methods.unit_land),
    };
    let rows = Unit::ALL
        .iter()
        .map(|&unit| {
            let hint = data.units.iter().find(|(of, _)| *of == unit).map(|(_, hint)| hint);
            let name = unit_name(unit, locale);
            let name = match hint {
                Some(hint) => term(&name, hint, "unit", locale),
                None => name.into_any(),
            };
            view! { <div class="hinted"><dt>{name}</dt><dd>{about(unit)}</dd></div> }
        })
        .collect_view();
    view! {
        {drawings::units(locale)}
        <dl class="terms">{rows}</dl>
    }
    .into_any()
}

/// The unit at the start of a line; a symbol stays as it is.
fn unit_name(unit: Unit, locale: Locale) -> String {
    match unit {
        Unit::SquareMetre => unit.name(locale).to_owned(),
        _ => capital(unit.name(locale)),
    }
}

/// The dates of the report periods in the year of the newest release.
fn periods(data: &Methods, caption: &str, locale: Locale) -> AnyView {
    let year = data.release.id.period.year();
    let mut all: Vec<Period> = (1..=4).filter_map(|q| Period::quarter(year, q)).collect();
    let longer: Vec<Period> = all.iter().filter_map(|q| q.cumulative()).collect();
    all.extend(longer);
    let row = |p: Period| Row {
        head: capital(&period_name(p, locale)).into_any(),
        whole: false,
        cells: vec![day(p.start(), locale).into(), day(p.end(), locale).into()],
    };
    let ledger = Ledger {
        caption: caption.to_owned(),
        corner: text!(locale, releases.period).into(),
        headings: vec![text!(locale, releases.from).into(), text!(locale, releases.to).into()],
        rows: all.into_iter().map(row).collect(),
        words: true,
    };
    ledger.view(locale)
}
