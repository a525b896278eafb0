//! Hints that open over a page where one points or comes with the keyboard.

use leptos::prelude::*;
use leptos::web_sys::KeyboardEvent;

/// The attribute of the document while hints stay hidden.
const QUIET: &str = "data-quiet";

/// Escape hides the hint that is open, until the focus or the pointer goes elsewhere (WCAG 1.4.13).
pub(crate) fn escape_hides_hints() {
    let root = || document().document_element();
    let hide = move |event: KeyboardEvent| {
        if event.key() == "Escape"
            && let Some(root) = root()
        {
            // Without the attribute the hint stays, as it does without a script.
            let _ = root.set_attribute(QUIET, "");
        }
    };
    let show = move || {
        if let Some(root) = root().filter(|root| root.has_attribute(QUIET)) {
            let _ = root.remove_attribute(QUIET);
        }
    };
    Effect::new(move |_| {
        let hiding = window_event_listener(leptos::ev::keydown, hide);
        let focus = window_event_listener(leptos::ev::focusin, move |_| show());
        let pointer = window_event_listener(leptos::ev::pointerover, move |_| show());
        on_cleanup(move || {
            hiding.remove();
            focus.remove();
            pointer.remove();
        });
    });
}
