//! The supervision report as files: the workbook holds the published figures, the printed page is a PDF.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader as _, Xlsx};
use clap::Parser;
use leptos::config::LeptosOptions;
use server::report::{Report, ReportError};
use server::web::WebState;
use sqlx::ConnectOptions as _;
use store::PublishedPool;
use store::testing::TestCluster;

use super::site::Site;
use super::story::{self, QUARTERS};
use super::workshop::{Figure, Workshop, figure};

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    report: Report,
}

fn report(arguments: &[&str]) -> Report {
    Line::parse_from(["report"].iter().chain(arguments)).report
}

fn state(pool: &PublishedPool, root: &Path) -> WebState {
    let leptos_options = LeptosOptions::builder()
        .output_name("portal")
        .site_root(root.to_string_lossy().into_owned())
        .build();
    WebState { pool: pool.clone(), leptos_options, publishing_body: None }
}

/// The rows under the headings, as words.
fn rows(bytes: Vec<u8>) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let name = workbook.sheet_names()[0].clone();
    let sheet = workbook.worksheet_range(&name).unwrap();
    let words = |row: &[Data]| row.iter().map(ToString::to_string).collect::<Vec<_>>();
    let rows = sheet.rows().map(words).skip_while(|row| row[0] != "Bảng");
    rows.skip(1).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_holds_what_is_published_with_the_name_of_each_figure() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let mut bundles = Vec::new();
    for quarter in QUARTERS {
        story::import(&workshop, quarter).await;
        let bundle = workshop.build(quarter).await;
        workshop.publish(&workshop.bundle_dir(quarter)).await.unwrap();
        bundles.push(bundle);
    }
    let site = Site::over(&workshop).await;
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str| dir.path().join(name);
    let path = |file: &PathBuf| file.to_str().unwrap().to_owned();

    // The workbook of a district, by the command line and from the web.
    let xlsx = file("district.xlsx");
    let asked = ["--period", "2025-Q4", "--area", "D380", "--xlsx", &path(&xlsx)];
    let origin = ["--origin", "https://example.org/"];
    report(&[&asked[..], &origin[..]].concat()).write(site.pool.clone(), None).await.unwrap();
    let lines = rows(fs::read(&xlsx).unwrap());
    let entered = lines.iter().find(|l| l[2] == "case-flow-area" && l[4].starts_with("Tiếp nhận"));
    let entered = entered.unwrap();
    let Figure::Shown(value) =
        figure(&bundles[4], "case-flow-area", "2025-Q4", "D380 civil", "entered")
    else {
        panic!("it is shown")
    };
    assert_eq!(entered[6], value.to_string(), "{entered:?}");
    assert_eq!(entered[10], "2025-Q4.1");
    // The same period a year before, from its own release.
    assert_eq!((entered[7].as_str(), entered[11].as_str()), ("7", "2024-Q4.1"), "{entered:?}");
    assert_eq!(entered[12], format!("https://example.org/vi/so-lieu/{}", entered[8]));
    assert!(site.get(&format!("/vi/so-lieu/{}", entered[8])).await.text.contains(&entered[8]));
    let (status, _, served) = site.bytes("/api/v1/report.xlsx?period=2025-Q4&area=D380").await;
    assert!(status.is_success());
    let without = |lines: Vec<Vec<String>>| {
        lines.into_iter().map(|l| l[..12].to_vec()).collect::<Vec<Vec<String>>>()
    };
    assert_eq!(without(rows(served)), without(lines), "the same from the web");
    // What is told of the year to date alone stands in the quarter's report with its period.
    let (_, _, served) = site.bytes("/api/v1/report.xlsx?period=2025-Q4").await;
    let served = rows(served);
    let referred = served.iter().find(|l| l[2] == "referrals").unwrap();
    assert!(referred[1].ends_with(" (năm\u{a0}2025)"), "{referred:?}");
    assert_eq!((referred[6].as_str(), referred[10].as_str()), ("6", "2025-Q4.1"), "{referred:?}");
    let none = site.get("/api/v1/report.xlsx?period=2031-Q1").await;
    assert_eq!(none.status, http::StatusCode::NOT_FOUND, "no other period instead");

    // A period of which nothing is published.
    let none = ["--period", "2023-Q1", "--xlsx", &path(&file("none.xlsx"))];
    let refused = report(&none).write(site.pool.clone(), None).await.unwrap_err();
    assert!(refused.is_bad_input(), "{refused}");
    assert!(refused.to_string().contains("the newest quarter is 2025-Q4"), "{refused}");
    assert!(!file("none.xlsx").exists());

    // On paper, by a real browser.
    let pdf = file("province.pdf");
    let root = dir.path().join("site");
    fs::create_dir(&root).unwrap();
    let asked = ["--period", "2025-Q4", "--pdf", &path(&pdf)];
    report(&[&asked[..], &origin[..]].concat())
        .write(site.pool.clone(), Some(state(&site.pool, &root)))
        .await
        .unwrap();
    let printed = fs::read(&pdf).unwrap();
    assert!(printed.starts_with(b"%PDF-") && printed.len() > 20_000, "{}", printed.len());
    cluster.stop().await.unwrap();
}

/// What is no browser prints nothing, and leaves no file.
#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_prints_nothing_leaves_no_file() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::import(&workshop, QUARTERS[0]).await;
    workshop.build(QUARTERS[0]).await;
    workshop.publish(&workshop.bundle_dir(QUARTERS[0])).await.unwrap();
    let dir = tempfile::tempdir().unwrap();
    let (site, pdf) = (dir.path().join("site"), dir.path().join("report.pdf"));
    fs::create_dir_all(site.join("pkg")).unwrap();
    let output = tokio::task::spawn_blocking({
        let (data, site, pdf) = (dir.path().join("data"), site.clone(), pdf.clone());
        let reader = workshop.urls.reader.to_url_lossy();
        move || {
            Command::new(env!("CARGO_BIN_EXE_portal"))
                .env("PORTAL_DATA_DIR", data)
                .env("PORTAL_PUBLIC_URL", reader.as_str())
                .env("CHROMIUM", "/bin/false")
                .args(["report", "--origin", "http://127.0.0.1:3000", "--site"])
                .arg(site)
                .arg("--pdf")
                .arg(pdf)
                .output()
                .unwrap()
        }
    });
    let output = output.await.unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("Chromium printed nothing"), "{said}");
    assert!(!pdf.exists());
    let error = ReportError::Browser { status: "exit status: 1".to_owned(), said: String::new() };
    assert!(!error.is_bad_input());
    cluster.stop().await.unwrap();
}
