//! Series over time as lines above a zero-based axis.

use std::fmt::Write;

use crate::scale::Ticks;
use crate::{Frame, real, unit};

/// A point of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Horizontal position.
    pub x: f64,
    /// Vertical position.
    pub y: f64,
}

/// One series.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// SVG path data; broken where a value is missing.
    pub path: String,
    /// A point for each value, `None` where it is missing.
    pub points: Vec<Option<Point>>,
    /// Where the label at the line's end stands: beside its last point, moved apart from the other
    /// labels. `None` if nothing is there.
    pub label_y: Option<f64>,
}

impl Line {
    /// Points with no neighbour, which a line alone would not show.
    pub fn lone_points(&self) -> impl Iterator<Item = Point> {
        let at = |i: usize| self.points.get(i).copied().flatten();
        (0..self.points.len()).filter_map(move |i| {
            let before = i.checked_sub(1).and_then(at);
            at(i).filter(|_| before.is_none() && at(i + 1).is_none())
        })
    }

    /// The last value's point, if the last value is there.
    #[must_use]
    pub fn end(&self) -> Option<Point> {
        self.points.last().copied().flatten()
    }

    /// The last point that is there.
    #[must_use]
    pub fn last_point(&self) -> Option<Point> {
        self.points.iter().rev().copied().flatten().next()
    }
}

/// A line chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// Horizontal position of each time.
    pub xs: Vec<f64>,
    /// Ticks of the vertical axis: value and position.
    pub ticks: Vec<(i64, f64)>,
    /// The series, in the order given.
    pub lines: Vec<Line>,
}

/// Lays out `series`, all of one length, within `frame` on a scale that is not below any value, with
/// end labels at least `gap` apart. Its times are equally far from each other.
#[must_use]
pub fn lines(frame: Frame, series: &[Vec<Option<i64>>], ticks: Ticks, gap: f64) -> Lines {
    let count = series.iter().map(Vec::len).max().unwrap_or(0);
    let times: Vec<i64> = (0..).take(count).collect();
    lines_at(frame, &times, series, ticks, gap)
}

/// The same for values at `times`, which begin at zero or later and ascend: zero is at the left edge, the
/// last of them at the right one.
///
/// # Example
///
/// ```
/// # use chart::{Frame, line::lines_at, scale::ticks};
/// let frame = Frame { width: 90.0, height: 9.0, left: 0.0, right: 90.0, top: 0.0, bottom: 9.0 };
/// let chart = lines_at(frame, &[0, 30, 180], &[vec![Some(0), Some(1), None]], ticks(2, 2), 1.0);
/// assert_eq!(chart.xs, [0.0, 15.0, 90.0]);
/// ```
#[must_use]
pub fn lines_at(
    frame: Frame,
    times: &[i64],
    series: &[Vec<Option<i64>>],
    ticks: Ticks,
    gap: f64,
) -> Lines {
    let last = times.last().copied().unwrap_or(0).max(1);
    let step = (frame.right - frame.left) / real(last);
    let xs: Vec<f64> = times.iter().map(|&t| frame.left + step * real(t)).collect();
    let y = |value: i64| height(frame, ticks, value);

    let mut lines: Vec<Line> = series
        .iter()
        .map(|values| {
            let points: Vec<Option<Point>> =
                values.iter().zip(&xs).map(|(v, &x)| v.map(|v| Point { x, y: y(v) })).collect();
            Line { path: path(&points), points, label_y: None }
        })
        .collect();
    let mut ends: Vec<(usize, f64)> =
        lines.iter().enumerate().filter_map(|(i, l)| Some((i, l.last_point()?.y))).collect();
    ends.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut positions: Vec<f64> = ends.iter().map(|e| e.1).collect();
    spread(&mut positions, gap, frame.top, frame.bottom);
    for ((index, _), position) in ends.into_iter().zip(positions) {
        lines[index].label_y = Some(position);
    }
    Lines { xs, ticks: ticks.values().map(|v| (v, y(v))).collect(), lines }
}

fn height(frame: Frame, ticks: Ticks, value: i64) -> f64 {
    frame.bottom - (frame.bottom - frame.top) * real(value) / real(ticks.top)
}

