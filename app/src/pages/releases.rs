//! All releases.

use leptos::prelude::*;
use model::{Dim, Locale, ReleaseId};

use crate::components::grid::period_head;
use crate::components::ledger::{Ledger, Row};
use crate::components::{day, period_name};
use crate::data::releases::ReleaseList;
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &ReleaseList, locale: Locale) -> AnyView {
    let title = text!(locale, releases.title);
    let lead = match data.releases.first() {
        Some(newest) => text!(
            locale,
            releases.lead,
            id = newest.id,
            period = period_name(newest.id.period, locale),
            n = newest.id.revision
        ),
        None => String::new(),
    };
    let simulated = data.releases.iter().any(|r| r.simulated);
    let rows = data
        .releases
        .iter()
        .map(|r| {
            let id = r.id.to_string();
            let period = r.id.period;
            let href = Page::Release.path_of(locale, &id);
            Row {
                head: view! { <a href=href>{id}</a> }.into_any(),
                whole: false,
                cells: vec![
                    view! { <div>{period_head(period, Dim::Area.total(), locale)}</div> }
                        .into_any()
                        .into(),
                    day(r.published_on, locale).into(),
                    edition(r.id, locale).into(),
                ],
            }
        })
        .collect();
    let ledger = Ledger {
        caption: title.clone(),
        corner: text!(locale, releases.name).into(),
        headings: vec![
            text!(locale, releases.period).into(),
            text!(locale, releases.published).into(),
            text!(locale, releases.kind).into(),
        ],
        rows,
        words: true,
    };
    view! {
        {document_head(&title, &lead, simulated, locale)}
        <h1 class="first">{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        {ledger.view(locale)}
        <p class="small downloads">
            {text!(locale, releases.feed)} " "
            <a href=format!("/feeds/releases.{locale}.atom") rel="external">"Atom"</a> " · "
            <a href=format!("/feeds/releases.{locale}.json") rel="external">"JSON Feed"</a>
        </p>
    }
    .into_any()
}

/// `Lần đầu`, or which revision it is.
pub(crate) fn edition(release: ReleaseId, locale: Locale) -> String {
    match release.revision {
        1 => text!(locale, releases.first),
        n => text!(locale, releases.revision, n = n - 1),
    }
}
