//! What a supervisor asks.

use axum::extract::State;
use axum::http::StatusCode;
use store::PublishedPool;

/// The process runs.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers, and there is a release to show.
pub(super) async fn ready(State(pool): State<PublishedPool>) -> (StatusCode, &'static str) {
    match pool.latest().await {
        Ok(Some(_)) => (StatusCode::OK, "ok\n"),
        Ok(None) => (StatusCode::SERVICE_UNAVAILABLE, "no release is visible yet\n"),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
