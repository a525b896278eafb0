//! Prints a page of the portal with a browser that has no window.

use std::env;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::middleware::map_request;
use rustix::process::geteuid;
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::{Origin, ReportError};
use crate::web::{self, WebState};

/// Where Chromium may be.
const NAMES: [&str; 5] = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
/// Longer it does not take to print.
const PATIENCE: Duration = Duration::from_secs(120);
/// As a document: its own margins and page numbers, letters where the typeface has them and not on whole pixels,
/// nothing that reaches out of this machine.
const OPTIONS: [&str; 9] = [
    "--headless",
    "--no-pdf-header-footer",
    "--font-render-hinting=none",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// The page at `path` as PDF, with addresses of `origin`. For as long as it takes, the portal is served on a
/// loopback address.
pub(super) async fn pdf(
    state: WebState,
    path: &str,
    origin: Origin,
) -> Result<Vec<u8>, ReportError> {
    let loopback = |source| ReportError::Place { place: "127.0.0.1".to_owned(), source };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(loopback)?;
    let address = listener.local_addr().map_err(loopback)?;
    let browser = browser().ok_or_else(|| ReportError::NoBrowser { page: path.to_owned() })?;
    // As a proxy in front of the portal would ask for it.
    let asked = move |mut request: Request| {
        let Origin { scheme, host } = &origin;
        for (name, value) in [("x-forwarded-proto", scheme), ("x-forwarded-host", host)] {
            if let Ok(value) = HeaderValue::from_str(value) {
                request.headers_mut().insert(name, value);
            }
        }
        std::future::ready(request)
    };
    let router = web::router(state).layer(map_request(asked));
    let (stop, stopped) = oneshot::channel::<()>();
    let served = tokio::spawn(web::serve(listener, router, async {
        let _ = stopped.await;
    }));
    let printed = print(browser, &format!("http://{address}{path}")).await;
    let _ = stop.send(());
    let _ = served.await;
    printed
}

async fn print(browser: PathBuf, address: &str) -> Result<Vec<u8>, ReportError> {
    let place =
        |source| ReportError::Place { place: env::temp_dir().display().to_string(), source };
    let dir = tempfile::tempdir().map_err(place)?;
    let file = dir.path().join("report.pdf");
    let mut command = Command::new(&browser);
    command
        .args(OPTIONS)
        // The sandbox does not work for root.
        .args(geteuid().is_root().then_some("--no-sandbox"))
        .arg(format!("--user-data-dir={}", dir.path().join("profile").display()))
        .arg(format!("--print-to-pdf={}", file.display()))
        .arg(address)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let said = match timeout(PATIENCE, command.output()).await {
        Ok(output) => output.map_err(ReportError::place(&browser))?,
        Err(_) => {
            let said = format!("not done after {} s", PATIENCE.as_secs());
            return Err(ReportError::Browser { status: "stopped".to_owned(), said });
        }
    };
    match std::fs::read(&file) {
        Ok(bytes) if said.status.success() && bytes.starts_with(b"%PDF-") => Ok(bytes),
        _ => {
            let text = String::from_utf8_lossy(&said.stderr);
            let last = text.lines().last().unwrap_or_default().to_owned();
            Err(ReportError::Browser { status: said.status.to_string(), said: last })
        }
    }
}

/// The one that CHROMIUM names, or the first on the path.
pub(super) fn browser() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM").filter(|name| !name.is_empty()) {
        return Some(named.into());
    }
    let path = env::var_os("PATH")?;
    let mut candidates =
        NAMES.iter().flat_map(|name| env::split_paths(&path).map(move |dir| dir.join(name)));
    candidates.find(|file| file.is_file())
}
