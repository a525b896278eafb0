//! The annual revision: what was reported late within a year moves into the quarter in which it happened;
//! what the year holds, and what is open at its end, stays.

use model::figure::Address;
use model::{Dim, Item as I, Reason};
use server::release::BuildError;
use server::release::build::{Edition, audit};
use server::release::bundle::Bundle;
use store::testing::TestCluster;

use super::corrected::{OTHERS, changes_of, correct, other, other_total, six_more, totals_after};
use super::extract::{Block, Total};
use super::story;
use super::workshop::{Workshop, listing, quarter};

/// Complaints of February, first reported with the second quarter.
fn late() -> Block {
    Block::complaints("L", 9).received("2025-02-10", "14845").before("UBND-384")
}

/// Recommendations of January that were answered on 1 March, which the second quarter's extract tells.
fn answered_late() -> Block {
    Block::recommendations("K", 14).received("2025-01-20", "14845").before("UBND-384")
}

/// The story, with both of them; after the quarter `corrected`, with a correction of it.
async fn publish(workshop: &Workshop, corrected: Option<&str>) {
    for at in story::QUARTERS {
        let (mut blocks, mut totals) = (story::blocks(at), story::totals(at));
        let open = if corrected.is_some() { 27 } else { 18 };
        let mut replace = |total: Total| {
            totals.retain(|(body, _)| *body != total.0);
            totals.push(total);
        };
        match at {
            "2025-Q1" => {
                blocks.push(answered_late());
                replace(("UBND-384", [0, 14, 0, 0, 0, 14]));
            }
            "2025-Q2" => {
                blocks.extend([late(), answered_late().settled("2025-03-01")]);
                replace(("UBND-384", [14, 18, 0, 14, 0, 18]));
            }
            "2025-Q3" => {
                blocks.push(late().before("UBND-14845"));
                if corrected.is_some() {
                    let more = Block::recommendations("M", 9).received("2025-05-20", "14845");
                    blocks.push(more.before("UBND-14845"));
                }
                replace(("UBND-384", [open, 0, 0, 0, open, 0]));
                replace(("UBND-14845", [0, 0, open, 0, 0, open]));
            }
            "2025-Q4" => replace(("UBND-14845", [open, 0, 0, 9, 0, open - 9])),
            _ => {}
        }
        story::import_with(workshop, at, &blocks, &totals).await;
        workshop.build(at).await;
        workshop.publish(&workshop.bundle_dir(at)).await.unwrap();
        if corrected == Some(at) {
            // Nine recommendations more in Muong Lat, received in May.
            let more = Block::recommendations("M", 9).received("2025-05-20", "14845");
            let totals = [("UBND-384", [14, 27, 0, 14, 0, 27])];
            correct(workshop, at, &[more.before("UBND-384")], &totals).await;
            workshop.correct(Reason::Correction).await;
        }
    }
}

async fn exposed(workshop: &Workshop, bundle: &Bundle) -> Vec<String> {
    let archive = workshop.archive();
    audit(&workshop.register, &archive, &workshop.keys, &bundle.release).await.unwrap().exposed
}

