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
pub(super) struct Span {
    from: u64,
    to: u64,
}

/// `/api/v1/log/history.json?from=N&to=M`: the consistency path from the first N releases to the first
/// M (RFC 6962, section 2.1.2); empty if there are no more than N.
///
/// # Errors
///
/// 400 if N or M is missing, 404 if M releases are not visible, 503 when the database does not answer.
pub(super) async fn history(
    State(pool): State<PublishedPool>,
    Query(Span { from, to }): Query<Span>,
) -> Result<Json<Value>, StatusCode> {
    let path = Published::over(pool).history(from, to).await.map_err(|_e| busy())?;
    let path = path.ok_or(StatusCode::NOT_FOUND)?;
    Ok(Json(json!({"from": from, "to": to, "path": path})))
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
