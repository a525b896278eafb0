//! Small charts of one item, a member each, side by side on one scale, so that they compare.

use crate::line::{Lines, lines};
use crate::scale::{Ticks, ticks};
use crate::{Frame, real_index};

/// Where the small charts stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Number of columns.
    pub columns: usize,
    /// Number of rows.
    pub rows: usize,
}

impl Grid {
    /// As many columns of at least `least` width as fit into `width`, `gap` apart, for `count`
    /// charts.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few columns")]
    pub fn new(count: usize, width: f64, least: f64, gap: f64) -> Self {
        let fitting = ((width + gap) / (least + gap)).floor().clamp(1.0, 12.0) as usize;
        let columns = fitting.min(count.max(1));
        Self { columns, rows: count.div_ceil(columns) }
    }

    /// Left edge and width of the chart `index` on a drawing `width` wide.
    #[must_use]
    pub fn across(&self, index: usize, width: f64, gap: f64) -> (f64, f64) {
        let columns = real_index(self.columns);
        let each = (width - gap * (columns - 1.0)) / columns;
        (real_index(index % self.columns) * (each + gap), each)
    }

    /// The row of the chart `index`, from the top.
    #[must_use]
    pub const fn row(&self, index: usize) -> usize {
        index / self.columns
    }
}

/// The small charts.
#[derive(Clone, Debug, PartialEq)]
pub struct Multiples {
    /// The scale of all of them.
    pub scale: Ticks,
    /// A chart a series, in the order given.
    pub charts: Vec<Lines>,
}

/// Draws each of `series`, all of one length, into its own `frame`, from zero up to one top for
/// all.
#[must_use]
pub fn multiples(frame: Frame, series: &[Vec<Option<i64>>], intervals: u32) -> Multiples {
    let most = series.iter().flatten().flatten().copied().max().unwrap_or(0);
    let scale = ticks(most, intervals);
    let chart = |values: &Vec<Option<i64>>| lines(frame, std::slice::from_ref(values), scale, 0.0);
    Multiples { scale, charts: series.iter().map(chart).collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FRAME: Frame =
        Frame { width: 120.0, height: 60.0, left: 4.0, right: 110.0, top: 6.0, bottom: 54.0 };

    #[test]
    fn the_same_value_is_as_high_in_every_chart() {
        let drawn = multiples(FRAME, &[vec![Some(10), Some(40)], vec![Some(40), Some(10)]], 2);
        let y = |chart: usize, i: usize| drawn.charts[chart].lines[0].points[i].unwrap().y;
        assert!((y(0, 0) - y(1, 1)).abs() < 1e-9 && (y(0, 1) - y(1, 0)).abs() < 1e-9);
        assert!(y(0, 1) < y(0, 0));
    }

    #[test]
    fn a_withheld_value_breaks_its_own_line_alone() {
        let drawn =
            multiples(FRAME, &[vec![Some(5), None, Some(6)], vec![Some(1), Some(2), Some(3)]], 2);
        assert_eq!(drawn.charts[0].lines[0].path.matches('M').count(), 2);
        assert_eq!(drawn.charts[1].lines[0].path.matches('M').count(), 1);
    }

    #[test]
    fn as_many_columns_as_fit() {
        let grid = Grid::new(26, 552.0, 120.0, 16.0);
        assert_eq!((grid.columns, grid.rows), (4, 7));
        assert_eq!(Grid::new(3, 552.0, 120.0, 16.0), Grid { columns: 3, rows: 1 });
        assert_eq!(Grid::new(26, 100.0, 120.0, 16.0).columns, 1);
    }

    proptest! {
        #[test]
        fn charts_beside_one_another_do_not_touch(count in 1_usize..40, width in 200.0_f64..900.0) {
            let grid = Grid::new(count, width, 120.0, 16.0);
            for i in 1..count {
                let ((x, _), (before, each)) = (grid.across(i, width, 16.0), grid.across(i - 1, width, 16.0));
                prop_assert!(grid.row(i) > grid.row(i - 1) || x >= before + each + 16.0 - 1e-9);
                prop_assert!(x + each <= width + 1e-9);
            }
            prop_assert!(grid.row(count - 1) + 1 == grid.rows);
        }
    }
}
