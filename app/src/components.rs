//! Parts that several pages share.

pub(crate) mod figure;
pub(crate) mod filters;
pub(crate) mod frame;
pub(crate) mod grid;
pub(crate) mod head;
pub(crate) mod load;

use model::{Locale, Period};

use crate::text::text;

/// `name` with a capital first letter, as it stands at the start of a line.
pub(crate) fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `quý III/2026 (15/06/2026 – 14/09/2026)`: a period with its exact days.
pub(crate) fn named_with_dates(period: Period, locale: Locale) -> String {
    format!("{} ({})", period.name(locale), dates(period, locale))
}

/// The same at the start of a line.
pub(crate) fn period_with_dates(period: Period, locale: Locale) -> String {
    capital(&named_with_dates(period, locale))
}

/// `15/06/2026 – 14/09/2026`.
pub(crate) fn dates(period: Period, locale: Locale) -> String {
    let [from, to] = [period.start(), period.end()].map(|d| model::format::date(d, locale));
    text!(locale, from_to, from = from, to = to)
}
