//! The explored slice as a drawing: lines over time, a map of communes, bars.

use leptos::prelude::*;
use model::{Dim, Item, Locale, Period};

use super::sheet::{row_name, share, sides};
use crate::arrange::{By, Measure};
use crate::charts::bars::{Bar, bars, is_part};
use crate::charts::map::commune_map;
use crate::charts::trend::{Scale, Series, series_over};
use crate::components::capital;
use crate::data::table::{Head, Pivot, TablePage};
use crate::data::{Figures, Value};
use crate::pages::table::tone;
use crate::pages::table::words::happened;
use crate::text::text;

/// Lines that can be told apart.
const MOST_LINES: usize = 3;

/// A drawing with more bars than this says less than the table under it.
const MOST_BARS: usize = 40;

/// What the slice looks like, if a drawing says more than the table.
pub(super) fn drawing(data: &TablePage, locale: Locale) -> Option<AnyView> {
    let a = &data.arrangement;
    let measure = a.measure;
    let title = match measure {
        Measure::Item(item) => format!("{}, {}", item.name(locale), item.unit().name(locale)),
        Measure::Rate(rate) => rate.name(locale).to_owned(),
    };
    let heading = view! { <h3>{capital(&title)}</h3> };
    let scale = if measure.rate().is_some() { Scale::Rate } else { Scale::Count };
    let over_time = |periods: &[Period], series: &[Series]| {
        let enough = periods.len() > 1 && (1..=MOST_LINES).contains(&series.len());
        enough.then(|| {
            let drawn = series_over(&title, periods, series, scale, &happened(data), locale);
            view! { <div class="trendbox">{drawn}</div> }.into_any()
        })
    };
    let drawn = match (&data.pivot, &a.by) {
        (Some(pivot), _) => {
            let (periods, series) = lines(pivot, data, locale)?;
            over_time(&periods, &series)?
        }
        (None, By::Period) => {
            let periods: Vec<Period> = data.moments.iter().map(|m| m.period).collect();
            let now = data.moments.iter().map(|m| of(measure, &m.figures)).collect();
            let mut series = vec![Series { name: measure.name(locale).to_owned(), values: now }];
            if let Some(against) = &a.against {
                let (this, other) = sides(data, against, locale);
                if let Some(first) = series.first_mut() {
                    first.name = this;
                }
                let then = data.against.iter().map(|f| of(measure, f)).collect();
                series.push(Series { name: other, values: then });
            }
            over_time(&periods, &series)?
        }
        (None, By::Members(Dim::Area, level)) if level == "commune" => {
            let Measure::Item(item) = measure else { return None };
            let map = commune_map(&title, &data.rows, item, locale);
            view! { <div class="mapbox">{map}</div> }.into_any()
        }
        (None, By::Members(dim, _)) => {
            let Measure::Item(item) = measure else { return None };
            bars_of(data, *dim, item, &title, locale)?
        }
    };
    Some(view! { {heading} {drawn} }.into_any())
}

/// A value for a line: a count, or a rate in tenths of a percent.
fn of(measure: Measure, figures: &Figures) -> Value {
    match measure {
        Measure::Item(item) => figures.get(item),
        Measure::Rate(rate) => {
            let (n, of) = (figures.get(rate.numerator()), figures.get(rate.denominator()));
            let withheld = [n, of].contains(&Value::Withheld);
            let missing = if withheld { Value::Withheld } else { Value::Absent };
            share(n, of).map_or(missing, Value::Shown)
        }
    }
}

/// The columns of rows over time, or the rows of columns over time, as lines.
fn lines(pivot: &Pivot, data: &TablePage, locale: Locale) -> Option<(Vec<Period>, Vec<Series>)> {
    let a = &data.arrangement;
    let periods = |heads: &mut dyn Iterator<Item = &Head>| {
        heads
            .map(|head| match head {
                Head::Period(period) => Some(*period),
                Head::Member(_) => None,
            })
            .collect::<Option<Vec<Period>>>()
    };
    if a.by == By::Period {
        let dim = a.across.as_ref()?.dim();
        let periods = periods(&mut pivot.rows.iter().map(|r| &r.head))?;
        let series = pivot.columns.iter().enumerate().map(|(i, head)| Series {
            name: row_name(head, dim, locale),
            values: pivot
                .rows
                .iter()
                .map(|r| r.cells.get(i).map_or(Value::Absent, |f| of(a.measure, f)))
                .collect(),
        });
        return Some((periods, series.collect()));
    }
    let periods = periods(&mut pivot.columns.iter())?;
    let series = pivot.rows.iter().map(|row| Series {
        name: row_name(&row.head, a.by.dim(), locale),
        values: row.cells.iter().map(|f| of(a.measure, f)).collect(),
    });
    Some((periods, series.collect()))
}

fn bars_of(data: &TablePage, dim: Dim, item: Item, title: &str, locale: Locale) -> Option<AnyView> {
    let drawn: Vec<Bar> = data
        .rows
        .iter()
        .filter(|r| r.member != dim.total())
        .map(|r| Bar {
            name: dim.members().name(&r.member, locale).to_owned(),
            href: None,
            part: is_part(dim, &r.member, &data.rows),
            value: r.figures.get(item),
        })
        .collect();
    if !(2..=MOST_BARS).contains(&drawn.len()) {
        return None;
    }
    let corner = dim.name(locale);
    let bars = bars(title, corner, item.name(locale), drawn, None, tone(item), locale);
    let held = data.arrangement.against.is_some();
    let only = held.then(|| view! { <p class="small">{text!(locale, explore.bars_now)}</p> });
    Some(view! { <div class="barbox">{bars}</div> {only} }.into_any())
}
