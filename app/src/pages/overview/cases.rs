//! Sections of the overview on cases: their flow, what they are about, how they ended, in time or
//! not, and where.

use leptos::prelude::*;
use model::event::events;
use model::format::{integer, percent};
use model::item::Population;
use model::{Dim, Item as I, Locale, Period};

use super::{at, by, members, table_link};
use crate::arrange::{By, Request};
use crate::charts::bars::{Bar, Tone, bars};
use crate::charts::flow::case_flow;
use crate::charts::map::commune_map;
use crate::charts::share::{Part, share};
use crate::charts::trend::trend;
use crate::components::figure::{figure, marks};
use crate::components::{day, days, period_name};
use crate::data::overview::Overview;
use crate::data::{Moment, Row, Value, by_size};
use crate::routes::Page;
use crate::text::text;

pub(super) fn flow(data: &Overview, locale: Locale) -> AnyView {
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

pub(super) fn history(data: &Overview, locale: Locale) -> AnyView {
    let title = text!(locale, history.title);
    let names = [
        (I::Settled, text!(locale, history.settled)),
        (I::Entered, text!(locale, history.received)),
    ];
    // One quarter is no line: its figures stand above.
    let [first, .., last] = &data.trend[..] else { return ().into_any() };
    let [from, to] = [first, last].map(|m| period_name(m.period, locale));
    let events = events(Population::Cases, Dim::Body.total());
    view! {
        <section aria-labelledby="history">
            <h2 id="history">{title.clone()}</h2>
            <p class="lead">{text!(locale, history.lead, from = from, to = to)}</p>
            <figure>
                {trend(&title, &data.trend, &names, &events, locale)}
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
    let period = period_name(first.period, locale);
    let from = day(first.period.start(), locale);
    let words = match first.figures.get(I::Opening) {
        Value::Shown(0) => text!(locale, history.begins_empty, period = period, day = from),
        _ => text!(locale, history.begins, period = period, day = from),
    };
    view! { <p class="small">{words}</p> }.into_any()
}

pub(super) fn fields(data: &Overview, locale: Locale) -> AnyView {
    let title = text!(locale, fields.title);
    let members_of = Dim::Field.members();
    let mut rows: Vec<&Row> =
        data.fields.iter().filter(|r| r.figures.get(I::Entered) != Value::Shown(0)).collect();
    by_size(&mut rows, I::Entered, Dim::Field);
    let bar = |r: &Row| Bar {
        name: members_of.name(&r.member, locale).to_owned(),
        href: Some(Page::Field.path_of(locale, &r.member)),
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

pub(super) fn outcomes(data: &Overview, locale: Locale) -> AnyView {
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
    // What is settled and was not found right or wrong was settled a second time. How many that are
    // may be a small count, so it is left unsaid.
    let apart = data.outcomes.shown(I::Settled).zip(decided).filter(|_| second.is_none());
    let apart = apart.filter(|(settled, first)| settled > first).map(|(settled, _)| {
        let text = text!(locale, outcomes.settled_apart, whole = integer(settled, locale));
        view! { <p class="small">{text}</p> }
    });
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
                {apart}
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

pub(super) fn timeliness(data: &Overview, locale: Locale) -> AnyView {
    let title = text!(locale, timeliness.title);
    let settled = data.now.get(I::Settled);
    let open = data.now.get(I::Closing);
    let part = |item: I, tone: &'static str| Part {
        name: item.name(locale).to_owned(),
        value: data.now.get(item),
        tone,
    };
    let done = vec![part(I::SettledOnTime, "part-1"), part(I::SettledLate, "part-late")];
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
    let complaints = &data.complaints;
    let of_complaints =
        complaints.rate(I::SettledOnTime, I::SettledOrOverdue).and_then(|(n, of)| {
            let share = percent(n, of, locale)?;
            let (n, whole) = (integer(n, locale), integer(of, locale));
            let words = text!(locale, timeliness.complaints, n = n, whole = whole, share = share);
            Some(view! { <p class="small">{words}</p> })
        });
    let of_open = complaints.rate(I::OpenOverdue, I::Closing).map(|(n, of)| {
        let (n, whole) = (integer(n, locale), integer(of, locale));
        let words = text!(locale, timeliness.complaints_open, n = n, whole = whole);
        view! { <p class="small">{words}</p> }
    });
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
                        {of_complaints}
                    </div>
                    <div>
                        <h3>
                            {open_title.clone()} " " <span class="dim">{figure(open, locale)}</span>
                        </h3>
                        {share(&open_title, left, locale)}
                        {of_open}
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

pub(super) fn communes(data: &Overview, locale: Locale) -> Option<AnyView> {
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
                    {commune_map(&title, &map.rows, I::Entered, map.boundaries.as_ref(), locale)}
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
