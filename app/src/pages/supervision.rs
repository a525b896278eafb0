//! The way into supervision: what else there is, and where to look first by rules that everybody can read.

mod words;

use leptos::prelude::*;
use model::compare::Room;
use model::format::integer;
use model::{Dim, Locale, Period};

use super::source;
use crate::arrange::{By, Request};
use crate::components::figure::marks;
use crate::components::grid::UNBROKEN_DASH;
use crate::components::ledger::{Cell, Heading, Ledger, Row};
use crate::components::{day, period_name, period_with_dates};
use crate::data::supervision::{Judgement, Look, Page as Data, Rule, Seen, Tally, Test, Verdict};
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &Data, locale: Locale) -> AnyView {
    let title = text!(locale, supervision.title);
    let lead = text!(locale, supervision.lead);
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">{source(&data.release, locale)}</p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        {ways(data, locale)}
        <section aria-labelledby="attention">
            <h2 id="attention">{text!(locale, supervision.list)}</h2>
            <p class="lead">{summary(data, locale)}</p>
            <ul class="columns contents">{contents(data, locale)}</ul>
        </section>
        {data.rules.iter().map(|(rule, looks)| section(rule, looks, locale)).collect_view()}
        <section aria-labelledby="reading">
            <h2 id="reading">{text!(locale, supervision.reading)}</h2>
            <ul class="notes">
                <li>{text!(locale, supervision.note_question)}</li>
                <li>{text!(locale, supervision.note_rule)}</li>
                <li>{text!(locale, supervision.note_withheld)}</li>
                <li>{text!(locale, supervision.note_silence)}</li>
                {chance(data, locale)}
                <li>{text!(locale, supervision.note_mix)}</li>
                <li>{text!(locale, supervision.note_order)}</li>
            </ul>
        </section>
    }
    .into_any()
}

/// Where supervision goes on.
fn ways(data: &Data, locale: Locale) -> AnyView {
    let pages = [
        (Page::Compare, text!(locale, compare.title), text!(locale, supervision.compare_about)),
        (Page::Report, text!(locale, report.title), text!(locale, supervision.report_about)),
        (
            Page::Deadlines,
            text!(locale, deadlines.title),
            text!(locale, supervision.deadlines_about),
        ),
    ];
    let pages = pages.map(|(page, name, about)| {
        view! { <li><a href=page.path(locale)>{name}</a><p>{about}</p></li> }
    });
    let tables = data.tables.iter().enumerate().map(|(i, table)| {
        let between = if i > 0 { "; " } else { "" };
        let title = table.title.get(locale).to_owned();
        view! { {between} <a href=Page::Table.path_of(locale, &table.id)>{title}</a> }
    });
    view! {
        <ul class="index">
            {pages.collect_view()}
            <li><b>{text!(locale, supervision.tables)}</b><p>{tables.collect_view()}</p></li>
        </ul>
    }
    .into_any()
}

/// How many rules on figures up to when, and what came of them.
fn summary(data: &Data, locale: Locale) -> String {
    let seen = || data.rules.iter().flat_map(|(_, looks)| looks);
    let Some(newest) = seen().filter_map(|s| s.periods.last().copied()).max() else {
        return text!(locale, supervision.nothing_yet);
    };
    let Tally { flagged, within, missing } = Tally::of(seen());
    let n = |n: usize| integer(i64::try_from(n).unwrap_or(i64::MAX), locale);
    text!(
        locale,
        supervision.summary,
        day = day(newest.end(), locale),
        rules = n(data.rules.len()),
        flagged = n(flagged),
        within = n(within),
        missing = n(missing)
    )
}

/// The rules, each with how much it flags.
fn contents(data: &Data, locale: Locale) -> AnyView {
    let line = |(rule, looks): &(&'static Rule, Vec<Seen>)| {
        let flagged = Tally::of(looks).flagged;
        let name = rule.name.get(locale);
        view! {
            <li>
                <a href=format!("#{}", rule.id)>{name}</a>
                ": "
                {text!(locale, supervision.flagged, n = flagged)}
            </li>
        }
    };
    data.rules.iter().map(line).collect_view().into_any()
}

fn section(rule: &'static Rule, looks: &[Seen], locale: Locale) -> AnyView {
    let mut thresholds: Vec<String> = Vec::new();
    for seen in looks {
        let words = words::threshold(&seen.look.test, locale);
        if !thresholds.contains(&words) {
            thresholds.push(words);
        }
    }
    let thresholds = thresholds.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    view! {
        <section aria-labelledby=rule.id.clone()>
            <h2 id=rule.id.clone()>{rule.name.get(locale)}</h2>
            <p class="lead">{rule.about.get(locale)}</p>
            <ul class="notes">{thresholds}</ul>
            {looks.iter().map(|seen| look(rule, seen, locale)).collect_view()}
        </section>
    }
    .into_any()
}

