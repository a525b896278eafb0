//! Figures of one item as bars in a table: the table is its own twin. Parts stand indented under
//! their whole. What is withheld has a hatched mark of one size for all, and its place does not
//! depend on its value; what is not published says so.

use leptos::prelude::*;
use model::format::percent;
use model::{Dim, Locale};

use super::hatch;
use super::sheet::{SHEET_WIDTH, Sheet};
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
    pub(crate) const fn class(self) -> &'static str {
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

/// Size of type of names and values in a file, as the style sheet has it for `.row`.
const ROW: f64 = 13.0;

/// `bars` for a file.
pub(crate) fn bars_sheet(bars: Vec<Bar>, tone: Tone, locale: Locale) -> Sheet {
    use chart::bars::{Columns, Entry};
    use chart::unit;

    use crate::components::figure::mark;

    let words = |value: Value| match (value, mark(value, locale)) {
        (Value::Shown(n), _) => model::format::integer(n, locale),
        (_, marked) => marked.map(|m| m.0.to_owned()).unwrap_or_default(),
    };
    let entries: Vec<Entry<'_>> = bars
        .iter()
        .map(|b| Entry { name: &b.name, part: b.part, value: b.value.shown() })
        .collect();
    let widest = bars.iter().map(|b| chart::text_width(&words(b.value), ROW)).fold(0.0, f64::max);
    let columns = Columns { width: SHEET_WIDTH, names: 210.0, values: widest, size: ROW };
    let drawn = chart::bars::bars(&entries, columns);
    let rows = bars
        .iter()
        .zip(&drawn.bars)
        .map(|(bar, at)| {
            let name = at
                .name
                .iter()
                .map(|line| {
                    view! {
                        <text class="row" x=unit(line.x) y=unit(line.y)>
                            {line.text.clone()}
                        </text>
                    }
                })
                .collect_view();
            let (width, fill) = match bar.value {
                Value::Withheld => (WITHHELD, Some(format!("url(#{})", tone.hatch()))),
                _ => (at.bar.width, None),
            };
            let class = fill.is_none().then(|| tone.class());
            view! {
                {name}
                <rect
                    class=class
                    fill=fill
                    x=unit(at.bar.x)
                    y=unit(at.bar.y)
                    width=unit(width)
                    height=unit(at.bar.height)
                />
                <text class="row n" x=unit(at.bar.x + width + 7.0) y=unit(at.baseline)>
                    {words(bar.value)}
                </text>
            }
        })
        .collect_view();
    Sheet { height: drawn.height, content: view! { {hatch(tone.hatch())} {rows} }.into_any() }
}

/// Length of the mark of a withheld figure, whatever the figure is.
const WITHHELD: f64 = 36.0;

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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn sheet(value: Value) -> String {
        let bar = |name: &str, value| Bar { name: name.to_owned(), href: None, part: false, value };
        let bars = vec![bar("A", Value::Shown(40)), bar("B", value)];
        bars_sheet(bars, Tone::In, Locale::Vi).content.to_html()
    }

    #[test]
    fn a_withheld_bar_in_a_file_is_hatched_and_has_its_mark_instead_of_a_number() {
        let hatched = |html: &str| html.matches("fill=\"url(#hatch").count();
        let withheld = sheet(Value::Withheld);
        assert_eq!((hatched(&withheld), withheld.matches(">x<").count()), (1, 1), "{withheld}");
        let shown = sheet(Value::Shown(7));
        assert_eq!((hatched(&shown), shown.matches(">7<").count()), (0, 1), "{shown}");
    }
}
