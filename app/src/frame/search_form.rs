//! The box to ask in: an ordinary form, which leads to the page of what was found.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};
use model::Locale;

use crate::routes::{Page, QUESTION};
use crate::text::text;

/// The box to ask in at the head of every page.
pub(crate) const AT_HEAD: &str = "search";
/// The box on the page of what was found, where the one at the head is not shown.
pub(crate) const ON_PAGE: &str = "search-here";

/// The key that leads to the box, as on many sites, unless one writes somewhere.
pub(crate) fn slash_leads_to_the_box() {
    let listen = move |event: KeyboardEvent| {
        let with_others = event.ctrl_key() || event.alt_key() || event.meta_key();
        if event.key() != "/" || with_others || writes(&event) {
            return;
        }
        let found = [ON_PAGE, AT_HEAD].into_iter().find_map(|id| document().get_element_by_id(id));
        if let Some(found) = found {
            event.prevent_default();
            // Without focus the box is still there.
            let _ = found.unchecked_into::<HtmlElement>().focus();
        }
    };
    Effect::new(move |_| {
        let handle = window_event_listener(leptos::ev::keydown, listen);
        on_cleanup(move || handle.remove());
    });
}

/// True if the key went into a field.
fn writes(event: &KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|e| matches!(e.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"))
}

/// The form with `question` in it; `id` is that of the box, which a page may have twice.
pub(crate) fn search_form(id: &'static str, question: &str, locale: Locale) -> AnyView {
    let question = question.to_owned();
    view! {
        <div class="search">
            <form method="get" action=Page::Search.path(locale)>
                <label class="sr" for=id>
                    {text!(locale, search.label)}
                </label>
                <input
                    id=id
                    type="search"
                    name=QUESTION
                    value=question
                    placeholder=text!(locale, search.placeholder)
                    autocomplete="off"
                    maxlength="100"
                />
                <button type="submit">{text!(locale, search.submit)}</button>
            </form>
        </div>
    }
    .into_any()
}
