//! Writes a bundle.

use std::fs;
use std::path::Path;

use model::table::TableDefinition;
use proof::{FileEntry, Log, LogKey, LogProof, Manifest};

use super::describe::{csvw, datapackage, labels};
use super::{CHECKPOINT, LOG_PROOF, MANIFEST, Release, Table, columns, root};
use crate::release::changes::REVISIONS;
use crate::release::durable;
use crate::release::error::BuildError;
use crate::release::keys::Signing;

/// Writes the files of `release` into `dir`, with the list of the figures that it revises, and returns
/// the manifest's bytes, which name what signs it; what proves it follows when the log is signed
/// ([`seal`]).
///
/// # Errors
///
/// When a file cannot be written.
pub fn write(
    dir: &Path,
    release: &Release,
    revisions: Vec<u8>,
    log_index: u64,
    signing: &Signing<'_>,
) -> Result<Vec<u8>, BuildError> {
    let definitions: Vec<&TableDefinition> = release.tables.iter().map(|t| &t.definition).collect();
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("tables.json".into(), pretty(&definitions, "tables.json")?),
        ("figures.json".into(), pretty(&labels(release), "figures.json")?),
        ("disclosure.json".into(), pretty(&release.disclosure, "disclosure.json")?),
        ("gate.json".into(), pretty(&release.gate, "gate.json")?),
        ("datapackage.json".into(), pretty(&datapackage(release), "datapackage.json")?),
        (REVISIONS.into(), revisions),
    ];
    for table in &release.tables {
        let id = &table.definition.id;
        files.push((format!("tables/{id}.csv"), table_csv(table)?));
        let name = format!("tables/{id}.csv-metadata.json");
        let content = pretty(&csvw(&table.definition), &name)?;
        files.push((name, content));
    }
    if release.simulated {
        let note = "Dữ liệu mô phỏng, không phải số liệu của tỉnh Thanh Hóa.\n\
                    Simulated data, not figures of Thanh Hoa province.\n";
        files.push(("SIMULATED.txt".into(), note.as_bytes().to_vec()));
    }
    files.sort();

    let (figures, root) = root(release.id, &release.tables)?;
    let manifest = Manifest {
        format: proof::manifest::FORMAT.to_owned(),
        release: release.id,
        period: release.id.period,
        period_start: release.id.period.start().to_string(),
        period_end: release.id.period.end().to_string(),
        visible_from: release.visible_from.to_string(),
        simulated: release.simulated,
        sign_off: release.sign_off.clone(),
        reason: release.reason,
        notes: release.notes.clone(),
        key: signing.key.verifier().to_owned(),
        next_key: signing.next.map(|key| key.verifier().to_owned()),
        figures,
        root,
        log_index,
        tables: release.tables.iter().map(|t| t.definition.id.clone()).collect(),
        files: files.iter().map(|(path, content)| FileEntry::of(path, content)).collect(),
    };
    let manifest = pretty(&manifest, MANIFEST)?;

    let tables = dir.join("tables");
    fs::create_dir_all(&tables).map_err(BuildError::file(&tables))?;
    for (path, content) in &files {
        durable::write(&dir.join(path), content)?;
        fail::fail_point!("release::bundle::after_file");
    }
    durable::sync_dir(&tables)?;
    fail::fail_point!("release::bundle::after_files");
    durable::write(&dir.join(MANIFEST), &manifest)?;
    fail::fail_point!("release::bundle::after_manifest");
    Ok(manifest)
}

/// Signs `log`, in which the manifest of the bundle in `dir` is the last entry, and writes what proves
/// that into the bundle.
///
/// # Errors
///
/// When the log is empty, the key is unusable or a file can't be written.
pub fn seal(dir: &Path, log: &Log, key: &LogKey) -> Result<(), BuildError> {
    let checkpoint = key.checkpoint(log)?;
    let proof = LogProof::of(log, log.size().saturating_sub(1), &checkpoint)?;
    durable::write(&dir.join(CHECKPOINT), checkpoint.as_bytes())?;
    fail::fail_point!("release::bundle::after_checkpoint");
    durable::write(&dir.join(LOG_PROOF), proof.to_string().as_bytes())?;
    fail::fail_point!("release::bundle::after_log_proof");
    durable::sync_dir(dir)
}

fn table_csv(table: &Table) -> Result<Vec<u8>, BuildError> {
    let wrong = || BuildError::format::<csv::Error>(format!("tables/{}.csv", table.definition.id));
    let dims = table.definition.dimensions();
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(columns(&table.definition)).map_err(wrong())?;
    for cell in &table.cells {
        let address = &cell.address;
        let mut row = vec![address.period.to_string()];
        row.extend(dims.iter().map(|&d| address.member(d).to_owned()));
        row.push(address.item.code().to_owned());
        row.push(address.item.unit().code().to_owned());
        row.push(cell.value.map_or_else(String::new, |v| v.to_string()));
        row.push(cell.status.mark().to_owned());
        out.write_record(&row).map_err(wrong())?;
    }
    out.into_inner().map_err(BuildError::format(table.definition.id.clone()))
}

fn pretty(value: &impl serde::Serialize, name: &str) -> Result<Vec<u8>, BuildError> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(BuildError::format(name))?;
    bytes.push(b'\n');
    Ok(bytes)
}
