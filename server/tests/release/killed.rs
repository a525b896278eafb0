//! The program killed at every point where a `fail_point!` stands (`kill -9`): what it leaves is the old
//! state or the new one, and the same command once more ends as if nothing had happened.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use futures_util::stream::{StreamExt as _, iter};
use server::release::archive::Archive;
use server::release::checklist;
use server::release::keys::Keys;
use server::release::publish::publish;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};
use store::PublisherPool;
use store::cluster::Urls;
use store::testing::TestCluster;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;
use tokio::time::timeout;

use super::story;
use super::workshop::{Workshop, files, listing};

/// What is there after the kill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Old,
    New,
}
use Left::{New, Old};

const FIRST_BUILD: [(&str, Left); 2] =
    [("release::keys::before_naming", Old), ("release::keys::after_naming", New)];

const ROTATE: [(&str, Left); 1] = [("release::keys::before_replacing", Old)];

const BUILD: [(&str, Left); 12] = [
    ("release::build::after_staging", Old),
    ("release::build::after_gate", Old),
    ("release::bundle::after_file", Old),
    ("release::bundle::after_files", Old),
    ("release::bundle::after_manifest", Old),
    ("release::bundle::after_checkpoint", Old),
    ("release::bundle::after_log_proof", Old),
    ("release::build::after_reading_back", Old),
    ("release::restricted::after_register", Old),
    ("release::restricted::after_certificates", Old),
    ("release::build::before_rename", Old),
    ("release::build::after_rename", New),
];

const PUBLISH: [(&str, Left); 13] = [
    ("release::publish::after_reading", Old),
    ("release::publish::after_verifying", Old),
    ("store::publisher::after_begin", Old),
    ("store::publisher::after_head", Old),
    ("store::publisher::after_partition", Old),
    ("store::publisher::after_definition", Old),
    ("store::publisher::after_cells", Old),
    ("store::publisher::after_table", Old),
    ("store::publisher::after_tables", Old),
    ("store::publisher::after_files", Old),
    ("store::publisher::after_release", Old),
    ("store::publisher::before_commit", Old),
    ("store::publisher::after_commit", New),
];

/// After the first of two releases, and around everything.
const RESTORE: [(&str, Left); 6] = [
    ("release::restore::after_reading", Old),
    ("release::restore::after_verifying", Old),
    ("store::publisher::after_begin", Old),
    ("store::publisher::after_release", Old),
    ("store::publisher::before_commit", Old),
    ("store::publisher::after_commit", New),
];

/// How many points are tried at once.
const AT_ONCE: usize = 3;
/// No command takes so long.
const PATIENCE: Duration = Duration::from_secs(120);

/// The program on one folder and the databases of a server.
struct Portal {
    data: PathBuf,
    urls: Urls,
}

impl Portal {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_portal"));
        command
            .env("PORTAL_DATA_DIR", &self.data)
            .env("PORTAL_REGISTER_URL", self.urls.registrar.to_url_lossy().as_str())
            .env("PORTAL_PUBLISHER_URL", self.urls.publisher.to_url_lossy().as_str())
            .args(arguments)
            .kill_on_drop(true);
        command
    }

    async fn run(&self, arguments: &[&str]) -> Output {
        timeout(PATIENCE, self.command(arguments).output()).await.unwrap().unwrap()
    }

    async fn succeeds(&self, arguments: &[&str]) {
        let output = self.run(arguments).await;
        assert!(output.status.success(), "{}", text(&output.stderr));
    }

    /// Starts the program, waits until it comes to `point`, and kills it there.
    async fn killed_at(&self, point: &str, arguments: &[&str]) {
        let mut command = self.command(arguments);
        let command = command.env("PORTAL_STOP_AT", point).stdout(Stdio::null());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut said = Vec::new();
        while said.last().is_none_or(|line| line != point) {
            match timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap() {
                Some(line) => said.push(line),
                None => panic!("never came to {point}: {said:?}"),
            }
        }
        child.start_kill().unwrap();
        assert_eq!(child.wait().await.unwrap().signal(), Some(9), "{point}");
    }

    /// Runs the command once more: it ends well, or says that it has been done.
    async fn again(&self, left: Left, arguments: &[&str], done: &str) {
        match left {
            Old => self.succeeds(arguments).await,
            New => {
                let output = self.run(arguments).await;
                assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
                assert!(text(&output.stderr).contains(done), "{}", text(&output.stderr));
            }
        }
    }

    fn archive(&self) -> Archive {
        Archive::open(&self.data.join("releases")).unwrap_or_else(|e| panic!("{e}"))
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every file below `dir`, byte for byte.
fn content(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    files(dir).into_iter().map(|name| (name.clone(), fs::read(dir.join(name)).unwrap())).collect()
}

/// The same, without hidden files and without what is in hidden folders.
fn visible(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let hidden = |name: &str| name.split('/').any(|part| part.starts_with('.'));
    content(dir).into_iter().filter(|(name, _)| !hidden(name)).collect()
}

fn copy(from: &Path, to: &Path) {
    for name in files(from) {
        let to = to.join(&name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from.join(name), to).unwrap();
    }
}

/// A workshop with releases on the first two quarters of the story, both imported and the first
/// `built` of them built.
async fn workshop(cluster: &TestCluster, built: usize) -> Workshop {
    let workshop = Workshop::new(cluster).await;
    for quarter in &story::QUARTERS[..2] {
        story::import(&workshop, quarter).await;
    }
    for quarter in &story::QUARTERS[..built] {
        workshop.build(quarter).await;
    }
    workshop
}

/// A checklist of each of these releases, on which everything is confirmed.
static CHECKLISTS: LazyLock<(tempfile::TempDir, [(&str, String); 2])> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let files = ["2024-Q4", "2025-Q1"].map(|quarter| {
        let text = checklist::template(format!("{quarter}.1").parse().unwrap());
        let path = dir.path().join(quarter);
        fs::write(&path, text.replace("= false", "= true")).unwrap();
        (quarter, path.to_str().unwrap().to_owned())
    });
    (dir, files)
});

