//! Charts as plain geometry: scales with round ticks from zero, lines, bars, shares with intervals,
//! small multiples, stock-and-flow bands and hexagon tiles. The pages draw what this crate computes as SVG, on the server and in the browser
//! alike, so every number here is rounded the same way on both.
//!
//! Values are counts. A value that is not shown to readers is `None` and leaves a gap: no position,
//! length or order in the result depends on it.

pub mod bars;
pub mod dots;
pub mod event;
pub mod flow;
pub mod funnel;
pub mod hex;
pub mod line;
pub mod multiples;
pub mod scale;
pub mod words;

/// A length or coordinate in SVG user units, written with one decimal.
#[must_use]
pub fn unit(value: f64) -> String {
    let text = format!("{value:.1}");
    match text.strip_suffix(".0") {
        Some("-0") => "0".to_owned(),
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

/// About how wide `text` is in the portal's typeface (Be Vietnam Pro, semi-bold) at `size`, rather
/// too wide than too narrow: its last digit must not be cut off.
#[must_use]
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(ems).sum::<f64>() * size
}

/// The width of a letter, composed with its marks, in units of the size of type.
fn ems(letter: char) -> f64 {
    match letter {
        ' ' | '\u{a0}' | '.' | ',' | ':' | ';' | 'i' | 'j' | 'l' | 'í' | 'ì' | 'ỉ' | 'ĩ' | 'ị' => {
            0.34
        }
        'f' | 'r' | 't' => 0.44,
        'm' | 'w' | 'M' | 'W' | '%' => 0.9,
        digit if digit.is_ascii_digit() => 0.66,
        capital if capital.is_uppercase() => 0.76,
        _ => 0.62,
    }
}

/// The drawing area: outer size, and the plot's edges within it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Outer width.
    pub width: f64,
    /// Outer height.
    pub height: f64,
    /// Left edge of the plot.
    pub left: f64,
    /// Right edge of the plot.
    pub right: f64,
    /// Upper edge of the plot.
    pub top: f64,
    /// Lower edge of the plot, where zero is.
    pub bottom: f64,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// Vertical middle.
    #[must_use]
    pub fn middle(&self) -> f64 {
        self.y + self.height / 2.0
    }
}

/// Counts as coordinates: they are far below 2^52, where `f64` is exact.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub(crate) const fn real(count: i64) -> f64 {
    count as f64
}

/// Positions as coordinates.
#[expect(clippy::cast_precision_loss, reason = "positions are far below 2^52")]
pub(crate) const fn real_index(index: usize) -> f64 {
    index as f64
}

#[cfg(test)]
mod tests {
    use super::{text_width, unit};

    #[test]
    fn coordinates_carry_one_decimal_and_no_negative_zero() {
        assert_eq!([unit(12.34), unit(12.0), unit(-0.01)], ["12.3", "12", "0"]);
    }

    #[test]
    fn longer_and_larger_text_is_wider() {
        assert!(text_width("10.950", 13.0) > text_width("1.095", 13.0));
        assert!(text_width("1.095", 17.0) > text_width("1.095", 13.0));
        assert!(text_width("", 13.0).abs() < f64::EPSILON);
    }
}
