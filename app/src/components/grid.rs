//! A table of figures: one row a member or period, one column an item.

use leptos::prelude::*;
use model::{Item, Locale, Period, Unit};

use super::ledger::{Cell, Heading, Ledger, Row};
use super::{area_dates, capital, period_name};
use crate::data::{Figures, Value};
use crate::text::text;

/// One row.
pub(crate) struct Line {
    /// Its heading.
    pub(crate) name: String,
    /// What stands under it, smaller: the days of a period.
    pub(crate) note: Option<String>,
    /// Where the heading leads.
    pub(crate) href: Option<String>,
    /// True for the whole, which stands above its parts.
    pub(crate) whole: bool,
    /// True for a part of the row above it, or of one above that.
    pub(crate) part: bool,
    /// Its figures.
    pub(crate) figures: Figures,
}

/// A dash between numbers, `1–30`, that a narrow heading does not break at.
pub(crate) const UNBROKEN_DASH: &str = "\u{2060}–\u{2060}";

/// The table `lines` x `columns`; `caption` is read out, `corner` heads the first column.
pub(crate) fn grid(
    caption: &str,
    corner: &str,
    columns: &[Item],
    lines: Vec<Line>,
    locale: Locale,
) -> AnyView {
    let units: Vec<Unit> = columns.iter().map(|i| i.unit()).collect();
    let mixed = units.windows(2).any(|w| w[0] != w[1]);
    let headings = columns
        .iter()
        .map(|item| Heading {
            name: item.name(locale).replace('–', UNBROKEN_DASH),
            unit: mixed.then(|| item.unit().name(locale).to_owned()),
            order: None,
        })
        .collect();
    let rows = lines.into_iter().map(|line| row(line, columns, locale)).collect();
    let one_unit = (!mixed)
        .then(|| units.first().map(|u| text!(locale, unit_of_count, unit = u.name(locale))))
        .flatten();
    let ledger = Ledger {
        caption: caption.to_owned(),
        corner: corner.to_owned().into(),
        headings,
        rows,
        words: false,
    };
    view! {
        {one_unit.map(|unit| view! { <p class="unit small">{unit}</p> })}
        {ledger.view(locale)}
    }
    .into_any()
}

fn row(line: Line, columns: &[Item], locale: Locale) -> Row {
    let cells =
        columns.iter().map(|&item| Cell::of(item, line.figures.figure(item), locale)).collect();
    let name = match line.href {
        Some(href) => view! { <a href=href>{line.name}</a> }.into_any(),
        None => line.name.into_any(),
    };
    let name = if line.part { view! { <span class="part">{name}</span> }.into_any() } else { name };
    Row { head: noted(name, line.note), whole: line.whole, cells }
}

/// A heading with a note under it.
fn noted(name: AnyView, note: Option<String>) -> AnyView {
    match note {
        Some(note) => view! { {name} " " <small>{note}</small> }.into_any(),
        None => name,
    }
}

/// A period as the heading of a row, with the days under it that figures of `area` cover.
pub(crate) fn period_head(period: Period, area: &str, locale: Locale) -> AnyView {
    noted(capital(&period_name(period, locale)).into_any(), Some(area_dates(period, area, locale)))
}

impl Line {
    /// The row of `period` with figures of the area `area`, which communes have only since they
    /// came to be.
    pub(crate) fn of_period(period: Period, area: &str, figures: Figures, locale: Locale) -> Self {
        Self {
            name: capital(&period_name(period, locale)),
            note: Some(area_dates(period, area, locale)),
            href: None,
            whole: false,
            part: false,
            figures,
        }
    }

    /// The row of the whole, with the total of each column.
    pub(crate) fn total(figures: Figures, locale: Locale) -> Self {
        Self {
            name: text!(locale, rows.total),
            note: None,
            href: None,
            whole: true,
            part: false,
            figures,
        }
    }
}

/// Every value of `lines` in `columns`.
pub(crate) fn values<'a>(
    lines: &'a [Line],
    columns: &'a [Item],
) -> impl Iterator<Item = Value> + 'a {
    lines.iter().flat_map(move |l| columns.iter().map(move |&c| l.figures.get(c)))
}

/// True for what stands in the colour of overdue matters.
pub(crate) const fn is_overdue(item: Item) -> bool {
    matches!(
        item,
        Item::OpenOverdue
            | Item::Overdue30
            | Item::Overdue90
            | Item::OverdueMore
            | Item::DaysMissed
            | Item::DaysUnreported
    )
}
