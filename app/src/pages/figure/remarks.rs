//! What was said of the figure since: explanations of bodies, and challenges.

use leptos::prelude::*;
use model::{Dim, Locale};
use store::{Challenge, Explained, Explanation};

use crate::components::{day, period_name};
use crate::data::figure::FigurePage as Data;
use crate::pages::challenges::{challenge_view, release, words};
use crate::routes::Page;
use crate::text::text;

/// The section; none if nothing was said.
pub(super) fn section(data: &Data, locale: Locale) -> Option<AnyView> {
    let remarks = &data.remarks;
    let challenge = |challenge: &Challenge| {
        let number = challenge.number;
        view! {
            <h3>{text!(locale, remarks.challenge, number = number)}</h3>
            {challenge_view(challenge, remarks.today, locale)}
        }
    };
    let all = (!remarks.challenges.is_empty()).then(|| {
        view! {
            <p class="small">
                <a href=Page::Challenges.path(locale)>{text!(locale, remarks.all)}</a>
            </p>
        }
    });
    (!remarks.is_empty()).then(|| {
        view! {
            <section aria-labelledby="remarks">
                <h2 id="remarks">{text!(locale, remarks.section)}</h2>
                <p class="lead">{text!(locale, remarks.lead)}</p>
                {remarks.explanations.iter().map(|e| explanation(e, locale)).collect_view()}
                {remarks.challenges.iter().map(challenge).collect_view()}
                {all}
            </section>
        }
        .into_any()
    })
}

fn explanation(explanation: &Explanation, locale: Locale) -> AnyView {
    let Explanation { body, of, release: then, dated, words: said } = explanation;
    let of = match of {
        Explained::Figure(_) => None,
        Explained::Period(period, table) => {
            let period = period_name(*period, locale);
            let words = match table {
                Some(_) => text!(locale, remarks.own_in_table, period = period),
                None => text!(locale, remarks.own_figures, period = period),
            };
            Some(words)
        }
    };
    view! {
        <h3>{text!(locale, remarks.explanation)} ": " {name(body, locale)}</h3>
        <p class="small">
            {day(*dated, locale)} ". " {of} " " {text!(locale, remarks.on_release)} " "
            {release(*then, locale)} "."
        </p>
        {words(said, locale)}
    }
    .into_any()
}

/// The name of a body; a link if it has a page.
fn name(code: &str, locale: Locale) -> AnyView {
    if let Some(member) = Dim::Body.members().get(code) {
        let name = member.name.get(locale).to_owned();
        return view! { <a href=Page::Body.path_of(locale, code)>{name}</a> }.into_any();
    }
    let body = model::body::body(code);
    let name = body.map(|b| match locale {
        Locale::Vi => b.name_vi,
        Locale::En => b.name_en,
    });
    name.unwrap_or_else(|| code.to_owned()).into_any()
}
