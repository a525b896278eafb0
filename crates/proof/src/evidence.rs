//! A figure with everything that proves it, and the check of it, step by step.
//!
//! ```text
//! canonical line --path--> root in the manifest --log path--> root in the checkpoint <-- signature
//!                                                             root in the checkpoint <-- history --
//!                                                                   the state a reader saw last
//! ```
//!
//! Hashes are those of RFC 6962, written in lower-case hexadecimal; the checkpoint is a C2SP signed
//! note over a tlog checkpoint. Pure, so that the same code checks offline and in a browser.

use model::ReleaseId;
use serde::{Deserialize, Serialize};
use tlog_tiles::checkpoint::Checkpoint;
use tlog_tiles::tlog::{self, Hash};

use crate::canonical::{FigureId, Line};
use crate::log::{Log, LogError, State, read_checkpoint};
use crate::manifest::{self, Manifest};
use crate::{hash_of, hex};

/// What proves one figure of one release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The figure's canonical line.
    pub line: String,
    /// Its place among the figures of the release, from 0.
    pub leaf: u64,
    /// The audit path from the line to the root of the release's figures.
    pub path: Vec<String>,
    /// The manifest of the release, byte for byte.
    pub manifest: String,
    /// The audit path from the manifest to the root of the log of releases.
    pub log_path: Vec<String>,
    /// The signed state of the log.
    pub checkpoint: String,
    /// How the key that signed it came to sign the log, oldest first; empty if it always did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handovers: Vec<Handover>,
}

/// That the log itself says which key signs it after an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// The manifest that announces the key, byte for byte.
    pub manifest: String,
    /// The audit path from it to the root in its checkpoint.
    pub log_path: Vec<String>,
    /// The state of the log when it was the last entry, signed by the key before.
    pub checkpoint: String,
    /// The consistency path from that state to the one that the figure is proved with.
    pub history: Vec<String>,
}

impl Handover {
    /// The handovers of `log`, whose `entries` are these: manifest, checkpoint that has it last, key of
    /// that checkpoint.
    ///
    /// # Errors
    ///
    /// When there are more entries than in the log.
    pub fn all(log: &Log, entries: &[(&str, &str, &str)]) -> Result<Vec<Self>, LogError> {
        let hexes = |path: Vec<Hash>| path.iter().map(hex).collect();
        let pairs = (0_u64..).zip(entries.windows(2));
        pairs
            .filter(|(_, pair)| pair[0].2 != pair[1].2)
            .map(|(entry, pair)| {
                let (manifest, checkpoint, _) = pair[0];
                Ok(Self {
                    manifest: manifest.to_owned(),
                    log_path: hexes(log.prove_in(entry + 1, entry)?),
                    checkpoint: checkpoint.to_owned(),
                    history: hexes(log.prove_history(entry + 1)?),
                })
            })
            .collect()
    }
}

/// The format name of [`FigureFile`].
pub const FORMAT: &str = "thanhhoa-complaints-figure-v2";

/// A figure as a file that anyone can check by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureFile {
    /// [`FORMAT`].
    pub format: String,
    /// The permanent name of the figure.
    pub figure: FigureId,
    /// The public key that the file was checked with when it was made. Whoever checks it decides for
    /// himself which key to trust.
    pub key: String,
    /// What proves the figure.
    pub evidence: Evidence,
}

impl FigureFile {
    /// Checks the file against `key`, the public key to trust, and, if the reader knows an earlier
    /// state of the log, its `history`: the evidence ([`check`]), and that it is of the figure named.
    ///
    /// # Errors
    ///
    /// The first step that does not hold, with those before it.
    pub fn check(
        &self,
        key: &str,
        history: Option<&History>,
    ) -> Result<Vec<Fact>, (Vec<Fact>, Refusal)> {
        if self.format != FORMAT {
            return Err((Vec::new(), Refusal::Format(self.format.chars().take(60).collect())));
        }
        let facts = check(&self.evidence, TrustedLog::of(key), history)?;
        match facts.last() {
            Some(Fact::Held { figure, .. }) if *figure != self.figure => {
                let refusal = Refusal::OtherFigure { named: self.figure, held: *figure };
                Err((facts, refusal))
            }
            _ => Ok(facts),
        }
    }
}

/// The log that is trusted: its name and its public key in the C2SP form.
#[derive(Clone, Copy, Debug)]
pub struct TrustedLog<'a> {
    /// Its name, the first line of its checkpoints.
    pub origin: &'a str,
    /// `name+id+base64`.
    pub key: &'a str,
}

