//! Checks what the portal hands out, without a network or a database: `portal verify FILE`.

use std::path::{Path, PathBuf};

use model::{Item, Locale, Status, format};
use proof::evidence::{Fact, Refusal};
use proof::{FigureFile, Line};

/// What was to be verified does not hold.
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
    /// The file is no proof of a figure.
    #[error(
        "{}: it is no proof of a figure ({why}); the figure's page hands one out under \
         `proof (JSON)`", .path.display()
    )]
    Format {
        /// Its path.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// A step of the check does not hold.
    #[error("{}: NOT PROVED: {refusal}", .path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// The step.
        refusal: Refusal,
    },
}

/// Checks the proof of a figure in the file `path` against `key`, or against the key that the file
/// names. What held, in words, a line a step; and whether all of it did.
pub fn figure(path: &Path, key: Option<&str>) -> (Vec<String>, Result<(), VerifyError>) {
    let mut lines = Vec::new();
    let outcome = steps(path, key, &mut lines);
    (lines, outcome)
}

fn steps(path: &Path, key: Option<&str>, lines: &mut Vec<String>) -> Result<(), VerifyError> {
    let path_buf = || path.to_owned();
    let text = std::fs::read_to_string(path)
        .map_err(|source| VerifyError::File { path: path_buf(), source })?;
    let format = |why: String| VerifyError::Format { path: path_buf(), why };
    let file: FigureFile = serde_json::from_str(&text).map_err(|e| format(e.to_string()))?;
    let trusted = key.unwrap_or(&file.key);
    let (facts, refusal) = match file.check(trusted, None) {
        Ok(facts) => (facts, None),
        Err((facts, refusal)) => (facts, Some(refusal)),
    };
    lines.extend(facts.iter().map(|fact| words(fact, trusted)));
    if let Some(refusal) = refusal {
        return Err(VerifyError::Refused { path: path_buf(), refusal });
    }
    if let Some(line) = Line::parse(&file.evidence.line) {
        lines.push(format!("proved: figure {}: {}", file.figure, said(&line)));
    }
    lines.push("whether a later release replaced the figure, its page says".into());
    if key.is_none() {
        lines.push(
            "the key is the one that the file names: compare it with one that you have from \
             elsewhere, or give that with --key"
                .into(),
        );
    }
    Ok(())
}

fn words(fact: &Fact, key: &str) -> String {
    match fact {
        Fact::Signed(state) => {
            format!(
                "ok  the log of {} releases, root {}, is signed by {key}",
                state.size, state.root
            )
        }
        Fact::Continues { from, to } => {
            format!("ok  the log of {to} releases continues the {from} seen before")
        }
        Fact::Logged { release, entry, simulated } => {
            let of = if *simulated { ", which has simulated data" } else { "" };
            format!("ok  the manifest of release {release}{of} is entry {} of the log", entry + 1)
        }
        Fact::Held { leaf, figures, .. } => {
            format!("ok  the line is figure {} of {figures} of the release", leaf + 1)
        }
    }
}

/// What a line says, in English words where the codes are known.
fn said(line: &Line<'_>) -> String {
    let item = Item::from_code(line.item).map_or(line.item, |item| item.name(Locale::En));
    let withheld = Status::ALL.iter().find(|s| !s.mark().is_empty() && s.mark() == line.value);
    let value = match (withheld, line.value.parse()) {
        (Some(status), _) => status.name(Locale::En).to_owned(),
        (None, Ok(value)) => format::integer(value, Locale::En),
        (None, Err(_)) => line.value.to_owned(),
    };
    let unit = line.unit;
    format!("{item}: {value} (table {}, {}, unit {unit})", line.table, line.coordinates)
}
