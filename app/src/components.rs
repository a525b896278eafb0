//! Parts that several pages share.

pub(crate) mod ask;
pub(crate) mod event_notes;
pub(crate) mod figure;
pub(crate) mod filters;
pub(crate) mod grid;
pub(crate) mod ledger;
pub(crate) mod meaning;
pub(crate) mod remember;
pub(crate) mod term;

use jiff::civil::Date;
use model::body::BodyClass;
use model::table::Frequency;
use model::{Item, Locale, Period};

use crate::text::{NO_BREAK, text};
pub(crate) use crate::text::{day, period_name};

/// Codes of what a drawing counts, for machines that read the page.
pub(crate) fn codes(items: &[Item]) -> String {
    items.iter().map(|item| item.code()).collect::<Vec<_>>().join(" ")
}

/// `name` with a capital first letter, as it stands at the start of a line.
pub(crate) fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `quý III/2026 (từ ngày 15/06/2026 đến ngày 14/09/2026)`: a period with its exact days.
pub(crate) fn named_with_dates(period: Period, locale: Locale) -> String {
    format!("{} ({})", period_name(period, locale), dates(period, locale))
}

/// The same at the start of a line.
pub(crate) fn period_with_dates(period: Period, locale: Locale) -> String {
    capital(&named_with_dates(period, locale))
}

/// The days of `period`: `từ ngày 15/06/2026 đến ngày 14/09/2026`, `15 June to 14 September 2026`.
pub(crate) fn dates(period: Period, locale: Locale) -> String {
    days(period.start(), period.end(), locale)
}

/// The days that figures of communes cover in `period`: there were none before 1 July 2025.
pub(crate) fn commune_dates(period: Period, locale: Locale) -> String {
    days(period.start().max(model::area::COMMUNES_SINCE), period.end(), locale)
}

/// The days from `from` on, of which figures of the area `area` cover those since it came to be.
pub(crate) fn covered_from(from: Date, area: &str) -> Date {
    let commune = area.strip_prefix('C').and_then(model::area::commune);
    if commune.is_some() { from.max(model::area::COMMUNES_SINCE) } else { from }
}

/// The days that figures of the area `area` cover in `period`.
pub(crate) fn area_dates(period: Period, area: &str, locale: Locale) -> String {
    days(covered_from(period.start(), area), period.end(), locale)
}

/// The days from `from` to `to`; English names a year that both share once.
pub(crate) fn days(from: Date, to: Date, locale: Locale) -> String {
    let mut first = day(from, locale);
    if locale == Locale::En && from.year() == to.year() {
        let year = format!("{NO_BREAK}{}", from.year());
        first = first.strip_suffix(&year).map(ToOwned::to_owned).unwrap_or(first);
    }
    text!(locale, from_to, from = first, to = day(to, locale))
}

/// When the agency or district committee `code` began or ended, if that was within `period`.
pub(crate) fn lifetime(code: &str, period: Period, locale: Locale) -> Option<String> {
    let body = model::body::body(code).filter(|b| b.class != BodyClass::Commune)?;
    let within = |day: &Date| (period.start()..=period.end()).contains(day);
    let from = body.valid_from.filter(within);
    let from = from.map(|d| text!(locale, body.since_short, day = day(d, locale)));
    let to = body.valid_to.filter(within);
    let to = to.map(|d| text!(locale, body.until_short, day = day(d, locale)));
    from.or(to)
}

/// How often figures come out.
pub(crate) fn frequency(frequency: Frequency, locale: Locale) -> String {
    match frequency {
        Frequency::Quarter => text!(locale, frequency.quarter),
        Frequency::ToDate => text!(locale, frequency.to_date),
        Frequency::Cumulative => text!(locale, frequency.cumulative),
        Frequency::Year => text!(locale, frequency.year),
    }
}
