//! One place: region, old district or commune.

use leptos::prelude::*;
use model::{Dim, Locale};

use super::profile::sections;
use super::sources_up_to;
use crate::components::remember::remember_commune;
use crate::data::profile::Profile;
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &Profile, locale: Locale) -> AnyView {
    let names = Dim::Area.members();
    let name = names.name(&data.member, locale).to_owned();
    let description = text!(locale, area.description, name = name.clone());
    let parent =
        names.get(&data.member).and_then(|m| m.parent.clone()).filter(|p| p != Dim::Area.total());
    let parent = parent.map(|code| {
        view! {
            " · "
            <a href=Page::Area.path_of(locale, &code)>{names.name(&code, locale).to_owned()}</a>
        }
    });
    view! {
        {document_head(&name, &description, data.release.simulated, locale)}
        <p class="crumb">
            <a href=Page::Areas.path(locale)>{text!(locale, nav.areas)}</a>
            {parent}
            " · "
            {sources_up_to(&data.release, locale)}
        </p>
        <h1>{name.clone()}</h1>
        <p class="lead">{about(&data.member, locale)}</p>
        {remember_commune(&data.member, locale)}
        {sections(data, Page::Area, Dim::Area, locale)}
        {parts(&data.member, locale)}
        {neighbours(&data.neighbours, locale)}
    }
    .into_any()
}

/// The communes whose centres are nearest.
fn neighbours(codes: &[String], locale: Locale) -> Option<AnyView> {
    let near = codes
        .iter()
        .map(|code| {
            let name = Dim::Area.members().name(code, locale).to_owned();
            view! { <li><a href=Page::Area.path_of(locale, code)>{name}</a></li> }
        })
        .collect_view();
    (!codes.is_empty()).then(|| {
        view! {
            <section aria-labelledby="neighbours">
                <h2 id="neighbours">{text!(locale, profile.neighbours)}</h2>
                <ul class="columns">{near}</ul>
            </section>
        }
        .into_any()
    })
}

/// What kind of place it is, and what to know when reading its figures.
fn about(member: &str, locale: Locale) -> AnyView {
    let commune = member.strip_prefix('C').and_then(model::area::commune);
    match (member.as_bytes().first(), commune) {
        (_, Some(commune)) => {
            let straddles = (!commune.straddles.is_empty()).then(|| text!(locale, area.straddles));
            let body = format!("UBND-{}", commune.code);
            view! {
                {text!(locale, area.commune)}
                " "
                {straddles}
                " "
                <a href=Page::Body.path_of(locale, &body)>
                    {Dim::Body.members().name(&body, locale).to_owned()}
                </a>
            }
            .into_any()
        }
        (Some(b'D'), _) => text!(locale, area.district).into_any(),
        (Some(b'U'), _) => text!(locale, area.unallocated).into_any(),
        _ => text!(locale, area.region).into_any(),
    }
}

/// The places that it consists of.
fn parts(member: &str, locale: Locale) -> Option<AnyView> {
    let names = Dim::Area.members();
    let title = text!(locale, area.parts, name = names.name(member, locale));
    let parts: Vec<_> = names
        .children(member)
        .map(|m| {
            let name = m.name.get(locale).to_owned();
            view! { <li><a href=Page::Area.path_of(locale, &m.code)>{name}</a></li> }
        })
        .collect();
    (!parts.is_empty()).then(|| {
        view! {
            <section aria-labelledby="parts">
                <h2 id="parts">{title}</h2>
                <ul class="columns">{parts}</ul>
            </section>
        }
        .into_any()
    })
}
