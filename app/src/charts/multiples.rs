//! Small charts of one item over time, a member each, on one scale. Each leads to its series.

use chart::line::Lines;
use chart::multiples::multiples as geometry;
use chart::{Frame, unit};
use leptos::prelude::*;
use model::format::integer;
use model::{Item, Locale, Period};

use super::bars::Tone;
use crate::components::figure::{figure, plain};
use crate::data::{Moment, Value};
use crate::text::text;

/// One small chart.
const FRAME: Frame =
    Frame { width: 150.0, height: 56.0, left: 1.0, right: 145.0, top: 6.0, bottom: 54.0 };

/// A member with its figures over `periods`.
pub(crate) struct Panel {
    /// Its name.
    pub(crate) name: String,
    /// Where its name leads.
    pub(crate) href: String,
    /// Its figures.
    pub(crate) moments: Vec<Moment>,
}

impl Panel {
    fn value(&self, item: Item, period: Period) -> Value {
        let moment = self.moments.iter().find(|m| m.period == period);
        moment.map_or(Value::Absent, |m| m.figures.get(item))
    }
}

/// The small charts of `item` over `periods`, which are of one kind and in order.
pub(crate) fn multiples(
    panels: Vec<Panel>,
    item: Item,
    periods: &[Period],
    tone: Tone,
    locale: Locale,
) -> AnyView {
    let series: Vec<Vec<Option<i64>>> = panels
        .iter()
        .map(|panel| periods.iter().map(|&p| panel.value(item, p).shown()).collect())
        .collect();
    let drawn = geometry(FRAME, &series, 2);
    let broken =
        panels.iter().any(|panel| periods.iter().any(|&p| panel.value(item, p) == Value::Withheld));
    let (Some(&first), Some(&last)) = (periods.first(), periods.last()) else {
        return ().into_any();
    };
    let scale = text!(
        locale,
        multiples.scale,
        top = integer(drawn.scale.top, locale),
        unit = item.unit().name(locale),
        from = first.name(locale),
        to = last.name(locale)
    );
    let items = panels
        .into_iter()
        .zip(&drawn.charts)
        .map(|(panel, lines)| {
            let newest = panel.value(item, last);
            let words = text!(
                locale,
                chart.from_to,
                name = panel.name.clone(),
                first = plain(panel.value(item, first), locale),
                from = first.name(locale),
                last = plain(newest, locale),
                to = last.name(locale)
            );
            view! {
                <li>
                    <a href=panel.href>{panel.name}</a>
                    " "
                    <b>{figure(newest, locale)}</b>
                    {small(lines, &words, tone)}
                </li>
            }
        })
        .collect_view();
    let gaps = broken.then(|| view! { <p class="small">{text!(locale, chart.gaps)}</p> });
    view! {
        <p class="small">{scale}</p>
        <ul class="multiples">{items}</ul>
        {gaps}
    }
    .into_any()
}

fn small(lines: &Lines, words: &str, tone: Tone) -> AnyView {
    let class = match tone {
        Tone::Done => "line-done",
        Tone::In => "line-in",
        Tone::Late => "line-late",
    };
    let edges = [FRAME.top, FRAME.bottom]
        .map(|y| {
            view! {
                <line
                    class="grid"
                    x1=unit(FRAME.left)
                    x2=unit(FRAME.right)
                    y1=unit(y)
                    y2=unit(y)
                />
            }
        })
        .collect_view();
    let line = lines.lines.first().map(|line| {
        let dots = line
            .lone_points()
            .chain(line.end())
            .map(|p| view! { <circle class=class cx=unit(p.x) cy=unit(p.y) r="2.8" /> })
            .collect_view();
        view! { <path class=class d=line.path.clone() /> {dots} }
    });
    view! {
        <svg
            viewBox=format!("0 0 {} {}", unit(FRAME.width), unit(FRAME.height))
            role="img"
            aria-label=words.to_owned()
        >
            {edges}
            {line}
        </svg>
    }
    .into_any()
}
