//! What a wrong file is told: feature, property, value, and what to do.

use model::boundary::Level;
use serde_json::{Value, json};
use server::geometry::Options;

use crate::drawing::prepared;
use crate::made_up::{collection, corner, feature, features, geojson, polygon, square, topojson};

/// What is said of `content`, which must be refused.
fn said(content: &str, options: &Options) -> String {
    let refused = prepared(content, options).unwrap_err().to_string();
    assert!(refused.contains("made-up.json: "), "{refused}");
    assert!(refused.contains(". Remedy: "), "{refused}");
    assert!(refused.ends_with("\nNothing was imported."), "{refused}");
    refused
}

/// What is said of the districts after `change`; they are right before it.
fn changed(change: impl FnOnce(&mut Vec<Value>)) -> String {
    let mut list = features(Level::District);
    change(&mut list);
    said(&collection(&list).to_string(), &Options::default())
}

fn has(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "`{part}` is not in\n{said}");
    }
}

#[test]
fn files_that_are_no_boundaries_are_refused_as_a_whole() {
    for (content, what) in [
        ("", "the file is empty"),
        (" \n", "the file is empty"),
        ("{\"type\": \"FeatureColl", "no JSON: EOF"),
        ("[1, 2]", "the JSON has no `type`"),
        ("{\"a\": 1}", "the JSON has no `type`"),
        ("{\"type\": \"Point\", \"coordinates\": [1, 2]}", "type `Point` is neither"),
        ("{\"type\": \"FeatureCollection\"}", "no FeatureCollection: missing field `features`"),
        ("{\"type\": \"FeatureCollection\", \"features\": []}", "the file has no features"),
        ("{\"type\": \"Topology\"}", "no TopoJSON: missing field `arcs`"),
        (r#"{"type": "Topology", "arcs": [[[1]]], "objects": {}}"#, "fewer than two numbers"),
        (r#"{"type": "Topology", "arcs": [], "objects": {}}"#, "the file has no features"),
    ] {
        has(&said(content, &Options::default()), &[what, "Remedy: export the boundaries anew"]);
    }
}

#[test]
fn a_feature_that_cannot_be_read_is_named_by_its_number() {
    has(
        &changed(|list| list[4]["geometry"]["coordinates"] = json!([[[1.0], [2.0]]])),
        &["feature 5: a position has fewer than two numbers. Remedy: export"],
    );
    for coordinates in [json!("here"), json!([[]]), json!(null)] {
        let geometry = json!({"type": "MultiPolygon", "coordinates": coordinates});
        has(&changed(|list| list[4]["geometry"] = geometry), &["feature 5: no GeoJSON feature: "]);
    }
    let mut file = topojson(Level::District);
    let units = "/objects/units/geometries";
    file.pointer_mut(units).unwrap()[2]["arcs"] = json!([[99]]);
    has(&said(&file.to_string(), &Options::default()), &["feature 3: there is no arc 99."]);
    file.pointer_mut(units).unwrap()[2]["arcs"] = json!([[2, 7]]);
    has(
        &said(&file.to_string(), &Options::default()),
        &["feature 3: arc 7 does not begin where the arc before it ends"],
    );
    for kind in ["Polygon", "MultiPolygon"] {
        file.pointer_mut(units).unwrap()[2] = json!({"type": kind, "arcs": [["a"]]});
        has(
            &said(&file.to_string(), &Options::default()),
            &["feature 3: its `arcs` are no polygon: invalid type: string \"a\""],
        );
    }
}

#[test]
fn a_file_without_our_codes_lists_the_properties_it_has() {
    let list = [json!({
        "type": "Feature",
        "id": 7,
        "properties": {"ten": "Sầm Sơn", "GID_2": "VNM.59"},
        "geometry": polygon(&square(0)),
    })];
    let file = collection(&list).to_string();
    has(
        &said(&file, &Options::default()),
        &[
            "no property holds codes of communes since 1 July 2025 or of districts",
            "properties: GID_2, id, ten",
            "Remedy: add a property with the codes",
        ],
    );
    let options = Options { code: Some("ma_xa".into()), level: Some(Level::Commune) };
    has(
        &said(&file, &options),
        &["no feature has one of the codes of communes since 1 July 2025 under `ma_xa`"],
    );
    // Districts asked for as communes, and the other way round.
    let options = Options { code: None, level: Some(Level::Commune) };
    has(
        &said(&geojson(Level::District).to_string(), &options),
        &["no property holds codes of communes since 1 July 2025; properties: ma, name"],
    );
    let options = Options { code: None, level: Some(Level::District) };
    has(
        &said(&geojson(Level::Commune).to_string(), &options),
        &["no property holds codes of districts; properties: ma, name"],
    );
    let bare = json!({"type": "Feature", "properties": null, "geometry": polygon(&square(0))});
    has(&said(&collection(&[bare]).to_string(), &Options::default()), &["properties: none"]);
}

#[test]
fn a_wrong_or_absent_code_is_named_with_feature_and_property() {
    let told = changed(|list| list[2]["properties"]["ma"] = json!("999"));
    has(&told, &["feature 3, property `ma`, value `999`: no district had this code"]);
    // Its place is missing then, and said to be.
    has(&told, &["25 of 26 are there; missing: 382 Thành phố Sầm Sơn. Remedy: "]);
    has(
        &changed(|list| list[2]["properties"]["ma"] = json!(null)),
        &["feature 3, property `ma`: it has no code there", "missing: 382 "],
    );
    let mut list = features(Level::Commune);
    list.push(feature("14755", &polygon(&square(166))));
    has(
        &said(&collection(&list).to_string(), &Options::default()),
        &[
            "feature 167, property `ma`, value `14755`: no commune has had this code since 1 July",
            "Remedy: take boundaries of the 166 communes",
        ],
    );
}

#[test]
fn missing_places_are_all_named() {
    let list = features(Level::Commune);
    let told = said(&collection(&list[2..]).to_string(), &Options::default());
    has(&told, &["164 of 166 are there; missing: 14758 Phường Hàm Rồng, 14797 Phường Hạc Thành"]);
    // The district that went to the city does not stand for the city.
    has(
        &changed(|list| list[0]["properties"]["ma"] = json!("405")),
        &["missing: 380 Thành phố Thanh Hóa"],
    );
}

#[test]
fn a_place_that_is_there_twice_is_refused() {
    has(
        &changed(|list| list.push(feature("382", &polygon(&square(30))))),
        &[
            "feature 27, property `ma`, value `382`: feature 3 has this code too",
            "Remedy: join both to one MultiPolygon",
        ],
    );
}

#[test]
fn what_is_no_area_is_refused() {
    for (geometry, what) in [
        (json!(null), "it has no geometry"),
        (json!({"type": "Point", "coordinates": [105.0, 20.0]}), "its geometry is a Point"),
        (
            json!({"type": "LineString", "coordinates": [[105.0, 20.0], [105.1, 20.0]]}),
            "its geometry is a LineString",
        ),
        (json!({"type": "GeometryCollection", "geometries": []}), "is a GeometryCollection"),
        (json!({"type": "Polygon", "coordinates": []}), "its geometry is empty"),
        (json!({"type": "MultiPolygon", "coordinates": []}), "its geometry is empty"),
        (
            polygon(&[corner(0, 0), corner(1, 0), corner(0, 0)]),
            "a ring has 3 positions; a triangle has 4",
        ),
        (polygon(&square(0)[..4]), "a ring does not end where it begins"),
        // Three corners on one line, and a speck that the grid does not resolve.
        (
            polygon(&[corner(0, 0), corner(1, 0), corner(2, 0), corner(0, 0)]),
            "its polygons have no area",
        ),
        (
            polygon(&[[105.0, 20.0], [105.00001, 20.0], [105.0, 20.00001], [105.0, 20.0]]),
            "its polygons have no area",
        ),
    ] {
        let told = changed(|list| list[2]["geometry"] = geometry);
        has(&told, &["feature 3, property `ma`, value `382`: ", what]);
        assert!(!told.contains("missing"), "its code is there: {told}");
    }
    let mut file = topojson(Level::District);
    for (kind, what) in [(json!("MultiPoint"), "is a MultiPoint"), (json!(null), "no geometry")] {
        file["objects"]["units"]["geometries"][2]["type"] = kind;
        has(&said(&file.to_string(), &Options::default()), &["feature 3, property `ma`", what]);
    }
}

#[test]
fn positions_outside_the_province_are_refused_with_their_likely_cause() {
    for (position, remedy) in [
        // Ha Noi; the order exchanged; metres of VN-2000.
        ([105.85, 21.03], "correct the position"),
        ([20.0, 105.2], "give longitude before latitude"),
        ([580_000.0, 2_190_000.0], "convert to degrees (WGS 84, EPSG:4326)"),
    ] {
        let told = changed(|list| list[2]["geometry"]["coordinates"][0][1] = json!(position));
        let [lon, lat] = position;
        let where_ = format!("position [{lon}, {lat}] is far outside Thanh Hoa");
        has(&told, &["feature 3, property `ma`, value `382`: ", &where_, remedy]);
    }
}

#[test]
fn a_file_of_gigabytes_is_given_up_early() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("made-up.json");
    // A hole: it reads as zeros and takes no room.
    std::fs::File::create(&path).unwrap().set_len(3 << 30).unwrap();
    let source = model::Text::new("Nguồn", "Source");
    let refused = server::geometry::prepare(&path, &Options::default(), source.clone());
    has(&refused.unwrap_err().to_string(), &["the file is larger than 64 MiB", "Remedy: "]);
    let absent = dir.path().join("absent.json");
    let refused = server::geometry::prepare(&absent, &Options::default(), source);
    has(&refused.unwrap_err().to_string(), &["absent.json: No such file"]);
}
