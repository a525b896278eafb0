//! A number, a sentence or an address, held against the published figures.

use leptos::prelude::*;
use model::Locale;
use model::format::integer;

use super::sources_up_to;
use super::table::words::place_words;
use crate::components::figure::figure;
use crate::components::{capital, period_name};
use crate::data::Value;
use crate::data::check::{
    Answer, CheckPage as Data, FileAnswer, FileVerdict, Match, Unreadable, Verdict, Version,
};
use crate::data::figure::{FigurePage, State};
use crate::pages::head::document_head;
use crate::routes::{Page, QUESTION};
use crate::text::text;

/// No more rows of a file are named.
const ROWS: usize = 50;

/// The page.
pub(super) fn page(data: &Data, locale: Locale) -> AnyView {
    let title = text!(locale, check.title);
    let lead = text!(locale, check.lead);
    let asked = !data.claim.is_empty() || data.file.is_some();
    let answers = data.answers.iter().map(|answer| answered(answer, data, locale)).collect_view();
    let found = data.figure.as_ref().map(|page| addressed(page, locale));
    let file = data.file.as_ref().map(|file| of_file(file, data, locale));
    let nothing = (!data.claim.is_empty() && data.answers.is_empty() && data.figure.is_none())
        .then(|| {
            let words = if data.is_address {
                text!(locale, check.no_figure)
            } else {
                text!(locale, check.no_number)
            };
            view! { <p>{words}</p> }
        });
    let caution = (!data.answers.is_empty())
        .then(|| view! { <p class="small">{text!(locale, check.caution)}</p> });
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">{sources_up_to(&data.release, locale)}</p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        {form(&data.claim, locale)}
        {file}
        {found}
        {answers}
        {nothing}
        {caution}
        {(!asked).then(|| examples(locale))}
        {file_form(locale)}
    }
    .into_any()
}

fn form(claim: &str, locale: Locale) -> AnyView {
    let claim = claim.to_owned();
    view! {
        <form class="claim" method="get" action=Page::Check.path(locale)>
            <label for="claim">{text!(locale, check.label)}</label>
            <textarea id="claim" name=QUESTION rows="3" maxlength="500" required>
                {claim}
            </textarea>
            <button type="submit">{text!(locale, check.submit)}</button>
        </form>
    }
    .into_any()
}

fn file_form(locale: Locale) -> AnyView {
    view! {
        <form
            class="claim file"
            method="post"
            enctype="multipart/form-data"
            action=Page::Check.path(locale)
        >
            <label for="file">{text!(locale, check.file_label)}</label>
            <input id="file" type="file" name="file" aria-describedby="file-limits" required />
            <p id="file-limits" class="small">{text!(locale, check.file_limits)}</p>
            <button type="submit">{text!(locale, check.file_submit)}</button>
        </form>
    }
    .into_any()
}

/// What is to be said of a file.
fn of_file(file: &FileAnswer, data: &Data, locale: Locale) -> AnyView {
    let count = |n: usize| integer(i64::try_from(n).unwrap_or(i64::MAX), locale);
    let (code, words, rest) = match &file.verdict {
        FileVerdict::Signed(places) => {
            let items = places.iter().map(|(release, path)| {
                let id = release.to_string();
                let href = Page::Release.path_of(locale, &id);
                view! { <li>{path.clone()} " · " <a href=href>{id.clone()}</a></li> }
            });
            let items = items.collect_view();
            let list = view! { <ul class="hits">{items}</ul> }.into_any();
            ("signed", text!(locale, check.file_signed), Some(list))
        }
        FileVerdict::Rows { current, superseded, unknown, others } => {
            let (code, words) = match (others.is_empty(), unknown, superseded) {
                (false, ..) => ("altered", text!(locale, check.file_altered)),
                (true, 0, 0) => ("current", text!(locale, check.file_current)),
                (true, 0, _) => ("superseded", text!(locale, check.file_superseded)),
                (true, ..) => ("unknown", text!(locale, check.file_unknown)),
            };
            let sums = text!(
                locale,
                check.file_rows,
                current = count(*current),
                superseded = count(*superseded),
                others = count(others.len()),
                unknown = count(*unknown),
            );
            let rows = others.iter().take(ROWS).map(|row| {
                let line = i64::try_from(row.line).unwrap_or(i64::MAX);
                let line = integer(line, locale);
                view! {
                    <li>
                        {text!(locale, check.file_row, line = line, says = row.says.clone())} " "
                        {match_words(&row.figure, data, locale)}
                    </li>
                }
            });
            let rows = rows.collect_view();
            let rows = (!others.is_empty()).then(|| view! { <ul class="hits">{rows}</ul> });
            let rest = view! {
                <p>{sums}</p>
                {rows}
            }
            .into_any();
            (code, words, Some(rest))
        }
        FileVerdict::Unreadable(why) => {
            let why = match why {
                Unreadable::NoText => text!(locale, check.file_no_text),
                Unreadable::NoTable(said) => {
                    text!(locale, check.file_no_table, said = said.clone())
                }
                Unreadable::TooLong(most) => {
                    text!(locale, check.file_too_long, most = count(*most))
                }
                Unreadable::NoValue => text!(locale, check.file_no_value),
                Unreadable::NoFigure => text!(locale, check.file_no_figure),
            };
            let why = view! { <p>{why}</p> }.into_any();
            ("unreadable", text!(locale, check.file_unreadable), Some(why))
        }
    };
    view! {
        <section class="answer" data-verdict=code>
            <h2>
                <q>{file.name.clone()}</q>
                ": "
                {words}
            </h2>
            {rest}
        </section>
    }
    .into_any()
}

