//! Releases and revisions as they come out, for programs that watch: Atom (RFC 4287) and
//! [JSON Feed 1.1](https://www.jsonfeed.org/version/1.1/), in both languages.

use app::feed::{Entry, Feed, feed};
use app::published::Published;
use app::wire::site::origin;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use model::Locale;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde_json::{Value, json};
use store::PublishedPool;

/// `/feeds/releases.vi.atom`, `/feeds/releases.vi.json`; the same with `en`.
///
/// # Errors
///
/// 404 if there is no such feed, or the request does not say for which host it is; 503 when the
/// database does not answer.
pub(super) async fn releases(
    State(pool): State<PublishedPool>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, StatusCode> {
    let (locale, kind) = named(&file).ok_or(StatusCode::NOT_FOUND)?;
    let origin = origin(&headers).ok_or(StatusCode::NOT_FOUND)?;
    let feed = feed(&Published::over(pool), locale).await;
    let feed = feed.map_err(|_e| StatusCode::SERVICE_UNAVAILABLE)?;
    let own = format!("{origin}/feeds/{file}");
    Ok(match kind {
        Kind::Json => {
            let head = [(CONTENT_TYPE, "application/feed+json")];
            (head, Json(json_feed(&feed, &origin, &own, locale)).0.to_string()).into_response()
        }
        Kind::Atom => {
            let text = atom(&feed, &origin, &own, locale).map_err(|error| {
                tracing::error!(%error, "writing a feed");
                StatusCode::INTERNAL_SERVER_ERROR
            })?;
            ([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response()
        }
    })
}

#[derive(Clone, Copy)]
enum Kind {
    Atom,
    Json,
}

fn named(file: &str) -> Option<(Locale, Kind)> {
    let (locale, ending) = file.strip_prefix("releases.")?.split_once('.')?;
    let kind = match ending {
        "atom" => Kind::Atom,
        "json" => Kind::Json,
        _ => return None,
    };
    Some((locale.parse().ok()?, kind))
}

fn json_feed(feed: &Feed, origin: &str, own: &str, locale: Locale) -> Value {
    let item = |entry: &Entry| {
        let page = format!("{origin}{}", entry.page);
        json!({
            "id": page,
            "url": page,
            "title": entry.title,
            "content_text": entry.summary,
            "date_published": entry.published.to_string(),
            "attachments": [{
                "url": format!("{origin}/api/v1/releases/{}.zip", entry.release),
                "mime_type": "application/zip",
            }],
        })
    };
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": format!("{origin}{}", feed.page),
        "feed_url": own,
        "language": locale.tag(),
        "items": feed.entries.iter().map(item).collect::<Vec<_>>(),
    })
}

/// Writes what an element holds.
type Content<'a> = &'a dyn Fn(&mut Writer<Vec<u8>>) -> std::io::Result<()>;

fn atom(feed: &Feed, origin: &str, own: &str, locale: Locale) -> std::io::Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let page = format!("{origin}{}", feed.page);
    // A feed without releases has come out at no time.
    let newest = feed.entries.iter().map(|e| e.published).max().unwrap_or_default();
    xml.create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", locale.tag())])
        .write_inner_content(|xml| {
            text(xml, "id", &page)?;
            text(xml, "title", &feed.title)?;
            text(xml, "updated", &newest.to_string())?;
            link(xml, "self", own)?;
            link(xml, "alternate", &page)?;
            inside(xml, "author", &|xml| text(xml, "name", &feed.title))?;
            for entry in &feed.entries {
                let page = format!("{origin}{}", entry.page);
                let published = entry.published.to_string();
                let bundle = format!("{origin}/api/v1/releases/{}.zip", entry.release);
                inside(xml, "entry", &|xml| {
                    text(xml, "id", &page)?;
                    text(xml, "title", &entry.title)?;
                    text(xml, "published", &published)?;
                    text(xml, "updated", &published)?;
                    text(xml, "summary", &entry.summary)?;
                    link(xml, "alternate", &page)?;
                    link(xml, "enclosure", &bundle)
                })?;
            }
            Ok(())
        })?;
    Ok(xml.into_inner())
}

fn inside(xml: &mut Writer<Vec<u8>>, name: &str, content: Content<'_>) -> std::io::Result<()> {
    xml.create_element(name).write_inner_content(|xml| content(xml)).map(|_| ())
}

fn text(xml: &mut Writer<Vec<u8>>, name: &str, words: &str) -> std::io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(words)).map(|_| ())
}

fn link(xml: &mut Writer<Vec<u8>>, rel: &str, href: &str) -> std::io::Result<()> {
    xml.create_element("link")
        .with_attributes([("rel", rel), ("href", href)])
        .write_empty()
        .map(|_| ())
}
