//! Charts as files, over real releases in a real database: every table, every way to arrange it, in
//! both languages.

use std::collections::{BTreeMap, BTreeSet};

use app::arrange::{Measure, Request as Asked};
use app::data::table::TablePage;
use app::published::Published;
use axum::http::StatusCode;
use model::{Item, Locale};
use resvg::tiny_skia::Pixmap;
use resvg::usvg::roxmltree::{Document, Node};
use resvg::usvg::{Options, Tree};
use store::testing::TestCluster;

use super::site::Site;
use super::story;
use super::workshop::Workshop;

/// The texts of `svg` that have one of `classes`.
fn texts<'a>(svg: &'a Document<'_>, classes: &[&str]) -> Vec<String> {
    let has = |node: &Node<'_, '_>| {
        let class = node.attribute("class").unwrap_or_default();
        classes.iter().all(|c| class.split(' ').any(|own| own == *c))
    };
    let of = |node: Node<'a, '_>| {
        node.descendants().filter_map(|n| n.text().filter(|_| n.is_text())).collect()
    };
    svg.descendants().filter(|n| n.is_element() && has(n)).map(of).collect()
}

fn all_words(svg: &Document<'_>) -> String {
    let words = svg.descendants().filter(|n| n.has_tag_name("text"));
    words
        .map(|n| {
            n.descendants().filter(Node::is_text).filter_map(|t| t.text()).collect::<String>() + " "
        })
        .collect()
}

/// What the same slice has as figures for `item`: values that are shown, and how many are withheld.
fn figures(csv: &str, item: &str) -> (BTreeSet<i64>, usize) {
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<BTreeMap<String, String>> =
        reader.deserialize().collect::<Result<_, _>>().unwrap();
    let of_item = || rows.iter().filter(|r| r["item"] == item);
    let shown = of_item().filter_map(|r| r["value"].parse().ok()).collect();
    (shown, of_item().filter(|r| r["status"] == "x").count())
}

