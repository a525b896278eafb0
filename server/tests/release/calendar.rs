//! The release calendar: what is announced is kept, moved in public, and binds what is published.

use std::path::Path;

use axum::http::StatusCode;
use clap::Parser;
use jiff::Timestamp;
use server::calendar::{Calendar, CalendarError, run};
use server::release::publish::publish_at;
use store::testing::TestCluster;

use super::site::Site;
use super::story;
use super::workshop::Workshop;

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    calendar: Calendar,
}

/// Does what `portal calendar` would with these arguments, on 1 December 2025.
async fn calendar(workshop: &Workshop, arguments: &[&str]) -> Result<(), CalendarError> {
    let now: Timestamp = "2025-12-01T00:00:00Z".parse().unwrap();
    let line = Line::try_parse_from(std::iter::once(&"portal").chain(arguments)).unwrap();
    run(&workshop.publisher, line.calendar, now).await
}

const WHY: [&str; 4] = [
    "--reason-vi",
    "Hai xã gửi số liệu muộn.",
    "--reason-en",
    "Two communes sent their figures late.",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_release_is_announced_moved_and_comes_out_at_its_minute() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    for quarter in ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3"] {
        story::import(&workshop, quarter).await;
        workshop.build(quarter).await;
        workshop.publish(&workshop.bundle_dir(quarter)).await.unwrap();
    }
    let site = Site::over(&workshop).await;
    let page = site.get("/vi/lich-cong-bo").await.text;
    for words in ["2025-Q4.1", "không trước ngày 30/12/2025", "2026-Q3.1", "Chưa thông báo"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("Không có cơ quan nào được thông báo"), "{page}");
    assert!(page.contains("không báo trước"), "{page}");

    calendar(&workshop, &["announce", "2025-Q4.1", "2025-12-30T08:00:00+07:00"]).await.unwrap();
    calendar(&workshop, &["confirm", "2025-Q4.1"]).await.unwrap();
    let moved = [&["move", "2025-Q4.1", "2026-01-06T08:30:00+07:00"], &WHY[..]].concat();
    calendar(&workshop, &moved).await.unwrap();
    let page = site.get("/vi/lich-cong-bo").await.text;
    for words in
        ["06/01/2026, 8:30", "Đã dời", "Trước đó báo 30/12/2025, 8:00", "Hai xã gửi số liệu muộn."]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let english = site.get("/en/release-calendar").await.text;
    assert!(english.contains("Two communes sent their figures late."), "{english}");

    // Not confirmed again, and for another minute: neither comes out.
    story::import(&workshop, "2025-Q4").await;
    let other = workshop.build_for("2025-Q4", "2026-01-06T01:00:00Z".parse().unwrap()).await;
    let before = workshop.published().await;
    let key = workshop.keys.log.verifier();
    let publish = async |dir: &Path, now: &str| {
        publish_at(&workshop.publisher, dir, key, now.parse().unwrap()).await
    };
    let refused = publish(&other.dir, "2026-01-03T00:00:00Z").await.unwrap_err().to_string();
    assert!(refused.contains("does not confirm it yet"), "{refused}");
    calendar(&workshop, &["confirm", "2025-Q4.1"]).await.unwrap();
    let refused = publish(&other.dir, "2026-01-03T00:00:00Z").await.unwrap_err().to_string();
    assert!(refused.contains("announces it for 2026-01-06T01:30:00Z"), "{refused}");
    std::fs::remove_dir_all(&other.dir).unwrap();
    let bundle = workshop.build_for("2025-Q4", "2026-01-06T01:30:00Z".parse().unwrap()).await;
    let refused = publish(&bundle.dir, "2026-01-06T01:30:00Z").await.unwrap_err().to_string();
    assert!(refused.contains("has passed"), "{refused}");
    assert_eq!(workshop.published().await, before);
    publish(&bundle.dir, "2026-01-06T01:29:59Z").await.unwrap();
    let page = site.get("/vi/lich-cong-bo").await.text;
    assert!(page.contains("đúng lịch") && page.contains("06/01/2026, 8:30"), "{page}");
    // What was announced stays announced, and what is over is not announced.
    let late = calendar(&workshop, &["announce", "2025-Q3.1", "2025-12-30T08:00:00+07:00"]).await;
    assert!(matches!(late, Err(CalendarError::Loaded(..))), "{late:?}");
    for statement in ["delete from announcements", "update announcements set minute = now()"] {
        let publisher = workshop.urls.publisher.clone();
        let mut connection = sqlx::ConnectOptions::connect(&publisher).await.unwrap();
        let refused = sqlx::query(statement).execute(&mut connection).await.unwrap_err();
        assert!(refused.to_string().contains("permission denied"), "{refused}");
    }
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_release_says_why_and_offices_with_early_access_are_named() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::import(&workshop, "2024-Q4").await;
    workshop.build("2024-Q4").await;
    workshop.publish(&workshop.bundle_dir("2024-Q4")).await.unwrap();
    let site = Site::over(&workshop).await;
    calendar(&workshop, &["announce", "2025-Q1.1", "2026-03-30T08:00:00+07:00"]).await.unwrap();
    let cancel = [&["cancel", "2025-Q1.1"], &WHY[..]].concat();
    calendar(&workshop, &cancel).await.unwrap();
    let again = calendar(&workshop, &cancel).await;
    assert!(matches!(again, Err(CalendarError::Cancelled(_))), "{again:?}");
    let page = site.get("/en/release-calendar").await;
    // Cancelled is not for ever.
    calendar(&workshop, &["announce", "2025-Q1.1", "2026-04-30T08:00:00+07:00"]).await.unwrap();
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Cancelled"), "{}", page.text);
    assert!(page.text.contains("Two communes sent their figures late."), "{}", page.text);

    let grant = |hours: &'static str, who: &'static str| {
        [
            "access",
            "--who-vi",
            who,
            "--who-en",
            "Provincial People’s Committee",
            "--purpose-vi",
            "Chuẩn bị họp báo.",
            "--purpose-en",
            "To prepare the press conference.",
            "--hours",
            hours,
        ]
    };
    calendar(&workshop, &grant("24", "UBND tỉnh")).await.unwrap();
    let page = site.get("/en/release-calendar").await.text;
    for words in ["Provincial People’s Committee", "24 hours", "press conference"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    calendar(&workshop, &grant("0", "UBND tỉnh")).await.unwrap();
    let page = site.get("/en/release-calendar").await.text;
    assert!(page.contains("No office is announced"), "{page}");
    let unnamed = calendar(&workshop, &grant("24", " ")).await;
    assert!(matches!(unnamed, Err(CalendarError::Empty("the office"))), "{unnamed:?}");
    calendar(&workshop, &["list"]).await.unwrap();
    cluster.stop().await.unwrap();
}
