//! The share that a table lets its readers form for each member, drawn with its interval and set
//! out as a table beside it.

use leptos::prelude::*;
use model::{Dim, Locale, Rate};

use super::downloads;
use super::picture::{MOST_ROWS, tone};
use super::words::{period_words, slice_words};
use crate::arrange::By;
use crate::charts::dots::{Share, dots};
use crate::components::capital;
use crate::components::figure::{figure, marks};
use crate::components::grid::UNBROKEN_DASH;
use crate::components::ledger::{Cell, Ledger, Row};
use crate::data::table::TablePage as Data;
use crate::data::{Row as MemberRow, Value};
use crate::text::text;

/// A share for each member of a dimension.
pub(crate) struct Rates {
    /// Which share.
    pub(crate) rate: Rate,
    /// Of whose members.
    pub(crate) dim: Dim,
    /// The shares of the members.
    pub(crate) shares: Vec<Share>,
    /// That of the whole, if it is published beside them.
    pub(crate) whole: Option<Share>,
}

impl Rates {
    /// The share that suits the item chosen: what the item is a share of something else as, else
    /// what is a share of it, else the first that the columns allow. `None` if nothing is drawn,
    /// because there are too many or too few members or none of them has a share.
    pub(crate) fn of(data: &Data, locale: Locale) -> Option<Self> {
        let By::Members(dim, _) = data.arrangement.by else { return None };
        let item = data.arrangement.measure.item();
        let among: Vec<Rate> = Rate::among(&data.columns).filter(|r| r.is_of_counts()).collect();
        let first = |wanted: &dyn Fn(&Rate) -> bool| among.iter().copied().find(wanted);
        let rate = data
            .arrangement
            .measure
            .rate()
            .filter(|rate| among.contains(rate))
            .or_else(|| first(&|r| r.numerator() == item))
            .or_else(|| first(&|r| r.denominator() == item))
            .or_else(|| among.first().copied())?;
        let share = |row: &MemberRow| Share {
            name: dim.members().name(&row.member, locale).to_owned(),
            numerator: row.figures.get(rate.numerator()),
            denominator: row.figures.get(rate.denominator()),
        };
        let is_whole = |row: &&MemberRow| row.member == dim.total();
        let shares: Vec<Share> = data.rows.iter().filter(|r| !is_whole(r)).map(share).collect();
        let formed = shares.iter().filter(|s| s.formed().is_some()).count();
        let whole = data.rows.iter().find(is_whole).map(share);
        let drawn = formed >= 1 && (2..=MOST_ROWS).contains(&shares.len());
        drawn.then_some(Self { rate, dim, shares, whole })
    }
}

/// The section of the page, if there is a share to draw.
pub(crate) fn section(data: &Data, locale: Locale) -> Option<AnyView> {
    let rates = Rates::of(data, locale)?;
    let rate = rates.rate;
    let title = rate.name(locale).to_owned();
    let seen: Vec<Value> =
        rates.shares.iter().chain(&rates.whole).filter_map(Share::missing).collect();
    let drawn = dots(&title, &rates.shares, rates.whole.as_ref(), tone(rate.numerator()), locale);
    let ledger = Ledger {
        caption: format!("{title}. {}", slice_words(data, locale)),
        corner: rates.dim.name(locale).to_owned().into(),
        headings: vec![
            rate.numerator().name(locale).to_owned().into(),
            rate.denominator().name(locale).to_owned().into(),
            text!(locale, share).into(),
            text!(locale, dots.interval).into(),
        ],
        rows: (rates.whole.iter().map(|share| row(rate, share, true, locale)))
            .chain(rates.shares.iter().map(|share| row(rate, share, false, locale)))
            .collect(),
        words: false,
    };
    let what = format!("{}. {}", capital(&slice_words(data, locale)), period_words(data, locale));
    Some(
        view! {
            <section aria-labelledby="rate">
                <h2 id="rate">{title}</h2>
                <p class="lead">{what}</p>
                <figure>
                    <div class="dotbox">{drawn}</div>
                    <p class="small">{text!(locale, dots.reading)}</p>
                    {rate
                        .beside()
                        .map(|_| view! { <p class="small">{text!(locale, explore.on_time_note)}</p> })}
                    {ledger.view(locale)}
                </figure>
                {marks(seen.into_iter(), locale)}
                {downloads::pictures(data, downloads::RATE, locale)}
            </section>
        }
        .into_any(),
    )
}

fn row(rate: Rate, share: &Share, whole: bool, locale: Locale) -> Row {
    let instead = || match share.missing() {
        Some(value) => figure(value, locale),
        None => text!(locale, dots.of_nothing).into_any(),
    };
    let words = |words: Option<String>| Cell::from(words.map_or_else(instead, IntoAny::into_any));
    let interval = share.interval(locale).map(|text| text.replace('–', UNBROKEN_DASH));
    let interval = interval.map(|text| view! { <small>{text}</small> }.into_any());
    let cells = vec![
        Cell::of(rate.numerator(), share.numerator, locale),
        Cell::of(rate.denominator(), share.denominator, locale),
        words(share.percent(locale)),
        Cell::from(interval.unwrap_or_else(instead)),
    ];
    Row { head: share.name.clone().into_any(), whole, cells }
}
