//! Filters as an ordinary form: they work without JavaScript, and leave an address to share. With
//! JavaScript a choice takes effect at once (`crate::frame::following`).

use leptos::prelude::*;
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

/// Choices that belong together.
pub(crate) struct Group {
    /// What they are about, where there are several groups.
    pub(crate) legend: Option<String>,
    /// The choices.
    pub(crate) choices: Vec<Choice>,
}

/// A longer label needs the whole width of a phone, in characters.
const HALF_A_PHONE: usize = 15;

/// The form with `choices`, which leads to `action`.
pub(crate) fn filters(action: String, choices: Vec<Choice>, locale: Locale) -> AnyView {
    filter_form(action, vec![Group { legend: None, choices }], Vec::new(), locale)
}

/// The form with `groups` of choices, which leads to `action` and takes `kept` along.
pub(crate) fn filter_form(
    action: String,
    groups: Vec<Group>,
    kept: Vec<(&'static str, String)>,
    locale: Locale,
) -> AnyView {
    let last = groups.len().saturating_sub(1);
    let groups = groups
        .into_iter()
        .enumerate()
        .map(|(i, group)| {
            let class = if group.legend.is_some() { "" } else { "sr" };
            let legend = group.legend.unwrap_or_else(|| text!(locale, filters.legend));
            let submit = (i == last)
                .then(|| view! { <button id="filter-apply" type="submit">{text!(locale, filters.apply)}</button> });
            view! {
                <fieldset>
                    <legend class=class>{legend}</legend>
                    {group.choices.into_iter().map(choice).collect_view()}
                    {submit}
                </fieldset>
            }
        })
        .collect_view();
    let kept = kept
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <div class="filters">
            <form method="get" action=action>
                {kept} {groups}
            </form>
        </div>
    }
    .into_any()
}

fn choice(choice: Choice) -> AnyView {
    let chosen = choice.options.iter().find(|(value, _)| *value == choice.chosen);
    let long = chosen.is_some_and(|(_, label)| label.chars().count() > HALF_A_PHONE);
    let class = if long { "choice long" } else { "choice" };
    let options = choice
        .options
        .into_iter()
        .map(|(value, label)| {
            let chosen = value == choice.chosen;
            view! {
                <option value=value selected=chosen>
                    {label}
                </option>
            }
        })
        .collect_view();
    let id = format!("filter-{}", choice.name);
    view! {
        <div class=class>
            <label for=id.clone()>{choice.label}</label>
            <select id=id name=choice.name>
                {options}
            </select>
        </div>
    }
    .into_any()
}