fn build(quarter: &'static str) -> Vec<&'static str> {
    let checklist = CHECKLISTS.1.iter().find(|(of, _)| *of == quarter).unwrap();
    let rest = [
        "--simulated",
        "--visible-from",
        "1970-01-01T00:00:00Z",
        "--prepared-by",
        "Phòng Thống kê",
        "--approved-by",
        "Chánh Thanh tra tỉnh",
        "--checklist",
        &checklist.1,
    ];
    [&["release", "build", "--period", quarter], &rest[..]].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_build_leaves_the_whole_release_or_none() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = workshop(&cluster, 1).await;
    let before = tempfile::tempdir().unwrap();
    for folder in ["keys", "releases", "restricted"] {
        copy(&workshop.dir.path().join(folder), &before.path().join(folder));
    }
    let portal = |folder: &Path| {
        copy(before.path(), folder);
        Portal { data: folder.to_owned(), urls: workshop.urls.clone() }
    };
    let whole = tempfile::tempdir().unwrap();
    portal(whole.path()).succeeds(&build("2025-Q1")).await;
    let (old, new) = (content(before.path()), content(whole.path()));
    assert!(new.len() > old.len() + 30, "{} and {}", old.len(), new.len());

    let attempt = async |(point, left): (&'static str, Left)| {
        let folder = tempfile::tempdir().unwrap();
        let portal = portal(folder.path());
        portal.killed_at(point, &build("2025-Q1")).await;
        let (found, expected) = (visible(folder.path()), if left == Old { &old } else { &new });
        // Of a release that is not there, what is kept beside it may be, whole or in part.
        let of_none = |name: &str| left == Old && name.starts_with("restricted/2025-Q1.1/");
        let found: BTreeMap<_, _> = found.into_iter().filter(|(name, _)| !of_none(name)).collect();
        assert!(found == *expected, "{point}: {:?}", listing(folder.path()));
        let archive = portal.archive();
        archive.verify(workshop.keys.log.verifier()).unwrap();
        assert_eq!(archive.bundles().len(), if left == Old { 1 } else { 2 }, "{point}");

        portal.again(left, &build("2025-Q1"), "2025-Q1.1 is published already").await;
        assert!(content(folder.path()) == new, "{point}: {:?}", listing(folder.path()));
    };
    iter(BUILD).for_each_concurrent(AT_ONCE, attempt).await;
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_first_build_leaves_whole_keys_or_none() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = workshop(&cluster, 0).await;
    for (point, left) in FIRST_BUILD {
        let folder = tempfile::tempdir().unwrap();
        let portal = Portal { data: folder.path().to_owned(), urls: workshop.urls.clone() };
        portal.killed_at(point, &build("2024-Q4")).await;
        let dir = folder.path().join("keys");
        let keys = Keys::read(&dir);
        assert_eq!(keys.is_ok(), left == New, "{point}");
        assert!(visible(folder.path()).keys().all(|name| name == "keys/release.json"), "{point}");

        portal.succeeds(&build("2024-Q4")).await;
        let now = Keys::read(&dir).unwrap();
        if let Ok(keys) = keys {
            assert_eq!(keys.log.verifier(), now.log.verifier(), "{point}");
        }
        portal.archive().verify(now.log.verifier()).unwrap();
        assert_eq!(content(folder.path()), visible(folder.path()), "{point}: nothing is left over");
    }
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_change_of_the_key_leaves_the_keys_that_were() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = workshop(&cluster, 1).await;
    let data = workshop.dir.path();
    let portal = Portal { data: data.to_owned(), urls: workshop.urls.clone() };
    let before = visible(data);
    for (point, left) in ROTATE {
        portal.killed_at(point, &["key", "rotate"]).await;
        assert_eq!(visible(data) == before, left == Old, "{point}");
    }
    portal.succeeds(&["key", "rotate"]).await;
    assert_eq!(Keys::read(&data.join("keys")).unwrap().log.verifiers().count(), 2);
    assert_eq!(content(&data.join("keys")), visible(&data.join("keys")), "nothing is left over");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_publication_leaves_the_whole_release_or_none() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = workshop(&cluster, 2).await;
    let [first, second] = ["2024-Q4", "2025-Q1"].map(|quarter| workshop.bundle_dir(quarter));
    let command = ["release", "publish", second.to_str().unwrap()];
    let loaded = Loading { workshop: &workshop, cluster: &cluster, first: Some(&first) };
    loaded.killed(&PUBLISH, &command, "2025-Q1.1 is published already").await;
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_restoration_leaves_all_releases_or_none() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = workshop(&cluster, 2).await;
    let releases = workshop.releases();
    let command = ["restore", releases.to_str().unwrap()];
    let loaded = Loading { workshop: &workshop, cluster: &cluster, first: None };
    loaded.killed(&RESTORE, &command, "the published database holds 2 releases").await;
    cluster.stop().await.unwrap();
}

/// Commands that load what a workshop has built, each into a database of its own.
struct Loading<'a> {
    workshop: &'a Workshop,
    cluster: &'a TestCluster,
    /// The bundle that is published before.
    first: Option<&'a Path>,
}

