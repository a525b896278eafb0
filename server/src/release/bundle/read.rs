//! Reads a bundle back, and checks it against its manifest.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use model::figure::Address;
use model::table::TableDefinition;
use model::{Cell, Dim, Item, Period, Status};
use proof::{LogProof, Manifest};
use serde_json::Value;

use super::{Bundle, CHECKPOINT, LOG_PROOF, MANIFEST, Release, Table, columns, root};
use crate::release::error::BuildError;

/// Reads a bundle and checks it against its manifest: every file's hash, nothing missing, nothing
/// added, the root over the figures, and that what proves it to be in the log is about it. Whether that
/// holds, [`Bundle::verify`] says.
///
/// # Errors
///
/// Says which file is missing, added, changed or unreadable.
pub fn read(dir: &Path) -> Result<Bundle, BuildError> {
    let refuse = |why: String| BuildError::Bundle { bundle: dir.to_owned(), why };
    let text = |name: &str| -> Result<String, BuildError> {
        String::from_utf8(content(dir, name)?).map_err(BuildError::format(name))
    };
    let manifest = text(MANIFEST)?;
    let parsed: Manifest = serde_json::from_str(&manifest).map_err(BuildError::format(MANIFEST))?;
    if parsed.format != proof::manifest::FORMAT {
        return Err(refuse(format!("its format is `{}`, not known here", parsed.format)));
    }
    let mut files = BTreeMap::new();
    for entry in &parsed.files {
        if entry.path.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
            return Err(refuse(format!("`{}` is no path within the bundle", entry.path)));
        }
        let content = content(dir, &entry.path)?;
        if !entry.matches(&content) {
            return Err(refuse(format!("{} is not the file that was signed", entry.path)));
        }
        files.insert(entry.path.clone(), content);
    }
    for name in file_names(dir)? {
        if ![MANIFEST, CHECKPOINT, LOG_PROOF].contains(&&*name) && !files.contains_key(&name) {
            return Err(refuse(format!("{name} is not part of the release")));
        }
    }
    let (checkpoint, log_proof) = (text(CHECKPOINT)?, text(LOG_PROOF)?);
    let log_proof = LogProof::parse(&log_proof)
        .map_err(|error| refuse(format!("{LOG_PROOF} is not what was written: {error}")))?;
    if log_proof.checkpoint != checkpoint || log_proof.index != parsed.log_index {
        return Err(refuse(format!(
            "{LOG_PROOF} is not about this {CHECKPOINT} and entry {} of the log",
            parsed.log_index
        )));
    }
    let release = release(&parsed, &files)?;
    let (figures, root) = root(release.id, &release.tables)?;
    if (figures, &root) != (parsed.figures, &parsed.root) {
        return Err(refuse(format!("the figures are not those of the root in {MANIFEST}")));
    }
    Ok(Bundle { dir: dir.to_owned(), release, manifest, parsed, files, checkpoint, log_proof })
}

fn content(dir: &Path, name: &str) -> Result<Vec<u8>, BuildError> {
    let path = dir.join(name);
    fs::read(&path).map_err(BuildError::file(&path))
}

/// What `files` say.
fn release(manifest: &Manifest, files: &BTreeMap<String, Vec<u8>>) -> Result<Release, BuildError> {
    let file = |name: &str| {
        let missing = || BuildError::Format {
            what: MANIFEST.into(),
            why: format!("it lists no file {name}"),
        };
        files.get(name).map(Vec::as_slice).ok_or_else(missing)
    };
    let json = |name: &str| -> Result<Value, BuildError> {
        serde_json::from_slice(file(name)?).map_err(BuildError::format(name))
    };
    let definitions: Vec<TableDefinition> =
        serde_json::from_slice(file("tables.json")?).map_err(BuildError::format("tables.json"))?;
    let mut tables = Vec::with_capacity(definitions.len());
    for definition in definitions {
        let name = format!("tables/{}.csv", definition.id);
        tables.push(read_table(definition, file(&name)?)?);
    }
    Ok(Release {
        id: manifest.release,
        visible_from: manifest.visible_from.parse().map_err(BuildError::format("visible_from"))?,
        simulated: manifest.simulated,
        sign_off: manifest.sign_off.clone(),
        reason: manifest.reason,
        notes: manifest.notes.clone(),
        tables,
        disclosure: json("disclosure.json")?,
        gate: json("gate.json")?,
    })
}

/// Paths of all files below `dir`, with `/`.
fn file_names(dir: &Path) -> Result<Vec<String>, BuildError> {
    let mut out = Vec::new();
    let mut queue = vec![(dir.to_owned(), String::new())];
    while let Some((folder, prefix)) = queue.pop() {
        for entry in fs::read_dir(&folder).map_err(BuildError::file(&folder))? {
            let entry = entry.map_err(BuildError::file(&folder))?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                queue.push((entry.path(), format!("{name}/")));
            } else {
                out.push(name);
            }
        }
    }
    out.sort();
    Ok(out)
}

fn read_table(definition: TableDefinition, bytes: &[u8]) -> Result<Table, BuildError> {
    let name = format!("tables/{}.csv", definition.id);
    let wrong = |why: String| BuildError::Format { what: name.clone(), why };
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers().map_err(|e| wrong(e.to_string()))?.clone();
    if headers.iter().ne(columns(&definition)) {
        return Err(wrong("the columns are not those of the table's definition".into()));
    }
    let dims = definition.dimensions();
    let mut cells = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|e| wrong(e.to_string()))?;
        let cell = read_cell(&record, &dims)
            .ok_or_else(|| wrong(format!("row {} is not a figure", row + 2)))?;
        cells.push(cell);
    }
    Ok(Table { definition, cells })
}

fn read_cell(record: &csv::StringRecord, dims: &[Dim]) -> Option<Cell> {
    let period: Period = record.get(0)?.parse().ok()?;
    let n = dims.len();
    let item = Item::from_code(record.get(n + 1)?)?;
    let mut address = Address::total(period, item);
    for (at, &dim) in dims.iter().enumerate() {
        let code = record.get(at + 1)?;
        dim.members().get(code)?;
        address = address.with(dim, code);
    }
    let (value, mark) = (record.get(n + 3)?, record.get(n + 4)?);
    let status = *Status::ALL.iter().find(|s| s.mark() == mark)?;
    match (status, value) {
        (Status::Shown, value) => Some(Cell::shown(address, value.parse().ok()?)),
        (_, "") => Some(Cell::missing(address, status)),
        _ => None,
    }
}
