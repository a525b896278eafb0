//! One topic of the report: numbered tables with the shares of their figures, or where there are
//! some.

use leptos::prelude::*;
use model::Locale;
use model::format::{integer, percent};

use crate::components::figure::plain;
use crate::components::ledger::{Cell, Ledger, Row as LedgerRow};
use crate::components::period_name;
use crate::data::Figure;
use crate::data::report::{Elsewhere, Question, Row, Section, Share, Table};
use crate::routes::Page;
use crate::text::text;

/// The section with the number `number`.
pub(super) fn section(number: usize, section: &Section, locale: Locale) -> AnyView {
    let id = format!("topic-{number}");
    let heading = format!("{number}. {}", section.topic.name(locale));
    let bare = section.tables.is_empty();
    let nothing = bare.then(|| view! { <p>{text!(locale, report.nothing)}</p> });
    let lead =
        if bare { text!(locale, report.elsewhere) } else { text!(locale, report.elsewhere_too) };
    let elsewhere = elsewhere(&section.elsewhere, lead, locale);
    let tables = section.tables.iter().map(|t| table(t, locale)).collect_view();
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{heading}</h2>
            {nothing}
            {tables}
            {elsewhere}
        </section>
    }
    .into_any()
}

/// Where there are other figures.
fn elsewhere(elsewhere: &[Elsewhere], lead: String, locale: Locale) -> Option<AnyView> {
    let place = |place: &Elsewhere| {
        let Elsewhere { subject, period, titles } = place;
        let question = Question { period: Some(*period), subject: subject.clone() };
        let href = format!("{}{}", Page::Report.path(locale), question.to_query());
        let name = format!("{}, {}", subject.name(locale), period_name(*period, locale));
        let titles: Vec<&str> = titles.iter().map(|t| t.get(locale)).collect();
        view! {
            <li>
                <a href=href>{name}</a>
                ": "
                {titles.join("; ")}
            </li>
        }
    };
    (!elsewhere.is_empty()).then(|| {
        view! {
            <p>{lead}</p>
            <ul class="notes">{elsewhere.iter().map(place).collect_view()}</ul>
        }
        .into_any()
    })
}

fn table(table: &Table, locale: Locale) -> AnyView {
    let title = text!(locale, report.table, number = table.number, title = table.heading(locale));
    let rows = table.parts.iter().flat_map(|part| {
        let head = table.part_name(part, locale).map(|name| LedgerRow {
            head: name.into_any(),
            whole: true,
            cells: Vec::new(),
        });
        head.into_iter().chain(part.rows.iter().map(|r| row(r, locale)))
    });
    let ledger = Ledger {
        caption: title.clone(),
        corner: text!(locale, report.item).into(),
        headings: vec![
            text!(locale, report.now).into(),
            text!(locale, report.before).into(),
            text!(locale, report.id).into(),
        ],
        rows: rows.collect(),
        words: false,
    };
    view! {
        <h3>{title}</h3>
        {ledger.view(locale)}
        {shares(table, locale)}
        {source(table, locale)}
    }
    .into_any()
}

fn row(row: &Row, locale: Locale) -> LedgerRow {
    let Row { item, figure, before } = *row;
    let unit = format!("({})", item.unit().name(locale));
    let head = view! { {item.name(locale)} " " <small>{unit}</small> };
    LedgerRow {
        head: head.into_any(),
        whole: false,
        cells: vec![
            Cell::of(item, figure, locale),
            Cell::of(item, before, locale),
            name(figure, locale).into(),
        ],
    }
}

/// The permanent name of `figure`, by which it is found again from paper.
fn name(figure: Figure, locale: Locale) -> AnyView {
    let Some(id) = figure.id.map(|id| id.to_string()) else { return ().into_any() };
    let href = Page::Figure.path_of(locale, &id);
    view! { <a class="id" rel="nofollow" href=href>{id}</a> }.into_any()
}

/// The shares of the table's figures, in words.
fn shares(table: &Table, locale: Locale) -> Option<AnyView> {
    let told = table.parts.iter().flat_map(|part| {
        let several = table.parts.len() > 1;
        let of = table.part_name(part, locale).filter(|_| several);
        part.shares.iter().map(move |s| match &of {
            Some(of) => format!("{of}. {}", share(s, locale)),
            None => share(s, locale),
        })
    });
    let told: Vec<_> = told.map(|words| view! { <li>{words}</li> }).collect();
    (!told.is_empty()).then(|| view! { <ul class="notes shares">{told}</ul> }.into_any())
}

