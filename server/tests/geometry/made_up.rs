//! Made-up boundaries: the places of a level as a chequerboard somewhere in the province.

use model::boundary::Level;
use serde_json::{Value, json};

/// Squares a row.
const COLUMNS: usize = 14;

/// A corner of the chequerboard; neighbours have exactly the same numbers.
pub fn corner(column: usize, row: usize) -> [f64; 2] {
    let thousandths = |start: u32, step: u32, n: usize| {
        f64::from(start + step * u32::try_from(n).unwrap()) / 1000.0
    };
    [thousandths(104_500, 100, column), thousandths(19_400, 80, row)]
}

/// The ring around square `i`.
pub fn square(i: usize) -> Vec<[f64; 2]> {
    let (c, r) = (i % COLUMNS, i / COLUMNS);
    [(c, r), (c + 1, r), (c + 1, r + 1), (c, r + 1), (c, r)].map(|(c, r)| corner(c, r)).to_vec()
}

pub fn polygon(ring: &[[f64; 2]]) -> Value {
    json!({"type": "Polygon", "coordinates": [ring]})
}

pub fn feature(code: &str, geometry: &Value) -> Value {
    json!({"type": "Feature", "properties": {"name": "x", "ma": code}, "geometry": geometry})
}

pub fn collection(features: &[Value]) -> Value {
    json!({"type": "FeatureCollection", "features": features})
}

/// A feature a place.
pub fn features(level: Level) -> Vec<Value> {
    let codes = level.places();
    codes.iter().enumerate().map(|(i, code)| feature(code, &polygon(&square(i)))).collect()
}

/// All places of `level` as `GeoJSON`.
pub fn geojson(level: Level) -> Value {
    collection(&features(level))
}

/// The same as `TopoJSON`, every second ring stored backwards.
#[allow(dead_code, reason = "not every test crate needs it")]
pub fn topojson(level: Level) -> Value {
    let codes = level.places();
    let whole = |[lon, lat]: [f64; 2]| [(lon * 1000.0).round(), (lat * 1000.0).round()];
    let arcs: Vec<Vec<[f64; 2]>> = (0..codes.len())
        .map(|i| {
            let mut ring: Vec<[f64; 2]> = square(i).into_iter().map(whole).collect();
            if i % 2 == 1 {
                ring.reverse();
            }
            let mut at = [0.0, 0.0];
            let step = |p: [f64; 2]| {
                let step = [p[0] - at[0], p[1] - at[1]];
                at = p;
                step
            };
            ring.into_iter().map(step).collect()
        })
        .collect();
    let geometries: Vec<Value> = codes
        .iter()
        .zip(0_i64..)
        .map(|(code, i)| {
            let reference = if i % 2 == 1 { !i } else { i };
            json!({"type": "Polygon", "arcs": [[reference]], "properties": {"ma": code}})
        })
        .collect();
    json!({
        "type": "Topology",
        "transform": {"scale": [0.001, 0.001], "translate": [0, 0]},
        "arcs": arcs,
        "objects": {
            "frame": {"type": "LineString", "arcs": [0]},
            "units": {"type": "GeometryCollection", "geometries": geometries},
        },
    })
}
