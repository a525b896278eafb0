//! Fewer points a border, by M. Visvalingam and J. D. Whyatt, "Line generalisation by repeated
//! elimination of points", The Cartographic Journal 30 (1993): again and again the point goes whose
//! triangle with its neighbours is smallest. Ends of borders stay.
//!
//! A point also stays if another one lies in its triangle, or if its neighbours are joined by a
//! border already: the line between them could cross another, or a place could lose its area. So
//! places that did not overlap before do not afterwards. No crate that simplifies line by line can
//! promise that, hence this one.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::topology::{Point, Topology, cross};

/// Twice the area of the smallest triangle that is kept, in cells: half a pixel where the drawing is
/// 640 pixels wide.
pub const TOLERANCE: i64 = 40;

/// Side of the squares in which points are looked up.
const SQUARE: i32 = 32;

/// Removes what is smaller than `tolerance`; answers how many points went.
pub fn simplify(topology: &mut Topology, tolerance: i64) -> usize {
    let mut work = Work::over(&topology.arcs);
    let removed = work.run(tolerance);
    topology.arcs = work.arcs();
    removed
}

/// A point of a border. Each border has its own copy of its ends.
struct Vertex {
    point: Point,
    arc: usize,
    /// The vertices before and after it; `None` at an end.
    between: Option<(usize, usize)>,
    gone: bool,
}

struct Work {
    vertices: Vec<Vertex>,
    arcs: usize,
    /// How many borders have the line between two points.
    lines: HashMap<(Point, Point), usize>,
    /// Vertices by square.
    squares: HashMap<(i32, i32), Vec<usize>>,
}

fn line(a: Point, b: Point) -> (Point, Point) {
    (a.min(b), a.max(b))
}

fn square((x, y): Point) -> (i32, i32) {
    (x.div_euclid(SQUARE), y.div_euclid(SQUARE))
}

impl Work {
    fn over(arcs: &[Vec<Point>]) -> Self {
        let mut work = Self {
            vertices: Vec::new(),
            arcs: arcs.len(),
            lines: HashMap::new(),
            squares: HashMap::new(),
        };
        for (arc, points) in arcs.iter().enumerate() {
            for (i, &point) in points.iter().enumerate() {
                let index = work.vertices.len();
                let inner = i > 0 && i + 1 < points.len();
                let between = inner.then(|| (index - 1, index + 1));
                work.vertices.push(Vertex { point, arc, between, gone: false });
                work.squares.entry(square(point)).or_default().push(index);
            }
            for pair in points.windows(2) {
                *work.lines.entry(line(pair[0], pair[1])).or_default() += 1;
            }
        }
        work
    }

    fn arcs(self) -> Vec<Vec<Point>> {
        let mut arcs = vec![Vec::new(); self.arcs];
        for vertex in self.vertices.iter().filter(|v| !v.gone) {
            arcs[vertex.arc].push(vertex.point);
        }
        arcs
    }

    fn run(&mut self, tolerance: i64) -> usize {
        let mut queue = BinaryHeap::new();
        for index in 0..self.vertices.len() {
            queue.extend(self.area(index).map(|area| Reverse((area, index))));
        }
        let mut removed = 0;
        while let Some(Reverse((area, index))) = queue.pop() {
            if area >= tolerance {
                break;
            }
            // Out of date: a neighbour went meanwhile, and the vertex is in the queue anew.
            if self.area(index) != Some(area) || !self.may_go(index) {
                continue;
            }
            let Some((before, after)) = self.vertices[index].between else { continue };
            self.remove(index, before, after);
            removed += 1;
            for neighbour in [before, after] {
                let entry = self.area(neighbour).map(|a| Reverse((a, neighbour)));
                queue.extend(entry);
            }
        }
        removed
    }

    /// Twice the area of the triangle of a vertex that is there and no end.
    fn area(&self, index: usize) -> Option<i64> {
        let [a, v, b] = self.triangle(index)?;
        Some(cross(a, v, b).abs())
    }

    fn triangle(&self, index: usize) -> Option<[Point; 3]> {
        let vertex = &self.vertices[index];
        let (before, after) = vertex.between.filter(|_| !vertex.gone)?;
        Some([self.vertices[before].point, vertex.point, self.vertices[after].point])
    }

    fn may_go(&self, index: usize) -> bool {
        let Some([a, v, b]) = self.triangle(index) else { return false };
        if self.lines.get(&line(a, b)).is_some_and(|n| *n > 0) {
            return false;
        }
        let (low, high) = (square(min(a, v, b)), square(max(a, v, b)));
        let others = (low.0..=high.0)
            .flat_map(|x| (low.1..=high.1).map(move |y| (x, y)))
            .filter_map(|at| self.squares.get(&at))
            .flatten()
            .map(|&i| &self.vertices[i]);
        !others
            .filter(|o| !o.gone && ![a, v, b].contains(&o.point))
            .any(|o| within(o.point, [a, v, b]))
    }

    fn remove(&mut self, index: usize, before: usize, after: usize) {
        let [a, v, b] = [before, index, after].map(|i| self.vertices[i].point);
        for old in [line(a, v), line(v, b)] {
            if let Some(n) = self.lines.get_mut(&old) {
                *n = n.saturating_sub(1);
            }
        }
        *self.lines.entry(line(a, b)).or_default() += 1;
        self.vertices[index].gone = true;
        if let Some((_, next)) = &mut self.vertices[before].between {
            *next = after;
        }
        if let Some((previous, _)) = &mut self.vertices[after].between {
            *previous = before;
        }
    }
}

fn min(a: Point, b: Point, c: Point) -> Point {
    (a.0.min(b.0).min(c.0), a.1.min(b.1).min(c.1))
}

fn max(a: Point, b: Point, c: Point) -> Point {
    (a.0.max(b.0).max(c.0), a.1.max(b.1).max(c.1))
}

/// True if `p` lies in the triangle or on its edge.
fn within(p: Point, [a, b, c]: [Point; 3]) -> bool {
    let sides = [cross(a, b, p), cross(b, c, p), cross(c, a, p)];
    let box_of = |low: i32, high: i32, at: i32| (low..=high).contains(&at);
    let (low, high) = (min(a, b, c), max(a, b, c));
    (sides.iter().all(|s| *s >= 0) || sides.iter().all(|s| *s <= 0))
        && box_of(low.0, high.0, p.0)
        && box_of(low.1, high.1, p.1)
}
