//! What items count, in words.

use leptos::prelude::*;
use model::Locale;

use super::term::term;
use crate::data::words::Meaning;
use crate::routes::Page;
use crate::text::text;

/// Under the figures of a table: what its columns count, folded away.
pub(crate) fn meanings(meanings: &[Meaning], locale: Locale) -> Option<AnyView> {
    let dictionary = Page::Dictionary.path(locale);
    let entries = meanings
        .iter()
        .map(|meaning| {
            let item = meaning.item;
            view! {
                <div>
                    <dt>
                        <a href=format!("{dictionary}#{}", item.code())>
                            {item.name_with_unit(locale)}
                        </a>
                    </dt>
                    <dd class="hinted">{body(meaning, locale)}</dd>
                </div>
            }
        })
        .collect_view();
    (!meanings.is_empty()).then(|| {
        view! {
            <details class="meanings">
                <summary>{text!(locale, explain.meaning)}</summary>
                <dl class="terms">{entries}</dl>
            </details>
        }
        .into_any()
    })
}

/// What an item counts, which date decides, what is left out, and the terms to look up.
pub(crate) fn body(meaning: &Meaning, locale: Locale) -> AnyView {
    let more = |name: String, words: &Option<String>| {
        let words = words.clone()?;
        Some(view! { <p class="small"><b>{name}</b> ": " {words}</p> })
    };
    let excludes = more(text!(locale, explain.excludes), &meaning.excludes);
    let notice = more(text!(locale, explain.notice), &meaning.notice);
    let place = meaning.item.code();
    let terms = meaning.terms.iter().enumerate().map(|(i, hint)| {
        let comma = if i > 0 { ", " } else { "" };
        view! { {comma} {term(&hint.name, hint, place, locale)} }
    });
    let terms = (!meaning.terms.is_empty()).then(|| {
        let terms = terms.collect_view();
        view! { <p class="small"><b>{text!(locale, explain.terms)}</b> ": " {terms}</p> }
    });
    view! {
        <p>{meaning.counts.clone()}</p>
        <p class="small">
            <b>{text!(locale, explain.date)}</b>
            ": "
            {meaning.date.clone()}
        </p>
        {excludes}
        {notice}
        {terms}
    }
    .into_any()
}
