//! The reader's own commune: a button on its page that has the device remember it, and a line that
//! leads back to it. The server draws the button only, for it never learns what is remembered.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::dimension::commune_member;
use model::{Dim, Locale};

use crate::device::commune::MyCommune;
use crate::routes::{Page, Target};
use crate::text::text;

/// On the page of the area `member`: remembers it if it is a commune, or forgets it. The style
/// sheet shows it where there are scripts.
pub(crate) fn remember_commune(member: &str, locale: Locale) -> Option<AnyView> {
    let code = member.strip_prefix('C').and_then(model::area::commune)?.code;
    let mine = MyCommune::from_context()?;
    let is_mine = move || mine.code() == Some(code);
    let label = move || {
        if is_mine() {
            text!(locale, my_commune.forget)
        } else {
            text!(locale, my_commune.remember)
        }
    };
    let toggle = move |_| mine.set((!untrack(is_mine)).then_some(code));
    let view = view! {
        <p class="small remember">
            <button type="button" class="quiet" on:click=toggle>
                {label}
            </button>
            " "
            {text!(locale, my_commune.stays)}
        </p>
    };
    Some(view.into_any())
}

/// The link to the remembered commune, if there is one.
pub(crate) fn my_commune(locale: Locale) -> AnyView {
    line(|| true, locale)
}

/// The same beside the box to ask in at the head of a page, unless the page itself has it.
pub(crate) fn my_commune_at_head(locale: Locale) -> AnyView {
    let path = use_location().pathname;
    let elsewhere = Memo::new(move |_| {
        let page = Target::at(&path.read()).map(|target| target.page);
        !matches!(page, Some(Page::Overview | Page::Areas | Page::Search))
    });
    line(move || elsewhere.get(), locale)
}

fn line(here: impl Fn() -> bool + Send + Sync + 'static, locale: Locale) -> AnyView {
    let mine = MyCommune::from_context();
    let link = move || {
        let code = mine.and_then(MyCommune::code).filter(|_| here())?;
        let member = commune_member(code);
        let name = Dim::Area.members().name(&member, locale).to_owned();
        let href = Page::Area.path_of(locale, &member);
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
