//! All fields, with what came in about each.

use leptos::prelude::*;
use model::{Dim, Item as I, Locale};

use super::{source, use_locale};
use crate::charts::bars::{Bar, Tone, bars};
use crate::components::figure::marks;
use crate::components::head::document_head;
use crate::components::load::load;
use crate::components::period_with_dates;
use crate::data::field::{FieldList, fields};
use crate::data::{Row, Value};
use crate::routes::Page;
use crate::text::text;

/// The list of fields.
#[component]
pub fn FieldsPage() -> impl IntoView {
    let locale = use_locale();
    let data = Resource::new(|| (), |()| fields());
    load(data, locale, move |data| page(&data, locale))
}

fn page(data: &FieldList, locale: Locale) -> AnyView {
    let title = text!(locale, nav.fields);
    let lead = text!(locale, field.lead);
    let period = data.period.map(|p| period_with_dates(p, locale));
    let groups = Dim::Field.members().children(Dim::Field.total());
    let groups = groups.map(|group| section(&group.code, data, locale)).collect_view();
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">{source(&data.release, locale)}</p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()} " " {period}</p>
        {groups}
    }
    .into_any()
}

/// A group of fields, each with its share of all.
fn section(group: &str, data: &FieldList, locale: Locale) -> AnyView {
    let names = Dim::Field.members();
    let value = |code: &str| {
        let row = data.rows.iter().find(|r| r.member == code);
        row.map_or(Value::Absent, |r| r.figures.get(I::Entered))
    };
    let name = names.name(group, locale).to_owned();
    let id = format!("group-{group}");
    let parts = names.children(group).filter_map(|m| data.rows.iter().find(|r| r.member == m.code));
    let bar = |row: &Row| Bar {
        name: names.name(&row.member, locale).to_owned(),
        href: Some(Page::Field.path_of(locale, &row.member)),
        part: false,
        value: row.figures.get(I::Entered),
    };
    let rows: Vec<Bar> = parts.map(bar).collect();
    let seen: Vec<Value> = rows.iter().map(|bar| bar.value).collect();
    let whole = value(Dim::Field.total()).shown();
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>
                <a href=Page::Field.path_of(locale, group)>{name.clone()}</a>
            </h2>
            <figure class="barbox">
                {bars(
                    &name,
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
