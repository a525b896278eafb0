//! All fields, with what came in about each.

use leptos::prelude::*;
use model::{Dim, Item as I, Locale};

use super::source;
use crate::charts::bars::{Bar, Tone, bars};
use crate::components::figure::marks;
use crate::components::period_with_dates;
use crate::data::field::FieldList;
use crate::data::{Row, Value, by_size};
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &FieldList, locale: Locale) -> AnyView {
    let title = text!(locale, nav.fields);
    let lead = text!(locale, field.lead);
    let period = data.period.map(|p| period_with_dates(p, locale));
    let names = Dim::Field.members();
    let row = |code: &str| data.rows.iter().find(|r| r.member == code);
    let bar = |row: &Row, part: bool| Bar {
        name: names.name(&row.member, locale).to_owned(),
        href: Some(Page::Field.path_of(locale, &row.member)),
        part,
        value: row.figures.get(I::Entered),
    };
    // Each group, then the fields in it.
    let mut groups: Vec<&Row> =
        names.children(Dim::Field.total()).filter_map(|m| row(&m.code)).collect();
    by_size(&mut groups, I::Entered, Dim::Field);
    let mut rows: Vec<Bar> = Vec::new();
    for group in &groups {
        let mut fields: Vec<&Row> =
            names.children(&group.member).filter_map(|m| row(&m.code)).collect();
        by_size(&mut fields, I::Entered, Dim::Field);
        rows.push(bar(group, false));
        rows.extend(fields.into_iter().map(|field| bar(field, true)));
    }
    let seen: Vec<Value> = rows.iter().map(|bar| bar.value).collect();
    let whole = groups.iter().map(|r| r.figures.shown(I::Entered)).sum();
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">{source(&data.release, locale)}</p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        <section aria-labelledby="by-field">
            <h2 id="by-field">{text!(locale, fields.title)}</h2>
            <p class="lead">{period}</p>
            <figure class="barbox">
                {bars(
                    &title,
                    Dim::Field.name(locale),
                    I::Entered.name(locale),
                    rows,
                    whole,
                    Tone::In,
                    locale,
                )}
                {marks(seen.into_iter(), locale)}
            </figure>
        </section>
    }
    .into_any()
}
