//! Releases and rows to test with.

use jiff::{Span, Timestamp};
use model::boundary::Level;
use model::figure::{Address, Cell, Status};
use model::item::{Item, Population};
use model::locale::Text;
use model::period::Period;
use model::table::{Crossing, PeriodKind, TableDefinition};
use store::register::{NewBatch, RecordKind};
use store::{
    Explained, Explanation, NewChallenge, NewFigure, NewGeometry, NewRelease, NewTable,
    RegisterPool, Words,
};

pub fn period(code: &str) -> Period {
    code.parse().unwrap()
}

/// Now and `minutes` more.
pub fn from_now(minutes: i64) -> Timestamp {
    Timestamp::now() + Span::new().minutes(minutes)
}

pub fn table(id: &str) -> TableDefinition {
    TableDefinition {
        id: id.into(),
        title: Text::new("Tiếp nhận, giải quyết", "Case flow"),
        lead: Text::new("Bao nhiêu?", "How many?"),
        member_lead: None,
        notes: Vec::new(),
        population: Population::Cases,
        items: vec![Item::Received, Item::Settled],
        crossings: vec![Crossing {
            area: "region".into(),
            body: "all".into(),
            kind: vec!["all".into()],
            field: "all".into(),
            referrer: "all".into(),
            period: vec![PeriodKind::Quarter],
            items: None,
            implied: Vec::new(),
            to_date: false,
            since: None,
            lead: None,
        }],
    }
}

pub fn total(period_code: &str, value: i64) -> Cell {
    Cell::shown(Address::total(period(period_code), Item::Received), value)
}

pub fn withheld(period_code: &str) -> Cell {
    Cell::missing(Address::total(period(period_code), Item::Settled), Status::Withheld)
}

/// A release of table `case-flow`, visible since yesterday.
pub fn release(id: &str, log_index: i64, cells: Vec<Cell>) -> NewRelease {
    NewRelease {
        id: id.parse().unwrap(),
        visible_from: from_now(-24 * 60),
        simulated: true,
        log_index,
        manifest: r#"{"b": 1.0,  "a": 2}"#.into(),
        checkpoint: "portal\n1\n".into(),
        disclosure: r#"{"tables": []}"#.into(),
        log_key: "portal+00000000+AQ==".into(),
        tree: (0..=u8::MAX).flat_map(|n| [n; 32]).collect(),
        tables: vec![new_table("case-flow", cells)],
        files: vec![("manifest.json".into(), id.into())],
    }
}

/// A table with `cells`, each named after its place.
pub fn new_table(id: &str, cells: Vec<Cell>) -> NewTable {
    let named = |(n, cell): (u8, Cell)| NewFigure { id: [n; 10], cell };
    NewTable { definition: table(id), figures: (0..).zip(cells).map(named).collect() }
}

/// Boundaries of communes with a drawing that names its hash.
pub fn geometry(hash: &str) -> NewGeometry {
    NewGeometry {
        level: Level::Commune,
        hash: hash.into(),
        width: 40,
        height: 30,
        svg: format!("<svg><!-- {hash} --></svg>"),
        source: Text::new("Nguồn: Sở A", "Source: Department A"),
    }
}

/// What anyone might say.
pub fn words() -> Words {
    Words { vi: "Đã rà soát.".into(), en: None }
}

/// The Inspectorate's explanation of the first figure of `release`.
pub fn explanation(release: &str) -> Explanation {
    Explanation {
        body: "TTT".into(),
        of: Explained::Figure([0; 10]),
        release: release.parse().unwrap(),
        dated: jiff::civil::date(2026, 11, 1),
        words: words(),
    }
}

/// A challenge to the first figure of `release`.
pub fn challenge(release: &str) -> NewChallenge {
    NewChallenge {
        figure: [0; 10],
        release: release.parse().unwrap(),
        received: jiff::civil::date(2026, 11, 1),
        words: words(),
    }
}

pub fn new_batch(record_kind: RecordKind, sha256: &str) -> NewBatch {
    NewBatch {
        file_name: format!("{sha256}.csv"),
        sha256: sha256.into(),
        record_kind,
        simulated: true,
    }
}

/// A petition's row, extracted on `extract_date`.
pub fn petition(record_id: &str, extract_date: &str, handling: &str) -> String {
    format!(
        "{record_id},{extract_date},complaint,14758,SNNMT,2026-01-10,post,{handling},,0123456789abcdef\n"
    )
}

/// Imports petitions as one batch.
pub async fn import_petitions(pool: &RegisterPool, sha256: &str, rows: &str) -> i64 {
    let mut import = pool.begin_import().await.unwrap();
    let mut batch = import.batch(new_batch(RecordKind::Petitions, sha256)).await.unwrap();
    batch.send(rows.as_bytes()).await.unwrap();
    let imported = batch.finish().await.unwrap();
    import.commit().await.unwrap();
    imported.batch_id
}
