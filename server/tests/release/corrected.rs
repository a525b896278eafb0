//! The story, corrected: extracts imported once more, and what releases change by them.

use server::import::Outcome;
use server::release::bundle::Bundle;
use server::release::changes::{Change, Newest};

use super::extract::{Block, Total, cases, control_totals};
use super::story;
use super::workshop::Workshop;

/// Imports an extract for `quarter` once more: `blocks` besides what it had, and other totals.
pub async fn correct(
    workshop: &Workshop,
    quarter: &str,
    blocks: &[Block],
    totals: &[Total],
) -> Outcome {
    let date = story::extract_date(quarter);
    let mut files = vec![("totals", control_totals(date, quarter, totals))];
    if !blocks.is_empty() {
        files.push(("corrected", cases(date, blocks)));
    }
    workshop.import_texts(&files).await
}

/// Six complaints more in ward 14812 in the last quarter of 2025.
pub async fn six_more(workshop: &Workshop) {
    let more = Block::complaints("I", 18).received("2025-10-20", "14812").before("UBND-14812");
    let totals = [("UBND-14812", [13, 18, 0, 0, 0, 31])];
    correct(workshop, "2025-Q4", &[more.from(13)], &totals).await;
}

pub fn changes_of(workshop: &Workshop, bundle: &Bundle) -> Vec<Change> {
    let archive = workshop.archive();
    let before = archive.bundles().iter().take_while(|b| b.release.id != bundle.release.id);
    Newest::of(&before.cloned().collect::<Vec<_>>()).changed_by(&bundle.release)
}

/// Name, number, commune, body, and what the body had open before.
pub type Other = (&'static str, usize, &'static str, &'static str, u32);

/// Complaints of the second quarter of 2025 that were reported late: 63 in seven districts.
pub const OTHERS: [Other; 7] = [
    ("R", 7, "15037", "UBND-388", 0),
    ("S", 9, "15277", "UBND-392", 8),
    ("T", 11, "14755", "UBND-380", 7),
    ("U", 8, "14869", "UBND-385", 0),
    ("V", 6, "14923", "UBND-386", 0),
    ("W", 12, "15061", "UBND-389", 0),
    ("X", 10, "15127", "UBND-390", 0),
];

/// Their cases.
pub fn other(&(name, count, area, body, _): &Other) -> Block {
    Block::complaints(name, count).received("2025-05-05", area).before(body)
}

/// What their body reports.
pub fn other_total(&(_, count, _, body, before): &Other) -> Total {
    let entered = u32::try_from(count).unwrap();
    (body, [before, entered, 0, 0, 0, before + entered])
}

/// What bodies report of the quarter after, when the district of Muong Lat had `open` cases.
pub fn totals_after(open: u32) -> Vec<Total> {
    let mut totals = vec![
        ("UBND-380", [18, 0, 0, 7, 11, 0]),
        ("UBND-392", [17, 0, 0, 0, 17, 0]),
        ("UBND-384", [open, 0, 0, 0, open, 0]),
        ("UBND-14812", [0, 5, 8, 0, 0, 13]),
        ("UBND-14845", [0, 0, open, 0, 0, open]),
        ("UBND-14758", [0, 21, 0, 0, 0, 21]),
        ("TTT", [12, 0, 63, 0, 0, 75]),
    ];
    totals.extend(OTHERS.iter().filter(|other| other.4 == 0).map(|other| {
        let open = u32::try_from(other.1).unwrap();
        (other.3, [open, 0, 0, 0, open, 0])
    }));
    totals
}
