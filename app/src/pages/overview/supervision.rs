//! Sections of the overview for supervision: what became of referred matters, and whether heads kept
//! their reception days.

use leptos::prelude::*;
use model::format::integer;
use model::{Dim, Item as I, Locale};

use super::{at, by, members, table_link};
use crate::components::figure::marks;
use crate::components::grid::{Line, grid, values};
use crate::components::period_name;
use crate::data::overview::Overview;
use crate::data::{Row, Value};
use crate::text::text;

/// Rows of `dim`, the total first.
fn lines(rows: &[Row], dim: Dim, locale: Locale) -> Vec<Line> {
    let names = dim.members();
    rows.iter()
        .map(|row| Line {
            name: names.name(&row.member, locale).to_owned(),
            note: None,
            href: None,
            whole: row.member == dim.total(),
            part: false,
            figures: row.figures.clone(),
        })
        .collect()
}

pub(super) fn referrals(data: &Overview, locale: Locale) -> AnyView {
    let title = text!(locale, referrals.title);
    let to_date = data.period.to_date();
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
            <p class="lead">
                {text!(locale, referrals.lead, period = period_name(to_date, locale))}
            </p>
            <figure>
                {grid(&title, Dim::Referrer.name(locale), &columns, lines, locale)}
                {told.map(|told| view! { <p class="small">{told}</p> })}
                {marks(seen.into_iter(), locale)}
                <figcaption>
                    {table_link(
                        "referrals",
                        &by(at(to_date), members(Dim::Referrer, "referrer")),
                        locale,
                    )}
                </figcaption>
            </figure>
        </section>
    }
    .into_any()
}

pub(super) fn schedule(data: &Overview, locale: Locale) -> AnyView {
    let title = text!(locale, schedule.title);
    let columns = [I::DaysRequired, I::DaysHead, I::DaysDelegate, I::DaysMissed, I::DaysUnreported];
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
