//! The page of a published table. It follows from the table's definition alone.

use leptos::prelude::*;
use model::event::{Event, events};
use model::{Dim, Item, Locale, Period};

use super::{source, sources_up_to, use_locale, use_query, use_subject};
use crate::arrange::{Arrangement, By, Request};
use crate::charts::bars::{Bar, Tone, bars, is_part};
use crate::charts::map::commune_map;
use crate::charts::trend::trend;
use crate::components::event_notes::event_notes;
use crate::components::figure::marks_with;
use crate::components::filters::{Choice, filters};
use crate::components::grid::{Line, grid, is_overdue, values};
use crate::components::head::document_head;
use crate::components::load::load;
use crate::components::meaning::meanings;
use crate::components::term::prose;
use crate::components::{capital, commune_dates, covered_from, dates, day, days, lifetime};
use crate::data::Value;
use crate::data::table::{TablePage as Data, table};
use crate::routes::Page;
use crate::text::text;

/// A drawing with more bars than this says less than the table under it.
const MOST_BARS: usize = 40;

/// The page of the table in the address.
#[component]
pub fn TablePage() -> impl IntoView {
    let locale = use_locale();
    let id = use_subject();
    let request = use_query(|get| Request::from_query(get));
    let data = Resource::new(
        move || (id.get(), request.get()),
        move |(id, request)| table(id, request, locale),
    );
    load(data, locale, move |data| page(&data, locale))
}

fn page(data: &Data, locale: Locale) -> AnyView {
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
        <section aria-labelledby="figures">
            <h2 id="figures">{capital(&slice_words(data, locale))}</h2>
            <p class="lead">{period_words(data, locale)}</p>
            <figure>
                {drawing(data, &lines, locale)}
                {grid(&caption, &corner, &data.columns, lines, locale)}
                {event_notes(&happened(data), &periods(data), locale)}
            </figure>
            {marks_with(seen.into_iter(), why_absent(&data.arrangement.by, locale), locale)}
            {meanings(&data.meanings, locale)}
            <p class="small">
                <a href=download_address(data, locale) download>
                    {text!(locale, table.download)}
                </a>
            </p>
        </section>
        <section aria-labelledby="notes">
            <h2 id="notes">{text!(locale, table.notes)}</h2>
            <ul class="notes">
                {notes}
                <li>
                    {text!(locale, table.report_periods)}
                    " "
                    <a href=Page::Methods.path(locale)>{text!(locale, table.methods)}</a>
                </li>
                <li>{citation(data, locale)}</li>
            </ul>
        </section>
    }
    .into_any()
}

/// Where the figures on the page are as a file.
fn download_address(data: &Data, locale: Locale) -> String {
    let asked = data.arrangement.request().to_query();
    let more = if asked.is_empty() { '?' } else { '&' };
    format!("/api/v1/tables/{}.csv{asked}{more}lang={locale}", data.definition.id)
}

/// What to write as the source of these figures.
fn citation(data: &Data, locale: Locale) -> String {
    let site = text!(locale, site.full_name);
    let table = data.definition.title.get(locale);
    let what = slice_words(data, locale);
    let (period, dates) = covered(data, locale);
    let period = period.map_or_else(|| dates.clone(), |name| format!("{name} ({dates})"));
    let release = match data.arrangement.by {
        By::Period => text!(locale, release.sources_up_to),
        By::Members(..) => text!(locale, release.source),
    };
    let (id, day) = (data.release.id, day(data.release.published_on, locale));
    let published = text!(locale, release.published_on, day = day);
    let simulated = data.release.simulated.then(|| text!(locale, notice.simulated).to_lowercase());
    let simulated = simulated.map(|words| format!(" ({words})")).unwrap_or_default();
    let cite = text!(locale, table.cite);
    format!("{cite} {site}, “{table}”, {what}, {period}; {release} {id}, {published}{simulated}.")
}

/// Why a cell has no figure, by what the rows are.
fn why_absent(by: &By, locale: Locale) -> String {
    match by {
        By::Period => text!(locale, marks.absent_period),
        By::Members(Dim::Kind, _) => text!(locale, marks.absent_kind),
        By::Members(..) => text!(locale, marks.absent_level),
    }
}

