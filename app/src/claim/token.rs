//! A text as words and numbers, each with what stands directly beside it.

use unicode_normalization::UnicodeNormalization as _;

use crate::search::fold;

/// A word or a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// In lower case, with its diacritics.
    pub(super) text: String,
    /// Without.
    pub(super) folded: String,
    /// What stands directly before it, if that is no space.
    pub(super) before: Option<char>,
    /// What stands directly after it.
    pub(super) after: Option<char>,
}

impl Token {
    /// True if it begins with a digit.
    pub(super) fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// The words and numbers of `text`. A number keeps its separators: `1.234,5` is one.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.nfc().flat_map(char::to_lowercase).collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let inner =
        |at: usize| matches!(chars[at], '.' | ',') && at > 0 && digit(at - 1) && digit(at + 1);
    let part = |at: usize| chars[at].is_alphanumeric() || inner(at);
    let beside =
        |at: Option<usize>| at.and_then(|at| chars.get(at)).copied().filter(|c| !c.is_whitespace());
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !part(at) {
            at += 1;
            continue;
        }
        let start = at;
        while at < chars.len() && part(at) {
            at += 1;
        }
        let text: String = chars[start..at].iter().collect();
        let (before, after) = (beside(start.checked_sub(1)), beside(Some(at)));
        out.push(Token { folded: fold(&text).joined(), text, before, after });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_separators_and_words_lose_their_marks() {
        let found = tokens("Quý IV/2025: hơn 3.245,5 đơn; 1,5.");
        let texts: Vec<&str> = found.iter().map(|t| t.text.as_str()).collect();
        assert_eq!(texts, ["quý", "iv", "2025", "hơn", "3.245,5", "đơn", "1,5"]);
        let folded: Vec<&str> = found.iter().map(|t| t.folded.as_str()).collect();
        assert_eq!(folded[3..6], ["hon", "3 245 5", "don"]);
        assert_eq!((found[1].after, found[2].before), (Some('/'), Some('/')));
        assert!(found[4].is_number() && !found[1].is_number());
    }
}
