//! One release: its tables, what was withheld, and the checkpoint that fixes it.

use leptos::prelude::*;
use model::Locale;
use model::format::{integer, percent};

use super::{use_locale, use_subject};
use crate::components::head::document_head;
use crate::components::load::load;
use crate::components::period_with_dates;
use crate::data::releases::{Coverage, ReleasePage as Data, release};
use crate::routes::Page;
use crate::text::text;

/// The page of the release in the address.
#[component]
pub fn ReleasePage() -> impl IntoView {
    let locale = use_locale();
    let id = use_subject();
    let data = Resource::new(move || id.get(), release);
    load(data, locale, move |data| page(&data, locale))
}

fn page(data: &Data, locale: Locale) -> AnyView {
    let id = data.release.id;
    let title = text!(locale, release.title, id = id);
    let period = period_with_dates(id.period, locale);
    let day = model::format::date(data.release.published_on, locale);
    let description = text!(locale, release.lead, period = period, day = day);
    let superseded = data.superseded_by.map(|newer| {
        let newer = newer.to_string();
        view! {
            <p class="callout">
                {text!(locale, release.superseded)}
                " "
                <a href=Page::Release.path_of(locale, &newer)>{newer.clone()}</a>
            </p>
        }
    });
    let caption = text!(locale, release.tables);
    view! {
        {document_head(&title, &description, locale)}
        <p class="crumb">
            <a href=Page::Releases.path(locale)>{text!(locale, nav.releases)}</a>
        </p>
        <h1>{title.clone()}</h1>
        <p class="lead">{description.clone()}</p>
        {superseded}
        <section aria-labelledby="tables">
            <h2 id="tables">{caption.clone()}</h2>
            <p class="lead">{text!(locale, release.tables_lead)}</p>
            {coverage(&caption, &data.tables, locale)}
        </section>
        <section aria-labelledby="checkpoint">
            <h2 id="checkpoint">{text!(locale, release.checkpoint)}</h2>
            <p class="lead">
                {text!(locale, release.checkpoint_lead, n = integer(data.log_index, locale))}
            </p>
            <pre tabindex="0">{data.checkpoint.clone()}</pre>
        </section>
    }
    .into_any()
}

/// How many figures of each table are shown and withheld.
pub(crate) fn coverage(caption: &str, tables: &[Coverage], locale: Locale) -> AnyView {
    let rows = tables
        .iter()
        .filter(|t| t.shown + t.withheld > 0)
        .map(|t| {
            let share = percent(t.withheld, t.shown + t.withheld, locale).unwrap_or_default();
            view! {
                <tr>
                    <th scope="row">
                        <a href=Page::Table.path_of(locale, &t.id)>{t.title.get(locale).to_owned()}</a>
                    </th>
                    <td>{integer(t.shown, locale)}</td>
                    <td>{integer(t.withheld, locale)}</td>
                    <td>{share}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label=caption.to_owned()>
            <table class="ledger">
                <caption class="sr">{caption.to_owned()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(locale, release.table)}</th>
                        <th scope="col">{text!(locale, release.shown)}</th>
                        <th scope="col">{text!(locale, release.withheld)}</th>
                        <th scope="col">{text!(locale, release.withheld_share)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
