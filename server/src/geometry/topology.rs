//! Borders, each once: rings are cut where three or more places meet and where a border ends, and
//! pieces that two rings have in common become one arc. The method is that of `TopoJSON` (M. Bostock,
//! "How To Infer Topology", 2013). What is done to an arc is done to both places beside it.

use std::collections::{BTreeMap, HashMap, HashSet};

/// A point of the grid.
pub type Point = (i32, i32);

/// A place on the grid, before its borders are known to be shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Code of the place.
    pub place: &'static str,
    /// Rings, outer and holes alike.
    pub rings: Vec<Vec<Point>>,
}

/// An arc, and in which direction a ring runs along it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Along {
    /// Index of the arc.
    pub arc: usize,
    /// True if from its last point to its first.
    pub backwards: bool,
}

/// A place by its borders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bordered {
    /// Code of the place.
    pub place: &'static str,
    /// Its rings.
    pub rings: Vec<Vec<Along>>,
}

/// Places and their borders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topology {
    /// Borders: lines of at least two points. A line that ends where it begins is a whole ring.
    pub arcs: Vec<Vec<Point>>,
    /// The places, in the order of the file.
    pub places: Vec<Bordered>,
}

impl Topology {
    /// The borders of `shapes`. Rings without area are left out.
    #[must_use]
    pub fn of(shapes: &[Shape]) -> Self {
        let clean: Vec<(&'static str, Vec<Vec<Point>>)> = shapes
            .iter()
            .map(|s| (s.place, s.rings.iter().filter_map(|r| cleaned(r)).collect()))
            .collect();
        let ends = ends(clean.iter().flat_map(|(_, rings)| rings));
        let mut arcs = Arcs::default();
        let places = clean
            .into_iter()
            .map(|(place, rings)| {
                let rings = rings.iter().map(|ring| arcs.cut(ring, &ends)).collect();
                Bordered { place, rings }
            })
            .collect();
        Self { arcs: arcs.all, places }
    }

    /// Joins the shapes of one place: the borders between them go.
    pub fn merge_same_places(&mut self) {
        let mut merged: Vec<Bordered> = Vec::new();
        for part in std::mem::take(&mut self.places) {
            match merged.iter_mut().find(|m| m.place == part.place) {
                Some(whole) => {
                    let rings = std::mem::take(&mut whole.rings).into_iter().chain(part.rings);
                    whole.rings = self.around(rings.flatten());
                }
                None => merged.push(part),
            }
        }
        self.places = merged;
        self.forget_unused();
    }

    /// Leaves out the borders that no place has any more.
    fn forget_unused(&mut self) {
        let uses = self.uses();
        let kept = |&i: &usize| uses[i] > 0;
        let index: HashMap<usize, usize> =
            (0..self.arcs.len()).filter(kept).enumerate().map(|(new, old)| (old, new)).collect();
        for along in self.places.iter_mut().flat_map(|p| &mut p.rings).flatten() {
            along.arc = index[&along.arc];
        }
        let mut uses = uses.iter();
        self.arcs.retain(|_| uses.next().is_some_and(|n| *n > 0));
    }

    /// The rings around what lies on either side of `all`, which are the borders of adjacent shapes:
    /// a border that occurs twice lies inside.
    fn around(&self, all: impl Iterator<Item = Along>) -> Vec<Vec<Along>> {
        let mut outer: BTreeMap<usize, Along> = BTreeMap::new();
        for along in all {
            if outer.remove(&along.arc).is_none() {
                outer.insert(along.arc, along);
            }
        }
        let mut rings = Vec::new();
        while let Some((_, first)) = outer.pop_first() {
            let (start, mut end) = self.ends_of(first);
            let mut ring = vec![first];
            while end != start {
                // Directions need not agree: the orientation of rings in files is not to be trusted.
                let next = outer.values().copied().find_map(|along| {
                    let turned = Along { backwards: !along.backwards, ..along };
                    [along, turned].into_iter().find(|a| self.ends_of(*a).0 == end)
                });
                let Some(next) = next else { break };
                outer.remove(&next.arc);
                ring.push(next);
                end = self.ends_of(next).1;
            }
            if end == start {
                rings.push(ring);
            }
        }
        rings
    }

    fn ends_of(&self, along: Along) -> (Point, Point) {
        let arc = &self.arcs[along.arc];
        let (first, last) = (arc[0], arc[arc.len() - 1]);
        if along.backwards { (last, first) } else { (first, last) }
    }

    /// The points of a ring; the last is not the first again.
    #[must_use]
    pub fn ring(&self, ring: &[Along]) -> Vec<Point> {
        let mut points: Vec<Point> = Vec::new();
        for along in ring {
            let arc = &self.arcs[along.arc];
            let kept = arc.len() - 1;
            if along.backwards {
                points.extend(arc.iter().rev().take(kept));
            } else {
                points.extend(arc.iter().take(kept));
            }
        }
        points
    }

    /// How many places lie along each arc.
    fn uses(&self) -> Vec<usize> {
        let mut uses = vec![0; self.arcs.len()];
        for along in self.places.iter().flat_map(|p| &p.rings).flatten() {
            uses[along.arc] += 1;
        }
        uses
    }

    /// How many borders there are.
    #[must_use]
    pub fn borders(&self) -> usize {
        self.arcs.len()
    }

    /// How many borders lie between two places.
    #[must_use]
    pub fn shared(&self) -> usize {
        self.uses().into_iter().filter(|n| *n > 1).count()
    }

    /// Points of all borders.
    #[must_use]
    pub fn points(&self) -> usize {
        self.arcs.iter().map(Vec::len).sum()
    }

    /// Codes of the places that share no border.
    #[must_use]
    pub fn alone(&self) -> Vec<&'static str> {
        let uses = self.uses();
        let shares = |p: &&Bordered| p.rings.iter().flatten().any(|a| uses[a.arc] > 1);
        self.places.iter().filter(|p| !shares(p)).map(|p| p.place).collect()
    }

