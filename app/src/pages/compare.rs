//! Places or bodies beside their peers: who stands outside what chance allows, in words, in a drawing
//! and in a table in the order of the alphabet. Nobody is ranked.

mod answer;
mod method;

use leptos::prelude::*;
use model::compare::Standing;
use model::format::percent;
use model::{Dim, Locale, Period};

use crate::charts::dots::Share;
use crate::charts::funnel::{Mark, funnel};
use crate::components::ask::{select, select_grouped};
use crate::components::figure::{figure, marks};
use crate::components::grid::UNBROKEN_DASH;
use crate::components::ledger::{Cell, Ledger, Row};
use crate::components::{lifetime, named_with_dates, period_name};
use crate::data::Value;
use crate::data::compare::{
    Chosen, Compared, Measure, Outcome, Page as Data, Setting, measures, parameter,
};
use crate::pages::head::document_head;
use crate::pages::sources_up_to;
use crate::reference::sort_by_name;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &Data, locale: Locale) -> AnyView {
    let title = text!(locale, compare.title);
    let measure = data.measure;
    let question = measure.question.get(locale).to_owned();
    let found = data.chosen.as_ref().map(|chosen| {
        let named = Named::all(measure, chosen, locale);
        view! {
            {answer::section(measure, chosen, &named, locale)}
            {plot(measure, chosen, &named, locale)}
            {table(measure, chosen, &named, locale)}
        }
    });
    let nothing = data.chosen.is_none().then(
        || view! { <p class="callout" role="status">{text!(locale, compare.unpublished)}</p> },
    );
    let heading = format!("{title}: {}", measure.name.get(locale));
    view! {
        {document_head(&heading, &question, data.release.simulated, locale)}
        <p class="crumb">
            <a href=Page::Supervision.path(locale)>{text!(locale, supervision.title)}</a>
            " · "
            {sources_up_to(&data.release, locale)}
        </p>
        <h1>{title.clone()}</h1>
        <p class="lead">{question.clone()}</p>
        {form(data, locale)}
        {nothing}
        {found}
        {method::section(measure, data.chosen.as_ref(), locale)}
    }
    .into_any()
}

/// One of those compared, with its name.
struct Named<'a> {
    name: String,
    row: &'a Compared,
}

impl<'a> Named<'a> {
    /// All, in the order of the alphabet.
    fn all(measure: &Measure, chosen: &'a Chosen, locale: Locale) -> Vec<Self> {
        let members = measure.dim.members();
        let name = |row: &Compared| members.name(&row.member, locale).to_owned();
        let rows = chosen.comparison.rows.iter();
        let mut all: Vec<Self> = rows.map(|row| Self { name: name(row), row }).collect();
        sort_by_name(&mut all, locale, |one| &one.name);
        all
    }
}

/// What one of those compared is.
fn noun(dim: Dim, locale: Locale) -> String {
    match dim {
        Dim::Body => text!(locale, profile.noun_body),
        _ => text!(locale, profile.noun_place),
    }
}

/// The name of the member whose parts are compared, or of a setting.
fn peers_name(measure: &Measure, code: &str, locale: Locale) -> String {
    if let Some(setting) = Setting::from_code(code) {
        return setting_name(measure, setting, locale);
    }
    let name = measure.dim.members().name(code, locale).to_owned();
    if code == measure.dim.total() { text!(locale, compare.peers_all, name = name) } else { name }
}

fn setting_name(measure: &Measure, setting: Setting, locale: Locale) -> String {
    match (setting, measure.level.as_str()) {
        (Setting::Urban, "district") => text!(locale, compare.urban_district),
        (Setting::Rural, "district") => text!(locale, compare.rural_district),
        (Setting::Urban, "commune_body") => text!(locale, compare.urban_commune),
        (Setting::Rural, "commune_body") => text!(locale, compare.rural_commune),
        (Setting::Urban, _) => text!(locale, compare.urban_unit),
        (Setting::Rural, _) => text!(locale, compare.rural_unit),
    }
}

/// The choice of peers: parts of a member, and settings by themselves.
fn peers_choice(measure: &Measure, chosen: &Chosen, locale: Locale) -> AnyView {
    let named = |code: &String| (code.clone(), peers_name(measure, code, locale));
    let (settings, parts): (Vec<_>, Vec<_>) =
        chosen.choices.iter().map(named).partition(|(code, _)| Setting::from_code(code).is_some());
    let mut groups = vec![
        (text!(locale, compare.peers_parts), parts),
        (text!(locale, compare.peers_settings), settings),
    ];
    groups.retain(|(_, options)| !options.is_empty());
    select_grouped(parameter::PEERS, text!(locale, compare.peers), &chosen.peers, groups)
}

