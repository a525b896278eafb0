//! A funnel plot: shares by the size of what they are shares of, around the share that all have in
//! common, with curves for the room that chance gives to each size (D. J. Spiegelhalter, "Funnel plots
//! for comparing institutional performance", Statistics in Medicine 24, 2005, pages 1185–1202). What
//! is not compared has no position, and nothing else depends on it.

use crate::line::Point;
use crate::scale::ticks;
use crate::words::{Label, labels, wrap};
use crate::{Frame, Rect, real, real_index, text_width, unit};

/// Of so many pieces is a curve: at this size no corner shows.
const PIECES: usize = 64;
/// From a dot's middle to its name.
const GAP: f64 = 9.0;
/// Room that a dot takes, with its ring.
const DOT: f64 = 14.0;

/// Lower and upper bound of a share, each from 0 to 1.
pub type Bounds = (f64, f64);

/// What one dot stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<'a> {
    /// Its share from 0 to 1 and of how many it is, if it is compared.
    pub at: Option<(f64, i64)>,
    /// Its name, if it is named in the drawing.
    pub name: Option<&'a str>,
}

/// How names are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// Size of type.
    pub size: f64,
    /// So wide is a line of a name at most.
    pub width: f64,
}

/// One dot.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Its middle.
    pub at: Point,
    /// The lines of its name; none if it has no name, or no room for one.
    pub name: Vec<Label>,
}

/// Both curves of a room for chance, as SVG path data, from the smallest size compared to the right
/// edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Curves {
    /// The lower one.
    pub low: String,
    /// The upper one.
    pub high: String,
}

/// The drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    /// Ticks of the sizes: value and position.
    pub sizes: Vec<(i64, f64)>,
    /// Ticks of the shares: whole per cent and position, the lowest first.
    pub shares: Vec<(i64, f64)>,
    /// Height of the line at the common share.
    pub common: f64,
    /// The room of each kind that was asked for.
    pub curves: Vec<Curves>,
    /// The dots, in the order of the entries.
    pub dots: Vec<Option<Dot>>,
}

/// Lays out `entries` within `frame` around `common`; `bounds` says for a size how far chance reaches
/// in each kind of room. Sizes are on an axis from zero, shares on one that holds every dot and every
/// bound. `None` if nothing is compared or `common` is no share.
#[must_use]
pub fn funnel<const ROOMS: usize>(
    entries: &[Entry<'_>],
    common: f64,
    bounds: impl Fn(i64) -> [Option<Bounds>; ROOMS],
    frame: Frame,
    names: Type,
) -> Option<Funnel> {
    let compared: Vec<(f64, i64)> = entries
        .iter()
        .filter_map(|e| e.at)
        .filter(|(share, of)| is_share(*share) && *of > 0)
        .collect();
    let smallest = compared.iter().map(|c| c.1).min().filter(|_| is_share(common))?;
    let largest = compared.iter().map(|c| c.1).max()?;
    let sizes = ticks(largest, if frame.right - frame.left < 400.0 { 4 } else { 6 });
    let room = bounds(smallest).into_iter().flatten().flat_map(|(low, high)| [low, high]);
    let shares = || compared.iter().map(|c| c.0).chain([common]).filter(|s| is_share(*s));
    let reach: Vec<f64> = shares().chain(room).map(|s| s.clamp(0.0, 1.0)).collect();
    let lowest = reach.iter().copied().fold(1.0, f64::min);
    let highest = reach.iter().copied().fold(0.0, f64::max);
    let axis = Axis::over(lowest, highest);

    let x = |of: f64| frame.left + (frame.right - frame.left) * of / real(sizes.top);
    let y = |share: f64| axis.y(share, frame);
    let (first, last) = (real(smallest), real(sizes.top));
    let curve = |index: usize, high: bool| {
        let points = (0..=PIECES).filter_map(|piece| {
            // Closer together on the left, where the curve bends.
            let part = (real_index(piece) / real_index(PIECES)).powi(2);
            let of = whole(first + (last - first) * part);
            let (lower, upper) = bounds(of).get(index).copied().flatten()?;
            Some(Point { x: x(real(of)), y: y(if high { upper } else { lower }) })
        });
        path(points)
    };
    let curves =
        (0..ROOMS).map(|i| Curves { low: curve(i, false), high: curve(i, true) }).collect();
    let at = |entry: &Entry<'_>| {
        let (share, of) = entry.at.filter(|(share, of)| is_share(*share) && *of > 0)?;
        Some(Point { x: x(real(of)), y: y(share) })
    };
    let places: Vec<Option<Point>> = entries.iter().map(at).collect();
    let mut taken: Vec<Rect> = places.iter().flatten().map(|p| around(*p)).collect();
    let dots = entries
        .iter()
        .zip(&places)
        .map(|(entry, place)| {
            let at = (*place)?;
            let name = entry.name.map_or_else(Vec::new, |n| named(n, at, names, frame, &mut taken));
            Some(Dot { at, name })
        })
        .collect();
    Some(Funnel {
        sizes: sizes.values().map(|v| (v, x(real(v)))).collect(),
        shares: axis.values().map(|v| (v, y(real(v) / 100.0))).collect(),
        common: y(common),
        curves,
        dots,
    })
}