/// `Tỷ lệ đúng hạn: 87,1% (421 trên 483); đang giải quyết, quá hạn: 12; cùng kỳ năm trước: …`.
fn share(share: &Share, locale: Locale) -> String {
    let of = |(n, whole): (i64, i64)| {
        let (count, of) = (integer(n, locale), integer(whole, locale));
        Some(text!(locale, report.share, share = percent(n, whole, locale)?, n = count, whole = of))
    };
    let now = share.now.and_then(of);
    let told = now.is_some();
    let now = now.unwrap_or_else(|| text!(locale, report.no_share));
    let beside = share.beside.map(|(item, figure)| {
        format!("; {}: {}", item.name(locale).to_lowercase(), plain(figure.value, locale))
    });
    let before = share.before.filter(|_| told).and_then(of);
    let before = before.map(|words| format!("; {}: {words}", text!(locale, report.year_before)));
    let rate = share.rate.name(locale);
    format!("{rate}: {now}{}{}.", beside.unwrap_or_default(), before.unwrap_or_default())
}

/// `Nguồn: bảng case-flow, kỳ công bố 2026-Q3.1; cùng kỳ năm trước: kỳ công bố 2025-Q3.2.`
fn source(table: &Table, locale: Locale) -> AnyView {
    let release = |id: model::ReleaseId| {
        let id = id.to_string();
        view! {
            {text!(locale, release.source)}
            " "
            <a class="unbroken" href=Page::Release.path_of(locale, &id)>{id.clone()}</a>
        }
    };
    let before = table.before.as_ref().map(|r| {
        view! { "; " {text!(locale, report.year_before)} ": " {release(r.id)} }
    });
    view! {
        <p class="small source">
            {text!(locale, report.source)}
            " "
            <a class="unbroken" href=Page::Table.path_of(locale, &table.id)>{table.id.clone()}</a>
            ", "
            {release(table.release.id)}
            {before}
            "."
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use model::{Dim, Item, Rate};

    use super::*;
    use crate::data::Value;
    use crate::data::report::{Subject, Topic};

    fn drawn(part: &Section) -> String {
        let owner = Owner::new();
        owner.with(|| section(2, part, Locale::Vi).to_html())
    }

    #[test]
    fn a_topic_without_figures_says_so_and_leads_to_what_has_some() {
        let subject = Subject::new(Dim::Area, "R-mountain").unwrap();
        let titles = vec![model::Text::new("Đúng hạn, quá hạn", "")];
        let period = "2026-9M".parse().unwrap();
        let elsewhere = vec![Elsewhere { subject, period, titles }];
        let html = drawn(&Section { topic: Topic::Deadlines, tables: Vec::new(), elsewhere });
        assert!(html.contains(&text!(Locale::Vi, report.nothing)), "{html}");
        assert!(html.contains("?period=2026-9M&amp;area=R-mountain"), "{html}");
        assert!(html.contains("Đúng hạn, quá hạn"), "{html}");
        // The province has nothing above it.
        let html =
            drawn(&Section { topic: Topic::Special, tables: Vec::new(), elsewhere: Vec::new() });
        assert!(html.contains(&text!(Locale::Vi, report.nothing)), "{html}");
        assert!(!html.contains("<li>"), "{html}");
    }

    #[test]
    fn a_share_is_told_with_its_counts_and_what_it_hides() {
        let overdue = (Item::OpenOverdue, Figure::from(Value::Shown(12)));
        let of = |now| Share {
            rate: Rate::OnTimeOfSettled,
            now,
            before: Some((1, 2)),
            beside: Some(overdue),
        };
        assert_eq!(
            share(&of(Some((421, 1483))), Locale::Vi),
            "Tỷ lệ đúng hạn trong số đã giải quyết: 28,4% (421 trên 1.483); \
             đang giải quyết, quá hạn: 12; cùng kỳ năm trước: 50,0% (1 trên 2)."
        );
        let withheld = share(&of(None), Locale::Vi);
        assert!(!withheld.contains('%') && withheld.contains("quá hạn: 12"), "{withheld}");
    }
}
