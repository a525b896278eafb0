//! Small drawn examples of how records are counted. Their numbers are made up and said to be; each
//! drawing stands over the words that say the same.

use leptos::prelude::*;
use model::Locale;

use crate::charts::share::{Part, share};
use crate::data::Value;
use crate::text::text;

/// Five people, one visit, three petitions, one case.
pub(super) fn units(locale: Locale) -> AnyView {
    let people = (0..5).map(person).collect_view();
    let petitions = (0..3).map(sheet).collect_view();
    let picture = |width: &'static str, drawn: AnyView| {
        view! { <svg viewBox=format!("0 0 {width} 48") aria-hidden="true">{drawn}</svg> }.into_any()
    };
    let visit = view! {
        <path class="in" d="M4 8 h48 v24 h-26 l-10 10 v-10 h-12 z" />
    };
    let case = view! {
        <path class="done" d="M4 12 h18 l4 5 h28 v25 h-50 z" />
    };
    let pictures = [
        (text!(locale, drawn.n_people), picture("120", people.into_any())),
        (text!(locale, drawn.n_visits), picture("58", visit.into_any())),
        (text!(locale, drawn.n_petitions), picture("112", petitions.into_any())),
        (text!(locale, drawn.n_cases), picture("58", case.into_any())),
    ];
    let pictures = pictures
        .into_iter()
        .map(|(name, drawn)| view! { <li>{drawn} <b>{name}</b></li> })
        .collect_view();
    example(
        view! { <ul class="counted">{pictures}</ul> }.into_any(),
        text!(locale, drawn.units_drawn),
        locale,
    )
}

fn person(n: i32) -> AnyView {
    let x = 12 + 24 * n;
    view! {
        <circle class="context" cx=x cy="12" r="6" />
        <path class="context" d=format!("M{} 42 v-12 a9 9 0 0 1 18 0 v12 z", x - 9) />
    }
    .into_any()
}

fn sheet(n: i32) -> AnyView {
    let x = 4 + 38 * n;
    view! {
        <path class="sheet" d=format!("M{x} 5 h20 l8 8 v30 h-28 z") />
        <path class="stroke-context" d=format!("M{} 22 h16 M{} 30 h16", x + 6, x + 6) />
    }
    .into_any()
}

/// What was open and came in is what ended and is still open.
pub(super) fn balance(locale: Locale) -> AnyView {
    let part = |name: String, value: i64, tone: &'static str| Part {
        name,
        value: Value::Shown(value),
        tone,
    };
    let came = vec![
        part(text!(locale, flow.opening), 40, "context"),
        part(text!(locale, flow.entered), 60, "in"),
    ];
    let went = vec![
        part(text!(locale, history.ended), 70, "done"),
        part(text!(locale, flow.closing), 30, "context"),
    ];
    let came_title = text!(locale, drawn.balance_came, n = 100);
    let went_title = text!(locale, drawn.balance_went, n = 100);
    let drawn = view! {
        <p class="small">{came_title.clone()}</p>
        {share(&came_title, came, locale)}
        <p class="small">{went_title.clone()}</p>
        {share(&went_title, went, locale)}
    };
    example(drawn.into_any(), text!(locale, drawn.balance_drawn), locale)
}

/// Ten cases due: the two that are open and overdue are missing from the share of settled ones.
pub(super) fn on_time(locale: Locale) -> AnyView {
    let square = |n: i32| {
        let (class, x) = if n < 8 { ("done", 30 * n) } else { ("late", 30 * n + 12) };
        // The overdue ones are hollow too, so that colour is not all that tells them apart.
        let hole = (n >= 8).then(|| {
            view! { <rect class="step-0" x=x + 7 y="9" width="10" height="10" /> }
        });
        view! { <rect class=class x=x y="2" width="24" height="24" /> {hole} }
    };
    let squares = (0..10).map(square).collect_view();
    let words = text!(locale, drawn.on_time_drawn);
    let drawn = view! {
        <svg class="squares" viewBox="0 0 308 28" role="img" aria-label=words.clone()>
            {squares}
        </svg>
        <p class="small">
            {text!(locale, drawn.on_time)} " · "
            <span class="bad">{text!(locale, drawn.overdue)}</span>
        </p>
    };
    example(drawn.into_any(), words, locale)
}

fn example(drawn: AnyView, words: String, locale: Locale) -> AnyView {
    view! {
        <figure class="example">
            {drawn}
            <p class="small"><b>{text!(locale, drawn.example)}</b> ". " {words}</p>
        </figure>
    }
    .into_any()
}
