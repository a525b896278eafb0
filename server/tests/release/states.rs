//! How far referred matters have come, told of the year to date: what has come so far since the quarter before is
//! a count like any other.

use std::fmt::Write as _;

use model::{Item, Status};
use server::release::build::audit;
use server::release::bundle::{Bundle, Release};
use store::testing::TestCluster;

use super::extract::{cases, control_totals};
use super::story;
use super::workshop::{Figure, Workshop, figure, shows};

const REFERRERS: [&str; 5] = ["front", "front_member", "assembly", "council", "press"];
const REFERRED: usize = 50;
const FIRST: usize = 30;

/// The file `referrals` of an extract: of what each referrer transferred in January, so many are replied to.
fn referrals(extract_date: &str, replied: [usize; 5]) -> String {
    let mut out = String::from(
        "record_id,extract_date,referrer,kind,area_code,body_code,referred_on,acknowledged_on,complainant_key\n",
    );
    for (who, (referrer, replied)) in (1usize..).zip(REFERRERS.iter().zip(replied)) {
        for n in 1..=REFERRED {
            let on = match n {
                _ if n > replied => "",
                _ if n > FIRST => "2025-05-05",
                _ => "2025-02-05",
            };
            writeln!(
                out,
                "{referrer}-{n},{extract_date},{referrer},complaint,14755,TTT,2025-01-20,{on},{who:08x}{n:08x}"
            )
            .unwrap();
        }
    }
    out
}

/// Releases on the first two quarters of 2025, by the end of which so many are replied to.
async fn two_quarters(workshop: &Workshop, replied: [[usize; 5]; 2]) -> Bundle {
    let mut last = None;
    for (quarter, replied) in ["2025-Q1", "2025-Q2"].into_iter().zip(replied) {
        let date = story::extract_date(quarter);
        let blocks = [story::a(), story::n()];
        let totals = match quarter {
            "2025-Q1" => [("UBND-380", [0, 6, 0, 0, 0, 6]), ("TTT", [0, 12, 0, 0, 0, 12])],
            _ => [("UBND-380", [6, 0, 0, 0, 0, 6]), ("TTT", [12, 0, 0, 0, 0, 12])],
        };
        let files = [
            ("cases", cases(date, &blocks)),
            ("control_totals", control_totals(date, quarter, &totals)),
            ("referrals", referrals(date, replied)),
        ];
        workshop.import_texts(&files).await;
        last = Some(workshop.build(quarter).await);
    }
    last.unwrap()
}

/// How many small counts are withheld, and those that follow.
async fn audited(workshop: &Workshop, release: &Release) -> (usize, Vec<String>) {
    let archive = workshop.archive();
    let found = audit(&workshop.register, &archive, &workshop.keys, release).await.unwrap();
    (found.sensitive, found.exposed)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_few_replied_to_since_the_quarter_before_do_not_follow_from_two_figures() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let replied = [32, 36, 36, 36, 36];
    let bundle = two_quarters(&workshop, [[FIRST; 5], replied]).await;
    // 32 less the 30 of the first quarter would be two.
    let of_front = figure(&bundle, "referrals", "2025-6M", "front", "acknowledged");
    assert_eq!(of_front, Figure::Withheld);
    shows(&bundle, "referrals", "2025-6M", "", "referred 250, acknowledged 176, unacknowledged 74");
    let archive = workshop.archive();
    let first = &archive.bundles()[0];
    shows(first, "referrals", "2025-Q1", "front", "referred 50, acknowledged 30");

    let (sensitive, exposed) = audited(&workshop, &bundle.release).await;
    assert_eq!((exposed, sensitive > 0), (Vec::new(), true));
    let mut careless = bundle.release.clone();
    for cell in careless.tables.iter_mut().flat_map(|t| &mut t.cells) {
        let of = REFERRERS.iter().position(|code| *code == cell.address.referrer);
        if let (Status::Withheld, Item::Acknowledged, Some(of)) =
            (cell.status, cell.address.item, of)
        {
            (cell.status, cell.value) = (Status::Shown, i64::try_from(replied[of]).ok());
        }
    }
    let (_, exposed) = audited(&workshop, &careless).await;
    let joined =
        exposed.iter().find(|label| label.contains("acknowledged@2025-6M+joined since 2025-Q1"));
    assert!(joined.is_some_and(|label| label.contains("referrer=front ")), "{exposed:?}");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_taken_back_by_the_register_are_counted_as_such() {
    let cluster = TestCluster::start().await.unwrap();
    let mut small_counts = Vec::new();
    // Six replies of the first quarter are taken back, then two: how many came in their place is not told, so that
    // what is left of either is a lower bound, not a count.
    for of_front in [24, 28] {
        let workshop = Workshop::new(&cluster).await;
        let bundle = two_quarters(&workshop, [[FIRST; 5], [of_front, 36, 36, 36, 36]]).await;
        let expected = format!("referred 50, acknowledged {of_front}");
        shows(&bundle, "referrals", "2025-6M", "front", &expected);
        shows(&bundle, "referrals", "2025-6M", "press", "referred 50, acknowledged 36");
        let (sensitive, exposed) = audited(&workshop, &bundle.release).await;
        assert_eq!(exposed, Vec::<String>::new());
        small_counts.push(sensitive);
    }
    assert!(small_counts[0] < small_counts[1], "{small_counts:?}");
    cluster.stop().await.unwrap();
}
