//! The proof of one figure.

use std::path::Path;

use model::{Item, Locale, Status, format};
use proof::evidence::Fact;
use proof::{FigureFile, Line};

use super::{Known, VerifyError};

/// Checks `file`, read at `path`, against `key`, or against the key that it names.
pub(super) fn check(
    path: &Path,
    file: &FigureFile,
    key: Option<&str>,
    against: Option<&Path>,
    lines: &mut Vec<String>,
) -> Result<(), VerifyError> {
    let trusted = key.unwrap_or(&file.key);
    let (facts, refusal) = match file.check(trusted, None) {
        Ok(facts) => (facts, None),
        Err((facts, refusal)) => (facts, Some(refusal)),
    };
    let mut signer = trusted;
    for fact in &facts {
        if let Fact::HandedOver { key, .. } = fact {
            signer = key;
        }
        lines.push(words(fact, signer));
    }
    if let Some(refusal) = refusal {
        return Err(VerifyError::Refused { path: path.to_owned(), refusal });
    }
    if let Some(known) = against {
        let handed = facts.iter().filter_map(|fact| match fact {
            Fact::HandedOver { key, .. } => Some(key.as_str()),
            _ => None,
        });
        let known =
            Known::read(known, &std::iter::once(trusted).chain(handed).collect::<Vec<_>>())?;
        for fact in &facts {
            if let Fact::Signed(state) = fact {
                lines.push(known.compare(path, state)?);
            }
        }
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
        Fact::HandedOver { release, key } => {
            format!("ok  release {release} hands the log over to {key}")
        }
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
