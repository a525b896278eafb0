//! The glossary: terms by subject, each at an address of its own, and an index by letters.

use leptos::prelude::*;
use model::{Dim, Item, Locale};

use crate::components::capital;
use crate::components::term::unbroken;
use crate::data::glossary::{Entry, Glossary, Group, Letter, Named};
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &Glossary, locale: Locale) -> AnyView {
    let title = text!(locale, explain.glossary);
    let count: usize = data.groups.iter().map(|g| g.terms.len()).sum();
    let lead = text!(locale, explain.glossary_lead, count = count);
    let groups = data.groups.iter().map(|g| group(g, locale)).collect_view();
    let contents = data
        .groups
        .iter()
        .map(|g| view! { <li><a href=format!("#{}", g.code)>{g.name.clone()}</a></li> })
        .collect_view();
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">
            <a href=Page::Methods.path(locale)>{text!(locale, nav.methods)}</a>
        </p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()} " " {text!(locale, explain.not_advice)}</p>
        <ul class="columns contents">{contents}</ul>
        {index(&data.letters, locale)}
        {groups}
    }
    .into_any()
}

/// The names by letter, with a line of letters to jump to.
fn index(letters: &[Letter], locale: Locale) -> AnyView {
    let jumps = letters
        .iter()
        .map(|l| {
            let href = format!("#letter-{}", l.slug);
            view! { <li><a href=href>{l.letter.clone()}</a></li> }
        })
        .collect_view();
    let lists = letters
        .iter()
        .map(|l| {
            let names = l.terms.iter().map(|named| view! { <li>{link(named)}</li> }).collect_view();
            view! {
                <div id=format!("letter-{}", l.slug)>
                    <dt>{l.letter.clone()}</dt>
                    <dd>
                        <ul>{names}</ul>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="letters">
            <h2 id="letters">{text!(locale, explain.by_letter)}</h2>
            <ul class="letters" aria-label=text!(locale, explain.letters)>
                {jumps}
            </ul>
            <dl class="by-letter">{lists}</dl>
        </section>
    }
    .into_any()
}

fn link(named: &Named) -> AnyView {
    view! { <a href=format!("#{}", named.slug)>{named.name.clone()}</a> }.into_any()
}

fn group(group: &Group, locale: Locale) -> AnyView {
    let terms = group.terms.iter().map(|t| entry(t, locale)).collect_view();
    view! {
        <section aria-labelledby=group.code.clone()>
            <h2 id=group.code.clone()>{group.name.clone()}</h2>
            <dl class="entries">{terms}</dl>
            {to_top(locale)}
        </section>
    }
    .into_any()
}

/// A way back, at the end of a long section.
pub(super) fn to_top(locale: Locale) -> AnyView {
    view! { <p class="small onscreen"><a href="#main">{text!(locale, explain.to_top)}</a></p> }
        .into_any()
}

fn entry(term: &Entry, locale: Locale) -> AnyView {
    let other = locale.other();
    let law = term.law.clone().map(|law| noted(text!(locale, explain.law), unbroken(&law)));
    let items = term.items.iter().map(|&item| item_link(item, locale));
    let members = term.members.iter().map(|(dim, code)| member_link(*dim, code, locale));
    let used: Vec<AnyView> = items.chain(members).collect();
    let used = listed(text!(locale, explain.used), used);
    let related = listed(text!(locale, explain.related), term.related.iter().map(link).collect());
    view! {
        <div id=term.slug.clone()>
            <dt>{capital(term.name.get(locale))}</dt>
            <dd>
                <p class="small" lang=other.tag()>{term.name.get(other).to_owned()}</p>
                <p>{term.text.clone()}</p>
                {law}
                {used}
                {related}
            </dd>
        </div>
    }
    .into_any()
}

/// `words` after what they are.
pub(super) fn noted(what: String, words: AnyView) -> AnyView {
    view! { <p class="small"><b>{what}</b> ": " {words}</p> }.into_any()
}

/// `links` after what they are, with commas; nothing if there are none.
pub(super) fn listed(what: String, links: Vec<AnyView>) -> Option<AnyView> {
    if links.is_empty() {
        return None;
    }
    let list = links.into_iter().enumerate().map(|(i, link)| {
        let comma = if i > 0 { ", " } else { "" };
        view! { {comma} {link} }
    });
    Some(noted(what, list.collect_view().into_any()))
}

/// An item by its name, leading to its definition.
pub(super) fn item_link(item: Item, locale: Locale) -> AnyView {
    let href = format!("{}#{}", Page::Dictionary.path(locale), item.code());
    view! { <a href=href>{item.name(locale)}</a> }.into_any()
}

/// A member by its name, leading to its page or, if it has none, to its dimension.
fn member_link(dim: Dim, code: &str, locale: Locale) -> AnyView {
    let href = match Page::of_member(dim) {
        Some(page) => page.path_of(locale, code),
        None => format!("{}#dimension-{}", Page::Dictionary.path(locale), dim.code()),
    };
    view! { <a href=href>{dim.members().name(code, locale).to_owned()}</a> }.into_any()
}
