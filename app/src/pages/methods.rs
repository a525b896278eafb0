//! How the figures come about: what is counted, over which days, how a record counts, which law
//! sets the time limits, and what is withheld and why.

use leptos::prelude::*;
use model::deadline::{Complexity, settlement};
use model::{Kind, Locale, Period, Status, Unit};

use super::release::coverage;
use super::{source, use_locale};
use crate::components::fetched::fetch;
use crate::components::head::document_head;
use crate::components::ledger::{Ledger, Row};
use crate::components::load::load;
use crate::components::{capital, day};
use crate::data::methods::{Methods, methods};
use crate::text::text;

/// The methodology.
#[component]
pub fn MethodsPage() -> impl IntoView {
    let locale = use_locale();
    let data = fetch(|| (), |()| methods());
    load(data, locale, move |data| page(&data, locale))
}

fn page(data: &Methods, locale: Locale) -> AnyView {
    let title = text!(locale, methods.title);
    let lead = text!(locale, methods.lead);
    let caption = text!(locale, methods.coverage);
    let paragraphs = |id: &'static str, title: String, lines: Vec<String>| {
        section(
            id,
            title,
            lines.into_iter().map(|l| view! { <p>{l}</p> }).collect_view().into_any(),
        )
    };
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">{source(&data.release, locale)}</p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        <ul class="columns contents">{contents(locale)}</ul>
        <div class="prose">
            {section("units", text!(locale, methods.units), units(locale))}
            {section("periods", text!(locale, methods.periods), periods(data, locale))}
            {paragraphs(
                "counting",
                text!(locale, methods.counting),
                vec![
                    text!(locale, methods.counting_1),
                    text!(locale, methods.counting_2, days = Period::CUTOFF_DAYS),
                    text!(locale, methods.counting_3),
                    text!(locale, methods.counting_4),
                ],
            )}
            {paragraphs(
                "boundary",
                text!(locale, methods.boundary),
                vec![
                    text!(locale, methods.boundary_1),
                    text!(locale, methods.boundary_2),
                    text!(locale, methods.boundary_3),
                ],
            )}
            {section("deadlines", text!(locale, methods.deadlines), deadlines(locale))}
            {paragraphs(
                "withheld",
                text!(locale, methods.withheld),
                vec![
                    text!(locale, methods.withheld_1),
                    text!(locale, methods.withheld_2),
                    text!(locale, methods.withheld_3),
                    text!(locale, methods.withheld_4),
                    text!(locale, methods.withheld_5),
                ],
            )}
            {section("marks", text!(locale, methods.marks), statuses(locale))}
            {paragraphs(
                "not-covered",
                text!(locale, methods.not_covered),
                vec![
                    text!(locale, methods.not_covered_1),
                    text!(locale, methods.not_covered_2),
                ],
            )}
        </div>
        <section aria-labelledby="coverage">
            <h2 id="coverage">{caption.clone()}</h2>
            <p class="lead">
                {text!(locale, methods.coverage_lead, id = data.release.id)}
            </p>
            {coverage(&caption, &data.tables, locale)}
        </section>
    }
    .into_any()
}

/// Links to the sections.
fn contents(locale: Locale) -> AnyView {
    [
        ("units", text!(locale, methods.units)),
        ("periods", text!(locale, methods.periods)),
        ("counting", text!(locale, methods.counting)),
        ("boundary", text!(locale, methods.boundary)),
        ("deadlines", text!(locale, methods.deadlines)),
        ("withheld", text!(locale, methods.withheld)),
        ("marks", text!(locale, methods.marks)),
        ("not-covered", text!(locale, methods.not_covered)),
        ("coverage", text!(locale, methods.coverage)),
    ]
    .into_iter()
    .map(|(id, name)| view! { <li><a href=format!("#{id}")>{name}</a></li> })
    .collect_view()
    .into_any()
}

