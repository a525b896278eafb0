//! The pages, one file each.

pub(crate) mod area;
pub(crate) mod areas;
pub(crate) mod bodies;
pub(crate) mod body;
pub(crate) mod design;
pub(crate) mod dictionary;
pub(crate) mod explore;
pub(crate) mod field;
pub(crate) mod fields;
pub(crate) mod glossary;
pub(crate) mod methods;
pub(crate) mod not_found;
pub(crate) mod overview;
pub(crate) mod profile;
pub(crate) mod references;
pub(crate) mod release;
pub(crate) mod releases;
pub(crate) mod search;
pub(crate) mod table;
pub(crate) mod tables;
mod unpublished;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::Locale;

use crate::components::day;
use crate::data::ReleaseInfo;
use crate::routes::{Page, SUBJECT};
use crate::text::text;

/// The language of the page, as the frame around it says.
pub(crate) fn use_locale() -> Locale {
    use_context().unwrap_or_default()
}

/// The subject in the address.
pub(crate) fn use_subject() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get(SUBJECT).unwrap_or_default())
}

/// Reads the query parameters whenever they change.
pub(crate) fn use_query<T>(
    read: impl Fn(&dyn Fn(&str) -> Option<String>) -> T + Send + Sync + 'static,
) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let query = use_query_map();
    Memo::new(move |_| {
        let query = query.read();
        read(&|name| query.get(name))
    })
}

/// `kỳ công bố 2026-Q3.1, công bố ngày 30/9/2026`, with a link to the release.
pub(crate) fn source(release: &ReleaseInfo, locale: Locale) -> AnyView {
    source_words(text!(locale, release.source), release, locale)
}

/// The same for figures of several releases, of which this is the newest.
pub(crate) fn sources_up_to(release: &ReleaseInfo, locale: Locale) -> AnyView {
    source_words(text!(locale, release.sources_up_to), release, locale)
}

fn source_words(words: String, release: &ReleaseInfo, locale: Locale) -> AnyView {
    let id = release.id.to_string();
    let day = day(release.published_on, locale);
    view! {
        {words}
        " "
        <a href=Page::Release.path_of(locale, &id)>{id.clone()}</a>
        ", "
        {text!(locale, release.published_on, day = day)}
    }
    .into_any()
}

/// What a page without subjects is called; `None` for one that has them, and for the search itself.
pub(crate) fn page_name(page: Page, locale: Locale) -> Option<String> {
    Some(match page {
        Page::Overview => text!(locale, nav.overview),
        Page::Tables => text!(locale, nav.tables),
        Page::Explore => text!(locale, explore.title),
        Page::Areas => text!(locale, nav.areas),
        Page::Fields => text!(locale, nav.fields),
        Page::Bodies => text!(locale, nav.bodies),
        Page::Releases => text!(locale, nav.releases),
        Page::Methods => text!(locale, nav.methods),
        Page::Glossary => text!(locale, explain.glossary),
        Page::Dictionary => text!(locale, explain.dictionary),
        Page::References => text!(locale, explain.references),
        Page::Design => text!(locale, design.title),
        Page::Table | Page::Area | Page::Field | Page::Body | Page::Release | Page::Search => {
            return None;
        }
    })
}
