//! Publishes a bundle: `portal release publish DIR`.

use std::path::Path;

use model::ReleaseId;
use proof::Log;
use store::{NewRelease, PublisherPool};

use super::bundle;
use super::error::BuildError;
use super::keys::ORIGIN;

/// Verifies the bundle in `dir` and loads it in one transaction.
///
/// # Errors
///
/// When a file is not the one that was signed, the gate's pass is missing, the signature is not
/// that of `verifier`, the log would not continue the one that is published, or the release is
/// there already. The database is unchanged then.
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
    for manifest in publisher.manifests().await? {
        log.push(manifest.as_bytes())?;
    }
    if bundle.parsed.log_index != log.size() {
        return Err(refuse(&format!(
            "it is entry {} of the log of releases, but entry {} comes next: publish in order",
            bundle.parsed.log_index,
            log.size()
        )));
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
            disclosure,
            tables: bundle.release.tables.into_iter().map(|t| (t.definition, t.cells)).collect(),
        })
        .await?;
    Ok(id)
}
