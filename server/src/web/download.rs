//! Published figures as files: the slice that a table's page shows, a figure a row.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use app::arrange::{By, Request};
use app::data::table::TablePage;
use app::data::{Figures, ReleaseInfo, Value};
use app::error::PortalError;
use app::published::Published;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode};
use model::{Dim, Locale, Period};
use store::PublishedPool;

/// Spreadsheets take a file with this mark for UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// `/api/v1/tables/ID.csv?period=...&lang=vi`: the parameters are those of the table's page, and
/// `lang` is the language of the names.
///
/// # Errors
///
/// 404 if there is no such table, 503 when the database does not answer.
pub(super) async fn table(
    State(pool): State<PublishedPool>,
    Path(file): Path<String>,
    Query(parameters): Query<HashMap<String, String>>,
) -> Result<([(HeaderName, String); 2], Vec<u8>), StatusCode> {
    let id = file.strip_suffix(".csv").ok_or(StatusCode::NOT_FOUND)?;
    let request = Request::from_query(|name| parameters.get(name).cloned());
    let locale = parameters.get("lang").and_then(|l| l.parse().ok()).unwrap_or(Locale::Vi);
    let csv = slice(&Published::over(pool), id, &request, locale).await.map_err(|error| {
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
    })?;
    let name = format!("attachment; filename=\"{file}\"");
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], csv))
}

async fn slice(
    published: &Published,
    id: &str,
    request: &Request,
    locale: Locale,
) -> Result<Vec<u8>, PortalError> {
    let page = TablePage::read(published, id, request).await?;
    let mut out = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
    let unwritten = |error: csv::Error| {
        tracing::error!(%error, "cannot write a download");
        PortalError::Unavailable
    };
    out.write_record(columns(&page)).map_err(unwritten)?;
    let mut held: HashMap<Period, ReleaseInfo> = HashMap::new();
    for (period, row) in rows(&page) {
        let release = match held.entry(period) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(published.holding(id, period).await?),
        };
        for (item, value) in page.columns.iter().map(|&item| (item, row.figures.get(item))) {
            if value == Value::Absent {
                continue;
            }
            let mut record =
                vec![period.to_string(), period.start().to_string(), period.end().to_string()];
            for dim in page.definition.dimensions() {
                let code = row.member_along(dim, &page);
                record.push(code.to_owned());
                record.push(dim.members().name(code, locale).to_owned());
            }
            record.push(item.code().to_owned());
            record.push(item.name(locale).to_owned());
            record.push(item.unit().name(locale).to_owned());
            record.push(value.shown().map(|n| n.to_string()).unwrap_or_default());
            record.push(value.mark().to_owned());
            record.push(release.id.to_string());
            record.push(release.published_on.to_string());
            record.extend(page.release.simulated.then(|| simulated(locale).to_owned()));
            out.write_record(&record).map_err(unwritten)?;
        }
    }
    out.into_inner().map_err(|error| unwritten(error.into_error().into()))
}

/// A row of the page.
struct Row<'a> {
    /// Its member, if rows are members of a dimension.
    member: Option<(Dim, &'a str)>,
    figures: &'a Figures,
}

impl Row<'_> {
    fn member_along<'a>(&'a self, dim: Dim, page: &'a TablePage) -> &'a str {
        match self.member {
            Some((of, member)) if of == dim => member,
            _ => page.arrangement.member(dim),
        }
    }
}

fn rows(page: &TablePage) -> Vec<(Period, Row<'_>)> {
    match &page.arrangement.by {
        By::Period => page
            .moments
            .iter()
            .map(|m| (m.period, Row { member: None, figures: &m.figures }))
            .collect(),
        By::Members(dim, _) => page
            .rows
            .iter()
            .map(|r| {
                let member = Some((*dim, r.member.as_str()));
                (page.arrangement.period, Row { member, figures: &r.figures })
            })
            .collect(),
    }
}

fn columns(page: &TablePage) -> Vec<String> {
    let dims = page.definition.dimensions();
    let of = |dim: Dim| [dim.code().to_owned(), format!("{}_name", dim.code())];
    let more = ["item", "item_name", "unit", "value", "status", "release", "published_on"];
    ["period", "from", "to"]
        .map(str::to_owned)
        .into_iter()
        .chain(dims.into_iter().flat_map(of))
        .chain(more.map(str::to_owned))
        .chain(page.release.simulated.then(|| "note".to_owned()))
        .collect()
}

const fn simulated(locale: Locale) -> &'static str {
    match locale {
        Locale::Vi => "dữ liệu mô phỏng",
        Locale::En => "simulated data",
    }
}