#[tokio::test(flavor = "multi_thread")]
async fn late_reports_move_into_their_quarters_and_the_year_stays() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    publish(&workshop, None).await;
    let refused = workshop.try_revise(Edition::Annual(2024)).await.unwrap_err();
    assert!(matches!(refused, BuildError::YearNotWhole(2024)), "{refused}");

    let revision = workshop.publish_edition(Edition::Annual(2025)).await;
    assert_eq!(revision.release.id.to_string(), "2025-Q4.2");
    assert_eq!(revision.release.reason, Some(Reason::LateReport));
    let changes = changes_of(&workshop, &revision);
    let of = |period: &str, item| {
        let address = Address::total(quarter(period), item).with(Dim::Kind, "civil");
        let found = changes.iter().find(|c| c.table == "case-flow" && c.old.address == address);
        found.map(|c| c.new.as_ref().unwrap().value.unwrap() - c.old.value.unwrap())
    };
    // Stated from the story alone.
    for (period, item, by) in [
        ("2025-Q1", I::Entered, Some(9)),
        ("2025-Q1", I::Settled, Some(14)),
        ("2025-Q1", I::Closing, Some(-5)),
        ("2025-Q2", I::Opening, Some(-5)),
        ("2025-Q2", I::Entered, Some(-9)),
        ("2025-Q2", I::Settled, Some(-14)),
        ("2025-Q2", I::Closing, None),
        ("2025-6M", I::Entered, None),
        ("2025-6M", I::Settled, None),
        ("2025", I::LateEntry, Some(-9)),
        ("2025", I::Received, Some(9)),
        ("2025", I::Entered, None),
        ("2025", I::Settled, None),
        ("2025", I::Closing, None),
        ("2025-Q3", I::Opening, None),
    ] {
        assert_eq!(of(period, item), by, "{period} {item:?}");
    }
    // What ward 14812, founded in July, reported late of May stays where it was: it was not there in May.
    let founded =
        |c: &&server::release::changes::Change| c.old.address.member(Dim::Body) == "UBND-14812";
    assert_eq!(changes.iter().find(founded), None);
    assert_eq!(exposed(&workshop, &revision).await, Vec::<String>::new());

    let again = workshop.try_revise(Edition::Annual(2025)).await.unwrap_err();
    assert!(matches!(again, BuildError::RevisedAnnually(2025)), "{again}");
    // Later releases count as this one does: nothing moves back.
    six_more(&workshop).await;
    let correction = workshop.correct(Reason::Correction).await;
    let changed = changes_of(&workshop, &correction);
    assert!(!changed.is_empty());
    for change in &changed {
        let period = change.old.address.period.to_string();
        assert!(["2025-Q4", "2025"].contains(&period.as_str()), "{}", change.old.address);
    }
    assert_eq!(exposed(&workshop, &correction).await, Vec::<String>::new());
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_corrected_during_the_year_moves_with_it() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    publish(&workshop, Some("2025-Q2")).await;
    let refused = workshop.try_correct(Reason::Correction).await.unwrap_err();
    assert!(matches!(refused, BuildError::NothingRevised(_)), "{refused}");
    let revision = workshop.publish_edition(Edition::Annual(2025)).await;
    let changes = changes_of(&workshop, &revision);
    let first = changes.iter().find(|c| {
        let a = &c.old.address;
        let whole = Address::total(quarter("2025-Q1"), I::Entered).with(Dim::Kind, "civil");
        c.table == "case-flow" && *a == whole
    });
    let first = first.unwrap();
    // Nine complaints: that is as many as it takes to show the change, however they are told.
    assert_eq!(first.new.as_ref().unwrap().value, first.old.value.map(|v| v + 9));
    assert_eq!(exposed(&workshop, &revision).await, Vec::<String>::new());

    // A correction waits for its own revision: the annual one is of late reports alone.
    six_more(&workshop).await;
    let waits = workshop.try_revise(Edition::Annual(2024)).await.unwrap_err();
    assert!(matches!(waits, BuildError::YearNotWhole(2024)), "{waits}");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_annual_revision_takes_nothing_else_along_and_needs_something_late() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    // Of the story's late reports none moves: their bodies were not there before.
    let nothing = workshop.try_revise(Edition::Annual(2025)).await.unwrap_err();
    assert!(matches!(nothing, BuildError::NothingLate(2025)), "{nothing}");
    six_more(&workshop).await;
    let refused = workshop.try_revise(Edition::Annual(2025)).await.unwrap_err();
    assert!(matches!(refused, BuildError::Unbalanced(_)), "{refused}");
    assert!(refused.to_string().contains("portal release revise"), "{refused}");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_single_late_report_is_not_told_by_what_moves() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let one = late().first(1);
    for at in story::QUARTERS {
        let mut blocks = story::blocks(at);
        let totals = match at {
            "2025-Q2" => {
                blocks.push(one.clone());
                blocks.extend(OTHERS.iter().map(other));
                let mut totals = story::totals(at);
                totals
                    .retain(|(body, _)| OTHERS.iter().all(|o| o.3 != *body) && *body != "UBND-384");
                totals.extend(OTHERS.iter().map(other_total));
                totals.push(("UBND-384", [0, 10, 0, 0, 0, 10]));
                totals
            }
            "2025-Q3" => {
                blocks.push(one.clone().before("UBND-14845"));
                blocks.extend(OTHERS.iter().map(|o| other(o).before("TTT")));
                totals_after(10)
            }
            "2025-Q4" => {
                blocks.push(one.clone().before("UBND-14845").settled("2025-10-10"));
                vec![
                    ("UBND-14812", [13, 12, 0, 0, 0, 25]),
                    ("UBND-14845", [10, 0, 0, 10, 0, 0]),
                    ("UBND-14758", [21, 0, 0, 0, 0, 21]),
                    ("TTT", [75, 0, 0, 0, 0, 75]),
                ]
            }
            _ => story::totals(at),
        };
        story::import_with(&workshop, at, &blocks, &totals).await;
        workshop.build(at).await;
        workshop.publish(&workshop.bundle_dir(at)).await.unwrap();
    }
    // One case moves from the second quarter to the first. What entered in each is followed two quarters on, in
    // one row: to tell of nobody, most of that row would have to be withheld. So nothing is told.
    let before = listing(&workshop.releases());
    let refused = workshop.try_revise(Edition::Annual(2025)).await.unwrap_err();
    assert!(matches!(refused, BuildError::TooMuchWithheld(_)), "{refused}");
    assert!(
        refused.to_string().contains("together with others: followed withholds 4 of 5"),
        "{refused}"
    );
    assert_eq!(listing(&workshop.releases()), before);
    cluster.stop().await.unwrap();
}
