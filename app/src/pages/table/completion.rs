//! Of what entered, the share settled by so many days: a line a period, and the same as a table.

use leptos::prelude::*;
use model::format::percent;
use model::{Item, Locale, Period};

use super::downloads;
use super::words::slice_words;
use crate::arrange::By;
use crate::charts::completion::{BY, Curve, Look, completion};
use crate::components::figure::{figure, marks, plain};
use crate::components::ledger::{Cell, Ledger, Row};
use crate::components::{capital, codes, period_name};
use crate::data::table::TablePage as Data;
use crate::data::{Moment, Value, joined_by_a_line};
use crate::text::text;

/// So many periods before the newest are drawn.
const BEFORE: usize = 8;

/// The lines of a page.
pub(crate) struct Completion<'a> {
    /// A line a period, the newest first.
    pub(crate) curves: Vec<Curve>,
    /// Their figures.
    moments: Vec<&'a Moment>,
}

impl<'a> Completion<'a> {
    /// The lines of `data`, if its rows are periods, its columns follow what entered, and there is a point.
    pub(crate) fn of(data: &'a Data, locale: Locale) -> Option<Self> {
        let followed = std::iter::once(Item::Followed).chain(BY.map(|(_, item)| item));
        let follows = followed.into_iter().all(|item| data.columns.contains(&item));
        if data.arrangement.by != By::Period || !follows {
            return None;
        }
        let newest = data.moments.last()?.period;
        // Six and nine months of a year hold the same quarters: one would be drawn twice.
        let moments: Vec<&Moment> =
            joined_by_a_line(&data.moments).rev().take(BEFORE + 1).collect();
        let curve = |m: &&Moment| {
            let look = match m.period {
                period if period == newest => Look::Newest,
                period if period == newest.same_last_year() => Look::YearBefore,
                _ => Look::Before,
            };
            Curve::of(cohort(m.period, locale), look, &m.figures)
        };
        let curves: Vec<Curve> = moments.iter().map(curve).collect();
        curves.iter().any(Curve::is_drawn).then_some(Self { curves, moments })
    }

    /// What the drawing shows and how it is read.
    pub(crate) fn notes(&self, locale: Locale) -> Vec<String> {
        let name = |look: Look| self.curves.iter().find(|c| c.look == look).map(|c| c.name.clone());
        let lines = [
            name(Look::Newest).map(|name| text!(locale, table.line_newest, cohort = name)),
            name(Look::YearBefore).map(|name| text!(locale, table.line_year, cohort = name)),
            name(Look::Before).map(|_| text!(locale, table.line_before)),
        ];
        let lines: Vec<String> = lines.into_iter().flatten().collect();
        let mut out: Vec<String> = self.rest(locale).into_iter().collect();
        out.extend([lines.join(" "), text!(locale, table.completion_reading)]);
        if self.curves.iter().any(Curve::breaks_off) {
            out.push(text!(locale, table.completion_gaps));
        }
        out
    }

    /// What was not settled of the newest.
    fn rest(&self, locale: Locale) -> Option<String> {
        let (curve, moment) = (self.curves.first()?, self.moments.first()?);
        let count = |item: Item| {
            let share = moment.figures.rate(item, Item::Followed);
            let share = share.and_then(|(n, of)| percent(n, of, locale));
            let share = share.map(|share| format!(" ({share})")).unwrap_or_default();
            let count = plain(moment.figures.get(item), locale);
            format!("{count} {}{share}", item.unit().name(locale))
        };
        Some(text!(
            locale,
            table.completion_rest,
            cohort = curve.name.clone(),
            entered = plain(curve.entered, locale),
            otherwise = count(Item::FollowedOtherwise),
            open = count(Item::FollowedOpen)
        ))
    }

    /// What stands at the ends of the lines.
    pub(crate) fn ends(&self) -> Vec<Value> {
        let missing = |c: &Curve| (0..BY.len()).filter_map(|i| c.missing(i)).collect::<Vec<_>>();
        self.curves.iter().flat_map(missing).collect()
    }

    fn ledger(&self, data: &Data, locale: Locale) -> Ledger {
        let rest = [Item::FollowedOtherwise, Item::FollowedOpen];
        let rest = || rest.into_iter().filter(|item| data.columns.contains(item));
        let name = |item: Item| item.name(locale).to_owned();
        let by_day = BY.iter().map(|(days, _)| text!(locale, table.settled_by, days = days));
        let headings = std::iter::once(text!(locale, table.cohort_entered))
            .chain(by_day)
            .chain(rest().map(name));
        let row = |(curve, moment): (&Curve, &&Moment)| {
            let cell = |item: Item| Cell::of(item, moment.figures.figure(item), locale);
            let share = |index: usize| -> Cell {
                let share = curve.share(index).and_then(|(n, of)| percent(n, of, locale));
                match (share, curve.missing(index)) {
                    (Some(share), _) => share.into(),
                    (None, Some(value)) => figure(value, locale).into(),
                    (None, None) => text!(locale, dots.of_nothing).into(),
                }
            };
            let cells = std::iter::once(cell(Item::Followed));
            let cells = cells.chain((0..BY.len()).map(share)).chain(rest().map(cell));
            let told = text!(locale, table.told_in, period = period_name(moment.period, locale));
            let head = view! { {capital(&curve.name)} " " <small>{told}</small> }.into_any();
            Row { head, whole: false, cells: cells.collect() }
        };
        Ledger {
            caption: format!("{}. {}", text!(locale, table.completion), slice_words(data, locale)),
            corner: text!(locale, table.cohort).into(),
            headings: headings.map(Into::into).collect(),
            rows: self.curves.iter().zip(&self.moments).map(row).collect(),
            words: false,
        }
    }
}

/// When the cases that `period` tells of entered: `quý I/2026`, or from one quarter to another.
fn cohort(period: Period, locale: Locale) -> String {
    let back = Item::Followed.quarters_back();
    let mut quarters = period
        .quarters()
        .map(|q| Period::from_quarter_index(q.last_quarter_index() - back))
        .map(|q| period_name(q, locale));
    let first = quarters.next().unwrap_or_default();
    match quarters.last() {
        Some(last) => format!("{first}–{last}"),
        None => first,
    }
}

/// The section of the page, if there is a line to draw.
pub(crate) fn section(data: &Data, locale: Locale) -> Option<AnyView> {
    let lines = Completion::of(data, locale)?;
    let title = text!(locale, table.completion);
    let drawn = completion(&title, &lines.curves, locale);
    let items: Vec<Item> =
        std::iter::once(Item::Followed).chain(BY.map(|(_, item)| item)).collect();
    let mut notes = lines.notes(locale).into_iter();
    let rest = notes.next();
    let notes = notes.map(|note| view! { <p class="small">{note}</p> }).collect_view();
    let seen = lines.ends().into_iter();
    let seen = seen.chain(lines.moments.iter().flat_map(|m| {
        [Item::FollowedOtherwise, Item::FollowedOpen].map(|item| m.figures.get(item))
    }));
    let what = format!("{}.", capital(&slice_words(data, locale)));
    Some(
        view! {
            <section aria-labelledby="completion">
                <h2 id="completion">{title.clone()}</h2>
                <p class="lead">{what} " " {text!(locale, table.completion_lead)}</p>
                <figure>
                    <div class="trendbox" data-item=codes(&items)>
                        {drawn}
                    </div>
                    <figcaption>{rest}</figcaption>
                    {notes}
                    {lines.ledger(data, locale).view(locale)}
                </figure>
                {marks(seen, locale)}
                {downloads::pictures(data, downloads::COMPLETION, locale)}
            </section>
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests;
