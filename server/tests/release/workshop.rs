//! A register, an archive of bundles, keys and a published database, all of them throw-away.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use model::figure::Address;
use model::{Cell, Check, Dim, Item, Period, Reason, ReleaseId, Status, Text};
use proof::{LogKey, SignOff, Succession};
use server::import::{Options, Outcome, import};
use server::release::BuildError;
use server::release::archive::Archive;
use server::release::build::{Built, Edition, Request, build};
use server::release::bundle::{self, Bundle, Release};
use server::release::changes::{self, Newest};
use server::release::keys::Keys;
use server::release::publish::publish;
use sqlx::postgres::{PgPool, PgPoolOptions};
use store::cluster::Urls;
use store::testing::TestCluster;
use store::{PublisherPool, RegisterPool};

/// A request for a release that is public at once.
pub fn request(edition: Edition) -> Request {
    let revises = !matches!(edition, Edition::First(_));
    Request {
        edition,
        visible_from: Timestamp::UNIX_EPOCH,
        simulated: true,
        checked: None,
        sign_off: SignOff::new("Phòng Thống kê", "Chánh Thanh tra tỉnh", Check::ALL).unwrap(),
        notes: revises.then(|| Text::new("Một xã báo cáo thiếu.", "A commune had left out cases.")),
        out: None,
    }
}

pub fn quarter(code: &str) -> Period {
    code.parse().expect("a period")
}

pub struct Workshop {
    pub register: RegisterPool,
    pub publisher: PublisherPool,
    pub keys: Keys,
    pub dir: tempfile::TempDir,
    pub owner: PgPool,
    pub urls: Urls,
}

impl Workshop {
    pub async fn new(cluster: &TestCluster) -> Self {
        let urls = cluster.databases().await.unwrap();
        let dir = tempfile::tempdir().unwrap();
        Self {
            register: RegisterPool::connect(urls.registrar.clone()).await.unwrap(),
            publisher: PublisherPool::connect(urls.publisher.clone()).await.unwrap(),
            // The role may hold a few connections only.
            owner: PgPoolOptions::new()
                .max_connections(1)
                .connect_with(urls.owner_published.clone())
                .await
                .unwrap(),
            keys: Keys::open(&dir.path().join("keys"), true).unwrap(),
            dir,
            urls,
        }
    }

    pub async fn import(&self, files: &[PathBuf]) -> Outcome {
        let options = Options { kind: None, simulated: true };
        import(&self.register, files, &options).await.unwrap_or_else(|e| panic!("{e}"))
    }

    /// Imports files given by name and content.
    pub async fn import_texts(&self, files: &[(&str, String)]) -> Outcome {
        let folder = self.dir.path().join("extracts");
        fs::create_dir_all(&folder).unwrap();
        let paths: Vec<PathBuf> = files
            .iter()
            .map(|(name, text)| {
                let path = folder.join(format!("{name}.csv"));
                fs::write(&path, text).unwrap();
                path
            })
            .collect();
        self.import(&paths).await
    }

    pub fn releases(&self) -> PathBuf {
        self.dir.path().join("releases")
    }

    pub fn bundle_dir(&self, period: &str) -> PathBuf {
        self.releases().join(format!("{period}.1"))
    }

    pub fn archive(&self) -> Archive {
        Archive::open(&self.releases()).unwrap_or_else(|e| panic!("{e}"))
    }

    pub async fn try_build(&self, period: &str) -> Result<Built, BuildError> {
        self.build_in(&self.releases(), period).await
    }

    /// Builds in the archive of `dir`.
    pub async fn build_in(&self, dir: &Path, period: &str) -> Result<Built, BuildError> {
        self.build_from(dir, period, Timestamp::UNIX_EPOCH).await
    }

    /// Builds what becomes public at `visible_from`, and reads the bundle back.
    pub async fn build_for(&self, period: &str, visible_from: Timestamp) -> Bundle {
        let built = self.build_from(&self.releases(), period, visible_from).await;
        bundle::read(&built.unwrap_or_else(|e| panic!("{period}: {e}")).dir).unwrap()
    }

    async fn build_from(
        &self,
        dir: &Path,
        period: &str,
        visible_from: Timestamp,
    ) -> Result<Built, BuildError> {
        let first = Edition::First(quarter(period));
        let request = Request { visible_from, ..request(first) };
        build(&self.register, &Archive::open(dir)?, &self.keys, &request).await
    }

    /// Builds a revision of what the archive holds.
    pub async fn try_correct(&self, reason: Reason) -> Result<Built, BuildError> {
        self.try_revise(Edition::Revision(reason)).await
    }

    pub async fn try_revise(&self, edition: Edition) -> Result<Built, BuildError> {
        build(&self.register, &self.archive(), &self.keys, &request(edition)).await
    }

    /// The same, read back and published.
    pub async fn correct(&self, reason: Reason) -> Bundle {
        self.publish_edition(Edition::Revision(reason)).await
    }

    pub async fn publish_edition(&self, edition: Edition) -> Bundle {
        let built = self.try_revise(edition).await.unwrap_or_else(|e| panic!("{e}"));
        self.publish(&built.dir).await.unwrap_or_else(|e| panic!("{e}"));
        bundle::read(&built.dir).unwrap()
    }

