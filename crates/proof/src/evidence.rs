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
use tlog_tiles::tlog::{self, Hash};

use crate::canonical::{FigureId, Line};
use crate::log::{State, read_checkpoint};
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
}

/// The format name of [`FigureFile`].
pub const FORMAT: &str = "thanhhoa-complaints-figure-v1";

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
    /// The checkpoint is signed by the trusted key; it is the state of the log from now on.
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
    let checkpoint = read_checkpoint(&evidence.checkpoint, log.origin, log.key)
        .map_err(|error| Refusal::Checkpoint(error.to_string()))?;
    let (size, root) = (checkpoint.size(), *checkpoint.hash());
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

    let manifest: Manifest = serde_json::from_str(&evidence.manifest)
        .map_err(|error| Refusal::Manifest(error.to_string()))?;
    if manifest.format != manifest::FORMAT {
        return Err(Refusal::Manifest(format!("its format is `{}`", manifest.format)));
    }
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

fn hash(text: &str) -> Result<Hash, Refusal> {
    hash_of(text).ok_or_else(|| Refusal::Hash(text.to_owned()))
}

fn hashes(texts: &[String]) -> Result<Vec<Hash>, Refusal> {
    texts.iter().map(|text| hash(text)).collect()
}

#[cfg(test)]
mod tests;
