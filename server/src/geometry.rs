//! Imports boundaries: a `GeoJSON` or `TopoJSON` file in, one light drawing of all places of a level
//! out, or a report of what is wrong. `docs/GEOMETRY.md` describes the files.
//!
//! ```text
//! file -> read       features with their properties and polygons, in degrees
//!      -> codes      which property holds our codes, of which level; every place once
//!      -> project    degrees -> points on a grid
//!      -> topology   borders, each once, whoever shares it; units that were merged are one
//!      -> simplify   fewer points a border, until the drawing is light enough
//!      -> draw       SVG paths
//! ```
//!
//! Neighbours share their border as one line from `topology` on. It is simplified once, so they meet
//! without a gap and without an overlap, however coarse the drawing.

pub mod codes;
pub mod draw;
pub mod problem;
pub mod project;
pub mod read;
pub mod simplify;
pub mod topology;

mod topojson;

use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use model::boundary::Level;
use model::locale::Text;
use sha2::{Digest as _, Sha256};
use store::NewGeometry;

use draw::{Drawing, compressed};
use problem::{GeometryError, Problem, Problems};
use simplify::{TOLERANCE, simplify};
use topology::{Shape, Topology};

/// A file with more bytes is not read: detailed boundaries of the whole province take some 10 MB.
const LARGEST: u64 = 64 << 20;

/// What all places of a level may weigh, compressed as they travel.
pub const BUDGET: usize = 40_000;

/// How much coarser each attempt is that follows one which was too heavy.
const COARSER: i64 = 2;

/// What the command line says about the file.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The level, if it is not to be inferred from the codes.
    pub level: Option<Level>,
    /// The property with the codes, if it is not to be found.
    pub code: Option<String>,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The file.
    pub path: PathBuf,
    /// Level of its places.
    pub level: Level,
    /// How many features it has.
    pub features: usize,
    /// How many places they are.
    pub places: usize,
    /// The property with the codes.
    pub property: String,
    /// Points of all polygons in the file.
    pub points: usize,
    /// Borders, each counted once.
    pub borders: usize,
    /// How many of them two places share.
    pub shared: usize,
    /// Points of the borders that are kept, each counted once.
    pub kept: usize,
    /// The drawing in bytes.
    pub bytes: usize,
    /// The same compressed.
    pub compressed: usize,
    /// Where the drawing is served.
    pub address: String,
    /// Codes of places that share no border with another.
    pub alone: Vec<&'static str>,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { level, features, places, property, points, borders, shared, kept, .. } = self;
        writeln!(
            f,
            "{}: {features} features, {places} places of level {level} by `{property}`",
            self.path.display(),
        )?;
        writeln!(
            f,
            "{points} points in the file, {kept} kept in {borders} borders, {shared} shared"
        )?;
        write!(f, "{} bytes, {} compressed: {}", self.bytes, self.compressed, self.address)?;
        if !self.alone.is_empty() {
            let alone = self.alone.join(", ");
            write!(
                f,
                "\nno neighbour shares a border with {alone}: islands, or borders drawn twice"
            )?;
        }
        Ok(())
    }
}

/// Reads `path` and draws its places; `source` says whose boundaries they are.
///
/// # Errors
///
/// [`GeometryError`] with all that is wrong.
pub fn prepare(
    path: &Path,
    options: &Options,
    source: Text,
) -> Result<(NewGeometry, Summary), GeometryError> {
    let bytes = bytes(path)?;
    let rejected = |problems: Problems| problems.rejected(path);
    let layers = read::layers(&bytes).map_err(|p| rejected(p.into()))?;
    let chosen = codes::choose(&layers, options).map_err(|p| rejected(p.into()))?;
    let features = &layers[chosen.layer].features;
    let units = codes::units(features, &chosen).map_err(rejected)?;
    let grid = project::Grid::around(units.iter().flat_map(|u| u.points()));
    let shapes: Vec<Shape> = units.iter().map(|u| grid.shape(u.place, u.polygons)).collect();
    let mut topology = Topology::of(&shapes);
    topology.merge_same_places();
    if let Some(problems) = vanished(&units, &topology) {
        return Err(rejected(problems));
    }
    let level = chosen.level;
    let (borders, shared) = (topology.borders(), topology.shared());
    let alone = topology.alone();
    let (drawing, weight) = light(&mut topology, level, &grid).map_err(|p| rejected(p.into()))?;
    let hash = hash(&drawing.svg);
    let summary = Summary {
        path: path.to_owned(),
        level,
        features: features.len(),
        places: level.places().len(),
        property: chosen.property.to_string(),
        points: units.iter().map(|u| u.points().count()).sum(),
        borders,
        shared,
        kept: topology.points(),
        bytes: drawing.svg.len(),
        compressed: weight,
        address: format!("/geo/{level}.{hash}.svg"),
        alone,
    };
    let Drawing { svg, width, height } = drawing;
    Ok((NewGeometry { level, hash, width, height, svg, source }, summary))
}

/// Simplifies until the drawing is within [`BUDGET`].
fn light(
    topology: &mut Topology,
    level: Level,
    grid: &project::Grid,
) -> Result<(Drawing, usize), Problem> {
    let mut tolerance = TOLERANCE;
    loop {
        let removed = simplify(topology, tolerance);
        let drawing = draw::draw(topology, level, grid);
        let weight = compressed(&drawing.svg);
        if weight <= BUDGET {
            return Ok((drawing, weight));
        }
        // Nothing is left to remove, at a tolerance of the whole drawing.
        if removed == 0 && tolerance > project::UNITS * project::UNITS {
            return Err(Problem::file(
                format!("drawn as coarsely as can be it still weighs {weight} bytes compressed"),
                format!("leave out small islands and enclaves until it is at most {BUDGET}"),
            ));
        }
        tolerance *= COARSER;
    }
}

/// Places of which nothing is left on the grid.
fn vanished(units: &[codes::Unit<'_>], topology: &Topology) -> Option<Problems> {
    let drawn: BTreeSet<&str> = topology.drawn().collect();
    let mut problems = Problems::default();
    for unit in units.iter().filter(|u| !drawn.contains(u.place)) {
        problems.push(
            unit.problem("its polygons have no area")
                .remedy("correct its coordinates, or take boundaries that are less simplified"),
        );
    }
    problems.some()
}

fn hash(svg: &str) -> String {
    let digest = Sha256::digest(svg.as_bytes());
    data_encoding::HEXLOWER.encode(&digest[..8])
}

fn bytes(path: &Path) -> Result<Vec<u8>, GeometryError> {
    let failed = |source| GeometryError::File { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        let problem = Problem::file(
            format!("the file is larger than {} MiB", LARGEST >> 20),
            "simplify it first, or take boundaries of a smaller scale",
        );
        return Err(Problems::from(problem).rejected(path));
    }
    Ok(bytes)
}
