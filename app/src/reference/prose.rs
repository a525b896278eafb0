//! Running text with terms of the glossary marked in it.

use model::Locale;

use super::glossary::{GLOSSARY, Term};
use crate::data::words::{Piece, Prose};

/// Reads `[[slug|words]]` in `text` as a term.
pub(super) fn parse(text: &str, locale: Locale) -> Prose {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        let Some((inside, after)) = after.split_once("]]") else { break };
        push_plain(&mut pieces, before);
        let (slug, words) = inside.split_once('|').unwrap_or((inside, inside));
        match GLOSSARY.get(slug) {
            Some(term) => pieces.push(piece(term, words, locale)),
            None => push_plain(&mut pieces, words),
        }
        rest = after;
    }
    push_plain(&mut pieces, rest);
    Prose(pieces)
}

/// Marks in `text` the first place of each term that it has by one of the term's forms; where
/// several could begin, the longest.
pub(crate) fn marked(text: &str, locale: Locale) -> Prose {
    let mut pieces = Vec::new();
    let mut used: Vec<&str> = Vec::new();
    let (mut plain_from, mut at) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        let starts_word = !text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let found = if starts_word { longest(&text[at..], locale) } else { None };
        match found.filter(|(term, _)| !used.contains(&term.slug.as_str())) {
            Some((term, length)) => {
                push_plain(&mut pieces, &text[plain_from..at]);
                pieces.push(piece(term, &text[at..at + length], locale));
                used.push(&term.slug);
                at += length;
                plain_from = at;
            }
            None => at += c.len_utf8(),
        }
    }
    push_plain(&mut pieces, &text[plain_from..]);
    Prose(pieces)
}

/// The term that `text` begins with and the length of its words.
fn longest(text: &str, locale: Locale) -> Option<(&'static Term, usize)> {
    let begins = |form: &String| {
        let mut rest = text.char_indices();
        for wanted in form.chars() {
            let (_, c) = rest.next()?;
            if !c.to_lowercase().eq(wanted.to_lowercase()) {
                return None;
            }
        }
        match rest.next() {
            Some((_, c)) if c.is_alphanumeric() => None,
            Some((at, _)) => Some(at),
            None => Some(text.len()),
        }
    };
    let terms = GLOSSARY.terms().iter();
    let forms = terms.flat_map(|term| term.forms(locale).iter().map(move |form| (term, form)));
    forms.filter_map(|(term, form)| Some((term, begins(form)?))).max_by_key(|(_, length)| *length)
}

fn piece(term: &Term, words: &str, locale: Locale) -> Piece {
    Piece::Term { words: words.to_owned(), hint: term.hint(locale) }
}

fn push_plain(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Plain(text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a<slug:words>b`.
    fn shown(prose: &Prose) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Plain(text) => text.clone(),
            Piece::Term { words, hint } => format!("<{}:{words}>", hint.slug),
        };
        prose.0.iter().map(piece).collect()
    }

    #[test]
    fn a_marked_term_is_read_and_an_unknown_one_stays_as_words() {
        let parsed = |text| shown(&parse(text, Locale::Vi));
        assert_eq!(parsed("ngày [[thu-ly|thụ lý]], rồi"), "ngày <thu-ly:thụ lý>, rồi");
        assert_eq!(parsed("[[khong-co|chữ]] [[thu-ly|x]]"), "chữ <thu-ly:x>");
        assert_eq!(parsed("dở [[thu-ly|x"), "dở [[thu-ly|x");
    }

    #[test]
    fn a_term_is_marked_once_by_its_longest_form_and_as_whole_words() {
        let vi = |text| shown(&marked(text, Locale::Vi));
        assert_eq!(vi("Vụ việc nào? Vụ việc ấy."), "<vu-viec:Vụ việc> nào? Vụ việc ấy.");
        assert_eq!(vi("Vụ việc vượt cấp"), "<vuot-cap:Vụ việc vượt cấp>");
        assert_eq!(vi("đơng"), "đơng");
        let en = |text| shown(&marked(text, Locale::En));
        assert_eq!(en("What did cases settle?"), "What did <vu-viec:cases> <giai-quyet:settle>?");
        assert_eq!(en("landing"), "landing");
        assert_eq!(en(""), "");
    }
}
