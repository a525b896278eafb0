//! The overview: what the newest quarter brought, in a sentence first, then in figures, then one
//! question a section.

use leptos::prelude::*;
use model::format::{integer, percent};
use model::{Dim, Item as I, Locale, Period};

use super::{source, use_locale, use_query};
use crate::arrange::{By, Request};
use crate::charts::bars::{Bar, Tone, bars};
use crate::charts::flow::case_flow;
use crate::charts::map::commune_map;
use crate::charts::share::{Part, share};
use crate::charts::trend::trend;
use crate::components::figure::{change, figure, marks};
use crate::components::filters::{Choice, filters};
use crate::components::grid::{Line, grid, values};
use crate::components::head::document_head;
use crate::components::load::load;
use crate::components::{capital, dates, day, days, period_with_dates};
use crate::data::overview::{Overview, overview};
use crate::data::{Moment, Row, Value};
use crate::routes::Page;
use crate::text::text;

/// The overview.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let locale = use_locale();
    let period = use_query(|get| get("period").and_then(|p| p.parse::<Period>().ok()));
    let data = Resource::new(move || period.get(), overview);
    load(data, locale, move |data| page(data, locale))
}

fn page(data: Overview, locale: Locale) -> AnyView {
    let title = text!(locale, overview.title, period = data.period.name(locale));
    let description =
        text!(locale, overview.description, period = period_with_dates(data.period, locale));
    view! {
        {document_head(&title, &description, locale)}
        <p class="crumb">
            {capital(&data.period.name(locale))}
            " · "
            {text!(locale, figures_from, dates = dates(data.period, locale))}
            " · "
            {source(&data.release, locale)}
        </p>
        {headline(&data, locale)}
        <p class="scope">{text!(locale, overview.scope)}</p>
        {keys(&data, locale)}
        {flow(&data, locale)}
        <div class="two">
            <div>{history(&data, locale)} {outcomes(&data, locale)}</div>
            {fields(&data, locale)}
        </div>
        {timeliness(&data, locale)}
        <div class=if data.communes.is_some() { "two map" } else { "" }>
            {communes(&data, locale)} {referrals(&data, locale)}
        </div>
        {schedule(&data, locale)}
        {other_quarters(&data, locale)}
    }
    .into_any()
}

/// The sentence: what was settled, and what is overdue. It is only said in full if every figure in
/// it is shown.
fn headline(data: &Overview, locale: Locale) -> AnyView {
    let settled = data.now.shown(I::Settled);
    let on_time =
        data.now.rate(I::SettledOnTime, I::Settled).and_then(|(n, of)| percent(n, of, locale));
    match (settled, on_time, data.now.shown(I::OpenOverdue)) {
        (Some(settled), Some(on_time), Some(overdue)) => view! {
            <h1>
                {text!(locale, headline.start)}
                " "
                <em>{integer(settled, locale)}</em>
                "\u{a0}"
                {text!(locale, headline.settled)}
                " "
                <em>{on_time}</em>
                " "
                {text!(locale, headline.on_time)}
                " "
                <em class="bad">{integer(overdue, locale)}</em>
                "\u{a0}"
                {text!(locale, headline.overdue)}
            </h1>
        }
        .into_any(),
        _ => view! { <h1>{text!(locale, overview.title, period = data.period.name(locale))}</h1> }
            .into_any(),
    }
}

/// Links to a table, arranged by `request`.
fn table_link(id: &str, request: &Request, locale: Locale) -> AnyView {
    let href = format!("{}{}", Page::Table.path_of(locale, id), request.to_query());
    view! { <a href=href>{text!(locale, see_table)}</a> }.into_any()
}

fn at(period: Period) -> Request {
    let mut request = Request::default();
    request.slice.period = Some(period);
    request
}

fn by(mut request: Request, by: By) -> Request {
    request.by = Some(by);
    request
}

fn members(dim: Dim, level: &str) -> By {
    By::Members(dim, level.to_owned())
}

