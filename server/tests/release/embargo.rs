//! A release that is loaded before its minute: until then no answer of the web server differs from
//! those of one that doesn't have it; from then on all of it is there, and nothing was written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::routes::Page;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use jiff::{SignedDuration, Timestamp};
use model::{Cell, Locale};
use proof::figure_id;
use server::release::bundle::{self, Bundle};
use store::testing::TestCluster;
use tokio::task::JoinSet;

use super::askable::{HOST, document, known_files, of_the_release, start};
use super::restore::without_nonce;
use super::site::Site;
use super::story;
use super::workshop::{Workshop, files};

/// Some addresses are as many as figures or as what one can choose in a form. So many of each shape
/// are looked at.
const OF_EACH_SHAPE: usize = 4;
/// Answers awaited at once.
const AT_ONCE: usize = 8;

/// An answer, but for the nonce in it, which is another each time.
#[derive(Clone, PartialEq, Eq)]
struct Seen {
    status: StatusCode,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Seen {
    fn of(status: StatusCode, headers: &HeaderMap, body: Vec<u8>) -> Self {
        let policy = headers.get("content-security-policy").map_or("", |v| v.to_str().unwrap());
        let nonce = policy.split("'nonce-").nth(1).and_then(|n| n.split('\'').next());
        let text = |value: &str| nonce.map_or(value.to_owned(), |n| value.replace(n, "NONCE"));
        let line = |name: &str, value: &str| (name.to_owned(), text(value));
        let mut lines: Vec<_> =
            headers.iter().map(|(n, v)| line(n.as_str(), v.to_str().unwrap())).collect();
        lines.sort();
        Self { status, headers: lines, body: without_nonce(body, policy) }
    }

    async fn at(site: &Site, address: &str) -> Self {
        Self::asked(site, Method::GET, address, &[]).await
    }

    async fn asked(site: &Site, method: Method, address: &str, headers: &[(&str, &str)]) -> Self {
        let headers = [&[("host", "example.org")], headers].concat();
        let (status, headers, body) = site.ask(method, address, &headers).await;
        Self::of(status, &headers, body)
    }

    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }
}

/// Fails where `covered` differs from `without`.
fn same(what: &str, covered: &Seen, without: &Seen) {
    assert_eq!(covered.status, without.status, "{what}");
    assert_eq!(covered.headers, without.headers, "{what}");
    if covered.body != without.body {
        let lossy = |seen: &Seen| String::from_utf8_lossy(&seen.body).into_owned();
        let (covered, without) = (lossy(covered), lossy(without));
        let at = covered.bytes().zip(without.bytes()).take_while(|(a, b)| a == b).count();
        let part =
            |text: &str| text.chars().skip(at.saturating_sub(200)).take(400).collect::<String>();
        panic!("{what}:\n{}\n---\n{}", part(&covered), part(&without));
    }
}

/// Two servers: over a database with a release whose minute hasn't come, and over one without it.
struct Pair {
    covered: Site,
    without: Site,
}

impl Pair {
    async fn over(covered: &Workshop, without: &Workshop) -> Arc<Self> {
        let (covered, without) = (Site::over(covered).await, Site::over(without).await);
        Arc::new(Self { covered, without })
    }

    /// The answer at `address`, which is the same of both.
    async fn answer(&self, address: &str) -> Seen {
        let (covered, without) =
            tokio::join!(Seen::at(&self.covered, address), Seen::at(&self.without, address));
        same(address, &covered, &without);
        covered
    }

    /// The answers at `addresses`.
    async fn answers(self: &Arc<Self>, addresses: Vec<String>) -> Vec<(String, Seen)> {
        let mut found = Vec::new();
        for some in addresses.chunks(AT_ONCE) {
            let mut asked = JoinSet::new();
            for address in some.iter().cloned() {
                let pair = Arc::clone(self);
                asked.spawn(async move {
                    let seen = pair.answer(&address).await;
                    (address, seen)
                });
            }
            found.extend(asked.join_all().await);
        }
        found
    }

