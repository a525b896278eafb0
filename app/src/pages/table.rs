//! The page of a published table. It follows from the table's definition alone.

pub(crate) mod completion;
pub(crate) mod downloads;
pub(crate) mod picture;
pub(crate) mod rate;
mod series;
pub(crate) mod words;

use leptos::prelude::*;
use model::table::PeriodKind;
use model::{Dim, Item, Locale};

use self::picture::Picture;
use self::words::{citation, happened, period_words, slice_words};
use super::explore;
use super::unpublished::unpublished;
use super::{source, sources_up_to};
use crate::arrange::{Arrangement, By, Request};
use crate::components::event_notes::event_notes;
use crate::components::figure::marks_with;
use crate::components::filters::{Choice, filters};
use crate::components::grid::{Line, grid, values};
use crate::components::meaning::meanings;
use crate::components::term::prose;
use crate::components::{capital, lifetime};
use crate::data::Value;
use crate::data::table::TablePage as Data;
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &Data, locale: Locale) -> AnyView {
    let definition = &data.definition;
    let title = definition.title.get(locale).to_owned();
    let lead = definition.question(&data.columns).get(locale).to_owned();
    let lines = lines(data, locale);
    let seen: Vec<Value> = values(&lines, &data.columns).collect();
    let caption = format!("{title}. {}", slice_words(data, locale));
    let corner = match &data.arrangement.by {
        By::Period => text!(locale, filters.period),
        By::Members(dim, _) => dim.name(locale).to_owned(),
    };
    let drawing = Picture::of(data);
    let notes = definition
        .notes
        .iter()
        .map(|note| view! { <li>{note.get(locale).to_owned()}</li> })
        .collect_view();
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">
            <a href=Page::Tables.path(locale)>{text!(locale, nav.tables)}</a>
            " · "
            {match data.arrangement.by {
                By::Period => sources_up_to(&data.release, locale),
                By::Members(..) => source(&data.release, locale),
            }}
        </p>
        <h1>{title.clone()}</h1>
        <p class="lead hinted">{prose(&data.question, "lead", locale)}</p>
        {filters(Page::Table.path_of(locale, &definition.id), choices(data, locale), locale)}
        {unpublished(&data.unpublished, &data.arrangement.request(), &|r| address(data, r, locale), locale)}
        <section aria-labelledby="figures">
            <h2 id="figures">{capital(&slice_words(data, locale))}</h2>
            <p class="lead">{period_words(data, locale)}</p>
            <figure>
                {drawing.map(|picture| picture.view(data, locale))}
                {grid(&caption, &corner, &data.columns, lines, locale)}
                {of_whole_alone(data, &|r| address(data, r, locale), locale)}
                {event_notes(&happened(data), &data.periods(), locale)}
            </figure>
            <p class="small onscreen">{text!(locale, figure.hint)}</p>
            {marks_with(seen.into_iter(), why_absent(&data.arrangement.by, locale), locale)}
            {meanings(&data.meanings, locale)}
            {downloads::files(data, drawing.map(|_| downloads::ITEM), locale)}
            <p class="small onscreen">
                <a rel="nofollow" href=explore::address(
                    &definition.id,
                    &data.arrangement.request(),
                    locale,
                )>{text!(locale, explore.link)}</a>
            </p>
        </section>
        {completion::section(data, locale)}
        {rate::section(data, locale)}
        {series::section(data, locale)}
        <section aria-labelledby="notes">
            <h2 id="notes">{text!(locale, table.notes)}</h2>
            <ul class="notes">
                {notes}
                <li>
                    {text!(locale, table.report_periods)}
                    " "
                    <a class="onscreen" href=Page::Methods.path(locale)>{text!(locale, table.methods)}</a>
                </li>
                <li>{text!(locale, table.cite)} " " {citation(data, locale)}</li>
            </ul>
        </section>
    }
    .into_any()
}

/// Which figures the whole alone has, and where they are; `to` is the address of a request.
pub(super) fn of_whole_alone(
    data: &Data,
    to: &dyn Fn(&Request) -> String,
    locale: Locale,
) -> Option<AnyView> {
    let dim = data.arrangement.by.dim()?;
    let (items, series) = data.of_whole_alone()?;
    let names: Vec<String> = items.iter().map(|item| item.name(locale).to_owned()).collect();
    let words = text!(
        locale,
        table.of_whole,
        name = dim.members().name(dim.total(), locale),
        items = names.join("; ")
    );
    Some(
        view! {
            <p class="small">
                {words} " " <a href=to(&series)>{text!(locale, table.of_whole_link)}</a>
            </p>
        }
        .into_any(),
    )
}

/// The address of `request` to the page's table.
fn address(data: &Data, request: &Request, locale: Locale) -> String {
    format!("{}{}", Page::Table.path_of(locale, &data.definition.id), request.to_query())
}

