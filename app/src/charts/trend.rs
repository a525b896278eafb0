//! Figures over report periods as lines.

mod events;

use chart::line::{Lines, lines, sparse};
use chart::scale::{Ticks, ticks, ticks_of_shares};
use chart::{Frame, text_width, unit};
use leptos::prelude::*;
use model::event::Event;
use model::format::{integer, percent};
use model::{Item, Locale, Period};

use self::events::{Within, label_height, within};
use super::sheet::{SHEET_WIDTH, Sheet};
use super::wide_and_narrow;
use crate::components::figure::{mark, plain};
use crate::data::{Moment, Value, joined_by_a_line};
use crate::text::text;

/// How a line looks; colour is never alone: the second line is dashed.
const LOOKS: [&str; 3] = ["line-done", "line-in", "line-context"];

/// Sizes of type, as the style sheet has them for `.axis` and `.end`.
const AXIS: f64 = 12.0;
const END: f64 = 13.0;
/// Between two lines of the names above a narrow drawing, between two names in one of them, and
/// from a name's sample of its line to its text.
const KEY_LINE: f64 = 16.0;
const KEY_COLUMN: f64 = 164.0;
const KEY_TEXT: f64 = 24.0;
/// Between the labels of events and the plot, and between a label and its line.
const APART: f64 = 6.0;

/// The lines of `items` over `moments`, which are periods of one kind in order. Their names stand
/// at the ends of the lines. Those of `events` that fall into the series are drawn in.
pub(crate) fn trend(
    title: &str,
    moments: &[Moment],
    items: &[(Item, String)],
    events: &[Event],
    locale: Locale,
) -> AnyView {
    let (periods, series) = over(moments, items);
    series_over(title, &periods, &series, Scale::Count, events, locale)
}

/// The lines of `items` over `moments`.
fn over(moments: &[Moment], items: &[(Item, String)]) -> (Vec<Period>, Vec<Series>) {
    let line = |(item, name): &(Item, String)| Series {
        name: name.clone(),
        values: joined_by_a_line(moments).map(|m| m.figures.get(*item)).collect(),
    };
    (joined_by_a_line(moments).map(|m| m.period).collect(), items.iter().map(line).collect())
}

/// A line: a value a period.
pub(crate) struct Series {
    /// Its name.
    pub(crate) name: String,
    /// Its values; of rates, tenths of a percent.
    pub(crate) values: Vec<Value>,
}

/// What the values are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// Counts.
    Count,
    /// Tenths of a percent.
    Rate,
}

impl Scale {
    fn number(self, value: i64, locale: Locale) -> String {
        match self {
            Self::Count => integer(value, locale),
            Self::Rate => percent(value, 1000, locale).unwrap_or_default(),
        }
    }

    /// A value at the axis: whole percents need no decimals.
    fn tick(self, value: i64, locale: Locale) -> String {
        match self {
            Self::Rate if value % 10 == 0 => format!("{}%", integer(value / 10, locale)),
            _ => self.number(value, locale),
        }
    }
}

/// The same for any series over `periods`, of which there are as many as there are looks.
pub(crate) fn series_over(
    title: &str,
    periods: &[Period],
    series: &[Series],
    scale: Scale,
    events: &[Event],
    locale: Locale,
) -> AnyView {
    let data = Data::new(periods, series, scale, events, locale);
    let description = data.describe(title, series);
    let gaps = series
        .iter()
        .any(|s| s.values.contains(&Value::Withheld))
        .then(|| view! { <p class="small">{text!(locale, chart.gaps)}</p> });
    let boxed = |size: Size| {
        let frame = data.frame(size);
        ([frame.width, frame.height], data.drawing(size))
    };
    view! {
        {wide_and_narrow("trend", description, boxed(Size::Wide), boxed(Size::Narrow))}
        {gaps}
    }
    .into_any()
}

/// The same for a file.
pub(crate) fn trend_sheet(
    moments: &[Moment],
    items: &[(Item, String)],
    events: &[Event],
    locale: Locale,
) -> Sheet {
    let (periods, series) = over(moments, items);
    let data = Data::new(&periods, &series, Scale::Count, events, locale);
    let height = data.frame(Size::Sheet).height;
    Sheet { height, content: data.drawing(Size::Sheet) }
}

/// True if a line is broken because a figure is withheld.
pub(crate) fn has_gaps(moments: &[Moment], items: &[(Item, String)]) -> bool {
    let broken = |m: &Moment| items.iter().any(|(i, _)| m.figures.get(*i) == Value::Withheld);
    joined_by_a_line(moments).any(broken)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    Wide,
    Narrow,
    /// In a file.
    Sheet,
}

impl Size {
    /// The most steps of the grid.
    const fn steps(self) -> u32 {
        match self {
            Self::Narrow => 3,
            _ => 4,
        }
    }

    /// True if there is room for names and quarters.
    const fn is_roomy(self) -> bool {
        !matches!(self, Self::Narrow)
    }
}

/// What is drawn.
struct Data {
    periods: Vec<Period>,
    names: Vec<String>,
    series: Vec<Vec<Option<i64>>>,
    /// The values of the last period.
    last: Vec<Value>,
    scale: Scale,
    /// In order.
    events: Vec<Within>,
    locale: Locale,
}

impl Data {
    fn new(
        periods: &[Period],
        series: &[Series],
        scale: Scale,
        events: &[Event],
        locale: Locale,
    ) -> Self {
        Self {
            events: within(events, periods),
            periods: periods.to_vec(),
            names: series.iter().map(|s| s.name.clone()).collect(),
            series: series.iter().map(|s| s.values.iter().map(|v| v.shown()).collect()).collect(),
            last: series.iter().map(|s| s.values.last().copied().unwrap_or_default()).collect(),
            scale,
            locale,
        }
    }

