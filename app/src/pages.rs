//! The pages, one file each, and what makes a document of them.

pub(crate) mod area;
pub(crate) mod areas;
pub(crate) mod bodies;
pub(crate) mod body;
pub(crate) mod calendar;
pub(crate) mod challenges;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod deadlines;
pub(crate) mod design;
pub(crate) mod dictionary;
pub(crate) mod explore;
pub(crate) mod field;
pub(crate) mod fields;
pub(crate) mod figure;
pub(crate) mod glossary;
pub(crate) mod head;
pub(crate) mod methods;
pub(crate) mod overview;
pub(crate) mod profile;
pub(crate) mod references;
pub(crate) mod release;
pub(crate) mod releases;
pub(crate) mod report;
pub(crate) mod search;
pub(crate) mod supervision;
pub(crate) mod table;
pub(crate) mod tables;
mod unpublished;

use std::collections::HashMap;

use leptos::prelude::*;
use model::Locale;

use crate::arrange::Request;
use crate::components::day;
use crate::data::ReleaseInfo;
use crate::data::explore::Question;
use crate::error::PortalError;
use crate::routes::{Page, QUESTION, Target};
use crate::text::text;
use crate::wire::document::Document;
use head::Head;

/// The page at `path`, as its address with the query `query` asks for it.
///
/// # Errors
///
/// [`PortalError::NotFound`] if nothing stands there, [`PortalError::NothingPublished`] before the
/// first release, [`PortalError::Unavailable`] when the database does not answer.
pub async fn document(path: &str, query: &str) -> Result<Document, PortalError> {
    let Target { locale, page, subject } = Target::at(path).ok_or(PortalError::NotFound)?;
    let code = subject.unwrap_or_default();
    let query = query.trim_start_matches('?').as_bytes();
    let parameters: HashMap<String, String> = form_urlencoded::parse(query).into_owned().collect();
    let get = |name: &str| parameters.get(name).cloned();
    Ok(match page {
        Page::Overview => {
            let period = get("period").and_then(|p| p.parse().ok());
            let data = crate::data::overview::overview(period).await?;
            drawn(|| overview::page(data, locale))
        }
        Page::Tables => {
            let data = crate::data::table::tables().await?;
            drawn(|| tables::page(data, locale))
        }
        Page::Table => {
            // Other columns than items, and comparisons, are for the page where one explores.
            let request = Request { across: None, against: None, ..Request::from_query(get) };
            let data = crate::data::table::table(code, request, locale).await?;
            drawn(|| table::page(&data, locale))
        }
        Page::Explore => {
            let data = crate::data::explore::explore(Question::from_query(get)).await?;
            drawn(|| explore::page(&data, locale))
        }
        Page::Areas => {
            let data = crate::data::area::areas().await?;
            drawn(|| areas::page(&data, locale))
        }
        Page::Area => {
            let data = crate::data::area::area(code).await?;
            drawn(|| area::page(&data, locale))
        }
        Page::Fields => {
            let data = crate::data::field::fields().await?;
            drawn(|| fields::page(&data, locale))
        }
        Page::Field => {
            let data = crate::data::field::field(code).await?;
            drawn(|| field::page(&data, locale))
        }
        Page::Bodies => {
            let data = crate::data::body::bodies().await?;
            drawn(|| bodies::page(&data, locale))
        }
        Page::Body => {
            let data = crate::data::body::body(code).await?;
            drawn(|| body::page(&data, locale))
        }
        Page::Supervision => {
            let data = crate::data::supervision::supervision().await?;
            drawn(|| supervision::page(&data, locale))
        }
        Page::Compare => {
            let question = crate::data::compare::Question::from_query(get);
            let data = crate::data::compare::compare(question).await?;
            drawn(|| compare::page(&data, locale))
        }
        Page::Report => {
            let question = crate::data::report::Question::from_query(get);
            let data = crate::data::report::report(question).await?;
            drawn(|| report::page(&data, locale))
        }
        Page::Releases => {
            let data = crate::data::releases::releases().await?;
            drawn(|| releases::page(&data, locale))
        }
        Page::Calendar => {
            let data = crate::data::calendar::calendar().await?;
            drawn(|| calendar::page(&data, locale))
        }
        Page::Release => {
            let data = crate::data::releases::release(code).await?;
            drawn(|| release::page(&data, locale))
        }
        Page::Figure => {
            let data = crate::data::figure::figure(&code, locale).await?;
            drawn(|| figure::page(&data, locale))
        }
        Page::Methods => {
            let data = crate::data::methods::methods(locale).await?;
            drawn(|| methods::page(&data, locale))
        }
        Page::Deadlines => {
            let question = crate::data::deadlines::Question::from_query(get);
            let data = crate::data::deadlines::deadlines(question).await?;
            drawn(|| deadlines::page(&data, locale))
        }
        Page::Glossary => {
            let data = crate::data::glossary::glossary(locale).await?;
            drawn(|| glossary::page(&data, locale))
        }
        Page::Dictionary => {
            let data = crate::data::dictionary::dictionary(locale).await?;
            drawn(|| dictionary::page(&data, locale))
        }
        Page::References => {
            let data = crate::data::references::references(locale).await?;
            drawn(|| references::page(&data, locale))
        }
        Page::Search => {
            let data = crate::data::search::search(get(QUESTION).unwrap_or_default()).await?;
            drawn(|| search::page(&data, locale))
        }
        Page::Check => {
            let claim = get(QUESTION).unwrap_or_default();
            let data = crate::data::check::check(&claim, locale).await?;
            drawn(|| check::page(&data, locale))
        }
        Page::Challenges => {
            let data = crate::data::remarks::challenges().await?;
            drawn(|| challenges::page(&data, locale))
        }
        Page::Design => {
            let data = crate::data::design::design().await?;
            drawn(|| design::page(&data, locale))
        }
    })
}