fn form(data: &Data, locale: Locale) -> AnyView {
    let Data { measure, chosen, .. } = data;
    let all = measures().iter().map(|m| (m.id.as_str(), m.name.get(locale).to_owned()));
    let narrower = chosen.as_ref().map(|chosen| {
        let periods = data.periods.iter().map(|p| (p.to_string(), named_with_dates(*p, locale)));
        let period = chosen.period.to_string();
        view! {
            {peers_choice(measure, chosen, locale)}
            {select(parameter::PERIOD, text!(locale, filters.period), &period, periods)}
        }
    });
    view! {
        <form class="ask" method="get" action=Page::Compare.path(locale)>
            <fieldset>
                <legend>{text!(locale, compare.ask)}</legend>
                {select(parameter::MEASURE, text!(locale, compare.measure), &measure.id, all)}
                {narrower}
                <button type="submit">{text!(locale, compare.submit)}</button>
            </fieldset>
        </form>
    }
    .into_any()
}

/// The address of the comparison of `measure` among `peers` in `period`.
fn address(measure: &Measure, peers: &str, period: Period, locale: Locale) -> String {
    let path = Page::Compare.path(locale);
    let [m, p, t] = [parameter::MEASURE, parameter::PEERS, parameter::PERIOD];
    format!("{path}?{m}={}&{p}={peers}&{t}={period}", measure.id)
}

/// What is said of an outcome.
fn outcome(outcome: Outcome, locale: Locale) -> String {
    let fewest = model::compare::FEWEST;
    match outcome {
        Outcome::Compared(Standing::FarHigher) => text!(locale, compare.far_higher),
        Outcome::Compared(Standing::Higher) => text!(locale, compare.higher),
        Outcome::Compared(Standing::Within) => text!(locale, compare.within),
        Outcome::Compared(Standing::Lower) => text!(locale, compare.lower),
        Outcome::Compared(Standing::FarLower) => text!(locale, compare.far_lower),
        Outcome::Compared(Standing::TooFew) | Outcome::TooFew => {
            text!(locale, compare.too_few, fewest = fewest)
        }
        Outcome::Withheld => text!(locale, compare.withheld),
        Outcome::None => text!(locale, compare.none),
        Outcome::Gone => text!(locale, compare.gone),
        Outcome::Alone => text!(locale, compare.alone),
    }
}

fn plot(
    measure: &Measure,
    chosen: &Chosen,
    named: &[Named<'_>],
    locale: Locale,
) -> Option<AnyView> {
    let mark = |n: &Named<'_>| {
        let (share, standing) = match n.row.outcome {
            Outcome::Compared(standing) => (n.row.share, standing),
            _ => (None, Standing::TooFew),
        };
        Mark { name: n.name.clone(), share, standing }
    };
    let dots: Vec<Mark> = named.iter().map(mark).collect();
    let of = measure.denominator;
    let (item, unit) = (of.name(locale), of.unit().name(locale));
    let sizes = text!(locale, compare.sizes, item = item, unit = unit);
    let title = text!(locale, compare.plot);
    let name = format!("{}. {}", measure.name.get(locale), title);
    let drawn = funnel(&name, &dots, chosen.comparison.common?, &sizes, locale)?;
    let reading = text!(
        locale,
        compare.reading,
        noun = noun(measure.dim, locale),
        fewest = model::compare::FEWEST
    );
    let codes = crate::components::codes(&[measure.numerator, of]);
    Some(
        view! {
            <section aria-labelledby="plot">
                <h2 id="plot">{title.clone()}</h2>
                <figure>
                    <div class="dotbox" data-item=codes>
                        {drawn}
                        <p class="small">{reading}</p>
                    </div>
                    <figcaption>{to_table(measure, chosen, locale)}</figcaption>
                </figure>
            </section>
        }
        .into_any(),
    )
}

/// A link to the table with the figures that are compared.
fn to_table(measure: &Measure, chosen: &Chosen, locale: Locale) -> AnyView {
    let table = Page::Table.path_of(locale, &measure.table);
    let href = format!("{table}{}", chosen.table.to_query());
    view! { <a href=href>{text!(locale, compare.to_table)}</a> }.into_any()
}

