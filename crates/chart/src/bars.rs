//! Bars under one another, each beside its name. Names wrap, and a row is as high as its name, so
//! that no two overlap.

use crate::words::{Label, labels, wrap};
use crate::{Rect, real};

/// Between a name and its bar, and between a bar and its value.
const APART: f64 = 10.0;
/// How far the name of a part is set in.
const INDENT: f64 = 14.0;

/// What one bar stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<'a> {
    /// Its name.
    pub name: &'a str,
    /// True if it is a part of a bar above it, which is drawn thinner.
    pub part: bool,
    /// Its value, if readers are shown it.
    pub value: Option<i64>,
}

/// The columns of the drawing and the type of its names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Columns {
    /// Width of the drawing.
    pub width: f64,
    /// Width of the names.
    pub names: f64,
    /// Width of the widest value.
    pub values: f64,
    /// Size of type.
    pub size: f64,
}

impl Columns {
    /// Between two lines of a name.
    pub(crate) fn line(&self) -> f64 {
        self.size * 1.25
    }

    /// Left edge of what is drawn.
    pub(crate) fn left(&self) -> f64 {
        self.names + APART
    }

    /// Right edge of what is drawn.
    pub(crate) fn right(&self) -> f64 {
        self.width - self.values - APART
    }
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The lines of its name.
    pub name: Vec<Label>,
    /// The bar, without width if its value is not shown.
    pub bar: Rect,
    /// Baseline of its value.
    pub baseline: f64,
}

/// The drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// Its height.
    pub height: f64,
    /// The bars, in the order given.
    pub bars: Vec<Bar>,
}

/// Lays out `entries` in the order given; the longest bar takes all the room between names and
/// values, and zero has no length.
#[must_use]
pub fn bars(entries: &[Entry<'_>], columns: Columns) -> Bars {
    let most = entries.iter().filter_map(|e| e.value).max().unwrap_or(0).max(1);
    let room = (columns.right() - columns.left()).max(0.0);
    let line = columns.line();
    let mut top = 0.0;
    let bars = entries
        .iter()
        .map(|entry| {
            let indent = if entry.part { INDENT } else { 0.0 };
            let lines = wrap(entry.name, columns.size, columns.names - indent);
            let middle = top + line / 2.0 + 3.0;
            let height = if entry.part { 8.0 } else { 13.0 };
            let baseline = middle + columns.size * 0.35;
            let name = labels(lines, indent, baseline, line);
            let under = name.last().map_or(baseline, |l| l.y);
            top = under + columns.size * 0.35 + 7.0;
            let width = room * real(entry.value.unwrap_or(0).max(0)) / real(most);
            let bar = Rect { x: columns.left(), y: middle - height / 2.0, width, height };
            Bar { name, bar, baseline }
        })
        .collect();
    Bars { height: top, bars }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COLUMNS: Columns = Columns { width: 552.0, names: 200.0, values: 60.0, size: 12.5 };

    #[test]
    fn what_is_not_shown_has_no_length_and_bends_no_other() {
        let entry = |value| Entry { name: "Vùng", part: false, value };
        let with = bars(&[entry(Some(50)), entry(None), entry(Some(100))], COLUMNS);
        assert!(with.bars[1].bar.width.abs() < f64::EPSILON);
        assert!((with.bars[0].bar.width * 2.0 - with.bars[2].bar.width).abs() < 1e-9);
        assert!((with.bars[2].bar.x + with.bars[2].bar.width - COLUMNS.right()).abs() < 1e-9);
    }

    #[test]
    fn a_name_of_several_lines_pushes_the_next_down() {
        let long = "Các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh và các cơ quan khác";
        let entry = |name| Entry { name, part: false, value: Some(1) };
        let drawn = bars(&[entry(long), entry("Khác")], COLUMNS);
        let last = drawn.bars[0].name.last().unwrap().y;
        assert!(drawn.bars[0].name.len() > 1);
        assert!(drawn.bars[1].name[0].y - last >= COLUMNS.size);
    }

    proptest! {
        #[test]
        fn bars_grow_with_their_values_and_nothing_overlaps(
            given in prop::collection::vec(("[a-zđế]{1,9}( [a-zđế]{1,9}){0,9}", any::<bool>(), prop::option::of(0_i64..5000)), 1..30)
        ) {
            let entries: Vec<Entry<'_>> =
                given.iter().map(|(name, part, value)| Entry { name, part: *part, value: *value }).collect();
            let drawn = bars(&entries, COLUMNS);
            for pair in drawn.bars.windows(2) {
                prop_assert!(pair[0].bar.y + pair[0].bar.height <= pair[1].bar.y);
                prop_assert!(pair[0].name.last().unwrap().y + 0.3 * COLUMNS.size <= pair[1].name[0].y - 0.8 * COLUMNS.size);
            }
            prop_assert!(drawn.bars.last().unwrap().name.last().unwrap().y <= drawn.height);
            for (a, x) in entries.iter().zip(&drawn.bars) {
                prop_assert!(x.bar.x + x.bar.width <= COLUMNS.right() + 1e-9);
                for (b, y) in entries.iter().zip(&drawn.bars) {
                    prop_assert!(a.value.unwrap_or(0) > b.value.unwrap_or(0) || x.bar.width <= y.bar.width);
                }
            }
        }
    }
}
