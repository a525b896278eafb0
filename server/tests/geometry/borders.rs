//! Borders stay shared: whatever the places and however coarse the drawing, neighbours meet.

use proptest::prelude::*;
use server::geometry::simplify::simplify;
use server::geometry::topology::{Point, Shape, Topology, doubled_area};

const NAMES: [&str; 16] =
    ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"];

/// Points between the ends of an edge.
const BETWEEN: usize = 4;

/// A crooked chequerboard: its corners and edges are moved about so little that no two cross.
#[derive(Clone, Debug)]
struct Board {
    columns: usize,
    rows: usize,
    corners: Vec<(i32, i32)>,
    offsets: Vec<i32>,
}

impl Board {
    fn corner(&self, c: usize, r: usize) -> Point {
        let (dx, dy) = self.corners[r * (self.columns + 1) + c];
        let at = |n: usize| i32::try_from(n).unwrap() * 100;
        (at(c) + dx, at(r) + dy)
    }

    /// The points of the edge from a corner to the right, or down, without its end.
    fn edge(&self, c: usize, r: usize, down: bool) -> Vec<Point> {
        let (a, b) =
            (self.corner(c, r), self.corner(c + usize::from(!down), r + usize::from(down)));
        let first = ((r * (self.columns + 1) + c) * 2 + usize::from(down)) * BETWEEN;
        let mut points = vec![a];
        for k in 0..BETWEEN {
            let part = |from: i32, to: i32| {
                from + (to - from) * i32::try_from(k + 1).unwrap()
                    / i32::try_from(BETWEEN + 1).unwrap()
            };
            let off = self.offsets[first + k];
            let (x, y) = (part(a.0, b.0), part(a.1, b.1));
            points.push(if down { (x + off, y) } else { (x, y + off) });
        }
        points
    }

    fn ring(&self, c: usize, r: usize) -> Vec<Point> {
        let back = |edge: Vec<Point>, end: Point| {
            let inner = edge.into_iter().skip(1).collect::<Vec<_>>();
            std::iter::once(end).chain(inner.into_iter().rev()).collect::<Vec<_>>()
        };
        let mut ring = self.edge(c, r, false);
        ring.extend(self.edge(c + 1, r, true));
        ring.extend(back(self.edge(c, r + 1, false), self.corner(c + 1, r + 1)));
        ring.extend(back(self.edge(c, r, true), self.corner(c, r + 1)));
        ring
    }

    /// Each square with the name that `name` gives it by column and row.
    fn shapes(&self, name: impl Fn(usize, usize) -> &'static str) -> Vec<Shape> {
        let squares = (0..self.rows).flat_map(|r| (0..self.columns).map(move |c| (c, r)));
        squares.map(|(c, r)| Shape { place: name(c, r), rings: vec![self.ring(c, r)] }).collect()
    }

    fn each_its_own(&self) -> Vec<Shape> {
        self.shapes(|c, r| NAMES[r * self.columns + c])
    }
}

fn board() -> impl Strategy<Value = Board> {
    (1_usize..=4, 1_usize..=4).prop_flat_map(|(columns, rows)| {
        let corners = (columns + 1) * (rows + 1);
        (
            prop::collection::vec((-15..=15_i32, -15..=15_i32), corners),
            prop::collection::vec(-6..=6_i32, corners * 2 * BETWEEN),
        )
            .prop_map(move |(corners, offsets)| Board { columns, rows, corners, offsets })
    })
}

fn area(topology: &Topology, place: usize) -> i64 {
    topology.places[place].rings.iter().map(|r| doubled_area(&topology.ring(r))).sum()
}

/// Lines of all borders.
fn lines(topology: &Topology) -> Vec<(Point, Point)> {
    topology.arcs.iter().flat_map(|a| a.windows(2).map(|w| (w[0], w[1]))).collect()
}

fn side(a: Point, b: Point, c: Point) -> i64 {
    doubled_area(&[a, b, c]).signum()
}

