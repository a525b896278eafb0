//! All releases.

use leptos::prelude::*;
use model::Locale;

use super::use_locale;
use crate::components::head::document_head;
use crate::components::load::load;
use crate::components::{capital, dates};
use crate::data::releases::{ReleaseList, releases};
use crate::routes::Page;
use crate::text::text;

/// The list of releases.
#[component]
pub fn ReleasesPage() -> impl IntoView {
    let locale = use_locale();
    let data = Resource::new(|| (), |()| releases());
    load(data, locale, move |data| page(&data, locale))
}

fn page(data: &ReleaseList, locale: Locale) -> AnyView {
    let title = text!(locale, releases.title);
    let lead = text!(locale, releases.lead);
    let rows = data
        .releases
        .iter()
        .map(|r| {
            let id = r.id.to_string();
            let revision = if r.id.revision == 1 {
                text!(locale, releases.first)
            } else {
                text!(locale, releases.revision, n = r.id.revision - 1)
            };
            view! {
                <tr>
                    <th scope="row">
                        <a href=Page::Release.path_of(locale, &id)>{id.clone()}</a>
                    </th>
                    <td>{capital(&r.id.period.name(locale))}</td>
                    <td>{dates(r.id.period, locale)}</td>
                    <td>{model::format::date(r.published_on, locale)}</td>
                    <td>{revision}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        {document_head(&title, &lead, locale)}
        <h1 class="first">{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        <div class="scroll" tabindex="0" role="group" aria-label=title.clone()>
            <table class="ledger words">
                <caption class="sr">{title.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(locale, releases.name)}</th>
                        <th scope="col">{text!(locale, releases.period)}</th>
                        <th scope="col">{text!(locale, releases.days)}</th>
                        <th scope="col">{text!(locale, releases.published)}</th>
                        <th scope="col">{text!(locale, releases.kind)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