    /// Has the files checked of somebody who knows the release of `bundle`.
    async fn check_files(&self, bundle: &Bundle) {
        for (name, content) in known_files(bundle) {
            for page in Locale::ALL.map(|locale| Page::Check.path(locale)) {
                let seen = async |site: &Site| {
                    let answer = site.send(&page, "file", &name, &content).await;
                    Seen::of(answer.status, &answer.headers, answer.text.into_bytes())
                };
                same(&name, &seen(&self.covered).await, &seen(&self.without).await);
            }
        }
    }

    /// Asks for `release`, and for what would lead to it, in other ways than browsers do.
    async fn ask_otherwise(&self, release: &str) {
        let archive = format!("/api/v1/releases/{release}.zip");
        let file = format!("/api/v1/releases/{release}/manifest.json");
        let page = format!("/en/releases/{release}");
        for address in [archive.as_str(), &file, &page, "/en", "/feeds/releases.en.atom"] {
            for (method, header) in [
                (Method::HEAD, ("accept", "*/*")),
                (Method::OPTIONS, ("origin", "http://example.com")),
                (Method::POST, ("accept", "*/*")),
                (Method::GET, ("range", "bytes=0-9")),
                (Method::GET, ("if-none-match", "*")),
                (Method::GET, ("if-modified-since", "Mon, 01 Jan 2024 00:00:00 GMT")),
            ] {
                let what = format!("{method} {address} {header:?}");
                let seen =
                    async |site: &Site| Seen::asked(site, method.clone(), address, &[header]).await;
                same(&what, &seen(&self.covered).await, &seen(&self.without).await);
            }
        }
    }

    /// Follows every link from `start` on; the addresses that were looked at.
    async fn crawl(self: &Arc<Self>, start: BTreeSet<String>) -> BTreeSet<String> {
        let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
        let mut known = BTreeSet::new();
        let mut next = start;
        while !next.is_empty() {
            let wanted: Vec<String> = next
                .into_iter()
                .filter(|address| !known.contains(address))
                .filter(|address| {
                    let count = shapes.entry(shape(address)).or_default();
                    *count += 1;
                    *count <= OF_EACH_SHAPE
                })
                .collect();
            known.extend(wanted.iter().cloned());
            let answers = self.answers(wanted).await;
            next = answers.iter().flat_map(|(at, seen)| links(at, seen)).collect();
        }
        known
    }
}