fn keys(data: &Overview, locale: Locale) -> AnyView {
    let (now, before) = (&data.now, &data.before);
    let key = |table: &str, label: String, value: AnyView, note: AnyView| {
        let href = format!("{}{}", Page::Table.path_of(locale, table), at(data.period).to_query());
        view! {
            <li>
                <a href=href>
                    <span class="what">{label}</span>
                    <b>{value}</b>
                    <small>{note}</small>
                </a>
            </li>
        }
    };
    let counted = |table: &str, label: String, item: I| {
        let value = now.get(item);
        let note = match before.get(item) {
            Value::Absent => Some(text!(locale, keys.no_comparison)),
            before => change(value, before, locale),
        };
        key(table, label, figure(value, locale), note.unwrap_or_default().into_any())
    };
    let rate = |n: Option<i64>, of: Option<i64>| {
        let text = n.zip(of).and_then(|(n, of)| percent(n, of, locale));
        text.map_or_else(|| figure(Value::Withheld, locale), IntoAny::into_any)
    };
    let decided = data.outcomes.sum(&[I::FoundRight, I::FoundPartly, I::FoundWrong]);
    let founded = data.outcomes.sum(&[I::FoundRight, I::FoundPartly]);
    let on_time = now.rate(I::SettledOnTime, I::Settled);
    let on_time_note = match (on_time, now.shown(I::OpenOverdue)) {
        (Some((n, of)), Some(overdue)) => view! {
            {text!(locale, keys.of, n = integer(n, locale), whole = integer(of, locale))}
            " · "
            <i>{text!(locale, keys.not_counting, n = integer(overdue, locale))}</i>
        }
        .into_any(),
        _ => ().into_any(),
    };
    let days = now.rate(I::DaysHead, I::DaysDue);
    let days_note = match (days, now.shown(I::DaysMissed)) {
        (Some((n, of)), Some(missed)) => view! {
            {text!(locale, keys.days_note, n = integer(n, locale), whole = integer(of, locale))}
            " · "
            <i>{text!(locale, keys.days_missed, n = integer(missed, locale))}</i>
        }
        .into_any(),
        _ => ().into_any(),
    };
    let founded_note = decided
        .map(|n| text!(locale, keys.decided, n = integer(n, locale)))
        .unwrap_or_default()
        .into_any();
    view! {
        <section class="keys" aria-label=text!(locale, keys.label)>
            <ul>
                {counted("petitions", text!(locale, keys.petitions), I::PetitionsReceived)}
                {counted("case-flow", text!(locale, keys.settled), I::Settled)}
                {key(
                    "timeliness",
                    text!(locale, keys.on_time),
                    rate(on_time.map(|r| r.0), on_time.map(|r| r.1)),
                    on_time_note,
                )}
                {key("outcomes", text!(locale, keys.founded), rate(founded, decided), founded_note)}
                {key(
                    "reception-schedule",
                    text!(locale, keys.days),
                    rate(days.map(|r| r.0), days.map(|r| r.1)),
                    days_note,
                )}
            </ul>
        </section>
    }
    .into_any()
}

fn flow(data: &Overview, locale: Locale) -> AnyView {
    let title = text!(locale, flow.title);
    view! {
        <section aria-labelledby="flow">
            <h2 id="flow">{title.clone()}</h2>
            <p class="lead">{text!(locale, flow.lead)}</p>
            <figure>
                {case_flow(&title, &data.now, locale)}
                <figcaption>
                    {table_link("case-flow", &by(at(data.period), members(Dim::Kind, "kind")), locale)}
                </figcaption>
            </figure>
        </section>
    }
    .into_any()
}

