//! The rules of the law as tables: time limits, reception days, days off.

use jiff::civil::Date;
use law::{Every, Law, OffKind, ReceptionRule, Rule, Step, Unit};
use leptos::prelude::*;
use model::body::BodyClass;
use model::classification::Complexity;
use model::format::integer;
use model::{Dim, Kind, Locale, Text};

use crate::components::day;
use crate::components::ledger::{Heading, Ledger, Row};
use crate::routes::Page;
use crate::text::text;

/// `7 ngày làm việc`.
pub(super) fn limit(rule: &Rule, days: u16, locale: Locale) -> String {
    format!("{}\u{a0}{}", integer(i64::from(days), locale), rule.unit.name(locale))
}

/// Every limit, in words.
fn limits(rule: &Rule, locale: Locale) -> AnyView {
    let days = &rule.days;
    let mut all = vec![limit(rule, days.ordinary, locale)];
    let mut add = |days: Option<u16>, words: String| {
        all.extend(days.map(|days| format!("{words}: {}", limit(rule, days, locale))));
    };
    add(days.complicated, Complexity::Complicated.name(locale).to_lowercase());
    let especially = Complexity::EspeciallyComplicated.name(locale).to_lowercase();
    add(days.especially_complicated, especially);
    add(days.remote, text!(locale, deadlines.in_remote));
    add(days.remote_complicated, text!(locale, deadlines.in_remote_complicated));
    add(days.several_places, text!(locale, deadlines.at_places));
    let lines = all.into_iter().map(|line| view! { <span>{line}</span> }).collect_view();
    view! { <span class="lines">{lines}</span> }.into_any()
}

/// Whether a rule is of first or second instances, in the words for its kind of matter.
fn instance(rule: &Rule, locale: Locale) -> Option<String> {
    let continued = rule.kinds == [Kind::Denunciation];
    rule.second.map(|second| match (second, continued) {
        (false, _) => text!(locale, deadlines.first).to_lowercase(),
        (true, false) => text!(locale, deadlines.second_only),
        (true, true) => text!(locale, deadlines.continued),
    })
}

/// The article of a rule, and that it was not checked if it was not.
fn article(article: &Text, verified: bool, locale: Locale) -> AnyView {
    let unverified =
        (!verified).then(|| view! { " " <small>{text!(locale, deadlines.unverified)}</small> });
    view! { {article.get(locale).to_owned()} {unverified} }.into_any()
}

/// The days on which a rule is in force.
fn in_force(first: Date, last: Option<Date>, locale: Locale) -> String {
    match last {
        Some(last) => format!("{} – {}", day(first, locale), day(last, locale)),
        None => text!(locale, deadlines.since, day = day(first, locale)),
    }
}

/// The reception days that the law requires of heads of bodies.
pub(super) fn receptions(locale: Locale) -> AnyView {
    let row = |rule: &ReceptionRule| {
        let class = match rule.class {
            BodyClass::Province => "B-province",
            BodyClass::District => "B-district",
            BodyClass::Commune => "B-commune",
        };
        let limit = text!(
            locale,
            deadlines.reception_limit,
            n = integer(i64::from(rule.days), locale),
            every = rule.every.name(locale)
        );
        let within = match rule.every {
            Every::Week => text!(locale, deadlines.within_week),
            Every::Month => text!(locale, deadlines.within_month),
        };
        Row {
            head: Dim::Body.members().name(class, locale).to_owned().into_any(),
            whole: false,
            cells: vec![
                limit.into(),
                within.into(),
                article(&rule.article, rule.verified, locale).into(),
                in_force(rule.valid_from, rule.valid_to, locale).into(),
            ],
        }
    };
    Ledger {
        caption: text!(locale, deadlines.receptions),
        corner: text!(locale, deadlines.head).into(),
        headings: headings(locale),
        rows: Law::standard().reception_rules().iter().map(row).collect(),
        words: true,
    }
    .view(locale)
}

/// Those of the tables of rules.
fn headings(locale: Locale) -> Vec<Heading> {
    let names = [
        text!(locale, deadlines.limit),
        text!(locale, deadlines.from),
        text!(locale, methods.article),
        text!(locale, methods.in_force),
    ];
    names.map(Into::into).into()
}

