//! The web server's router over a real published database, and its answers.

use app::wire::site::PublishingBody;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use leptos::config::LeptosOptions;
use server::web::{WebState, router};
use store::PublishedPool;
use tower::ServiceExt as _;

use super::workshop::Workshop;

/// The router over the published database, and a folder of built files.
pub(super) struct Site {
    router: Router,
    pub(super) pool: PublishedPool,
    pub(super) root: tempfile::TempDir,
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

impl Site {
    pub(super) async fn over(workshop: &Workshop) -> Self {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("pkg")).unwrap();
        std::fs::write(root.path().join("pkg/portal.css"), "body{}").unwrap();
        std::fs::write(root.path().join("favicon.svg"), "<svg/>").unwrap();
        // As if all sites were of one build.
        for name in ["pkg/portal.css", "favicon.svg"] {
            let file = std::fs::File::options().append(true).open(root.path().join(name)).unwrap();
            file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        }
        let pool = PublishedPool::connect(workshop.urls.reader.clone()).await.unwrap();
        let leptos_options = LeptosOptions::builder()
            .output_name("portal")
            .site_root(root.path().to_string_lossy().into_owned())
            .build();
        let publishing_body = None;
        let router = router(WebState { pool: pool.clone(), leptos_options, publishing_body });
        Self { router, pool, root }
    }

    /// The same site, published by `body`.
    pub(super) fn published_by(&self, body: PublishingBody) -> Self {
        let root = tempfile::tempdir().unwrap();
        let leptos_options = LeptosOptions::builder()
            .output_name("portal")
            .site_root(root.path().to_string_lossy().into_owned())
            .build();
        let pool = self.pool.clone();
        let publishing_body = Some(body);
        let state = WebState { pool: pool.clone(), leptos_options, publishing_body };
        Self { router: router(state), pool, root }
    }

    pub(super) async fn get(&self, address: &str) -> Answer {
        self.get_with(address, &[]).await
    }

    pub(super) async fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        let (status, headers, bytes) = self.bytes_with(address, headers).await;
        Answer { status, headers, text: String::from_utf8(bytes).unwrap() }
    }

    /// Sends a file as the form at `address` does, in the field `field`.
    pub(super) async fn send(&self, address: &str, field: &str, name: &str, file: &[u8]) -> Answer {
        let mark = "----part----";
        let head = format!(
            "--{mark}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: text/csv\r\n\r\n"
        );
        let body = [head.as_bytes(), file, format!("\r\n--{mark}--\r\n").as_bytes()].concat();
        let request = Request::post(address)
            .header("content-type", format!("multipart/form-data; boundary={mark}"))
            .body(Body::from(body))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    pub(super) async fn bytes(&self, address: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        self.bytes_with(address, &[]).await
    }

    async fn bytes_with(
        &self,
        address: &str,
        headers: &[(&str, &str)],
    ) -> (StatusCode, HeaderMap, Vec<u8>) {
        self.ask(Method::GET, address, headers).await
    }

    pub(super) async fn ask(
        &self,
        method: Method,
        address: &str,
        headers: &[(&str, &str)],
    ) -> (StatusCode, HeaderMap, Vec<u8>) {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, parts.headers, bytes.to_vec())
    }
}