/// What one may ask, each a link.
fn examples(locale: Locale) -> AnyView {
    let claims = [
        text!(locale, check.example_sentence),
        text!(locale, check.example_rounded),
        text!(locale, check.example_number),
    ];
    let items = claims.into_iter().map(|claim| {
        let query: String =
            form_urlencoded::Serializer::new(String::new()).append_pair(QUESTION, &claim).finish();
        let href = format!("{}?{query}", Page::Check.path(locale));
        view! { <li><a rel="nofollow" href=href>{claim}</a></li> }
    });
    view! {
        <section aria-labelledby="examples">
            <h2 id="examples">{text!(locale, check.examples)}</h2>
            <ul class="ways">{items.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// The figure whose address was given.
fn addressed(page: &FigurePage, locale: Locale) -> AnyView {
    let verdict = match (&page.state, page.value) {
        (_, Value::Withheld) => text!(locale, check.withheld),
        (State::Current | State::Confirmed(_), _) => text!(locale, check.current),
        (State::Superseded { .. }, _) => text!(locale, check.superseded),
        (State::Withdrawn(..), _) => text!(locale, figure.withdrawn),
    };
    let code = match (&page.state, page.value) {
        (_, Value::Withheld) => Verdict::Withheld,
        (State::Current | State::Confirmed(_), _) => Verdict::Current,
        (State::Superseded { .. } | State::Withdrawn(..), _) => Verdict::Superseded,
    };
    let what = crate::cite::what(page, locale);
    let href = Page::Figure.path_of(locale, &page.name().to_string());
    let value = crate::cite::value(page, locale);
    view! {
        <section class="answer" data-verdict=name(code)>
            <h2>{verdict}</h2>
            <p>
                <a href=href>{format!("{what}: {value}")}</a>
            </p>
        </section>
    }
    .into_any()
}

/// A verdict's name for machines.
const fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Current => "current",
        Verdict::Rounded => "rounded",
        Verdict::Superseded => "superseded",
        Verdict::Contradicted => "contradicted",
        Verdict::Withheld => "withheld",
        Verdict::Unpublished => "unpublished",
        Verdict::Unclear => "unclear",
    }
}

fn answered(answer: &Answer, data: &Data, locale: Locale) -> AnyView {
    let words = match answer.verdict {
        Verdict::Current => text!(locale, check.current),
        Verdict::Rounded => text!(locale, check.rounded),
        Verdict::Superseded => text!(locale, check.superseded),
        Verdict::Contradicted => text!(locale, check.contradicted),
        Verdict::Withheld => text!(locale, check.withheld),
        Verdict::Unpublished => text!(locale, check.unpublished),
        Verdict::Unclear => text!(locale, check.unclear),
    };
    let lead = match answer.verdict {
        _ if answer.matches.is_empty() => None,
        Verdict::Contradicted => Some(text!(locale, check.published_is)),
        Verdict::Unpublished => Some(text!(locale, check.elsewhere)),
        Verdict::Withheld => Some(text!(locale, marks.withheld)),
        _ => None,
    };
    let matches = answer.matches.iter().map(|m| matched(m, data, locale)).collect_view();
    let matches = (!answer.matches.is_empty()).then(|| view! { <ul class="hits">{matches}</ul> });
    view! {
        <section class="answer" data-verdict=name(answer.verdict)>
            <h2>
                <q>{answer.said.clone()}</q>
                ": "
                {words}
            </h2>
            {lead.map(|lead| view! { <p>{lead}</p> })}
            {matches}
        </section>
    }
    .into_any()
}

fn matched(found: &Match, data: &Data, locale: Locale) -> AnyView {
    view! { <li>{match_words(found, data, locale)}</li> }.into_any()
}

/// A figure with what it counts, and what became of it.
fn match_words(found: &Match, data: &Data, locale: Locale) -> AnyView {
    let Match { address, newest, .. } = found;
    let item = address.item;
    let place = data.table(&found.table).map(|table| place_words(table, address, locale));
    let place = place.unwrap_or_default();
    let period = period_name(address.period, locale);
    let table = data.title(&found.table).map(|title| title.get(locale).to_owned());
    let href = Page::Figure.path_of(locale, &found.id.to_string());
    let release = |version: &Version| {
        let id = version.release.id.to_string();
        view! { <a class="unbroken" href=Page::Release.path_of(locale, &id)>{id.clone()}</a> }
    };
    let before = found.old.as_ref().map(|old| {
        view! {
            <br />
            {text!(locale, check.before)}
            " "
            {figure(old.shown(), locale)}
            " ("
            {release(old)}
            ")"
        }
    });
    view! {
        <a rel="nofollow" href=href>
            <b>{figure(newest.shown(), locale)}</b>
            " "
            {item.unit().name(locale)}
        </a>
        " – "
        {format!("{}: {place}, {period}", capital(item.name(locale)))}
        <small>{table} ", " {release(newest)}</small>
        {before}
    }
    .into_any()
}
