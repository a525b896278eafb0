//! From degrees to a grid of whole numbers. The projection is equirectangular, true to scale along
//! 20 degrees north, the province's middle: over its 1.4 degrees of latitude east-west distances are
//! off by at most 0.5 per cent, less than the grid and the eye resolve.

use super::read::{Degrees, Polygon};
use super::topology::{Point, Shape};

/// Cells of the grid along the longer side of the drawing: some 45 m each. A map of 640 pixels shows
/// 6 of them as one pixel, so that print has detail enough.
pub const UNITS: i64 = 4_000;

/// Where the projection is true to scale, in degrees north.
const MIDDLE: f64 = 20.0;

/// The grid over some points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    west: f64,
    north: f64,
    scale: f64,
    /// Cells from west to east.
    pub width: i32,
    /// Cells from north to south.
    pub height: i32,
}

impl Grid {
    /// The grid that all of `points` just fit into.
    #[must_use]
    pub fn around(points: impl Iterator<Item = Degrees>) -> Self {
        let start = (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY);
        let (west, east, north, south) = points
            .map(project)
            .fold(start, |(w, e, n, s), (x, y)| (w.min(x), e.max(x), n.min(y), s.max(y)));
        let longer = (east - west).max(south - north);
        #[expect(clippy::cast_precision_loss, reason = "4000 is exact")]
        let scale = if longer > 0.0 { UNITS as f64 / longer } else { 1.0 };
        let [width, height] = [(east - west) * scale, (south - north) * scale];
        Self { west, north, scale, width: whole(width).max(1), height: whole(height).max(1) }
    }

    /// Polygons of the place `place` on the grid. Which of its rings are holes follows from where
    /// they lie.
    #[must_use]
    pub fn shape(&self, place: &'static str, polygons: &[Polygon]) -> Shape {
        let point = |&degrees: &Degrees| -> Point {
            let (x, y) = project(degrees);
            (whole((x - self.west) * self.scale), whole((y - self.north) * self.scale))
        };
        let rings = polygons.iter().flatten().map(|ring| ring.iter().map(point).collect());
        Shape { place, rings: rings.collect() }
    }
}

fn project((lon, lat): Degrees) -> (f64, f64) {
    (lon * MIDDLE.to_radians().cos(), -lat)
}

#[expect(clippy::cast_possible_truncation, reason = "within the grid; a cast never overflows")]
fn whole(n: f64) -> i32 {
    n.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn north_is_up_and_both_directions_have_one_scale() {
        // At 20 degrees north a degree of longitude is cos(20) of a degree of latitude.
        let square = [(105.0, 19.5), (106.0, 19.5), (106.0, 20.5), (105.0, 20.5), (105.0, 19.5)];
        let grid = Grid::around(square.iter().copied());
        assert_eq!((grid.width, grid.height), (3759, 4000));
        let shape = grid.shape("14758", &[vec![square.to_vec()]]);
        assert_eq!(shape.rings[0][..3], [(0, 4000), (3759, 4000), (3759, 0)]);
    }

    #[test]
    fn a_single_point_is_no_division_by_zero() {
        let grid = Grid::around([(105.0, 20.0)].into_iter());
        assert_eq!((grid.width, grid.height), (1, 1));
    }
}
