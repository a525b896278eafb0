//! A body can't improve its place among its peers by leaving cases open, reclassifying or withdrawing them, by
//! accepting none or writing down other due dates, or by reporting nothing: four districts of one region over one year, of which one tries.

use model::compare::{Standing, common, standing};
use store::testing::TestCluster;

use super::extract::{Block, Total, cases, control_totals, held_days};
use super::workshop::{Figure, Workshop, figure};

/// Extract dates of the year's quarters.
const QUARTERS: [(&str, &str); 4] = [
    ("2024-Q1", "2024-03-20"),
    ("2024-Q2", "2024-06-20"),
    ("2024-Q3", "2024-09-20"),
    ("2024-Q4", "2024-12-20"),
];
/// Complaints about land that each district receives.
const CASES: usize = 40;
/// Of them, settled on time: where somebody tries, and elsewhere.
const ON_TIME: [usize; 2] = [20, 34];
/// Name, body and an old commune of each; the first tries.
const DISTRICTS: [(&str, &str, &str); 4] = [
    ("A", "UBND-384", "14845"),
    ("B", "UBND-385", "14869"),
    ("C", "UBND-386", "14923"),
    ("D", "UBND-387", "14995"),
];
/// Two days in each month that ends in the first quarter.
const DAYS: [&str; 6] =
    ["2023-12-18", "2023-12-27", "2024-01-08", "2024-01-22", "2024-02-05", "2024-02-19"];

/// What the first district does with the cases that it does not settle on time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// Settles them late, as the others do.
    SettledLate,
    /// Leaves them open.
    Open,
    /// Settles them late, and says that they are about something else.
    Reclassified,
    /// Has them withdrawn before they are due.
    Withdrawn,
    /// Leaves them open and never accepts them, so that no due date is written down.
    NeverAccepted,
    /// Settles them late, and writes down that they were due in many years.
    DueInManyYears,
    /// Reports nothing of any case after the first quarter, and no reception day.
    Silent,
}

/// What an extract tells of the cases of one district.
fn told(at: usize, quarter: &str, rest: Rest) -> Vec<Block> {
    let (name, body, commune) = DISTRICTS[at];
    let rest = if at == 0 { rest } else { Rest::SettledLate };
    let all = Block::complaints(name, CASES)
        .received("2024-02-10", commune)
        .due("2024-04-10")
        .before(body);
    let on_time = ON_TIME[usize::from(at > 0)];
    let (done, left) = (all.clone().first(on_time), all.clone().from(on_time + 1));
    match (quarter, rest) {
        ("2024-Q1", Rest::NeverAccepted) => vec![done, left.never_accepted()],
        ("2024-Q1", Rest::DueInManyYears) => vec![done, left.due("2099-12-31")],
        ("2024-Q1", _) => vec![all],
        (_, Rest::Silent) => vec![],
        ("2024-Q2", Rest::Withdrawn) => {
            vec![done.settled("2024-03-25"), left.withdrawn("2024-04-05")]
        }
        ("2024-Q2", _) => vec![done.settled("2024-03-25")],
        ("2024-Q3", Rest::SettledLate) => vec![left.settled("2024-07-01")],
        ("2024-Q3", Rest::DueInManyYears) => vec![left.due("2099-12-31").settled("2024-07-01")],
        ("2024-Q3", Rest::Reclassified) => vec![left.about("environment").settled("2024-07-01")],
        _ => vec![],
    }
}

