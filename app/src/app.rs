//! The document and the router.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute as _};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{ParamSegment, SsrMode, StaticSegment, WildcardSegment};
use model::Locale;

use crate::components::frame::{framed, localised};
use crate::components::head::document_links;
use crate::components::load::failure;
use crate::device::commune::MyCommune;
use crate::error::PortalError;
use crate::pages::area::AreaPage;
use crate::pages::areas::AreasPage;
use crate::pages::bodies::BodiesPage;
use crate::pages::body::BodyPage;
use crate::pages::design::DesignPage;
use crate::pages::dictionary::DictionaryPage;
use crate::pages::explore::ExplorePage;
use crate::pages::field::FieldPage;
use crate::pages::fields::FieldsPage;
use crate::pages::glossary::GlossaryPage;
use crate::pages::methods::MethodsPage;
use crate::pages::not_found::NotFound;
use crate::pages::overview::OverviewPage;
use crate::pages::references::ReferencesPage;
use crate::pages::release::ReleasePage;
use crate::pages::releases::ReleasesPage;
use crate::pages::search::SearchPage;
use crate::pages::table::TablePage;
use crate::pages::tables::TablesPage;
use crate::routes::{Page, SUBJECT, locale_of};

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

/// The application: one parent route a language, with the pages of [`crate::routes::PAGES`] in it.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    MyCommune::provide();
    view! {
        <Router>
            {document_links()}
            <Routes fallback=nowhere>
                <ParentRoute path=StaticSegment("vi") view=|| localised(Locale::Vi)>
                    <Pages locale=Locale::Vi />
                </ParentRoute>
                <ParentRoute path=StaticSegment("en") view=|| localised(Locale::En)>
                    <Pages locale=Locale::En />
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

/// The pages in `locale`. Each waits for its data, so that titles, status codes and a browser
/// without JavaScript get the whole page.
#[component(transparent)]
fn Pages(
    /// The language.
    locale: Locale,
) -> AnyNestedRoute {
    let at = move |page: Page| StaticSegment(page.segment(locale));
    let of = move |page: Page| (at(page), ParamSegment(SUBJECT));
    view! {
        <Route path=at(Page::Overview) view=OverviewPage ssr=SsrMode::Async />
        <Route path=at(Page::Tables) view=TablesPage ssr=SsrMode::Async />
        <Route path=of(Page::Table) view=TablePage ssr=SsrMode::Async />
        <Route path=at(Page::Explore) view=ExplorePage ssr=SsrMode::Async />
        <Route path=at(Page::Areas) view=AreasPage ssr=SsrMode::Async />
        <Route path=of(Page::Area) view=AreaPage ssr=SsrMode::Async />
        <Route path=at(Page::Fields) view=FieldsPage ssr=SsrMode::Async />
        <Route path=of(Page::Field) view=FieldPage ssr=SsrMode::Async />
        <Route path=at(Page::Bodies) view=BodiesPage ssr=SsrMode::Async />
        <Route path=of(Page::Body) view=BodyPage ssr=SsrMode::Async />
        <Route path=at(Page::Releases) view=ReleasesPage ssr=SsrMode::Async />
        <Route path=of(Page::Release) view=ReleasePage ssr=SsrMode::Async />
        <Explained locale />
        <Route path=at(Page::Search) view=SearchPage ssr=SsrMode::Async />
        <Route path=at(Page::Design) view=DesignPage ssr=SsrMode::Async />
        <Route path=WildcardSegment("any") view=NotFound ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

/// The pages that explain the figures; a parent takes no more than sixteen routes.
#[component(transparent)]
fn Explained(
    /// The language.
    locale: Locale,
) -> AnyNestedRoute {
    let at = move |page: Page| StaticSegment(page.segment(locale));
    view! {
        <Route path=at(Page::Methods) view=MethodsPage ssr=SsrMode::Async />
        <Route path=at(Page::Glossary) view=GlossaryPage ssr=SsrMode::Async />
        <Route path=at(Page::Dictionary) view=DictionaryPage ssr=SsrMode::Async />
        <Route path=at(Page::References) view=ReferencesPage ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
