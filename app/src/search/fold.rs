//! Text as it is compared: words in lower case without diacritics.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The words of a text, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words(Vec<String>);

/// `Đất đai, nhà cửa` is `dat dai nha cua`; hoà and hòa are one.
pub(crate) fn fold(text: &str) -> Words {
    let plain: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    Words(words.map(ToOwned::to_owned).collect())
}

impl Words {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words one by one.
    pub(crate) fn into_words(self) -> Vec<String> {
        self.0
    }

    /// The words in a row.
    pub(crate) fn joined(&self) -> String {
        self.0.join(" ")
    }

    /// How well a question fits `name`; `None` if one of its words begins no word of the name.
    pub(crate) fn score_in(&self, name: &Self) -> Option<u32> {
        let mut used = vec![false; name.0.len()];
        let mut score = 0;
        for word in &self.0 {
            let free = |at: &usize| !used[*at];
            let whole = (0..name.0.len()).filter(free).find(|at| name.0[*at] == *word);
            let begins =
                || (0..name.0.len()).filter(free).find(|at| name.0[*at].starts_with(word.as_str()));
            let at = whole.or_else(begins)?;
            used[at] = true;
            score += if whole.is_some() { 8 } else { 4 };
        }
        // In a row, at the start, or all that there is.
        let asked = self.0.len();
        let in_a_row = name.0.windows(asked).position(|part| part == self.0.as_slice());
        score += in_a_row.map_or(0, |at| if at == 0 { 12 } else { 8 });
        // Of two that fit alike, the shorter.
        let left = u32::try_from(name.0.len() - asked).unwrap_or(u32::MAX);
        Some(score * 16 + 15u32.saturating_sub(left))
    }
}