impl<'a> TrustedLog<'a> {
    /// The log that `key`, `name+id+base64`, is named after.
    #[must_use]
    pub fn of(key: &'a str) -> Self {
        Self { origin: key.split('+').next().unwrap_or_default(), key }
    }
}

/// What leads from a state that a reader saw before to that of the checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The earlier state.
    pub seen: State,
    /// The consistency path between the two.
    pub path: Vec<String>,
}

/// A step that held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// An entry of the log announced the key to trust from then on.
    HandedOver {
        /// The release that announced it.
        release: ReleaseId,
        /// The key.
        key: String,
    },
    /// The checkpoint is signed by the trusted key, or by the one that took over from it; it is the state of the log from now on.
    Signed(State),
    /// The log continues the state that the reader saw before.
    Continues {
        /// Entries then.
        from: u64,
        /// Entries now.
        to: u64,
    },
    /// The manifest is an entry of the log.
    Logged {
        /// Of which release it is.
        release: ReleaseId,
        /// Its place in the log, from 0.
        entry: u64,
        /// True if its figures are simulated.
        simulated: bool,
    },
    /// The line is a figure of the release.
    Held {
        /// Its permanent name.
        figure: FigureId,
        /// Its place, from 0.
        leaf: u64,
        /// Figures of the release.
        figures: u64,
    },
}

/// Why a figure is not proved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The file is of another format.
    #[error("its format is `{0}`")]
    Format(String),
    /// The checkpoint is no signed state of the trusted log.
    #[error("the checkpoint is not a state of the log signed by its key: {0}")]
    Checkpoint(String),
    /// What should hand the log over to another key does not.
    #[error("it is not proved that the log was handed over to another key: {0}")]
    Handover(String),
    /// The log is shorter than it was.
    #[error("the log has {now} entries; it had {before} before: releases were cut off")]
    Shorter {
        /// Entries then.
        before: u64,
        /// Entries now.
        now: u64,
    },
    /// Nothing proves that the log begins with what was seen: history was changed, or the path.
    #[error("it is not proved that the log continues the {before} entries seen before")]
    Changed {
        /// Entries then.
        before: u64,
    },
    /// The manifest does not read.
    #[error("the manifest is not one of this portal: {0}")]
    Manifest(String),
    /// The manifest is no entry of the log at its place.
    #[error("the manifest of {0} is not in the log at the place that it names")]
    NotLogged(ReleaseId),
    /// The line is no canonical line.
    #[error("`{0}` is not the canonical line of a figure")]
    Line(String),
    /// The line is of another release.
    #[error("the line is not one of release {0}")]
    OtherRelease(ReleaseId),
    /// Nothing proves that the line is a figure of the release at its place: value, place or path was
    /// changed.
    #[error("it is not proved that the line is figure {} of release {release}", leaf + 1)]
    NotHeld {
        /// The release.
        release: ReleaseId,
        /// The place, from 0.
        leaf: u64,
    },
    /// The file names another figure than it proves.
    #[error("it names the figure {named}, but its line is that of {held}")]
    OtherFigure {
        /// What it names.
        named: FigureId,
        /// What it holds.
        held: FigureId,
    },
    /// A hash is not one.
    #[error("`{0}` is not a SHA-256 hash in hexadecimal")]
    Hash(String),
}

impl Refusal {
    /// A code for what does not hold.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Format(_) => "format",
            Self::Checkpoint(_) => "checkpoint",
            Self::Handover(_) => "handover",
            Self::Shorter { .. } => "shorter",
            Self::Changed { .. } => "changed",
            Self::Manifest(_) => "manifest",
            Self::NotLogged(_) => "not_logged",
            Self::Line(_) => "line",
            Self::OtherRelease(_) => "other_release",
            Self::NotHeld { .. } => "not_held",
            Self::OtherFigure { .. } => "other_figure",
            Self::Hash(_) => "hash",
        }
    }
}

/// Checks `evidence` against `log` and, if the reader knows an earlier state, its `history`. The steps
/// that held, in order; the first that doesn't ends the check.
///
/// # Errors
///
/// The first step that does not hold, with those before it.
pub fn check(
    evidence: &Evidence,
    log: TrustedLog<'_>,
    history: Option<&History>,
) -> Result<Vec<Fact>, (Vec<Fact>, Refusal)> {
    let mut facts = Vec::new();
    match steps(evidence, log, history, &mut facts) {
        Ok(()) => Ok(facts),
        Err(refusal) => Err((facts, refusal)),
    }
}

