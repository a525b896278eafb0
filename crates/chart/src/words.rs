//! Words within a drawing: SVG does not break lines itself.

use crate::text_width;

/// A line of text in a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Its words.
    pub text: String,
    /// Where it begins.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
}

/// `text` in lines that are at most `width` wide at `size`, broken at spaces; a word that is wider
/// alone is broken within. Nothing is left out. A no-break space does not break.
#[must_use]
pub fn wrap(text: &str, size: f64, width: f64) -> Vec<String> {
    let fits = |line: &str| text_width(line, size) <= width;
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if !fits(&line) && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Where a text of `width` begins that stands centred at `x`, moved as far as it must be to stay
/// between `low` and `high`.
#[must_use]
pub fn centred(x: f64, width: f64, low: f64, high: f64) -> f64 {
    (x - width / 2.0).min(high - width).max(low)
}

/// `lines` as labels that begin at `x`, the first with its baseline at `y`, `step` apart.
#[must_use]
pub fn labels(lines: Vec<String>, x: f64, y: f64, step: f64) -> Vec<Label> {
    let at = |(index, text)| Label { text, x, y: y + step * crate::real_index(index) };
    lines.into_iter().enumerate().map(at).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_breaks_at_its_spaces_and_keeps_what_belongs_together() {
        let lines = wrap("UBND xã, phường thuộc huyện cũ từ ngày\u{a0}01/07/2025", 13.0, 150.0);
        assert!(lines.len() > 1);
        assert!(lines.iter().any(|l| l.contains("ngày\u{a0}01/07/2025")), "{lines:?}");
        assert!(wrap("", 13.0, 100.0).is_empty());
    }

    #[test]
    fn a_centred_text_stays_inside() {
        assert!((centred(50.0, 20.0, 0.0, 100.0) - 40.0).abs() < 1e-9);
        assert!((centred(2.0, 20.0, 0.0, 100.0)).abs() < 1e-9);
        assert!((centred(99.0, 20.0, 0.0, 100.0) - 80.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn lines_fit_and_nothing_is_lost(text in "[a-zA-ZếữộƯ ]{0,80}", width in 20.0_f64..300.0) {
            let lines = wrap(&text, 12.0, width);
            for line in &lines {
                prop_assert!(text_width(line, 12.0) <= width + 1e-9 && !line.is_empty());
            }
            let letters = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
