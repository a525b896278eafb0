//! A file that a reader gives to have it checked: an ordinary form sends it, and the page answers.
//! Nothing of it is kept.

use std::collections::HashMap;

use app::data::check::{FileAnswer, FileVerdict, Match, OtherRow, Unreadable};
use app::routes::Page;
use axum::Router;
use axum::body::Body;
use axum::extract::Multipart;
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use leptos::config::LeptosOptions;
use leptos::prelude::{IntoView, provide_context};
use leptos_axum::render_app_async_with_context;
use model::figure::Address;
use model::table::TableDefinition;
use model::{Dim, Item, Locale};
use proof::{FigureId, figure_id};
use sha2::{Digest, Sha256};
use store::{FigureVersion, PublishedError, PublishedPool};

/// No file has more rows.
const ROWS: usize = 20_000;

/// The routes that take a file, one a language; `context` and `shell` are those of all pages.
pub(super) fn routes<C, S, V>(pool: &PublishedPool, context: C, shell: S) -> Router<LeptosOptions>
where
    C: Fn() + Clone + Send + Sync + 'static,
    S: Fn() -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    Locale::ALL.into_iter().fold(Router::new(), |router, locale| {
        let path = Page::Check.path(locale);
        // An address with a route of its own is not among those of all pages any more.
        let asked = render_app_async_with_context(context.clone(), shell.clone());
        let (pool, context, shell, page) =
            (pool.clone(), context.clone(), shell.clone(), path.clone());
        let answer = move |form: Multipart| async move {
            let answer = match given(form).await {
                Ok((name, content)) => checked(&pool, name, &content).await,
                Err(status) => return status.into_response(),
            };
            let answer = match answer {
                Ok(answer) => answer,
                Err(error) => {
                    tracing::error!(%error, "checking a file");
                    return StatusCode::SERVICE_UNAVAILABLE.into_response();
                }
            };
            let with_answer = move || {
                context();
                provide_context(answer.clone());
            };
            drawn(&page, with_answer, shell).await
        };
        router.route(&path, get(asked).post(answer))
    })
}

/// The page at `path`, with what `context` provides.
async fn drawn<C, S, V>(path: &str, context: C, shell: S) -> Response
where
    C: Fn() + Clone + Send + Sync + 'static,
    S: Fn() -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    match Request::get(path).body(Body::empty()) {
        Ok(request) => render_app_async_with_context(context, shell)(request).await,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The file's name and content.
async fn given(mut form: Multipart) -> Result<(String, Vec<u8>), StatusCode> {
    while let Some(field) = form.next_field().await.map_err(|e| e.status())? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().chars().take(100).collect();
            let content = field.bytes().await.map_err(|e| e.status())?;
            return Ok((name, content.to_vec()));
        }
    }
    Err(StatusCode::BAD_REQUEST)
}

async fn checked(
    pool: &PublishedPool,
    name: String,
    content: &[u8],
) -> Result<FileAnswer, PublishedError> {
    let places = pool.places_of(Sha256::digest(content).into()).await?;
    if !places.is_empty() {
        let places = places.into_iter().map(|place| (place.release, place.path)).collect();
        return Ok(FileAnswer { name, verdict: FileVerdict::Signed(places) });
    }
    let verdict = match read(content) {
        Ok(file) => rows(pool, &file).await?,
        Err(why) => FileVerdict::Unreadable(why),
    };
    Ok(FileAnswer { name, verdict })
}

/// A table: its header, and each row with its line.
struct File {
    header: Vec<String>,
    rows: Vec<(u64, csv::StringRecord)>,
}

impl File {
    fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }
}

fn read(content: &[u8]) -> Result<File, Unreadable> {
    let text = std::str::from_utf8(content).map_err(|_e| Unreadable::NoText)?;
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    // What a spreadsheet saves.
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| {
        let d = char::from(*d);
        head.matches(d).count()
    });
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter.unwrap_or(b',')).from_reader(text.as_bytes());
    let no_table = |error: csv::Error| Unreadable::NoTable(error.to_string());
    let header: Vec<String> =
        reader.headers().map_err(no_table)?.iter().map(ToOwned::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(no_table)?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push((line, record));
        if rows.len() > ROWS {
            return Err(Unreadable::TooLong(ROWS));
        }
    }
    if header.iter().any(|c| c == "value") {
        Ok(File { header, rows })
    } else {
        Err(Unreadable::NoValue)
    }
}