fn is_share(share: f64) -> bool {
    (0.0..=1.0).contains(&share)
}

/// An axis of shares, in whole per cent.
struct Axis {
    low: i64,
    high: i64,
    step: i64,
}

impl Axis {
    /// The finest round one from below `lowest` to above `highest` in at most five steps.
    fn over(lowest: f64, highest: f64) -> Self {
        let (low, high) = (whole((lowest * 100.0).floor()), whole((highest * 100.0).ceil()));
        let fitted = |step: i64| {
            let low = low.div_euclid(step) * step;
            let high = -((-high).div_euclid(step)) * step;
            Self { low, high: high.max(low + step), step }
        };
        let steps = [1, 2, 5, 10, 20];
        let fine = steps.into_iter().map(fitted).find(|a| (a.high - a.low) / a.step <= 5);
        let axis = fine.unwrap_or(Self { low: 0, high: 100, step: 20 });
        // All at the very top: the step goes below, as no share is above the whole.
        let over = (axis.high - 100).max(0);
        Self { low: (axis.low - over).max(0), high: axis.high.min(100), ..axis }
    }

    fn values(&self) -> impl Iterator<Item = i64> + use<> {
        let (low, step) = (self.low, self.step);
        (0..=(self.high - low) / step).map(move |i| low + i * step)
    }

    fn y(&self, share: f64, frame: Frame) -> f64 {
        let part = (share * 100.0 - real(self.low)) / real(self.high - self.low);
        frame.bottom - (frame.bottom - frame.top) * part.clamp(0.0, 1.0)
    }
}

/// The nearest whole number.
#[expect(clippy::cast_possible_truncation, reason = "sizes and per cent are far below 2^52")]
fn whole(value: f64) -> i64 {
    value.round() as i64
}

fn path(points: impl Iterator<Item = Point>) -> String {
    let piece = |(i, p): (usize, Point)| {
        format!("{}{} {}", if i == 0 { "M" } else { "L" }, unit(p.x), unit(p.y))
    };
    points.enumerate().map(piece).collect()
}

