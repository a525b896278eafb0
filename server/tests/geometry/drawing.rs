//! What a right file becomes.

use std::path::PathBuf;

use model::Text;
use model::boundary::Level;
use serde_json::{Value, json};
use server::geometry::problem::GeometryError;
use server::geometry::{BUDGET, Options, Summary, prepare};
use store::NewGeometry;

use crate::made_up::{collection, corner, feature, features, geojson, polygon, square, topojson};

/// What becomes of `content`.
pub fn prepared(content: &str, options: &Options) -> Result<(NewGeometry, Summary), GeometryError> {
    let dir = tempfile::tempdir().unwrap();
    let path: PathBuf = dir.path().join("made-up.json");
    std::fs::write(&path, content).unwrap();
    prepare(&path, options, Text::new("Nguồn", "Source"))
}

fn drawn(file: &Value) -> (NewGeometry, Summary) {
    prepared(&file.to_string(), &Options::default()).unwrap()
}

/// The path data of `member`.
fn path<'a>(svg: &'a str, member: &str) -> &'a str {
    let from = svg.split(&format!("<path id=\"{member}\" ")).nth(1).unwrap();
    from.split("d=\"").nth(1).unwrap().split('"').next().unwrap()
}

#[test]
fn every_place_is_drawn_once_and_level_and_property_are_found() {
    for level in Level::ALL {
        let (new, summary) = drawn(&geojson(level));
        let count = level.places().len();
        assert_eq!((new.level, summary.level, summary.features), (level, level, count));
        assert_eq!((summary.property.as_str(), summary.points), ("ma", count * 5));
        assert_eq!(new.svg.matches("<path ").count(), count);
        for code in level.places() {
            assert!(path(&new.svg, &level.member(code)).ends_with('z'), "{code}");
        }
        assert!(new.svg.contains(&format!("viewBox=\"0 0 {} {}\"", new.width, new.height)));
        assert_eq!(summary.address, format!("/geo/{level}.{}.svg", new.hash));
        assert_eq!(summary.bytes, new.svg.len());
        assert!(summary.compressed < summary.bytes && summary.alone.is_empty());
    }
}

#[test]
fn topojson_gives_the_same_drawing_as_geojson() {
    let (from_geojson, _) = drawn(&geojson(Level::District));
    let (from_topojson, summary) = drawn(&topojson(Level::District));
    assert_eq!(from_geojson.svg.len(), from_topojson.svg.len());
    assert_eq!(summary.property, "ma");
    // Rings may begin elsewhere or run the other way; borders are the same.
    let (_, of_geojson) = drawn(&geojson(Level::District));
    assert_eq!((summary.borders, summary.shared), (of_geojson.borders, of_geojson.shared));
}

#[test]
fn codes_are_found_as_numbers_as_decimals_and_beside_the_properties() {
    let mut file = geojson(Level::Commune);
    for (i, feature) in file["features"].as_array_mut().unwrap().iter_mut().enumerate() {
        let code: u32 = feature["properties"]["ma"].as_str().unwrap().parse().unwrap();
        feature["properties"]["ma"] = if i % 2 == 0 { json!(code) } else { json!(f64::from(code)) };
    }
    let (expected, _) = drawn(&geojson(Level::Commune));
    assert_eq!(drawn(&file).0, expected);
    for feature in file["features"].as_array_mut().unwrap() {
        feature["id"] = feature["properties"]["ma"].take();
    }
    let (new, summary) = drawn(&file);
    assert_eq!((summary.property.as_str(), new), ("id", expected));
}

#[test]
fn the_property_named_on_the_command_line_counts() {
    // A second property with codes, of which two are exchanged.
    let mut file = geojson(Level::District);
    let list = file["features"].as_array_mut().unwrap();
    let codes: Vec<Value> = list.iter().map(|f| f["properties"]["ma"].clone()).collect();
    for (i, feature) in list.iter_mut().enumerate() {
        let j = match i {
            0 => 1,
            1 => 0,
            other => other,
        };
        feature["properties"]["ma_cu"] = codes[j].clone();
    }
    let refused = prepared(&file.to_string(), &Options::default()).unwrap_err().to_string();
    assert!(refused.contains("feature 1: `ma` says 380 and `ma_cu` says 381"), "{refused}");
    assert!(refused.contains("--code ma or --code ma_cu"), "{refused}");
    let by = |code: &str| {
        let options = Options { code: Some(code.into()), level: None };
        prepared(&file.to_string(), &options).unwrap().0.svg
    };
    assert_eq!(by("ma"), drawn(&geojson(Level::District)).0.svg);
    assert_ne!(by("ma"), by("ma_cu"));
}

#[test]
fn a_district_merged_before_the_change_is_drawn_with_the_one_it_went_to() {
    // Square 26 lies next to square 12, and becomes Dong Son, which went to Thanh Hoa city.
    let mut list = features(Level::District);
    let codes = Level::District.places();
    let city = codes.iter().position(|c| *c == "380").unwrap();
    list[city] = feature("380", &polygon(&square(12)));
    list[12] = feature(codes[12], &polygon(&square(city)));
    list.push(feature("405", &polygon(&square(26))));
    let (new, summary) = drawn(&collection(&list));
    assert_eq!((summary.features, summary.places), (27, 26));
    assert_eq!(new.svg.matches("<path ").count(), 26);
    assert!(!new.svg.contains("D405"));
    // One ring: the border between them is gone.
    assert_eq!(path(&new.svg, "D380").matches('M').count(), 1);
}

