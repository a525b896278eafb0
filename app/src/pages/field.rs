//! One field, or fields taken together.

use leptos::prelude::*;
use model::{Dim, Locale};

use super::profile::sections;
use super::sources_up_to;
use crate::data::profile::Profile;
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &Profile, locale: Locale) -> AnyView {
    let names = Dim::Field.members();
    let name = names.name(&data.member, locale).to_owned();
    let description = text!(locale, field.description, name = name.clone());
    let link = |code: &str| {
        let name = names.name(code, locale).to_owned();
        view! { <a href=Page::Field.path_of(locale, code)>{name}</a> }
    };
    let parent = names.get(&data.member).and_then(|m| m.parent.as_deref());
    let parent = parent.filter(|p| *p != Dim::Field.total()).map(|p| view! { " · " {link(p)} });
    let parts: Vec<_> =
        names.children(&data.member).map(|m| view! { <li>{link(&m.code)}</li> }).collect();
    let parts = (!parts.is_empty()).then(|| {
        view! {
            <section aria-labelledby="parts">
                <h2 id="parts">{text!(locale, field.parts)}</h2>
                <ul class="columns">{parts}</ul>
            </section>
        }
    });
    view! {
        {document_head(&name, &description, data.release.simulated, locale)}
        <p class="crumb">
            <a href=Page::Fields.path(locale)>{text!(locale, nav.fields)}</a>
            {parent}
            " · "
            {sources_up_to(&data.release, locale)}
        </p>
        <h1>{name.clone()}</h1>
        <p class="lead">{text!(locale, field.counted)}</p>
        {sections(data, Page::Field, Dim::Field, locale)}
        {parts}
    }
    .into_any()
}
