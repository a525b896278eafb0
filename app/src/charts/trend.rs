//! Figures over report periods as lines.

use chart::line::{Lines, lines};
use chart::{Frame, unit};
use leptos::prelude::*;
use model::format::integer;
use model::{Item, Locale, Period};

use crate::data::Moment;
use crate::text::text;

/// How a line looks; colour is never alone: the second line is dashed.
const LOOKS: [&str; 3] = ["line-done", "line-in", "line-context"];

/// The lines of `items` over `moments`, which are periods of one kind in order. `names` stand at
/// the ends of the lines.
pub(crate) fn trend(
    title: &str,
    moments: &[Moment],
    items: &[(Item, String)],
    locale: Locale,
) -> AnyView {
    let series: Vec<Vec<Option<i64>>> = items
        .iter()
        .map(|(item, _)| moments.iter().map(|m| m.figures.shown(*item)).collect())
        .collect();
    let periods: Vec<Period> = moments.iter().map(|m| m.period).collect();
    // One line needs no name beside it, so it may run further.
    let right = if items.len() > 1 { 478.0 } else { 556.0 };
    let wide = Frame { width: 608.0, height: 268.0, left: 42.0, right, top: 40.0, bottom: 222.0 };
    let narrow =
        Frame { width: 328.0, height: 224.0, left: 36.0, right: 280.0, top: 40.0, bottom: 198.0 };
    let description = describe(title, moments, items, locale);
    view! {
        <svg class="wide" viewBox="0 0 608 268" role="img" aria-label=description.clone()>
            {drawing(wide, &lines(wide, &series, 4, 17.0), &periods, items, &series, Size::Wide, locale)}
        </svg>
        <svg class="narrow" viewBox="0 0 328 224" role="img" aria-label=description>
            {drawing(
                narrow,
                &lines(narrow, &series, 3, 17.0),
                &periods,
                items,
                &series,
                Size::Narrow,
                locale,
            )}
        </svg>
    }
    .into_any()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    Wide,
    Narrow,
}

fn drawing(
    frame: Frame,
    chart: &Lines,
    periods: &[Period],
    items: &[(Item, String)],
    series: &[Vec<Option<i64>>],
    size: Size,
    locale: Locale,
) -> AnyView {
    let grid = chart
        .ticks
        .iter()
        .map(|&(value, y)| {
            view! {
                <line class="grid" x1=unit(frame.left) x2=unit(frame.right) y1=unit(y) y2=unit(y) />
                <text class="axis" x=unit(frame.left - 7.0) y=unit(y + 4.0) text-anchor="end">
                    {integer(value, locale)}
                </text>
            }
        })
        .collect_view();
    let names = chart
        .xs
        .iter()
        .zip(periods)
        .enumerate()
        .map(|(i, (&x, period))| axis_name(frame, x, *period, i, periods, size))
        .collect_view();
    let change = boundary(frame, chart, periods, size, locale);
    let paths = chart
        .lines
        .iter()
        .zip(LOOKS)
        .map(|(line, look)| {
            let dots = line
                .lone_points()
                .chain(line.end())
                .map(|p| view! { <circle class=look cx=unit(p.x) cy=unit(p.y) r="3.4" /> })
                .collect_view();
            view! { <path class=look d=line.path.clone() /> {dots} }
        })
        .collect_view();
    let ends = chart
        .lines
        .iter()
        .zip(items)
        .zip(series)
        .zip(LOOKS)
        .filter_map(|(((line, (_, name)), values), look)| {
            let (y, value) = (line.label_y?, values.last().copied().flatten()?);
            let name = (size == Size::Wide && items.len() > 1).then(|| format!("{name} "));
            Some(view! {
                <text class=format!("end {look}") x=unit(frame.right + 9.0) y=unit(y + 4.5)>
                    {name}
                    <tspan class="n">{integer(value, locale)}</tspan>
                </text>
            })
        })
        .collect_view();
    let legend = (size == Size::Narrow && items.len() > 1).then(|| {
        items
            .iter()
            .zip(LOOKS)
            .enumerate()
            .map(|(i, ((_, name), look))| {
                // Two to a line: names are short.
                let x = if i % 2 == 0 { 0.0 } else { 164.0 };
                let y = if i < 2 { 12.0 } else { 28.0 };
                view! {
                    <line class=look x1=unit(x) x2=unit(x + 18.0) y1=unit(y - 4.0) y2=unit(y - 4.0) />
                    <text class=format!("end {look}") x=unit(x + 24.0) y=unit(y)>
                        {name.clone()}
                    </text>
                }
            })
            .collect_view()
    });
    view! { {grid} {names} {change} {paths} {ends} {legend} }.into_any()
}

