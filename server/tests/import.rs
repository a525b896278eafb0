//! Importing extracts into a real register: what is right comes in whole, what is wrong changes
//! nothing and is described.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

#[path = "import/broken.rs"]
mod broken;
#[path = "import/files.rs"]
mod files;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use files::*;
use server::import::{ImportError, Options, Outcome, import};
use sqlx::postgres::{PgConnectOptions, PgPool};
use store::register::{RecordKind, RegisterPool};
use store::testing::TestCluster;

/// A register of its own, and a folder for files.
struct Register {
    pool: RegisterPool,
    owner: PgPool,
    dir: tempfile::TempDir,
}

impl Register {
    async fn new(cluster: &TestCluster) -> Self {
        let urls = cluster.databases().await.unwrap();
        let owner: PgConnectOptions = urls.owner_register;
        Self {
            pool: RegisterPool::connect(urls.registrar).await.unwrap(),
            owner: PgPool::connect_with(owner).await.unwrap(),
            dir: tempfile::tempdir().unwrap(),
        }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    async fn import(&self, files: &[PathBuf]) -> Result<Outcome, ImportError> {
        import(&self.pool, files, &Options::default()).await
    }

    /// What the import says of files that it refuses.
    async fn refused(&self, files: &[PathBuf]) -> String {
        match self.import(files).await {
            Err(ImportError::Rejected(report)) => report.to_string(),
            other => panic!("{other:?}"),
        }
    }

    /// Every row of every table, as text; of batches without times.
    async fn content(&self) -> Vec<String> {
        let mut rows: Vec<String> = sqlx::query_scalar(
            "select (batch_id, file_name, sha256, record_kind, row_count, replaced, simulated,
                 withdrawn_at is null)::text from batches order by batch_id",
        )
        .fetch_all(&self.owner)
        .await
        .unwrap();
        for kind in RecordKind::ALL {
            let table = kind.table();
            let sql = format!("select '{table} ' || t::text from {table} t order by t::text");
            let more: Vec<String> =
                sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&self.owner).await.unwrap();
            rows.extend(more);
        }
        rows
    }

    /// The records that count, without the batch that brought them.
    async fn current(&self, kind: RecordKind) -> Vec<String> {
        let (table, columns) = (kind.table(), kind.columns().join(", "));
        let sql = format!("select ({columns})::text from current_{table} order by record_id");
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&self.owner).await.unwrap()
    }
}

