//! Published figures as files: the slice that a table's page shows, as figures (CSV) or as the
//! page's drawing of them (SVG, PNG).

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::LazyLock;

use app::arrange::{By, Request};
use app::chart_file::{self, Which, svg};
use app::data::site::origin;
use app::data::table::TablePage;
use app::data::{Figures, ReleaseInfo, Value};
use app::error::PortalError;
use app::published::Published;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use model::{Dim, Locale, Period};
use sha2::{Digest as _, Sha256};
use store::PublishedPool;

use super::picture::{self, PictureError};

/// Spreadsheets take a file with this mark for UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// `/api/v1/tables/ID.csv?period=...&lang=vi`, and the same with `svg` and `png`: the parameters are
/// those of the table's page, `lang` is the language of the words, and `picture=rate` asks for the
/// drawing of shares.
///
/// # Errors
///
/// 404 if there is no such table or it has no drawing of the slice, 503 when the database does not
/// answer or too many pictures are being drawn.
pub(super) async fn table(
    State(pool): State<PublishedPool>,
    Path(file): Path<String>,
    Query(parameters): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let locale = parameters.get("lang").and_then(|l| l.parse().ok()).unwrap_or(Locale::Vi);
    let refusal = |status, words| Refusal { status, words, locale };
    let nowhere = || refusal(StatusCode::NOT_FOUND, Missing::Table);
    let (id, kind) = file.rsplit_once('.').ok_or_else(nowhere)?;
    let kind = Kind::from_ending(kind).ok_or_else(nowhere)?;
    let request = Request::from_query(|name| parameters.get(name).cloned());
    let failed = |error: PortalError| {
        let status = StatusCode::from_u16(error.status());
        refusal(status.unwrap_or(StatusCode::SERVICE_UNAVAILABLE), Missing::of(&error))
    };
    let published = Published::over(pool);
    let page = TablePage::read(&published, id, &request).await.map_err(failed)?;
    let name = format!("attachment; filename=\"{file}\"");
    let head = [(CONTENT_TYPE, kind.media_type().to_owned()), (CONTENT_DISPOSITION, name)];
    if kind == Kind::Csv {
        let csv = slice(&published, &page, locale).await.map_err(failed)?;
        return Ok((head, csv).into_response());
    }
    let asked = parameters.get("picture").map_or("item", String::as_str);
    let drawn = Which::from_code(asked)
        .and_then(|which| svg(&page, which, locale, origin(&headers).as_deref()));
    let svg = drawn.ok_or_else(|| refusal(StatusCode::NOT_FOUND, Missing::Drawing))?;
    if kind == Kind::Svg {
        return Ok((head, [(CONTENT_SECURITY_POLICY, policy())], svg).into_response());
    }
    let png = picture::png(svg).await.map_err(|error| match error {
        PictureError::Busy => refusal(StatusCode::SERVICE_UNAVAILABLE, Missing::Turn),
        error => {
            tracing::error!(%error, table = id, "cannot draw a picture");
            refusal(StatusCode::INTERNAL_SERVER_ERROR, Missing::Database)
        }
    })?;
    Ok((head, png).into_response())
}

/// The kind of a file, which its name ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Csv,
    Svg,
    Png,
}

impl Kind {
    fn from_ending(ending: &str) -> Option<Self> {
        match ending {
            "csv" => Some(Self::Csv),
            "svg" => Some(Self::Svg),
            "png" => Some(Self::Png),
            _ => None,
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Svg => "image/svg+xml; charset=utf-8",
            Self::Png => "image/png",
        }
    }
}

/// A drawing that is looked at under its address may use its own style and nothing else.
fn policy() -> &'static str {
    static POLICY: LazyLock<String> = LazyLock::new(|| {
        let style = BASE64.encode(&Sha256::digest(chart_file::style()));
        format!("default-src 'none'; style-src 'sha256-{style}'; frame-ancestors 'none'")
    });
    &POLICY
}

/// Why there is no file, in the language that was asked for.
pub(super) struct Refusal {
    status: StatusCode,
    words: Missing,
    locale: Locale,
}

/// What is not there.
enum Missing {
    Table,
    Drawing,
    Turn,
    Database,
}

impl Missing {
    const fn of(error: &PortalError) -> Self {
        match error {
            PortalError::NotFound => Self::Table,
            _ => Self::Database,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let words = match self.words {
            Missing::Table => chart_file::no_table(self.locale),
            Missing::Drawing => chart_file::no_drawing(self.locale),
            Missing::Turn => chart_file::busy(self.locale),
            Missing::Database => chart_file::unavailable(self.locale),
        };
        let kind = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
        (self.status, kind, format!("{words}\n")).into_response()
    }
}

async fn slice(
    published: &Published,
    page: &TablePage,
    locale: Locale,
) -> Result<Vec<u8>, PortalError> {
    let id = &page.definition.id;
    let mut out = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
    let unwritten = |error: csv::Error| {
        tracing::error!(%error, "cannot write a download");
        PortalError::Unavailable
    };
    out.write_record(columns(page)).map_err(unwritten)?;
    let mut held: HashMap<Period, ReleaseInfo> = HashMap::new();
    for (period, row) in rows(page) {
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
                let code = row.member_along(dim, page);
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
