//! Checks what the portal hands out, without a network or a database:
//! `portal verify PATH [--key KEY] [--against LOG]`.

mod figure;
mod known;
mod releases;

use std::path::{Path, PathBuf};

use proof::FigureFile;
use proof::evidence::Refusal;

use crate::release::BuildError;
use crate::release::releases::{Releases, is_bundle};
use known::Known;

/// What was to be verified does not hold, or can't be.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The file can't be read.
    #[error("{}: {source}", .path.display())]
    File {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is nothing that can be checked.
    #[error(
        "{}: it is no proof of a figure ({why}); the figure's page hands one out under \
         `proof (JSON)`. A file of a release is checked with the folder of its bundle: \
         --against DIR", .path.display()
    )]
    Format {
        /// Its path.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// A step of the check of a figure does not hold.
    #[error("{}: NOT PROVED: {refusal}", .path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// The step.
        refusal: Refusal,
    },
    /// A bundle does not hold.
    #[error("{mark}{0}", mark = mark(.0))]
    Release(#[from] BuildError),
    /// No bundle says which key signed it.
    #[error(
        "{}: --key is missing. The publisher's newest public key stands at \
         /.well-known/complaints-log-key of the portal, that of an older release on its page: take it from \
         there once, and compare it with one that you have from elsewhere", .0.display()
    )]
    NoKey(PathBuf),
    /// What stands at `--against` is no state of the log.
    #[error("{}: it is no state of the log signed by the key: {source}", .path.display())]
    Known {
        /// Its path.
        path: PathBuf,
        /// What is wrong with it.
        source: proof::LogError,
    },
    /// Two states of one log that contradict each other.
    #[error(
        "{}: NOT PROVED: its first {size} releases are not those of {}: history was changed, or is \
         told differently to different readers", .path.display(), .known.display()
    )]
    Forked {
        /// What was checked.
        path: PathBuf,
        /// What was known.
        known: PathBuf,
        /// Entries that both have.
        size: u64,
    },
    /// The log is shorter than it was known to be.
    #[error(
        "{}: NOT PROVED: the log has {now} releases, {} has {before}: releases were cut off",
        .path.display(), .known.display()
    )]
    CutOff {
        /// What was checked.
        path: PathBuf,
        /// What was known.
        known: PathBuf,
        /// Entries now.
        now: u64,
        /// Entries known.
        before: u64,
    },
    /// Two states of different sizes, and nothing that leads from one to the other.
    #[error(
        "{}: its log of {size} releases can't be compared with the {known_size} of {}: name a folder \
         with the bundles of all releases instead of one of the two", .path.display(), .known.display()
    )]
    Incomparable {
        /// What was to be checked.
        path: PathBuf,
        /// What is known.
        known: PathBuf,
        /// Entries of the one.
        size: u64,
        /// Entries of the other.
        known_size: u64,
    },
    /// A file is looked for in bundles.
    #[error(
        "{}: it is no folder: a file of a release is checked against a bundle or a folder of bundles",
        .0.display()
    )]
    NoFolder(PathBuf),
    /// A file that no release has.
    #[error(
        "{}: NOT PROVED: its SHA-256 is {hash}, which is that of no file in {releases} releases. What \
         a table's page hands out is made when it is asked for: the portal's page /en/check holds it \
         against the figures, row by row", .path.display()
    )]
    Unlisted {
        /// The file.
        path: PathBuf,
        /// Its hash.
        hash: String,
        /// Releases that were looked at.
        releases: usize,
    },
}

impl VerifyError {
    /// True if the input can't be checked, rather than does not hold.
    #[must_use]
    pub const fn is_bad_input(&self) -> bool {
        matches!(
            self,
            Self::File { .. }
                | Self::Format { .. }
                | Self::NoKey(_)
                | Self::Known { .. }
                | Self::Incomparable { .. }
                | Self::NoFolder(_)
                | Self::Release(
                    BuildError::File { .. }
                        | BuildError::NoBundle(_)
                        | BuildError::Log(proof::LogError::VerifierKey)
                )
        )
    }
}

/// What says that something does not hold, before the message that says what.
const fn mark(error: &BuildError) -> &'static str {
    match error {
        BuildError::Bundle { .. } | BuildError::Format { .. } => "NOT PROVED: ",
        _ => "",
    }
}

/// What is to be checked, and what is trusted.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The proof of a figure, a bundle, a folder of bundles, or a file of a release.
    pub path: &'a Path,
    /// The publisher's public key; the one that the proof of a figure names if absent.
    pub key: Option<&'a str>,
    /// What is known of the log from elsewhere: a checkpoint, a bundle or a folder of bundles.
    pub against: Option<&'a Path>,
}

/// Checks what stands at the path. What held, in words, a line a step; and whether all of it did.
pub fn verify(request: &Request<'_>) -> (Vec<String>, Result<(), VerifyError>) {
    let mut lines = Vec::new();
    let outcome = steps(request, &mut lines);
    (lines, outcome)
}

fn steps(request: &Request<'_>, lines: &mut Vec<String>) -> Result<(), VerifyError> {
    let &Request { path, key, against } = request;
    if path.is_dir() {
        let key = key.ok_or_else(|| VerifyError::NoKey(path.to_owned()))?;
        return if is_bundle(path) {
            releases::bundle(path, key, against, lines)
        } else {
            releases::all(path, key, against, lines)
        };
    }
    let content = std::fs::read(path)
        .map_err(|source| VerifyError::File { path: path.to_owned(), source })?;
    match serde_json::from_slice::<FigureFile>(&content) {
        Ok(file) => figure::check(path, &file, key, against, lines),
        Err(error) => match against {
            Some(folder) => {
                let key = key.ok_or_else(|| VerifyError::NoKey(path.to_owned()))?;
                releases::file(path, &content, key, folder, lines)
            }
            None => Err(VerifyError::Format { path: path.to_owned(), why: error.to_string() }),
        },
    }
}
