//! Addresses that lead on: `/` to the language that the browser asks for, Vietnamese if it does not
//! prefer English; `/vi/` to `/vi`, so that every page has one address.

use axum::extract::Request;
use axum::http::header::{ACCEPT_LANGUAGE, VARY};
use axum::http::{HeaderMap, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use model::Locale;

/// Redirects to `/vi` or `/en`.
pub async fn redirect(headers: HeaderMap) -> impl IntoResponse {
    let wish = headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let target = format!("/{}", preferred(wish));
    ([(VARY, "accept-language")], Redirect::temporary(&target))
}

/// Redirects an address that ends in a slash to the one without.
pub(super) async fn without_trailing_slash(request: Request, next: Next) -> Response {
    match trimmed(request.uri()) {
        Some(target) => Redirect::permanent(&target).into_response(),
        None => next.run(request).await,
    }
}

/// The address without the slash at its end; `None` if there is none, or if what remains would
/// lead to another host (`//host/`).
fn trimmed(uri: &Uri) -> Option<String> {
    let path = uri.path().strip_suffix('/')?;
    if !path.starts_with('/') || path.starts_with("//") || path.ends_with('/') {
        return None;
    }
    Some(uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}")))
}

/// English if it is wished for more than Vietnamese.
pub(super) fn preferred(wish: &str) -> Locale {
    let weight = |locale: Locale| {
        wish.split(',')
            .filter_map(|part| {
                let mut fields = part.split(';').map(str::trim);
                let tag = fields.next()?.split('-').next()?;
                let quality = fields
                    .find_map(|f| f.strip_prefix("q="))
                    .map_or(Some(1.0), |q| q.parse::<f32>().ok())?;
                tag.eq_ignore_ascii_case(locale.tag()).then_some(quality)
            })
            .fold(0.0, f32::max)
    };
    if weight(Locale::En) > weight(Locale::Vi) { Locale::En } else { Locale::Vi }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_prefers_english_gets_it() {
        for (wish, expected) in [
            ("", Locale::Vi),
            ("fr-FR", Locale::Vi),
            ("en-US,en;q=0.9", Locale::En),
            ("vi,en;q=0.8", Locale::Vi),
            ("en;q=0.5,vi;q=0.9", Locale::Vi),
            ("en;q=x", Locale::Vi),
        ] {
            assert_eq!(preferred(wish), expected, "{wish}");
        }
    }

    #[test]
    fn a_slash_at_the_end_is_dropped_but_never_leads_away() {
        let of = |address: &str| trimmed(&address.parse().unwrap());
        assert_eq!(of("/vi/").as_deref(), Some("/vi"));
        assert_eq!(of("/vi/bang/?period=2025").as_deref(), Some("/vi/bang?period=2025"));
        for address in ["/", "/vi", "//example.org/", "///", "/vi//"] {
            assert_eq!(of(address), None, "{address}");
        }
    }
}