/// Why a cell has no figure, by what the rows are.
pub(crate) fn why_absent(by: &By, locale: Locale) -> String {
    match by {
        By::Period => text!(locale, marks.absent_period),
        By::Members(Dim::Kind, _) => text!(locale, marks.absent_kind),
        By::Members(..) => text!(locale, marks.absent_level),
    }
}

fn lines(data: &Data, locale: Locale) -> Vec<Line> {
    let base = Page::Table.path_of(locale, &data.definition.id);
    match &data.arrangement.by {
        // The newest on top: that is what most readers look for.
        By::Period => data
            .moments
            .iter()
            .rev()
            .map(|m| {
                let area = data.arrangement.member(Dim::Area);
                Line::of_period(m.period, area, m.figures.clone(), locale)
            })
            .collect(),
        By::Members(dim, _) => data
            .rows
            .iter()
            .map(|row| Line {
                name: dim.members().name(&row.member, locale).to_owned(),
                note: (*dim == Dim::Body)
                    .then(|| lifetime(&row.member, data.arrangement.period, locale))
                    .flatten(),
                href: Some(format!("{base}{}", data.arrangement.series_of(&row.member).to_query())),
                whole: row.member == dim.total(),
                part: is_part(*dim, &row.member, &data.rows),
                figures: row.figures.clone(),
            })
            .collect(),
    }
}

/// True if the row of `member` is a part of another row that is not the whole.
fn is_part(dim: Dim, member: &str, rows: &[crate::data::Row]) -> bool {
    let parent = dim.members().get(member).and_then(|m| m.parent.as_deref());
    parent.is_some_and(|code| code != dim.total() && rows.iter().any(|r| r.member == code))
}

fn choices(data: &Data, locale: Locale) -> Vec<Choice> {
    let a = &data.arrangement;
    let mut out = Vec::new();
    if a.choices.len() > 1 {
        out.push(Choice {
            name: "by",
            label: text!(locale, filters.rows),
            options: a.choices.iter().map(|by| (by.to_string(), rows_name(by, locale))).collect(),
            chosen: a.by.to_string(),
        });
    }
    out.extend(each_choice(a, locale));
    if a.by != By::Period && a.series.len() > 1 {
        out.push(Choice {
            name: "period",
            label: text!(locale, filters.period),
            options: a.series.iter().map(|p| (p.to_string(), capital(&p.name(locale)))).collect(),
            chosen: a.period.to_string(),
        });
    }
    for filter in a.filters.iter().filter(|f| f.options.len() > 1) {
        let names = filter.dim.members();
        out.push(Choice {
            name: filter.dim.code(),
            label: filter.dim.name(locale).to_owned(),
            options: filter
                .options
                .iter()
                .map(|code| (code.clone(), names.name(code, locale).to_owned()))
                .collect(),
            chosen: filter.chosen.clone(),
        });
    }
    if data.columns.len() > 1 {
        out.push(item_choice(a, &data.columns, locale));
    }
    out
}

/// Which kind of periods the rows are, if there are several: some figures are published by year alone.
pub(crate) fn each_choice(a: &Arrangement, locale: Locale) -> Option<Choice> {
    let name = |each: &PeriodKind| match each {
        PeriodKind::Quarter => text!(locale, explore.quarters),
        PeriodKind::Cumulative => text!(locale, explore.cumulative),
        PeriodKind::Year => text!(locale, explore.years),
    };
    (a.is_series() && a.each.len() > 1).then(|| Choice {
        name: "each",
        label: text!(locale, explore.each),
        options: a.each.iter().map(|each| (each.code().to_owned(), name(each))).collect(),
        chosen: PeriodKind::of(a.period).code().to_owned(),
    })
}

fn item_choice(a: &Arrangement, columns: &[Item], locale: Locale) -> Choice {
    Choice {
        name: "item",
        label: text!(locale, filters.item),
        options: columns.iter().map(|i| (i.code().to_owned(), i.name(locale).to_owned())).collect(),
        chosen: a.measure.item().code().to_owned(),
    }
}

/// What rows of a kind are called.
pub(crate) fn rows_name(by: &By, locale: Locale) -> String {
    let By::Members(dim, level) = by else { return text!(locale, rows.period) };
    match (dim, level.as_str()) {
        (Dim::Area, "region") => text!(locale, rows.region),
        (Dim::Area, "district") => text!(locale, rows.district),
        (Dim::Area, "commune") => text!(locale, rows.commune),
        (Dim::Body, "class") => text!(locale, rows.body_class),
        (Dim::Body, "group") => text!(locale, rows.body_group),
        (Dim::Body, "unit") => text!(locale, rows.body_unit),
        (Dim::Body, "commune_body") => text!(locale, rows.body_commune),
        (Dim::Field, "land") => text!(locale, rows.land),
        (Dim::Referrer, "group") => text!(locale, rows.referrer_group),
        _ => dim.name(locale).to_owned(),
    }
}
