//! All bodies: agencies of the province, commune committees, and the district committees that
//! were.

use leptos::prelude::*;
use model::{Dim, Item as I, Locale};

use super::{source, use_locale};
use crate::components::figure::marks;
use crate::components::grid::{Line, grid, values};
use crate::components::head::document_head;
use crate::components::load::load;
use crate::components::period_with_dates;
use crate::data::Value;
use crate::data::body::{BodyList, bodies};
use crate::routes::Page;
use crate::text::text;

/// The list of bodies.
#[component]
pub fn BodiesPage() -> impl IntoView {
    let locale = use_locale();
    let data = Resource::new(|| (), |()| bodies());
    load(data, locale, move |data| page(&data, locale))
}

fn page(data: &BodyList, locale: Locale) -> AnyView {
    let title = text!(locale, bodies.title);
    let lead = text!(locale, bodies.lead);
    let names = Dim::Body.members();
    let classes = names
        .at_level("class")
        .map(|class| class_section(&class.code, data, locale))
        .collect_view();
    view! {
        {document_head(&title, &lead, locale)}
        <p class="crumb">{source(&data.release, locale)}</p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        {classes}
    }
    .into_any()
}

fn class_section(class: &str, data: &BodyList, locale: Locale) -> AnyView {
    let names = Dim::Body.members();
    let name = names.name(class, locale).to_owned();
    let within = |code: &str| {
        let parent = names.get(code).and_then(|m| m.parent.as_deref());
        let above = parent.and_then(|p| names.get(p)).and_then(|m| m.parent.as_deref());
        parent == Some(class) || above == Some(class)
    };
    let columns = [I::Opening, I::Entered, I::Ended, I::Closing];
    let lines: Vec<Line> = data
        .units
        .iter()
        .filter(|r| within(&r.member))
        .map(|r| Line {
            name: names.name(&r.member, locale).to_owned(),
            href: Some(Page::Body.path_of(locale, &r.member)),
            whole: false,
            figures: r.figures.clone(),
        })
        .collect();
    let seen: Vec<Value> = values(&lines, &columns).collect();
    let link = |code: &str| {
        let name = names.name(code, locale).to_owned();
        view! { <li><a href=Page::Body.path_of(locale, code)>{name}</a></li> }
    };
    let table = (!lines.is_empty()).then(|| {
        let period = data.period.map(|p| period_with_dates(p, locale));
        view! {
            <p class="lead">{period}</p>
            {grid(&name, Dim::Body.name(locale), &columns, lines, locale)}
            {marks(seen.into_iter(), locale)}
        }
    });
    // Units without figures of the newest quarter: the district committees that were.
    let others: Vec<_> = names
        .at_level("unit")
        .filter(|m| within(&m.code) && !data.units.iter().any(|r| r.member == m.code))
        .map(|m| link(&m.code))
        .collect();
    let others = (!others.is_empty()).then(|| {
        view! {
            <details>
                <summary>{text!(locale, bodies.without_figures)}</summary>
                <ul class="columns">{others}</ul>
            </details>
        }
    });
    let communes: Vec<_> = names
        .at_level("commune_body")
        .filter(|_| class == "B-commune")
        .map(|m| link(&m.code))
        .collect();
    let communes = (!communes.is_empty()).then(|| {
        view! {
            <details>
                <summary>{text!(locale, bodies.each_commune)}</summary>
                <ul class="columns">{communes}</ul>
            </details>
        }
    });
    view! {
        <section aria-labelledby=class.to_owned()>
            <h2 id=class.to_owned()>
                <a href=Page::Body.path_of(locale, class)>{name.clone()}</a>
            </h2>
            {table}
            {others}
            {communes}
        </section>
    }
    .into_any()
}