fn steps(
    evidence: &Evidence,
    log: TrustedLog<'_>,
    history: Option<&History>,
    facts: &mut Vec<Fact>,
) -> Result<(), Refusal> {
    let mut key = log.key.to_owned();
    let mut used = vec![log.key.to_owned()];
    let mut states = Vec::new();
    for handover in &evidence.handovers {
        // Who trusts a later key has no use for how the ones before it came and went.
        let Ok(signed) = read_checkpoint(&handover.checkpoint, log.origin, &key) else { continue };
        let (release, next) = announced(handover, &signed, &key).map_err(Refusal::Handover)?;
        if used.contains(&next) {
            return Err(Refusal::Handover(format!("the key {next} was in force before")));
        }
        used.push(next.clone());
        key.clone_from(&next);
        facts.push(Fact::HandedOver { release, key: next });
        states.push((signed, &handover.history));
    }
    let checkpoint = read_checkpoint(&evidence.checkpoint, log.origin, &key)
        .map_err(|error| Refusal::Checkpoint(error.to_string()))?;
    let (size, root) = (checkpoint.size(), *checkpoint.hash());
    for (signed, path) in states {
        tlog::check_tree(&hashes(path)?, size, root, signed.size(), *signed.hash())
            .map_err(|_e| Refusal::Handover("the log does not continue that state".to_owned()))?;
    }
    facts.push(Fact::Signed(State { size, root: hex(&root) }));

    if let Some(history) = history {
        let before = history.seen.size;
        if before > size {
            return Err(Refusal::Shorter { before, now: size });
        }
        // Every log continues an empty one.
        if before > 0 {
            let seen = hash(&history.seen.root)?;
            tlog::check_tree(&hashes(&history.path)?, size, root, before, seen)
                .map_err(|_e| Refusal::Changed { before })?;
        }
        facts.push(Fact::Continues { from: before, to: size });
    }

    let manifest = read_manifest(&evidence.manifest).map_err(Refusal::Manifest)?;
    let release = manifest.release;
    let entry = tlog::record_hash(evidence.manifest.as_bytes());
    tlog::check_record(&hashes(&evidence.log_path)?, size, root, manifest.log_index, entry)
        .map_err(|_e| Refusal::NotLogged(release))?;
    let (entry, simulated) = (manifest.log_index, manifest.simulated);
    facts.push(Fact::Logged { release, entry, simulated });

    let parsed = Line::parse(&evidence.line)
        .ok_or_else(|| Refusal::Line(evidence.line.chars().take(200).collect()))?;
    if parsed.release != release {
        return Err(Refusal::OtherRelease(release));
    }
    let (leaf, figures) = (evidence.leaf, manifest.figures);
    let line = tlog::record_hash(evidence.line.as_bytes());
    let path = hashes(&evidence.path)?;
    tlog::check_record(&path, figures, hash(&manifest.root)?, leaf, line)
        .map_err(|_e| Refusal::NotHeld { release, leaf })?;
    facts.push(Fact::Held { figure: parsed.figure(), leaf, figures });
    Ok(())
}

/// The release that announces, in the state `signed` of the log, which key takes over from `key`; and that
/// key. What is wrong, otherwise.
fn announced(
    handover: &Handover,
    signed: &Checkpoint,
    key: &str,
) -> Result<(ReleaseId, String), String> {
    let manifest = read_manifest(&handover.manifest)?;
    let release = manifest.release;
    let path = hashes(&handover.log_path).map_err(|refusal| refusal.to_string())?;
    let entry = tlog::record_hash(handover.manifest.as_bytes());
    tlog::check_record(&path, signed.size(), *signed.hash(), manifest.log_index, entry)
        .map_err(|_e| Refusal::NotLogged(release).to_string())?;
    // Only under the signature that ends with it does an entry announce a key: later signatures are over
    // announcements of the past too.
    if manifest.log_index + 1 != signed.size() || manifest.key != key {
        return Err(format!("release {release} does not end the state that should hand over"));
    }
    match manifest.next_key {
        Some(next) if TrustedLog::of(&next).origin == TrustedLog::of(key).origin => {
            Ok((release, next))
        }
        _ => Err(format!("release {release} announces no key of this log")),
    }
}

fn read_manifest(text: &str) -> Result<Manifest, String> {
    let manifest: Manifest = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if manifest.format == manifest::FORMAT {
        Ok(manifest)
    } else {
        Err(format!("its format is `{}`", manifest.format))
    }
}

fn hash(text: &str) -> Result<Hash, Refusal> {
    hash_of(text).ok_or_else(|| Refusal::Hash(text.to_owned()))
}

fn hashes(texts: &[String]) -> Result<Vec<Hash>, Refusal> {
    texts.iter().map(|text| hash(text)).collect()
}

#[cfg(test)]
pub(crate) mod tests;
