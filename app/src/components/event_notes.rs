//! What events mean for the figures of a table.

use leptos::prelude::*;
use model::event::Event;
use model::{Locale, Period};

/// What those of `events` that fall into one of `periods` mean for its figures.
pub(crate) fn event_notes(events: &[Event], periods: &[Period], locale: Locale) -> AnyView {
    event_words(events, periods, locale)
        .into_iter()
        .map(|note| view! { <p class="small">{note}</p> })
        .collect_view()
        .into_any()
}

/// The same as plain text, a note an event.
pub(crate) fn event_words(events: &[Event], periods: &[Period], locale: Locale) -> Vec<String> {
    events
        .iter()
        .filter(|event| periods.iter().any(|&period| event.is_in(period)))
        .map(|event| event.note.get(locale).to_owned())
        .filter(|note| !note.is_empty())
        .collect()
}
