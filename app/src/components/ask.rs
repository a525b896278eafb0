//! Choices of a form that asks, sent by its button.

use leptos::prelude::*;

/// A choice named `name` among `options`, codes with their words.
pub(crate) fn select(
    name: &'static str,
    label: String,
    chosen: &str,
    options: impl Iterator<Item = (impl Into<String>, String)>,
) -> AnyView {
    choice(name, label, self::options(chosen, options))
}

/// The same among options in groups, each with what it is about.
pub(crate) fn select_grouped(
    name: &'static str,
    label: String,
    chosen: &str,
    groups: Vec<(String, Vec<(String, String)>)>,
) -> AnyView {
    let groups = groups.into_iter().map(|(about, options)| {
        view! { <optgroup label=about>{self::options(chosen, options.into_iter())}</optgroup> }
    });
    choice(name, label, groups.collect_view().into_any())
}

fn options(chosen: &str, options: impl Iterator<Item = (impl Into<String>, String)>) -> AnyView {
    let option = |(code, words)| {
        let code: String = Into::into(code);
        let selected = code == chosen;
        view! {
            <option value=code selected=selected>
                {words}
            </option>
        }
    };
    options.map(option).collect_view().into_any()
}

fn choice(name: &'static str, label: String, options: AnyView) -> AnyView {
    let id = format!("ask-{name}");
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
