//! Boundaries as maps refer to them: `/geo/commune.HASH.svg`.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use model::boundary::Level;
use store::PublishedPool;

/// The drawing with the hash in its name.
///
/// # Errors
///
/// 404 if there is none, 503 when the database does not answer.
pub(super) async fn drawing(
    State(pool): State<PublishedPool>,
    Path(file): Path<String>,
) -> Result<([(HeaderName, HeaderValue); 1], String), StatusCode> {
    let (level, hash) = named(&file).ok_or(StatusCode::NOT_FOUND)?;
    let drawing = pool.drawing(level, hash).await.map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "cannot read boundaries");
        StatusCode::SERVICE_UNAVAILABLE
    })?;
    let svg = drawing.ok_or(StatusCode::NOT_FOUND)?;
    Ok(([(CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"))], svg))
}

fn named(file: &str) -> Option<(Level, &str)> {
    let (level, hash) = file.strip_suffix(".svg")?.split_once('.')?;
    Some((level.parse().ok()?, hash))
}
