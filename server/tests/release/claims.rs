//! Claims about figures, as readers make them: how each is to be judged stands in
//! `server/tests/claims`. `reviewer.toml` was written by somebody else, before there was a program.

use app::claim::check;
use app::data::check::Verdict;
use app::published::Published;
use axum::http::StatusCode;
use serde::Deserialize;
use store::testing::TestCluster;

use super::site::Site;
use super::story;
use super::workshop::Workshop;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    claim: Vec<Claim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    text: String,
    class: String,
    /// Table, period, members that are no totals, item.
    figure: Option<String>,
    /// The current value of the figure.
    value: Option<i64>,
}

/// The story, and a second revision of its last release with other figures.
async fn published(workshop: &Workshop) {
    story::publish(workshop).await;
    let archive = workshop.archive();
    let last = archive.bundles().last().unwrap();
    workshop
        .revise(last, |table, cells| {
            for cell in cells {
                let a = &cell.address;
                let province = a.area == "38" && a.body == "all" && a.field == "all";
                if !province || a.kind != "civil" {
                    continue;
                }
                let period = a.period.to_string();
                let corrected = match (table, period.as_str(), a.item.code()) {
                    (_, "2025-Q4", "settled") => 10,
                    ("petitions", "2025-Q4", "petitions_received") => 3245,
                    ("petitions", "2025", "petitions_received") => 10_847,
                    ("petitions", "2025", "petitions_processed") => 10_212,
                    _ => continue,
                };
                cell.value = Some(corrected);
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_claims_are_judged_as_their_table_says() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    published(&workshop).await;
    let site = Site::over(&workshop).await;
    let published = Published::over(site.pool.clone());
    let files = [include_str!("../claims/reviewer.toml"), include_str!("../claims/author.toml")];
    let mut wrong = Vec::new();
    let mut count = 0;
    for claim in files.iter().flat_map(|text| toml::from_str::<Claims>(text).unwrap().claim) {
        count += 1;
        let answers = check(&published, &claim.text).await.unwrap();
        let [answer] = answers.as_slice() else {
            wrong.push(format!("{}: {} numbers", claim.text, answers.len()));
            continue;
        };
        let found = match answer.verdict {
            Verdict::Current => "current",
            Verdict::Rounded => "rounded",
            Verdict::Superseded => "superseded",
            Verdict::Contradicted => "contradicted",
            Verdict::Unpublished => "unpublished",
            Verdict::Withheld => "withheld",
            Verdict::Unclear => "unclear",
        };
        let named = answer.matches.iter().any(|m| {
            let mut words = vec![m.table.clone(), m.address.period.to_string()];
            let members = model::Dim::ALL.map(|d| (d, m.address.member(d)));
            let told = members.iter().filter(|(dim, code)| *code != dim.total());
            words.extend(told.map(|(_, code)| (*code).to_owned()));
            words.push(m.address.item.code().to_owned());
            claim.figure.as_ref().is_none_or(|f| *f == words.join(" "))
                && claim.value.is_none_or(|value| m.newest.value == Some(value))
        });
        if found != claim.class || (claim.figure.is_some() && !named) {
            let matches: Vec<String> = answer
                .matches
                .iter()
                .map(|m| format!("{} {:?} {:?}", m.table, m.address, m.newest.value))
                .collect();
            wrong
                .push(format!("{}\n  is {}, found {found}: {matches:#?}", claim.text, claim.class));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 50, "{count}");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_recognised_and_its_altered_rows_are_named() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    published(&workshop).await;
    let site = Site::over(&workshop).await;
    let file = |release: &str, table: &str| {
        let path = workshop.releases().join(release).join(format!("tables/{table}.csv"));
        std::fs::read_to_string(path).unwrap()
    };
    let check = async |file: &str, verdict: &str, words: &[&str]| {
        let page = site.send("/en/check", "file", "x.csv", file.as_bytes()).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        let found = format!("data-verdict=\"{verdict}\"");
        assert!(page.text.contains(&found), "{verdict}: {}", page.text);
        for word in words {
            assert!(page.text.contains(word), "{word}: {}", page.text);
        }
    };
    // As it was signed, also what was replaced since; an unchanged one is that of both releases.
    let (old, new) = (file("2025-Q4.1", "petitions"), file("2025-Q4.2", "petitions"));
    check(&old, "signed", &["tables/petitions.csv", "2025-Q4.1"]).await;
    check(&new, "signed", &["tables/petitions.csv", "2025-Q4.2"]).await;
    check(&file("2025-Q4.2", "receptions"), "signed", &["2025-Q4.1", "2025-Q4.2"]).await;

    // Edited: one row says something else than any release.
    let altered =
        new.replace(",petitions_received,petition,3245,", ",petitions_received,petition,3254,");
    assert_ne!(altered, new);
    let line = altered.lines().position(|l| l.contains(",3254,")).unwrap() + 1;
    let named = format!("Line {line} says “3254”");
    check(&altered, "altered", &[&named, "<b>3,245</b>", "1 not what was published"]).await;
    // Rearranged by a spreadsheet, with rows of then and of now: each is what some release published.
    let rows: Vec<&str> = old.lines().rev().collect();
    let spreadsheet: Vec<String> = std::iter::once(old.lines().next().unwrap())
        .chain(rows[..rows.len() - 1].iter().copied())
        .map(|row| row.replace(',', ";"))
        .collect();
    check(&spreadsheet.join("\r\n"), "superseded", &["3 replaced since", "0 not what"]).await;
    let strange = format!("{new}2031-Q1,38,civil,petitions_received,petition,5,\n");
    check(&strange, "unknown", &["1 not among"]).await;

    // What a page hands out names each figure.
    let download = site.get("/api/v1/tables/petitions.csv?period=2025-Q4&lang=vi").await.text;
    check(&download, "current", &["0 not among the published figures"]).await;
    let altered = download.replacen(",3245,", ",9999,", 1);
    check(&altered, "altered", &["says “9999”"]).await;
    // The names of figures and their values stayed, but what they are said to be did not.
    let relabelled = download.replacen("2025-Q4,", "2025-Q3,", 1);
    assert_ne!(relabelled, download);
    check(&relabelled, "altered", &["says “period: 2025-Q3”", "1 not what was published"]).await;

    for (junk, why) in [
        ("item,number\nsettled,5\n", "no column “value”"),
        ("item,value\nsettled,5\n", "None of its rows"),
        ("item,value\nsettled\n", "read as a CSV table"),
        ("", "no column “value”"),
    ] {
        check(junk, "unreadable", &[why]).await;
    }
    let binary = site.send("/vi/kiem-chung", "file", "x.xlsx", &[0xff, 0xfe, 0]).await;
    assert!(binary.text.contains("không phải văn bản mã UTF-8"), "{}", binary.text);
    let many = format!("item,value\n{}", "settled,5\n".repeat(20_001));
    check(&many, "unreadable", &["more than 20,000 rows"]).await;
    let other = site.send("/en/check", "other", "x.csv", b"x").await;
    assert_eq!(other.status, StatusCode::BAD_REQUEST);
    let large = vec![b'x'; 3 << 20];
    let large = site.send("/en/check", "file", "x.csv", &large).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_what_became_of_what_is_asked() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    published(&workshop).await;
    let site = Site::over(&workshop).await;
    let settled = workshop.archive().bundles().last().unwrap().release.tables[0]
        .cells
        .iter()
        .find(|c| {
            c.address.item.code() == "settled" && c.address.kind == "civil" && c.value == Some(10)
        })
        .map(|c| proof::figure_id("case-flow", &c.address))
        .unwrap();
    for (question, verdict, words) in [
        (
            "9+vu+viec+khieu+nai,+kien+nghi+da+giai+quyet,+quy+IV/2025".to_owned(),
            "superseded",
            "Trước đó đã công bố",
        ),
        (
            format!("https://example.org/en/figures/{settled}"),
            "current",
            "số chính thức, hiện hành",
        ),
        (format!("{settled}@2025-Q4.1"), "superseded", "nay đã được thay"),
        ("tien+thu+hoi+573+trieu+dong".to_owned(), "unpublished", "<q>573</q>"),
        ("4711".to_owned(), "unpublished", "không có trong các số đã công bố"),
    ] {
        let page = site.get(&format!("/vi/kiem-chung?q={question}")).await;
        assert_eq!(page.status, StatusCode::OK);
        let found = format!("data-verdict=\"{verdict}\"");
        assert!(page.text.contains(&found), "{question}: {}", page.text);
        assert!(page.text.contains(words), "{question}: {}", page.text);
    }
    // However much is named, little is looked at.
    let many = "9+vu+viec+".repeat(40);
    let page = site.get(&format!("/vi/kiem-chung?q={many}")).await.text;
    assert_eq!(page.matches("data-verdict").count(), 8, "{page}");
    let districts = model::Dim::Area.members().at_level("district");
    let names: Vec<&str> = districts.map(|m| m.name.vi.trim_end_matches(" (cũ)")).collect();
    let claim = format!(
        "9 vụ việc tiếp nhận, giải quyết, quá hạn, đúng hạn, phải giải quyết, đang giải quyết, \
         tồn đầu kỳ, kết thúc, kéo dài, đông người: {}",
        names.join(", ")
    );
    let answers = check(&Published::over(site.pool.clone()), &claim).await.unwrap();
    assert_eq!(answers.iter().map(|a| a.verdict).collect::<Vec<_>>(), [Verdict::Unclear]);
    let places = [
        "muong lat",
        "quan son",
        "ba thuoc",
        "so xay dung",
        "so noi vu",
        "moi truong",
        "dat dai",
        "tham nhung",
    ];
    let all = places.join("+").replace(' ', "+");
    let page = site.get(&format!("/vi/kiem-chung?q=tiep+nhan+{all}+9+vu")).await;
    assert_eq!((page.status, page.text.matches("data-verdict").count()), (StatusCode::OK, 1));
    let empty = site.get("/en/check").await.text;
    assert!(!empty.contains("data-verdict") && empty.contains("Examples"), "{empty}");
    let mistyped =
        site.get("/en/check?q=https://example.org/en/figures/aaaaaaaaaaaaaaaa").await.text;
    assert!(mistyped.contains("No published figure has this name"), "{mistyped}");
    let nothing = site.get("/en/check?q=hello+2025").await.text;
    assert!(nothing.contains("There is no number in it"), "{nothing}");
    cluster.stop().await.unwrap();
}
