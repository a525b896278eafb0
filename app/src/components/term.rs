//! Words that the glossary explains: a link to the term, with what it means shown to whoever points
//! at it or reaches it with the keyboard. It needs no script; Escape hides it where there is one.

use leptos::prelude::*;
use leptos::web_sys::KeyboardEvent;
use model::Locale;

use crate::data::words::{Hint, Piece, Prose};
use crate::routes::Page;

/// The attribute of the document while hints stay hidden.
const QUIET: &str = "data-quiet";

/// `words` as a link to a term. `place` tells apart the places of one term on a page. The box of the
/// hint is as wide as the nearest element of the class `hinted` around it.
pub(crate) fn term(words: &str, hint: &Hint, place: &str, locale: Locale) -> AnyView {
    let id = format!("hint-{place}-{}", hint.slug);
    let href = format!("{}#{}", Page::Glossary.path(locale), hint.slug);
    view! {
        <span class="with-tip">
            <a class="term" href=href aria-describedby=id.clone()>
                {words.to_owned()}
            </a>
            <span class="tip" role="tooltip" id=id>
                {hint.text.clone()}
            </span>
        </span>
    }
    .into_any()
}

/// Running text with its terms.
pub(crate) fn prose(prose: &Prose, place: &str, locale: Locale) -> AnyView {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(text) => text.clone().into_any(),
        Piece::Term { words, hint } => term(words, hint, place, locale),
    };
    prose.0.iter().map(piece).collect_view().into_any()
}

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