fn section(id: &'static str, title: String, content: AnyView) -> AnyView {
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn units(locale: Locale) -> AnyView {
    let about = |unit: Unit| match unit {
        Unit::Case => text!(locale, methods.unit_case),
        Unit::Petition => text!(locale, methods.unit_petition),
        Unit::Visit => text!(locale, methods.unit_visit),
        Unit::Person => text!(locale, methods.unit_person),
        Unit::Delegation => text!(locale, methods.unit_delegation),
        Unit::Day => text!(locale, methods.unit_day),
        Unit::MillionVnd => text!(locale, methods.unit_money),
        Unit::SquareMetre => text!(locale, methods.unit_land),
    };
    let rows = Unit::ALL
        .iter()
        .map(|&unit| view! { <div><dt>{unit_name(unit, locale)}</dt><dd>{about(unit)}</dd></div> })
        .collect_view();
    view! {
        <p>{text!(locale, methods.units_lead)}</p>
        <dl class="terms">{rows}</dl>
    }
    .into_any()
}

/// The unit at the start of a line; a symbol stays as it is.
fn unit_name(unit: Unit, locale: Locale) -> String {
    match unit {
        Unit::SquareMetre => unit.name(locale).to_owned(),
        _ => capital(unit.name(locale)),
    }
}

/// The dates of the report periods in the year of the newest release.
fn periods(data: &Methods, locale: Locale) -> AnyView {
    let year = data.release.id.period.year();
    let mut all: Vec<Period> = (1..=4).filter_map(|q| Period::quarter(year, q)).collect();
    let longer: Vec<Period> = all.iter().filter_map(|q| q.cumulative()).collect();
    all.extend(longer);
    let row = |p: Period| Row {
        head: capital(&p.name(locale)).into_any(),
        whole: false,
        cells: vec![day(p.start(), locale).into(), day(p.end(), locale).into()],
    };
    let ledger = Ledger {
        caption: text!(locale, methods.periods),
        corner: text!(locale, releases.period).into(),
        headings: vec![text!(locale, releases.from).into(), text!(locale, releases.to).into()],
        rows: all.into_iter().map(row).collect(),
        words: true,
    };
    view! {
        <p>{text!(locale, methods.periods_1)}</p>
        {ledger.view(locale)}
        <p>{text!(locale, methods.periods_2)}</p>
    }
    .into_any()
}

/// The time limits of settlement, from the rules themselves.
fn deadlines(locale: Locale) -> AnyView {
    use Complexity::{Complicated, EspeciallyComplicated, Ordinary};

    let row = |name: String, kind: Kind, second: bool, remote: bool| {
        let limit = |c| settlement(kind, second, c, remote);
        let days =
            |c| limit(c).map_or_else(String::new, |l| text!(locale, methods.days, n = l.days));
        let article = limit(Ordinary).map_or_else(String::new, |l| article(l.article, locale));
        Row {
            head: name.into_any(),
            whole: false,
            cells: vec![days(Ordinary).into(), days(Complicated).into(), article.into()],
        }
    };
    let complaint = Kind::Complaint;
    let denunciation = Kind::Denunciation;
    let ledger = Ledger {
        caption: text!(locale, methods.deadlines),
        corner: text!(locale, methods.matter).into(),
        headings: vec![
            text!(locale, methods.ordinary).into(),
            text!(locale, methods.complicated).into(),
            text!(locale, methods.article).into(),
        ],
        rows: vec![
            row(text!(locale, methods.complaint_first), complaint, false, false),
            row(text!(locale, methods.complaint_first_remote), complaint, false, true),
            row(text!(locale, methods.complaint_second), complaint, true, false),
            row(text!(locale, methods.complaint_second_remote), complaint, true, true),
            row(denunciation.name(locale).to_owned(), denunciation, false, false),
        ],
        words: true,
    };
    let especially = settlement(denunciation, false, EspeciallyComplicated, false);
    view! {
        <p>{text!(locale, methods.deadlines_1)}</p>
        {ledger.view(locale)}
        {especially
            .map(|l| {
                view! { <p>{text!(locale, methods.especially, days = l.days)}</p> }
            })}
        <p>{text!(locale, methods.deadlines_2)}</p>
    }
    .into_any()
}

/// An article as readers of each language cite it.
fn article(cited: &str, locale: Locale) -> String {
    match locale {
        Locale::Vi => cited.to_owned(),
        Locale::En => cited
            .replace("Luật Khiếu nại", "Law on Complaints")
            .replace("Luật Tố cáo", "Law on Denunciations")
            .replace("Điều", "Article"),
    }
}

fn statuses(locale: Locale) -> AnyView {
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
