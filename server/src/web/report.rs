//! The supervision report as a workbook.

use std::collections::HashMap;

use app::data::report::{PERIOD, Question, Report};
use app::error::PortalError;
use app::published::Published;
use app::wire::site::origin;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use model::Locale;
use store::PublishedPool;

use crate::report::workbook;

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `/api/v1/report.xlsx?period=...&body=...&lang=vi`: the parameters are those of the report's page.
///
/// # Errors
///
/// 404 before the first release and for a period of which nothing is published, 503 when the database does not answer.
pub(super) async fn xlsx(
    State(pool): State<PublishedPool>,
    Query(parameters): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, StatusCode> {
    let locale = parameters.get("lang").and_then(|l| l.parse().ok()).unwrap_or(Locale::Vi);
    let question = Question::from_query(|name| parameters.get(name).cloned());
    let status = |error: PortalError| {
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
    };
    let report = Report::read(&Published::over(pool), &question).await.map_err(status)?;
    // Not another period than the one asked for.
    if parameters.get(PERIOD).is_some_and(|asked| *asked != report.period.to_string()) {
        return Err(StatusCode::NOT_FOUND);
    }
    let origin = origin(&headers);
    let bytes = workbook::bytes(&report, origin.as_deref(), locale).map_err(|error| {
        tracing::error!(%error, "cannot make a workbook");
        StatusCode::INTERNAL_SERVER_ERROR
    })?;
    let subject = if report.subject.is_whole() { "38" } else { report.subject.code() };
    let name = format!("attachment; filename=\"{}-{subject}.xlsx\"", report.period);
    let head = [
        (CONTENT_TYPE, MEDIA_TYPE.to_owned()),
        (CONTENT_DISPOSITION, name),
        // It names the address by which the portal was asked.
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((head, bytes).into_response())
}
