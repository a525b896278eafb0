//! Marks of events over a series: a line at the day, its label above the plot, where nothing is
//! drawn.

/// Where a label stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Where its text begins.
    pub from: f64,
    /// The row of labels that it has to itself, from the top.
    pub row: usize,
    /// True if the event's line has to begin under the label, which has no room beside it.
    pub over: bool,
}

/// The position of a day within a series drawn at `xs`, one position for the middle of each
/// period: `share` of the period at `index` has passed by then. Stays within the drawing.
#[must_use]
pub fn position(xs: &[f64], index: usize, share: f64) -> Option<f64> {
    let (&first, &last) = (xs.first()?, xs.last()?);
    let step = if xs.len() > 1 { (last - first) / crate::real_index(xs.len() - 1) } else { 0.0 };
    Some((xs.get(index)? + (share - 0.5) * step).clamp(first, last))
}

/// Places labels of the `widths` for events at `xs`, ascending, in a drawing that ends at `right`,
/// each `apart` from its line. A label stands before its line where there is room, so that it
/// crosses no line that begins above it.
#[must_use]
pub fn place(xs: &[f64], widths: &[f64], right: f64, apart: f64) -> Vec<Place> {
    let mut barrier = 0.0;
    let before: Vec<bool> = xs
        .iter()
        .zip(widths)
        .map(|(&x, &width)| {
            let fits = x - apart - width >= barrier;
            if !fits {
                barrier = x + apart;
            }
            fits
        })
        .collect();
    // First those after their lines, from the left; then those before them, from the right.
    let indices = 0..before.len();
    let after = indices.clone().filter(|&i| !before[i]);
    let order: Vec<usize> = after.chain(indices.rev().filter(|&i| before[i])).collect();
    let mut out = vec![Place { from: 0.0, row: 0, over: false }; before.len()];
    for (row, i) in order.into_iter().enumerate() {
        let (x, width) = (xs[i], widths[i]);
        let (from, over) = if before[i] {
            (x - apart - width, false)
        } else {
            let beside = x + apart;
            let last = (right - width).max(0.0);
            (beside.min(last), beside > last)
        };
        out[i] = Place { from, row, over };
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_lies_between_the_middles_of_its_period_and_the_next() {
        let xs = [10.0, 20.0, 30.0];
        assert_eq!(position(&xs, 1, 0.0), Some(15.0));
        assert_eq!(position(&xs, 1, 0.75), Some(22.5));
        assert_eq!(position(&xs, 0, 0.0), Some(10.0));
        assert_eq!(position(&[10.0], 0, 0.2), Some(10.0));
        assert_eq!(position(&xs, 3, 0.0), None);
    }

    #[test]
    fn the_later_of_two_labels_stands_above_the_earlier_and_neither_crosses_a_line() {
        let places = place(&[200.0, 260.0], &[150.0, 220.0], 328.0, 6.0);
        assert_eq!(places.iter().map(|p| p.row).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(places.iter().map(|p| p.from).collect::<Vec<_>>(), [44.0, 34.0]);
    }

    proptest! {
        #[test]
        fn labels_with_room_beside_their_lines_cross_none_that_passes(
            mut xs in prop::collection::vec(0.0_f64..320.0, 1..4),
            widths in prop::collection::vec(40.0_f64..160.0, 3),
        ) {
            xs.sort_by(f64::total_cmp);
            let places = place(&xs, &widths[..xs.len()], 328.0, 6.0);
            let mut rows: Vec<usize> = places.iter().map(|p| p.row).collect();
            rows.sort_unstable();
            prop_assert_eq!(rows, (0..xs.len()).collect::<Vec<_>>());
            for (i, label) in places.iter().enumerate().filter(|(_, p)| !p.over) {
                let to = label.from + widths[i];
                prop_assert!(label.from >= 0.0 && to <= 328.0 + 1e-9);
                let above = places.iter().enumerate().filter(|(_, p)| p.row < label.row && !p.over);
                for (j, _) in above {
                    let crossed = xs[j] > label.from && xs[j] < to;
                    prop_assert!(!crossed, "{places:?} {xs:?}");
                }
            }
        }
    }
}
