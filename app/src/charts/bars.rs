//! Figures of one item as bars in a table: the table is its own twin. What is withheld has a
//! hatched mark of one size for all, and its place does not depend on its value.

use leptos::prelude::*;
use model::Locale;
use model::format::percent;

use super::hatch;
use crate::components::figure::figure;
use crate::data::Value;
use crate::text::text;

/// One bar.
pub(crate) struct Bar {
    /// Its name.
    pub(crate) name: String,
    /// Where the name leads.
    pub(crate) href: Option<String>,
    /// Its value.
    pub(crate) value: Value,
}

/// How bars look.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// What was done, or plain counts.
    Done,
    /// What came in.
    In,
    /// What is overdue.
    Late,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::In => "in",
            Self::Late => "late",
        }
    }
}

/// Bars for `bars`, in the order given, with shares of `whole` if it is shown.
pub(crate) fn bars(
    caption: &str,
    corner: &str,
    heading: &str,
    bars: Vec<Bar>,
    whole: Option<i64>,
    tone: Tone,
    locale: Locale,
) -> AnyView {
    let most = bars.iter().filter_map(|b| b.value.shown()).max().unwrap_or(0).max(1);
    let with_share = whole.is_some_and(|w| w > 0);
    let rows = bars
        .into_iter()
        .map(|bar| {
            let drawing = match bar.value {
                Value::Shown(n) => {
                    // Hundredths of the longest bar.
                    let width = chart::unit(length(n, most));
                    view! { <rect class=tone.class() width=width height="14" /> }.into_any()
                }
                Value::Withheld => {
                    view! { <rect width="36" height="14" fill="url(#hatch-bars)" /> }.into_any()
                }
                _ => ().into_any(),
            };
            let name = match bar.href {
                Some(href) => view! { <a href=href>{bar.name}</a> }.into_any(),
                None => bar.name.into_any(),
            };
            let share = with_share.then(|| {
                let share = match (bar.value.shown(), whole) {
                    (Some(n), Some(whole)) => percent(n, whole, locale).unwrap_or_default(),
                    _ => String::new(),
                };
                view! { <td class="num dim">{share}</td> }
            });
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="bar">
                        <svg
                            viewBox="0 0 300 14"
                            preserveAspectRatio="none"
                            aria-hidden="true"
                            focusable="false"
                        >
                            {drawing}
                        </svg>
                    </td>
                    <td class="num">{figure(bar.value, locale)}</td>
                    {share}
                </tr>
            }
        })
        .collect_view();
    let share =
        with_share.then(|| view! { <th scope="col" class="num">{text!(locale, share)}</th> });
    view! {
        <svg class="defs" width="0" height="0" aria-hidden="true" focusable="false">
            {hatch("hatch-bars")}
        </svg>
        <table class="bars">
            <caption class="sr">{caption.to_owned()}</caption>
            <thead class="sr">
                <tr>
                    <th scope="col">{corner.to_owned()}</th>
                    <td></td>
                    <th scope="col">{heading.to_owned()}</th>
                    {share}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn length(n: i64, most: i64) -> f64 {
    300.0 * n as f64 / most as f64
}
