//! Figures over report periods as lines.

use chart::line::{Lines, lines, sparse};
use chart::scale::ticks;
use chart::{Frame, text_width, unit};
use leptos::prelude::*;
use model::format::integer;
use model::{Item, Locale, Period};

use crate::components::day;
use crate::components::figure::{mark, plain};
use crate::data::{Moment, Value};
use crate::text::text;

/// How a line looks; colour is never alone: the second line is dashed.
const LOOKS: [&str; 3] = ["line-done", "line-in", "line-context"];

/// Sizes of type, as the style sheet has them for `.axis`, `.end` and `.event`.
const AXIS: f64 = 12.0;
const END: f64 = 13.0;
const EVENT: f64 = 12.0;

/// The lines of `items` over `moments`, which are periods of one kind in order. Their names stand
/// at the ends of the lines.
pub(crate) fn trend(
    title: &str,
    moments: &[Moment],
    items: &[(Item, String)],
    locale: Locale,
) -> AnyView {
    let data = Data {
        periods: moments.iter().map(|m| m.period).collect(),
        names: items.iter().map(|(_, name)| name.clone()).collect(),
        series: items
            .iter()
            .map(|(item, _)| moments.iter().map(|m| m.figures.shown(*item)).collect())
            .collect(),
        last: items
            .iter()
            .map(|(item, _)| moments.last().map_or(Value::Absent, |m| m.figures.get(*item)))
            .collect(),
        locale,
    };
    let description = describe(title, moments, items, locale);
    view! {
        <svg class="wide trend" viewBox="0 0 608 276" role="img" aria-label=description.clone()>
            {data.drawing(Size::Wide)}
        </svg>
        <svg class="narrow" viewBox="0 0 328 236" role="img" aria-label=description>
            {data.drawing(Size::Narrow)}
        </svg>
    }
    .into_any()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    Wide,
    Narrow,
}

impl Size {
    /// The most steps of the grid.
    const fn steps(self) -> u32 {
        match self {
            Self::Wide => 4,
            Self::Narrow => 3,
        }
    }
}

/// What is drawn.
struct Data {
    periods: Vec<Period>,
    names: Vec<String>,
    series: Vec<Vec<Option<i64>>>,
    /// The values of the last period.
    last: Vec<Value>,
    locale: Locale,
}

impl Data {
    /// The drawing area, with room for the longest tick on its left and for the longest label on
    /// its right.
    fn frame(&self, size: Size) -> Frame {
        let widest = |texts: &mut dyn Iterator<Item = String>, font: f64| {
            texts.map(|t| text_width(&t, font)).fold(0.0, f64::max)
        };
        let most = self.series.iter().flatten().flatten().copied().max().unwrap_or(0);
        let top_tick = ticks(most, size.steps()).top;
        let left = widest(&mut std::iter::once(integer(top_tick, self.locale)), AXIS) + 8.0;
        let label = |i: usize| {
            let (name, value) = self.end_label(i, size);
            format!("{} {value}", name.unwrap_or_default())
        };
        let ends = widest(&mut (0..self.names.len()).map(label), END) + 10.0;
        match size {
            Size::Wide => Frame {
                width: 608.0,
                height: 276.0,
                left,
                right: 608.0 - ends,
                top: 42.0,
                bottom: 228.0,
            },
            Size::Narrow => Frame {
                width: 328.0,
                height: 236.0,
                left,
                right: 328.0 - ends,
                top: 40.0,
                bottom: 208.0,
            },
        }
    }

    /// What stands at the end of line `index`: its name, where there is room and another line to
    /// tell it from, and its last value.
    fn end_label(&self, index: usize, size: Size) -> (Option<&str>, String) {
        let value = self.last.get(index).copied().unwrap_or_default();
        let value = match mark(value, self.locale) {
            Some((sign, _)) => sign.to_owned(),
            None => value.shown().map_or_else(String::new, |n| integer(n, self.locale)),
        };
        let named = size == Size::Wide && self.names.len() > 1;
        (self.names.get(index).filter(|_| named).map(String::as_str), value)
    }

    fn drawing(&self, size: Size) -> AnyView {
        let frame = self.frame(size);
        let chart = lines(frame, &self.series, size.steps(), 17.0);
        let grid = chart
            .ticks
            .iter()
            .map(|&(value, y)| {
                view! {
                    <line
                        class="grid"
                        x1=unit(frame.left)
                        x2=unit(frame.right)
                        y1=unit(y)
                        y2=unit(y)
                    />
                    <text class="axis" x=unit(frame.left - 7.0) y=unit(y + 4.0) text-anchor="end">
                        {integer(value, self.locale)}
                    </text>
                }
            })
            .collect_view();
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
            .zip(LOOKS)
            .enumerate()
            .filter_map(|(i, (line, look))| {
                let y = line.label_y? + 4.5;
                let (name, value) = self.end_label(i, size);
                Some(view! {
                    <text class=format!("end {look}") x=unit(frame.right + 9.0) y=unit(y)>
                        {name.map(|name| format!("{name} "))}
                        <tspan class="n">{value}</tspan>
                    </text>
                })
            })
            .collect_view();
        view! {
            {grid}
            {self.axis(frame, &chart, size)}
            {self.boundary(frame, &chart, size)}
            {paths}
            {ends}
            {(size == Size::Narrow).then(|| self.key())}
        }
        .into_any()
    }