fn around(at: Point) -> Rect {
    Rect { x: at.x - DOT / 2.0, y: at.y - DOT / 2.0, width: DOT, height: DOT }
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/// The name at the dot `at`, at whichever side there is room; what it takes is added to `taken`.
fn named(name: &str, at: Point, set: Type, frame: Frame, taken: &mut Vec<Rect>) -> Vec<Label> {
    let lines = wrap(name, set.size, set.width);
    let line = set.size * 1.2;
    let width = lines.iter().map(|l| text_width(l, set.size)).fold(0.0, f64::max);
    let height = line * real_index(lines.len());
    let middle = at.y - height / 2.0;
    let places = [
        (at.x + GAP, middle),
        (at.x - GAP - width, middle),
        (at.x - width / 2.0, at.y - GAP - height),
        (at.x - width / 2.0, at.y + GAP),
    ];
    let free = places.into_iter().map(|(x, y)| Rect { x, y, width, height }).find(|r| {
        let inside = r.x >= frame.left && r.x + r.width <= frame.width;
        let inside = inside && r.y >= 0.0 && r.y + r.height <= frame.bottom;
        inside && !taken.iter().any(|other| overlap(r, other))
    });
    let Some(rect) = free else { return Vec::new() };
    taken.push(rect);
    labels(lines, rect.x, rect.y + set.size, line)
}

#[cfg(test)]
mod tests {
    use model::compare::{FEWEST, Room, limits};
    use proptest::prelude::*;

    use super::*;

    const FRAME: Frame =
        Frame { width: 608.0, height: 380.0, left: 44.0, right: 550.0, top: 20.0, bottom: 330.0 };
    const NAMES: Type = Type { size: 13.0, width: 160.0 };

    fn bounds(common: f64) -> impl Fn(i64) -> [Option<Bounds>; 2] {
        move |of| [Room::Usual, Room::Wide].map(|r| limits(common, of, r).map(|i| (i.low, i.high)))
    }

    fn entry(n: i64, of: i64) -> Entry<'static> {
        Entry { at: Some((real(n) / real(of), of)), name: Some("Huyện Mường Lát") }
    }

    fn drawn(entries: &[Entry<'_>], common: f64) -> Funnel {
        funnel(entries, common, bounds(common), FRAME, NAMES).unwrap()
    }

    fn points(path: &str) -> Vec<(f64, f64)> {
        let pair = |p: &str| {
            let (x, y) = p.split_once(' ').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        };
        path.split(['M', 'L']).filter(|p| !p.is_empty()).map(pair).collect()
    }

    #[test]
    fn the_curves_stand_alike_above_and_below_the_line_and_close_to_the_right() {
        let drawn = drawn(&[entry(20, 40), entry(300, 600), entry(100, 200)], 0.5);
        for curves in &drawn.curves {
            let (low, high) = (points(&curves.low), points(&curves.high));
            assert_eq!(low.len(), high.len());
            for (l, h) in low.iter().zip(&high) {
                assert!((l.1 - drawn.common - (drawn.common - h.1)).abs() <= 0.11, "{l:?} {h:?}");
            }
            assert!(high.windows(2).all(|w| w[0].0 <= w[1].0 && w[0].1 <= w[1].1));
            assert!(low[0].1 - high[0].1 > 3.0 * (low.last().unwrap().1 - high.last().unwrap().1));
        }
        let [usual, wide] = &drawn.curves[..] else { panic!() };
        assert!(points(&wide.high)[0].1 < points(&usual.high)[0].1);
    }

    #[test]
    fn what_is_not_compared_has_no_position_and_changes_nothing() {
        let hidden = Entry { at: None, name: Some("Huyện Bá Thước") };
        let with = drawn(&[entry(30, 60), hidden, entry(50, 90)], 0.5);
        let without = drawn(&[entry(30, 60), entry(50, 90)], 0.5);
        assert_eq!(with.dots[1], None);
        assert_eq!([&with.dots[0], &with.dots[2]], [&without.dots[0], &without.dots[1]]);
        assert_eq!((with.curves, with.sizes), (without.curves, without.sizes));
        assert_eq!(funnel(&[hidden], 0.5, bounds(0.5), FRAME, NAMES), None);
        assert_eq!(funnel(&[entry(1, 2)], f64::NAN, bounds(0.5), FRAME, NAMES), None);
    }

    #[test]
    fn the_axis_of_shares_is_as_fine_as_what_it_holds() {
        let percents = |low, high| Axis::over(low, high).values().collect::<Vec<_>>();
        assert_eq!(percents(0.52, 0.97), [50, 60, 70, 80, 90, 100]);
        assert_eq!(percents(0.0, 1.0), [0, 20, 40, 60, 80, 100]);
        assert_eq!(percents(1.0, 1.0), [99, 100]);
        assert_eq!(percents(0.0, 0.0), [0, 1]);
    }

    #[test]
    fn names_that_have_no_room_are_left_to_the_table() {
        let crowd: Vec<Entry<'_>> = (0..40).map(|_| entry(50, 100)).collect();
        let drawn = drawn(&crowd, 0.5);
        assert!(drawn.dots.iter().flatten().any(|d| d.name.is_empty()));
    }

    proptest! {
        #[test]
        fn everything_is_finite_and_inside_whatever_the_sizes(
            given in prop::collection::vec(prop::option::of((0.0_f64..=1.0, FEWEST..10_000_000)), 1..40),
            common in 0.0_f64..=1.0,
            small in prop::bool::ANY,
        ) {
            let size = |of: i64| if small { of % 30 + 1 } else { of };
            let entries: Vec<Entry<'_>> = given
                .iter()
                .map(|e| Entry { at: e.map(|(s, of)| (s, size(of))), name: Some("Huyện Quan Hóa") })
                .collect();
            let Some(drawn) = funnel(&entries, common, bounds(common), FRAME, NAMES) else {
                prop_assert!(given.iter().all(Option::is_none));
                return Ok(());
            };
            let inside = |x: f64, y: f64| {
                (FRAME.left - 0.06..=FRAME.right + 0.06).contains(&x)
                    && (FRAME.top - 0.06..=FRAME.bottom + 0.06).contains(&y)
            };
            for curves in &drawn.curves {
                let (low, high) = (points(&curves.low), points(&curves.high));
                prop_assert!(low.len() > 2);
                prop_assert!(low.iter().chain(&high).all(|&(x, y)| inside(x, y)));
                prop_assert!(low.iter().zip(&high).all(|(l, h)| h.1 <= l.1));
            }
            prop_assert!(inside(FRAME.left, drawn.common));
            prop_assert!(drawn.shares.first().unwrap().0 >= 0 && drawn.shares.last().unwrap().0 <= 100);
            for (entry, dot) in entries.iter().zip(&drawn.dots) {
                prop_assert_eq!(entry.at.is_some(), dot.is_some());
                let Some(dot) = dot else { continue };
                prop_assert!(inside(dot.at.x, dot.at.y));
                prop_assert!(dot.name.iter().all(|l| l.x >= FRAME.left && l.y <= FRAME.bottom));
            }
        }
    }
}