fn tables() -> Vec<(&'static str, RecordKind, Table)> {
    vec![
        ("cases", RecordKind::Cases, cases()),
        ("petitions", RecordKind::Petitions, petitions()),
        ("receptions", RecordKind::Receptions, receptions()),
        ("dialogues", RecordKind::Dialogues, dialogues()),
        ("referrals", RecordKind::Referrals, referrals()),
        ("control_totals", RecordKind::ControlTotals, control_totals()),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_inputs_are_described_and_change_nothing() {
    let cluster = TestCluster::start().await.unwrap();
    let register = Register::new(&cluster).await;
    let good = register.file("before.csv", &csv(&dialogues()));
    register.import(&[good]).await.unwrap();
    let before = register.content().await;
    assert_eq!(before.len(), 2);

    let broken = broken::all();
    assert!(broken.len() >= 34);
    let mut wrong = Vec::new();
    for case in &broken {
        let path = register.file(case.file, &case.bytes);
        // A good file goes first: it must not stay either.
        let good = register.file("good.csv", &csv(&receptions()));
        let report = register.refused(&[good, path.clone()]).await;
        let named = format!("{}: ", path.display());
        let said = report.lines().any(|line| {
            line.starts_with(&named)
                && line.contains(". Remedy: ")
                && case.says.iter().all(|s| line.contains(s))
        });
        if !said {
            wrong.push(format!("{}: {:?} not in\n{report}", case.name, case.says));
        }
        for leak in ["Nguyễn", "nguyen", "0912", "038012", "example.vn"] {
            assert!(!report.contains(leak), "{}: {report}", case.name);
        }
        assert_eq!(register.content().await, before, "{}", case.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_two_gigabytes_is_given_up_early() {
    let cluster = TestCluster::start().await.unwrap();
    let register = Register::new(&cluster).await;
    let path = register.dir.path().join("long.csv");
    let mut file = fs::File::create(&path).unwrap();
    file.write_all(&csv(&cases())).unwrap();
    file.write_all(&[b'x'; 8192]).unwrap();
    // The rest is a hole: it reads as zeros and takes no room.
    file.set_len(2 << 30).unwrap();
    let report = register.refused(&[path]).await;
    assert!(report.contains("row 5: the row is longer than 1 MiB"), "{report}");
    assert!(register.content().await.is_empty());
    assert!(peak_memory() < 512 << 20, "{}", peak_memory());
    cluster.stop().await.unwrap();
}

/// The most memory that this process had at a time, in bytes.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_rows_come_in_from_csv_of_either_language_and_from_a_workbook() {
    let cluster = TestCluster::start().await.unwrap();
    let mut registers = Vec::new();
    for (name, write) in
        [("csv", csv as fn(&Table) -> Vec<u8>), ("vietnamese.csv", vietnamese_csv), ("xlsx", xlsx)]
    {
        let register = Register::new(&cluster).await;
        let files: Vec<_> = tables()
            .iter()
            .map(|(table, _, rows)| register.file(&format!("{table}.{name}"), &write(rows)))
            .collect();
        let outcome = register.import(&files).await.unwrap_or_else(|e| panic!("{name}: {e}"));
        for ((_, kind, rows), file) in tables().iter().zip(&outcome.files) {
            assert_eq!((file.kind, file.rows, file.replaced), (*kind, rows.len() as u64 - 1, 0));
        }
        registers.push(register);
    }
    for (name, kind, rows) in tables() {
        let first = registers[0].current(kind).await;
        assert_eq!(first.len(), rows.len() - 1, "{name}");
        for register in &registers[1..] {
            assert_eq!(register.current(kind).await, first, "{name}");
        }
    }
    let cases = registers[0].current(RecordKind::Cases).await;
    assert_eq!(
        cases[1],
        "(VV-2,2025-09-20,denunciation,corruption,14758,TTT,2025-06-20,t,2025-07-01,2025-07-31,\
         ordinary,f,,,,,,t,t,f,7,ffeeddccbbaa99887766554433221100,,,,,,,,,,,,f,)"
    );
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_the_same_file_again_changes_nothing_and_says_so() {
    let cluster = TestCluster::start().await.unwrap();
    let register = Register::new(&cluster).await;
    let path = register.file("cases.csv", &csv(&cases()));
    let copy = register.file("copy.csv", &csv(&cases()));
    // Twice in one command already.
    let first = register.import(&[path.clone(), copy.clone()]).await.unwrap();
    let state = |o: &Outcome| o.files.iter().map(|f| f.already_imported).collect::<Vec<_>>();
    assert_eq!(state(&first), [false, true]);
    let before = register.content().await;
    let again = register.import(&[copy, path]).await.unwrap();
    assert_eq!(state(&again), [true, true]);
    assert!(again.to_string().contains("imported already, as batch 1; nothing changed"), "{again}");
    assert_eq!(register.content().await, before);
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn newer_versions_replace_older_ones_until_they_are_withdrawn() {
    let cluster = TestCluster::start().await.unwrap();
    let register = Register::new(&cluster).await;
    register.import(&[register.file("a.csv", &csv(&petitions()))]).await.unwrap();
    let before = register.current(RecordKind::Petitions).await;

    // The next extract: one petition handled, one new. And a correction of the old one.
    let mut next = petitions();
    set(&mut next, 0, "extract_date", "2025-12-20");
    set(&mut next, 1, "record_id", "D-3");
    let mut correction = petitions();
    set(&mut correction, 1, "handling", "urged");
    let outcome = register
        .import(&[register.file("b.csv", &csv(&next)), register.file("c.csv", &csv(&correction))])
        .await
        .unwrap();
    assert_eq!(outcome.files.iter().map(|f| f.replaced).collect::<Vec<_>>(), [1, 2]);
    let after = register.current(RecordKind::Petitions).await;
    assert_eq!(after.len(), 4);
    assert!(after.iter().any(|row| row.starts_with("(D-2,") && row.contains("urged")));

    for file in outcome.files {
        register.pool.withdraw(file.batch_id).await.unwrap();
    }
    assert_eq!(register.current(RecordKind::Petitions).await, before);
    // What was withdrawn can be imported again.
    let again = register.import(&[register.file("b.csv", &csv(&next))]).await.unwrap();
    assert!(!again.files[0].already_imported);
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_lists_every_wrong_file_and_at_most_a_hundred_rows_of_each() {
    let cluster = TestCluster::start().await.unwrap();
    let register = Register::new(&cluster).await;
    let mut many = dialogues();
    for n in 2..=250 {
        let mut row = many[1].clone();
        row[0] = format!("DT-{n}");
        row[6] = "many".into();
        many.push(row);
    }
    let mut other = petitions();
    set(&mut other, 0, "kind", "?");
    let report = register
        .refused(&[
            register.file("many.csv", &csv(&many)),
            register.file("good.csv", &csv(&receptions())),
            register.file("other.csv", &csv(&other)),
            Path::new("/nowhere/absent.csv").to_owned(),
        ])
        .await;
    assert_eq!(report.matches("many.csv: row").count(), 100);
    assert!(report.contains("many.csv: and 149 more\n"), "{report}");
    assert_eq!(report.matches("other.csv: row 2, column kind (loai)").count(), 1);
    assert!(report.contains("/nowhere/absent.csv: the file can't be read"), "{report}");
    assert!(!report.contains("good.csv"), "{report}");
    assert!(report.ends_with("Nothing was imported."));
    assert!(register.content().await.is_empty());
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_kind_can_be_said_where_headers_leave_it_open() {
    let cluster = TestCluster::start().await.unwrap();
    let register = Register::new(&cluster).await;
    let path = register.file("dialogues.csv", &csv(&dialogues()));
    let options = Options { kind: Some(RecordKind::Cases), simulated: true };
    let Err(ImportError::Rejected(report)) =
        import(&register.pool, std::slice::from_ref(&path), &options).await
    else {
        panic!("dialogues are no cases");
    };
    assert!(report.to_string().contains("no such column in cases"), "{report}");
    let options = Options { kind: Some(RecordKind::Dialogues), simulated: true };
    import(&register.pool, &[path], &options).await.unwrap();
    let batches = register.pool.batches().await.unwrap();
    assert!(batches[0].simulated && batches[0].file_name == "dialogues.csv");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_comes_in_whole() {
    let cluster = TestCluster::start().await.unwrap();
    let register = Register::new(&cluster).await;
    let out = register.dir.path().join("demo");
    let options = server::demo::Options { seed: 7, scale: 1, out: out.clone() };
    let summary = server::demo::write(&options, &mut |_| {}).unwrap();
    let mut files = Vec::new();
    for quarter in fs::read_dir(&out).unwrap() {
        let quarter = quarter.unwrap().path();
        if quarter.is_dir() {
            files.extend(fs::read_dir(quarter).unwrap().map(|f| f.unwrap().path()));
        }
    }
    files.retain(|f| f.extension().is_some_and(|e| e == "csv"));
    files.sort();
    let outcome = register.import(&files).await.unwrap_or_else(|e| panic!("{e}"));
    for (name, rows) in summary.rows {
        let imported: u64 =
            outcome.files.iter().filter(|f| f.kind.table() == name).map(|f| f.rows).sum();
        assert_eq!(imported, rows, "{name}");
    }
    cluster.stop().await.unwrap();
}
