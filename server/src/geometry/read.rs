//! `GeoJSON` (RFC 7946) and `TopoJSON` files as features. Each feature is parsed on its own, so that
//! what is wrong with one is said with its number.

use geojson::{Feature as GeoFeature, GeometryValue, JsonObject, Position};
use serde::Deserialize;
use serde_json::Number;
use serde_json::value::RawValue;

use super::problem::Problem;
use super::topojson;

/// A position in degrees: longitude, latitude.
pub type Degrees = (f64, f64);
/// A closed ring: its last position is its first.
pub type Ring = Vec<Degrees>;
/// An outer ring, then holes.
pub type Polygon = Vec<Ring>;

/// Features that stand together in a file: all of a `GeoJSON` file, or an object of a `TopoJSON` file.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// The features, in the order of the file.
    pub features: Vec<Feature>,
}

/// One feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Its number in the layer, from 1.
    pub number: usize,
    /// Its properties.
    pub properties: JsonObject,
    /// Its identifier beside the properties, if it has one.
    pub id: Option<String>,
    /// Its polygons.
    pub shape: Shape,
}

/// What a feature is drawn as.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// One or more polygons.
    Polygons(Vec<Polygon>),
    /// No geometry.
    Missing,
    /// Points, lines, a collection.
    Other(String),
}

/// What to do about a file that is no file of boundaries.
pub(super) const EXPORT: &str =
    "export the boundaries anew, as GeoJSON or TopoJSON with polygons in degrees (WGS 84)";

#[derive(Deserialize)]
struct Head {
    r#type: String,
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(borrow)]
    features: Vec<&'a RawValue>,
}

/// The layers of a file.
///
/// # Errors
///
/// What is wrong, if it is neither format or a feature can't be read.
pub fn layers(bytes: &[u8]) -> Result<Vec<Layer>, Problem> {
    // A mark that some programs put in front of UTF-8.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let wrong = |error: serde_json::Error| Problem::file(format!("no JSON: {error}"), EXPORT);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::file("the file is empty", EXPORT));
    }
    let whole: &RawValue = serde_json::from_slice(bytes).map_err(wrong)?;
    let head: Head = serde_json::from_str(whole.get()).map_err(|_no_type| {
        Problem::file("neither GeoJSON nor TopoJSON: the JSON has no `type`", EXPORT)
    })?;
    let layers = match head.r#type.as_str() {
        "FeatureCollection" => vec![collection(whole)?],
        "Topology" => topojson::layers(whole)?,
        other => {
            let what = format!("type `{other}` is neither a FeatureCollection nor a Topology");
            return Err(Problem::file(what, EXPORT));
        }
    };
    if layers.iter().all(|l| l.features.is_empty()) {
        return Err(Problem::file("the file has no features", EXPORT));
    }
    Ok(layers)
}

fn collection(whole: &RawValue) -> Result<Layer, Problem> {
    let collection: Collection<'_> = serde_json::from_str(whole.get())
        .map_err(|error| Problem::file(format!("no FeatureCollection: {error}"), EXPORT))?;
    let features = collection.features.iter().zip(1..).map(|(raw, number)| feature(raw, number));
    Ok(Layer { features: features.collect::<Result<_, _>>()? })
}

fn feature(raw: &RawValue, number: usize) -> Result<Feature, Problem> {
    let feature: GeoFeature = serde_json::from_str(raw.get()).map_err(|error| {
        Problem::feature(number, format!("no GeoJSON feature: {error}"), EXPORT)
    })?;
    let short = || Problem::feature(number, "a position has fewer than two numbers", EXPORT);
    let shape = match feature.geometry.map(|g| g.value) {
        None => Shape::Missing,
        Some(GeometryValue::Polygon { coordinates }) => {
            Shape::Polygons(vec![polygon(&coordinates).ok_or_else(short)?])
        }
        Some(GeometryValue::MultiPolygon { coordinates }) => {
            let polygons: Option<Vec<Polygon>> = coordinates.iter().map(|p| polygon(p)).collect();
            Shape::Polygons(polygons.ok_or_else(short)?)
        }
        Some(other) => Shape::Other(other.type_name().to_owned()),
    };
    let id = feature.id.map(|id| match id {
        geojson::feature::Id::String(text) => text,
        geojson::feature::Id::Number(number) => digits(&number),
    });
    Ok(Feature { number, properties: feature.properties.unwrap_or_default(), id, shape })
}

/// The polygon without heights; `None` if a position is too short.
fn polygon(rings: &[Vec<Position>]) -> Option<Polygon> {
    let degrees = |p: &Position| match *p.as_slice() {
        [lon, lat, ..] => Some((lon, lat)),
        _ => None,
    };
    rings.iter().map(|ring| ring.iter().map(degrees).collect()).collect()
}

/// A number as a code: some programs make decimals of all numbers, 14758.0.
pub(super) fn digits(number: &Number) -> String {
    let whole = number.as_f64().filter(|n| n.fract() == 0.0);
    whole.map_or_else(|| number.to_string(), |n| n.to_string())
}