/// Who one look flags, then how many it does not, and who can't be judged.
fn look(rule: &Rule, seen: &Seen, locale: Locale) -> AnyView {
    let name = seen.look.name.get(locale);
    let Some(&newest) = seen.periods.last() else {
        return view! {
            <h3>{name}</h3>
            <p class="small">{text!(locale, supervision.nothing_yet)}</p>
        }
        .into_any();
    };
    let (mut flagged, mut missing) = (Vec::new(), Vec::new());
    for judgement in &seen.judgements {
        match judgement.verdict {
            Verdict::Flagged(_) => flagged.push(judgement),
            Verdict::NotAssessable(_) => missing.push(judgement),
            Verdict::Within => {}
        }
    }
    let within = seen.judgements.len() - flagged.len() - missing.len();
    let rest = match (within, missing.len()) {
        (_, 0) => text!(locale, supervision.rest_all, within = within),
        // Nobody is within a threshold that nobody could be held against.
        (0, missing) if flagged.is_empty() => {
            text!(locale, supervision.none_assessed, missing = missing)
        }
        (_, missing) => text!(locale, supervision.rest, within = within, missing = missing),
    };
    let none =
        (flagged.is_empty() && within > 0).then(|| format!("{} ", text!(locale, supervision.none)));
    let caption = format!("{}. {name}", rule.name.get(locale));
    let table = format!(
        "{}{}",
        Page::Table.path_of(locale, &seen.look.table),
        request(seen.look, newest).to_query()
    );
    let details = (!missing.is_empty()).then(|| {
        let words = text!(locale, supervision.missing, n = missing.len());
        let caption = format!("{caption}. {words}");
        view! {
            <details>
                <summary>{words}</summary>
                {ledger(seen.look, caption, &missing, locale)}
            </details>
        }
    });
    view! {
        <h3>{name}</h3>
        <p class="small">
            {period_with_dates(newest, locale)} ". "
            <a href=table>{text!(locale, see_table)}</a>
        </p>
        {(!flagged.is_empty()).then(|| ledger(seen.look, caption, &flagged, locale))}
        <p>{none} {rest}</p>
        {details}
    }
    .into_any()
}

/// What leads to the figures of `look` in the table's page.
fn request(look: &Look, period: Period) -> Request {
    let mut request =
        Request { by: Some(By::Members(look.dim, look.level.clone())), ..Request::default() };
    let field = (look.dim != Dim::Field).then(|| look.field());
    request.slice = request.slice.with(Dim::Kind, Some(look.kind())).with(Dim::Field, field);
    request.slice.period = Some(period);
    request
}

/// Members with their figures and what follows from them: the same columns for all of `judgements`, which
/// are all flagged, or none of them is assessable.
fn ledger(look: &Look, caption: String, judgements: &[&Judgement], locale: Locale) -> AnyView {
    let first = judgements.first().map_or(&[][..], |j| &j.figures);
    let many = first.first().map(|f| f.0) != first.last().map(|f| f.0);
    let figures = first.iter().map(|(period, item, _)| Heading {
        name: item.name(locale).replace('–', UNBROKEN_DASH),
        unit: many.then(|| period_name(*period, locale)),
        order: None,
    });
    let flagged = judgements.iter().any(|j| matches!(j.verdict, Verdict::Flagged(_)));
    let derived = if flagged {
        words::headings(&look.test, locale)
    } else {
        vec![text!(locale, supervision.why)]
    };
    let names = look.dim.members();
    let rows = judgements.iter().map(|judgement| {
        let name = names.name(&judgement.member, locale).to_owned();
        let head = match Page::of_member(look.dim) {
            Some(page) => {
                let href = page.path_of(locale, &judgement.member);
                view! { <a href=href>{name}</a> }.into_any()
            }
            None => name.into_any(),
        };
        let parent = names.get(&judgement.member).and_then(|m| m.parent.as_deref());
        let figures = judgement.figures.iter().map(|(_, item, f)| Cell::of(*item, *f, locale));
        let derived: Vec<Cell> = match &judgement.verdict {
            Verdict::Flagged(finding) => {
                words::finding(finding, parent.map(|p| names.name(p, locale)), locale)
            }
            Verdict::NotAssessable(gap) => vec![words::gap(*gap, locale).into()],
            Verdict::Within => Vec::new(),
        };
        Row { head, whole: false, cells: figures.chain(derived).collect() }
    });
    let unit = look.test.items().first().map(|i| i.unit().name(locale));
    let seen = judgements.iter().flat_map(|j| j.figures.iter().map(|(_, _, f)| f.value));
    let ledger = Ledger {
        caption,
        corner: look.dim.name(locale).to_owned().into(),
        headings: figures.chain(derived.into_iter().map(Heading::from)).collect(),
        rows: rows.collect(),
        words: false,
    };
    view! {
        {unit.map(|unit| view! { <p class="unit small">{text!(locale, unit_of_count, unit = unit)}</p> })}
        {ledger.view(locale)}
        {marks(seen, locale)}
    }
    .into_any()
}

/// How many of those judged by chance cross the limit by chance alone, for each limit.
fn chance(data: &Data, locale: Locale) -> AnyView {
    let mut limits: Vec<(Room, i64)> = Vec::new();
    for seen in data.rules.iter().flat_map(|(_, looks)| looks) {
        let Some(room) = seen.look.test.room() else { continue };
        let Tally { flagged, within, .. } = Tally::of([seen]);
        let judged = i64::try_from(flagged + within).unwrap_or(i64::MAX);
        match limits.iter_mut().find(|(r, _)| *r == room) {
            Some((_, n)) => *n += judged,
            None => limits.push((room, judged)),
        }
    }
    let line = |(room, judged): (Room, i64)| {
        let words = text!(
            locale,
            supervision.note_chance,
            sure = words::sure(room, locale),
            one_in = integer(words::one_in(room), locale),
            n = integer(judged, locale)
        );
        view! { <li>{words}</li> }
    };
    limits.into_iter().map(line).collect_view().into_any()
}

/// True if `test` compares with peers.
const fn has_peers(test: &Test) -> bool {
    matches!(test, Test::Peers { .. } | Test::Exact { .. })
}

#[cfg(test)]
mod tests;