fn path(points: &[Option<Point>]) -> String {
    let mut out = String::new();
    let mut pen_up = true;
    for point in points {
        match point {
            None => pen_up = true,
            Some(p) => {
                let command = if pen_up { 'M' } else { 'L' };
                // Writing to a String cannot fail.
                let _ = write!(out, "{command}{},{}", unit(p.x), unit(p.y));
                pen_up = false;
            }
        }
    }
    out
}

/// Which of ascending `positions` can be labelled, from the first on, with labels at least `gap`
/// apart.
#[must_use]
pub fn sparse(positions: &[f64], gap: f64) -> Vec<bool> {
    let mut free_from = f64::NEG_INFINITY;
    positions
        .iter()
        .map(|&p| {
            let fits = p >= free_from;
            if fits {
                free_from = p + gap;
            }
            fits
        })
        .collect()
}

/// Moves ascending `positions` apart to at least `gap`, keeping their order and, where they fit,
/// staying between `low` and `high`.
pub fn spread(positions: &mut [f64], gap: f64, low: f64, high: f64) {
    let mut floor = low;
    for p in positions.iter_mut() {
        *p = p.max(floor);
        floor = *p + gap;
    }
    let mut ceiling = high;
    for p in positions.iter_mut().rev() {
        *p = p.min(ceiling);
        ceiling = *p - gap;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scale::ticks;

    const FRAME: Frame =
        Frame { width: 120.0, height: 120.0, left: 10.0, right: 110.0, top: 10.0, bottom: 110.0 };

    #[test]
    fn a_withheld_value_leaves_a_gap_and_a_lone_point_is_found() {
        let chart = lines(FRAME, &[vec![Some(0), Some(50), None, Some(100)]], ticks(100, 4), 10.0);
        assert_eq!(chart.lines[0].path, "M10,110L43.3,60M110,10");
        assert_eq!(chart.lines[0].lone_points().count(), 1);
        assert_eq!(chart.ticks.first(), Some(&(0, 110.0)));
    }

    #[test]
    fn labels_of_two_close_ends_stand_apart_in_the_order_of_the_values() {
        let chart = lines(
            FRAME,
            &[vec![Some(80), Some(100)], vec![Some(80), Some(99)]],
            ticks(100, 4),
            12.0,
        );
        let ys: Vec<f64> = chart.lines.iter().filter_map(|l| l.label_y).collect();
        assert!(ys[1] - ys[0] >= 12.0);
    }

    #[test]
    fn a_line_whose_last_value_is_withheld_keeps_its_label() {
        let chart = lines(FRAME, &[vec![Some(50), Some(100), None]], ticks(100, 4), 10.0);
        assert_eq!(chart.lines[0].end(), None);
        assert_eq!(chart.lines[0].label_y, Some(10.0));
    }

    #[test]
    fn labels_that_would_touch_the_one_before_are_left_out() {
        assert_eq!(sparse(&[0.0, 10.0, 20.0, 30.0], 20.0), [true, false, true, false]);
        assert_eq!(sparse(&[0.0, 30.0], 20.0), [true, true]);
    }

    proptest! {
        #[test]
        fn points_stay_inside_the_frame(values in prop::collection::vec(prop::option::of(0_i64..10_000), 1..40)) {
            let most = values.iter().flatten().copied().max().unwrap_or(0);
            let chart = lines(FRAME, &[values], ticks(most, 4), 10.0);
            for p in chart.lines[0].points.iter().flatten() {
                prop_assert!(p.x >= FRAME.left - 1e-9 && p.x <= FRAME.right + 1e-9);
                prop_assert!(p.y >= FRAME.top - 1e-9 && p.y <= FRAME.bottom + 1e-9);
            }
        }

        #[test]
        fn spread_keeps_the_order(mut ps in prop::collection::vec(0.0_f64..100.0, 1..6)) {
            ps.sort_by(f64::total_cmp);
            spread(&mut ps, 12.0, 0.0, 100.0);
            prop_assert!(ps.windows(2).all(|w| w[1] - w[0] >= 12.0 - 1e-9));
        }
    }
}
