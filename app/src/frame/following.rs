//! Ways from page to page that are no links of HTML: forms, and the shapes of maps. Without scripts
//! they are ordinary forms and links; here they lead on without a new document, as links do.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{
    Element, Event, FormData, HtmlFormElement, HtmlSelectElement, MouseEvent, UrlSearchParams,
};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::pressed;

/// Follows forms and shapes, and sends the form of a filter as soon as something is chosen in it with
/// a pointer. Arrow keys pass other options on their way, and each of these would be a page: with the
/// keyboard a choice takes effect with the form's button, or once an open list is left (WCAG 2.2,
/// 3.2.2).
pub(crate) fn following() {
    let navigate = use_navigate();
    let by_form = navigate.clone();
    Effect::new(move |_| {
        let (by_form, by_shape) = (by_form.clone(), navigate.clone());
        let sent = window_event_listener_untyped("submit", move |event| {
            if let Some((address, keeps_place)) = asked_by(&event) {
                event.prevent_default();
                let options = NavigateOptions { scroll: !keeps_place, ..Default::default() };
                by_form(&address, options);
            }
        });
        let by_key = StoredValue::new(false);
        let pointed = window_event_listener(ev::pointerdown, move |_| by_key.set_value(false));
        let typed = window_event_listener(ev::keydown, move |event| {
            // These two choose in an open list, as a pointer does.
            by_key.set_value(!["Enter", " "].contains(&event.key().as_str()));
        });
        let chosen = window_event_listener(ev::change, move |event| {
            let select = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
            let filter = select.filter(|s| s.closest(".filters").ok().flatten().is_some());
            let filter = filter.filter(|_| !by_key.get_value());
            if let Some(form) = filter.and_then(|select| select.form()) {
                // A browser that refuses leaves the button, which does the same.
                let _ = form.request_submit();
            }
        });
        let shape = window_event_listener(ev::click, move |event| {
            if let Some(href) = shape_of(&event) {
                event.prevent_default();
                by_shape(&href, NavigateOptions::default());
            }
        });
        on_cleanup(move || {
            sent.remove();
            pointed.remove();
            typed.remove();
            chosen.remove();
            shape.remove();
        });
    });
}

/// The address that a form asks for, and whether the reader stays where they are on the page.
fn asked_by(event: &Event) -> Option<(String, bool)> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    if event.default_prevented() || !form.method().eq_ignore_ascii_case("get") {
        return None;
    }
    let data = FormData::new_with_form(&form).ok()?;
    let query = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    let query = String::from(query.to_string());
    let action = form.get_attribute("action").filter(|action| action.starts_with('/'))?;
    let keeps_place = form.closest(".filters").ok().flatten().is_some();
    Some((format!("{action}?{query}"), keeps_place))
}

/// Where a shape leads that was pressed for a page in the same window.
fn shape_of(event: &MouseEvent) -> Option<String> {
    let other_window = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if other_window || event.button() != 0 || event.default_prevented() {
        return None;
    }
    let link: Element = pressed(event, "svg a[href]")?;
    link.get_attribute("href")
}