fn history(data: &Overview, locale: Locale) -> AnyView {
    let title = text!(locale, history.title);
    let names = [
        (I::Settled, text!(locale, history.settled)),
        (I::Entered, text!(locale, history.received)),
    ];
    // One quarter is no line: its figures stand above.
    let [first, .., last] = &data.trend[..] else { return ().into_any() };
    let [from, to] = [first, last].map(|m| m.period.name(locale));
    view! {
        <section aria-labelledby="history">
            <h2 id="history">{title.clone()}</h2>
            <p class="lead">{text!(locale, history.lead, from = from, to = to)}</p>
            <figure>
                {trend(&title, &data.trend, &names, locale)}
                {begins(first, locale)}
                <figcaption>
                    {table_link("case-flow", &by(Request::default(), By::Period), locale)}
                </figcaption>
            </figure>
        </section>
    }
    .into_any()
}

/// What to know of the first quarter: what it opened with, and that nothing came before it.
fn begins(first: &Moment, locale: Locale) -> AnyView {
    let period = first.period.name(locale);
    let from = day(first.period.start(), locale);
    let words = match first.figures.get(I::Opening) {
        Value::Shown(0) => text!(locale, history.begins_empty, period = period, day = from),
        _ => text!(locale, history.begins, period = period, day = from),
    };
    view! { <p class="small">{words}</p> }.into_any()
}

fn fields(data: &Overview, locale: Locale) -> AnyView {
    let title = text!(locale, fields.title);
    let members_of = Dim::Field.members();
    let mut rows: Vec<&Row> =
        data.fields.iter().filter(|r| r.figures.get(I::Entered) != Value::Shown(0)).collect();
    // Shown values by size; what is withheld follows in the order of the official forms.
    rows.sort_by_key(|r| {
        let value = r.figures.shown(I::Entered);
        (value.is_none(), std::cmp::Reverse(value), members_of.position(&r.member))
    });
    let bar = |r: &Row| Bar {
        name: members_of.name(&r.member, locale).to_owned(),
        href: None,
        part: false,
        value: r.figures.get(I::Entered),
    };
    let lead =
        data.fields_total.shown().map(|n| text!(locale, fields.lead, n = integer(n, locale)));
    let drawn = bars(
        &title,
        Dim::Field.name(locale),
        I::Entered.name(locale),
        rows.iter().map(|r| bar(r)).collect(),
        data.fields_total.shown(),
        Tone::In,
        locale,
    );
    view! {
        <section aria-labelledby="fields">
            <h2 id="fields">{title.clone()}</h2>
            <p class="lead">{lead}</p>
            <figure>
                {drawn}
                {marks(rows.iter().map(|r| r.figures.get(I::Entered)), locale)}
                <figcaption>
                    {table_link(
                        "cases-by-field",
                        &by(at(data.period), members(Dim::Field, "field")),
                        locale,
                    )}
                </figcaption>
            </figure>
        </section>
    }
    .into_any()
}

fn outcomes(data: &Overview, locale: Locale) -> AnyView {
    let title = text!(locale, outcomes.title);
    let part = |item: I, tone: &'static str| Part {
        name: item.name(locale).to_owned(),
        value: data.outcomes.get(item),
        tone,
    };
    let parts = vec![
        part(I::FoundRight, "part-1"),
        part(I::FoundPartly, "part-2"),
        part(I::FoundWrong, "part-3"),
    ];
    let decided = data.outcomes.sum(&[I::FoundRight, I::FoundPartly, I::FoundWrong]);
    let lead = decided.map_or_else(
        || text!(locale, outcomes.lead_withheld),
        |n| text!(locale, outcomes.lead, n = integer(n, locale)),
    );
    let second =
        data.outcomes.sum(&[I::Upheld, I::Overturned]).zip(data.outcomes.shown(I::Overturned));
    let second = second.filter(|(all, _)| *all > 0).map(|(all, overturned)| {
        let text = text!(
            locale,
            outcomes.second,
            n = integer(overturned, locale),
            whole = integer(all, locale)
        );
        view! { <p class="small">{text}</p> }
    });
    let seen: Vec<Value> = parts.iter().map(|p| p.value).collect();
    view! {
        <section aria-labelledby="outcomes">
            <h2 id="outcomes">{title.clone()}</h2>
            <p class="lead">{lead}</p>
            <figure>
                {share(&title, parts, locale)}
                {second}
                {marks(seen.into_iter(), locale)}
                <figcaption>
                    {table_link("outcomes", &by(Request::default(), By::Period), locale)}
                </figcaption>
            </figure>
        </section>
    }
    .into_any()
}

