//! The files of a release as they were signed, one by one and all together.

use std::io::{Cursor, Write as _};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use model::ReleaseId;
use store::{PublishedError, PublishedPool};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

/// `/api/v1/releases/RELEASE/PATH`: a file of the release's bundle, byte for byte.
///
/// # Errors
///
/// 404 if there is no such file or the release is not public, 503 when the database does not answer.
pub(super) async fn file(
    State(pool): State<PublishedPool>,
    Path((release, path)): Path<(String, String)>,
) -> Result<impl IntoResponse, StatusCode> {
    let release: ReleaseId = release.parse().map_err(|_e| StatusCode::NOT_FOUND)?;
    let content = pool.file(release, &path).await.map_err(|error| busy(&error))?;
    let content = content.ok_or(StatusCode::NOT_FOUND)?;
    Ok(([(CONTENT_TYPE, media_type(&path))], content))
}

/// `/api/v1/releases/RELEASE.zip`: the bundle, a folder with the name of the release. The same bytes
/// at every call.
///
/// # Errors
///
/// As [`file`].
pub(super) async fn zip(
    State(pool): State<PublishedPool>,
    Path(name): Path<String>,
) -> Result<impl IntoResponse, StatusCode> {
    let release = name.strip_suffix(".zip").and_then(|id| id.parse().ok());
    let release: ReleaseId = release.ok_or(StatusCode::NOT_FOUND)?;
    let files = pool.files(release).await.map_err(|error| busy(&error))?;
    if files.is_empty() {
        return Err(StatusCode::NOT_FOUND);
    }
    let packed = pack(release, &files).map_err(|error| {
        tracing::error!(%error, %release, "packing a bundle");
        StatusCode::INTERNAL_SERVER_ERROR
    })?;
    let disposition = format!("attachment; filename=\"{release}.zip\"");
    Ok(([(CONTENT_TYPE, "application/zip".to_owned()), (CONTENT_DISPOSITION, disposition)], packed))
}

fn pack(release: ReleaseId, files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // No time of this server: it would make the bytes differ.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (path, content) in files {
        zip.start_file(format!("{release}/{path}"), options)?;
        zip.write_all(content)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("csv") => "text/csv; charset=utf-8",
        Some("json") if path.ends_with(".csv-metadata.json") => "application/csvm+json",
        Some("json") => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}

fn busy(error: &PublishedError) -> StatusCode {
    tracing::error!(%error, "reading the files of a release");
    StatusCode::SERVICE_UNAVAILABLE
}