impl Loading<'_> {
    async fn portal(&self) -> Portal {
        let urls = self.cluster.databases().await.unwrap();
        if let Some(dir) = self.first {
            let publisher = PublisherPool::connect(urls.publisher.clone()).await.unwrap();
            publish(&publisher, dir, self.workshop.keys.log.verifier()).await.unwrap();
            publisher.close().await;
        }
        Portal { data: self.workshop.dir.path().to_owned(), urls }
    }

    async fn killed(&self, points: &[(&'static str, Left)], command: &[&str], done: &str) {
        let whole = self.portal().await;
        let old = published(&whole.urls.owner_published).await;
        whole.succeeds(command).await;
        let new = published(&whole.urls.owner_published).await;
        assert_ne!(old, new);

        // One after the other: the databases are copies of one that must not be in use.
        let mut portals = Vec::new();
        for &(point, left) in points {
            portals.push((point, left, self.portal().await));
        }
        let attempt = async |(point, left, portal): (&str, Left, Portal)| {
            portal.killed_at(point, command).await;
            let expected = if left == Old { &old } else { &new };
            assert_eq!(published(&portal.urls.owner_published).await, *expected, "{point}");
            portal.again(left, command, done).await;
            assert_eq!(published(&portal.urls.owner_published).await, new, "{point}");
        };
        iter(portals).for_each_concurrent(AT_ONCE, attempt).await;
    }
}

/// Everything in the published database: its relations, and of each table the number of rows and a
/// hash over them, but for the time at which they were loaded.
async fn published(owner: &PgConnectOptions) -> Vec<String> {
    let mut connection = PgConnection::connect_with(owner).await.unwrap();
    // Whoever loads holds a lock on this table: it waits until the server has given up what a killed
    // program was about.
    let wait = "begin; lock table releases in share row exclusive mode; commit";
    sqlx::raw_sql(wait).execute(&mut connection).await.unwrap();
    let mut dump: Vec<String> = sqlx::query_scalar(
        "select concat_ws(' ', relname, relkind, pg_get_expr(relpartbound, oid)) from pg_class
         where relnamespace = 'public'::regnamespace order by relname",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace
         and relkind in ('r', 'p') and not relispartition order by relname",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    for table in tables {
        let sql = format!(
            "select concat_ws(' ', '{table}', count(*),
                 sha256(convert_to(string_agg(line, chr(10) order by line), 'UTF8')))
             from (select (to_jsonb(t) - 'loaded_at')::text as line from {table} t) as lines"
        );
        dump.push(sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap());
    }
    connection.close().await.unwrap();
    dump
}

#[test]
fn the_program_is_killed_at_every_point_that_there_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut written = Vec::new();
    for folder in ["server/src", "crates", "app/src"] {
        let sources = listing(&root.join(folder));
        for source in sources.iter().filter(|path| path.extension().is_some_and(|e| e == "rs")) {
            let source = fs::read_to_string(source).unwrap();
            let names = source.split("fail_point!(\"").skip(1);
            written.extend(names.map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    let points: BTreeSet<&str> = written.iter().map(String::as_str).collect();
    assert_eq!(points.len(), written.len(), "each has a name of its own");
    let tried = [&FIRST_BUILD[..], &ROTATE, &BUILD, &PUBLISH, &RESTORE].concat();
    assert_eq!(points, tried.into_iter().map(|(name, _)| name).collect());
    assert!(points.len() >= 20, "{}", points.len());
}
