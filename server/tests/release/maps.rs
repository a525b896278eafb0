//! Maps before and after the operator imports boundaries.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use model::Text;
use model::boundary::Level;
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};
use resvg::usvg::roxmltree::Document;
use server::geometry::{Options, prepare};
use store::testing::TestCluster;

use super::made_up::geojson;
use super::site::Site;
use super::story;
use super::workshop::Workshop;

/// Imports made-up boundaries; answers the address of the drawing.
async fn import(workshop: &Workshop, level: Level, source: &str) -> String {
    let path = workshop.dir.path().join("made-up.json");
    std::fs::write(&path, geojson(level).to_string()).unwrap();
    let source = Text::new(format!("{source} (vi)"), format!("{source} (en)"));
    let (new, summary) = prepare(&path, &Options::default(), source).unwrap();
    workshop.publisher.insert_geometry(&new).await.unwrap();
    summary.address
}

/// The drawing of the map on a page.
fn map(page: &str) -> &str {
    page.split("class=\"tilemap").nth(1).and_then(|rest| rest.split("</svg>").next()).unwrap_or("")
}

#[tokio::test(flavor = "multi_thread")]
async fn maps_are_drawn_with_the_boundaries_imported_last() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let site = Site::over(&workshop).await;
    let with_communes =
        ["/vi", "/vi/dia-ban", "/vi/bang/cases-commune?by=area-commune", "/en/areas"];
    let by_district = "/en/tables/case-flow-area?by=area-district&period=2025-Q4";

    for address in with_communes {
        let page = site.get(address).await;
        assert_eq!(map(&page.text).matches("<path ").count(), 166, "{address}: hexagons");
        assert!(!page.text.contains("<use "), "{address}");
        // A tile leads to its place, without a stop for the tab key.
        let to = if address.starts_with("/vi") { "/vi/dia-ban/" } else { "/en/areas/" };
        let link = format!("<a href=\"{to}C14845\" tabindex=\"-1\"><title>");
        assert_eq!(page.text.matches(&link).count(), 1, "{address}");
    }
    let page = site.get(by_district).await;
    assert!(page.text.contains("class=\"bars\"") && !page.text.contains("tilemap"));

    let file = import(&workshop, Level::Commune, "Office A").await;
    for address in with_communes {
        let page = site.get(address).await;
        assert_eq!(page.text.matches("<use href=\"").count(), 166, "{address}");
        for code in Level::Commune.places() {
            let shape = format!("<use href=\"{file}#C{code}\" ");
            assert!(map(&page.text).contains(&shape), "{address}: {shape}");
        }
        let source = if address.starts_with("/vi") { "Office A (vi)" } else { "Office A (en)" };
        assert!(page.text.contains(source), "{address}");
        assert!(!map(&page.text).contains("<path "), "{address}: no hexagon is left");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("img-src 'self'"), "shapes come from this origin: {policy}");
    }
    let page = site.get(by_district).await;
    assert!(!page.text.contains("tilemap"), "communes are no districts");

    // The drawing is fetched once and kept for good; the shapes that pages name are in it.
    let drawing = site.get(&file).await;
    assert_eq!(drawing.status, StatusCode::OK);
    assert_eq!(drawing.header("content-type"), "image/svg+xml");
    assert_eq!(drawing.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(drawing.header("x-content-type-options"), "nosniff");
    for code in Level::Commune.places() {
        assert!(drawing.text.contains(&format!("<path id=\"C{code}\" ")), "{code}");
    }

    // A file can't refer to another one: it has the shapes in it, and whose they are.
    let address = "/api/v1/tables/cases-commune.svg?by=area-commune&lang=vi";
    let sheet = site.get(address).await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert!(sheet.text.contains("Office A (vi)"), "{}", sheet.text);
    let svg = Document::parse(&sheet.text).unwrap();
    let ids: BTreeSet<&str> = svg.descendants().filter_map(|n| n.attribute("id")).collect();
    let uses = svg.descendants().filter(|n| n.has_tag_name("use"));
    let referred: Vec<&str> = uses.filter_map(|n| n.attribute("href")?.strip_prefix('#')).collect();
    assert_eq!(referred.len(), 166);
    assert!(referred.iter().all(|id| ids.contains(id)), "each shape is there");
    let (status, _, png) = site.bytes(&address.replace(".svg", ".png")).await;
    assert_eq!(status, StatusCode::OK);
    let picture = Pixmap::decode_png(&png).unwrap();
    // The two places with cases have the lowest class and the one above it, as their key has.
    let classes = [[0xd5, 0xe6, 0xe4], [0xa9, 0xcf, 0xcc]];
    let is_of_class = |p: &&PremultipliedColorU8| classes.contains(&[p.red(), p.green(), p.blue()]);
    let filled = picture.pixels().iter().filter(is_of_class).count();
    assert!(filled > 5_000, "places with cases fill {filled} pixels");

    let districts = import(&workshop, Level::District, "Office B").await;
    let page = site.get(by_district).await;
    assert_eq!(page.text.matches(&format!("<use href=\"{districts}#D")).count(), 26);
    assert!(page.text.contains("class=\"bars\"") && page.text.contains("Office B (en)"));
    let regions = site.get("/en/tables/case-flow?by=area-region&period=2025-Q4").await;
    assert_eq!(regions.status, StatusCode::OK);
    assert!(!regions.text.contains("tilemap"), "regions have no boundaries");

    // The newest import counts, also if the drawing is the same.
    assert_eq!(import(&workshop, Level::Commune, "Office C").await, file);
    let page = site.get("/en/areas").await;
    assert!(page.text.contains("Office C (en)") && !page.text.contains("Office A"));

    for nowhere in [
        "/geo/commune.0000000000000000.svg",
        &file.replace("commune", "district"),
        &file.replace("commune", "ward"),
        &file.replace(".svg", ".json"),
        "/geo/commune",
    ] {
        let answer = site.get(nowhere).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nowhere}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{nowhere}");
    }
    // Nothing of it counts as a release.
    assert!(workshop.published().await.iter().all(|row| !row.contains("Office")));
    cluster.stop().await.unwrap();
}
