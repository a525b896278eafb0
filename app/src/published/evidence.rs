//! What proves a published figure.

use jiff::Timestamp;
use proof::evidence::FORMAT;
use proof::{
    Evidence, FigureFile, FigureId, Handover, Log, LogError, Manifest, Places, TrustedLog, hex,
};
use store::{FigureVersion, LoggedManifest};

use super::{Published, unavailable};
use crate::error::PortalError;

/// A figure as a file that proves it, and what a reader is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// The file.
    pub file: FigureFile,
    /// The release's manifest.
    pub manifest: Manifest,
    /// How many entries the log has.
    pub log_size: u64,
}

impl Published {
    /// The consistency path from the first `from` entries of the log to its first `to`; empty if there
    /// is nothing to prove, and `None` if so many are not visible.
    ///
    /// # Errors
    ///
    /// [`PortalError::Unavailable`] when the database does not answer.
    pub async fn history(&self, from: u64, to: u64) -> Result<Option<Vec<String>>, PortalError> {
        let entries = self.pool.log().await.map_err(unavailable)?;
        let until = usize::try_from(to).ok();
        let Some(entries) = until.and_then(|until| entries.get(..until)) else { return Ok(None) };
        let built = log_of(entries).and_then(|log| {
            if (1..log.size()).contains(&from) { log.prove_history(from) } else { Ok(vec![]) }
        });
        let path = built.map_err(|error| {
            tracing::error!(%error, "the log of releases can't be built");
            PortalError::Unavailable
        })?;
        Ok(Some(path.iter().map(hex).collect()))
    }

    /// What proves `version` of the figure `id`, in the newest visible state of the log; it has been
    /// checked.
    ///
    /// # Errors
    ///
    /// [`PortalError::Unavailable`] when the database does not answer, or holds anything else than
    /// what was signed: such a figure must not be served.
    pub async fn prove(
        &self,
        id: FigureId,
        version: &FigureVersion,
    ) -> Result<Proved, PortalError> {
        let entries = self.pool.log().await.map_err(unavailable)?;
        let release = version.release.id;
        let broken = |why: &str| {
            tracing::error!(%release, leaf = version.leaf, why, "a published figure is not proved");
            PortalError::Unavailable
        };
        let at = usize::try_from(version.release.log_index).map_err(|_e| broken("log index"))?;
        let own = entries.get(at).filter(|e| e.release.id == release);
        let (Some(own), Some(newest)) = (own, entries.last()) else {
            return Err(broken("the log has a gap"));
        };
        let log = log_of(&entries).map_err(|e| broken(&e.to_string()))?;
        let log_path = log.prove(at as u64).map_err(|e| broken(&e.to_string()))?;
        let manifest: Manifest =
            serde_json::from_str(&own.manifest).map_err(|e| broken(&e.to_string()))?;

        let places = Places::of(manifest.figures, version.leaf);
        let places = places.map_err(|e| broken(&e.to_string()))?;
        let hashes = self.pool.tree_hashes(release, places.places()).await.map_err(unavailable)?;
        let path = places.path(&hashes).map_err(|e| broken(&e.to_string()))?;
        let evidence = Evidence {
            line: proof::canonical_line(release, &version.table, &version.cell),
            leaf: version.leaf,
            path: path.iter().map(hex).collect(),
            manifest: own.manifest.clone(),
            log_path: log_path.iter().map(hex).collect(),
            checkpoint: newest.release.checkpoint.clone(),
            handovers: handovers(&log, &entries).map_err(|e| broken(&e.to_string()))?,
        };
        let file =
            FigureFile { format: FORMAT.to_owned(), figure: id, key: newest.key.clone(), evidence };
        // Whichever key of the log its reader trusts: it is proved from the first one on.
        let first = entries.first().filter(|first| first.key != newest.key);
        for entry in first.into_iter().chain([newest]) {
            file.check(&entry.key, None).map_err(|(_, refusal)| broken(&refusal.to_string()))?;
        }
        // What the page says of the release beside its figures.
        let minute: Option<Timestamp> = manifest.visible_from.parse().ok();
        if manifest.simulated != own.release.simulated || minute != Some(own.release.visible_from) {
            return Err(broken("the release is not the one that its manifest describes"));
        }
        Ok(Proved { file, manifest, log_size: log.size() })
    }
}

/// How the log came from one key to another.
fn handovers(log: &Log, entries: &[LoggedManifest]) -> Result<Vec<Handover>, LogError> {
    let parts = entries.iter().map(|e| (&*e.manifest, &*e.release.checkpoint, &*e.key));
    Handover::all(log, &parts.collect::<Vec<_>>())
}

/// The log with `entries`.
fn log_of(entries: &[LoggedManifest]) -> Result<Log, LogError> {
    let key = entries.last().map_or("", |entry| entry.key.as_str());
    let mut log = Log::new(TrustedLog::of(key).origin);
    for entry in entries {
        log.push(entry.manifest.as_bytes())?;
    }
    Ok(log)
}
