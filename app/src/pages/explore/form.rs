//! What there is to choose.

use leptos::prelude::*;
use model::{Dim, Locale};

use crate::arrange::{Against, By};
use crate::components::capital;
use crate::components::filters::{Choice, Group, filter_form};
use crate::data::explore::{Explored, FROM, TABLE};
use crate::pages::table::{each_choice, rows_name};
use crate::routes::Page;
use crate::text::text;

/// The form, in three groups: which figures, how they are laid out, what they are limited to.
pub(super) fn form(explored: &Explored, locale: Locale) -> AnyView {
    let data = &explored.page;
    let groups = vec![
        Group { legend: Some(text!(locale, explore.what)), choices: what(explored, locale) },
        Group { legend: Some(text!(locale, explore.layout)), choices: layout(explored, locale) },
        Group { legend: Some(text!(locale, explore.only)), choices: only(explored, locale) },
    ];
    let mut kept = vec![(FROM, data.definition.id.clone())];
    let pinned = data.as_of.as_ref().map(|a| a.release.id.to_string());
    kept.extend(pinned.map(|id| ("release", id)));
    kept.extend(data.arrangement.sort.as_ref().map(|sort| ("sort", sort.to_string())));
    filter_form(Page::Explore.path(locale), groups, kept, locale)
}

fn what(explored: &Explored, locale: Locale) -> Vec<Choice> {
    let a = &explored.page.arrangement;
    let tables = explored.tables.iter();
    vec![
        Choice {
            name: TABLE,
            label: text!(locale, explore.table),
            options: tables.map(|(id, title)| (id.clone(), title.get(locale).to_owned())).collect(),
            chosen: explored.page.definition.id.clone(),
        },
        Choice {
            name: "item",
            label: text!(locale, explore.measure),
            options: a
                .measures
                .iter()
                .map(|m| (m.to_string(), m.name(locale).to_owned()))
                .collect(),
            chosen: a.measure.to_string(),
        },
    ]
}

fn layout(explored: &Explored, locale: Locale) -> Vec<Choice> {
    let a = &explored.page.arrangement;
    let named = |by: &By| (by.to_string(), rows_name(by, locale));
    let mut rows: Vec<_> = a.choices.iter().map(named).collect();
    if !a.choices.contains(&a.by) {
        rows.push(named(&a.by));
    }
    let items = std::iter::once((String::new(), text!(locale, explore.items)));
    let mut out = vec![
        Choice {
            name: "by",
            label: text!(locale, filters.rows),
            options: rows,
            chosen: a.by.to_string(),
        },
        Choice {
            name: "cols",
            label: text!(locale, explore.columns),
            options: items.chain(a.across_choices.iter().map(named)).collect(),
            chosen: a.across.as_ref().map(ToString::to_string).unwrap_or_default(),
        },
    ];
    let against = against(explored, locale);
    if a.across.is_none() && !against.is_empty() {
        let nothing = std::iter::once((String::new(), text!(locale, explore.nothing)));
        out.push(Choice {
            name: "with",
            label: text!(locale, explore.with),
            options: nothing.chain(against).collect(),
            chosen: a.against.as_ref().map(ToString::to_string).unwrap_or_default(),
        });
    }
    out
}

/// What the figures can be held against.
fn against(explored: &Explored, locale: Locale) -> Vec<(String, String)> {
    let a = &explored.page.arrangement;
    let before = a.is_series() || a.series.contains(&a.period.same_last_year());
    let before = before.then(|| (Against::YearBefore.to_string(), text!(locale, explore.before)));
    let others = a.filters.iter().filter(|f| f.options.len() > 1).flat_map(|f| {
        let others = f.options.iter().filter(|code| **code != f.chosen);
        others.map(|code| {
            let name = f.dim.members().name(code, locale).to_owned();
            (Against::Member(f.dim, code.clone()).to_string(), name)
        })
    });
    before.into_iter().chain(others).collect()
}

fn only(explored: &Explored, locale: Locale) -> Vec<Choice> {
    let a = &explored.page.arrangement;
    let mut out: Vec<Choice> = each_choice(a, locale).into_iter().collect();
    if !a.is_series() && a.series.len() > 1 {
        out.push(Choice {
            name: "period",
            label: text!(locale, filters.period),
            options: a.series.iter().map(|p| (p.to_string(), capital(&p.name(locale)))).collect(),
            chosen: a.period.to_string(),
        });
    }
    for filter in a.filters.iter().filter(|f| f.options.len() > 1) {
        let name = |code: &str| Dim::members(filter.dim).name(code, locale).to_owned();
        out.push(Choice {
            name: filter.dim.code(),
            label: filter.dim.name(locale).to_owned(),
            options: filter.options.iter().map(|code| (code.clone(), name(code))).collect(),
            chosen: filter.chosen.clone(),
        });
    }
    out
}