fn timeliness(data: &Overview, locale: Locale) -> AnyView {
    let title = text!(locale, timeliness.title);
    let settled = data.now.get(I::Settled);
    let open = data.now.get(I::Closing);
    let part = |item: I, tone: &'static str| Part {
        name: item.name(locale).to_owned(),
        value: data.now.get(item),
        tone,
    };
    let done = vec![part(I::SettledOnTime, "part-1"), part(I::SettledLate, "part-2")];
    let left = vec![part(I::OpenWithin, "part-3"), part(I::OpenOverdue, "late")];
    let bands = [
        (I::Overdue30, text!(locale, timeliness.days_30)),
        (I::Overdue90, text!(locale, timeliness.days_90)),
        (I::OverdueMore, text!(locale, timeliness.days_more)),
    ];
    let bands: Vec<Bar> = bands
        .into_iter()
        .map(|(item, name)| Bar { name, href: None, part: false, value: data.now.get(item) })
        .collect();
    let overdue = data.now.shown(I::OpenOverdue);
    let bands_title = overdue.map_or_else(
        || text!(locale, timeliness.bands),
        |n| text!(locale, timeliness.bands_of, n = integer(n, locale)),
    );
    let settled_title = text!(locale, timeliness.settled);
    let open_title = text!(locale, timeliness.open);
    view! {
        <section aria-labelledby="timeliness">
            <h2 id="timeliness">{title}</h2>
            <p class="lead">{text!(locale, timeliness.lead)}</p>
            <figure>
                <div class="halves">
                    <div>
                        <h3>
                            {settled_title.clone()} " "
                            <span class="dim">{figure(settled, locale)}</span>
                        </h3>
                        {share(&settled_title, done, locale)}
                    </div>
                    <div>
                        <h3>
                            {open_title.clone()} " " <span class="dim">{figure(open, locale)}</span>
                        </h3>
                        {share(&open_title, left, locale)}
                        <div class="within">
                            <p class="small">{bands_title}</p>
                            {bars(
                                &text!(locale, timeliness.bands),
                                &text!(locale, timeliness.bands),
                                I::OpenOverdue.name(locale),
                                bands,
                                overdue,
                                Tone::Late,
                                locale,
                            )}
                        </div>
                    </div>
                </div>
                <figcaption>
                    {table_link(
                        "timeliness",
                        &by(at(data.period), members(Dim::Kind, "kind")),
                        locale,
                    )}
                    " · "
                    <a href=format!(
                        "{}{}",
                        Page::Table.path_of(locale, "timeliness"),
                        by(at(data.period), members(Dim::Area, "region")).to_query(),
                    )>{text!(locale, timeliness.by_region)}</a>
                </figcaption>
            </figure>
        </section>
    }
    .into_any()
}

fn communes(data: &Overview, locale: Locale) -> Option<AnyView> {
    let map = data.communes.as_ref()?;
    let title = text!(locale, communes.title);
    let newest = data.quarters.first() == Some(&data.period);
    let lead = commune_words(map.period, newest, locale);
    Some(
        view! {
            <section aria-labelledby="communes">
                <h2 id="communes">{title.clone()}</h2>
                <p class="lead">{lead}</p>
                <figure>
                    {commune_map(&title, &map.rows, I::Entered, locale)}
                    <figcaption>
                        {table_link(
                            "cases-commune",
                            &by(at(map.period), members(Dim::Area, "commune")),
                            locale,
                        )}
                        " · "
                        <a href=Page::Areas.path(locale)>{text!(locale, communes.all)}</a>
                    </figcaption>
                </figure>
            </section>
        }
        .into_any(),
    )
}

