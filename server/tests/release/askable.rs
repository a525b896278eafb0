//! What somebody may ask the web server for who knows a release: addresses, claims and files.

use std::collections::BTreeSet;
use std::fs;

use app::routes::Page;
use model::Locale;
use proof::figure_id;
use server::release::bundle::{self, Bundle};

use super::site::Site;
use super::workshop::files;

/// Where the site is, in full addresses.
pub(super) const HOST: &str = "http://example.org";

/// The address at which the browser gets the page at `page` on the way from another.
pub(super) fn document(page: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    format!("/fn/document?path={}&query={}", escaped(path), escaped(query))
}

fn escaped(text: &str) -> String {
    let escaped = |b: u8| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(b).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(escaped).collect()
}

/// Where a crawl starts.
pub(super) async fn start(site: &Site) -> BTreeSet<String> {
    let list = site.get("/api/v1/pages.json").await.text;
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let examples = list["pages"].as_array().unwrap().iter();
    let mut all: BTreeSet<String> =
        examples.map(|p| p["example"].as_str().unwrap().to_owned()).collect();
    all.extend(leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()));
    for address in [
        "/",
        "/vi/",
        "/api/v1/pages.json",
        "/robots.txt",
        "/sitemap.xml",
        "/healthz",
        "/readyz",
        "/sw.js",
        "/favicon.svg",
        "/pkg/portal.css",
        "/vi/khong-co",
        "/en/nowhere",
        "/api/v1/nowhere",
        "/api/v1/log/checkpoint",
        "/.well-known/complaints-log-key",
        "/api/v1/log/history.json",
        "/api/v1/tables/none.csv",
        "/api/v1/releases/none.zip",
        "/api/v1/figures/none.json",
        "/feeds/none",
        "/geo/none.svg",
        "/f/none",
    ] {
        all.insert(address.to_owned());
    }
    for locale in ["vi", "en"] {
        all.extend(["atom", "json"].map(|kind| format!("/feeds/releases.{locale}.{kind}")));
    }
    for from in 0..=6 {
        all.extend((0..=6).map(|to| format!("/api/v1/log/history.json?from={from}&to={to}")));
    }
    all
}

/// Addresses that are only of the release of `bundle`, or that its figures would change.
pub(super) fn of_the_release(bundle: &Bundle) -> BTreeSet<String> {
    let id = bundle.release.id;
    let mut all = BTreeSet::new();
    let mut pages = BTreeSet::new();
    for file in files(&bundle.dir) {
        all.insert(format!("/api/v1/releases/{id}/{file}"));
    }
    all.insert(format!("/api/v1/releases/{id}.zip"));
    all.insert(format!("/fn/release?id={id}"));
    for locale in Locale::ALL {
        pages.insert(Page::Release.path_of(locale, &id.to_string()));
        for page in [Page::Overview, Page::Area, Page::Field, Page::Body, Page::Explore] {
            let code = match page {
                Page::Area => "C14812",
                Page::Field => "land",
                Page::Body => "UBND-14812",
                _ => "",
            };
            let path = page.path_of(locale, code).trim_end_matches('/').to_owned();
            pages.extend([format!("{path}?period={}", id.period), format!("{path}?release={id}")]);
        }
        for question in ["2025-Q4", "2025-Q4.1", "quy+4+2025", "Q4+2025", "2025"] {
            pages.insert(format!("{}?q={question}", Page::Search.path(locale)));
        }
        for claim in claims(bundle) {
            pages.insert(format!("{}?q={}", Page::Check.path(locale), escaped(&claim)));
        }
    }
    for table in &bundle.release.tables {
        let name = &table.definition.id;
        let periods: BTreeSet<_> = table.cells.iter().map(|c| c.address.period).collect();
        let asked = periods.into_iter().map(|period| format!("period={period}"));
        for asked in asked.chain([format!("release={id}"), "by=period".to_owned()]) {
            pages.extend(Locale::ALL.map(|l| format!("{}?{asked}", Page::Table.path_of(l, name))));
            let explored = Page::Explore.path(Locale::En);
            pages.insert(format!("{explored}?table={name}&{asked}"));
            for ending in ["csv", "svg", "png"] {
                all.insert(format!("/api/v1/tables/{name}.{ending}?{asked}"));
            }
            let inner = asked.replace("period=", "request[slice][period]=");
            all.insert(format!(
                "/fn/table?id={name}&{}",
                inner.replace("release=", "request[release]=")
            ));
        }
    }
    for (index, figure) in figures(bundle).into_iter().enumerate() {
        all.insert(format!("/api/v1/figures/{figure}@{id}.proof.json"));
        if index % 200 > 0 {
            continue;
        }
        for name in [figure.clone(), format!("{figure}@{id}")] {
            pages.extend(Locale::ALL.map(|locale| Page::Figure.path_of(locale, &name)));
            all.insert(format!("/f/{name}"));
            for ending in ["json", "proof.json", "csl.json", "bib"] {
                all.insert(format!("/api/v1/figures/{name}.{ending}"));
            }
        }
    }
    all.extend(pages.iter().map(|page| document(page)));
    all.extend(pages);
    all
}

/// The names of the figures.
fn figures(bundle: &Bundle) -> Vec<String> {
    let of = |t: &bundle::Table| -> Vec<String> {
        t.cells.iter().map(|cell| figure_id(&t.definition.id, &cell.address).to_string()).collect()
    };
    bundle.release.tables.iter().flat_map(of).collect()
}

/// What somebody may claim who knows the release.
fn claims(bundle: &Bundle) -> Vec<String> {
    let id = bundle.release.id;
    let mut claims: Vec<String> = [
        "quy IV/2025 da giai quyet 9 vu viec",
        "In Q4 2025 the province settled 9 cases",
        "cuoi quy IV/2025 con 46 vu viec",
        "nam 2025 da giai quyet 22 vu viec",
    ]
    .map(str::to_owned)
    .into();
    let shown = bundle.release.tables[0].cells.iter().filter(|c| c.value.is_some());
    for cell in shown.step_by(50).take(8) {
        let figure = figure_id(&bundle.release.tables[0].definition.id, &cell.address);
        claims.push(figure.to_string());
        claims.push(format!("{HOST}/vi/so-lieu/{figure}@{id}"));
    }
    claims
}

/// Files that somebody may have checked who knows the release: its own, and a list of its figures.
pub(super) fn known_files(bundle: &Bundle) -> Vec<(String, Vec<u8>)> {
    let mut known: Vec<(String, Vec<u8>)> = files(&bundle.dir)
        .into_iter()
        .map(|name| (name.replace('/', "-"), fs::read(bundle.dir.join(name)).unwrap()))
        .collect();
    for table in &bundle.release.tables {
        let mut list = "figure,value\n".to_owned();
        for cell in table.cells.iter().filter(|c| c.value.is_some()).take(300) {
            let figure = figure_id(&table.definition.id, &cell.address);
            list.push_str(&format!("{figure},{}\n", cell.value.unwrap()));
        }
        known.push((format!("list-{}.csv", table.definition.id), list.into_bytes()));
    }
    known
}