    /// The names of the lines above a narrow drawing, two to a line.
    fn key(&self) -> Option<AnyView> {
        let name = |(i, (name, look)): (usize, (&String, &'static str))| {
            let x = if i % 2 == 0 { 0.0 } else { 164.0 };
            let y = if i < 2 { 12.0 } else { 28.0 };
            view! {
                <line class=look x1=unit(x) x2=unit(x + 18.0) y1=unit(y - 4.0) y2=unit(y - 4.0) />
                <text class=format!("end {look}") x=unit(x + 24.0) y=unit(y)>
                    {name.clone()}
                </text>
            }
        };
        (self.names.len() > 1)
            .then(|| self.names.iter().zip(LOOKS).enumerate().map(name).collect_view().into_any())
    }

    /// Quarters where there is room for them, and the year under the first quarter of each.
    fn axis(&self, frame: Frame, chart: &Lines, size: Size) -> AnyView {
        let room = match chart.xs[..] {
            [first, second, ..] => second - first,
            _ => frame.right - frame.left,
        };
        let quarters = size == Size::Wide && room >= 25.0;
        let starts_year = |i: usize| {
            i == 0
                || self.periods.get(i - 1).map(|p| p.year())
                    != self.periods.get(i).map(|p| p.year())
        };
        let years: Vec<(Period, f64)> = self
            .periods
            .iter()
            .zip(&chart.xs)
            .enumerate()
            .filter(|(i, _)| starts_year(*i))
            .map(|(_, (&period, &x))| (period, x))
            .collect();
        let room_for = sparse(&years.iter().map(|y| y.1).collect::<Vec<_>>(), 38.0);
        let is_quarter = self.periods.iter().all(|p| p.is_quarter());
        let year_y = frame.bottom + if is_quarter && quarters { 37.0 } else { 20.0 };
        let years = years
            .into_iter()
            .zip(room_for)
            .map(|((period, x), labelled)| {
                let [top, bottom] = [frame.bottom, frame.bottom + 5.0].map(unit);
                let name = labelled.then(|| {
                    view! {
                        <text class="axis year" x=unit(x) y=unit(year_y) text-anchor="middle">
                            {period.year()}
                        </text>
                    }
                });
                view! {
                    <line class="tick" x1=unit(x) x2=unit(x) y1=top y2=bottom />
                    {name}
                }
            })
            .collect_view();
        let quarters = (is_quarter && quarters).then(|| {
            self.periods
                .iter()
                .zip(&chart.xs)
                .map(|(period, &x)| {
                    view! {
                        <text
                            class="axis"
                            x=unit(x)
                            y=unit(frame.bottom + 19.0)
                            text-anchor="middle"
                        >
                            {quarter_name(*period, self.locale)}
                        </text>
                    }
                })
                .collect_view()
        });
        view! { {years} {quarters} }.into_any()
    }

    /// The line that marks 1 July 2025, if the series runs across it.
    fn boundary(&self, frame: Frame, chart: &Lines, size: Size) -> Option<AnyView> {
        // Quarter III of 2025 holds the day, near its start.
        let since = model::area::COMMUNES_SINCE;
        let index = self.periods.iter().position(|p| p.start() <= since && since <= p.end())?;
        let before = index.checked_sub(1)?;
        let x = f64::midpoint(*chart.xs.get(before)?, *chart.xs.get(index)?);
        let words = [
            text!(self.locale, chart.boundary_first, day = day(since, self.locale)),
            text!(self.locale, chart.boundary_second),
        ];
        let width = words.iter().map(|w| text_width(w, EVENT)).fold(0.0, f64::max);
        // Above a wide drawing; inside a narrow one, near zero, where lines rarely run.
        let (top, first) = match size {
            Size::Wide => (4.0, 14.0),
            Size::Narrow => (frame.top - 6.0, frame.bottom - 24.0),
        };
        // The words stand left of the line, unless there is more room on its right.
        let left = x - 6.0 >= width || x * 2.0 > frame.width;
        let (label, anchor) = if left { (x - 6.0, "end") } else { (x + 6.0, "start") };
        let [above, below] = words;
        Some(
            view! {
                <line class="event" x1=unit(x) x2=unit(x) y1=unit(top) y2=unit(frame.bottom) />
                <text class="event" x=unit(label) y=unit(first) text-anchor=anchor>
                    {above}
                </text>
                <text class="event" x=unit(label) y=unit(first + 15.0) text-anchor=anchor>
                    {below}
                </text>
            }
            .into_any(),
        )
    }
}

/// `Quý I`, `II`, `III`, `IV`; `Q1` to `Q4`.
fn quarter_name(period: Period, locale: Locale) -> String {
    match period.quarter_range().1 {
        1 => text!(locale, chart.quarter_1),
        2 => text!(locale, chart.quarter_2),
        3 => text!(locale, chart.quarter_3),
        _ => text!(locale, chart.quarter_4),
    }
}

/// What the drawing says, in words.
fn describe(title: &str, moments: &[Moment], items: &[(Item, String)], locale: Locale) -> String {
    let mut out = title.to_owned();
    let (Some(first), Some(last)) = (moments.first(), moments.last()) else { return out };
    for (item, name) in items {
        let value = |m: &Moment| plain(m.figures.get(*item), locale);
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
