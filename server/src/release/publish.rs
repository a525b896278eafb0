//! Publishes a bundle, `portal release publish DIR`, or all of them anew, `portal restore DIR...`.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use model::figure::Address;
use model::{Cell, Period, ReleaseId};
use proof::{Log, Manifest, Succession, figure_id};
use store::{NewFigure, NewRelease, NewTable, PublisherPool};

use crate::calendar;

use super::bundle::{self, Bundle, MANIFEST, Table};
use super::changes::{self, Newest};
use super::error::BuildError;
use super::keys::ORIGIN;
use super::releases::{Releases, read_bundle};

/// Verifies the bundle in `dir` and loads it in one transaction.
///
/// # Errors
///
/// When a file is not the one that was signed, the gate's pass is missing, the signature is not
/// that of `verifier`, the log would not continue the one that is published, the release would be
/// public before the one that precedes it in the log, changes a published figure without saying so, or is
/// there already, or the calendar announces it otherwise. The database is unchanged then.
pub async fn publish(
    publisher: &PublisherPool,
    dir: &Path,
    verifier: &str,
) -> Result<ReleaseId, BuildError> {
    publish_at(publisher, dir, verifier, Timestamp::now()).await
}

/// The same, at the time `now`.
///
/// # Errors
///
/// As [`publish`].
pub async fn publish_at(
    publisher: &PublisherPool,
    dir: &Path,
    verifier: &str,
    now: Timestamp,
) -> Result<ReleaseId, BuildError> {
    let bundle = read_bundle(dir)?;
    fail::fail_point!("release::publish::after_reading");
    let id = bundle.release.id;
    if publisher.release_exists(id).await? {
        return Err(BuildError::AlreadyPublished(id));
    }
    let mut log = PublishedLog::new();
    for (manifest, checkpoint) in publisher.log().await? {
        log.push(&manifest, &checkpoint)?;
    }
    let announced = publisher.announcements().await?;
    if let Some(why) = calendar::disagrees(&announced, id, bundle.release.visible_from, now) {
        return Err(BuildError::Bundle { bundle: bundle.dir.clone(), why });
    }
    log.newest = newest(publisher, &bundle).await?;
    log.admit(&bundle)?;
    bundle.trusted(&log.keys, verifier)?;
    fail::fail_point!("release::publish::after_verifying");
    publisher.insert_release(&new_release(bundle)?).await?;
    Ok(id)
}

/// Verifies all bundles in `dirs`, each of them a bundle or a folder of bundles, and loads them into an
/// empty database in one transaction. What it holds then is what it held when they were published one
/// by one.
///
/// # Errors
///
/// As [`publish`]; and when the database is not empty, there is no bundle or one is missing. The database
/// is unchanged then.
pub async fn restore(
    publisher: &PublisherPool,
    dirs: &[PathBuf],
    verifier: &str,
) -> Result<Vec<ReleaseId>, BuildError> {
    let there = publisher.releases().await?.len();
    if there > 0 {
        return Err(BuildError::NotEmpty(there));
    }
    let releases = Releases::read(dirs)?;
    fail::fail_point!("release::restore::after_reading");
    let mut log = PublishedLog::new();
    for bundle in releases.bundles() {
        log.admit(bundle)?;
    }
    if let Some(last) = releases.bundles().last() {
        last.trusted(&log.keys, verifier)?;
    }
    let ids: Vec<ReleaseId> = releases.bundles().iter().map(|b| b.release.id).collect();
    if ids.is_empty() {
        return Err(BuildError::NoBundle(dirs.to_vec()));
    }
    fail::fail_point!("release::restore::after_verifying");
    let new = releases.into_bundles().into_iter().map(new_release);
    publisher.insert_releases(&new.collect::<Result<Vec<_>, _>>()?).await?;
    Ok(ids)
}

/// What is published of the tables and periods that `bundle` holds.
async fn newest(publisher: &PublisherPool, bundle: &Bundle) -> Result<Newest, BuildError> {
    let periods = |table: &Table| {
        let id = table.definition.id.clone();
        let periods: BTreeSet<Period> = table.cells.iter().map(|c| c.address.period).collect();
        periods.into_iter().map(move |period| (id.clone(), period))
    };
    let held: Vec<(String, Period)> = bundle.release.tables.iter().flat_map(periods).collect();
    let mut found: HashMap<(String, Period), (ReleaseId, HashMap<Address, Cell>)> = HashMap::new();
    let mut cells = publisher.newest_cells(&held);
    while let Some((release, table, cell)) = cells.try_next().await? {
        let key = (table, cell.address.period);
        let (_, cells) = found.entry(key).or_insert_with(|| (release, HashMap::new()));
        cells.insert(cell.address.clone(), cell);
    }
    let mut newest = Newest::default();
    for ((table, period), (release, cells)) in found {
        newest.add(&table, period, release, cells);
    }
    Ok(newest)
}