fn is_png_of_a_drawing(bytes: &[u8]) {
    let picture = Pixmap::decode_png(bytes).unwrap();
    assert_eq!(picture.width(), 1200);
    let colours: BTreeSet<[u8; 4]> =
        picture.pixels().iter().map(|p| [p.red(), p.green(), p.blue(), p.alpha()]).collect();
    assert!(picture.pixels().iter().all(|p| p.alpha() == 255), "paper everywhere");
    assert!(colours.len() > 20, "{} colours", colours.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_drawing_is_there_as_a_file_and_says_where_it_comes_from() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let site = Site::over(&workshop).await;
    let published = Published::over(site.pool.clone());
    let (mut drawn, mut hatched, mut shares) = (0, 0, 0);
    let mut in_pixels: BTreeMap<&str, String> = BTreeMap::new();
    for table in site.pool.tables().await.unwrap() {
        let definition = table.definition;
        let open = TablePage::read(&published, &definition.id, &Asked::default()).await.unwrap();
        for by in open.arrangement.choices.clone() {
            let asked = Asked { by: Some(by.clone()), ..Asked::default() };
            let page = TablePage::read(&published, &definition.id, &asked).await.unwrap();
            // Every item, in one language or the other.
            let measures = &page.arrangement.measures;
            let items = page.columns.iter().filter(|i| measures.contains(&Measure::Item(**i)));
            for (&item, locale) in items.zip(Locale::ALL.into_iter().cycle()) {
                let measure = Some(Measure::Item(item));
                let asked = Asked { measure, ..page.arrangement.request() };
                let query = asked.to_query();
                let html = site
                    .get(&format!("/{locale}/{}/{}{query}", tables(locale), definition.id))
                    .await
                    .text;
                for (picture, among) in [("", "item"), ("&picture=rate", "rate")] {
                    let address = format!(
                        "/api/v1/tables/{}.svg{query}&lang={locale}{picture}",
                        definition.id
                    );
                    let answer = site.get_with(&address, &[("host", "example.org")]).await;
                    // The page leads to the file where there is a drawing, and only there.
                    let link = format!("href=\"{}\"", address.replace('&', "&amp;"));
                    let linked = html.contains(&link);
                    assert_eq!(linked, answer.status == StatusCode::OK, "{address} {by}");
                    if answer.status == StatusCode::NOT_FOUND {
                        let words = if locale == Locale::Vi {
                            "không có hình vẽ"
                        } else {
                            "no drawing"
                        };
                        assert!(answer.text.contains(words), "{}", answer.text);
                        continue;
                    }
                    assert_eq!(answer.header("content-type"), "image/svg+xml; charset=utf-8");
                    assert!(
                        answer.header("content-security-policy").contains("style-src 'sha256-")
                    );
                    let file = format!("attachment; filename=\"{}.svg\"", definition.id);
                    assert_eq!(answer.header("content-disposition"), file);
                    let svg = Document::parse(&answer.text).unwrap();
                    Tree::from_str(&answer.text, &Options::default()).unwrap();
                    assert!(!answer.text.contains("<script") && !answer.text.contains("var("));
                    assert!(!answer.text.contains("href"), "nothing is fetched from elsewhere");
                    let words = all_words(&svg).replace('\u{a0}', " ");
                    let release = page.release.id.to_string();
                    let simulated = if locale == Locale::Vi {
                        "dữ liệu mô phỏng"
                    } else {
                        "simulated data"
                    };
                    for needed in [release.as_str(), simulated, "http", "example.org"] {
                        assert!(words.contains(needed), "{address}: {needed} in {words}");
                    }
                    let title = definition.title.get(locale);
                    let heading = texts(&svg, &["sheet-title"]).join(" ");
                    assert_eq!(&heading, title, "{address}");
                    drawn += 1;
                    let kind = match by.to_string().as_str() {
                        _ if among == "rate" => "rate",
                        "period" => "period",
                        "area-commune" => "map",
                        _ => "bars",
                    };
                    in_pixels.entry(kind).or_insert_with(|| address.replace(".svg", ".png"));

                    let csv = address.replace(".svg", ".csv");
                    let csv = site.get(&csv).await.text;
                    if among == "rate" {
                        shares += 1;
                        continue;
                    }
                    hatched += only_published(&svg, &answer.text, &csv, item, &by.to_string());
                }
            }
        }
    }
    // Of this story nothing is withheld: drawings of what is have tests beside the charts.
    assert!(drawn > 40 && hatched == 0 && shares > 0, "{drawn} {hatched} {shares}");

    // In pixels: a line, bars and shares, and the map where there is one.
    assert!(["period", "bars", "rate"].iter().all(|kind| in_pixels.contains_key(kind)));
    for address in in_pixels.values() {
        let (status, headers, bytes) = site.bytes(address).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        assert_eq!(headers["content-type"], "image/png");
        is_png_of_a_drawing(&bytes);
    }

    // What is not there is said, in the language that was asked for.
    for (address, words) in [
        ("/api/v1/tables/khong-co.png?lang=vi", "Không có bảng này."),
        ("/api/v1/tables/nowhere.svg?lang=en", "There is no such table."),
        ("/api/v1/tables/case-flow.gif", "Không có bảng này."),
        ("/api/v1/tables/case-flow.svg?picture=pie&lang=en", "There is no drawing"),
        ("/api/v1/tables/case-flow.png?by=period&picture=rate", "không có hình vẽ"),
    ] {
        let answer = site.get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8", "{address}");
        assert!(answer.text.contains(words), "{address}: {}", answer.text);
    }
    site.pool.close().await;
    let gone = site.get("/api/v1/tables/case-flow.svg?lang=en").await;
    assert_eq!(gone.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(gone.text.contains("fault is on our side"), "{}", gone.text);
    cluster.stop().await.unwrap();
}

/// Holds what `svg` draws of `item` against the same slice as figures: every number is one of them,
/// and what is withheld is a mark. Gives the number of marks.
fn only_published(svg: &Document<'_>, source: &str, csv: &str, item: Item, by: &str) -> usize {
    let (shown, withheld) = figures(csv, item.code());
    let numbers = texts(svg, &["n"]);
    assert!(by == "area-commune" || !numbers.is_empty(), "{by}");
    for number in numbers {
        let plain: String = number.chars().filter(char::is_ascii_digit).collect();
        let Ok(value) = plain.parse::<i64>() else {
            assert!(["x", ":", ".", "–"].contains(&number.as_str()), "{by}: {number}");
            continue;
        };
        assert!(shown.contains(&value), "{by}: {number} in {shown:?}");
    }
    for tile in svg.descendants().filter(|n| n.attribute("class") == Some("withheld")) {
        let said: String =
            tile.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect();
        assert!(!said.chars().rev().take(20).any(|c| c.is_ascii_digit()), "{said}");
    }
    let hatched = source.matches("fill=\"url(#hatch").count();
    if by == "period" {
        assert_eq!(hatched, 0);
    } else if by != "area-commune" {
        // The whole stands in the figures, and not among its parts.
        assert!(hatched == withheld || hatched + 1 == withheld, "{by}: {hatched} {withheld}");
    }
    hatched
}

fn tables(locale: Locale) -> &'static str {
    if locale == Locale::Vi { "bang" } else { "tables" }
}