#[test]
fn a_hole_and_an_island_stay() {
    let mut list = features(Level::Commune);
    let [[west, south], [east, north]] = [corner(0, 0), corner(1, 1)];
    let at = |x: f64, y: f64| [west + x * (east - west), south + y * (north - south)];
    let inner = [at(0.3, 0.3), at(0.6, 0.3), at(0.6, 0.6), at(0.3, 0.6), at(0.3, 0.3)];
    list[0]["geometry"]["coordinates"] = json!([square(0), inner]);
    // The second place fills the hole, and has its own square.
    list[1]["geometry"] = json!({"type": "MultiPolygon", "coordinates": [[inner], [square(1)]]});
    let (new, summary) = drawn(&collection(&list));
    let [outer, enclave] = ["14758", "14797"].map(|code| {
        let place = Level::Commune.places().iter().position(|c| *c == code);
        (place, path(&new.svg, &Level::Commune.member(code)).matches('M').count())
    });
    assert_eq!([outer, enclave], [(Some(0), 2), (Some(1), 2)]);
    assert!(summary.shared > 0);
}

#[test]
fn what_has_no_neighbour_is_named() {
    let mut list = features(Level::District);
    let far = [[106.2, 20.9], [106.3, 20.9], [106.3, 20.95], [106.2, 20.9]];
    list[3]["geometry"] = polygon(&far);
    let (_, summary) = drawn(&collection(&list));
    assert_eq!(summary.alone, [Level::District.places()[3]]);
    assert!(summary.to_string().contains("no neighbour shares a border with 384"), "{summary}");
}

/// Numbers that look like chance and are the same each time.
fn noise() -> impl FnMut() -> f64 {
    let mut state = 12_345_u32;
    move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1_u32 << 24)
    }
}

#[test]
fn detailed_boundaries_are_simplified_until_they_are_light() {
    // Edges of 60 points; those that two squares share are the same.
    let mut noise = noise();
    let mut edges = std::collections::HashMap::new();
    let mut list = features(Level::Commune);
    for feature in &mut list {
        let ring = feature["geometry"]["coordinates"][0].as_array().unwrap().clone();
        let mut wiggly: Vec<Value> = Vec::new();
        for pair in ring.windows(2) {
            let ends = [pair[0].to_string(), pair[1].to_string()];
            let backwards = ends[0] > ends[1];
            let (a, b) = if backwards { (&pair[1], &pair[0]) } else { (&pair[0], &pair[1]) };
            let key = if backwards { [&ends[1], &ends[0]] } else { [&ends[0], &ends[1]] };
            let edge = edges.entry(key.map(Clone::clone)).or_insert_with(|| {
                let of = |p: &Value, i: usize| p[i].as_f64().unwrap();
                (1..60)
                    .map(|k| {
                        let t = f64::from(k) / 60.0;
                        // Less near the corners, so that no two edges cross.
                        let off = (noise() - 0.5) * 0.002 * f64::from(k.min(60 - k).min(10));
                        let along = |i: usize| of(a, i) + t * (of(b, i) - of(a, i));
                        let upright = (of(a, 0) - of(b, 0)).abs() < 1e-9;
                        let (x, y) = (along(0), along(1));
                        json!(if upright { [x + off, y] } else { [x, y + off] })
                    })
                    .collect::<Vec<Value>>()
            });
            wiggly.push(pair[0].clone());
            if backwards {
                wiggly.extend(edge.iter().rev().cloned());
            } else {
                wiggly.extend(edge.iter().cloned());
            }
        }
        wiggly.push(ring[0].clone());
        feature["geometry"]["coordinates"][0] = Value::Array(wiggly);
    }
    let (new, summary) = drawn(&collection(&list));
    assert!(summary.points > 39_000, "{summary}");
    assert!(summary.compressed <= BUDGET, "{summary}");
    assert!(summary.compressed > BUDGET / 4, "no coarser than it has to be: {summary}");
    let (_, plain) = drawn(&geojson(Level::Commune));
    assert_eq!((summary.borders, summary.shared), (plain.borders, plain.shared));
    assert_eq!(new.svg.matches("<path ").count(), 166);
}

#[test]
fn what_stays_too_heavy_is_refused() {
    let mut noise = noise();
    let mut list = features(Level::Commune);
    for (i, feature) in list.iter_mut().enumerate() {
        let [west, south] = square(i)[0];
        let mut polygons = vec![json!([square(i)])];
        for _ in 0..50 {
            let mut at =
                |wide: f64, x: f64, y: f64| [x + wide * noise() * 0.1, y + wide * noise() * 0.08];
            let [x, y] = at(0.8, west, south);
            let triangle = [[x, y], at(0.2, x + 0.002, y), at(0.2, x, y + 0.002), [x, y]];
            polygons.push(json!([triangle]));
        }
        feature["geometry"] = json!({"type": "MultiPolygon", "coordinates": polygons});
    }
    let file = collection(&list).to_string();
    let refused = prepared(&file, &Options::default()).unwrap_err().to_string();
    assert!(refused.contains("drawn as coarsely as can be it still weighs"), "{refused}");
    assert!(refused.contains("Remedy: leave out small islands"), "{refused}");
}
