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

/// Text with the numbers of legal acts in it, `06/2025/TT-TTCP`, at whose hyphens no line ends.
pub(crate) fn unbroken(text: &str) -> AnyView {
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    let piece = |run: &[&str]| {
        let text = run.concat();
        match run {
            [act] if is_act(act) => view! { <span class="unbroken">{text}</span> }.into_any(),
            _ => text.into_any(),
        }
    };
    words.chunk_by(|a, b| !is_act(a) && !is_act(b)).map(piece).collect_view().into_any()
}

/// True for the number of an act: a number, a slash, and letters with a hyphen.
fn is_act(word: &str) -> bool {
    let number = word.trim_start_matches('(');
    number.split_once('/').is_some_and(|(number, rest)| {
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        is_number && rest.contains('-') && rest.chars().any(char::is_uppercase)
    })
}

/// Running text with its terms.
pub(crate) fn prose(prose: &Prose, place: &str, locale: Locale) -> AnyView {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(text) => unbroken(text),
        Piece::Term { words, hint } => term(words, hint, place, locale),
    };
    prose.0.iter().map(piece).collect_view().into_any()
}

#[cfg(test)]
mod tests {
    use super::is_act;

    #[test]
    fn numbers_of_acts_are_told_from_dates_and_other_words() {
        for act in ["06/2025/TT-TTCP", "(02/2021/TT-TTCP,", "774/QĐ-TTg", "1686/NQ-UBTVQH15)."] {
            assert!(is_act(act), "{act}");
        }
        for other in ["15/12-14/3", "01/07/2025", "24/7", "và/hoặc", "TT-TTCP", "A/B-C"] {
            assert!(!is_act(other), "{other}");
        }
    }
}
