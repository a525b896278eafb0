//! What does not balance is refused, with the sums; so are releases out of order.

use model::figure::Address;
use model::{Cell, Dim, Item};
use server::release::BuildError;
use server::release::build::{Edition, Request, build, check};
use server::release::changes;
use store::testing::TestCluster;

use super::extract::{Block, cases};
use super::story;
use super::workshop::{Workshop, listing, quarter, request, shows};

fn lines(error: BuildError) -> Vec<String> {
    match error {
        BuildError::Unbalanced(lines) => lines,
        other => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn control_totals_that_do_not_meet_the_register_are_refused() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let blocks = story::blocks("2024-Q4");
    // One case more than the register holds, and two of a body that the register knows nothing of.
    let totals = [("UBND-405", [0, 8, 0, 0, 0, 8]), ("TTT", [2, 0, 0, 2, 0, 0])];
    story::import_with(&workshop, "2024-Q4", &blocks, &totals).await;
    let expected = |body, line, counted: u32, reported: u32| {
        format!(
            "case-flow-body, body {body}, 2024-Q4, {line}: the register counts {counted}, the body \
             reported {reported}"
        )
    };
    assert_eq!(
        lines(workshop.refused("2024-Q4").await),
        [
            expected("TTT", "opening", 0, 2),
            expected("TTT", "ended", 0, 2),
            expected("UBND-405", "entered", 7, 8),
            expected("UBND-405", "closing", 7, 8),
        ]
    );
    assert!(listing(&workshop.releases()).is_empty());

    // A body without totals is no better than one with wrong ones.
    let workshop = Workshop::new(&cluster).await;
    story::import_with(&workshop, "2024-Q4", &blocks, &[]).await;
    let said = lines(workshop.refused("2024-Q4").await);
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("body UBND-405, 2024-Q4"), "{said:?}");
    assert!(said[0].contains("the body reported no control totals"), "{said:?}");
    assert!(listing(&workshop.releases()).is_empty());
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_is_not_published_to_be_seen_before_the_one_that_precedes_it() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let minute = |text: &str| text.parse().unwrap();
    story::import(&workshop, "2024-Q4").await;
    workshop.build_for("2024-Q4", minute("2025-01-02T01:00:00Z")).await;
    story::import(&workshop, "2025-Q1").await;
    let early = Request {
        visible_from: minute("2025-01-02T00:59:00Z"),
        ..request(Edition::First(quarter("2025-Q1")))
    };
    let archive = workshop.archive();
    let refused = build(&workshop.register, &archive, &workshop.keys, &early).await.unwrap_err();
    assert!(matches!(refused, BuildError::TooEarly { .. }), "{refused}");
    // Nor does a bundle that was built elsewhere come out.
    let later = minute("2025-01-02T01:00:00Z");
    let mut release = workshop.build_for("2025-Q1", later).await.release;
    release.visible_from = early.visible_from;
    let dir = workshop.bundle_dir("2025-Q1");
    std::fs::remove_dir_all(&dir).unwrap();
    let list = changes::csv(&[], None, &release.sign_off.approved_by).unwrap();
    assert_eq!(workshop.sign(&release, list), dir);
    workshop.publish(&workshop.bundle_dir("2024-Q4")).await.unwrap();
    let before = workshop.published().await;
    let refused = workshop.publish(&workshop.bundle_dir("2025-Q1")).await.unwrap_err().to_string();
    assert!(refused.contains("it would be public before 2024-Q4.1"), "{refused}");
    assert!(refused.contains("--visible-from"), "{refused}");
    assert_eq!(workshop.published().await, before);

    // The database would keep another instant than the manifest: no figure would be proved.
    let workshop = Workshop::new(&cluster).await;
    story::import(&workshop, "2024-Q4").await;
    let bundle = workshop.build_for("2024-Q4", "2025-01-02T01:00:00.0000001Z".parse().unwrap());
    let refused = workshop.publish(&bundle.await.dir).await.unwrap_err().to_string();
    assert!(refused.contains("from a fraction of a microsecond on"), "{refused}");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_that_the_gate_would_not_see_is_refused() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::import(&workshop, "2024-Q4").await;
    let mut release = workshop.build("2024-Q4").await.release;
    let archive = workshop.archive();
    check(&workshop.register, &archive, &workshop.keys, &release).await.unwrap();
    // A field by the quarter and the district, which no table is defined to hold.
    let cell = Address::total(quarter("2024-Q4"), Item::Received)
        .with(Dim::Area, "D380")
        .with(Dim::Field, "land_housing");
    let table = release.tables.iter_mut().find(|t| t.definition.id == "cases-by-field").unwrap();
    table.cells.push(Cell::shown(cell, 7));
    let error = check(&workshop.register, &archive, &workshop.keys, &release).await.unwrap_err();
    let said = error.to_string();
    assert!(said.contains("1 published figures, first area D380, body all, kind all"), "{said}");
    assert!(said.contains("field land_housing, 2024-Q4, received"), "{said}");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_changed_behind_published_figures_is_refused_until_it_is_withdrawn() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    for quarter in ["2024-Q4", "2025-Q1"] {
        story::import(&workshop, quarter).await;
        workshop.build(quarter).await;
    }
    story::import(&workshop, "2025-Q2").await;
    // The extract for Q1 once more: block A did not end in Q1 after all, but in Q2.
    let behind = [story::a()];
    let outcome =
        workshop.import_texts(&[("behind", cases(story::extract_date("2025-Q1"), &behind))]).await;
    let said = lines(workshop.refused("2025-Q2").await);
    let published = |table: &str, item: &str, published: u32, counted: u32| {
        said.iter().any(|line| {
            line.starts_with(&format!("{table}, area 38, body all, kind civil, field all, 2025-Q1"))
                && line.contains(&format!(
                    "{item}: published {published}, the register now counts {counted};"
                ))
        })
    };
    assert!(published("case-flow", "ended", 6, 0), "{said:#?}");
    assert!(published("case-flow", "closing", 15, 21), "{said:#?}");
    assert!(published("durations", "settled", 6, 0), "{said:#?}");
    // The opening of Q2 is the closing of Q1, so the body's own report is missed as well.
    let opening = "case-flow-body, body UBND-380, 2025-Q2, opening: the register counts 13, the \
                   body reported 7";
    assert!(said.iter().any(|line| line == opening), "{said:#?}");

    workshop.register.withdraw(outcome.files[0].batch_id).await.unwrap();
    let bundle = workshop.build("2025-Q2").await;
    shows(&bundle, "case-flow", "2025-Q2", "civil", "opening 15, entered 9, closing 24");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_reported_late_stands_in_its_own_line_of_a_later_period() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    for quarter in ["2024-Q4", "2025-Q1"] {
        story::import(&workshop, quarter).await;
        workshop.build(quarter).await;
    }
    // Nine complaints of Q1 that are first reported in Q2: five with an end in Q1, which so counts
    // in Q2, four without.
    let late = || Block::complaints("L", 9).received("2025-01-20", "14755").before("UBND-380");
    let mut blocks = story::blocks("2025-Q2");
    blocks.extend([late(), late().first(5).settled("2025-02-10")]);
    let mut totals = story::totals("2025-Q2");
    totals[0] = ("UBND-380", [7, 9, 0, 5, 0, 11]);
    // A file holds a record once, so that the five ends come in a later file of the same day.
    let settled = blocks.pop().unwrap();
    story::import_with(&workshop, "2025-Q2", &blocks, &totals).await;
    workshop.import_texts(&[("settled", cases(story::extract_date("2025-Q2"), &[settled]))]).await;
    let bundle = workshop.build("2025-Q2").await;
    let province = "opening 15, entered 18, workload 33, ended 5, closing 28";
    shows(&bundle, "case-flow", "2025-Q2", "civil", province);

    for quarter in ["2025-Q3", "2025-Q4"] {
        let mut totals = story::totals(quarter);
        if quarter == "2025-Q3" {
            totals[0] = ("UBND-380", [11, 0, 0, 7, 4, 0]);
            totals[5] = ("UBND-14758", [0, 21, 4, 0, 0, 25]);
        } else {
            totals[2] = ("UBND-14758", [25, 0, 0, 0, 0, 25]);
        }
        let mut blocks = story::blocks(quarter);
        if quarter == "2025-Q3" {
            // The last four of L.
            blocks.push(late().from(6).before("UBND-14758"));
        }
        story::import_with(&workshop, quarter, &blocks, &totals).await;
        let bundle = workshop.build(quarter).await;
        if quarter == "2025-Q4" {
            // L and H.
            let year = "opening 7, received 56, late_entry 14, entered 70";
            shows(&bundle, "case-flow", "2025", "civil", year);
        }
    }
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn releases_are_built_in_order_once_and_from_what_is_there() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let error = workshop.refused("2024-Q4").await;
    assert!(matches!(error, BuildError::Empty(_)), "{error}");
    for quarter in ["2024-Q4", "2025-Q1", "2025-Q2"] {
        story::import(&workshop, quarter).await;
    }
    let error = workshop.refused("2025-6M").await;
    assert!(matches!(error, BuildError::NotAQuarter(_)), "{error}");
    workshop.build("2024-Q4").await;

    // A quarter is skipped.
    let error = workshop.refused("2025-Q2").await;
    assert!(matches!(error, BuildError::MissingBundle { .. }), "{error}");
    assert!(error.to_string().contains("2025-Q2.1 needs the bundle of 2025-Q1.1"), "{error}");
    // Built already, and before the first.
    for quarter in ["2024-Q4", "2024-Q3"] {
        let error = workshop.refused(quarter).await;
        assert!(matches!(error, BuildError::AlreadyPublished(_)), "{error}");
    }

    // A bundle in the middle of the log is gone.
    for quarter in ["2025-Q1", "2025-Q2"] {
        workshop.build(quarter).await;
    }
    let aside = workshop.dir.path().join("aside");
    std::fs::rename(workshop.bundle_dir("2025-Q1"), &aside).unwrap();
    story::import(&workshop, "2025-Q3").await;
    let error = workshop.refused("2025-Q3").await;
    assert!(error.to_string().contains("entry 1 of the log of releases is missing"), "{error}");
    std::fs::rename(&aside, workshop.bundle_dir("2025-Q1")).unwrap();

    // Something stands where the bundle belongs.
    std::fs::create_dir(workshop.dir.path().join("taken")).unwrap();
    let request = Request {
        out: Some(workshop.dir.path().join("taken")),
        ..request(Edition::First(quarter("2025-Q3")))
    };
    let error =
        build(&workshop.register, &workshop.archive(), &workshop.keys, &request).await.unwrap_err();
    assert!(error.to_string().contains("never overwritten"), "{error}");
    assert!(listing(&workshop.dir.path().join("taken")).is_empty());
    workshop.build("2025-Q3").await;
    cluster.stop().await.unwrap();
}
