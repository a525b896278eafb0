//! What was there before a commune: the series of the former district.

use leptos::prelude::*;
use model::event::events;
use model::item::Population;
use model::{Dim, Item, Locale, Period};

use crate::charts::trend::trend;
use crate::components::codes;
use crate::components::event_notes::event_notes;
use crate::data::profile::Origin;
use crate::routes::Page;
use crate::text::text;

/// The former district over time, with a plain word on how it relates to the commune.
pub(super) fn origin(origin: &Origin, locale: Locale) -> Option<AnyView> {
    if origin.moments.len() < 2 {
        return None;
    }
    let name = Dim::Area.members().name(&origin.member, locale).to_owned();
    let title = text!(locale, profile.origin, name = name.clone());
    let communes =
        Dim::Area.members().children(&origin.member).filter(|m| !m.is_residual()).count();
    let names = [
        (Item::Ended, text!(locale, history.ended)),
        (Item::Entered, text!(locale, history.received)),
    ];
    let events = events(Population::Cases, Dim::Body.total());
    let periods: Vec<Period> = origin.moments.iter().map(|m| m.period).collect();
    let series =
        format!("{}{}", Page::Table.path_of(locale, &origin.id), origin.request.to_query());
    Some(
        view! {
            <section aria-labelledby="origin">
                <h2 id="origin">{title.clone()}</h2>
                <p class="lead">
                    {text!(locale, profile.origin_note, name = name.clone(), count = communes)}
                </p>
                <figure>
                    <div class="trendbox" data-item=codes(&[Item::Ended, Item::Entered])>
                        {trend(&title, &origin.moments, &names, &events, locale)}
                    </div>
                    <p class="small">{text!(locale, history.with_late)}</p>
                    {event_notes(&events, &periods, locale)}
                    <figcaption>
                        <a href=series>{text!(locale, profile.series)}</a>
                        " · "
                        <a href=Page::Area.path_of(locale, &origin.member)>{name}</a>
                    </figcaption>
                </figure>
            </section>
        }
        .into_any(),
    )
}
