//! The list of tables, each with the question it answers.

use jiff::civil::Date;
use leptos::prelude::*;
use model::Locale;
use model::table::TableDefinition;

use super::sources_up_to;
use crate::components::{capital, days};
use crate::data::table::{TableEntry, TableList};
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The units of what `definition` counts, each once.
fn units(definition: &TableDefinition, locale: Locale) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in definition.items.iter().map(|i| i.unit().name(locale)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    capital(&names.join(", "))
}

/// The page.
pub(super) fn page(data: TableList, locale: Locale) -> AnyView {
    let title = text!(locale, tables.title);
    let lead = text!(locale, tables.lead);
    let usual = data.usual_span();
    let entries = data.tables.iter().map(|t| entry(t, usual, locale)).collect_view();
    let span = usual.map(|span| text!(locale, tables.usual_span, dates = dates(span, locale)));
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">{sources_up_to(&data.release, locale)}</p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()} " " {span}</p>
        <ul class="index">{entries}</ul>
    }
    .into_any()
}

fn dates((from, to): (Date, Date), locale: Locale) -> String {
    days(from, to, locale)
}

fn entry(table: &TableEntry, usual: Option<(Date, Date)>, locale: Locale) -> AnyView {
    let definition = &table.definition;
    let levels = definition
        .dimensions()
        .into_iter()
        .map(|d| d.name(locale).to_lowercase())
        .collect::<Vec<_>>()
        .join(", ");
    let span = table
        .span()
        .filter(|span| Some(*span) != usual)
        .map(|span| format!(" · {}", text!(locale, figures_from, dates = dates(span, locale))));
    let counted = capital(definition.population.name(locale));
    // A table that is called as what it counts says so once.
    let counted =
        if counted == definition.title.get(locale) { units(definition, locale) } else { counted };
    let by =
        (!levels.is_empty()).then(|| format!(" · {}", text!(locale, tables.by, levels = levels)));
    view! {
        <li>
            <a href=Page::Table.path_of(locale, &definition.id)>{definition.title.get(locale).to_owned()}</a>
            <p>{definition.lead.get(locale).to_owned()}</p>
            <p class="small">{counted} {by} {span}</p>
        </li>
    }
    .into_any()
}
