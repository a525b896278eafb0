//! The page in the frame: HTML from the server. The first one is in the document already; the next
//! ones are fetched as the address changes.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::HtmlElement;
use leptos_router::hooks::use_location;
use model::Locale;

use super::head::document_head;
use super::load::load;
use crate::routes::{Page, Target};
use crate::wire::document::{Shown, document as drawn_by_the_server};

/// How often a page has been drawn: what has to look at each page follows it.
#[derive(Clone, Copy)]
pub(crate) struct Drawn(RwSignal<u32>);

impl Drawn {
    /// For one frame.
    pub(crate) fn provide() -> Self {
        let drawn = Self(RwSignal::new(0));
        provide_context(drawn);
        drawn
    }

    /// Follows it.
    pub(crate) fn track(self) {
        self.0.track();
    }

    /// Another page has been drawn.
    fn again(self) {
        self.0.update(|n| *n = n.wrapping_add(1));
    }
}

/// The overview.
#[component]
pub(crate) fn Front() -> impl IntoView {
    page(true)
}

/// Any other page.
#[component]
pub(crate) fn Inner() -> impl IntoView {
    page(false)
}

/// The page in the address, as long as that is, or is not, the overview: there is a route for each,
/// and the one that is being left must not fetch what the other one will.
fn page(is_front: bool) -> AnyView {
    let locale: Locale = use_context().unwrap_or_default();
    let location = use_location();
    let address = Memo::new(move |before: Option<&(String, String)>| {
        let path = location.pathname.get();
        let front = Target::at(&path).is_some_and(|target| target.page == Page::Overview);
        match before {
            Some(before) if front != is_front => before.clone(),
            _ => (path, location.search.get()),
        }
    });
    let fetched = Resource::new(
        move || address.get(),
        |(path, query)| async { drawn_by_the_server(path, query).await.map(Shown::from) },
    );
    let drawn = use_context::<Drawn>();
    load(fetched, locale, move |shown| {
        let focused = focused();
        Effect::new(move |_| {
            if let Some(drawn) = drawn {
                drawn.again();
            }
            focus(focused.as_deref());
        });
        view! {
            {document_head(&shown.title, &shown.description)}
            <div class="page" inner_html=shown.html></div>
        }
        .into_any()
    })
}

/// The id of what has the focus within the page: a choice that draws the page anew.
fn focused() -> Option<String> {
    #[cfg(feature = "ssr")]
    return None;
    #[cfg(not(feature = "ssr"))]
    document().active_element().map(|element| element.id()).filter(|id| id.starts_with("filter-"))
}

/// Gives the focus back to what had it, if it is still on the page.
fn focus(id: Option<&str>) {
    let element = id.and_then(|id| document().get_element_by_id(id));
    if let Some(element) = element.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        // Without focus the page is still there.
        let _ = element.focus();
    }
}
