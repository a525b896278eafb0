//! Shares with their intervals, a row a member, on one axis from zero. What is not shown has a row
//! and no position.

use crate::bars::Columns;
use crate::scale::ticks_of_shares;
use crate::words::{Label, labels, wrap};

/// Half the height of a row's mark, with what sets it apart.
const HALF: f64 = 9.0;
/// Above the plot, for the label of the reference line.
const HEAD: f64 = 22.0;
/// Under the plot, for the axis.
const FOOT: f64 = 22.0;

/// A share with the bounds of its interval, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The share.
    pub share: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// Where names stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Beside what is drawn.
    Beside,
    /// Above it, as on a phone.
    Above,
}

/// What one row stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its share, if readers are shown what it consists of.
    pub estimate: Option<Estimate>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The lines of its name.
    pub name: Vec<Label>,
    /// Vertical middle of its mark.
    pub y: f64,
    /// Horizontal positions of share, lower and upper bound.
    pub at: Option<Estimate>,
}

/// The drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Dots {
    /// Its height.
    pub height: f64,
    /// Left and right edge of the plot.
    pub plot: (f64, f64),
    /// Upper and lower edge of the plot.
    pub edges: (f64, f64),
    /// Ticks: whole per cent and position.
    pub ticks: Vec<(i64, f64)>,
    /// Position of the reference line.
    pub reference: Option<f64>,
    /// The rows, in the order given.
    pub rows: Vec<Row>,
}

/// Lays out `entries` in the order given with a line at `reference`, on an axis of at most
/// `intervals` steps from 0 up to what the highest bound needs, and never beyond 100 %.
#[must_use]
pub fn dots(
    entries: &[Entry<'_>],
    reference: Option<f64>,
    columns: Columns,
    names: Names,
    intervals: u32,
) -> Dots {
    let bounds = entries.iter().filter_map(|e| e.estimate).map(|e| e.high);
    let highest = bounds.chain(reference).fold(0.0, f64::max).clamp(0.0, 1.0);
    let axis = ticks_of_shares(whole_per_cent(highest), 100, intervals);
    let (left, right) = match names {
        Names::Beside => (columns.left(), columns.right()),
        Names::Above => (6.0, columns.right()),
    };
    let top_share = crate::real(axis.top) / 100.0;
    let x = |share: f64| left + (right - left) * share / top_share;

    let line = columns.line();
    let mut top = HEAD;
    let rows = entries
        .iter()
        .map(|entry| {
            let room = match names {
                Names::Beside => columns.names,
                Names::Above => columns.width,
            };
            let lines = wrap(entry.name, columns.size, room);
            let baseline = top + line * 0.5 + columns.size * 0.35;
            let name = labels(lines, 0.0, baseline, line);
            let under = name.last().map_or(baseline, |l| l.y) + columns.size * 0.35;
            let y = match names {
                Names::Beside => top + line * 0.5,
                Names::Above => under + HALF,
            };
            top = under.max(y + HALF) + if names == Names::Above { 6.0 } else { 5.0 };
            let at = entry.estimate.map(|e| Estimate {
                share: x(e.share),
                low: x(e.low),
                high: x(e.high),
            });
            Row { name, y, at }
        })
        .collect();
    Dots {
        height: top + FOOT,
        plot: (left, right),
        edges: (HEAD - 4.0, top),
        ticks: axis.values().map(|v| (v, x(crate::real(v) / 100.0))).collect(),
        reference: reference.map(x),
        rows,
    }
}

/// `share` in per cent, rounded up.
#[expect(clippy::cast_possible_truncation, reason = "from 0 to 100")]
fn whole_per_cent(share: f64) -> i64 {
    (share * 100.0).ceil() as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COLUMNS: Columns = Columns { width: 552.0, names: 190.0, values: 60.0, size: 12.5 };

    fn at(share: f64) -> Option<Estimate> {
        Some(Estimate { share, low: share - 0.05, high: share + 0.05 })
    }

    #[test]
    fn the_axis_starts_at_zero_and_ends_where_the_highest_bound_needs_it() {
        let drawn =
            dots(&[Entry { name: "A", estimate: at(0.31) }], None, COLUMNS, Names::Beside, 4);
        assert_eq!(drawn.ticks.iter().map(|t| t.0).collect::<Vec<_>>(), [0, 10, 20, 30, 40]);
        assert!((drawn.ticks[0].1 - drawn.plot.0).abs() < 1e-9);
        assert!((drawn.ticks[4].1 - drawn.plot.1).abs() < 1e-9);
    }

    #[test]
    fn a_member_whose_figures_are_withheld_has_a_row_and_no_position() {
        let entries = [Entry { name: "A", estimate: at(0.5) }, Entry { name: "B", estimate: None }];
        let drawn = dots(&entries, Some(0.4), COLUMNS, Names::Above, 4);
        assert_eq!((drawn.rows.len(), drawn.rows[1].at), (2, None));
        let alone = dots(&entries[..1], Some(0.4), COLUMNS, Names::Above, 4);
        assert_eq!(alone.rows[0], drawn.rows[0]);
        assert_eq!(alone.reference, drawn.reference);
    }

    proptest! {
        #[test]
        fn positions_follow_the_shares_and_rows_do_not_overlap(
            given in prop::collection::vec(("[a-zđế]{1,9}( [a-zđế]{1,9}){0,9}", prop::option::of((0_i64..=200, 0_i64..=200))), 1..30),
            reference in prop::option::of(0.0_f64..=1.0),
            above in any::<bool>(),
        ) {
            let estimate = |(part, rest): (i64, i64)| {
                let of = (part + rest).max(1);
                let interval = model::rate::wilson(part, of).unwrap();
                Estimate { share: part as f64 / of as f64, low: interval.low, high: interval.high }
            };
            let entries: Vec<Entry<'_>> =
                given.iter().map(|(name, n)| Entry { name, estimate: n.map(estimate) }).collect();
            let names = if above { Names::Above } else { Names::Beside };
            let drawn = dots(&entries, reference, COLUMNS, names, 4);
            prop_assert!(drawn.ticks.last().unwrap().0 <= 100);
            let inside = |x: f64| x >= drawn.plot.0 - 1e-9 && x <= drawn.plot.1 + 1e-9;
            prop_assert!(drawn.reference.is_none_or(inside));
            for (a, x) in entries.iter().zip(&drawn.rows) {
                let Some((a, x)) = a.estimate.zip(x.at) else { continue };
                prop_assert!(inside(x.low) && inside(x.high) && x.low <= x.share && x.share <= x.high);
                for (b, y) in entries.iter().zip(&drawn.rows) {
                    let Some((b, y)) = b.estimate.zip(y.at) else { continue };
                    prop_assert!(a.share > b.share || x.share <= y.share + 1e-9);
                }
            }
            for pair in drawn.rows.windows(2) {
                let last = pair[0].name.last().unwrap().y.max(pair[0].y);
                prop_assert!(last + 0.3 * COLUMNS.size <= pair[1].name[0].y - 0.8 * COLUMNS.size);
                prop_assert!(!above || pair[0].name.last().unwrap().y < pair[0].y - 4.0);
            }
            prop_assert!(drawn.rows.last().unwrap().y < drawn.edges.1);
        }
    }
}
