//! A small register with one of each: a merged district, an old commune that went to a commune of
//! another district, abolished district committees, a late entry. Every block has five cases or
//! more, denunciations ten or more, so that nothing has to be withheld.
//!
//! | block | what | where | when |
//! |---|---|---|---|
//! | B | 7 complaints | Dong Son, its committee, then the city's | received Q4/2024, settled Q3/2025 |
//! | A | 6 complaints | city of Thanh Hoa, old commune 14755 | Q1, settled Q1 |
//! | C | 8 recommendations | Ha Trung, old commune 15277, now in ward 14812 of Bim Son | Q1 |
//! | N | 12 denunciations | Inspectorate | Q1 |
//! | E | 9 complaints | Muong Lat | Q2, settled Q4 |
//! | F | 10 complaints | old commune 14755 | 20 June, in Q3; never accepted, so overdue in Q4 |
//! | G | 11 complaints | ward 14758 | 10 July, in Q3; overdue in Q4 too |
//! | H | 5 recommendations | Ha Trung, old commune 15277 | 5 May, first reported in Q3 |
//! | I | 12 complaints | ward 14812 | Q4 |
//!
//! Besides, six referrals and a reception day of January 2025, of which the next extract knows more.

use super::extract::{Block, Total, cases, control_totals, reception, referrals};
use super::workshop::Workshop;

pub const QUARTERS: [&str; 5] = ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"];

/// The extract date for `quarter`.
pub fn extract_date(quarter: &str) -> &'static str {
    match quarter {
        "2024-Q4" => "2024-12-20",
        "2025-Q1" => "2025-03-20",
        "2025-Q2" => "2025-06-20",
        "2025-Q3" => "2025-09-20",
        "2025-Q4" => "2025-12-20",
        other => panic!("{other}"),
    }
}

pub fn a() -> Block {
    Block::complaints("A", 6).received("2025-01-10", "14755").before("UBND-380")
}

fn b() -> Block {
    Block::complaints("B", 7).received("2024-11-20", "16381").before("UBND-405")
}

fn c() -> Block {
    Block::recommendations("C", 8).received("2025-02-01", "15277").before("UBND-392")
}

pub fn n() -> Block {
    Block::denunciations("N", 12).received("2025-01-15", "14755").before("TTT")
}

fn e() -> Block {
    Block::complaints("E", 9).received("2025-04-10", "14845").before("UBND-384")
}

/// The versions of cases in the extract for `quarter`.
pub fn blocks(quarter: &str) -> Vec<Block> {
    match quarter {
        "2024-Q4" => vec![b()],
        "2025-Q1" => vec![a().settled("2025-02-20"), b().before("UBND-380"), c(), n()],
        "2025-Q2" => vec![e()],
        "2025-Q3" => vec![
            b().before("UBND-380").settled("2025-06-20"),
            c().before("UBND-14812"),
            e().before("UBND-14845"),
            Block::complaints("F", 10).received("2025-06-20", "14755").before("UBND-14758"),
            Block::complaints("G", 11).received("2025-07-10", "14758").before("UBND-14758"),
            Block::recommendations("H", 5).received("2025-05-05", "15277").before("UBND-14812"),
        ],
        "2025-Q4" => vec![
            e().before("UBND-14845").settled("2025-10-10"),
            Block::complaints("I", 12).received("2025-10-20", "14812").before("UBND-14812"),
        ],
        other => panic!("{other}"),
    }
}

/// What each body reports for `quarter`: opening, entered, in, ended, out, closing.
pub fn totals(quarter: &str) -> Vec<Total> {
    match quarter {
        "2024-Q4" => vec![("UBND-405", [0, 7, 0, 0, 0, 7])],
        "2025-Q1" => vec![
            ("UBND-405", [7, 0, 0, 0, 7, 0]),
            ("UBND-380", [0, 6, 7, 6, 0, 7]),
            ("UBND-392", [0, 8, 0, 0, 0, 8]),
            ("TTT", [0, 12, 0, 0, 0, 12]),
        ],
        "2025-Q2" => vec![
            ("UBND-380", [7, 0, 0, 0, 0, 7]),
            ("UBND-392", [8, 0, 0, 0, 0, 8]),
            ("UBND-384", [0, 9, 0, 0, 0, 9]),
            ("TTT", [12, 0, 0, 0, 0, 12]),
        ],
        "2025-Q3" => vec![
            ("UBND-380", [7, 0, 0, 7, 0, 0]),
            ("UBND-392", [8, 0, 0, 0, 8, 0]),
            ("UBND-384", [9, 0, 0, 0, 9, 0]),
            ("UBND-14812", [0, 5, 8, 0, 0, 13]),
            ("UBND-14845", [0, 0, 9, 0, 0, 9]),
            ("UBND-14758", [0, 21, 0, 0, 0, 21]),
            ("TTT", [12, 0, 0, 0, 0, 12]),
        ],
        "2025-Q4" => vec![
            ("UBND-14812", [13, 12, 0, 0, 0, 25]),
            ("UBND-14845", [9, 0, 0, 9, 0, 0]),
            ("UBND-14758", [21, 0, 0, 0, 0, 21]),
            ("TTT", [12, 0, 0, 0, 0, 12]),
        ],
        other => panic!("{other}"),
    }
}

/// Imports, builds and publishes every quarter.
pub async fn publish(workshop: &Workshop) {
    for quarter in QUARTERS {
        import(workshop, quarter).await;
        workshop.build(quarter).await;
        workshop.publish(&workshop.bundle_dir(quarter)).await.unwrap();
    }
}

/// Imports the story's extract for `quarter`.
pub async fn import(workshop: &Workshop, quarter: &str) {
    import_with(workshop, quarter, &blocks(quarter), &totals(quarter)).await;
}

/// Imports an extract for `quarter` with other cases or totals.
pub async fn import_with(workshop: &Workshop, quarter: &str, blocks: &[Block], totals: &[Total]) {
    let date = extract_date(quarter);
    let mut files = vec![("cases", cases(date, blocks))];
    if !totals.is_empty() {
        files.push(("control_totals", control_totals(date, quarter, totals)));
    }
    match quarter {
        "2025-Q1" => {
            files.push(("referrals", referrals(date, 6, false)));
            files.push(("receptions", reception(date, 14, "head")));
        }
        "2025-Q2" => {
            files.push(("referrals", referrals(date, 6, true)));
            files.push(("receptions", reception(date, 17, "delegate")));
        }
        _ => {}
    }
    workshop.import_texts(&files).await;
}
