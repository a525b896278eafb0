//! One competent body, or bodies taken together.

use leptos::prelude::*;
use model::{Dim, Locale};

use super::profile::sections;
use super::{source, use_locale, use_subject};
use crate::components::head::document_head;
use crate::components::load::load;
use crate::data::body::body;
use crate::data::profile::Profile;
use crate::routes::Page;
use crate::text::text;

/// The page of the body in the address.
#[component]
pub fn BodyPage() -> impl IntoView {
    let locale = use_locale();
    let code = use_subject();
    let data = Resource::new(move || code.get(), body);
    load(data, locale, move |data| page(&data, locale))
}

fn page(data: &Profile, locale: Locale) -> AnyView {
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
        {document_head(&name, &description, locale)}
        <p class="crumb">
            <a href=Page::Bodies.path(locale)>{text!(locale, nav.bodies)}</a>
            {parent}
            " · "
            {source(&data.release, locale)}
        </p>
        <h1>{name.clone()}</h1>
        <p class="lead">{about(&data.member, locale)}</p>
        {sections(data, locale)}
        {parts(&data.member, locale)}
    }
    .into_any()
}

/// When the body existed and who follows it.
fn about(member: &str, locale: Locale) -> AnyView {
    let Some(body) = model::body::body(member) else {
        return text!(locale, body.group).into_any();
    };
    let day = |d| model::format::date(d, locale);
    let from = body.valid_from.map(|d| text!(locale, body.since, day = day(d)));
    let to = body.valid_to.map(|d| text!(locale, body.until, day = day(d)));
    let successor = body.successor.filter(|s| Dim::Body.members().get(s).is_some()).map(|code| {
        view! {
            {text!(locale, body.successor)}
            " "
            <a href=Page::Body.path_of(locale, &code)>
                {Dim::Body.members().name(&code, locale).to_owned()}
            </a>
            "."
        }
    });
    view! { {from} " " {to} " " {successor} }.into_any()
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
