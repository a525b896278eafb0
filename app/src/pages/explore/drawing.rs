//! The explored slice as a drawing: lines over time, or what the table's own page draws.

use leptos::prelude::*;
use model::{Dim, Locale, Period};

use super::sheet::{row_name, share, sides};
use crate::arrange::{By, Measure};
use crate::charts::dots::dots;
use crate::charts::trend::{Scale, Series, series_over};
use crate::components::{capital, codes};
use crate::data::table::{Head, Pivot, TablePage};
use crate::data::{Figures, Value};
use crate::pages::table::downloads;
use crate::pages::table::picture::{Picture, tone};
use crate::pages::table::rate::Rates;
use crate::pages::table::words::happened;
use crate::text::text;

/// Lines that can be told apart.
const MOST_LINES: usize = 3;

/// What the slice looks like.
pub(super) struct Drawing {
    /// The drawing.
    pub(super) view: AnyView,
    /// What its file is called, if it is there as a file.
    pub(super) file: Option<&'static str>,
}

impl Drawing {
    /// The drawing of `data`, if one says more than the table.
    pub(super) fn of(data: &TablePage, locale: Locale) -> Option<Self> {
        let a = &data.arrangement;
        let measure = a.measure;
        if let Some((periods, series)) = lines(data, locale) {
            if periods.len() < 2 || !(1..=MOST_LINES).contains(&series.len()) {
                return None;
            }
            let unit = measure.item().unit().name(locale);
            let (title, scale) = match measure {
                Measure::Item(item) => (format!("{}, {unit}", item.name(locale)), Scale::Count),
                Measure::Rate(rate) => (rate.name(locale).to_owned(), Scale::Rate),
            };
            let drawn = series_over(&title, &periods, &series, scale, &happened(data), locale);
            let alone = series.len() == 1 && scale == Scale::Count && data.pivot.is_none();
            let view = view! {
                <h3>{capital(&title)}</h3>
                <div class="trendbox" data-item=codes(&measure.items())>{drawn}</div>
            };
            return Some(Self { view: view.into_any(), file: alone.then_some(downloads::ITEM) });
        }
        if data.pivot.is_some() {
            return None;
        }
        let only = a.against.is_some().then(|| {
            view! { <p class="small">{text!(locale, explore.drawn_now)}</p> }
        });
        let (view, file) = if measure.rate().is_some() {
            (rates(data, locale)?, downloads::RATE)
        } else {
            (Picture::of(data)?.view(data, locale), downloads::ITEM)
        };
        Some(Self { view: view! { {view} {only} }.into_any(), file: Some(file) })
    }
}

/// Shares with their intervals.
fn rates(data: &TablePage, locale: Locale) -> Option<AnyView> {
    let rates = Rates::of(data, locale)?;
    let title = rates.rate.name(locale).to_owned();
    let tone = tone(rates.rate.numerator());
    let drawn = dots(&title, &rates.shares, rates.whole.as_ref(), tone, locale);
    Some(
        view! {
            <h3>{title}</h3>
            <div class="dotbox">{drawn}</div>
            <p class="small">{text!(locale, dots.reading)}</p>
        }
        .into_any(),
    )
}

/// The slice as lines over time, if it is a series.
fn lines(data: &TablePage, locale: Locale) -> Option<(Vec<Period>, Vec<Series>)> {
    let a = &data.arrangement;
    if let Some(pivot) = &data.pivot {
        return pivoted(pivot, data, locale);
    }
    if a.by != By::Period {
        return None;
    }
    let now = data.moments.iter().map(|m| of(a.measure, &m.figures)).collect();
    let mut series = vec![Series { name: a.measure.name(locale).to_owned(), values: now }];
    if let Some(against) = &a.against {
        let (this, other) = sides(data, against, locale);
        if let Some(first) = series.first_mut() {
            first.name = this;
        }
        let then = data.against.iter().map(|f| of(a.measure, f)).collect();
        series.push(Series { name: other, values: then });
    }
    Some((data.moments.iter().map(|m| m.period).collect(), series))
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
fn pivoted(pivot: &Pivot, data: &TablePage, locale: Locale) -> Option<(Vec<Period>, Vec<Series>)> {
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
        let columns = pivot.columns.iter().enumerate().filter(|(_, head)| is_part(head, dim));
        let series = columns.map(|(i, head)| Series {
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
    let rows = pivot.rows.iter().filter(|row| is_part(&row.head, a.by.dim()));
    let series = rows.map(|row| Series {
        name: row_name(&row.head, a.by.dim(), locale),
        values: row.cells.iter().map(|f| of(a.measure, f)).collect(),
    });
    Some((periods, series.collect()))
}

/// True for all but the whole, beside which its parts would be flat lines.
fn is_part(head: &Head, dim: Option<Dim>) -> bool {
    !matches!((head, dim), (Head::Member(code), Some(dim)) if code == dim.total())
}
