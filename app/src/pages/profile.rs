//! What the pages of a place and of a body have in common: one section a table, with the newest
//! figures beside those of a year before, and the whole series one link away.

use leptos::prelude::*;
use model::{Item, Locale};

use crate::charts::trend::trend;
use crate::components::figure::marks;
use crate::components::grid::{Line, grid, values};
use crate::components::period_with_dates;
use crate::data::Value;
use crate::data::profile::{Profile, ProfileTable};
use crate::routes::Page;
use crate::text::text;

/// One section a table.
pub(crate) fn sections(profile: &Profile, locale: Locale) -> AnyView {
    if profile.tables.is_empty() {
        return view! { <p class="lead">{text!(locale, profile.nothing)}</p> }.into_any();
    }
    profile.tables.iter().map(|t| section(t, locale)).collect_view().into_any()
}

fn section(table: &ProfileTable, locale: Locale) -> AnyView {
    let title = table.title.get(locale).to_owned();
    let newest = table.moments.last();
    let year_before = newest.and_then(|m| {
        let before = m.period.same_last_year();
        table.moments.iter().find(|b| b.period == before)
    });
    let lines: Vec<Line> = newest
        .into_iter()
        .chain(year_before)
        .map(|m| Line {
            name: period_with_dates(m.period, locale),
            href: None,
            whole: false,
            figures: m.figures.clone(),
        })
        .collect();
    let seen: Vec<Value> = values(&lines, &table.columns).collect();
    let id = format!("table-{}", table.id);
    let href = format!("{}{}", Page::Table.path_of(locale, &table.id), table.request.to_query());
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{title.clone()}</h2>
            <p class="lead">{table.lead.get(locale).to_owned()}</p>
            <figure>
                {history(table, &title, locale)}
                {grid(&title, &text!(locale, filters.period), &table.columns, lines, locale)}
                {marks(seen.into_iter(), locale)}
                <figcaption>
                    <a href=href>{text!(locale, profile.series)}</a>
                </figcaption>
            </figure>
        </section>
    }
    .into_any()
}

/// Came in and ended over time, for the tables that tell it.
fn history(table: &ProfileTable, title: &str, locale: Locale) -> Option<AnyView> {
    let pair = [Item::Ended, Item::Entered];
    let drawn = pair.iter().all(|i| table.columns.contains(i)) && table.moments.len() > 3;
    let names = pair.map(|i| {
        let name = match i {
            Item::Ended => text!(locale, history.ended),
            _ => text!(locale, history.received),
        };
        (i, name)
    });
    drawn.then(|| {
        view! { <div class="trendbox">{trend(title, &table.moments, &names, locale)}</div> }
            .into_any()
    })
}
