//! What events mean for the figures of a table.

use leptos::prelude::*;
use model::event::Event;
use model::{Locale, Period};

/// What those of `events` that fall into one of `periods` mean for its figures.
pub(crate) fn event_notes(events: &[Event], periods: &[Period], locale: Locale) -> AnyView {
    events
        .iter()
        .filter(|event| periods.iter().any(|&period| event.is_in(period)))
        .map(|event| event.note.get(locale))
        .filter(|note| !note.is_empty())
        .map(|note| view! { <p class="small">{note.to_owned()}</p> })
        .collect_view()
        .into_any()
}
