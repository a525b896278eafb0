//! How long what may be kept.

use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, HeaderValue, VARY};
use axum::middleware::Next;
use axum::response::Response;

/// How long an answer may be kept by browsers and proxies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CachePolicy {
    /// The name changes with the content: script, WebAssembly, style and boundaries with a hash
    /// in their name, and the files of a release, which stay as they were signed.
    Forever,
    /// Fonts and the icon: the name stays, the content hardly changes.
    Month,
    /// Pages and their data: asked for anew each time, since a release may have come out. Their
    /// policy holds a nonce that must not be used twice.
    Fresh,
    /// The state of the server at this moment.
    Never,
}

impl CachePolicy {
    fn of(path: &str) -> Self {
        let hashed = |name: &str| name.split('.').count() > 2;
        match path {
            _ if path.starts_with("/pkg/") && hashed(path) => Self::Forever,
            _ if path.starts_with("/geo/") || path.starts_with("/api/v1/releases/") => {
                Self::Forever
            }
            _ if path.starts_with("/fonts/") || path == "/favicon.svg" => Self::Month,
            "/healthz" | "/readyz" => Self::Never,
            _ => Self::Fresh,
        }
    }

    const fn header(self) -> &'static str {
        match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Month => "public, max-age=2592000",
            Self::Fresh => "no-cache",
            Self::Never => "no-store",
        }
    }
}

/// Sets `Cache-Control`; what went wrong is not kept. Built files lie here compressed too: a proxy
/// that keeps one must not give it to a browser that cannot read it.
pub(super) async fn caching(request: Request, next: Next) -> Response {
    let policy = CachePolicy::of(request.uri().path());
    let mut response = next.run(request).await;
    if matches!(policy, CachePolicy::Forever | CachePolicy::Month) {
        response.headers_mut().append(VARY, HeaderValue::from_static("accept-encoding"));
    }
    let policy = if response.status().is_success() { policy } else { CachePolicy::Fresh };
    response
        .headers_mut()
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(policy.header()));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_never_changes_is_kept_forever() {
        assert_eq!(CachePolicy::of("/pkg/portal.x81a.wasm"), CachePolicy::Forever);
        assert_eq!(CachePolicy::of("/geo/commune.0123456789abcdef.svg"), CachePolicy::Forever);
        assert_eq!(CachePolicy::of("/api/v1/releases/2026-Q3.1.zip"), CachePolicy::Forever);
        assert_eq!(CachePolicy::of("/pkg/portal.wasm"), CachePolicy::Fresh);
        assert_eq!(CachePolicy::of("/vi"), CachePolicy::Fresh);
        assert_eq!(CachePolicy::of("/readyz"), CachePolicy::Never);
    }
}
