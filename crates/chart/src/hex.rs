//! A map of hexagons, one a commune, laid out in rows of which every second is shifted by half a
//! tile. Every tile has the same size: a commune counts as one, however large it is.

use crate::{Rect, unit};

/// The map: a size and the centre of each tile.
#[derive(Clone, Debug, PartialEq)]
pub struct HexMap {
    /// Width of the drawing.
    pub width: f64,
    /// Height of the drawing.
    pub height: f64,
    /// Distance from a tile's centre to its corners.
    pub radius: f64,
    /// Centres, in the order of the tiles given.
    pub centres: Vec<(f64, f64)>,
}

/// Lays out tiles at (column, row) on a drawing `width` wide.
#[must_use]
pub fn hex_map(tiles: &[(i8, i8)], width: f64) -> HexMap {
    // Positions in units of a tile's width and of the distance between rows.
    let at = |&(column, row): &(i8, i8)| {
        (f64::from(column) + if row.rem_euclid(2) == 1 { 0.5 } else { 0.0 }, f64::from(row))
    };
    let bounds = tiles.iter().map(at).fold(None, |acc: Option<(f64, f64, f64, f64)>, (x, y)| {
        let (x0, x1, y0, y1) = acc.unwrap_or((x, x, y, y));
        Some((x0.min(x), x1.max(x), y0.min(y), y1.max(y)))
    });
    let Some((x0, x1, y0, y1)) = bounds else {
        return HexMap { width, height: 0.0, radius: 0.0, centres: Vec::new() };
    };
    let tile = width / (x1 - x0 + 1.0);
    let radius = tile / 3.0_f64.sqrt();
    let centres = tiles
        .iter()
        .map(at)
        .map(|(x, y)| ((x - x0 + 0.5) * tile, (y - y0) * 1.5 * radius + radius))
        .collect();
    HexMap { width, height: (y1 - y0) * 1.5 * radius + 2.0 * radius, radius, centres }
}

impl HexMap {
    /// SVG path data of the tile at `centre`, drawn a little smaller so that neighbours do not
    /// touch.
    #[must_use]
    pub fn tile(&self, (x, y): (f64, f64)) -> String {
        let r = self.radius * 0.94;
        let half = r * 3.0_f64.sqrt() / 2.0;
        let [left, right, middle] = [x - half, x + half, x].map(unit);
        let [top, upper, lower, bottom] = [y - r, y - r / 2.0, y + r / 2.0, y + r].map(unit);
        format!("M{middle},{top}L{right},{upper}V{lower}L{middle},{bottom}L{left},{lower}V{upper}Z")
    }

    /// The square around `centre` that a finger can hit.
    #[must_use]
    pub fn hit_area(&self, (x, y): (f64, f64)) -> Rect {
        let r = self.radius;
        Rect { x: x - r, y: y - r, width: 2.0 * r, height: 2.0 * r }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_communes_of_the_province_do_not_overlap() {
        let tiles: Vec<(i8, i8)> = model::area::communes().iter().map(|c| c.tile).collect();
        let map = hex_map(&tiles, 600.0);
        let apart = map.radius * 3.0_f64.sqrt() - 1e-6;
        for (i, a) in map.centres.iter().enumerate() {
            for b in &map.centres[i + 1..] {
                assert!((a.0 - b.0).hypot(a.1 - b.1) >= apart);
            }
        }
    }

    proptest! {
        #[test]
        fn tiles_stay_inside_the_drawing(tiles in prop::collection::vec((-20_i8..20, -20_i8..20), 1..80)) {
            let map = hex_map(&tiles, 300.0);
            for (x, y) in &map.centres {
                prop_assert!(x - map.radius * 0.866 >= -1e-3 && x + map.radius * 0.866 <= 300.0 + 1e-1);
                prop_assert!(y - map.radius >= -1e-6 && y + map.radius <= map.height + 1e-6);
            }
        }
    }
}