fn table(measure: &Measure, chosen: &Chosen, named: &[Named<'_>], locale: Locale) -> AnyView {
    let title = text!(locale, compare.table, noun = noun(measure.dim, locale));
    let mixed = chosen.comparison.mixed;
    let items = [measure.numerator, measure.denominator];
    let derived =
        [text!(locale, share), text!(locale, dots.interval), text!(locale, compare.standing)];
    let names = items.iter().map(|item| item.name(locale).to_owned()).chain(derived);
    let names = names.chain(mixed.then(|| text!(locale, compare.mix)));
    let period = chosen.period;
    let peers = peers_name(measure, &chosen.peers, locale);
    let ledger = Ledger {
        caption: format!("{}. {peers}, {}", measure.name.get(locale), period_name(period, locale)),
        corner: measure.dim.name(locale).to_owned().into(),
        headings: names.map(Into::into).collect(),
        rows: named.iter().map(|n| row(measure, n, period, mixed, locale)).collect(),
        words: false,
    };
    let figures = |n: &Named<'_>| [n.row.numerator.value, n.row.denominator.value];
    // Of the mix the table has no counts.
    let mix = named.iter().filter(|_| mixed).flat_map(|n| n.row.mix);
    let seen = named.iter().flat_map(figures).chain(mix.filter(|v| v.shown().is_none()));
    let unit = measure.denominator.unit().name(locale);
    let without_plot = chosen.comparison.common.is_none();
    let without_plot =
        without_plot.then(|| view! { <p class="small">{to_table(measure, chosen, locale)}</p> });
    view! {
        <section aria-labelledby="table">
            <h2 id="table">{title}</h2>
            <p class="lead">{text!(locale, compare.table_lead)}</p>
            <p class="unit small">{text!(locale, unit_of_count, unit = unit)}</p>
            {ledger.view(locale)}
            {marks(seen, locale)}
            {without_plot}
        </section>
    }
    .into_any()
}

fn row(measure: &Measure, named: &Named<'_>, period: Period, mixed: bool, locale: Locale) -> Row {
    let Named { name, row } = named;
    let share = Share {
        name: name.clone(),
        numerator: row.numerator.value,
        denominator: row.denominator.value,
    };
    let instead = || match share.missing() {
        Some(value) => figure(value, locale),
        None => text!(locale, dots.of_nothing).into_any(),
    };
    let words = |words: Option<String>| Cell::from(words.map_or_else(instead, IntoAny::into_any));
    let interval = share.interval(locale).map(|text| text.replace('–', UNBROKEN_DASH));
    let silent =
        row.unreported.then(|| view! { <small>{text!(locale, compare.unreported)}</small> });
    let said = outcome(row.outcome, locale);
    let said = match row.outcome {
        Outcome::Compared(Standing::Within) => said.into_any(),
        Outcome::Compared(_) => view! { <b>{said}</b> }.into_any(),
        _ => view! { <span class="dim">{said}</span> }.into_any(),
    };
    let mut cells = vec![
        Cell::of(measure.numerator, row.numerator, locale),
        Cell::of(measure.denominator, row.denominator, locale),
        words(share.percent(locale)),
        words(interval),
        view! { <span>{said} {silent}</span> }.into_any().into(),
    ];
    if mixed {
        cells.push(mix(row.mix, locale).into());
    }
    let note =
        lifetime(&row.member, period, locale).map(|note| view! { " " <small>{note}</small> });
    let href = Page::of_member(measure.dim).map(|page| page.path_of(locale, &row.member));
    Row { head: view! { <a href=href>{name.clone()}</a> {note} }.into_any(), whole: false, cells }
}

/// How many of the cases that entered are about land, in per cent, if both parts are shown.
fn mix([land, other]: [Value; 2], locale: Locale) -> AnyView {
    let missing = [land, other].into_iter().find(|v| v.shown().is_none());
    let share = land.shown().zip(other.shown());
    let share = share.and_then(|(land, other)| percent(land, land + other, locale));
    match (share, missing) {
        (Some(share), _) => share.into_any(),
        (None, Some(value)) => figure(value, locale),
        (None, None) => text!(locale, dots.of_nothing).into_any(),
    }
}

#[cfg(test)]
mod tests;
