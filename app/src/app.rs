//! The document and the router.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{SsrMode, StaticSegment, WildcardSegment};
use model::Locale;

use crate::device::commune::MyCommune;
use crate::error::PortalError;
use crate::frame::document::{Front, Inner};
use crate::frame::head::document_links;
use crate::frame::load::failure;
use crate::frame::{framed, localised, provide_site};
use crate::routes::locale_of;

/// The HTML document around the application.
#[cfg(feature = "ssr")]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    use leptos::nonce::use_nonce;
    use leptos_meta::MetaTags;

    use crate::device::first_script;
    use crate::site_files::{FONTS, SiteFiles, font};

    content_security_policy();
    let preload = FONTS
        .map(|name| {
            view! {
                <link
                    rel="preload"
                    href=font(name)
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                />
            }
        })
        .collect_view();
    let feeds = Locale::ALL
        .map(|locale| {
            let href = format!("/feeds/releases.{locale}.atom");
            view! { <link rel="alternate" r#type="application/atom+xml" title=locale.tag() href=href /> }
        })
        .collect_view();
    view! {
        <!DOCTYPE html>
        <html>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <script nonce=use_nonce()>{first_script()}</script>
                {preload}
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                {feeds}
                <AutoReload options=options.clone() />
                {SiteFiles::of(&options).links(use_nonce())}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Scripts, styles, fonts and data from this origin alone. The inline scripts that start hydration
/// carry a nonce; there are no inline styles. WebAssembly needs its own permission.
#[cfg(feature = "ssr")]
fn content_security_policy() {
    use http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
    use leptos::nonce::use_nonce;

    let (Some(nonce), Some(response)) =
        (use_nonce(), use_context::<leptos_axum::ResponseOptions>())
    else {
        return;
    };
    // `cargo leptos watch` reloads the page over a web socket on another port.
    let connect = if std::env::var_os("LEPTOS_WATCH").is_some() {
        "'self' ws://127.0.0.1:*"
    } else {
        "'self'"
    };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src {connect}; manifest-src 'self'; \
         worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

/// The application: one parent route a language. Which page stands at an address is a matter of
/// [`crate::routes`], not of the router. Each page waits for its data, so that titles, status codes
/// and a browser without JavaScript get the whole page.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    MyCommune::provide();
    provide_site();
    view! {
        <Router>
            {document_links()}
            <Routes fallback=nowhere>
                <ParentRoute path=StaticSegment("vi") view=|| localised(Locale::Vi)>
                    <Route path=StaticSegment("") view=Front ssr=SsrMode::Async />
                    <Route path=WildcardSegment("page") view=Inner ssr=SsrMode::Async />
                </ParentRoute>
                <ParentRoute path=StaticSegment("en") view=|| localised(Locale::En)>
                    <Route path=StaticSegment("") view=Front ssr=SsrMode::Async />
                    <Route path=WildcardSegment("page") view=Inner ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// An address outside both languages.
fn nowhere() -> impl IntoView {
    let locale = locale_of(&use_location().pathname.get_untracked());
    provide_context(locale);
    framed(locale, failure(PortalError::NotFound, locale))
}