/// What a district's body reports itself, so that it balances.
fn total(at: usize, quarter: &str, rest: Rest) -> Total {
    let rest = if at == 0 { rest } else { Rest::SettledLate };
    let count = |n: usize| u32::try_from(n).unwrap();
    let all = count(CASES);
    let on_time = count(ON_TIME[usize::from(at > 0)]);
    let ended_by = |quarter: &str| match (quarter, rest) {
        ("2023-Q4" | "2024-Q1", _) | (_, Rest::Silent) => 0,
        (_, Rest::Withdrawn) => all,
        ("2024-Q2", _) | (_, Rest::Open | Rest::NeverAccepted) => on_time,
        _ => all,
    };
    let quarters = ["2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"];
    let now = quarters.iter().position(|q| *q == quarter).unwrap();
    let (before, ended) = (ended_by(quarters[now - 1]), ended_by(quarter));
    let entered = if now == 1 { all } else { 0 };
    let opening = if now == 1 { 0 } else { all - before };
    (DISTRICTS[at].1, [opening, entered, 0, ended - before, 0, all - ended])
}

/// Where the first district stands.
#[derive(Debug, PartialEq)]
struct Place {
    /// On-time settlement of cases about land.
    settling: (i64, i64),
    standing: Standing,
    /// Cases of the province that are overdue and open at the year's end.
    overdue: i64,
    /// Reception days held by the head.
    receiving: (i64, i64),
}

async fn place(rest: Rest) -> Place {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let mut bundles = Vec::new();
    for (quarter, day) in QUARTERS {
        let districts = 0..DISTRICTS.len();
        let blocks: Vec<Block> = districts.clone().flat_map(|at| told(at, quarter, rest)).collect();
        let totals: Vec<Total> = districts.map(|at| total(at, quarter, rest)).collect();
        let mut files = vec![("control_totals", control_totals(day, quarter, &totals))];
        if !blocks.is_empty() {
            files.push(("cases", cases(day, &blocks)));
        }
        if quarter == "2024-Q1" && rest != Rest::Silent {
            files.push(("receptions", held_days(day, DISTRICTS[0].1, &DAYS)));
        }
        workshop.import_texts(&files).await;
        bundles.push(workshop.build(quarter).await);
    }
    let shown = |table: &str, period: &str, member: &str, item: &str| {
        let found = bundles.iter().map(|b| figure(b, table, period, member, item));
        match found.into_iter().find(|figure| *figure != Figure::Absent) {
            Some(Figure::Shown(value)) => value,
            other => panic!("{table} {period} {member} {item}: {other:?}"),
        }
    };
    cluster.stop().await.unwrap();
    let settling = |district: &str| {
        let member = format!("{district} civil land");
        let of = |item| shown("timeliness", "2024", &member, item);
        (of("settled_on_time"), of("workload"))
    };
    let peers = ["D384", "D385", "D386", "D387"].map(settling);
    let of_schedule = |item| shown("reception-schedule", "2024-Q1", DISTRICTS[0].1, item);
    Place {
        settling: peers[0],
        standing: standing(peers[0], common(&peers).unwrap()),
        overdue: shown("timeliness", "2024", "civil", "open_overdue"),
        receiving: (of_schedule("days_head"), of_schedule("days_required")),
    }
}

fn honest() -> Place {
    Place { settling: (20, 40), standing: Standing::FarLower, overdue: 0, receiving: (6, 6) }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_cases_open_stands_no_better() {
    assert_eq!(place(Rest::SettledLate).await, honest());
    assert_eq!(place(Rest::Open).await, Place { overdue: 20, ..honest() });
}

#[tokio::test(flavor = "multi_thread")]
async fn who_accepts_no_case_leaves_it_overdue_all_the_same() {
    assert_eq!(place(Rest::NeverAccepted).await, Place { overdue: 20, ..honest() });
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_down_later_due_dates_than_the_law_allows_settles_no_more_on_time() {
    assert_eq!(place(Rest::DueInManyYears).await, honest());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reclassifies_cases_stands_no_better() {
    assert_eq!(place(Rest::Reclassified).await, honest());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_cases_withdrawn_stands_no_better() {
    assert_eq!(place(Rest::Withdrawn).await, honest());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reports_nothing_stands_worse() {
    let silent = Place { settling: (0, 40), overdue: 40, receiving: (0, 6), ..honest() };
    assert_eq!(place(Rest::Silent).await, silent);
}
