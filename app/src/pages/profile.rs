//! What the pages of a place and of a body have in common: one section a table, with the newest
//! figures beside those of a year before, and the whole series one link away.

mod keys;
mod origin;
mod peers;

use leptos::prelude::*;
use model::dimension::Member;
use model::event::events;
use model::table::PeriodKind;
use model::{Dim, Item, Locale, Period};

use crate::charts::trend::trend;
use crate::components::event_notes::event_notes;
use crate::components::figure::marks;
use crate::components::grid::{Line, grid, period_head, values};
use crate::components::ledger::{Cell, Ledger, Row};
use crate::components::{codes, frequency};
use crate::data::profile::{Above, Parts, Profile, ProfileTable};
use crate::data::{Figure, Value};
use crate::routes::Page;
use crate::text::text;

/// Whose figures a profile shows: a place over all bodies, or a body over all places.
#[derive(Clone, Copy)]
struct Of<'a> {
    area: &'a str,
    body: &'a str,
    member: Option<&'static Member>,
}

/// One section a table, and where to look for what is only published for more than this member.
pub(crate) fn sections(profile: &Profile, page: Page, dim: Dim, locale: Locale) -> AnyView {
    let of = |d: Dim| if d == dim { profile.member.as_str() } else { d.total() };
    let member = dim.members().get(&profile.member);
    let of = Of { area: of(Dim::Area), body: of(Dim::Body), member };
    let nothing = profile.tables.is_empty().then(|| {
        view! { <p class="lead">{text!(locale, profile.nothing)}</p> }
    });
    view! {
        {nothing}
        {keys::keys(profile, locale)}
        {profile.tables.iter().map(|t| section(t, of, locale)).collect_view()}
        {profile.origin.as_ref().map(|o| origin::origin(o, locale))}
        {profile.peers.as_ref().map(|p| peers::peers(p, &profile.member, page, dim, locale))}
        {withheld(profile, locale)}
        {above(&profile.above, &profile.tables, page, dim, locale)}
    }
    .into_any()
}

/// How many of the figures above are withheld, and why.
fn withheld(profile: &Profile, locale: Locale) -> Option<AnyView> {
    let newest = profile.tables.iter().flat_map(|t| {
        let whole = t.moments.last().map(|m| &m.figures);
        let parts = t.parts.iter().filter_map(|p| p.periods.first());
        whole.into_iter().chain(parts.flat_map(|(_, rows)| rows.iter().map(|r| &r.figures)))
    });
    let values: Vec<Value> =
        newest.flat_map(|f| f.iter().map(|(_, figure)| figure.value)).collect();
    let count = |wanted: fn(&Value) -> bool| values.iter().filter(|v| wanted(v)).count();
    let hidden = count(|v| *v == Value::Withheld);
    let all = hidden + count(|v| v.shown().is_some());
    (hidden > 0).then(|| {
        let why = format!("{}#withheld", Page::Methods.path(locale));
        view! {
            <section aria-labelledby="withheld">
                <h2 id="withheld">{text!(locale, profile.withheld)}</h2>
                <p class="lead">
                    {text!(locale, profile.withheld_count, count = hidden, all = all)} " "
                    <a href=why>{text!(locale, marks.why)}</a>
                </p>
            </section>
        }
        .into_any()
    })
}

fn section(table: &ProfileTable, of: Of<'_>, locale: Locale) -> AnyView {
    let title = table.title.get(locale).to_owned();
    let id = format!("table-{}", table.id);
    let href = format!("{}{}", Page::Table.path_of(locale, &table.id), table.request.to_query());
    let over_time = (!table.moments.is_empty()).then(|| over_time(table, of, locale));
    let split = table.parts.as_ref().map(|parts| split(table, parts, of, locale));
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{title}</h2>
            <p class="lead">{table.lead.get(locale).to_owned()} {rhythm(table, of, locale)}</p>
            <figure>
                {over_time}
                {split}
                <figcaption>
                    <a href=href>{text!(locale, profile.series)}</a>
                </figcaption>
            </figure>
        </section>
    }
    .into_any()
}

/// Says so if the table has no quarters for this member, and when its next figures come.
fn rhythm(table: &ProfileTable, of: Of<'_>, locale: Locale) -> Option<String> {
    let parts = table.parts.as_ref().and_then(|p| p.periods.first());
    let newest = table.moments.last().map(|m| m.period).or(parts.map(|p| p.0))?;
    match PeriodKind::of(newest) {
        PeriodKind::Quarter => None,
        PeriodKind::Cumulative => Some(format!(" {}", text!(locale, profile.cumulative))),
        PeriodKind::Year => {
            let next = newest.year() + 1;
            let lives = of.member.is_none_or(|m| m.exists_in(Period::of_year(next)));
            let words = if lives {
                text!(locale, profile.yearly, year = next)
            } else {
                text!(locale, profile.yearly_ended)
            };
            Some(format!(" {words}"))
        }
    }
}

