//! A correction: what it changes is listed and explained, nothing small follows from it, and what was
//! published before stays as it was.

use std::collections::BTreeSet;
use std::fs;

use axum::http::StatusCode;
use model::figure::Address;
use model::{Cell, Dim, Item as I, Reason, Status};
use server::release::BuildError;
use server::release::build::{Edition, audit};
use server::release::bundle::Bundle;
use server::release::changes::{self, Newest};
use server::release::releases::Releases;
use server::verify::{Request, verify};
use store::testing::TestCluster;

use super::corrected::{OTHERS, changes_of, correct, other, other_total, six_more, totals_after};
use super::extract::{Block, Total, cases};
use super::site::Site;
use super::story;
use super::workshop::{Workshop, listing, quarter, request, shows};

/// The story up to `last`, published.
async fn published_to(workshop: &Workshop, last: &str) {
    for quarter in story::QUARTERS.into_iter().take_while(|q| *q <= last) {
        story::import(workshop, quarter).await;
        workshop.build(quarter).await;
        workshop.publish(&workshop.bundle_dir(quarter)).await.unwrap();
    }
}

fn cells(bundle: &Bundle) -> impl Iterator<Item = (&str, &Cell)> {
    let tables = bundle.release.tables.iter();
    tables.flat_map(|t| t.cells.iter().map(|c| (t.definition.id.as_str(), c)))
}

/// A member and every one that it is a part of.
fn around(dim: Dim, code: &str) -> BTreeSet<String> {
    let mut codes = BTreeSet::from([code.to_owned()]);
    loop {
        let before = codes.len();
        for partition in dim.members().partitions() {
            if partition.children.iter().any(|child| codes.contains(child)) {
                codes.insert(partition.parent.clone());
            }
        }
        if codes.len() == before {
            return codes;
        }
    }
}

