//! The newest figures at a glance.

use leptos::prelude::*;
use model::{Item, Locale};

use crate::components::figure::{change, figure};
use crate::components::grid::is_overdue;
use crate::components::{capital, period_name};
use crate::data::Value;
use crate::data::profile::{Profile, ProfileTable};
use crate::text::text;

/// What is asked for first, in this order.
const FIRST: [Item; 7] = [
    Item::Entered,
    Item::Ended,
    Item::Closing,
    Item::OpenOverdue,
    Item::PetitionsReceived,
    Item::DaysHead,
    Item::DaysMissed,
];

/// No more than are taken in at a glance.
const MOST: usize = 4;

/// The first figures of the profile that are shown, each with its period and the change since a
/// year before. Fewer than two say no more than the sections under them.
pub(super) fn keys(profile: &Profile, locale: Locale) -> Option<AnyView> {
    let with = |item: Item| {
        let has =
            |t: &&ProfileTable| t.moments.last().is_some_and(|m| m.figures.shown(item).is_some());
        profile.tables.iter().find(has).map(|table| (item, table))
    };
    let found: Vec<_> = FIRST.into_iter().filter_map(with).take(MOST).collect();
    if found.len() < 2 {
        return None;
    }
    let keys = found.into_iter().map(|(item, table)| key(item, table, locale)).collect_view();
    Some(
        view! {
            <section class="keys" aria-label=text!(locale, keys.label)>
                <ul>{keys}</ul>
            </section>
        }
        .into_any(),
    )
}

fn key(item: Item, table: &ProfileTable, locale: Locale) -> AnyView {
    let newest = table.moments.last();
    let value = newest.map_or(Value::Absent, |m| m.figures.get(item));
    let period = newest.map(|m| capital(&period_name(m.period, locale))).unwrap_or_default();
    let before = newest.and_then(|m| {
        let before = m.period.same_last_year();
        table.moments.iter().find(|b| b.period == before)
    });
    let before = before.and_then(|b| change(value, b.figures.get(item), locale));
    let (name, unit) = (item.name(locale), item.unit().name(locale));
    // `Đơn tiếp nhận` says what it counts.
    let said = name.to_lowercase().contains(&unit.to_lowercase());
    let counted = if said { name.to_owned() } else { format!("{name}, {unit}") };
    view! {
        <li data-item=item.code()>
            <a href=format!("#table-{}", table.id)>
                <span class="what">{counted}</span>
                <b class:bad=is_overdue(item)>{figure(value, locale)}</b>
                <small>{period}</small>
                {before.map(|words| view! { <small>{words}</small> })}
            </a>
        </li>
    }
    .into_any()
}
