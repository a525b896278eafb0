//! What is said of published figures: at once on their pages, in their files and in the list; and
//! what is refused, with nothing recorded.

use std::process::{Command, Output};

use app::published::today;
use app::wire::site::PublishingBody;
use axum::http::StatusCode;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use model::{Cell, Status, Text};
use proof::figure_id;
use server::release::bundle::Bundle;
use sqlx::ConnectOptions as _;
use store::testing::TestCluster;

use super::site::Site;
use super::story;
use super::workshop::Workshop;

/// `portal` with `arguments` on the published database of `workshop`.
fn portal(workshop: &Workshop, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_portal"))
        .env("PORTAL_PUBLISHER_URL", workshop.urls.publisher.to_url_lossy().as_str())
        .env("PORTAL_DATA_DIR", workshop.dir.path())
        .args(arguments)
        .output()
        .unwrap()
}

fn said(workshop: &Workshop, arguments: &[&str]) -> String {
    let output = portal(workshop, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

/// Refused as bad input, with a message that has all of `why` in it.
fn refused(workshop: &Workshop, arguments: &[&str], why: &[&str]) {
    let output = portal(workshop, arguments);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
    for part in why {
        assert!(message.contains(part), "{arguments:?}: {part}: {message}");
    }
}

/// How many rows the three tables of remarks have.
async fn recorded(workshop: &Workshop) -> i64 {
    let count = "select (select count(*) from explanations) + (select count(*) from challenges)
         + (select count(*) from challenge_answers)";
    sqlx::query_scalar(count).fetch_one(&workshop.owner).await.unwrap()
}

/// A shown figure of `bundle` that `wanted` chooses, with its table.
fn shown(bundle: &Bundle, wanted: impl Fn(&str, &Cell) -> bool) -> (&str, &Cell) {
    let tables = bundle.release.tables.iter();
    let mut cells = tables.flat_map(|t| t.cells.iter().map(|c| (t.definition.id.as_str(), c)));
    let found = cells.find(|(id, c)| {
        c.status == Status::Shown && c.value.is_some_and(|n| n > 0) && wanted(id, c)
    });
    found.expect("a figure")
}

fn name((table, cell): (&str, &Cell)) -> String {
    figure_id(table, &cell.address).to_string()
}

fn days_ago(days: i64) -> Date {
    today().checked_sub(days.days()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn explanations_and_challenges_stand_beside_the_figure_at_once() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let site = Site::over(&workshop).await;
    let archive = workshop.archive();
    let bundle = archive.bundles().last().unwrap();
    let figure = shown(bundle, |table, _| table == "case-flow");
    let id = name(figure);
    let vi = async || site.get(&format!("/vi/so-lieu/{id}")).await.text;
    let en = async || site.get(&format!("/en/figures/{id}")).await.text;
    assert!(!vi().await.contains("id=\"remarks\""));
    for (page, empty, how) in [
        ("/vi/kiem-tra-lai-so-lieu", "Chưa có yêu cầu", "Gửi yêu cầu kiểm tra lại"),
        ("/en/challenges", "No challenge to a figure", "Challenge a figure"),
    ] {
        let list = site.get(page).await;
        assert_eq!(list.status, StatusCode::OK);
        for part in [empty, how] {
            assert!(list.text.contains(part), "{part}: {}", list.text);
        }
    }

    let attack = "<script>alert(1)</script> Gồm cả vụ việc chuyển từ kỳ trước.";
    let reply = ["reply", "--body", "TTT", "--figure", &id, "--on", "2026-01-05"];
    said(&workshop, &[&reply[..], &["--text-vi", attack]].concat());
    let page = vi().await;
    for part in [
        "Giải trình và kiểm tra lại",
        "05/01/2026",
        "href=\"/vi/co-quan/TTT\"",
        "&lt;script&gt;alert(1)&lt;/script&gt; Gồm cả",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("<script>alert"), "{page}");
    let page = en().await;
    for part in ["Explanations and challenges", "In Vietnamese only:", "<p lang=\"vi\">&lt;script"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    // A body without a page of its own is named.
    let of_commune = ["reply", "--body", "UBND-14845", "--figure", &id, "--text-vi", "Đã rà soát."];
    said(&workshop, &[&of_commune[..], &["--text-en", "Reviewed."]].concat());
    let page = en().await;
    assert!(page.contains("Reviewed.") && page.contains("People's Committee of"), "{page}");

    let (received, answered) = (days_ago(5).to_string(), days_ago(2).to_string());
    let open = ["challenge", "open", "--figure", &id, "--received", &received];
    let number = said(&workshop, &[&open[..], &["--text-vi", "Cao hơn <b>sổ</b>."]].concat());
    assert_eq!(number, "1");
    let page = vi().await;
    for part in ["Yêu cầu kiểm tra lại số 1", "Đang chờ trả lời, đã 5\u{a0}ngày.", "&lt;b>sổ"]
    {
        assert!(page.replace("&gt;", ">").contains(part), "{part}: {page}");
    }
    let listed = said(&workshop, &["challenge", "list"]);
    assert_eq!(listed, format!("1\t{id}@2025-Q4.1\t{received}\topen\t5 days"));

    let texts = ["--text-vi", "Đã đối chiếu.", "--text-en", "Checked against the register."];
    let answer = ["challenge", "answer", "1", "--outcome", "upheld", "--on", &answered];
    said(&workshop, &[&answer[..], &texts[..]].concat());
    let page = en().await;
    for part in ["The figure is right and stands.", "after 3\u{a0}days.", "Checked against the"] {
        assert!(page.contains(part), "{part}: {page}");
    }

    // The figure is corrected after the second challenge.
    said(&workshop, &[&open[..], &["--text-vi", "Thiếu một xã."]].concat());
    let value = figure.1.value.map(|n| n + 1);
    workshop
        .revise(bundle, |table, cells| {
            let ours =
                cells.iter_mut().filter(|c| (table, &c.address) == (figure.0, &figure.1.address));
            ours.for_each(|c| c.value = value);
        })
        .await;
    let answer = ["challenge", "answer", "2", "--outcome", "corrected", "--release", "2025-Q4.2"];
    let said_so = ["--on", &received, "--text-vi", "Đã sửa."];
    said(&workshop, &[&answer[..], &said_so[..]].concat());
    for (page, parts) in [
        ("/vi/kiem-tra-lai-so-lieu", ["Đã trả lời: 2", "đã được sửa ở kỳ công bố", "trong ngày"]),
        ("/en/challenges", ["Answered: 2", "was corrected in release", "on the day it was"]),
    ] {
        let list = site.get(page).await.text;
        for part in parts {
            assert!(list.contains(part), "{part}: {list}");
        }
        assert!(list.contains(&format!("{id}@2025-Q4.1\"")), "{list}");
    }
    let json = site.get(&format!("/api/v1/figures/{id}.json")).await.text;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let (explanations, challenges) =
        (&json["remarks"]["explanations"], &json["remarks"]["challenges"]);
    assert_eq!(
        (explanations[1]["date"].as_str(), &explanations[1]["text"]["vi"]),
        (Some("2026-01-05"), &attack.into())
    );
    assert_eq!(
        (&challenges[0]["status"], &challenges[0]["answer"]["corrected_in"]),
        (&"corrected".into(), &"2025-Q4.2".into())
    );
    assert_eq!((&challenges[1]["status"], &challenges[1]["days"]), (&"upheld".into(), &3.into()));
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_explains_its_own_figures_of_a_period() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let site = Site::over(&workshop).await;
    let archive = workshop.archive();
    let find = |period: &str, table: &str, body: &str| {
        let mut bundles = archive.bundles().iter();
        let bundle = bundles.find(|b| b.release.id.period.to_string() == period).unwrap();
        let of = |c: &Cell| c.address.body == body && c.address.period.to_string() == period;
        name(shown(bundle, |id, c| id == table && of(c)))
    };
    let in_table = ["--period", "2025-Q1", "--table", "case-flow-body"];
    let reply =
        [&["reply", "--body", "UBND-380"], &in_table[..], &["--text-vi", "Có vụ việc đông người."]];
    said(&workshop, &reply.concat());
    let body = "case-flow-body";
    for (figure, explained) in [
        (find("2025-Q1", body, "UBND-380"), true),
        (find("2025-Q1", body, "UBND-392"), false),
        (find("2025-Q2", body, "UBND-380"), false),
        (find("2025-Q1", "case-flow", "all"), false),
    ] {
        let page = site.get(&format!("/vi/so-lieu/{figure}")).await.text;
        assert_eq!(page.contains("Có vụ việc đông người."), explained, "{figure}");
        let whole = "Về mọi số liệu của cơ quan này trong bảng này, quý\u{a0}I/2025.";
        assert_eq!(page.contains(whole), explained, "{page}");
    }

    // How a challenge is raised, where a body is named and figures are not simulated.
    sqlx::query("update releases set simulated = false").execute(&workshop.owner).await.unwrap();
    let name = Text::new("Thanh tra tỉnh", "Provincial Inspectorate");
    let contact = Some("so-lieu@example.org".to_owned());
    let list = site.published_by(PublishingBody { name, contact });
    let list = list.get("/vi/kiem-tra-lai-so-lieu").await.text;
    let main = list.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    assert!(main.contains("Thanh tra tỉnh.") && main.contains("mailto:so-lieu@"), "{main}");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_said_is_refused_and_nothing_is_recorded() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    for quarter in ["2024-Q4", "2025-Q1"] {
        story::import(&workshop, quarter).await;
        workshop.build(quarter).await;
        workshop.publish(&workshop.bundle_dir(quarter)).await.unwrap();
    }
    // The next release waits for its minute; the release before it became public in mid-year.
    story::import(&workshop, "2025-Q2").await;
    let hour = Timestamp::from_second(Timestamp::now().as_second() + 3_600).unwrap();
    let covered = workshop.build_for("2025-Q2", hour).await;
    workshop.publish(&workshop.bundle_dir("2025-Q2")).await.unwrap();
    sqlx::query("update releases set visible_from = '2025-06-30 01:00+00' where log_index < 2")
        .execute(&workshop.owner)
        .await
        .unwrap();
    let archive = workshop.archive();
    let id = name(shown(&archive.bundles()[1], |table, _| table == "case-flow"));
    let hidden = name(shown(&covered, |_, c| c.address.period.to_string() == "2025-Q2"));
    let tomorrow = days_ago(-1).to_string();
    let long = "ố".repeat(2_001);

    let open = |figure: &str, text: &str, day: &str, why: &[&str]| {
        let options = ["--figure", figure, "--text-vi", text, "--received", day];
        refused(&workshop, &[&["challenge", "open"], &options[..]].concat(), why);
    };
    let pinned = format!("{id}@2024-Q4.1");
    open(
        &hidden,
        "Sai.",
        "2025-07-01",
        &["--figure", "was not published by 2025-07-01", "--received"],
    );
    open(&format!("{hidden}@2025-Q2.1"), "Sai.", "2025-07-01", &["--figure", "its page"]);
    open("aaaaaaaaaaaaaaaa", "Sai.", "2025-07-01", &["--figure", "was not published"]);
    open(&pinned, "Sai.", "2025-07-01", &["--figure", "was not published"]);
    open(&id, "Sai.", "2025-06-29", &["was not published by 2025-06-29", "check --received"]);
    open("x", "Sai.", "2025-07-01", &["--figure", "copy it from the address"]);
    open(&id, "Sai.", &tomorrow, &["--received", "in the future"]);
    open(&id, "Sai.", "2025-13-01", &["--received"]);
    open(&id, " \n", "2025-07-01", &["--text-vi", "it is empty"]);
    open(&id, &long, "2025-07-01", &["--text-vi", "2001 characters", "2000 at most"]);
    for (personal, what) in [
        ("Gọi 0912.345.678.", "a phone number"),
        ("Hỏi an@example.vn", "an e-mail address"),
        ("CCCD 038 012 345 678", "an identity number"),
    ] {
        open(&id, personal, "2025-07-01", &["--text-vi", what, "leave out"]);
    }

    let reply = |arguments: &[&str], why: &[&str]| {
        refused(&workshop, &[&["reply", "--text-vi", "Đã rà soát."], arguments].concat(), why);
    };
    let on = ["--on", "2025-07-01"];
    reply(
        &[&["--body", "SXYZ", "--figure", &id], &on[..]].concat(),
        &["--body", "no body", "SNNMT"],
    );
    reply(
        &[&["--body", "TTT", "--figure", &hidden], &on[..]].concat(),
        &["--figure", "check --on"],
    );
    reply(&["--body", "TTT", "--figure", &id, "--on", &tomorrow], &["--on", "in the future"]);
    reply(&["--body", "TTT", "--figure", &id, "--text-en", ""], &["--text-en", "it is empty"]);
    let none = ["--period", "were published by", "--figure instead"];
    // Of a release under embargo; by a body counted with others; in a table that there isn't.
    reply(&["--body", "UBND-380", "--period", "2025-Q2"], &none);
    reply(&["--body", "UBND-14845", "--period", "2025-Q1"], &none);
    reply(
        &["--body", "UBND-380", "--period", "2025-Q1", "--table", "x"],
        &[&none[..], &["table x"]].concat(),
    );
    reply(&["--body", "TTT"], &["--figure"]);
    reply(&["--body", "TTT", "--figure", &id, "--period", "2025-Q1"], &["cannot be used with"]);
    reply(&["--body", "TTT", "--table", "case-flow"], &["--period"]);
    refused(&workshop, &["reply", "--body", "TTT", "--figure", &id], &["--text-vi"]);
    assert_eq!(recorded(&workshop).await, 0);

    let opened = ["--figure", &id, "--text-vi", "Sai.", "--received", "2025-07-02"];
    said(&workshop, &[&["challenge", "open"], &opened[..]].concat());
    let answer = |arguments: &[&str], why: &[&str]| {
        let words = ["--text-vi", "Đã đối chiếu."];
        refused(&workshop, &[&["challenge", "answer"], arguments, &words].concat(), why);
    };
    answer(&["9", "--outcome", "upheld", "--on", "2025-07-03"], &["no challenge 9", "list"]);
    answer(&["1", "--outcome", "upheld", "--on", "2025-07-01"], &["--on", "2025-07-02"]);
    answer(&["1", "--outcome", "upheld", "--on", &tomorrow], &["--on", "in the future"]);
    answer(&["1", "--outcome", "perhaps", "--on", "2025-07-03"], &["--outcome", "rejected"]);
    answer(&["1", "--outcome", "corrected", "--on", "2025-07-03"], &["--release"]);
    let with =
        |outcome, release| ["1", "--outcome", outcome, "--release", release, "--on", "2025-07-03"];
    answer(&with("upheld", "2025-Q1.1"), &["--release", "leave it out"]);
    answer(&with("rejected", "2025-Q1.1"), &["--release", "leave it out"]);
    for release in ["2024-Q4.1", "2025-Q1.1", "2025-Q2.1", "2031-Q1.1"] {
        answer(&with("corrected", release), &["--release", release, "does not correct"]);
    }
    assert_eq!(recorded(&workshop).await, 1);
    let rejected = ["challenge", "answer", "1", "--outcome", "rejected", "--on", "2025-07-03"];
    said(&workshop, &[&rejected[..], &["--text-vi", "Không nêu số nào."]].concat());
    answer(
        &["1", "--outcome", "upheld", "--on", "2025-07-04"],
        &["answered already", "new challenge"],
    );
    assert_eq!(recorded(&workshop).await, 2);
    let list = Site::over(&workshop).await.get("/en/challenges").await.text;
    assert!(list.contains("It was not about a figure."), "{list}");
    assert!(list.contains("In Vietnamese only:") && list.contains("after 1\u{a0}day."), "{list}");
    cluster.stop().await.unwrap();
}
