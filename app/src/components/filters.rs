//! Filters as an ordinary form: they work without JavaScript, and leave an address to share. With
//! JavaScript a choice takes effect at once.

use leptos::prelude::*;
use leptos::web_sys::HtmlSelectElement;
use leptos_router::components::Form;
use model::Locale;

use crate::text::text;

/// One choice.
pub(crate) struct Choice {
    /// Name of the parameter.
    pub(crate) name: &'static str,
    /// What it is about.
    pub(crate) label: String,
    /// Values and what they are called.
    pub(crate) options: Vec<(String, String)>,
    /// The value chosen.
    pub(crate) chosen: String,
}

/// The form with `choices`, which leads to `action`.
pub(crate) fn filters(action: String, choices: Vec<Choice>, locale: Locale) -> AnyView {
    let selects = choices
        .into_iter()
        .map(|choice| {
            let options = choice
                .options
                .into_iter()
                .map(|(value, label)| {
                    let chosen = value == choice.chosen;
                    view! {
                        <option value=value selected=chosen prop:selected=chosen>
                            {label}
                        </option>
                    }
                })
                .collect_view();
            let id = format!("filter-{}", choice.name);
            view! {
                <div class="choice">
                    <label for=id.clone()>{choice.label}</label>
                    <select id=id name=choice.name on:change=submit>
                        {options}
                    </select>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="filters">
            <Form method="GET" action=action noscroll=true>
                <fieldset>
                    <legend class="sr">{text!(locale, filters.legend)}</legend>
                    {selects}
                    <button type="submit">{text!(locale, filters.apply)}</button>
                </fieldset>
            </Form>
        </div>
    }
    .into_any()
}

/// Sends the form of the choice that was changed.
fn submit(event: leptos::ev::Event) {
    let select: HtmlSelectElement = event_target(&event);
    if let Some(form) = select.form() {
        // A browser that refuses leaves the button, which does the same.
        let _ = form.request_submit();
    }
}
