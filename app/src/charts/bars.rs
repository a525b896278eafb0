//! Figures of one item as bars in a table: the table is its own twin. Parts stand indented under
//! their whole. What is withheld has a hatched mark of one size for all, and its place does not
//! depend on its value; what is not published says so.

use leptos::prelude::*;
use model::format::percent;
use model::{Dim, Locale};

use super::hatch;
use crate::components::figure::figure;
use crate::data::{Row, Value};
use crate::text::text;

/// One bar.
pub(crate) struct Bar {
    /// Its name.
    pub(crate) name: String,
    /// Where the name leads.
    pub(crate) href: Option<String>,
    /// True if it is a part of a bar above it.
    pub(crate) part: bool,
    /// Its value.
    pub(crate) value: Value,
}

/// True if `code` belongs to another of `rows` that is not the whole: complaints to complaints and
/// recommendations.
pub(crate) fn is_part(dim: Dim, code: &str, rows: &[Row]) -> bool {
    let members = dim.members();
    let parent = members.get(code).and_then(|m| m.parent.as_deref());
    parent.is_some_and(|p| p != dim.total() && rows.iter().any(|r| r.member == p))
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

    /// Id of the hatching; bars of one tone stand on a page but once.
    const fn hatch(self) -> &'static str {
        match self {
            Self::Done => "hatch-done",
            Self::In => "hatch-in",
            Self::Late => "hatch-late",
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
            let (y, height) = if bar.part { ("3", "8") } else { ("0", "14") };
            let drawing = match bar.value {
                Value::Shown(n) => {
                    let width = chart::unit(length(n, most));
                    drawn(view! { <rect class=tone.class() y=y width=width height=height /> })
                }
                Value::Withheld => {
                    let fill = format!("url(#{})", tone.hatch());
                    drawn(view! { <rect y=y width="36" height=height fill=fill /> })
                }
                Value::Absent => text!(locale, chart.not_published).into_any(),
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
                <tr class:part=bar.part>
                    <th scope="row">{name}</th>
                    <td class="bar">{drawing}</td>
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
            {hatch(tone.hatch())}
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

/// The drawing of one bar, which spans its column.
fn drawn(bar: impl IntoView + 'static) -> AnyView {
    view! {
        <svg viewBox="0 0 300 14" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            {bar}
        </svg>
    }
    .into_any()
}

/// Length of the bar of `n` where that of `most` is 300.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn length(n: i64, most: i64) -> f64 {
    300.0 * n as f64 / most as f64
}
