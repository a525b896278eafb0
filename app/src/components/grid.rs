//! A table of figures: one row a member or period, one column an item. It scrolls within itself
//! where the window is too narrow.

use leptos::prelude::*;
use model::{Item, Locale, Unit};

use super::figure::figure;
use crate::data::{Figures, Value};
use crate::text::text;

/// One row.
pub(crate) struct Line {
    /// Its heading.
    pub(crate) name: String,
    /// Where the heading leads.
    pub(crate) href: Option<String>,
    /// True for the whole, which stands above its parts.
    pub(crate) whole: bool,
    /// Its figures.
    pub(crate) figures: Figures,
}

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
    let heads = columns
        .iter()
        .map(|item| {
            let unit = mixed.then(|| view! { <small>{item.unit().name(locale)}</small> });
            view! { <th scope="col">{item.name(locale)} {unit}</th> }
        })
        .collect_view();
    let few = columns.len() < 4;
    let columns = columns.to_vec();
    let rows = lines
        .into_iter()
        .map(|line| {
            let cells = columns
                .iter()
                .map(|&item| {
                    let value = line.figures.get(item);
                    let overdue = is_overdue(item) && value.shown().is_some_and(|n| n > 0);
                    view! { <td class:bad=overdue>{figure(value, locale)}</td> }
                })
                .collect_view();
            let name = match line.href {
                Some(href) => view! { <a href=href>{line.name}</a> }.into_any(),
                None => line.name.into_any(),
            };
            view! { <tr class:whole=line.whole><th scope="row">{name}</th>{cells}</tr> }
        })
        .collect_view();
    let one_unit = (!mixed)
        .then(|| units.first().map(|u| text!(locale, unit_of_count, unit = u.name(locale))))
        .flatten();
    view! {
        {one_unit.map(|unit| view! { <p class="unit small">{unit}</p> })}
        <div class="scroll" tabindex="0" role="group" aria-label=caption.to_owned()>
            <table class="ledger" class:few=few>
                <caption class="sr">{caption.to_owned()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{corner.to_owned()}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
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
    )
}
