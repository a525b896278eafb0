//! What search engines and browser tabs read.

use leptos::prelude::*;
use leptos_meta::{Html, Link, Meta, Title};
use leptos_router::hooks::use_location;
use model::Locale;

use crate::routes::{Target, locale_of};
use crate::text::text;

/// The title of a document: that of its page, and whose page it is.
pub(crate) fn full_title(title: &str, locale: Locale) -> String {
    format!("{title} – {}", text!(locale, site.full_name))
}

/// Title and description of the document.
pub(crate) fn document_head(title: &str, description: &str) -> AnyView {
    view! {
        <Title text=title.to_owned() />
        <Meta name="description" content=description.to_owned() />
    }
    .into_any()
}

/// Language of the document, its own address and its translations; follows the address.
pub(crate) fn document_links() -> AnyView {
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let lang = move || locale_of(&path.read()).tag();
    let origin = StoredValue::new(origin());
    let address = move |locale: Locale| {
        let search = search.read();
        let query = if search.is_empty() { String::new() } else { format!("?{}", *search) };
        let origin = &*origin.read_value();
        Target::at(&path.read()).map(|target| format!("{origin}{}{query}", target.path(locale)))
    };
    let canonical = move || address(locale_of(&path.read()));
    view! {
        <Html {..} lang=lang />
        {move || {
            canonical()
                .map(|href| {
                    view! {
                        <Link rel="canonical" href=href />
                        {Locale::ALL
                            .into_iter()
                            .map(|l| {
                                view! {
                                    <Link
                                        rel="alternate"
                                        hreflang=l.tag()
                                        href=address(l).unwrap_or_default()
                                    />
                                }
                            })
                            .collect_view()}
                    }
                })
        }}
    }
    .into_any()
}

/// Scheme and host under which the reader came: search engines take whole addresses only.
fn origin() -> String {
    #[cfg(feature = "ssr")]
    let origin = crate::wire::site::origin_asked_for();
    #[cfg(not(feature = "ssr"))]
    let origin = window().location().origin().ok();
    origin.unwrap_or_default()
}
