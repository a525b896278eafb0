//! A figure as a small document that other sites may show in a frame.

use app::data::figure::{FigureName, FigurePage};
use app::embed::document;
use app::error::PortalError;
use app::published::Published;
use app::wire::site::origin;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use model::Locale;
use store::PublishedPool;

/// Style and typeface of the portal, nothing else; and anybody may frame it.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors *";

/// `/embed/vi/ID` follows the newest release, `/embed/vi/ID@RELEASE` stays; the same with `en`.
///
/// # Errors
///
/// 404 if there is no such figure, 503 when the database does not answer or the figure is not proved.
pub(super) async fn figure(
    State(pool): State<PublishedPool>,
    Path((locale, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, StatusCode> {
    let locale: Locale = locale.parse().map_err(|_e| StatusCode::NOT_FOUND)?;
    let name: FigureName = name.parse().map_err(|_e| StatusCode::NOT_FOUND)?;
    let data = FigurePage::read(&Published::over(pool), name, locale).await;
    let data = data.map_err(|error| match error {
        PortalError::NotFound => StatusCode::NOT_FOUND,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    })?;
    let html = document(&data, name.release.is_none(), origin(&headers).as_deref(), locale);
    let head = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY)];
    Ok((head, html).into_response())
}
