//! A place or body beside its peers: the same figures, in the order of the register, and a rank only
//! where a rate makes the large and the small comparable.

use leptos::prelude::*;
use model::format::{integer, percent};
use model::rate::{Interval, wilson};
use model::{Dim, Locale, Rate};

use crate::components::figure::marks;
use crate::components::ledger::{Cell, Ledger, Row};
use crate::components::{area_dates, capital, period_name};
use crate::data::Figures;
use crate::data::profile::Peers;
use crate::routes::Page;
use crate::text::text;

/// The peers as a table, and where `member` stands among them.
pub(super) fn peers(peers: &Peers, member: &str, page: Page, dim: Dim, locale: Locale) -> AnyView {
    let names = dim.members();
    let of = names.name(&peers.of, locale).to_owned();
    let title = match dim {
        Dim::Body => text!(locale, profile.peers_bodies, name = of),
        _ => text!(locale, profile.peers, name = of),
    };
    let dates = area_dates(peers.period, member, locale);
    let period = format!("{} ({dates})", capital(&period_name(peers.period, locale)));
    let rows = peers.rows.iter().map(|row| {
        let name = names.name(&row.member, locale).to_owned();
        let head = if row.member == member {
            view! { <b>{name}</b> " " <small>{text!(locale, profile.here)}</small> }.into_any()
        } else {
            view! { <a href=page.path_of(locale, &row.member)>{name}</a> }.into_any()
        };
        let cells =
            peers.columns.iter().map(|&item| Cell::of(item, row.figures.figure(item), locale));
        Row { head, whole: false, cells: cells.collect() }
    });
    let ledger = Ledger {
        caption: format!("{title}. {period}"),
        corner: dim.name(locale).to_owned().into(),
        headings: peers.columns.iter().map(|i| i.name(locale).to_owned().into()).collect(),
        rows: rows.collect(),
        words: false,
    };
    let noun = noun(dim, locale);
    let about = (dim == Dim::Area).then(|| text!(locale, profile.peers_area));
    let unit = peers.columns.first().map(|i| i.unit().name(locale));
    let seen = peers.rows.iter().flat_map(|r| peers.columns.iter().map(|&c| r.figures.get(c)));
    let table = format!("{}{}", Page::Table.path_of(locale, &peers.id), peers.request.to_query());
    view! {
        <section aria-labelledby="peers">
            <h2 id="peers">{title.clone()}</h2>
            <p class="lead">{period} ". " {rank(peers, member, dim, locale)} " " {about}</p>
            <details>
                <summary>{text!(locale, profile.peers_table, count = peers.rows.len(), noun = noun)}</summary>
                {unit.map(|u| view! { <p class="unit small">{text!(locale, unit_of_count, unit = u)}</p> })}
                {ledger.view(locale)}
                {marks(seen, locale)}
                <p class="small">{text!(locale, profile.peers_note)}</p>
                <p class="small">
                    <a href=table>{text!(locale, see_table)}</a>
                </p>
            </details>
        </section>
    }
    .into_any()
}

/// What one of the peers is.
fn noun(dim: Dim, locale: Locale) -> String {
    match dim {
        Dim::Body => text!(locale, profile.noun_body),
        _ => text!(locale, profile.noun_place),
    }
}

/// Where `member` stands among the peers by the first rate of the table. Peers whose interval
/// overlaps its own are named: chance alone might have ordered them otherwise.
fn rank(peers: &Peers, member: &str, dim: Dim, locale: Locale) -> Option<String> {
    let noun = || noun(dim, locale);
    let rate = Rate::among(&peers.columns).find(|rate| rate.is_of_counts())?;
    let of = |figures: &Figures| figures.rate(rate.numerator(), rate.denominator());
    let own = peers.rows.iter().find(|r| r.member == member).and_then(|r| of(&r.figures));
    let Some((n, whole)) = own else {
        return Some(text!(locale, profile.no_rank, rate = rate.name(locale)));
    };
    let others: Vec<(i64, i64)> =
        peers.rows.iter().filter(|r| r.member != member).filter_map(|r| of(&r.figures)).collect();
    let place = Place::of((n, whole), &others)?;
    let missing = peers.rows.len() - 1 - others.len();
    let told = |words: String| {
        let missing = (missing > 0)
            .then(|| text!(locale, profile.rank_missing, count = missing, noun = noun()));
        missing.into_iter().fold(words, |words, more| format!("{words} {more}"))
    };
    if place.overlapping == others.len() {
        // A rank would make a difference of what may be none.
        return Some(told(text!(
            locale,
            profile.rank_same,
            rate = rate.name(locale),
            share = percent(n, whole, locale)?,
            n = integer(n, locale),
            whole = integer(whole, locale),
            count = others.len(),
            noun = noun()
        )));
    }
    let mut out = text!(
        locale,
        profile.rank,
        rate = rate.name(locale),
        share = percent(n, whole, locale)?,
        n = integer(n, locale),
        whole = integer(whole, locale),
        rank = place.rank,
        count = others.len() + 1,
        noun = noun()
    );
    if place.overlapping > 0 {
        out.push(' ');
        out.push_str(&text!(locale, profile.rank_chance, count = place.overlapping, noun = noun()));
    }
    Some(told(out))
}

/// A place among rates.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    /// 1 for the highest rate; equal rates share a place.
    rank: usize,
    /// Others whose 95 % interval overlaps its own.
    overlapping: usize,
}

impl Place {
    /// `None` if the rate has no interval.
    fn of(own: (i64, i64), others: &[(i64, i64)]) -> Option<Self> {
        let Interval { low, high } = wilson(own.0, own.1)?;
        let higher = |(n, of): &(i64, i64)| {
            i128::from(*n) * i128::from(own.1) > i128::from(own.0) * i128::from(*of)
        };
        let overlaps = |(n, of): &(i64, i64)| {
            wilson(*n, *of).is_some_and(|other| other.low <= high && low <= other.high)
        };
        Some(Self {
            rank: 1 + others.iter().filter(|o| higher(o)).count(),
            overlapping: others.iter().filter(|o| overlaps(o)).count(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rates_share_a_place_and_few_cases_tell_little() {
        let place = Place::of((50, 100), &[(5, 10), (90, 100), (2, 100)]).unwrap();
        assert_eq!(place, Place { rank: 2, overlapping: 1 });
    }

    #[test]
    fn a_rate_of_nothing_has_no_place() {
        assert_eq!(Place::of((0, 0), &[(1, 2)]), None);
    }
}
