//! What search engines ask for: `robots.txt`, and a list of the pages in both languages. The pages
//! of single tables, places, bodies and releases are linked from the lists, which crawlers follow.

use std::fmt::Write as _;

use app::routes::{Entry, PAGES, Page};
use app::wire::site::origin;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::IntoResponse;
use model::Locale;

/// `/robots.txt`: everything may be read but answers to questions and the data behind the pages.
pub(super) async fn robots(headers: HeaderMap) -> impl IntoResponse {
    let mut text = String::from("User-agent: *\nDisallow: /fn/\n");
    for entry in PAGES.iter().filter(|entry| is_question(entry)) {
        for locale in Locale::ALL {
            let _ = writeln!(text, "Disallow: {}", entry.page.path(locale));
        }
    }
    // This one explains itself, but its answers are as many as one can ask.
    for locale in Locale::ALL {
        let _ = writeln!(text, "Disallow: {}?", Page::Check.path(locale));
    }
    if let Some(origin) = origin(&headers) {
        let _ = writeln!(text, "Sitemap: {origin}/sitemap.xml");
    }
    text
}

/// `/sitemap.xml`: the pages that have one address, each with its translation.
///
/// # Errors
///
/// 404 if the request does not say for which host it is.
pub(super) async fn sitemap(
    headers: HeaderMap,
) -> Result<([(HeaderName, &'static str); 1], String), StatusCode> {
    let origin = origin(&headers).ok_or(StatusCode::NOT_FOUND)?;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset \
         xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let listed = |entry: &&Entry| !entry.page.has_subject() && !is_question(entry);
    for page in PAGES.iter().filter(listed).map(|entry| entry.page) {
        for locale in Locale::ALL {
            let _ = writeln!(xml, "<url><loc>{origin}{}</loc>", page.path(locale));
            for other in Locale::ALL {
                let _ = writeln!(
                    xml,
                    "<xhtml:link rel=\"alternate\" hreflang=\"{other}\" href=\"{origin}{}\"/>",
                    page.path(other)
                );
            }
            xml.push_str("</url>\n");
        }
    }
    xml.push_str("</urlset>\n");
    Ok(([(CONTENT_TYPE, "application/xml")], xml))
}

/// True if the page shows nothing of its own until it is asked.
fn is_question(entry: &Entry) -> bool {
    entry.page == Page::Search
}
