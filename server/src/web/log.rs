//! The log of releases for whoever keeps an eye on it: its signed state, and how it continues an
//! earlier one.

use app::published::Published;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::{Value, json};
use store::PublishedPool;

/// What the address may ask for.
#[derive(Debug, Deserialize)]
pub(super) struct From {
    from: u64,
}

/// `/api/v1/log/history.json?from=N`: the consistency path from the first N releases to all that are
/// visible (RFC 6962, section 2.1.2); empty if there are no more than N.
///
/// # Errors
///
/// 400 if N is missing, 503 when the database does not answer.
pub(super) async fn history(
    State(pool): State<PublishedPool>,
    Query(From { from }): Query<From>,
) -> Result<Json<Value>, StatusCode> {
    let (size, path) = Published::over(pool).history(from).await.map_err(|_e| busy())?;
    Ok(Json(json!({"size": size, "path": path})))
}

/// `/api/v1/log/checkpoint`: the signed state of the log (C2SP signed note over a tlog checkpoint).
///
/// # Errors
///
/// 503 when the database does not answer, or nothing is published yet.
pub(super) async fn checkpoint(
    State(pool): State<PublishedPool>,
) -> Result<impl IntoResponse, StatusCode> {
    let entry = newest(&pool).await?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], entry.release.checkpoint))
}

/// `/.well-known/complaints-log-key`: the public key of the log, `name+id+base64`, and a line end.
///
/// # Errors
///
/// As [`checkpoint`].
pub(super) async fn key(
    State(pool): State<PublishedPool>,
) -> Result<impl IntoResponse, StatusCode> {
    let entry = newest(&pool).await?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{}\n", entry.key)))
}

async fn newest(pool: &PublishedPool) -> Result<store::LoggedManifest, StatusCode> {
    let entries = pool.log().await.map_err(|error| {
        tracing::error!(%error, "reading the log");
        busy()
    })?;
    entries.into_iter().next_back().ok_or_else(busy)
}

const fn busy() -> StatusCode {
    StatusCode::SERVICE_UNAVAILABLE
}
