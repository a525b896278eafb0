//! Words that the glossary explains: a link to the term, with what it means shown to whoever points
//! at it or reaches it with the keyboard. It needs no script; Escape hides it where there is one
//! (`crate::frame::hints`).

use leptos::prelude::*;
use model::Locale;

use crate::data::words::{Hint, Piece, Prose};
use crate::routes::Page;

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
