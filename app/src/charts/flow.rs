//! The case flow of a period: a drawing on a wide window, a sum on a phone and wherever a part of
//! it is withheld.

use chart::flow::flow;
use chart::{Frame, text_width, unit};
use leptos::prelude::*;
use model::format::integer;
use model::{Item as I, Locale};

use crate::components::figure::figure;
use crate::data::{Figures, Value};
use crate::text::text;

/// What left the stock without a settlement.
const OTHER_ENDS: [I; 3] = [I::Withdrawn, I::Terminated, I::TransferredAway];

/// Width of the drawing.
const WIDTH: f64 = 1080.0;
/// Between a bar and its label.
const APART: f64 = 12.0;
/// Size of type, as the style sheet has it for `.label`.
const LABEL: f64 = 16.0;

struct Part {
    name: String,
    value: Value,
    tone: &'static str,
}

/// The flow of `figures`.
pub(crate) fn case_flow(title: &str, figures: &Figures, locale: Locale) -> AnyView {
    let get = |item: I| figures.get(item);
    let part = |name: String, value: Value, tone: &'static str| Part { name, value, tone };
    let other = match figures.sum(&OTHER_ENDS) {
        Some(sum) => Value::Shown(sum),
        None => Value::Withheld,
    };
    let sources = [
        part(text!(locale, flow.opening), get(I::Opening), "context"),
        part(text!(locale, flow.entered), get(I::Entered), "in"),
    ];
    let sinks = [
        part(text!(locale, flow.settled), get(I::Settled), "done"),
        part(text!(locale, flow.other_ends), other, "neutral"),
        part(text!(locale, flow.open_within), get(I::OpenWithin), "context"),
        part(text!(locale, flow.open_overdue), get(I::OpenOverdue), "late"),
    ];
    let drawing = drawing(title, &sources, &sinks, figures.shown(I::Workload), locale);
    let list = sum(&sources, &sinks, figures, locale);
    match drawing {
        Some(drawing) => view! {
            {drawing}
            <div class="narrow">{list}</div>
        }
        .into_any(),
        None => list,
    }
}

fn drawing(
    title: &str,
    sources: &[Part],
    sinks: &[Part],
    workload: Option<i64>,
    locale: Locale,
) -> Option<AnyView> {
    let values = |parts: &[Part]| parts.iter().map(|p| p.value.shown()).collect::<Option<Vec<_>>>();
    let (left, right) = (values(sources)?, values(sinks)?);
    let count = |part: &Part| part.value.shown().map(|n| integer(n, locale)).unwrap_or_default();
    // Labels stand beside the drawing, on the page's own ground: nothing runs through them.
    let room = |parts: &[Part]| {
        let width = |p: &Part| text_width(&format!("{} {}", p.name, count(p)), LABEL);
        parts.iter().map(width).fold(0.0, f64::max) + APART
    };
    let frame = Frame {
        width: WIDTH,
        height: 292.0,
        left: room(sources),
        right: WIDTH - room(sinks),
        top: 30.0,
        bottom: 288.0,
    };
    let layout = flow(frame, &left, &right, 12.0, 24.0)?;
    let bands = layout
        .sources
        .iter()
        .zip(sources)
        .chain(layout.sinks.iter().zip(sinks))
        .map(|(band, part)| {
            let b = band.bar;
            view! {
                <path class=format!("band {}", part.tone) d=band.path.clone() />
                <rect
                    class=part.tone
                    x=unit(b.x)
                    y=unit(b.y)
                    width=unit(b.width)
                    height=unit(b.height)
                />
            }
        })
        .collect_view();
    let names = layout
        .sources
        .iter()
        .zip(sources)
        .map(|(band, part)| {
            let (x, y) = (unit(frame.left - APART), unit(band.bar.middle() + 6.0));
            view! {
                <text class="label" x=x y=y text-anchor="end">
                    {part.name.clone()}
                    " "
                    <tspan class="n">{count(part)}</tspan>
                </text>
            }
            .into_any()
        })
        .chain(layout.sinks.iter().zip(sinks).map(|(band, part)| {
            let (x, y) = (unit(frame.right + APART), unit(band.bar.middle() + 6.0));
            view! {
                <text class=format!("label label-{}", part.tone) x=x y=y>
                    <tspan class="n">{count(part)}</tspan>
                    " "
                    {part.name.clone()}
                </text>
            }
            .into_any()
        }))
        .collect_view();
    let m = layout.middle;
    let description = sources
        .iter()
        .chain(sinks)
        .map(|p| format!("{} {}", p.name, count(p)))
        .collect::<Vec<_>>()
        .join("; ");
    Some(
        view! {
            <svg
                class="wide flow"
                viewBox="0 0 1080 292"
                role="img"
                aria-label=format!("{title}. {description}")
            >
                {bands}
                <rect
                    class="ink"
                    x=unit(m.x)
                    y=unit(m.y)
                    width=unit(m.width)
                    height=unit(m.height)
                />
                {names}
                <text
                    class="label"
                    x=unit(m.x + m.width / 2.0)
                    y=unit(m.y - 13.0)
                    text-anchor="middle"
                >
                    {text!(locale, flow.workload)}
                    " "
                    <tspan class="n">{workload.map(|n| integer(n, locale))}</tspan>
                </text>
            </svg>
        }
        .into_any(),
    )
}

/// The flow as a sum, term by term.
fn sum(sources: &[Part], sinks: &[Part], figures: &Figures, locale: Locale) -> AnyView {
    let line = |sign: &'static str, name: String, value: Value, class: &'static str| {
        view! {
            <div class=class>
                <dt>
                    <span class="sign" aria-hidden="true">{sign}</span>
                    {name}
                </dt>
                <dd>{figure(value, locale)}</dd>
            </div>
        }
    };
    let of = |parts: &[Part], i: usize| {
        parts.get(i).map_or((String::new(), Value::Absent), |p| (p.name.clone(), p.value))
    };
    let [opening, entered] = [0, 1].map(|i| of(sources, i));
    let [settled, other, within, overdue] = [0, 1, 2, 3].map(|i| of(sinks, i));
    view! {
        <dl class="flowlist">
            {line("", opening.0, opening.1, "")}
            {line("+", entered.0, entered.1, "")}
            {line("=", text!(locale, flow.workload), figures.get(I::Workload), "sum")}
            {line("−", settled.0, settled.1, "")}
            {line("−", other.0, other.1, "")}
            {line("=", text!(locale, flow.closing), figures.get(I::Closing), "sum")}
            {line("", within.0, within.1, "part")}
            {line("", overdue.0, overdue.1, "part bad")}
        </dl>
    }
    .into_any()
}