    /// Builds and reads the bundle back.
    pub async fn build(&self, period: &str) -> Bundle {
        let built = self.try_build(period).await.unwrap_or_else(|e| panic!("{period}: {e}"));
        bundle::read(&built.dir).unwrap()
    }

    /// Why the release on `period` is refused. Nothing may be left of it.
    pub async fn refused(&self, period: &str) -> BuildError {
        let before = listing(&self.releases());
        let error = self.try_build(period).await.expect_err("a refusal");
        assert_eq!(listing(&self.releases()), before, "{error}");
        error
    }

    pub async fn publish(&self, dir: &Path) -> Result<ReleaseId, BuildError> {
        publish(&self.publisher, dir, self.keys.log.verifier()).await
    }

    /// A second revision of the release of `bundle`, as `change` leaves each of its tables: written,
    /// signed and published.
    pub async fn revise(&self, bundle: &Bundle, change: impl Fn(&str, &mut Vec<Cell>)) {
        let mut release = bundle.release.clone();
        release.id.revision += 1;
        release.gate["release"] = release.id.to_string().into();
        release.reason = Some(Reason::Correction);
        release.notes = request(Edition::Revision(Reason::Correction)).notes;
        release.tables.iter_mut().for_each(|t| change(&t.definition.id, &mut t.cells));
        let changes = Newest::of(self.archive().bundles()).changed_by(&release);
        let list = changes::csv(&changes, release.reason, &release.sign_off.approved_by).unwrap();
        let dir = self.sign(&release, list);
        self.publish(&dir).await.unwrap_or_else(|e| panic!("{e}"));
    }

    /// Writes and signs `release`, which lists the changes `list`, as the next one of the archive,
    /// whatever it holds. Its bundle.
    pub fn sign(&self, release: &Release, list: Vec<u8>) -> PathBuf {
        let archive = self.archive();
        let entries = archive.bundles().len();
        let dir = archive.path(release.id);
        let signing = self.keys.log.signing(&self.succession()).unwrap();
        let index = u64::try_from(entries).unwrap();
        let manifest = bundle::write(&dir, release, list, index, &signing).unwrap();
        let mut log = archive.log(entries).unwrap();
        log.push(&manifest).unwrap();
        bundle::seal(&dir, &log, signing.key).unwrap();
        dir
    }

    /// The keys of the log as far as it was built.
    pub fn succession(&self) -> Succession {
        self.archive().verify(self.keys.log.verifier()).unwrap_or_else(|e| panic!("{e}"))
    }

    /// The key that signs the next release.
    pub fn signer(&self) -> LogKey {
        self.keys.log.signing(&self.succession()).unwrap().key.clone()
    }

    /// Everything in the published database.
    pub async fn published(&self) -> Vec<String> {
        let mut rows = Vec::new();
        for table in ["releases", "release_tables", "release_periods", "release_files", "cells"] {
            let sql = format!("select '{table} ' || t::text from {table} t order by t::text");
            let more: Vec<String> =
                sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&self.owner).await.unwrap();
            rows.extend(more);
        }
        rows
    }
}

/// Every path below `dir`, hidden ones too.
pub fn listing(dir: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let Ok(entries) = fs::read_dir(dir) else { return out };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(listing(&path));
        }
        out.push(path);
    }
    out.sort();
    out
}

/// The files of a bundle, relative to it.
pub fn files(dir: &Path) -> Vec<String> {
    let relative = |p: PathBuf| p.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
    listing(dir).into_iter().filter(|p| p.is_file()).map(relative).collect()
}

/// A figure of a bundle. `members` are a few of the dimensions' members, such as `D380 civil`.
pub fn figure(bundle: &Bundle, table: &str, period: &str, members: &str, item: &str) -> Figure {
    let item = Item::from_code(item).unwrap_or_else(|| panic!("{item}"));
    let mut address = Address::total(quarter(period), item);
    for code in members.split_whitespace() {
        let dim = Dim::ALL
            .into_iter()
            .find(|d| d.members().get(code).is_some())
            .unwrap_or_else(|| panic!("{code}"));
        address = address.with(dim, code);
    }
    let table = bundle.release.tables.iter().find(|t| t.definition.id == table).expect("a table");
    match table.cells.iter().find(|c| c.address == address) {
        None => Figure::Absent,
        Some(cell) if cell.status == Status::Shown => Figure::Shown(cell.value.unwrap()),
        Some(_) => Figure::Withheld,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    Shown(i64),
    Withheld,
    /// Not in the table: it cannot exist.
    Absent,
}

/// Asserts shown figures of one table, member and period: `closing 7, ended 6`.
pub fn shows(bundle: &Bundle, table: &str, period: &str, members: &str, expected: &str) {
    for pair in expected.split(", ") {
        let (item, value) = pair.split_once(' ').expect("an item and its value");
        let found = figure(bundle, table, period, members, item);
        assert_eq!(
            found,
            Figure::Shown(value.parse().unwrap()),
            "{table}, {period}, {members}, {item}"
        );
    }
}
