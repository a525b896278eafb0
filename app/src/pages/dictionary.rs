//! The data dictionary: what is counted, at which levels, what the columns of downloads and the
//! marks are, and what each table crosses. Names, units and sums are those of the code lists.

use leptos::prelude::*;
use model::item::{Population, TimeRule};
use model::table::Crossing;
use model::{Dim, Item, Locale, Status};

use super::glossary::{item_link, listed, noted, to_top};
use super::source;
use super::table::rows_name;
use crate::arrange::By;
use crate::components::meaning::body;
use crate::components::{capital, frequency};
use crate::data::dictionary::{Dictionary, Dimension, Level, Table};
use crate::data::words::Meaning;
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// More members than this are not listed but counted.
const MOST_LISTED: usize = 12;

/// The page.
pub(super) fn page(data: &Dictionary, locale: Locale) -> AnyView {
    let title = text!(locale, explain.dictionary);
    let lead = text!(locale, explain.dictionary_lead);
    let sections = [
        ("items", text!(locale, explain.items), items(data, locale)),
        ("dimensions", text!(locale, explain.dimensions), dimensions(&data.dimensions, locale)),
        ("columns", text!(locale, explain.columns), columns(data, locale)),
        ("marks", text!(locale, explain.marks), marks(locale)),
        ("tables", text!(locale, explain.tables), tables(&data.tables, locale)),
    ];
    let link = |id: String, name: String| view! { <li><a href=format!("#{id}")>{name}</a></li> };
    let populations = Population::ALL
        .iter()
        .map(|&p| link(anchor(p), format!("{}: {}", text!(locale, explain.items), p.name(locale))));
    let others = sections[1..].iter().map(|(id, name, _)| link((*id).to_owned(), name.clone()));
    let contents = populations.chain(others).collect_view();
    let sections = sections
        .into_iter()
        .map(|(id, name, content)| {
            view! {
                <section aria-labelledby=id>
                    <h2 id=id>{name}</h2>
                    {content}
                    {to_top(locale)}
                </section>
            }
        })
        .collect_view();
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">
            <a href=Page::Methods.path(locale)>{text!(locale, nav.methods)}</a>
            " · "
            {source(&data.release, locale)}
        </p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        <ul class="columns contents">{contents}</ul>
        {sections}
    }
    .into_any()
}

/// The anchor of the items of `population`.
fn anchor(population: Population) -> String {
    format!("items-{population:?}").to_lowercase()
}

fn items(data: &Dictionary, locale: Locale) -> AnyView {
    let (shown, hidden): (Vec<_>, Vec<_>) =
        data.items.iter().partition(|m| data.tables.iter().any(|t| t.shows(m.item)));
    let of = |population: Population| {
        let items = shown.iter().filter(|m| m.item.population() == population);
        let items = items.map(|m| item(m, &data.tables, locale)).collect_view();
        view! {
            <h3 id=anchor(population)>{population.name(locale)}</h3>
            <dl class="entries">{items}</dl>
        }
    };
    let count = hidden.len();
    let hidden = hidden.into_iter().map(|m| item(m, &data.tables, locale)).collect_view();
    let hidden = (count > 0).then(|| {
        view! {
            <details>
                <summary>{text!(locale, explain.hidden, count = count)}</summary>
                <dl class="entries">{hidden}</dl>
            </details>
        }
    });
    let entries = Population::ALL.iter().map(|&p| of(p)).collect_view();
    let index = shown.iter().map(|m| view! { <li>{item_link(m.item, locale)}</li> });
    view! {
        <details>
            <summary>{text!(locale, explain.item_index, count = shown.len())}</summary>
            <ul class="columns">{index.collect_view()}</ul>
        </details>
        {entries}
        {hidden}
    }
    .into_any()
}

fn item(meaning: &Meaning, tables: &[Table], locale: Locale) -> AnyView {
    let item = meaning.item;
    let ways = item.parts().iter().enumerate().map(|(way, parts)| {
        let or = (way > 0).then(|| format!("; {} ", text!(locale, explain.or)));
        let parts = parts.iter().enumerate().map(|(i, &part)| {
            let sign = if i > 0 { " + " } else { "" };
            view! { {sign} {item_link(part, locale)} }
        });
        view! { {or} {parts.collect_view()} }
    });
    let ways = (!item.parts().is_empty()).then(|| ways.collect_view());
    let adds = ways.map(|ways| noted(text!(locale, explain.adds), ways.into_any()));
    let over_time = match item.time_rule() {
        TimeRule::Flow => text!(locale, explain.flow),
        TimeRule::Opening => text!(locale, explain.opening),
        TimeRule::Closing => text!(locale, explain.closing),
        TimeRule::Cohort => text!(locale, explain.cohort),
        TimeRule::Sum => text!(locale, explain.sum),
    };
    let shown: Vec<AnyView> =
        tables.iter().filter(|t| t.shows(item)).map(|t| link(t, locale)).collect();
    view! {
        <div id=item.code()>
            <dt>{item.name(locale)} " " <code>{item.code()}</code></dt>
            <dd class="hinted">
                {body(meaning, locale)}
                {noted(text!(locale, explain.unit), item.unit().name(locale).into_any())}
                {adds}
                {noted(text!(locale, explain.over_time), over_time.into_any())}
                {listed(text!(locale, explain.in_tables), shown)}
            </dd>
        </div>
    }
    .into_any()
}

