//! What a reader of the paper needs to know: the marks, what happened, and how to look a figure up.

use leptos::prelude::*;
use model::Locale;
use model::event::events;

use crate::components::event_notes::event_words;
use crate::components::figure::marks;
use crate::components::{day, named_with_dates};
use crate::data::report::{Page as Data, Report};
use crate::routes::Page;
use crate::text::text;

/// The end of the report.
pub(super) fn notes(data: &Data, locale: Locale) -> AnyView {
    let report = &data.report;
    let seen = report.tables().flat_map(|t| t.rows()).flat_map(|r| [r.figure, r.before]);
    let origin = data.origin.clone().unwrap_or_default();
    let figures = format!("{origin}{}", Page::Figure.path(locale));
    let methods = Page::Methods.path(locale);
    let happened = happened(report, locale).into_iter().map(|note| view! { <li>{note}</li> });
    view! {
        <section aria-labelledby="notes">
            <h2 id="notes">{text!(locale, table.notes)}</h2>
            {marks(seen.map(|f| f.value), locale)}
            <ul class="notes">
                <li>
                    {text!(locale, report.look_up)} " "
                    <span class="address">{figures} "/" <i>{text!(locale, report.id_here)}</i></span>
                    ". " {text!(locale, report.look_up_more)}
                </li>
                <li>{text!(locale, report.shares_note)}</li>
                <li>
                    {text!(locale, table.report_periods)} " " {text!(locale, report.methods)} " "
                    <a class="address" href=methods.clone()>
                        {format!("{origin}{methods}")}
                    </a> "."
                </li>
                {happened.collect_view()}
            </ul>
            <p class="small">
                <b>{text!(locale, table.cite)}</b>
                " "
                <span class="address">{citation(data, locale)}</span>
            </p>
        </section>
    }
    .into_any()
}

/// What happened in the periods that figures stand beside each other for, each once.
fn happened(report: &Report, locale: Locale) -> Vec<String> {
    let body = report.subject.member(model::Dim::Body);
    let mut out: Vec<String> = Vec::new();
    for table in report.tables() {
        let period = table.to_date.unwrap_or(report.period);
        let periods = [period, period.same_last_year()];
        for note in event_words(&events(table.population, body), &periods, locale) {
            if !out.contains(&note) {
                out.push(note);
            }
        }
    }
    out
}

/// What to write as the source of the report.
fn citation(data: &Data, locale: Locale) -> String {
    let report = &data.report;
    let site = text!(locale, site.full_name);
    let title = text!(locale, report.title);
    let name = report.subject.name(locale);
    let period = named_with_dates(report.period, locale);
    let releases: Vec<String> = report
        .releases()
        .iter()
        .map(|release| {
            let day = day(release.published_on, locale);
            let published = text!(locale, release.published_on, day = day);
            let simulated = crate::cite::simulated(release, locale);
            format!("{} {}, {published}{simulated}", text!(locale, release.source), release.id)
        })
        .collect();
    let releases = releases.join("; ");
    let origin = data.origin.as_deref().unwrap_or_default();
    let address = format!("{origin}{}{}", Page::Report.path(locale), report.question().to_query());
    format!("{site}, “{title}”, {name}, {period}; {releases}. {address}")
}