/// Every time limit.
pub(super) fn rules(locale: Locale) -> AnyView {
    let row = |rule: &Rule| {
        let kinds = rule.kinds.iter().map(|kind| kind.name(locale).to_lowercase());
        let referrers = rule.referrers.iter().map(|r| r.name(locale).to_owned());
        let instance = instance(rule, locale);
        let about: Vec<String> = kinds.chain(instance).chain(referrers).collect();
        Row {
            head: view! { {rule.step.name(locale)} " " <small>{about.join(", ")}</small> }
                .into_any(),
            whole: false,
            cells: vec![
                limits(rule, locale).into(),
                rule.from.name(locale).to_owned().into(),
                article(&rule.article, rule.verified, locale).into(),
                in_force(rule.valid_from, rule.valid_to, locale).into(),
            ],
        }
    };
    Ledger {
        caption: text!(locale, deadlines.rules),
        corner: text!(locale, deadlines.step).into(),
        headings: headings(locale),
        rows: Law::standard().rules().iter().map(row).collect(),
        words: true,
    }
    .view(locale)
}

/// Days off and days worked in exchange, of the years that the calendar knows, the newest first.
pub(super) fn days_off(locale: Locale) -> AnyView {
    let days: Vec<(Date, &law::DayOff)> = Law::standard().calendar().days().collect();
    let mut years: Vec<_> = days.chunk_by(|a, b| a.0.year() == b.0.year()).collect();
    years.reverse();
    let year = |days: &&[(Date, &law::DayOff)]| {
        let year = days.first().map_or(0, |(day, _)| day.year());
        let item = |(on, off): &(Date, &law::DayOff)| {
            let name = off.name.get(locale).to_owned();
            let unverified = (!off.verified).then_some("*");
            let worked = (off.kind == OffKind::MovedWork).then(|| off.kind.name(locale));
            let worked = worked.map(|words| view! { " (" {words.to_lowercase()} ")" });
            view! { <li>{day(*on, locale)} ": " {name} {worked} {unverified}</li> }
        };
        let items = days.iter().map(item).collect_view();
        view! {
            <details>
                <summary>{year}</summary>
                <ul class="notes columns">{items}</ul>
            </details>
        }
    };
    let unverified = days.iter().any(|(_, off)| !off.verified);
    let note = unverified
        .then(|| view! { <p class="small">"* " {text!(locale, deadlines.unverified)}</p> });
    view! {
        {years.iter().map(year).collect_view()}
        {note}
    }
    .into_any()
}

/// The limits of settlement alone, for the page of methods.
pub(in crate::pages) fn settlement(caption: &str, locale: Locale) -> AnyView {
    let settles = |rule: &&Rule| rule.step == Step::Settlement && rule.unit == Unit::Calendar;
    let row = |rule: &Rule| {
        let kind = rule.kinds.first().map_or("", |kind| kind.name(locale));
        let instance = instance(rule, locale);
        let name = [Some(kind.to_owned()), instance].into_iter().flatten();
        Row {
            head: name.collect::<Vec<_>>().join(", ").into_any(),
            whole: false,
            cells: vec![
                limits(rule, locale).into(),
                rule.article.get(locale).to_owned().into(),
                day(rule.valid_from, locale).into(),
            ],
        }
    };
    let ledger = Ledger {
        caption: caption.to_owned(),
        corner: text!(locale, methods.matter).into(),
        headings: vec![
            text!(locale, deadlines.limit).into(),
            text!(locale, methods.article).into(),
            text!(locale, methods.in_force).into(),
        ],
        rows: Law::standard().rules().iter().filter(settles).map(row).collect(),
        words: true,
    };
    view! {
        {ledger.view(locale)}
        <p>
            <a href=Page::Deadlines.path(locale)>{text!(locale, deadlines.all)}</a>
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reception_days_of_the_law_stand_with_their_article_and_days_in_force() {
        let owner = Owner::new();
        let html = owner.with(|| receptions(Locale::Vi).to_html()).replace("<!>", "");
        let row = |words: &str| {
            let row = html.split("<tr").find(|row| row.contains(words));
            row.unwrap_or_else(|| panic!("{words}: {html}"))
        };
        let unverified = text!(Locale::Vi, deadlines.unverified);
        let weekly = row("ít nhất 1 ngày mỗi tuần");
        assert!(weekly.contains("Luật Tiếp công dân 2013, Điều 15"), "{weekly}");
        assert!(weekly.contains("01/07/2014 – 30/06/2026"), "{weekly}");
        assert!(!weekly.contains(&unverified), "{weekly}");
        let monthly = row("từ 01/07/2026");
        assert!(monthly.contains("ít nhất 2 ngày mỗi tháng"), "{monthly}");
        assert!(monthly.contains("136/2025/QH15") && monthly.contains(&unverified), "{monthly}");
        assert_eq!(html.matches("<tr").count(), 1 + Law::standard().reception_rules().len());
    }
}