fn link(table: &Table, locale: Locale) -> AnyView {
    view! { <a href=Page::Table.path_of(locale, &table.id)>{table.title.clone()}</a> }.into_any()
}

fn dimensions(dimensions: &[Dimension], locale: Locale) -> AnyView {
    let dimension = |d: &Dimension| {
        let levels = d.levels.iter().map(|l| level(d.dim, l, locale)).collect_view();
        let id = format!("dimension-{}", d.dim.code());
        view! {
            <h3 id=id>{d.dim.name(locale)} " " <code>{d.dim.code()}</code></h3>
            <p class="lead">{d.text.clone()}</p>
            <dl class="terms">{levels}</dl>
        }
    };
    dimensions.iter().map(dimension).collect_view().into_any()
}

fn level(dim: Dim, level: &Level, locale: Locale) -> AnyView {
    let members: Vec<_> = dim.members().at_level(&level.code).collect();
    let listed = if members.len() <= MOST_LISTED {
        let member = |m: &&model::dimension::Member| {
            view! { <li>{m.name.get(locale).to_owned()} " " <code>{m.code.clone()}</code></li> }
        };
        view! { <ul class="members">{members.iter().map(member).collect_view()}</ul> }.into_any()
    } else {
        let all = match dim {
            Dim::Area => Some(Page::Areas),
            Dim::Body => Some(Page::Bodies),
            Dim::Field => Some(Page::Fields),
            Dim::Kind | Dim::Referrer => None,
        };
        let count = text!(locale, explain.members, count = members.len());
        let count = match all {
            Some(page) => view! { <a href=page.path(locale)>{count}</a> }.into_any(),
            None => count.into_any(),
        };
        view! { <p class="small">{count}</p> }.into_any()
    };
    view! {
        <div>
            <dt>{level.name.clone()} " " <code>{level.code.clone()}</code></dt>
            <dd>{level.text.clone().map(|text| view! { <p>{text}</p> })} {listed}</dd>
        </div>
    }
    .into_any()
}

fn columns(data: &Dictionary, locale: Locale) -> AnyView {
    let columns = data
        .columns
        .iter()
        .map(|c| {
            view! {
                <div id=format!("column-{}", c.code)>
                    <dt>
                        <code>{c.code.clone()}</code>
                    </dt>
                    <dd>{c.text.clone()}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <p class="lead">{text!(locale, explain.columns_lead)}</p>
        <dl class="terms">{columns}</dl>
    }
    .into_any()
}

/// What the marks of files and pages mean.
pub(super) fn marks(locale: Locale) -> AnyView {
    let about = |status: Status| match status {
        Status::Shown => {
            (text!(locale, methods.mark_shown_sign), text!(locale, methods.mark_shown))
        }
        Status::Withheld => ("x".to_owned(), text!(locale, marks.withheld)),
        Status::NotCollected => (":".to_owned(), text!(locale, marks.not_collected)),
        Status::NotApplicable => (".".to_owned(), text!(locale, marks.not_applicable)),
    };
    let rows = Status::ALL
        .iter()
        .map(|&status| {
            let (sign, words) = about(status);
            view! { <div><dt>{sign}</dt><dd>{words}</dd></div> }
        })
        .collect_view();
    view! {
        <dl class="terms">
            {rows}
            <div>
                <dt>"–"</dt>
                <dd>{text!(locale, marks.absent)}</dd>
            </div>
        </dl>
    }
    .into_any()
}

fn tables(tables: &[Table], locale: Locale) -> AnyView {
    let table = |table: &Table| {
        let crossings =
            table.crossings.iter().map(|c| view! { <li>{crossing(c, locale)}</li> }).collect_view();
        view! {
            <div id=format!("table-{}", table.id)>
                <dt>{link(table, locale)} " " <code>{table.id.clone()}</code></dt>
                <dd>
                    <ul class="notes">{crossings}</ul>
                </dd>
            </div>
        }
    };
    let tables = tables.iter().map(table).collect_view();
    view! { <dl class="entries">{tables}</dl> }.into_any()
}

/// `Huyện cũ; khiếu nại và kiến nghị, phản ánh; theo quý; 5 chỉ tiêu`.
fn crossing(crossing: &Crossing, locale: Locale) -> String {
    let mut words: Vec<String> = Vec::new();
    for dim in Dim::ALL {
        let level = crossing.level(dim).filter(|level| *level != dim.levels()[0]);
        words.extend(level.map(|level| rows_name(&By::Members(dim, level.to_owned()), locale)));
    }
    if words.is_empty() {
        words.push(Dim::Area.members().name(Dim::Area.total(), locale).to_owned());
    }
    let kinds: Vec<&str> = crossing.members(Dim::Kind).iter().map(|m| m.name.get(locale)).collect();
    words.push(kinds.join(" / "));
    let often: Vec<String> =
        crossing.frequencies().into_iter().map(|f| frequency(f, locale)).collect();
    words.push(often.join(", "));
    words.extend(crossing.since.map(|p| text!(locale, explain.since, period = p.name(locale))));
    words.push(match &crossing.items {
        Some(items) => items.iter().map(|i: &Item| i.name(locale)).collect::<Vec<_>>().join(", "),
        None => text!(locale, explain.every_item),
    });
    capital(&words.join("; "))
}