/// What addresses of one kind have in common: first steps of the path, how deep it is, ending, and
/// the names of the parameters.
fn shape(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let steps: Vec<&str> = path.split('/').skip(1).collect();
    let kept = if steps.first() == Some(&"api") { 3 } else { 2 };
    let ending =
        if steps.len() > kept { path.rsplit('.').next().filter(|e| e.len() < 6) } else { None };
    let mut names: Vec<&str> = query.split('&').map(|p| p.split('=').next().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    let first = steps[..kept.min(steps.len())].join("/");
    format!("{first} {} {} {ending:?} {names:?}", steps.len(), path.contains('@'))
}

/// The addresses of this site that an answer names, and the data behind the page at `at`.
fn links(at: &str, seen: &Seen) -> Vec<String> {
    let text = String::from_utf8_lossy(&seen.body);
    let quoted =
        text.split('"').map(|part| part.trim_end_matches('\\')).filter(|p| p.starts_with('/'));
    let whole = text.split(HOST).skip(1);
    let whole = whole.map(|part| part.split(['"', '<', '\\', ' ', '\n', ')']).next().unwrap());
    let mut found: Vec<String> = quoted
        .chain(whole)
        .map(|address| address.split('#').next().unwrap().replace("&amp;", "&"))
        .filter(|address| address.starts_with('/') && !address.starts_with("//"))
        .filter(|address| address.parse::<Uri>().is_ok())
        .collect();
    found.extend((seen.header("content-type").starts_with("text/html")).then(|| document(at)));
    let on = seen.header("location");
    found.extend((!on.is_empty()).then(|| on.trim_start_matches(HOST).to_owned()));
    found
}

/// Everything of the story but its last release.
async fn earlier_releases(workshop: &Workshop) {
    for quarter in &story::QUARTERS[..4] {
        story::import(workshop, quarter).await;
        workshop.build(quarter).await;
        workshop.publish(&workshop.bundle_dir(quarter)).await.unwrap();
    }
    story::import(workshop, "2025-Q4").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_its_minute_a_release_is_in_no_answer() {
    let cluster = TestCluster::start().await.unwrap();
    let (workshop, other) = (Workshop::new(&cluster).await, Workshop::new(&cluster).await);
    earlier_releases(&workshop).await;
    for quarter in &story::QUARTERS[..4] {
        let key = workshop.keys.log.verifier();
        let dir = workshop.bundle_dir(quarter);
        server::release::publish::publish(&other.publisher, &dir, key).await.unwrap();
    }
    let covered = covered_releases(&workshop).await;

    let pair = Pair::over(&workshop, &other).await;
    let crawled = pair.crawl(start(&pair.without).await).await;
    assert!(crawled.len() > 1000, "{}", crawled.len());
    for part in ["/vi/so-lieu/", "/fn/document?", "/feeds/", ".zip", ".proof.json", ".png", ".csv"]
    {
        assert!(crawled.iter().any(|address| address.contains(part)), "{part}");
    }

    for bundle in &covered {
        let release = bundle.release.id.to_string();
        let known = of_the_release(bundle).into_iter().collect();
        for (address, seen) in pair.answers(known).await {
            let named = address.contains(&release) && !address.contains('?');
            if named && !address.starts_with("/f/") {
                assert_eq!(seen.status, StatusCode::NOT_FOUND, "{address}");
            }
        }
        pair.check_files(bundle).await;
        pair.ask_otherwise(&release).await;
    }
    cluster.stop().await.unwrap();
}

/// Loads a release on the last quarter and a revision of the one before, which come out in a far
/// future.
async fn covered_releases(workshop: &Workshop) -> [Bundle; 2] {
    let far: Timestamp = "2100-01-01T00:00:00Z".parse().unwrap();
    let newest = workshop.build_for("2025-Q4", far).await;
    workshop.publish(&newest.dir).await.unwrap();
    let mut before = bundle::read(&workshop.bundle_dir("2025-Q3")).unwrap();
    before.release.visible_from = far;
    let shown =
        |cells: &mut Vec<Cell>| cells.iter_mut().for_each(|c| c.value = c.value.map(|v| v + 1));
    workshop.revise(&before, |_, cells| shown(cells)).await;
    let revision = bundle::read(&workshop.releases().join("2025-Q3.2")).unwrap();
    let loaded = workshop.published().await;
    for id in ["2025-Q4.1", "2025-Q3.2"] {
        assert!(loaded.iter().any(|row| row.starts_with("cells ") && row.contains(id)), "{id}");
    }
    [newest, revision]
}

#[tokio::test(flavor = "multi_thread")]
async fn at_its_minute_a_release_is_in_every_answer_and_nothing_is_written() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let clock = Instant::now();
    earlier_releases(&workshop).await;
    // Four releases took this long: time enough for the fifth, and to look around before its minute.
    let wait = clock.elapsed() + Duration::from_secs(5);
    let minute = in_whole_seconds(Timestamp::now() + SignedDuration::try_from(wait).unwrap());
    let bundle = workshop.build_for("2025-Q4", minute).await;
    workshop.publish(&bundle.dir).await.unwrap();
    let written = workshop.published().await;

    let running = Site::over(&workshop).await;
    let id = bundle.release.id.to_string();
    let changed = changed(&bundle);
    let mut before = BTreeMap::new();
    for address in &changed {
        before.insert(address.clone(), Seen::at(&running, address).await);
    }
    assert!(Timestamp::now() < minute, "no time to look around: {wait:?}");
    workshop.publisher.close().await;
    let left = minute.duration_since(Timestamp::now());
    tokio::time::sleep(left.unsigned_abs() + Duration::from_millis(20)).await;

    let fresh = Site::over(&workshop).await;
    for (address, before) in &before {
        let now = Seen::at(&running, address).await;
        assert_eq!(now.status, StatusCode::OK, "{address}");
        assert!(now.body != before.body, "{address} is as before");
        // What was kept of the answer before is asked for again, and is not taken for this one.
        assert_eq!(before.header("cache-control"), "no-cache", "{address}");
        for name in ["etag", "last-modified"] {
            let mark = now.header(name);
            assert!(mark.is_empty() || mark != before.header(name), "{address}: {name}");
        }
        same(address, &now, &Seen::at(&fresh, address).await);
    }
    assert_eq!(before[&format!("/en/releases/{id}")].status, StatusCode::NOT_FOUND);
    for file in files(&bundle.dir) {
        let seen = Seen::at(&running, &format!("/api/v1/releases/{id}/{file}")).await;
        assert!(seen.body == fs::read(bundle.dir.join(&file)).unwrap(), "{file}");
        assert_eq!(seen.header("cache-control"), "public, max-age=31536000, immutable");
    }
    let checkpoint = Seen::at(&running, "/api/v1/log/checkpoint").await;
    assert_eq!(checkpoint.body, bundle.checkpoint.as_bytes());
    // What is known to exist only there exists: the addresses of the other test are no idle ones.
    let (mut there, mut all) = (0, 0);
    for address in of_the_release(&bundle).into_iter().step_by(13) {
        let status = Seen::at(&running, &address).await.status;
        all += 1;
        there += usize::from(status.is_success() || status.is_redirection());
    }
    assert!(there * 10 > all * 9, "{there} of {all}");
    for (name, content) in known_files(&bundle).iter().step_by(7) {
        let answer = running.send("/en/check", "file", name, content).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.text.contains(&id), "{name}: {}", answer.text);
    }
    assert!(workshop.published().await == written);
    cluster.stop().await.unwrap();
}

