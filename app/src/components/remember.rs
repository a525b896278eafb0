//! On a commune's page: a button that has the reader's device remember it. What it does is in
//! `crate::frame::my_commune`; the server never learns what is remembered.

use leptos::prelude::*;
use model::Locale;

use crate::text::text;

/// Remembers the area `member` if it is a commune, or forgets it. The style sheet shows it where
/// there are scripts, and of its two labels the one that suits.
pub(crate) fn remember_commune(member: &str, locale: Locale) -> Option<AnyView> {
    let code = member.strip_prefix('C').and_then(model::area::commune)?.code;
    let view = view! {
        <p class="small remember" data-commune=code>
            <button type="button" class="quiet">
                <span class="not-mine">{text!(locale, my_commune.remember)}</span>
                <span class="is-mine">{text!(locale, my_commune.forget)}</span>
            </button>
            " "
            {text!(locale, my_commune.stays)}
        </p>
    };
    Some(view.into_any())
}