fn over_time(table: &ProfileTable, of: Of<'_>, locale: Locale) -> AnyView {
    let title = table.title.get(locale).to_owned();
    let newest = table.moments.last();
    let year_before = newest.and_then(|m| {
        let before = m.period.same_last_year();
        table.moments.iter().find(|b| b.period == before)
    });
    let history = history(table, &title, of.body, locale);
    let in_view: Vec<_> = match history {
        Some(_) => table.moments.iter().collect(),
        None => newest.into_iter().chain(year_before).collect(),
    };
    let periods: Vec<Period> = in_view.iter().map(|m| m.period).collect();
    let lines: Vec<Line> = newest
        .into_iter()
        .chain(year_before)
        .map(|m| Line::of_period(m.period, of.area, m.figures.clone(), locale))
        .collect();
    let seen: Vec<Value> = values(&lines, &table.columns).collect();
    view! {
        {history}
        {grid(&title, &text!(locale, filters.period), &table.columns, lines, locale)}
        {event_notes(&events(table.population, of.body), &periods, locale)}
        {marks(seen.into_iter(), locale)}
    }
    .into_any()
}

/// The parts of the first column's item as columns, one row a period.
fn split(table: &ProfileTable, parts: &Parts, of: Of<'_>, locale: Locale) -> AnyView {
    let Some(&item) = table.columns.first() else { return ().into_any() };
    let codes: Vec<&str> = parts
        .periods
        .first()
        .map(|(_, rows)| rows.iter().map(|r| r.member.as_str()).collect())
        .unwrap_or_default();
    let figure = |rows: &[crate::data::Row], code: &str| {
        let row = rows.iter().find(|r| r.member == code);
        row.map_or_else(Figure::default, |r| r.figures.figure(item))
    };
    let rows = parts.periods.iter().map(|(period, rows)| Row {
        head: period_head(*period, of.area, locale),
        whole: false,
        cells: codes.iter().map(|code| Cell::of(item, figure(rows, code), locale)).collect(),
    });
    let ledger = Ledger {
        caption: format!("{}. {}", table.title.get(locale), parts.dim.name(locale)),
        corner: text!(locale, filters.period).into(),
        headings: codes
            .iter()
            .map(|code| parts.dim.members().name(code, locale).to_owned().into())
            .collect(),
        rows: rows.collect(),
        words: false,
    };
    let seen: Vec<Value> = parts
        .periods
        .iter()
        .flat_map(|(_, rows)| codes.iter().map(|code| figure(rows, code).value))
        .collect();
    let periods: Vec<Period> = parts.periods.iter().map(|(period, _)| *period).collect();
    let counted = format!("{}, {}", item.name(locale), item.unit().name(locale));
    view! {
        <p class="unit small">{counted}</p>
        {ledger.view(locale)}
        {event_notes(&events(table.population, of.body), &periods, locale)}
        {marks(seen.into_iter(), locale)}
    }
    .into_any()
}

/// Tables that stop at a level above, each with the member that has them.
fn above(
    tables: &[Above],
    here: &[ProfileTable],
    page: Page,
    dim: Dim,
    locale: Locale,
) -> Option<AnyView> {
    // Of a table whose other items stand on the page, those that don't.
    let missing = |t: &Above| {
        let is_here = |item: &Item| here.iter().any(|h| h.columns.contains(item));
        let (shown, missing): (Vec<Item>, Vec<Item>) = t.items.iter().partition(|i| is_here(i));
        let names: Vec<String> = missing.iter().map(|i| i.name(locale).to_lowercase()).collect();
        let told = !shown.is_empty() && !names.is_empty();
        told.then(|| format!(" ({})", names.join(", ")))
    };
    let items = tables
        .iter()
        .map(|t| {
            let name = dim.members().name(&t.member, locale).to_owned();
            let href = format!("{}#table-{}", page.path_of(locale, &t.member), t.id);
            view! {
                <li>
                    {t.title.get(locale).to_owned()} {missing(t)} ": " <a href=href>{name}</a> ", "
                    {frequency(t.frequency, locale)}
                </li>
            }
        })
        .collect_view();
    (!tables.is_empty()).then(|| {
        view! {
            <section aria-labelledby="above">
                <h2 id="above">{text!(locale, profile.above)}</h2>
                <p class="lead">{text!(locale, profile.above_lead)}</p>
                <ul class="notes">{items}</ul>
            </section>
        }
        .into_any()
    })
}

/// Lines of fewer than this would jump between a handful of steps; the table says the same.
const FEWEST_FOR_LINES: i64 = 6;

/// What came in and ended over time, or which days were due and held, for the tables that tell it.
fn history(table: &ProfileTable, title: &str, body: &str, locale: Locale) -> Option<AnyView> {
    const PAIRS: [[Item; 2]; 2] =
        [[Item::Ended, Item::Entered], [Item::DaysHead, Item::DaysRequired]];
    let told = |pair: &&[Item; 2]| pair.iter().all(|i| table.columns.contains(i));
    let pair = PAIRS.iter().find(told).filter(|_| table.moments.len() > 3)?;
    let values = table.moments.iter().flat_map(|m| pair.map(|i| m.figures.shown(i)));
    if values.flatten().max().unwrap_or(0) < FEWEST_FOR_LINES {
        return None;
    }
    let names = pair.map(|i| {
        let name = match i {
            Item::Ended => text!(locale, history.ended),
            Item::Entered => text!(locale, history.received),
            other => other.name(locale).to_owned(),
        };
        (i, name)
    });
    let with_late = pair
        .contains(&Item::Entered)
        .then(|| view! { <p class="small">{text!(locale, history.with_late)}</p> });
    let events = events(table.population, body);
    let drawn = trend(title, &table.moments, &names, &events, locale);
    Some(view! { <div class="trendbox" data-item=codes(pair)>{drawn} {with_late}</div> }.into_any())
}