/// Makes a document of a page.
fn drawn(page: impl FnOnce() -> AnyView) -> Document {
    // Of the request's own owner: a root of its own would take the request's arena away.
    let owner = Owner::new();
    let head = Head::default();
    let html = owner.with(|| {
        provide_context(head.clone());
        // Marks of where texts meet, and of nothing, are for taking over, which nobody does here.
        page().to_html().replace("<!>", "").replace("<!--<() />-->", "")
    });
    owner.cleanup();
    let (title, description) = head.taken();
    Document { title, description, html }
}

/// `kỳ công bố 2026-Q3.1, công bố ngày 30/9/2026`, with a link to the release.
pub(crate) fn source(release: &ReleaseInfo, locale: Locale) -> AnyView {
    source_words(text!(locale, release.source), release, locale)
}

/// The same for figures of several releases, of which this is the newest.
pub(crate) fn sources_up_to(release: &ReleaseInfo, locale: Locale) -> AnyView {
    source_words(text!(locale, release.sources_up_to), release, locale)
}

fn source_words(words: String, release: &ReleaseInfo, locale: Locale) -> AnyView {
    let id = release.id.to_string();
    let day = day(release.published_on, locale);
    view! {
        {words}
        " "
        <a class="unbroken" href=Page::Release.path_of(locale, &id)>{id.clone()}</a>
        ", "
        {text!(locale, release.published_on, day = day)}
    }
    .into_any()
}

/// What a page without subjects is called; `None` for one that has them, and for the search itself.
pub(crate) fn page_name(page: Page, locale: Locale) -> Option<String> {
    Some(match page {
        Page::Overview => text!(locale, nav.overview),
        Page::Tables => text!(locale, nav.tables),
        Page::Explore => text!(locale, explore.title),
        Page::Areas => text!(locale, nav.areas),
        Page::Fields => text!(locale, nav.fields),
        Page::Bodies => text!(locale, nav.bodies),
        Page::Supervision => text!(locale, supervision.title),
        Page::Compare => text!(locale, compare.title),
        Page::Report => text!(locale, report.title),
        Page::Releases => text!(locale, nav.releases),
        Page::Calendar => text!(locale, calendar.title),
        Page::Methods => text!(locale, nav.methods),
        Page::Deadlines => text!(locale, deadlines.title),
        Page::Glossary => text!(locale, explain.glossary),
        Page::Dictionary => text!(locale, explain.dictionary),
        Page::References => text!(locale, explain.references),
        Page::Design => text!(locale, design.title),
        Page::Check => text!(locale, check.title),
        Page::Challenges => text!(locale, remarks.title),
        Page::Search => return None,
        Page::Table | Page::Area | Page::Field | Page::Body | Page::Release | Page::Figure => {
            return None;
        }
    })
}