    /// Codes of the places with something to draw.
    pub fn drawn(&self) -> impl Iterator<Item = &'static str> {
        self.places.iter().filter(|p| !p.rings.is_empty()).map(|p| p.place)
    }
}

/// The ring without repeated points, without lines there and back, and without its closing point;
/// `None` if it has no area.
fn cleaned(ring: &[Point]) -> Option<Vec<Point>> {
    let mut out: Vec<Point> = Vec::with_capacity(ring.len());
    for &point in ring {
        match out.as_slice() {
            [.., last] if *last == point => {}
            [.., before, _] if *before == point => {
                out.pop();
            }
            _ => out.push(point),
        }
    }
    // The same over the seam.
    loop {
        match out.as_slice() {
            [first, .., last] if first == last => {
                out.pop();
            }
            [first, .., before, _] if first == before => {
                out.truncate(out.len() - 2);
            }
            [_, second, .., last] if second == last => {
                out.pop();
                out.remove(0);
            }
            _ => break,
        }
    }
    (doubled_area(&out) != 0).then_some(out)
}

/// Twice the signed area.
#[must_use]
pub fn doubled_area(ring: &[Point]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| cross((0, 0), *a, *b)).sum()
}

/// Twice the signed area of a triangle.
pub(super) fn cross(a: Point, b: Point, c: Point) -> i64 {
    let of =
        |p: Point, q: Point| (i64::from(p.0) - i64::from(a.0)) * (i64::from(q.1) - i64::from(a.1));
    of(b, c) - of(c, b)
}

/// Where borders end: points that rings pass between different neighbours.
fn ends<'a>(rings: impl Iterator<Item = &'a Vec<Point>>) -> HashSet<Point> {
    let mut passed: HashMap<Point, (Point, Point)> = HashMap::new();
    let mut ends = HashSet::new();
    for ring in rings {
        let before = ring.iter().cycle().skip(ring.len() - 1);
        let after = ring.iter().cycle().skip(1);
        for ((&point, &a), &b) in ring.iter().zip(before).zip(after) {
            let neighbours = (a.min(b), a.max(b));
            if *passed.entry(point).or_insert(neighbours) != neighbours {
                ends.insert(point);
            }
        }
    }
    ends
}

/// The arcs found so far.
#[derive(Default)]
struct Arcs {
    all: Vec<Vec<Point>>,
    known: HashMap<Vec<Point>, usize>,
}

impl Arcs {
    fn cut(&mut self, ring: &[Point], ends: &HashSet<Point>) -> Vec<Along> {
        // Begin at an end; a ring without one is an arc by itself and begins at its least point, so
        // that the same ring elsewhere gives the same arc.
        let least = |&i: &usize| ring[i];
        let start = (0..ring.len())
            .find(|&i| ends.contains(&ring[i]))
            .or_else(|| (0..ring.len()).min_by_key(least))
            .unwrap_or(0);
        let mut out = Vec::new();
        let mut arc = vec![ring[start]];
        for &point in ring[start + 1..].iter().chain(&ring[..=start]) {
            arc.push(point);
            if ends.contains(&point) {
                out.push(self.put(std::mem::replace(&mut arc, vec![point])));
            }
        }
        if arc.len() > 1 {
            out.push(self.put(arc));
        }
        out
    }

    fn put(&mut self, arc: Vec<Point>) -> Along {
        let turned: Vec<Point> = arc.iter().rev().copied().collect();
        let backwards = turned < arc;
        let arc = if backwards { turned } else { arc };
        let index = *self.known.entry(arc).or_insert_with_key(|arc| {
            self.all.push(arc.clone());
            self.all.len() - 1
        });
        Along { arc: index, backwards }
    }
}
