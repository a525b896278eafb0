//! The drawing: one SVG document, one path a place, its id the member code of published tables.
//! Pages refer to the paths and give each its colour, so that the document is fetched once and kept
//! for good.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use model::boundary::Level;

use super::project::Grid;
use super::topology::{Point, Topology};

/// A finished drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The SVG document.
    pub svg: String,
    /// Its width, in its own units.
    pub width: i32,
    /// Its height.
    pub height: i32,
}

/// Draws all places of `topology`.
#[must_use]
pub fn draw(topology: &Topology, level: Level, grid: &Grid) -> Drawing {
    let (width, height) = (grid.width, grid.height);
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" fill-rule="evenodd">"#
    );
    for place in &topology.places {
        let mut data = String::new();
        for ring in &place.rings {
            path(&mut data, &topology.ring(ring));
        }
        // The width of a stroke is not the drawing's to scale; a page can't say so from outside.
        let _ = write!(
            svg,
            "\n<path id=\"{}\" vector-effect=\"non-scaling-stroke\" d=\"{data}\"/>",
            level.member(place.place)
        );
    }
    svg.push_str("\n</svg>\n");
    Drawing { svg, width, height }
}

/// Appends a closed ring as path data: a start, then steps.
fn path(data: &mut String, ring: &[Point]) {
    let [start, rest @ ..] = ring else { return };
    let _ = write!(data, "M{} {}l", start.0, start.1);
    let mut at = *start;
    for (i, &(x, y)) in rest.iter().enumerate() {
        // A minus separates numbers as well as a blank does.
        for (j, step) in [x - at.0, y - at.1].into_iter().enumerate() {
            if step >= 0 && i + j > 0 {
                data.push(' ');
            }
            let _ = write!(data, "{step}");
        }
        at = (x, y);
    }
    data.push('z');
}

/// What `text` weighs with gzip, as it travels to a browser.
#[must_use]
pub fn compressed(text: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail; if it did, the text would count as it is.
    let written = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
    written.map_or(text.len(), |bytes| bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_written_as_a_start_and_steps() {
        let mut data = String::new();
        path(&mut data, &[(10, 20), (13, 16), (18, 22), (8, 22)]);
        assert_eq!(data, "M10 20l3-4 5 6-10 0z");
    }
}
