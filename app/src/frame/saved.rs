//! Says that a page is a copy from this device. The worker that keeps visited pages
//! (`crate::offline`) writes the words into the copy it hands out; the style sheet shows them at
//! once, and here they become a part of the page that a screen reader announces. It also tells the
//! worker's script of every page that the application goes to without loading a document.

use leptos::prelude::*;
use leptos::web_sys::Event;
use leptos_router::hooks::use_location;

/// The attribute of the body of a copy, with the words.
const SAVED: &str = "data-saved";

/// The line at the head of a copy; nothing on a page from the network.
pub(crate) fn saved_line() -> AnyView {
    let words = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let Some(body) = document().body() else { return };
        if let Some(found) = body.get_attribute(SAVED) {
            words.set(Some(found));
            // Attributes of these names are never refused.
            let _ = body.set_attribute("data-said", "");
        }
    });
    tell_of_visits();
    view! {
        {move || words.get().map(|words| view! { <p class="saved" role="status">{words}</p> })}
    }
    .into_any()
}

/// Lets the script of the page know that another page has been gone to.
fn tell_of_visits() {
    let location = use_location();
    Effect::new(move |before: Option<(String, String)>| {
        let now = (location.pathname.get(), location.search.get());
        if before.is_some_and(|before| before != now)
            && let Ok(event) = Event::new("visit")
        {
            // Nobody cancels it.
            let _ = window().dispatch_event(&event);
        }
        now
    });
}
