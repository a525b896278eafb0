//! Search: what a few words may mean, by kind.

use leptos::prelude::*;
use model::{Dim, Locale};

use super::{page_name, sources_up_to};
use crate::arrange::{Measure, Request};
use crate::components::{capital, day};
use crate::data::search::{Hit, SearchPage as Data, Subject, SubjectKind};
use crate::frame::search_form::{ON_PAGE, search_form};
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &Data, locale: Locale) -> AnyView {
    let title = text!(locale, search.title);
    let lead = text!(locale, search.lead);
    let asked = !data.question.is_empty();
    let said = asked.then(|| {
        let count = data.hits.len();
        let question = data.question.clone();
        match count {
            0 => text!(locale, search.none, question = question),
            count => text!(locale, search.found, count = count, question = question),
        }
    });
    let mut kinds: Vec<SubjectKind> = data.hits.iter().map(|hit| hit.subject.kind()).collect();
    kinds.dedup();
    let groups = kinds.into_iter().map(|kind| group(kind, data, locale)).collect_view();
    let ways = data.hits.is_empty().then(|| ways(locale));
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">{sources_up_to(&data.release, locale)}</p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        {search_form(ON_PAGE, &data.question, locale)}
        <p class="found" role="status">{said}</p>
        {groups}
        {ways}
    }
    .into_any()
}

fn group(kind: SubjectKind, data: &Data, locale: Locale) -> AnyView {
    let name = match kind {
        SubjectKind::Area => text!(locale, nav.areas),
        SubjectKind::Body => text!(locale, nav.bodies),
        SubjectKind::Field => text!(locale, nav.fields),
        SubjectKind::Table => text!(locale, nav.tables),
        SubjectKind::Item => text!(locale, search.items),
        SubjectKind::Word => text!(locale, explain.words_and_items),
        SubjectKind::Page => text!(locale, explain.pages),
        SubjectKind::Release => text!(locale, nav.releases),
    };
    let id = format!("found-{kind:?}").to_lowercase();
    let hits = data.hits.iter().filter(|hit| hit.subject.kind() == kind);
    let items = hits.map(|hit| item(hit, data, locale)).collect_view();
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{name}</h2>
            <ul class="hits">{items}</ul>
        </section>
    }
    .into_any()
}

fn item(hit: &Hit, data: &Data, locale: Locale) -> AnyView {
    let (href, name) = target(&hit.subject, data, locale);
    let note = note(hit, data, locale);
    view! {
        <li>
            <a href=href>{name}</a>
            {note.map(|note| view! { " " <small>{note}</small> })}
        </li>
    }
    .into_any()
}

/// Where it leads, and what it is called.
fn target(subject: &Subject, data: &Data, locale: Locale) -> (String, String) {
    match subject {
        Subject::Member { dim, code } => {
            let name = dim.members().name(code, locale).to_owned();
            let href = match dim {
                Dim::Area if code == dim.total() => Page::Overview.path(locale),
                Dim::Area => Page::Area.path_of(locale, code),
                Dim::Body if code == dim.total() => Page::Bodies.path(locale),
                Dim::Body => Page::Body.path_of(locale, code),
                _ if code == dim.total() => Page::Fields.path(locale),
                _ => Page::Field.path_of(locale, code),
            };
            (href, name)
        }
        Subject::Table { id } => (Page::Table.path_of(locale, id), table_title(id, data, locale)),
        Subject::Item { item, table } => {
            let measure = Some(Measure::Item(*item));
            let request = Request { measure, ..Request::default() };
            let href = format!("{}{}", Page::Table.path_of(locale, table), request.to_query());
            (href, item.name_with_unit(locale))
        }
        Subject::Term { slug, name } => {
            let href = format!("{}#{slug}", Page::Glossary.path(locale));
            (href, capital(name.get(locale)))
        }
        Subject::Definition { item } => {
            let href = format!("{}#{}", Page::Dictionary.path(locale), item.code());
            (href, item.name_with_unit(locale))
        }
        Subject::Page { page } => (page.path(locale), page_name(*page, locale).unwrap_or_default()),
        Subject::Release { id } => {
            let name = format!("{id} · {}", id.period.name(locale));
            (Page::Release.path_of(locale, &id.to_string()), name)
        }
    }
}

fn table_title(id: &str, data: &Data, locale: Locale) -> String {
    let title = data.tables.iter().find(|(other, _)| other == id);
    title.map_or_else(|| id.to_owned(), |(_, title)| title.get(locale).to_owned())
}

/// What it belongs to; of a place found by a name of before, that name.
fn note(hit: &Hit, data: &Data, locale: Locale) -> Option<String> {
    if let Some(former) = &hit.former {
        return Some(text!(locale, search.former, name = former.clone()));
    }
    match &hit.subject {
        Subject::Member { dim, code } => {
            let parent = dim.members().get(code)?.parent.clone()?;
            let parent =
                (parent != dim.total()).then(|| dim.members().name(&parent, locale).to_owned());
            let ended = (*dim == Dim::Body).then(|| model::body::body(code)?.valid_to).flatten();
            let ended = ended.map(|last| text!(locale, search.ended, day = day(last, locale)));
            let said: Vec<String> = parent.into_iter().chain(ended).collect();
            (!said.is_empty()).then(|| said.join(", "))
        }
        Subject::Item { table, .. } => Some(table_title(table, data, locale)),
        Subject::Term { .. } => Some(text!(locale, explain.glossary)),
        Subject::Definition { .. } => Some(text!(locale, explain.dictionary)),
        Subject::Table { .. } | Subject::Page { .. } | Subject::Release { .. } => None,
    }
}

/// Where to look when nothing was found, or asked.
fn ways(locale: Locale) -> AnyView {
    let ways = [
        (Page::Areas, text!(locale, nav.areas)),
        (Page::Bodies, text!(locale, nav.bodies)),
        (Page::Tables, text!(locale, nav.tables)),
        (Page::Methods, text!(locale, nav.methods)),
    ];
    let links = ways
        .into_iter()
        .map(|(page, name)| view! { <li><a href=page.path(locale)>{name}</a></li> })
        .collect_view();
    view! { <ul class="ways">{links}</ul> }.into_any()
}