/// Holds each row against the figure that it names: by the column `figure`, or by its place.
async fn rows(pool: &PublishedPool, file: &File) -> Result<FileVerdict, PublishedError> {
    let mut best: (usize, Vec<Option<FigureId>>, HashMap<FigureId, Vec<FigureVersion>>) =
        (0, Vec::new(), HashMap::new());
    for ids in names(pool, file).await? {
        let known: Vec<[u8; 10]> = ids.iter().flatten().map(|id| id.bytes()).collect();
        let mut figures: HashMap<FigureId, Vec<FigureVersion>> = HashMap::new();
        for version in pool.figures(&known).await? {
            let id = figure_id(&version.table, &version.cell.address);
            figures.entry(id).or_default().push(version);
        }
        let found = ids.iter().flatten().filter(|id| figures.contains_key(id)).count();
        if found > best.0 {
            best = (found, ids, figures);
        }
    }
    let (found, ids, figures) = best;
    if found == 0 {
        return Ok(FileVerdict::Unreadable(Unreadable::NoFigure));
    }
    let (mut current, mut superseded, mut unknown, mut others) = (0, 0, 0, Vec::new());
    for ((line, record), id) in file.rows.iter().zip(ids) {
        let Some(versions) = id.and_then(|id| figures.get(&id)) else {
            unknown += 1;
            continue;
        };
        let says = said(file, record);
        if let Some(other) = misplaced(file, record, &versions[0].cell.address) {
            let figure = Match::of(versions, None);
            others.extend(figure.map(|figure| OtherRow { line: *line, says: other, figure }));
            continue;
        }
        match versions.iter().position(|v| marked(v) == says) {
            Some(0) => current += 1,
            Some(_) => superseded += 1,
            None => {
                others.extend(Match::of(versions, None).map(|figure| OtherRow {
                    line: *line,
                    says,
                    figure,
                }));
            }
        }
    }
    Ok(FileVerdict::Rows { current, superseded, unknown, others })
}

/// A code in a row that is not that of the figure named.
fn misplaced(file: &File, record: &csv::StringRecord, address: &Address) -> Option<String> {
    let period = address.period.to_string();
    let places = Dim::ALL.map(|dim| (dim.code(), address.member(dim)));
    let codes = [("period", period.as_str()), ("item", address.item.code())];
    codes.into_iter().chain(places).find_map(|(column, code)| {
        let says = record.get(file.column(column)?)?;
        (says != code).then(|| format!("{column}: {says}"))
    })
}

/// The value of a row, or its mark.
fn said(file: &File, record: &csv::StringRecord) -> String {
    let cell = |name: &str| file.column(name).and_then(|at| record.get(at)).unwrap_or_default();
    let value = cell("value").trim();
    if value.is_empty() { cell("status").trim().to_owned() } else { value.to_owned() }
}

fn marked(version: &FigureVersion) -> String {
    version.cell.value.map_or_else(|| version.cell.status.mark().to_owned(), |v| v.to_string())
}

/// The figures that the rows may be: those named, or those of each table that has these columns.
async fn names(
    pool: &PublishedPool,
    file: &File,
) -> Result<Vec<Vec<Option<FigureId>>>, PublishedError> {
    if let Some(at) = file.column("figure") {
        let id = |(_, record): &(u64, csv::StringRecord)| record.get(at)?.parse().ok();
        return Ok(vec![file.rows.iter().map(id).collect()]);
    }
    let dims: Vec<Dim> = Dim::ALL.into_iter().filter(|d| file.column(d.code()).is_some()).collect();
    let tables = pool.tables().await?.into_iter().map(|t| t.definition);
    let fitting = tables.filter(|t| t.dimensions() == dims);
    let place = |table: &TableDefinition| -> Vec<Option<FigureId>> {
        let id = |(_, record): &(u64, csv::StringRecord)| {
            let cell = |name: &str| record.get(file.column(name)?);
            let item = Item::from_code(cell("item")?)?;
            let mut address = Address::total(cell("period")?.parse().ok()?, item);
            for &dim in &dims {
                address = address.with(dim, cell(dim.code())?);
            }
            Some(figure_id(&table.id, &address))
        };
        file.rows.iter().map(id).collect()
    };
    Ok(fitting.map(|table| place(&table)).collect())
}
