//! Stock and flow of one period: what came in on the left, what became of it on the right, and the
//! same total height in the middle. Heights are proportional to counts.

use crate::{Frame, Rect, real, unit};

/// One source or sink: its bar at the edge and the band that joins it to the middle.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// The bar at the outer edge.
    pub bar: Rect,
    /// SVG path data of the band.
    pub path: String,
}

/// The drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Bands on the left, in the order given.
    pub sources: Vec<Band>,
    /// The bar in the middle.
    pub middle: Rect,
    /// Bands on the right, in the order given.
    pub sinks: Vec<Band>,
}

/// Lays out `sources` and `sinks` within `frame`, bars `thickness` wide, bars of one side at least
/// `gap` apart and at least 2 units high, so that a label beside the middle of each has `gap` to
/// itself. `None` unless both sides have the same positive sum, or
/// if a count is negative: a drawing that does not balance would lie.
#[must_use]
pub fn flow(
    frame: Frame,
    sources: &[i64],
    sinks: &[i64],
    thickness: f64,
    gap: f64,
) -> Option<Flow> {
    let total: i64 = sources.iter().sum();
    let negative = sources.iter().chain(sinks).any(|&v| v < 0);
    if negative || total <= 0 || total != sinks.iter().sum::<i64>() {
        return None;
    }
    let room = frame.bottom - frame.top;
    let gaps = |n: usize| gap * crate::real_index(n.saturating_sub(1));
    let scale = (room - gaps(sources.len().max(sinks.len()))) / real(total);
    let centre = f64::midpoint(frame.left, frame.right);
    let middle = Rect {
        x: centre - thickness / 2.0,
        y: frame.top + (room - real(total) * scale) / 2.0,
        width: thickness,
        height: real(total) * scale,
    };
    let side = |values: &[i64], left: bool| {
        let used = real(total) * scale + gaps(values.len());
        let mut outer = frame.top + (room - used) / 2.0;
        let mut inner = middle.y;
        let mut bands = Vec::with_capacity(values.len());
        for &value in values {
            let height = real(value) * scale;
            let x = if left { frame.left } else { frame.right - thickness };
            let bar = Rect { x, y: outer, width: thickness, height: height.max(2.0) };
            let (from, to) = if left {
                ((x + thickness, outer), (middle.x, inner))
            } else {
                ((middle.x + thickness, inner), (x, outer))
            };
            bands.push(Band { bar, path: band(from, to, height) });
            outer += height + gap;
            inner += height;
        }
        bands
    };
    Some(Flow { sources: side(sources, true), middle, sinks: side(sinks, false) })
}

/// A band of constant height from the upper corner `from` to the upper corner `to`.
fn band((x0, y0): (f64, f64), (x1, y1): (f64, f64), height: f64) -> String {
    let bend = f64::midpoint(x0, x1);
    let [x0, x1, bend] = [x0, x1, bend].map(unit);
    let [a, b, c, d] = [y0, y1, y1 + height, y0 + height].map(unit);
    format!("M{x0},{a}C{bend},{a} {bend},{b} {x1},{b}L{x1},{c}C{bend},{c} {bend},{d} {x0},{d}Z")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FRAME: Frame =
        Frame { width: 720.0, height: 200.0, left: 0.0, right: 720.0, top: 10.0, bottom: 190.0 };

    #[test]
    fn what_does_not_balance_is_not_drawn() {
        assert_eq!(flow(FRAME, &[10, 5], &[14], 10.0, 8.0), None);
        assert_eq!(flow(FRAME, &[0], &[0], 10.0, 8.0), None);
        assert_eq!(flow(FRAME, &[10, -5], &[5], 10.0, 8.0), None);
    }

    proptest! {
        #[test]
        fn heights_are_proportional_and_bars_stay_inside(a in 1_i64..3000, b in 1_i64..3000, cut in 0.0_f64..1.0) {
            #[expect(clippy::cast_possible_truncation, reason = "a share of a small count")]
            let c = (real(a + b) * cut) as i64;
            let f = flow(FRAME, &[a, b], &[c, a + b - c], 10.0, 8.0).unwrap();
            let expected = f.middle.height * real(a) / real(a + b);
            prop_assert!((f.sources[0].bar.height - expected.max(2.0)).abs() < 1e-6);
            prop_assert!(f.sinks[1].bar.middle() - f.sinks[0].bar.middle() >= 8.0 - 1e-6);
            for band in f.sources.iter().chain(&f.sinks) {
                prop_assert!(band.bar.y >= FRAME.top - 1e-6);
                prop_assert!(band.bar.y + band.bar.height <= FRAME.bottom + 2.0 + 1e-6);
            }
        }
    }
}