/// Quarter numbers, with the year under the first quarter shown of each year.
fn axis_name(
    frame: Frame,
    x: f64,
    period: Period,
    index: usize,
    periods: &[Period],
    size: Size,
) -> AnyView {
    let new_year = index == 0 || periods.get(index - 1).is_some_and(|p| p.year() != period.year());
    let quarter = period.is_quarter();
    let roman = ["I", "II", "III", "IV"][usize::from(period.quarter_range().1 - 1)];
    let upper = (quarter && size == Size::Wide).then(|| {
        view! {
            <text class="axis" x=unit(x) y=unit(frame.bottom + 19.0) text-anchor="middle">
                {roman}
            </text>
        }
    });
    let year_y = frame.bottom + if quarter && size == Size::Wide { 37.0 } else { 19.0 };
    let year = new_year.then(|| {
        view! {
            <text class="axis year" x=unit(x) y=unit(year_y) text-anchor="middle">
                {period.year()}
            </text>
        }
    });
    view! { {upper} {year} }.into_any()
}

/// The line that marks 1 July 2025, if the series runs across it.
fn boundary(
    frame: Frame,
    chart: &Lines,
    periods: &[Period],
    size: Size,
    locale: Locale,
) -> Option<AnyView> {
    // Quarter III of 2025 holds the day, near its start.
    let day = model::area::COMMUNES_SINCE;
    let index = periods.iter().position(|p| p.start() <= day && day <= p.end())?;
    let before = index.checked_sub(1)?;
    let x = f64::midpoint(*chart.xs.get(before)?, *chart.xs.get(index)?);
    let (first, second) =
        (text!(locale, chart.boundary_first), text!(locale, chart.boundary_second));
    let top = if size == Size::Wide { 4.0 } else { frame.top - 10.0 };
    // The words stand left of the line, unless they would leave the drawing.
    let (label, anchor) =
        if x > frame.left + 140.0 { (x - 6.0, "end") } else { (x + 6.0, "start") };
    let words = match size {
        Size::Wide => view! {
            <text class="event" x=unit(label) y="14" text-anchor=anchor>
                {first}
            </text>
            <text class="event" x=unit(label) y="28" text-anchor=anchor>
                {second}
            </text>
        }
        .into_any(),
        Size::Narrow => view! {
            <text class="event" x=unit(label) y=unit(frame.bottom - 10.0) text-anchor=anchor>
                {first.trim_end_matches(',').to_owned()}
            </text>
        }
        .into_any(),
    };
    Some(
        view! {
            <line class="event" x1=unit(x) x2=unit(x) y1=unit(top) y2=unit(frame.bottom) />
            {words}
        }
        .into_any(),
    )
}

/// What the drawing says, in words.
fn describe(title: &str, moments: &[Moment], items: &[(Item, String)], locale: Locale) -> String {
    let mut out = title.to_owned();
    let (Some(first), Some(last)) = (moments.first(), moments.last()) else { return out };
    for (item, name) in items {
        let value = |m: &Moment| crate::components::figure::plain(m.figures.get(*item), locale);
        out.push_str(". ");
        out.push_str(&text!(
            locale,
            chart.from_to,
            name = name,
            first = value(first),
            from = first.period.name(locale),
            last = value(last),
            to = last.period.name(locale)
        ));
    }
    out
}
