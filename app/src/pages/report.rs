//! The supervision report, to print: a form that chooses it, the figures by topic, and how each can
//! be looked up again.

mod form;
mod notes;
mod section;

use leptos::prelude::*;
use model::Locale;

use crate::components::{area_dates, capital, day, named_with_dates, period_name};
use crate::data::report::{Page as Data, Report};
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &Data, locale: Locale) -> AnyView {
    let report = &data.report;
    let name = report.subject.name(locale).to_owned();
    let title = format!("{}: {name}", text!(locale, report.title));
    let described = format!("{title}. {}", capital(&period_name(report.period, locale)));
    let lead = text!(locale, report.lead);
    let sections = (1..)
        .zip(&report.sections)
        .map(|(number, section)| section::section(number, section, locale))
        .collect_view();
    view! {
        {document_head(&described, &lead, report.release.simulated, locale)}
        <div class="report">
            <p class="crumb onscreen">
                <a href=Page::Supervision.path(locale)>{text!(locale, supervision.title)}</a>
            </p>
            <h1>{title.clone()}</h1>
            <p class="lead onscreen">{lead.clone()}</p>
            {form::form(report, locale)}
            {form::files(report, locale)}
            {head(report, locale)}
            {sections}
            {notes::notes(data, locale)}
        </div>
    }
    .into_any()
}

/// What the report is on, and where its figures come from.
fn head(report: &Report, locale: Locale) -> AnyView {
    let area = report.subject.member(model::Dim::Area);
    let dates = area_dates(report.period, area, locale);
    let period = format!("{} ({dates})", capital(&period_name(report.period, locale)));
    let compared = report.tables().any(|t| t.before.is_some());
    let before = compared.then(|| {
        let before = named_with_dates(report.period.same_last_year(), locale);
        entry(text!(locale, report.compared), capital(&before).into_any())
    });
    let releases = report.releases();
    let links = releases.iter().enumerate().map(|(i, release)| {
        let id = release.id.to_string();
        let published =
            text!(locale, release.published_on, day = day(release.published_on, locale));
        let comma = (i > 0).then_some("; ");
        view! {
            {comma}
            <a class="unbroken" href=Page::Release.path_of(locale, &id)>{id.clone()}</a>
            ", "
            {published}
        }
    });
    let links = links.collect_view().into_any();
    let simulated = releases.iter().any(|r| r.simulated).then(|| {
        let words = view! {
            <b>{text!(locale, notice.simulated)}</b>
            " "
            {text!(locale, notice.simulated_more)}
        };
        entry(text!(locale, report.kind_of_data), words.into_any())
    });
    let name = report.subject.name(locale).to_owned();
    let own = Page::of_member(report.subject.dim()).filter(|_| !report.subject.is_whole());
    let name = match own {
        Some(page) => {
            let href = page.path_of(locale, report.subject.code());
            view! { <a href=href>{name}</a> }.into_any()
        }
        None => name.into_any(),
    };
    view! {
        <dl class="terms">
            {entry(text!(locale, report.about), name)}
            {entry(text!(locale, filters.period), period.into_any())}
            {before}
            {entry(capital(&text!(locale, release.source)), links)}
            {simulated}
        </dl>
    }
    .into_any()
}

fn entry(name: String, content: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{content}</dd>
        </div>
    }
    .into_any()
}
