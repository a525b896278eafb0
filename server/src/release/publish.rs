//! Publishes a bundle: `portal release publish DIR`.

use std::path::Path;

use jiff::Timestamp;
use model::{Cell, ReleaseId};
use proof::{Log, Manifest, figure_id};
use store::{NewFigure, NewRelease, NewTable, PublisherPool};

use super::bundle::{self, Table};
use super::error::BuildError;
use super::keys::ORIGIN;

/// Verifies the bundle in `dir` and loads it in one transaction.
///
/// # Errors
///
/// When a file is not the one that was signed, the gate's pass is missing, the signature is not
/// that of `verifier`, the log would not continue the one that is published, the release would be
/// public before the one that precedes it in the log, or it is there already. The database is unchanged then.
pub async fn publish(
    publisher: &PublisherPool,
    dir: &Path,
    verifier: &str,
) -> Result<ReleaseId, BuildError> {
    let bundle = bundle::read(dir)?;
    let id = bundle.release.id;
    let refuse = |why: &str| BuildError::Bundle { bundle: dir.to_owned(), why: why.to_owned() };
    if bundle.release.gate["passed"] != true
        || bundle.release.gate["certified"] != true
        || bundle.release.gate["release"] != id.to_string().as_str()
    {
        return Err(refuse("it has no pass of the gate for this release"));
    }
    if publisher.release_exists(id).await? {
        return Err(BuildError::AlreadyPublished(id));
    }
    let mut log = Log::new(ORIGIN);
    let manifests = publisher.manifests().await?;
    for manifest in &manifests {
        log.push(manifest.as_bytes())?;
    }
    if bundle.parsed.log_index != log.size() {
        return Err(refuse(&format!(
            "it is entry {} of the log of releases, but entry {} comes next: publish in order",
            bundle.parsed.log_index,
            log.size()
        )));
    }
    // A release proves its figures with everything before it in the log.
    if let Some(last) = manifests.last() {
        let last: Manifest =
            serde_json::from_str(last).map_err(BuildError::format("a published manifest"))?;
        let minute: Timestamp =
            last.visible_from.parse().map_err(BuildError::format("visible_from"))?;
        if bundle.release.visible_from < minute {
            return Err(refuse(&format!(
                "it would be public before {}, which precedes it in the log and is public from \
                 {minute} on: build it with --visible-from at that minute or later",
                last.release
            )));
        }
    }
    log.push(&bundle.manifest)?;
    bundle.verify(dir, &log, verifier)?;

    let text = |bytes: Vec<u8>| {
        String::from_utf8(bytes)
            .map_err(BuildError::format::<std::string::FromUtf8Error>("manifest"))
    };
    let disclosure =
        serde_json::to_string(&bundle.release.disclosure).map_err(BuildError::format("report"))?;
    publisher
        .insert_release(&NewRelease {
            id,
            visible_from: bundle.release.visible_from,
            simulated: bundle.release.simulated,
            log_index: i64::try_from(bundle.parsed.log_index).unwrap_or(i64::MAX),
            manifest: text(bundle.manifest)?,
            checkpoint: bundle.checkpoint,
            log_key: verifier.to_owned(),
            tree: bundle::tree(id, &bundle.release.tables)?.hashes(),
            disclosure,
            tables: bundle.release.tables.into_iter().map(named).collect(),
        })
        .await?;
    Ok(id)
}

/// The table with the permanent name of each of its figures.
fn named(table: Table) -> NewTable {
    let Table { definition, cells } = table;
    let figure =
        |cell: Cell| NewFigure { id: figure_id(&definition.id, &cell.address).bytes(), cell };
    let figures = cells.into_iter().map(figure).collect();
    NewTable { definition, figures }
}