/// What a map of communes shows for `year`, and over which days.
pub(crate) fn commune_words(year: Period, newest: bool, locale: Locale) -> String {
    let from = year.start().max(model::area::COMMUNES_SINCE);
    let (period, dates) = (year.name(locale), days(from, year.end(), locale));
    let what = if newest {
        text!(locale, communes.newest, period = period, dates = dates)
    } else {
        text!(locale, communes.of, period = period, dates = dates)
    };
    if from > year.start() { format!("{what} {}", text!(locale, communes.partial)) } else { what }
}

/// Rows of `dim`, the total first.
fn lines(rows: &[Row], dim: Dim, locale: Locale) -> Vec<Line> {
    let names = dim.members();
    rows.iter()
        .map(|row| Line {
            name: names.name(&row.member, locale).to_owned(),
            note: None,
            href: None,
            whole: row.member == dim.total(),
            figures: row.figures.clone(),
        })
        .collect()
}

fn referrals(data: &Overview, locale: Locale) -> AnyView {
    let title = text!(locale, referrals.title);
    let columns = [I::Referred, I::Acknowledged, I::ReferralAccepted, I::ReferralSettled];
    let lines = lines(&data.referrals, Dim::Referrer, locale);
    let seen: Vec<Value> = values(&lines, &columns).collect();
    let total = data.referrals.iter().find(|r| r.member == Dim::Referrer.total());
    let told =
        total.and_then(|r| r.figures.rate(I::Notified, I::ReferralSettled)).map(|(n, of)| {
            text!(locale, referrals.told, n = integer(n, locale), whole = integer(of, locale))
        });
    view! {
        <section aria-labelledby="referrals">
            <h2 id="referrals">{title.clone()}</h2>
            <p class="lead">{text!(locale, referrals.lead)}</p>
            <figure>
                {grid(&title, Dim::Referrer.name(locale), &columns, lines, locale)}
                {told.map(|told| view! { <p class="small">{told}</p> })}
                {marks(seen.into_iter(), locale)}
                <figcaption>
                    {table_link(
                        "referrals",
                        &by(at(data.period), members(Dim::Referrer, "referrer")),
                        locale,
                    )}
                </figcaption>
            </figure>
        </section>
    }
    .into_any()
}

fn schedule(data: &Overview, locale: Locale) -> AnyView {
    let title = text!(locale, schedule.title);
    let columns = [I::DaysDue, I::DaysHead, I::DaysDelegate, I::DaysMissed];
    let lines = lines(&data.schedule, Dim::Body, locale);
    let seen: Vec<Value> = values(&lines, &columns).collect();
    view! {
        <section aria-labelledby="schedule">
            <h2 id="schedule">{title.clone()}</h2>
            <p class="lead">{text!(locale, schedule.lead)}</p>
            <figure>
                {grid(&title, Dim::Body.name(locale), &columns, lines, locale)}
                {marks(seen.into_iter(), locale)}
                <figcaption>
                    {table_link(
                        "reception-schedule",
                        &by(at(data.period), members(Dim::Body, "commune_body")),
                        locale,
                    )}
                </figcaption>
            </figure>
        </section>
    }
    .into_any()
}

fn other_quarters(data: &Overview, locale: Locale) -> AnyView {
    let options = data.quarters.iter().map(|q| (q.to_string(), capital(&q.name(locale)))).collect();
    let choice = Choice {
        name: "period",
        label: text!(locale, filters.period),
        options,
        chosen: data.period.to_string(),
    };
    view! {
        <section aria-labelledby="quarters">
            <h2 id="quarters">{text!(locale, overview.other_quarters)}</h2>
            {filters(Page::Overview.path(locale), vec![choice], locale)}
        </section>
    }
    .into_any()
}