    fn ticks(&self, size: Size) -> Ticks {
        let most = self.series.iter().flatten().flatten().copied().max().unwrap_or(0);
        match self.scale {
            Scale::Count => ticks(most, size.steps()),
            Scale::Rate => ticks_of_shares(most, 1000, size.steps()),
        }
    }

    /// The drawing area, with room for the longest tick on its left and for the longest label on
    /// its right.
    fn frame(&self, size: Size) -> Frame {
        let widest = |texts: &mut dyn Iterator<Item = String>, font: f64| {
            texts.map(|t| text_width(&t, font)).fold(0.0, f64::max)
        };
        let top_tick = self.ticks(size).top;
        let left = widest(&mut std::iter::once(self.scale.tick(top_tick, self.locale)), AXIS) + 8.0;
        let label = |i: usize| {
            let (name, value) = self.end_label(i, size);
            format!("{} {value}", name.unwrap_or_default())
        };
        let ends = widest(&mut (0..self.names.len()).map(label), END) + 10.0;
        let keyed = !size.is_roomy() && self.names.len() > 1;
        let key = if keyed { self.key_height() + APART } else { 0.0 };
        let labels: f64 = self.events.iter().map(|e| label_height(&self.label(e))).sum();
        let labels = if labels > 0.0 { labels + 2.0 * APART } else { 2.0 * APART };
        let top = key + labels;
        let (width, plot, below) = match size {
            Size::Wide => (608.0, 186.0, 48.0),
            Size::Narrow => (328.0, 168.0, 28.0),
            Size::Sheet => (SHEET_WIDTH, 220.0, 48.0),
        };
        Frame {
            width,
            height: top + plot + below,
            left,
            right: width - ends,
            top,
            bottom: top + plot,
        }
    }

    /// What stands at the end of line `index`: its name, where there is room and another line to
    /// tell it from, and its last value.
    fn end_label(&self, index: usize, size: Size) -> (Option<&str>, String) {
        let value = self.last.get(index).copied().unwrap_or_default();
        let value = match mark(value, self.locale) {
            Some((sign, _)) => sign.to_owned(),
            None => value.shown().map_or_else(String::new, |n| self.scale.number(n, self.locale)),
        };
        let named = size.is_roomy() && self.names.len() > 1;
        (self.names.get(index).filter(|_| named).map(String::as_str), value)
    }

    fn drawing(&self, size: Size) -> AnyView {
        let frame = self.frame(size);
        let chart = lines(frame, &self.series, self.ticks(size), 17.0);
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
                        {self.scale.tick(value, self.locale)}
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
            {self.marks(frame, &chart)}
            {paths}
            {ends}
            {(!size.is_roomy()).then(|| self.key())}
        }
        .into_any()
    }

    /// True if two names fit beside one another above a narrow drawing.
    fn two_to_a_line(&self) -> bool {
        self.names.iter().all(|name| KEY_TEXT + text_width(name, END) < KEY_COLUMN)
    }

    /// How high the names above a narrow drawing are.
    fn key_height(&self) -> f64 {
        let every = if self.two_to_a_line() { 2 } else { 1 };
        self.names.iter().step_by(every).map(|_| KEY_LINE).sum()
    }

    /// The names of the lines above a narrow drawing, two to a line if they are short.
    fn key(&self) -> Option<AnyView> {
        let two = self.two_to_a_line();
        let name = |(i, (name, look)): (u8, (&String, &'static str))| {
            let (column, line) = if two { (i % 2, i / 2) } else { (0, i) };
            let (x, y) = (KEY_COLUMN * f64::from(column), 12.0 + KEY_LINE * f64::from(line));
            view! {
                <line class=look x1=unit(x) x2=unit(x + 18.0) y1=unit(y - 4.0) y2=unit(y - 4.0) />
                <text class=format!("end {look}") x=unit(x + KEY_TEXT) y=unit(y)>
                    {name.clone()}
                </text>
            }
        };
        (self.names.len() > 1)
            .then(|| (0..).zip(self.names.iter().zip(LOOKS)).map(name).collect_view().into_any())
    }

    /// Quarters where there is room for them, and the year under the first quarter of each.
    fn axis(&self, frame: Frame, chart: &Lines, size: Size) -> AnyView {
        let room = match chart.xs[..] {
            [first, second, ..] => second - first,
            _ => frame.right - frame.left,
        };
        let quarters = size.is_roomy() && room >= 25.0;
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

    /// What the drawing says, in words.
    fn describe(&self, title: &str, series: &[Series]) -> String {
        let mut out = title.to_owned();
        let (Some(from), Some(to)) = (self.periods.first(), self.periods.last()) else {
            return out;
        };
        let locale = self.locale;
        let words = |value: Option<&Value>| match value {
            Some(Value::Shown(n)) => self.scale.number(*n, locale),
            other => plain(other.copied().unwrap_or_default(), locale),
        };
        for line in series {
            out.push_str(". ");
            out.push_str(&text!(
                locale,
                chart.from_to,
                name = line.name.clone(),
                first = words(line.values.first()),
                from = from.name(locale),
                last = words(line.values.last()),
                to = to.name(locale)
            ));
        }
        for event in &self.events {
            out.push_str(". ");
            out.push_str(&self.label(event).join(", "));
        }
        out
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
