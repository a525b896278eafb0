//! Tables as pages show them. On a phone the heading of a row with a few numbers moves onto a line
//! above them; one with more becomes a block of labelled lines; a table with many columns scrolls
//! within itself instead, its first column in place. Roles are spelled out because browsers take
//! them from a table that the style sheet lays out as blocks.

use leptos::prelude::*;
use model::{Item, Locale};
use proof::FigureId;

use super::figure::linked;
use super::grid::is_overdue;
use crate::data::Figure;
use crate::text::text;

/// A row with more cells than this is no longer taken in at a glance as a block of lines.
const MOST_LINES: usize = 9;

/// So few numbers stand beside each other on a phone, under the heading of their row.
const ABREAST: usize = 4;

/// So few numbers a row fit a phone as they are.
const FEW: usize = 1;

/// Past more links than this, who goes from one to the next with the keyboard may jump.
const MANY_LINKS: usize = 20;

/// A table.
pub(crate) struct Ledger {
    /// Read out as its name.
    pub(crate) caption: String,
    /// Heads the first column.
    pub(crate) corner: Heading,
    /// Head the other columns.
    pub(crate) headings: Vec<Heading>,
    /// Its rows.
    pub(crate) rows: Vec<Row>,
    /// True if its cells are words, which stand at the left.
    pub(crate) words: bool,
}

/// The heading of a column.
pub(crate) struct Heading {
    /// What the column shows.
    pub(crate) name: String,
    /// Unit of count, where columns have different ones.
    pub(crate) unit: Option<String>,
    /// How rows are ordered by it, if they can be.
    pub(crate) order: Option<Order>,
}

/// How rows are ordered by a column.
pub(crate) struct Order {
    /// Where the heading leads: to the rows ordered by it.
    pub(crate) href: String,
    /// `ascending` or `descending`, if they are ordered by it now.
    pub(crate) now: Option<&'static str>,
}

impl From<String> for Heading {
    fn from(name: String) -> Self {
        Self { name, unit: None, order: None }
    }
}

impl Heading {
    fn view(self) -> AnyView {
        let Self { name, unit, order } = self;
        let unit = unit.map(|unit| view! { <small>{unit}</small> });
        let now = order.as_ref().and_then(|o| o.now);
        let sign = match now {
            Some("ascending") => " ↑",
            Some(_) => " ↓",
            None => "",
        };
        let name = match order {
            Some(order) => view! {
                <a class="order" rel="nofollow" href=order.href>
                    {name}
                    <span aria-hidden="true">{sign}</span>
                </a>
            }
            .into_any(),
            None => name.into_any(),
        };
        view! {
            <th role="columnheader" scope="col" aria-sort=now>
                {name}
                " "
                {unit}
            </th>
        }
        .into_any()
    }
}

/// A row.
pub(crate) struct Row {
    /// Its heading.
    pub(crate) head: AnyView,
    /// True for the whole, which stands above its parts.
    pub(crate) whole: bool,
    /// A cell a heading.
    pub(crate) cells: Vec<Cell>,
}

/// A cell.
pub(crate) struct Cell {
    /// What stands in it.
    pub(crate) content: AnyView,
    /// True for a figure in the colour of overdue matters.
    pub(crate) late: bool,
    /// What it counts, if it is a figure: machines read it.
    pub(crate) item: Option<Item>,
    /// The permanent name of the figure to whose page it leads.
    pub(crate) figure: Option<FigureId>,
}

impl Cell {
    /// The figure `figure` of `item`; it leads to its own page.
    pub(crate) fn of(item: Item, figure: impl Into<Figure>, locale: Locale) -> Self {
        let figure = figure.into();
        let late = is_overdue(item) && figure.value.shown().is_some_and(|n| n > 0);
        Self { content: linked(figure, locale), late, item: Some(item), figure: figure.id }
    }
}

impl From<AnyView> for Cell {
    fn from(content: AnyView) -> Self {
        Self { content, late: false, item: None, figure: None }
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        words.into_any().into()
    }
}

impl Ledger {
    /// Of a table with many links: a link past all of them, which shows when the keyboard reaches
    /// it, and where it leads.
    fn jump(&self, locale: Locale) -> Option<(AnyView, AnyView)> {
        let figures = || self.rows.iter().flat_map(|r| &r.cells).filter_map(|c| c.figure);
        if figures().count() <= MANY_LINKS {
            return None;
        }
        // No two tables of a page begin and end with the same figures.
        let id = format!("past-{}-{}", figures().next()?, figures().next_back()?);
        let href = format!("#{id}");
        let jump = view! { <a class="skip here" href=href>{text!(locale, table.skip)}</a> };
        let past = view! { <span id=id tabindex="-1"></span> };
        Some((jump.into_any(), past.into_any()))
    }

    /// Draws the table.
    pub(crate) fn view(self, locale: Locale) -> AnyView {
        let count = self.headings.len();
        let wide = count > MOST_LINES;
        let shape = match (wide, self.words) {
            (true, _) => "wide",
            (false, true) => "stack words",
            (false, false) if count > ABREAST => "stack",
            (false, false) if count > FEW => "abreast",
            (false, false) => "",
        };
        let class = format!("ledger n{} {shape}", count.min(7));
        let labels: Vec<String> = self
            .headings
            .iter()
            .map(|h| match &h.unit {
                Some(unit) => format!("{} ({unit})", h.name),
                None => h.name.clone(),
            })
            .collect();
        let (jump, past) = self.jump(locale).unzip();
        let heads = self.headings.into_iter().map(Heading::view).collect_view();
        let rows = self
            .rows
            .into_iter()
            .map(|row| {
                let cells = row
                    .cells
                    .into_iter()
                    .zip(&labels)
                    .map(|(cell, label)| {
                        view! {
                            <td
                                role="cell"
                                data-label=label.clone()
                                data-item=cell.item.map(Item::code)
                                class:bad=cell.late
                            >
                                {cell.content}
                            </td>
                        }
                    })
                    .collect_view();
                view! {
                    <tr role="row" class:whole=row.whole>
                        <th role="rowheader" scope="row">{row.head}</th>
                        {cells}
                    </tr>
                }
            })
            .collect_view();
        let hint = wide.then(|| view! { <p class="hint small">{text!(locale, table.scroll)}</p> });
        view! {
            {hint}
            {jump}
            <div class="scroll" tabindex="0" role="group" aria-label=self.caption.clone()>
                <table role="table" class=class>
                    <caption class="sr">{self.caption.clone()}</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            {self.corner.view()}
                            {heads}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
            {past}
        }
        .into_any()
    }
}
