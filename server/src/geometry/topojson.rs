//! `TopoJSON` (format specification 1.0): arcs, and objects that refer to them. The crate `topojson`
//! is of no use here: it panics on a reference to an arc that is not there.

use std::collections::BTreeMap;

use geojson::JsonObject;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::problem::Problem;
use super::read::{Degrees, EXPORT, Feature, Layer, Polygon, Ring, Shape, digits};

#[derive(Deserialize)]
struct Topology {
    arcs: Vec<Vec<Vec<f64>>>,
    objects: BTreeMap<String, Object>,
    transform: Option<Transform>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Object {
    r#type: Option<String>,
    #[serde(default)]
    geometries: Vec<Object>,
    #[serde(default)]
    arcs: Value,
    properties: Option<JsonObject>,
    id: Option<Value>,
}

/// The objects of a topology, each a layer.
pub(super) fn layers(whole: &RawValue) -> Result<Vec<Layer>, Problem> {
    let topology: Topology = serde_json::from_str(whole.get())
        .map_err(|error| Problem::file(format!("no TopoJSON: {error}"), EXPORT))?;
    let arcs: Option<Vec<Ring>> =
        topology.arcs.iter().map(|arc| line(arc, topology.transform.as_ref())).collect();
    let arcs = arcs.ok_or_else(|| {
        Problem::file("an arc has a position with fewer than two numbers", EXPORT)
    })?;
    topology.objects.into_values().map(|object| layer(object, &arcs)).collect()
}

/// The positions of an arc; with a transform they are differences of whole numbers.
fn line(arc: &[Vec<f64>], transform: Option<&Transform>) -> Option<Ring> {
    let (mut x, mut y) = (0.0, 0.0);
    arc.iter()
        .map(|position| {
            let &[a, b, ..] = position.as_slice() else { return None };
            let Some(t) = transform else { return Some((a, b)) };
            (x, y) = (x + a, y + b);
            let degrees = |n: f64, axis: usize| n.mul_add(t.scale[axis], t.translate[axis]);
            Some((degrees(x, 0), degrees(y, 1)))
        })
        .collect()
}

fn layer(object: Object, arcs: &[Ring]) -> Result<Layer, Problem> {
    let objects = match object.r#type.as_deref() {
        Some("GeometryCollection") => object.geometries,
        _ => vec![object],
    };
    let features = objects.into_iter().zip(1..).map(|(o, number)| feature(o, number, arcs));
    Ok(Layer { features: features.collect::<Result<_, _>>()? })
}

fn feature(object: Object, number: usize, arcs: &[Ring]) -> Result<Feature, Problem> {
    let refused = |what| Problem::feature(number, what, EXPORT);
    let unread = |error: serde_json::Error| refused(format!("its `arcs` are no polygon: {error}"));
    let shape = match object.r#type.as_deref() {
        None => Shape::Missing,
        Some("Polygon") => {
            let rings: Vec<Vec<i64>> = serde_json::from_value(object.arcs).map_err(unread)?;
            Shape::Polygons(vec![polygon(&rings, arcs).map_err(refused)?])
        }
        Some("MultiPolygon") => {
            let all: Vec<Vec<Vec<i64>>> = serde_json::from_value(object.arcs).map_err(unread)?;
            let polygons = all.iter().map(|rings| polygon(rings, arcs));
            Shape::Polygons(polygons.collect::<Result<_, _>>().map_err(refused)?)
        }
        Some(other) => Shape::Other(other.to_owned()),
    };
    let id = object.id.and_then(|id| match id {
        Value::String(text) => Some(text),
        Value::Number(n) => Some(digits(&n)),
        _ => None,
    });
    Ok(Feature { number, properties: object.properties.unwrap_or_default(), id, shape })
}

fn polygon(rings: &[Vec<i64>], arcs: &[Ring]) -> Result<Polygon, String> {
    rings.iter().map(|references| ring(references, arcs)).collect()
}

/// Arcs joined end to end; a negative number is an arc read backwards: -1 for the first.
fn ring(references: &[i64], arcs: &[Ring]) -> Result<Ring, String> {
    let mut ring: Vec<Degrees> = Vec::new();
    for &reference in references {
        let index = if reference < 0 { !reference } else { reference };
        let arc = usize::try_from(index).ok().and_then(|i| arcs.get(i));
        let mut arc = arc.cloned().ok_or_else(|| format!("there is no arc {reference}"))?;
        if reference < 0 {
            arc.reverse();
        }
        let joins = ring.last().is_none_or(|last| arc.first() == Some(last));
        if !joins {
            return Err(format!("arc {reference} does not begin where the arc before it ends"));
        }
        ring.pop();
        ring.append(&mut arc);
    }
    Ok(ring)
}