/// What the figures are limited to, in words: the members chosen along the filters.
fn slice_words(data: &Data, locale: Locale) -> String {
    let dims = data.definition.dimensions();
    let mut words: Vec<String> = data
        .arrangement
        .filters
        .iter()
        .filter(|f| dims.contains(&f.dim))
        .map(|f| f.dim.members().name(&f.chosen, locale).to_owned())
        .collect();
    if words.is_empty() {
        words.push(Dim::Area.members().name(Dim::Area.total(), locale).to_owned());
    }
    words.join(" · ")
}

/// The period with its exact days.
fn period_words(data: &Data, locale: Locale) -> String {
    let (period, dates) = covered(data, locale);
    let figures = text!(locale, figures_from, dates = dates);
    period.map_or_else(|| capital(&figures), |name| format!("{} · {figures}", capital(&name)))
}

/// The name of the period, unless there are several, and the days that the figures cover.
fn covered(data: &Data, locale: Locale) -> (Option<String>, String) {
    let a = &data.arrangement;
    match (&a.by, data.moments.first(), data.moments.last()) {
        (By::Period, Some(first), Some(last)) => {
            let from = covered_from(first.period.start(), a.member(Dim::Area));
            (None, days(from, last.period.end(), locale))
        }
        (by, ..) => {
            let of_communes = matches!(by, By::Members(Dim::Area, level) if level == "commune");
            let days = if of_communes { commune_dates } else { dates };
            (Some(a.period.name(locale)), days(a.period, locale))
        }
    }
}

/// The periods of the figures.
fn periods(data: &Data) -> Vec<Period> {
    match data.arrangement.by {
        By::Period => data.moments.iter().map(|m| m.period).collect(),
        By::Members(..) => vec![data.arrangement.period],
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
                figures: row.figures.clone(),
            })
            .collect(),
    }
}

/// The events to know when reading the figures.
fn happened(data: &Data) -> Vec<Event> {
    events(data.definition.population, data.arrangement.member(Dim::Body))
}

fn drawing(data: &Data, lines: &[Line], locale: Locale) -> Option<AnyView> {
    let item = data.arrangement.item;
    let title = format!("{}, {}", item.name(locale), item.unit().name(locale));
    let heading = || view! { <h3>{capital(&title)}</h3> };
    match &data.arrangement.by {
        By::Period if data.moments.len() > 1 => {
            let names = [(item, item.name(locale).to_owned())];
            let drawn = trend(&title, &data.moments, &names, &happened(data), locale);
            Some(view! { {heading()} <div class="trendbox">{drawn}</div> }.into_any())
        }
        By::Members(dim, level) if *dim == Dim::Area && level == "commune" => {
            let map = commune_map(&title, &data.rows, item, locale);
            Some(view! { {heading()} <div class="mapbox">{map}</div> }.into_any())
        }
        By::Members(dim, _) if (2..=MOST_BARS).contains(&lines.len()) => {
            let drawn = data
                .rows
                .iter()
                .filter(|r| r.member != dim.total())
                .map(|r| Bar {
                    name: dim.members().name(&r.member, locale).to_owned(),
                    href: None,
                    part: is_part(*dim, &r.member, &data.rows),
                    value: r.figures.get(item),
                })
                .collect();
            let tone = tone(item);
            let bars = bars(&title, dim.name(locale), item.name(locale), drawn, None, tone, locale);
            Some(view! { {heading()} <div class="barbox">{bars}</div> }.into_any())
        }
        _ => None,
    }
}

const fn tone(item: Item) -> Tone {
    if is_overdue(item) {
        return Tone::Late;
    }
    match item {
        Item::Entered | Item::Received | Item::PetitionsReceived | Item::Referred => Tone::In,
        _ => Tone::Done,
    }
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

fn item_choice(a: &Arrangement, columns: &[Item], locale: Locale) -> Choice {
    Choice {
        name: "item",
        label: text!(locale, filters.item),
        options: columns.iter().map(|i| (i.code().to_owned(), i.name(locale).to_owned())).collect(),
        chosen: a.item.code().to_owned(),
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
        _ => dim.name(locale).to_owned(),
    }
}
