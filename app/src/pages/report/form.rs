//! Chooses period and subject, and leads to the report as a file.

use leptos::prelude::*;
use model::dimension::Member;
use model::{Dim, Locale};

use crate::components::{capital, period_name};
use crate::data::report::{OF, PERIOD, Report, Subject};
use crate::routes::Page;
use crate::text::text;

/// The form.
pub(super) fn form(report: &Report, locale: Locale) -> AnyView {
    let periods = report.periods.iter().map(|period| {
        let chosen = *period == report.period;
        view! {
            <option value=period.to_string() selected=chosen>
                {capital(&period_name(*period, locale))}
            </option>
        }
    });
    let province = option(&Subject::default(), report, locale);
    let groups = levels(locale).map(|(dim, level, name)| group(dim, level, name, report, locale));
    view! {
        <form class="ask" method="get" action=Page::Report.path(locale)>
            <fieldset>
                <legend>{text!(locale, report.choose)}</legend>
                <div class="choice">
                    <label for="ask-period">{text!(locale, filters.period)}</label>
                    <select id="ask-period" name=PERIOD>
                        {periods.collect_view()}
                    </select>
                </div>
                <div class="choice long">
                    <label for="ask-of">{text!(locale, report.about)}</label>
                    <select id="ask-of" name=OF>
                        {province}
                        {groups.collect_view()}
                    </select>
                </div>
                <button type="submit">{text!(locale, filters.apply)}</button>
            </fieldset>
        </form>
    }
    .into_any()
}

/// The levels to choose from, each with its name.
fn levels(locale: Locale) -> std::array::IntoIter<(Dim, &'static str, String), 9> {
    [
        (Dim::Body, "class", text!(locale, rows.body_class)),
        (Dim::Body, "group", text!(locale, rows.body_group)),
        (Dim::Body, "unit", text!(locale, rows.body_unit)),
        (Dim::Body, "commune_body", text!(locale, rows.body_commune)),
        (Dim::Area, "region", text!(locale, rows.region)),
        (Dim::Area, "district", text!(locale, rows.district)),
        (Dim::Area, "commune", text!(locale, rows.commune)),
        (Dim::Referrer, "group", text!(locale, rows.referrer_group)),
        (Dim::Referrer, "referrer", Dim::Referrer.name(locale).to_owned()),
    ]
    .into_iter()
}

/// The members of `level` that were there in the period, and the one chosen.
fn group(dim: Dim, level: &str, name: String, report: &Report, locale: Locale) -> Option<AnyView> {
    let offered = |m: &&Member| {
        // What belongs to no commune can be asked for, but nobody supervises it.
        let place = dim != Dim::Area || !m.is_residual();
        m.levels.last() == Some(&level) && m.exists_in(report.period) && place
    };
    let chosen = |m: &&Member| {
        dim == report.subject.dim()
            && m.code == report.subject.code()
            && m.levels.last() == Some(&level)
    };
    let members = dim.members().all().iter().filter(|m| offered(m) || chosen(m));
    let options: Vec<AnyView> = members
        .filter_map(|m| Subject::new(dim, &m.code))
        .map(|subject| option(&subject, report, locale))
        .collect();
    (!options.is_empty()).then(|| view! { <optgroup label=name>{options}</optgroup> }.into_any())
}

fn option(subject: &Subject, report: &Report, locale: Locale) -> AnyView {
    let chosen = *subject == report.subject;
    view! {
        <option value=subject.to_string() selected=chosen>
            {subject.name(locale).to_owned()}
        </option>
    }
    .into_any()
}

/// Where the report is as a file, and how to make one of the page.
pub(super) fn files(report: &Report, locale: Locale) -> AnyView {
    let query = report.question().to_query();
    let address = format!("/api/v1/report.xlsx{query}&lang={locale}");
    let options = report.question().to_query();
    let options = options.trim_start_matches('?').split('&').filter_map(|p| p.split_once('='));
    let options: Vec<String> = options.map(|(name, code)| format!("--{name} {code}")).collect();
    let command = format!("portal report {} --pdf report.pdf", options.join(" "));
    view! {
        <p class="small downloads">
            <a href=address download>
                {text!(locale, report.xlsx)}
            </a>
            " · "
            {text!(locale, report.print)}
            " "
            <code>{command}</code>
        </p>
    }
    .into_any()
}
