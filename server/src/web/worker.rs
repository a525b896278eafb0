//! The script of the worker that keeps visited pages in the browser, see [`app::offline`].

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::response::IntoResponse;
use leptos::config::LeptosOptions;

/// The script, with a policy that lets the worker fetch pages; 404 from a build without hashes. As
/// everything that is `no-cache` it is asked for anew, so that a new build is noticed.
pub(super) async fn script(State(options): State<LeptosOptions>) -> impl IntoResponse {
    let script = app::offline::worker(&options).ok_or(StatusCode::NOT_FOUND)?;
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; connect-src 'self'"),
        (HeaderName::from_static("service-worker-allowed"), "/"),
    ];
    Ok::<_, StatusCode>((headers, script))
}