fn in_whole_seconds(instant: Timestamp) -> Timestamp {
    Timestamp::from_second(instant.as_second()).unwrap()
}

/// Addresses that the release of `bundle` changes, one of each kind.
fn changed(bundle: &Bundle) -> Vec<String> {
    let id = bundle.release.id;
    let table = &bundle.release.tables[0];
    let cell = table.cells.iter().find(|c| c.address.period == id.period && c.value.is_some());
    let figure = figure_id(&table.definition.id, &cell.unwrap().address);
    let mut all: Vec<String> = [
        "/vi",
        "/en",
        "/vi/ky-cong-bo",
        "/en/releases",
        "/vi/dia-ban",
        "/en/fields",
        "/vi/co-quan",
        "/vi/bang",
        "/en/tables/case-flow",
        "/en/explore?table=case-flow&by=period",
        "/vi/kiem-chung?q=quy+IV/2025+da+giai+quyet+9+vu+viec",
        "/en/search?q=2025-Q4",
        "/fn/overview",
        "/fn/releases",
        "/fn/table?id=case-flow",
        "/fn/document?path=%2Fvi",
        "/api/v1/pages.json",
        "/api/v1/log/checkpoint",
        "/api/v1/log/history.json?from=2&to=5",
        "/api/v1/tables/case-flow.csv",
        "/api/v1/tables/case-flow.csv?by=period",
        "/api/v1/tables/case-flow.svg?by=period",
        "/api/v1/tables/case-flow.png?by=period",
        "/feeds/releases.vi.atom",
        "/feeds/releases.en.json",
    ]
    .map(str::to_owned)
    .into();
    all.extend([
        format!("/vi/ky-cong-bo/{id}"),
        format!("/en/releases/{id}"),
        format!("/en/figures/{figure}"),
        format!("/vi/so-lieu/{figure}@{id}"),
        format!("/api/v1/figures/{figure}.json"),
        format!("/api/v1/figures/{figure}@{id}.proof.json"),
        format!("/api/v1/releases/{id}.zip"),
        format!("/api/v1/releases/{id}/manifest.json"),
    ]);
    all
}
