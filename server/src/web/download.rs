//! Published figures as files: the slice that a table's page shows, as figures (CSV) or as the
//! page's drawing of them (SVG, PNG).

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::LazyLock;

use app::arrange::{Against, By, Request};
use app::chart_file::{self, Which, svg};
use app::data::table::{Head, TablePage};
use app::data::{Figure, Figures, ReleaseInfo, Value};
use app::error::PortalError;
use app::published::Published;
use app::wire::site::origin;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use model::{Dim, Item, Locale, Period};
use sha2::{Digest as _, Sha256};
use store::PublishedPool;

use super::picture::{self, PictureError};

/// Spreadsheets take a file with this mark for UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// `/api/v1/tables/ID.csv?period=...&lang=vi`, and the same with `svg` and `png`: the parameters are
/// those of the table's page, `lang` is the language of the words, and `picture=rate` (or `completion`) asks for the
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
    let outlines = match chart_file::boundaries(&page) {
        Some(boundaries) => published.outlines(boundaries).await.map_err(failed)?,
        None => None,
    };
    let origin = origin(&headers);
    let drawn = Which::from_code(asked)
        .and_then(|which| svg(&page, which, outlines.as_deref(), locale, origin.as_deref()));
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
    let published = published.as_of(page.request().release).await?;
    let mut held: HashMap<Period, ReleaseInfo> = HashMap::new();
    for row in rows(page) {
        let release = match held.entry(row.period) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(published.holding(id, row.period).await?),
        };
        for &(item, Figure { value, id: figure, .. }) in &row.figures {
            if value == Value::Absent {
                continue;
            }
            let period = row.period;
            let mut record =
                vec![period.to_string(), period.start().to_string(), period.end().to_string()];
            for dim in page.definition.dimensions() {
                let code = row.member(dim, page);
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
            record.push(figure.map(|id| id.to_string()).unwrap_or_default());
            record.extend(page.release.simulated.then(|| simulated(locale).to_owned()));
            out.write_record(&record).map_err(unwritten)?;
        }
    }
    out.into_inner().map_err(|error| unwritten(error.into_error().into()))
}

/// Figures of one period and one member of each dimension.
struct Row {
    period: Period,
    /// The members that the rows and columns stand for; along other dimensions those chosen.
    members: Vec<(Dim, String)>,
    /// In the order of the table's items.
    figures: Vec<(Item, Figure)>,
}

impl Row {
    fn member<'a>(&'a self, dim: Dim, page: &'a TablePage) -> &'a str {
        let own = self.members.iter().find(|(of, _)| *of == dim);
        own.map_or_else(|| page.arrangement.member(dim), |(_, code)| code)
    }

    /// Stands on `head`, which is a row or column along `axis`.
    fn at(mut self, axis: &By, head: &Head) -> Self {
        match (axis, head) {
            (_, Head::Period(period)) => self.period = *period,
            (By::Members(dim, _), Head::Member(code)) => self.members.push((*dim, code.clone())),
            (By::Period, Head::Member(_)) => {}
        }
        self
    }
}

/// Everything that the page shows, and what it is held against.
fn rows(page: &TablePage) -> Vec<Row> {
    let a = &page.arrangement;
    let row = |figures: &Figures| {
        let figures = page.columns.iter().map(|&item| (item, figures.figure(item))).collect();
        Row { period: a.period, members: Vec::new(), figures }
    };
    if let (Some(pivot), Some(across)) = (&page.pivot, &a.across) {
        let cells = pivot.rows.iter().flat_map(|r| {
            let columns = pivot.columns.iter().zip(&r.cells);
            columns.map(|(column, figures)| row(figures).at(&a.by, &r.head).at(across, column))
        });
        return cells.collect();
    }
    let members = page.rows.iter().map(|r| (Head::Member(r.member.clone()), &r.figures));
    let moments = page.moments.iter().map(|m| (Head::Period(m.period), &m.figures));
    let heads: Vec<(Head, &Figures)> = members.chain(moments).collect();
    let others = a.against.iter().flat_map(|against| {
        heads.iter().zip(&page.against).map(|((head, _), figures)| {
            let other = row(figures).at(&a.by, head);
            match against {
                Against::YearBefore => Row { period: other.period.same_last_year(), ..other },
                Against::Member(dim, code) => {
                    let member = (*dim, code.clone());
                    Row { members: [other.members, vec![member]].concat(), ..other }
                }
            }
        })
    });
    let others: Vec<Row> = others.collect();
    let mut out: Vec<Row> = heads.iter().map(|(head, f)| row(f).at(&a.by, head)).collect();
    // In a series the year before is another of its rows, but for the first ones.
    let known: Vec<_> = out.iter().map(|r| (r.period, r.members.clone())).collect();
    out.extend(others.into_iter().filter(|r| !known.contains(&(r.period, r.members.clone()))));
    out
}

fn columns(page: &TablePage) -> Vec<String> {
    let dims = page.definition.dimensions();
    let of = |dim: Dim| [dim.code().to_owned(), format!("{}_name", dim.code())];
    let more =
        ["item", "item_name", "unit", "value", "status", "release", "published_on", "figure"];
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
