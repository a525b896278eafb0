//! The explored slice as a table, whose headings order its rows.

use leptos::prelude::*;
use model::Locale;
use model::format::{integer, percent};

use super::address;
use super::sheet::{NAME, Quantity, Sheet, row_name};
use crate::arrange::{By, Request, Sort};
use crate::components::figure::figure;
use crate::components::grid::period_head;
use crate::components::ledger::{Cell, Heading, Ledger, Order, Row};
use crate::components::lifetime;
use crate::data::Value;
use crate::data::table::{Head, TablePage};
use crate::pages::table::rows_name;
use crate::text::text;

/// The table of `sheet`; its headings lead to the same request in another order.
pub(super) fn ledger(
    data: &TablePage,
    sheet: &Sheet,
    request: &Request,
    caption: &str,
    locale: Locale,
) -> AnyView {
    let a = &data.arrangement;
    let sortable = a.by != By::Period;
    let order = |column: &str, numbers: bool| {
        sortable.then(|| order(data, request, column, numbers, locale))
    };
    let headings = sheet
        .columns
        .iter()
        .map(|c| Heading {
            name: c.name.clone(),
            unit: c.unit.clone(),
            order: order(&c.code, true),
        })
        .collect();
    let corner = Heading {
        name: match a.by {
            By::Period => text!(locale, filters.period),
            _ => rows_name(&a.by, locale),
        },
        unit: None,
        order: order(NAME, false),
    };
    let rows = sheet
        .rows
        .iter()
        .map(|row| Row {
            head: head(data, &row.head, locale),
            whole: row.whole,
            cells: row.cells.iter().map(|q| cell(q, locale)).collect(),
        })
        .collect();
    let ledger = Ledger { caption: caption.to_owned(), corner, headings, rows, words: false };
    let counted = match a.measure {
        measure if measure.rate().is_some() => {
            let unit = measure.item().unit().name(locale);
            format!("{} ({})", measure.name(locale), text!(locale, explore.of_unit, unit = unit))
        }
        measure if a.across.is_some() || a.against.is_some() => {
            format!("{}, {}", measure.name(locale), measure.item().unit().name(locale))
        }
        measure => text!(locale, unit_of_count, unit = measure.item().unit().name(locale)),
    };
    let mixed = sheet.columns.iter().any(|c| c.unit.is_some());
    view! {
        {(!mixed).then(|| view! { <p class="unit small">{counted}</p> })}
        {ledger.view(locale)}
    }
    .into_any()
}

/// The order by `column`: the other way round if it is in force, else the largest numbers or the
/// first names on top.
fn order(
    data: &TablePage,
    request: &Request,
    column: &str,
    numbers: bool,
    locale: Locale,
) -> Order {
    let now = data.arrangement.sort.as_ref().filter(|s| s.column == column);
    let descending = now.map_or(numbers, |s| !s.descending);
    let sort = Some(Sort { column: column.to_owned(), descending });
    Order {
        href: address(&data.definition.id, &Request { sort, ..request.clone() }, locale),
        now: now.map(|s| if s.descending { "descending" } else { "ascending" }),
    }
}

/// The heading of a row, which leads to its series.
fn head(data: &TablePage, head: &Head, locale: Locale) -> AnyView {
    let a = &data.arrangement;
    match head {
        Head::Period(period) => period_head(*period, a.member(model::Dim::Area), locale),
        Head::Member(code) => {
            let dim = a.by.dim();
            let name = row_name(head, dim, locale);
            let href = address(&data.definition.id, &a.series_of(code), locale);
            let life = (dim == Some(model::Dim::Body))
                .then(|| lifetime(code, a.period, locale))
                .flatten()
                .map(|life| view! { " " <small>{life}</small> });
            view! { <a rel="nofollow" href=href>{name}</a> {life} }.into_any()
        }
    }
}

fn cell(quantity: &Quantity, locale: Locale) -> Cell {
    match quantity {
        Quantity::Count(item, figure) => Cell::of(*item, *figure, locale),
        Quantity::Rate(numerator, denominator) => rate(*numerator, *denominator, locale),
        Quantity::Change(Some((_, words))) => words.clone().into(),
        Quantity::Change(None) => figure(Value::Absent, locale).into(),
    }
}

/// A rate with what it was formed from under it; where one of the two is not shown, its mark.
fn rate(numerator: Value, denominator: Value, locale: Locale) -> Cell {
    let parts = numerator.shown().zip(denominator.shown());
    let Some((n, of)) = parts else {
        let missing = if numerator.shown().is_none() { numerator } else { denominator };
        return figure(missing, locale).into();
    };
    match percent(n, of, locale) {
        Some(share) => {
            let parts = format!("{}/{}", integer(n, locale), integer(of, locale));
            view! {
                {share}
                " "
                <small>{parts}</small>
            }
            .into_any()
            .into()
        }
        None => text!(locale, explore.of_none).into(),
    }
}