/// What a reader of all releases can work out.
async fn exposed(workshop: &Workshop, bundle: &Bundle) -> (usize, Vec<String>) {
    let archive = workshop.archive();
    let found = audit(&workshop.register, &archive, &workshop.keys, &bundle.release).await.unwrap();
    (found.sensitive, found.exposed)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_changes_the_cell_and_the_shown_cells_that_contain_it() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let first = workshop.archive().bundles().last().unwrap().clone();
    let old_files: Vec<(std::path::PathBuf, Vec<u8>)> = listing(&workshop.releases())
        .into_iter()
        .filter(|p| p.is_file())
        .map(|p| (p.clone(), fs::read(&p).unwrap()))
        .collect();
    six_more(&workshop).await;
    let second = workshop.correct(Reason::Correction).await;
    assert_eq!(second.release.id.to_string(), "2025-Q4.2");

    // Stated from the story alone: six complaints about land, received and still open.
    let lines = [
        (Dim::Area, around(Dim::Area, "C14812")),
        (Dim::Body, around(Dim::Body, "UBND-14812")),
        (Dim::Kind, around(Dim::Kind, "complaint")),
        (Dim::Field, around(Dim::Field, "land_housing")),
    ];
    let counted = [
        I::Received,
        I::Entered,
        I::Workload,
        I::BodyWorkload,
        I::Closing,
        I::OpenWithin,
        I::NotMass,
        I::NotOverLevel,
        I::NotProlonged,
    ];
    let contains = |a: &Address| {
        ["2025-Q4", "2025"].contains(&a.period.to_string().as_str())
            && counted.contains(&a.item)
            && lines.iter().all(|(dim, codes)| codes.contains(a.member(*dim)))
    };
    let changes = changes_of(&workshop, &second);
    let mut changed = BTreeSet::new();
    for change in &changes {
        let (old, new) = (&change.old, change.new.as_ref().unwrap());
        assert!(contains(&old.address), "{} {}", change.table, old.address);
        assert_eq!((old.status, new.status), (Status::Shown, Status::Shown), "{}", old.address);
        assert_eq!(new.value, old.value.map(|v| v + 6), "{} {}", change.table, old.address);
        assert_eq!(change.revises, first.release.id);
        changed.insert((change.table.clone(), old.address.clone()));
    }
    // The cell itself, and each table that holds it.
    let at = |table: &str, period: &str, area: &str, kind: &str, item| {
        let address = Address::total(quarter(period), item).with(Dim::Kind, kind);
        (table.to_owned(), address.with(Dim::Area, area))
    };
    for expected in [
        at("case-flow", "2025-Q4", "38", "civil", I::Entered),
        at("case-flow", "2025", "38", "civil", I::Closing),
        at("case-flow-area", "2025-Q4", "D381", "civil", I::Entered),
        at("cases-commune", "2025", "C14812", "civil", I::Entered),
        at("timeliness", "2025-Q4", "38", "civil", I::OpenWithin),
    ] {
        assert!(changed.contains(&expected), "{expected:?} of {changed:#?}");
    }
    // All others are as they were, in the files too.
    for (table, cell) in cells(&second) {
        let old = cells(&first).find(|(t, c)| *t == table && c.address == cell.address).unwrap().1;
        let listed = changed.contains(&(table.to_owned(), cell.address.clone()));
        assert_eq!(listed, old != cell, "{table} {}", cell.address);
    }
    for (path, content) in old_files {
        assert_eq!(fs::read(&path).unwrap(), content, "{}", path.display());
    }
    let list = String::from_utf8(second.files["revisions.csv"].clone()).unwrap();
    assert_eq!(list.lines().count(), changes.len() + 1);
    let row = list.lines().find(|l| l.contains(",case-flow,2025-Q4,38,all,civil,all,all,entered,"));
    let row = row.unwrap_or_else(|| panic!("{list}"));
    assert!(row.ends_with(",2025-Q4.1,12,18,correction,Chánh Thanh tra tỉnh"), "{row}");

    let (_, found) = exposed(&workshop, &second).await;
    assert_eq!(found, Vec::<String>::new());
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_figure_says_what_it_is_now_and_its_file_is_still_proved() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let site = Site::over(&workshop).await;
    let address = Address::total(quarter("2025-Q4"), I::Entered).with(Dim::Kind, "civil");
    let id = proof::figure_id("case-flow", &address);
    let proof_of_old = format!("/api/v1/figures/{id}@2025-Q4.1.proof.json");
    let old_csv = site.get("/api/v1/releases/2025-Q4.1/tables/case-flow.csv").await.text;
    let kept = site.get(&proof_of_old).await.text;
    six_more(&workshop).await;
    let second = workshop.correct(Reason::Correction).await;

    for (page, words) in [
        (
            format!("/vi/so-lieu/{id}@2025-Q4.1"),
            ["đã được thay", ">12</b>", ">18</a>", "Đính chính", "Một xã báo cáo thiếu."],
        ),
        (
            format!("/en/figures/{id}@2025-Q4.1"),
            ["has been replaced", ">12</b>", ">18</a>", "Correction", "A commune had left out"],
        ),
        (
            format!("/en/figures/{id}"),
            ["Current:", ">18</b>", "12", "Correction", "A commune had left out"],
        ),
    ] {
        let text = site.get(&page).await.text;
        for word in words {
            assert!(text.contains(word), "{page}: {word}: {text}");
        }
    }
    // In somebody else's page: one follows the newest release, one stays and says that it is old.
    for (frame, value, words) in [
        (format!("/embed/vi/{id}"), ">18</b>", "số mới nhất có ở kỳ công bố 2025-Q4.2"),
        (format!("/embed/en/{id}@2025-Q4.1"), ">12</b>", "Fixed figure of release 2025-Q4.1"),
        (format!("/embed/en/{id}@2025-Q4.1"), ">12</b>", "has been replaced in release 2025-Q4.2"),
    ] {
        let answer = site.get_with(&frame, &[("host", "example.org")]).await;
        assert!(answer.text.contains(value) && answer.text.contains(words), "{}", answer.text);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("frame-ancestors *") && !policy.contains("script"), "{policy}");
        assert!(!answer.text.contains("<script"), "{}", answer.text);
        assert!(answer.text.contains("Simulated") || answer.text.contains("mô phỏng"));
    }
    let page = site.get_with(&format!("/en/figures/{id}"), &[("host", "example.org")]).await.text;
    for code in [format!("embed/en/{id}\" title"), format!("embed/en/{id}@2025-Q4.2\" title")] {
        assert!(page.contains(&code), "{code}: {page}");
    }
    for nothing in ["/embed/vi/aaaaaaaaaaaaaaaa", "/embed/fr/x", "/embed/vi/nothing"] {
        assert_eq!(site.get(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
    // Both versions, and what was downloaded before, are proved in the log as it is now.
    let key = workshop.keys.log.verifier();
    let releases = workshop.releases();
    for proof in [
        kept,
        site.get(&proof_of_old).await.text,
        site.get(&format!("/api/v1/figures/{id}@2025-Q4.2.proof.json")).await.text,
    ] {
        let file = workshop.dir.path().join("figure.proof.json");
        fs::write(&file, proof).unwrap();
        let request = Request { path: &file, key: Some(key), against: Some(&releases) };
        verify(&request).1.unwrap();
    }
    assert_eq!(site.get("/api/v1/releases/2025-Q4.1/tables/case-flow.csv").await.text, old_csv);
    let old = workshop.bundle_dir("2025-Q4");
    verify(&Request { path: &old, key: Some(key), against: None }).1.unwrap();
    verify(&Request { path: &releases, key: Some(key), against: None }).1.unwrap();

    // The release says what it changes and why; so do the feeds.
    let changes = changes_of(&workshop, &second).len();
    for (page, words) in [
        (
            "/vi/ky-cong-bo/2025-Q4.2",
            ["Đính chính", "Một xã báo cáo thiếu.", "Chánh Thanh tra tỉnh"],
        ),
        (
            "/en/releases/2025-Q4.2",
            ["Correction", "A commune had left out", "Chánh Thanh tra tỉnh"],
        ),
        ("/feeds/releases.vi.atom", ["2025-Q4.2", "Đính chính", "Một xã báo cáo thiếu."]),
        ("/feeds/releases.en.json", ["2025-Q4.2", "Correction", "A commune had left out cases."]),
    ] {
        let text = site.get_with(page, &[("host", "example.org")]).await.text;
        for word in words {
            assert!(text.contains(word), "{page}: {word}: {text}");
        }
        assert!(text.contains(&changes.to_string()), "{page}: {changes}: {text}");
    }
    let list = site.get("/en/releases/2025-Q4.2").await.text;
    assert!(list.contains(&format!("/en/figures/{id}@2025-Q4.1")), "{list}");
    assert!(site.get("/en/releases/2025-Q4.1").await.text.contains("/en/releases/2025-Q4.2"));
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_case_more_is_told_by_no_two_releases() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    published_to(&workshop, "2025-Q2").await;
    // Alone, one case more would have most of the figures around it withheld: it has to wait.
    let one = Block::complaints("E", 10).received("2025-04-10", "14845").before("UBND-384");
    let one = [one.from(10)];
    let totals = ("UBND-384", [0, 10, 0, 0, 0, 10]);
    let tenth = correct(&workshop, "2025-Q2", &one, &[totals]).await;
    let refused = workshop.try_correct(Reason::LateReport).await.unwrap_err();
    assert!(matches!(refused, BuildError::TooMuchWithheld(_)), "{refused}");
    // Together with more than that in other districts, it is told by none of them.
    let blocks: Vec<Block> = OTHERS.iter().map(other).collect();
    let totals: Vec<Total> = OTHERS.iter().map(other_total).collect();
    correct(&workshop, "2025-Q2", &blocks, &totals).await;
    let second = workshop.correct(Reason::LateReport).await;
    let changes = changes_of(&workshop, &second);
    let district = |code: &str| {
        let found = changes.iter().find(|c| {
            let a = &c.old.address;
            c.table == "case-flow-area"
                && a.area == code
                && a.item == I::Entered
                && a.period == quarter("2025-Q2")
        });
        found.map(|c| (c.old.value, c.new.as_ref().and_then(|new| new.value)))
    };
    assert_eq!(district("D384"), Some((Some(9), None)), "nine and one make ten");
    let (sensitive, found) = exposed(&workshop, &second).await;
    assert!(sensitive > 0);
    assert_eq!(found, Vec::<String>::new());
    // To show the new figure where the old one was shown is what the audit finds.
    let mut careless = second.clone();
    for cell in careless.release.tables.iter_mut().flat_map(|t| &mut t.cells) {
        let a = &cell.address;
        if a.area == "D384" && a.item == I::Entered && a.period == quarter("2025-Q2") {
            *cell = Cell::shown(a.clone(), 10);
        }
    }
    let (_, found) = exposed(&workshop, &careless).await;
    assert!(found.iter().any(|label| label.contains("version=change")), "{found:?}");

    // Taken back, the case would have the first figure shown again: that is a revision too.
    for file in &tenth.files {
        workshop.register.withdraw(file.batch_id).await.unwrap();
    }
    let mut late = story::blocks("2025-Q3");
    late.extend(blocks.clone().into_iter().map(|block| block.before("TTT")));
    story::import_with(&workshop, "2025-Q3", &late, &totals_after(9)).await;
    let refused = workshop.refused("2025-Q3").await;
    assert!(refused.to_string().contains("published 100, the register now counts 99"), "{refused}");
    assert!(refused.to_string().contains("portal release revise"), "{refused}");
    correct(&workshop, "2025-Q2", &one, &[("UBND-384", [0, 10, 0, 0, 0, 10])]).await;

    // The next quarter goes on from the corrected figures, and keeps the secret.
    let moved = Block::complaints("E", 10).received("2025-04-10", "14845").before("UBND-14845");
    correct(&workshop, "2025-Q3", &[moved.from(10)], &totals_after(10)).await;
    let third = workshop.build("2025-Q3").await;
    assert_eq!(changes_of(&workshop, &third), []);
    let (_, found) = exposed(&workshop, &third).await;
    assert_eq!(found, Vec::<String>::new());
    workshop.publish(&workshop.bundle_dir("2025-Q3")).await.unwrap();
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_of_an_older_quarter_brings_every_period_that_it_changes() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    published_to(&workshop, "2025-Q2").await;
    // Block A had 12 complaints, not 6, and none of the new ones was settled.
    let more = Block::complaints("A", 12).received("2025-01-10", "14755").before("UBND-380");
    correct(&workshop, "2025-Q1", &[more.from(7)], &[("UBND-380", [0, 12, 7, 6, 0, 13])]).await;
    // What they were to report of the next quarter is wrong now: the figures do not balance.
    let before = listing(&workshop.releases());
    let refused = workshop.try_correct(Reason::Correction).await.unwrap_err();
    assert!(matches!(&refused, BuildError::Unbalanced(_)), "{refused}");
    let said = refused.to_string();
    assert!(said.contains("body UBND-380, 2025-Q2, opening: the register counts 13"), "{said}");
    assert_eq!(listing(&workshop.releases()), before);
    correct(&workshop, "2025-Q2", &[], &[("UBND-380", [13, 0, 0, 0, 0, 13])]).await;
    let second = workshop.correct(Reason::Correction).await;
    assert_eq!(second.release.id.to_string(), "2025-Q2.2");
    shows(&second, "case-flow", "2025-Q1", "civil", "entered 20, settled 6, closing 21");
    shows(&second, "case-flow", "2025-Q2", "civil", "opening 21, entered 9, closing 30");
    shows(&second, "case-flow", "2025-6M", "civil", "entered 29, closing 30");
    // What it does not change of older periods is not in it.
    let periods = |table: &str| -> BTreeSet<String> {
        cells(&second)
            .filter(|(t, _)| *t == table)
            .map(|(_, c)| c.address.period.to_string())
            .collect()
    };
    assert_eq!(periods("petitions"), BTreeSet::from(["2025-Q2".into(), "2025-6M".into()]));
    assert!(periods("case-flow").contains("2025-Q1"));
    assert_eq!(exposed(&workshop, &second).await.1, Vec::<String>::new());
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_needs_something_to_revise_and_words_for_it() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let refused = workshop.try_correct(Reason::Correction).await.unwrap_err();
    assert!(matches!(refused, BuildError::NothingPublished), "{refused}");
    published_to(&workshop, "2025-Q1").await;
    let refused = workshop.try_correct(Reason::Correction).await.unwrap_err();
    assert!(matches!(refused, BuildError::NothingRevised(_)), "{refused}");
    let edition = Edition::Revision(Reason::Correction);
    for notes in [None, Some(model::Text::new("Một xã báo cáo thiếu.", " "))] {
        let request = server::release::build::Request { notes, ..request(edition) };
        let (register, archive) = (&workshop.register, workshop.archive());
        let refused =
            server::release::build::build(register, &archive, &workshop.keys, &request).await;
        assert!(matches!(refused, Err(BuildError::NoNotes)), "{refused:?}");
    }
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_figure_is_changed_in_silence() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    published_to(&workshop, "2025-Q1").await;
    let archive = workshop.archive();
    let mut release = archive.bundles().last().unwrap().release.clone();
    release.id.revision = 2;
    release.gate["release"] = release.id.to_string().into();
    let cell = release.tables[0].cells.iter_mut().find(|c| c.value == Some(8)).unwrap();
    *cell = Cell::shown(cell.address.clone(), 9);
    let changes = Newest::of(archive.bundles()).changed_by(&release);
    assert_eq!(changes.len(), 1);
    let by = "Chánh Thanh tra tỉnh";
    let reason = Some(Reason::Correction);
    let (full, empty) = (changes::csv(&changes, reason, by), changes::csv(&[], reason, by));
    let (full, empty) = (full.unwrap(), empty.unwrap());
    let other_value = String::from_utf8(full.clone()).unwrap().replace(",8,9,", ",7,9,");
    for (reason, list, why) in [
        (None, &full, "gives no reason"),
        (reason, &empty, "is not the list of the 1 published figures"),
        (reason, &other_value.into_bytes(), "is not the list of the 1 published figures"),
        (Some(Reason::Method), &full, "is not the list of the 1 published figures"),
        (Some(Reason::Boundary), &full, "has no notes"),
    ] {
        release.reason = reason;
        let edition = Edition::Revision(Reason::Correction);
        release.notes = request(edition).notes.filter(|_| reason != Some(Reason::Boundary));
        let dir = workshop.sign(&release, list.clone());
        let before = workshop.published().await;
        let refused = workshop.publish(&dir).await.unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
        assert_eq!(workshop.published().await, before);
        let releases = Releases::read(&[workshop.releases()]).unwrap();
        let refused = releases.verify(workshop.keys.log.verifier()).unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
        fs::remove_dir_all(&dir).unwrap();
    }
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_that_are_counted_in_another_way_are_not_revised() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    published_to(&workshop, "2025-Q1").await;
    let archive = workshop.archive();
    let last = archive.bundles().last().unwrap();
    workshop
        .revise(last, |table, cells| {
            let closing = cells.iter_mut().filter(|c| c.address.item == I::Closing);
            closing.filter(|c| table == "case-flow" && c.value == Some(15)).for_each(|c| {
                c.value = Some(16);
            });
        })
        .await;
    // Nothing is kept of a release that was not built here.
    let refused = workshop.try_correct(Reason::Method).await.unwrap_err().to_string();
    assert!(refused.contains("restricted/2025-Q1.2/register.json"), "{refused}");
    // What is kept of another build is not taken for it.
    let kept = |release: &str| workshop.dir.path().join("restricted").join(release);
    fs::create_dir(kept("2025-Q1.2")).unwrap();
    for name in ["register.json", "certificates.json"] {
        fs::copy(kept("2025-Q1.1").join(name), kept("2025-Q1.2").join(name)).unwrap();
    }
    let refused = workshop.try_correct(Reason::Method).await.unwrap_err().to_string();
    assert!(refused.contains("was kept of another build"), "{refused}");
    let hash = |release: &str| {
        proof::sha256_hex(
            &fs::read(workshop.releases().join(release).join("manifest.json")).unwrap(),
        )
    };
    let register = fs::read_to_string(kept("2025-Q1.2").join("register.json")).unwrap();
    let register = register.replace(&hash("2025-Q1.1"), &hash("2025-Q1.2"));
    fs::write(kept("2025-Q1.2").join("register.json"), register).unwrap();
    let refused = workshop.try_correct(Reason::Method).await.unwrap_err();
    let BuildError::CountedOtherwise { published: 16, counted: 15, .. } = refused else {
        panic!("{refused}");
    };
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn many_people_who_turn_out_to_be_one_change_no_figure_that_was_shown() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    published_to(&workshop, "2025-Q1").await;
    // The six complaints of block A turn out to be one person's.
    let date = story::extract_date("2025-Q1");
    let one = cases(date, &[story::a().settled("2025-02-20")]);
    let same = one.lines().map(|line| match line.rsplit_once(',') {
        Some((rest, key)) if key.len() > 12 && key.chars().all(|c| c.is_ascii_hexdigit()) => {
            format!("{rest},{:0>16}", 7)
        }
        _ => line.to_owned(),
    });
    let same: String = same.map(|line| line + "\n").collect();
    assert_eq!(same.matches("0000000000000007").count(), 6, "{same}");
    workshop.import_texts(&[("same", same)]).await;
    let refused = workshop.try_correct(Reason::Correction).await.unwrap_err();
    assert!(matches!(refused, BuildError::NothingRevised(_)), "{refused}");
    story::import(&workshop, "2025-Q2").await;
    // What was shown of the quarter hinders nothing. The half-year's figures would be withheld, and of
    // so small a register that is too much.
    let refused = workshop.refused("2025-Q2").await;
    assert!(matches!(refused, BuildError::TooMuchWithheld(_)), "{refused}");
    cluster.stop().await.unwrap();
}
