//! What happened within a series, marked in its drawing.

use chart::event::{Place, place, position};
use chart::line::Lines;
use chart::{Frame, text_width, unit};
use jiff::civil::Date;
use leptos::prelude::*;
use model::Period;
use model::event::Event;

use super::{APART, Data};
use crate::components::day;

/// Size of the type of events, as the style sheet has it for `.event`.
const EVENT: f64 = 12.0;
/// Between two lines of the type of events.
const EVENT_LINE: f64 = 15.0;
/// Between the labels of two events.
const ROW_GAP: f64 = 4.0;

/// An event within the series: in which period, and how much of that had passed.
pub(super) struct Within {
    event: Event,
    index: usize,
    share: f64,
}

/// Those of `events` that fall into `periods`.
pub(super) fn within(events: &[Event], periods: &[Period]) -> Vec<Within> {
    let within = |event: &Event| {
        let index = periods.iter().position(|p| event.is_in(*p))?;
        let period = *periods.get(index)?;
        let days = |to: Date| f64::from(model::day::between(period.start(), to));
        let share = days(event.day) / (days(period.end()) + 1.0);
        Some(Within { event: event.clone(), index, share })
    };
    events.iter().filter_map(within).collect()
}

impl Data {
    /// The words of an event, a line each: its day and name, and what more there is.
    pub(super) fn label(&self, within: &Within) -> Vec<String> {
        let event = &within.event;
        let mut words =
            vec![format!("{}: {}", day(event.day, self.locale), event.name.get(self.locale))];
        words.extend(Some(event.detail.get(self.locale).to_owned()).filter(|d| !d.is_empty()));
        words
    }

    /// The lines that mark events, their labels above the plot.
    pub(super) fn marks(&self, frame: Frame, chart: &Lines) -> AnyView {
        let labels: Vec<Vec<String>> = self.events.iter().map(|e| self.label(e)).collect();
        let xs: Vec<f64> = self
            .events
            .iter()
            .map(|e| position(&chart.xs, e.index, e.share).unwrap_or(frame.left))
            .collect();
        let widest =
            |lines: &Vec<String>| lines.iter().map(|l| text_width(l, EVENT)).fold(0.0, f64::max);
        let widths: Vec<f64> = labels.iter().map(widest).collect();
        let places = place(&xs, &widths, frame.width, APART);
        // From the plot upwards: the row next to it is the last.
        let height_of = |row: usize| {
            let of_row = places.iter().zip(&labels).filter(|(p, _)| p.row >= row);
            of_row.map(|(_, label)| label_height(label)).sum::<f64>()
        };
        let mark = |((lines, &x), place): ((&Vec<String>, &f64), &Place)| {
            let top = frame.top - APART - height_of(place.row);
            let line_top = if place.over { top + label_height(lines) } else { top };
            let before = place.from < x && !place.over;
            let (at, anchor) = if before { (x - APART, "end") } else { (place.from, "start") };
            let words = lines
                .iter()
                .zip(1_u8..)
                .map(|(line, n)| {
                    let y = top + EVENT_LINE * f64::from(n) - 4.0;
                    view! {
                        <text class="event" x=unit(at) y=unit(y) text-anchor=anchor>
                            {line.clone()}
                        </text>
                    }
                })
                .collect_view();
            view! {
                <line class="event" x1=unit(x) x2=unit(x) y1=unit(line_top) y2=unit(frame.bottom) />
                {words}
            }
        };
        labels.iter().zip(&xs).zip(&places).map(mark).collect_view().into_any()
    }
}

/// How high the label of an event is, with what sets it apart from the one under it.
pub(super) fn label_height(lines: &[String]) -> f64 {
    lines.iter().map(|_| EVENT_LINE).sum::<f64>() + ROW_GAP
}