/// The log as far as it is published.
struct PublishedLog {
    log: Log,
    /// Which keys sign it.
    keys: Succession,
    /// What it has published, as far as the next entry may change it.
    newest: Newest,
    /// The newest release, and when it becomes public.
    last: Option<(ReleaseId, Timestamp)>,
}

impl PublishedLog {
    fn new() -> Self {
        Self {
            log: Log::new(ORIGIN),
            keys: Succession::default(),
            newest: Newest::default(),
            last: None,
        }
    }

    /// The next entry, which was admitted before, and the checkpoint with it.
    fn push(&mut self, manifest: &str, checkpoint: &str) -> Result<(), BuildError> {
        self.log.push(manifest.as_bytes())?;
        let manifest: Manifest =
            serde_json::from_str(manifest).map_err(BuildError::format("a published manifest"))?;
        // What is in the database may be another's work: it counts as far as it is signed.
        let signed = self.log.verify(checkpoint, &manifest.key);
        let damaged = |error| BuildError::Damaged { release: manifest.release, error };
        signed.and_then(|()| self.keys.push(&manifest)).map_err(damaged)?;
        let minute = manifest.visible_from.parse().map_err(BuildError::format("visible_from"))?;
        self.last = Some((manifest.release, minute));
        Ok(())
    }

    /// The next entry, if it may be.
    fn admit(&mut self, bundle: &Bundle) -> Result<(), BuildError> {
        let refuse = |why: String| BuildError::Bundle { bundle: bundle.dir.clone(), why };
        let (id, gate) = (bundle.release.id, &bundle.release.gate);
        if gate["passed"] != true
            || gate["certified"] != true
            || gate["release"] != id.to_string().as_str()
        {
            return Err(refuse("it has no pass of the gate for this release".into()));
        }
        if !bundle.release.sign_off.is_complete() {
            return Err(refuse("not two have signed it off and confirmed its checklist".into()));
        }
        // The database keeps microseconds, and serves no figure whose release says another instant.
        if bundle.release.visible_from.subsec_nanosecond() % 1_000 != 0 {
            return Err(refuse("it would be public from a fraction of a microsecond on".into()));
        }
        if bundle.parsed.log_index != self.log.size() {
            return Err(refuse(format!(
                "it is entry {} of the log of releases, but entry {} comes next: publish in order",
                bundle.parsed.log_index,
                self.log.size()
            )));
        }
        // A release proves its figures with everything before it in the log.
        if let Some((last, minute)) = self.last
            && bundle.release.visible_from < minute
        {
            return Err(refuse(format!(
                "it would be public before {last}, which precedes it in the log and is public from \
                 {minute} on: build it with --visible-from at that minute or later",
            )));
        }
        self.log.push(bundle.manifest.as_bytes())?;
        bundle.verify_in(&self.log, &mut self.keys)?;
        self.last = Some((id, bundle.release.visible_from));
        changes::check(&self.newest, bundle)?;
        self.newest.publish(&bundle.release);
        Ok(())
    }
}

fn new_release(bundle: Bundle) -> Result<NewRelease, BuildError> {
    let Bundle { release, manifest, parsed, files, checkpoint, log_proof, .. } = bundle;
    let disclosure =
        serde_json::to_string(&release.disclosure).map_err(BuildError::format("report"))?;
    let mut files: Vec<(String, Vec<u8>)> = files.into_iter().collect();
    files.push((bundle::LOG_PROOF.to_owned(), log_proof.to_string().into_bytes()));
    files.push((MANIFEST.to_owned(), manifest.clone().into_bytes()));
    files.push((bundle::CHECKPOINT.to_owned(), checkpoint.clone().into_bytes()));
    Ok(NewRelease {
        id: release.id,
        visible_from: release.visible_from,
        simulated: release.simulated,
        log_index: i64::try_from(parsed.log_index).unwrap_or(i64::MAX),
        manifest,
        checkpoint,
        log_key: parsed.key,
        tree: bundle::tree(release.id, &release.tables)?.hashes(),
        disclosure,
        tables: release.tables.into_iter().map(named).collect(),
        files,
    })
}

/// The table with the permanent name of each of its figures.
fn named(table: Table) -> NewTable {
    let Table { definition, cells } = table;
    let figure =
        |cell: Cell| NewFigure { id: figure_id(&definition.id, &cell.address).bytes(), cell };
    let figures = cells.into_iter().map(figure).collect();
    NewTable { definition, figures }
}
