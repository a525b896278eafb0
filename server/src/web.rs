//! The web server: pages, their server functions and data, static files, and what a reverse proxy
//! asks for. It reads the published database as `portal_reader` and has nothing else.

mod assets;
mod check;
mod crawlers;
mod download;
mod embed;
mod feed;
mod figure;
mod geometry;
mod headers;
mod health;
mod home;
mod log;
mod pages;
mod picture;
mod release;
mod report;
mod site;
mod worker;

use std::io;
use std::time::Duration;

use app::wire::site::PublishingBody;
use axum::Router;
use axum::handler::HandlerWithoutStateExt as _;
use axum::http::StatusCode;
use axum::routing::get;
use axum::serve::ListenerExt as _;
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes as _, generate_route_list, render_app_async_with_context};
use store::PublishedPool;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::services::ServeDir;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

pub use site::site_options;

/// No page takes longer; a slower one is given up.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How hard pages and data are compressed: a page gets a tenth smaller than at the level that is
/// usual, in a few milliseconds. Built files are compressed harder, beforehand.
const PACKING: CompressionLevel = CompressionLevel::Precise(5);
/// How long answers under way may take after the stop signal.
const GRACE: Duration = Duration::from_secs(5);

/// What the web server works with.
#[derive(Clone)]
pub struct WebState {
    /// The published database as portal_reader.
    pub pool: PublishedPool,
    /// Where the built site is.
    pub leptos_options: LeptosOptions,
    /// Who publishes the figures.
    pub publishing_body: Option<PublishingBody>,
}

/// All routes of the portal.
pub fn router(state: WebState) -> Router {
    let WebState { pool, leptos_options, publishing_body } = state;
    let context = {
        let pool = pool.clone();
        move || {
            provide_context(pool.clone());
            if let Some(body) = &publishing_body {
                provide_context(body.clone());
            }
        }
    };
    let shell = {
        let options = leptos_options.clone();
        move || app::app::shell(options.clone())
    };
    // An address that leads nowhere is rendered like a page. leptos_axum's own handler, which also
    // serves files, is of no use: under load a file takes the status and the headers of a page that
    // is being rendered on the same thread.
    let nowhere = render_app_async_with_context(context.clone(), shell.clone());
    let files = ServeDir::new(&*leptos_options.site_root)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .not_found_service(nowhere.into_service());
    let pool_of_files = pool.clone();
    let plain = Router::new()
        .route("/", get(home::redirect))
        .route("/robots.txt", get(crawlers::robots))
        .route("/sitemap.xml", get(crawlers::sitemap))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/api/v1/pages.json", get(pages::list))
        .route("/api/v1/tables/{file}", get(download::table))
        .route("/api/v1/report.xlsx", get(report::xlsx))
        .route("/api/v1/figures/{file}", get(figure::file))
        .route("/f/{name}", get(figure::short))
        .route("/embed/{locale}/{name}", get(embed::figure))
        .route("/api/v1/releases/{file}", get(release::zip))
        .route("/api/v1/releases/{release}/{*path}", get(release::file))
        .route("/api/v1/log/history.json", get(log::history))
        .route("/api/v1/log/checkpoint", get(log::checkpoint))
        .route("/.well-known/complaints-log-key", get(log::key))
        .route("/feeds/{file}", get(feed::releases))
        .route("/geo/{file}", get(geometry::drawing))
        .with_state(pool);
    let checked = check::routes(&pool_of_files, context.clone(), shell.clone());
    let unpacked = DefaultPredicate::new().and(NotForContentType::const_new("application/zip"));
    let worker = get(worker::script).with_state(leptos_options.clone());
    Router::new()
        .route(app::offline::WORKER, worker)
        .leptos_routes_with_context(
            &leptos_options,
            generate_route_list(app::app::App),
            context,
            shell,
        )
        .merge(checked)
        .fallback_service(files)
        .with_state(leptos_options)
        .merge(plain)
        .layer(axum::middleware::from_fn(home::without_trailing_slash))
        .layer(axum::middleware::from_fn(headers::set))
        .layer(axum::middleware::from_fn(assets::caching))
        .layer(CompressionLayer::new().quality(PACKING).compress_when(unpacked))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(TraceLayer::new_for_http())
}

/// Serves until `stop`, then lets answers under way finish.
///
/// # Errors
///
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    // Small answers must not wait for Nagle's algorithm.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
    });
    let (told, mut stopping) = tokio::sync::watch::channel(false);
    let stop = async move {
        stop.await;
        let _ = told.send(true);
    };
    let server = axum::serve(listener, router).with_graceful_shutdown(stop);
    tokio::select! {
        done = server.into_future() => done,
        () = async {
            let _ = stopping.wait_for(|stop| *stop).await;
            tokio::time::sleep(GRACE).await;
        } => Ok(()),
    }
}

/// Waits for Ctrl-C or the signal to terminate.
pub async fn stopped() {
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::warn!(%error, "cannot listen for SIGTERM");
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}
