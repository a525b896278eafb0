//! Choices of a form that asks, sent by its button.

use leptos::prelude::*;

/// A choice named `name` among `options`, codes with their words.
pub(crate) fn select(
    name: &'static str,
    label: String,
    chosen: &str,
    options: impl Iterator<Item = (impl Into<String>, String)>,
) -> AnyView {
    let id = format!("ask-{name}");
    let options = options.map(|(code, words)| {
        let code: String = code.into();
        let selected = code == chosen;
        view! {
            <option value=code selected=selected>
                {words}
            </option>
        }
    });
    let options = options.collect_view();
    view! {
        <div class="choice">
            <label for=id.clone()>{label}</label>
            <select id=id name=name>
                {options}
            </select>
        </div>
    }
    .into_any()
}
