//! One competent body, or bodies taken together.

use leptos::prelude::*;
use model::body::{Body, BodyClass, bodies};
use model::{Dim, Locale};

use super::profile::sections;
use super::sources_up_to;
use crate::components::day;
use crate::data::profile::Profile;
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &Profile, locale: Locale) -> AnyView {
    let names = Dim::Body.members();
    let name = names.name(&data.member, locale).to_owned();
    let description = text!(locale, body.description, name = name.clone());
    let parent =
        names.get(&data.member).and_then(|m| m.parent.clone()).filter(|p| p != Dim::Body.total());
    let parent = parent.map(|code| {
        view! {
            " · "
            <a href=Page::Body.path_of(locale, &code)>{names.name(&code, locale).to_owned()}</a>
        }
    });
    view! {
        {document_head(&name, &description, data.release.simulated, locale)}
        <p class="crumb">
            <a href=Page::Bodies.path(locale)>{text!(locale, nav.bodies)}</a>
            {parent}
            " · "
            {sources_up_to(&data.release, locale)}
        </p>
        <h1>{name.clone()}</h1>
        {about(&data.member, locale)}
        {sections(data, Page::Body, Dim::Body, locale)}
        {parts(&data.member, locale)}
    }
    .into_any()
}

/// When the body existed, whose matters it took over and who took over its own.
fn about(member: &str, locale: Locale) -> AnyView {
    let everyone = bodies();
    let of_district = |prefix: &str, other: &str| {
        member.strip_prefix(prefix).map(|district| format!("{other}{district}"))
    };
    let Some(body) = everyone.iter().find(|b| b.code == member) else {
        let before = of_district("UBNDX-", "UBND-").map(|code| {
            view! { " " {text!(locale, body.before)} " " {name(&code, locale)} "." }
        });
        return view! {
            <p class="lead">{text!(locale, body.group)} {before}</p>
            {counted_here(member, &everyone, locale)}
        }
        .into_any();
    };
    let from = body.valid_from.map(|d| text!(locale, body.since, day = day(d, locale)));
    let to = body.valid_to.map(|d| text!(locale, body.until, day = day(d, locale)));
    let predecessors: Vec<_> = everyone
        .iter()
        .filter(|b| b.successor.as_deref() == Some(member))
        .map(|b| {
            view! { <li>{name(&b.code, locale)} {until(b, locale)}</li> }
        })
        .collect();
    let predecessors = (!predecessors.is_empty()).then(|| {
        view! {
            <p class="lead">{text!(locale, body.predecessors)}</p>
            <ul class="notes">{predecessors}</ul>
        }
    });
    let communes = match body.class {
        BodyClass::District => of_district("UBND-", "UBNDX-"),
        BodyClass::Province | BodyClass::Commune => None,
    };
    let after = body.successor.clone().or(communes).map(|code| {
        view! { {text!(locale, body.successor)} " " {name(&code, locale)} "." }
    });
    view! {
        <p class="lead">{from} " " {to} " " {after}</p>
        {predecessors}
    }
    .into_any()
}

/// The last day of a body that ended.
fn until(body: &Body, locale: Locale) -> Option<String> {
    let last = body.valid_to?;
    Some(format!(" ({})", text!(locale, body.until_short, day = day(last, locale))))
}

/// The name of a body; a link if it has a page of its own.
fn name(code: &str, locale: Locale) -> AnyView {
    let Some(member) = Dim::Body.members().get(code) else {
        let body = model::body::body(code);
        return body.map(|b| plain_name(&b, locale)).into_any();
    };
    view! { <a href=Page::Body.path_of(locale, code)>{member.name.get(locale).to_owned()}</a> }
        .into_any()
}

fn plain_name(body: &Body, locale: Locale) -> String {
    match locale {
        Locale::Vi => body.name_vi.clone(),
        Locale::En => body.name_en.clone(),
    }
}

/// The bodies taken together in `member` that have no page of their own.
fn counted_here(member: &str, everyone: &[Body], locale: Locale) -> Option<AnyView> {
    let names: Vec<_> = everyone
        .iter()
        .filter(|b| b.unit == member && Dim::Body.members().get(&b.code).is_none())
        .map(|b| {
            view! { <li>{plain_name(b, locale)} {until(b, locale)}</li> }
        })
        .collect();
    (!names.is_empty()).then(|| view! { <ul class="notes">{names}</ul> }.into_any())
}

/// The bodies that are taken together here.
fn parts(member: &str, locale: Locale) -> Option<AnyView> {
    let parts: Vec<_> = Dim::Body
        .members()
        .children(member)
        .map(|m| {
            let name = m.name.get(locale).to_owned();
            view! { <li><a href=Page::Body.path_of(locale, &m.code)>{name}</a></li> }
        })
        .collect();
    (!parts.is_empty()).then(|| {
        view! {
            <section aria-labelledby="parts">
                <h2 id="parts">{text!(locale, body.parts)}</h2>
                <ul class="columns">{parts}</ul>
            </section>
        }
        .into_any()
    })
}