/// True if two lines have more in common than an end.
fn cross((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let on = |p: Point, q: Point, r: Point| {
        side(p, q, r) == 0
            && r != p
            && r != q
            && (p.0.min(q.0)..=p.0.max(q.0)).contains(&r.0)
            && (p.1.min(q.1)..=p.1.max(q.1)).contains(&r.1)
    };
    let same = (a.min(b), a.max(b)) == (c.min(d), c.max(d));
    let through = side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
    same || through || on(a, b, c) || on(a, b, d) || on(c, d, a) || on(c, d, b)
}

fn crossings(topology: &Topology) -> usize {
    let lines = lines(topology);
    let pairs = lines.iter().enumerate().flat_map(|(i, a)| lines[..i].iter().map(move |b| (a, b)));
    pairs.filter(|(a, b)| cross(**a, **b)).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn simplified_places_are_closed_have_an_area_and_meet_without_gap_or_overlap(
        board in board(), tolerance in 0_i64..20_000,
    ) {
        let mut topology = Topology::of(&board.each_its_own());
        prop_assert_eq!(crossings(&topology), 0, "the board itself");
        let (before, shared, points) = (topology.clone(), topology.shared(), topology.points());
        let removed = simplify(&mut topology, tolerance);
        prop_assert_eq!(topology.points() + removed, points);

        // The same borders between the same places, with the same ends.
        prop_assert_eq!(&topology.places, &before.places);
        prop_assert_eq!(topology.shared(), shared);
        let inner = 2 * board.columns * board.rows - board.columns - board.rows;
        prop_assert!(shared == inner || board.columns * board.rows == 1);
        for (arc, old) in topology.arcs.iter().zip(&before.arcs) {
            prop_assert_eq!((arc.first(), arc.last()), (old.first(), old.last()));
            let mut old = old.iter();
            prop_assert!(arc.iter().all(|p| old.any(|o| o == p)), "points are only left out");
        }
        // Nothing crosses or coincides: no overlap, and every place keeps its side and an area.
        prop_assert_eq!(crossings(&topology), 0);
        let mut sum = 0;
        for place in 0..topology.places.len() {
            let ring = topology.ring(&topology.places[place].rings[0]);
            prop_assert!(ring.len() >= 3);
            prop_assert_eq!(area(&topology, place).signum(), area(&before, place).signum());
            sum += area(&topology, place).abs();
        }
        // And no gap: together they are as large as what lies within the outer border.
        let mut all = topology.clone();
        for place in &mut all.places {
            place.place = NAMES[0];
        }
        all.merge_same_places();
        prop_assert_eq!(all.places[0].rings.len(), 1);
        prop_assert_eq!(area(&all, 0).abs(), sum);
    }

    #[test]
    fn a_higher_tolerance_never_keeps_more_than_all_points_and_zero_keeps_them(board in board()) {
        let mut topology = Topology::of(&board.each_its_own());
        let before = topology.clone();
        prop_assert_eq!(simplify(&mut topology, 0), 0);
        prop_assert_eq!(topology, before);
    }

    #[test]
    fn merged_squares_are_as_large_as_their_parts(board in board()) {
        let parts = Topology::of(&board.each_its_own());
        let mut columns = Topology::of(&board.shapes(|c, _| NAMES[c]));
        columns.merge_same_places();
        prop_assert_eq!(columns.places.len(), board.columns);
        for (c, place) in columns.places.iter().enumerate() {
            prop_assert_eq!(place.place, NAMES[c]);
            prop_assert_eq!(place.rings.len(), 1);
            let whole: i64 = (0..board.rows).map(|r| area(&parts, r * board.columns + c)).sum();
            prop_assert_eq!(area(&columns, c).abs(), whole.abs());
        }
    }
}

fn straight(columns: usize, rows: usize) -> Board {
    let corners = (columns + 1) * (rows + 1);
    let offsets = vec![0; corners * 2 * BETWEEN];
    Board { columns, rows, corners: vec![(0, 0); corners], offsets }
}

#[test]
fn a_place_around_another_has_a_hole_after_merging() {
    let mut topology =
        Topology::of(&straight(3, 3).shapes(|c, r| if (c, r) == (1, 1) { "in" } else { "out" }));
    topology.merge_same_places();
    let rings = |name: &str| topology.places.iter().find(|p| p.place == name).unwrap().rings.len();
    assert_eq!((rings("out"), rings("in")), (2, 1));
    // Unneeded points on straight lines go, corners stay.
    simplify(&mut topology, 1);
    assert_eq!(crossings(&topology), 0);
    let inner = topology.places.iter().find(|p| p.place == "in").unwrap();
    assert_eq!(topology.ring(&inner.rings[0]).len(), 4);
}

#[test]
fn a_ring_alone_keeps_three_points_at_any_tolerance() {
    let mut topology = Topology::of(&straight(1, 1).each_its_own());
    simplify(&mut topology, i64::MAX);
    assert_eq!(topology.ring(&topology.places[0].rings[0]).len(), 3);
    assert_ne!(area(&topology, 0), 0);
}

#[test]
fn lines_there_and_back_and_repeated_points_are_no_border() {
    let shape = |rings: Vec<Vec<Point>>| Shape { place: "a", rings };
    let clean = Topology::of(&[shape(vec![vec![(0, 0), (9, 0), (9, 9)]])]);
    for messy in [
        vec![(0, 0), (0, 0), (9, 0), (9, 9), (0, 0)],
        vec![(0, 0), (9, 0), (20, 0), (9, 0), (9, 9), (0, 0)],
        vec![(-5, -5), (0, 0), (9, 0), (9, 9), (0, 0), (-5, -5)],
        vec![(0, 0), (9, 0), (9, 9), (0, 0), (-5, -5), (0, 0)],
    ] {
        assert_eq!(Topology::of(&[shape(vec![messy.clone()])]), clean, "{messy:?}");
    }
    for empty in [vec![], vec![(1, 1)], vec![(1, 1), (2, 2)], vec![(0, 0), (4, 0), (9, 0), (0, 0)]]
    {
        assert!(Topology::of(&[shape(vec![empty])]).drawn().next().is_none());
    }
}
