//! `A− A A+`: smaller, usual and larger text. The style sheet shows the buttons where there are
//! scripts; without, they could do nothing.

use leptos::prelude::*;
use model::Locale;

use crate::device::text_size::{STEPS, USUAL, remembered, set};
use crate::text::text;

/// The three buttons, and a line for screen readers that says what was set.
pub(crate) fn text_size(locale: Locale) -> AnyView {
    // Unknown until the page is hydrated: the server doesn't know.
    let step = RwSignal::new(None::<usize>);
    let said = RwSignal::new(String::new());
    Effect::new(move |_| step.set(Some(remembered())));
    let change = move |to: usize| {
        set(to);
        step.set(Some(to));
        said.set(text!(locale, text_size.set, size = STEPS[to]));
    };
    let smaller = move |_| step.get_untracked().filter(|s| *s > 0).map(|s| change(s - 1));
    let larger =
        move |_| step.get_untracked().filter(|s| s + 1 < STEPS.len()).map(|s| change(s + 1));
    let smallest = move || (step.get() == Some(0)).then_some("true");
    let largest = move || (step.get() == Some(STEPS.len() - 1)).then_some("true");
    let usual = move || if step.get().is_none_or(|s| s == USUAL) { "true" } else { "false" };
    view! {
        <div
            class="text-size"
            class:ready=move || step.get().is_some()
            role="group"
            aria-label=text!(locale, text_size.label)
        >
            <button
                type="button"
                aria-disabled=smallest
                title=text!(locale, text_size.smaller)
                on:click=move |event| { smaller(event); }
            >
                <span aria-hidden="true">"A−"</span>
                <span class="sr">{text!(locale, text_size.smaller)}</span>
            </button>
            <button
                type="button"
                aria-pressed=usual
                title=text!(locale, text_size.usual)
                on:click=move |_| change(USUAL)
            >
                <span aria-hidden="true">"A"</span>
                <span class="sr">{text!(locale, text_size.usual)}</span>
            </button>
            <button
                type="button"
                aria-disabled=largest
                title=text!(locale, text_size.larger)
                on:click=move |event| { larger(event); }
            >
                <span aria-hidden="true">"A+"</span>
                <span class="sr">{text!(locale, text_size.larger)}</span>
            </button>
            <span class="sr" role="status">{move || said.get()}</span>
        </div>
    }
    .into_any()
}
