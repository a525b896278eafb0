//! The item chosen over time, a small chart a region or district.

use leptos::prelude::*;
use model::{Dim, Locale, Period};

use super::picture::tone;
use super::words::slice_words;
use crate::arrange::By;
use crate::charts::multiples::{Panel, multiples};
use crate::components::capital;
use crate::data::table::TablePage as Data;
use crate::routes::Page;
use crate::text::text;

/// The section of the page, if there is more than one period to draw.
pub(crate) fn section(data: &Data, locale: Locale) -> Option<AnyView> {
    let By::Members(dim, level) = &data.arrangement.by else { return None };
    let mut periods: Vec<Period> =
        data.series.iter().flat_map(|s| s.moments.iter().map(|m| m.period)).collect();
    periods.sort_unstable();
    periods.dedup();
    if periods.len() < 2 {
        return None;
    }
    let item = data.arrangement.measure.item();
    let base = Page::Table.path_of(locale, &data.definition.id);
    let panels = data
        .series
        .iter()
        .map(|series| Panel {
            name: dim.members().name(&series.member, locale).to_owned(),
            href: format!("{base}{}", data.arrangement.series_of(&series.member).to_query()),
            moments: series.moments.clone(),
        })
        .collect();
    let title = match (dim, level.as_str()) {
        (Dim::Area, "region") => text!(locale, multiples.regions),
        _ => text!(locale, multiples.districts),
    };
    let what = format!("{}. {}", item.name_with_unit(locale), capital(&slice_words(data, locale)));
    Some(
        view! {
            <section aria-labelledby="series">
                <h2 id="series">{title}</h2>
                <p class="lead">{what}</p>
                <figure data-item=item.code()>{multiples(panels, item, &periods, tone(item), locale)}</figure>
            </section>
        }
        .into_any(),
    )
}
