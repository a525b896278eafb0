//! Province totals of the year that have to be shown, where a denunciation is in the way.

use server::release::BuildError;
use server::release::bundle::Bundle;
use store::testing::TestCluster;

use super::extract::Block;
use super::story::{self, QUARTERS};
use super::workshop::{Figure, Workshop, figure, shows};

/// The story up to Q3/2025, then its last quarter with `more` cases of the Inspectorate, which
/// reports `totals`.
async fn last_quarter(workshop: &Workshop, more: &[Block], totals: [u32; 6]) {
    for quarter in &QUARTERS[..4] {
        story::import(workshop, quarter).await;
        workshop.build(quarter).await;
    }
    let mut blocks = story::blocks("2025-Q4");
    blocks.extend_from_slice(more);
    let mut all = story::totals("2025-Q4");
    all[3] = ("TTT", totals);
    story::import_with(workshop, "2025-Q4", &blocks, &all).await;
}

/// Releases of the story of which the last withholds how many denunciations were settled.
pub(super) async fn with_withheld(workshop: &Workshop) -> Bundle {
    // All twelve denunciations end: the first seven settled, the other five withdrawn.
    let ended =
        [story::n().first(7).settled("2025-11-10"), story::n().from(8).withdrawn("2025-11-10")];
    last_quarter(workshop, &ended, [12, 0, 0, 12, 0, 0]).await;
    workshop.build("2025-Q4").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_total_that_would_have_to_be_shown_is_withheld() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let bundle = with_withheld(&workshop).await;
    let settled = figure(&bundle, "case-flow", "2025", "denunciation", "settled");
    assert_eq!(settled, Figure::Withheld);
    let shown = "opening 0, entered 12, ended 12, closing 0";
    shows(&bundle, "case-flow", "2025", "denunciation", shown);
    shows(&bundle, "case-flow", "2025", "civil", "settled 22, closing 46");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn totals_that_would_disclose_a_small_one_refuse_the_release_with_the_formula() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    // Seven of them end: five stay open, and closing, which has to be shown, tells of them.
    let ended = [story::n().first(7).settled("2025-11-10")];
    last_quarter(&workshop, &ended, [12, 0, 0, 7, 0, 5]).await;
    let error = workshop.refused("2025-Q4").await;
    let BuildError::Refused { population: "cases", refusal } = &error else { panic!("{error}") };
    assert!(matches!(refusal, disclosure::Refusal::ForcedInTheWay { .. }), "{error}");
    let said = error.to_string();
    for part in ["kind=all", "kind=civil", "kind=denunciation", "closing@2025"] {
        assert!(said.contains(part), "{said}");
    }
    cluster.stop().await.unwrap();
}
