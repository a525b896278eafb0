//! What is withheld has no influence on what is published. Two registers that differ in withheld
//! figures only give the same bundle, byte for byte, and so the same database, pages, answers and
//! files: no order, number of rows, drawing, class of a map, length or mark can tell them apart. A
//! reader's sum of whatever parts, or a total less whatever else, gives the same for both.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use server::release::keys::Keys;
use store::testing::TestCluster;

use super::extract::{Block, cases, control_totals};
use super::story::extract_date;
use super::workshop::{Figure, Workshop, figure, files};

const QUARTER: &str = "2025-Q1";
/// An old commune of each district but the two that are looked at.
const ELSEWHERE: [(&str, &str, &str); 8] = [
    ("LA", "OA", "14755"),
    ("LB", "OB", "14809"),
    ("LC", "OC", "14923"),
    ("LD", "OD", "15061"),
    ("LE", "OE", "15187"),
    ("LF", "OF", "15493"),
    ("LG", "OG", "15664"),
    ("LH", "OH", "15865"),
];

/// Complaints about land and others in Muong Lat and in Quan Hoa, two mountain districts; plenty
/// elsewhere. All of them are open, before the Inspectorate.
fn register([muong_lat, quan_hoa]: [[usize; 2]; 2]) -> Vec<Block> {
    let block = |name, count, area| Block::complaints(name, count).received("2025-01-10", area);
    let mut blocks = vec![
        block("ML", muong_lat[0], "14845"),
        block("MO", muong_lat[1], "14845").about("environment"),
        block("QL", quan_hoa[0], "14869"),
        block("QO", quan_hoa[1], "14869").about("environment"),
    ];
    for (land, other, area) in ELSEWHERE {
        blocks.push(block(land, 20, area));
        blocks.push(block(other, 20, area).about("environment"));
    }
    blocks.into_iter().map(|block| block.before("TTT")).collect()
}

async fn import(workshop: &Workshop, counts: [[usize; 2]; 2]) {
    let date = extract_date(QUARTER);
    let here: usize = counts.iter().flatten().sum();
    let all = u32::try_from(2 * 20 * ELSEWHERE.len() + here).unwrap();
    let totals = [("TTT", [0, all, 0, 0, 0, all])];
    let files = [
        ("cases", cases(date, &register(counts))),
        ("control_totals", control_totals(date, QUARTER, &totals)),
    ];
    workshop.import_texts(&files).await;
}

/// What is published, without the moment at which it was loaded.
async fn rows(workshop: &Workshop) -> Vec<String> {
    let mut rows = workshop.published().await;
    rows.retain(|row| !row.starts_with("releases "));
    rows
}

fn content(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    files(dir).into_iter().map(|name| (name.clone(), fs::read(dir.join(name)).unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn withheld_figures_have_no_influence_on_anything_published() {
    let cluster = TestCluster::start().await.unwrap();
    let one = Workshop::new(&cluster).await;
    import(&one, [[2, 2], [2, 2]]).await;
    let bundle = one.build(QUARTER).await;
    for (place, field) in
        [("D384", "land"), ("D384", "nonland"), ("D385", "land"), ("D385", "nonland")]
    {
        let members = format!("{place} {field} civil");
        let found = figure(&bundle, "cases-area-field", QUARTER, &members, "entered");
        assert_eq!(found, Figure::Withheld, "{members}");
    }

    // The same keys: what is signed and how ties break must not differ for another reason.
    let mut other = Workshop::new(&cluster).await;
    other.keys = Keys::read(&one.dir.path().join("keys")).unwrap();
    import(&other, [[3, 1], [1, 3]]).await;
    other.build(QUARTER).await;
    let (before, after) = (content(&one.bundle_dir(QUARTER)), content(&other.bundle_dir(QUARTER)));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert!(before.len() > 30, "{} files", before.len());
    for (name, bytes) in &before {
        assert!(after[name] == *bytes, "{name} differs");
    }

    // And the database that the pages are made of.
    one.publish(&one.bundle_dir(QUARTER)).await.unwrap();
    other.publish(&other.bundle_dir(QUARTER)).await.unwrap();
    let rows = rows(&one).await;
    assert!(rows.len() > 300, "{} rows", rows.len());
    assert!(rows == self::rows(&other).await);

    // A figure that is shown does have an influence.
    let mut third = Workshop::new(&cluster).await;
    third.keys = Keys::read(&one.dir.path().join("keys")).unwrap();
    import(&third, [[20, 2], [2, 2]]).await;
    third.build(QUARTER).await;
    assert_ne!(before, content(&third.bundle_dir(QUARTER)));
    cluster.stop().await.unwrap();
}
