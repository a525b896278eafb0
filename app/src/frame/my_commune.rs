//! The reader's own commune: a line at the head of every page that leads to it, and life for the
//! button on a commune's page. The server knows nothing of it, for it never learns what is
//! remembered.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::Element;
use model::Locale;
use model::area;
use model::dimension::commune_member;

use super::document::Drawn;
use super::pressed;
use crate::device::commune::MyCommune;
use crate::routes::Page;
use crate::text::text;

/// What holds the button, and whose attribute names the commune.
const BUTTON: &str = "[data-commune]";
const COMMUNE: &str = "data-commune";
/// The attribute of what holds the button while the commune is the reader's.
const MINE: &str = "data-mine";

/// The link to the remembered commune, if there is one.
pub(crate) fn my_commune(locale: Locale) -> AnyView {
    let mine = MyCommune::from_context();
    let link = move || {
        let commune = mine.and_then(MyCommune::code).and_then(area::commune)?;
        let name = match locale {
            Locale::Vi => commune.full_name,
            Locale::En => commune.name_en,
        };
        let href = Page::Area.path_of(locale, &commune_member(commune.code));
        Some(view! {
            <p class="mine small">
                {text!(locale, my_commune.mine)}
                " "
                <a href=href>{name}</a>
            </p>
        })
    };
    view! { {link} }.into_any()
}

/// Has buttons remember and forget, and show which of both they do on each page that is drawn.
pub(crate) fn remembering(drawn: Drawn) {
    let Some(mine) = MyCommune::from_context() else { return };
    Effect::new(move |_| {
        let handle = window_event_listener(leptos::ev::click, move |event| {
            let button = pressed(&event, "[data-commune] button");
            let holder = button.and_then(|b| b.closest(BUTTON).ok().flatten());
            let code = holder.and_then(|h| h.get_attribute(COMMUNE));
            if let Some(commune) = code.as_deref().and_then(area::commune) {
                let is_mine = untrack(|| mine.code()) == Some(commune.code);
                mine.set((!is_mine).then_some(commune.code));
            }
        });
        on_cleanup(move || handle.remove());
    });
    Effect::new(move |_| {
        drawn.track();
        let code = mine.code();
        let Ok(holders) = document().query_selector_all(BUTTON) else { return };
        for at in 0..holders.length() {
            let holder = holders.item(at).and_then(|node| node.dyn_into::<Element>().ok());
            if let Some(holder) = holder {
                let is_mine = code.is_some() && holder.get_attribute(COMMUNE).as_deref() == code;
                // An attribute of this name is never refused.
                let _ = holder.toggle_attribute_with_force(MINE, is_mine);
            }
        }
    });
}
