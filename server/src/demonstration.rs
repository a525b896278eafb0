//! The demonstration: a simulated register, imported, released quarter by quarter and published,
//! through the same commands that real data goes through.

use std::path::{Path, PathBuf};

use model::{Check, Period, ReleaseId};
use proof::SignOff;
use store::{PublisherPool, RegisterPool};

use crate::database::Settings;
use crate::demo;
use crate::error::CommandError;
use crate::import;
use crate::output;
use crate::release::BuildError;
use crate::release::archive::Archive;
use crate::release::build::{self, Edition, Request};
use crate::release::keys::Keys;
use crate::release::publication;
use crate::release::publish::publish;

/// The quarter whose release announces another signing key, so that every check has a handover to follow.
const ANNOUNCES_KEY: (i16, u8) = (2025, 1);

/// First and last quarter of the simulated register.
const FIRST: (i16, u8) = (2023, 1);
const LAST: (i16, u8) = (2026, 3);

fn index((year, quarter): (i16, u8)) -> i32 {
    i32::from(year) * 4 + i32::from(quarter) - 1
}

fn quarters() -> impl Iterator<Item = Period> {
    (index(FIRST)..=index(LAST)).map(Period::from_quarter_index)
}

/// Who answers for the simulated figures: nobody does.
fn sign_off() -> SignOff {
    SignOff {
        prepared_by: "Người lập biểu (mô phỏng)".to_owned(),
        approved_by: "Người duyệt (mô phỏng)".to_owned(),
        checklist: Check::ALL.to_vec(),
    }
}

/// Brings the demonstration up to its last release; does only what is missing, so that it goes on
/// where an interrupted run stopped.
///
/// # Errors
///
/// As the commands that it runs.
pub async fn ensure(
    settings: &Settings,
    register: &RegisterPool,
    publisher: &PublisherPool,
) -> Result<(), CommandError> {
    let published = publisher.releases().await?;
    let wanted: Vec<ReleaseId> =
        quarters().map(|period| ReleaseId { period, revision: 1 }).collect();
    if wanted.iter().all(|id| published.contains(id)) {
        return Ok(());
    }
    let out = settings.demonstration_dir();
    if !out.join("SIMULATED.txt").exists() {
        let bar = output::progress(0, "simulating a register");
        demo::write(&demo::Options { seed: 1, scale: 1, out: out.clone() }, &mut |p| {
            bar.set_length(p.total);
            bar.set_position(p.done);
        })?;
        bar.finish_and_clear();
    }
    let options = import::Options { kind: None, simulated: true };
    let mut keys = Keys::open(&settings.keys_dir(), true)?;
    let bar = output::progress(wanted.len() as u64, "importing, releasing, publishing");
    for id in wanted {
        import::import(register, &extracts(&out, id.period)?, &options).await?;
        let mut archive = Archive::open(&settings.releases_dir())?;
        if !archive.contains(id) {
            if id.period == Period::from_quarter_index(index(ANNOUNCES_KEY)) {
                keys = announce_key(&settings.keys_dir(), &archive, keys)?;
            }
            let request = Request {
                edition: Edition::First(id.period),
                visible_from: publication::minute(id.period),
                simulated: true,
                checked: Some(id),
                sign_off: sign_off(),
                notes: None,
                out: None,
            };
            build::build(register, &archive, &keys, &request).await?;
            archive = Archive::open(&settings.releases_dir())?;
        }
        if !published.contains(&id) {
            publish(publisher, &archive.path(id), keys.log.verifier()).await?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// Makes the next signing key, if an interrupted run has not.
fn announce_key(dir: &Path, archive: &Archive, keys: Keys) -> Result<Keys, BuildError> {
    let log = archive.verify(keys.log.verifier())?;
    if keys.log.signing(&log)?.next.is_some() {
        return Ok(keys);
    }
    Keys::rotate(dir, &log)?;
    Keys::read(dir)
}

/// The extract files of one quarter, in a stable order.
fn extracts(dir: &Path, quarter: Period) -> Result<Vec<PathBuf>, CommandError> {
    let folder = dir.join(quarter.to_string());
    let wrong = |source| CommandError::File { path: folder.clone(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        if path.extension().is_some_and(|e| e == "csv") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
