//! Under which circular a period is reported.

use std::sync::LazyLock;

use jiff::civil::Date;
use model::{Locale, Period, Text};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Regimes {
    /// In the order of their days.
    regime: Vec<Regime>,
}

#[derive(Debug, Deserialize)]
struct Regime {
    from: Date,
    #[serde(flatten)]
    name: Text,
}

static REGIMES: LazyLock<Regimes> =
    LazyLock::new(|| super::read("regimes", include_str!("../../data/regimes.toml")));

/// The circular under which `period` is reported: the one in force on its last day.
pub(crate) fn regime(period: Period, locale: Locale) -> Option<&'static str> {
    let in_force = REGIMES.regime.iter().rfind(|r| r.from <= period.end());
    in_force.map(|r| r.name.get(locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_reported_under_the_circular_in_force_on_its_last_day() {
        for (period, act) in [
            ("2020", None),
            ("2023-Q4", Some("Circular 02/2021/TT-TTCP")),
            ("2024-Q1", Some("Circular 01/2024/TT-TTCP")),
            ("2025-Q3", Some("Circular 01/2024/TT-TTCP")),
            ("2025-Q4", Some("Circular 06/2025/TT-TTCP")),
        ] {
            assert_eq!(regime(period.parse().unwrap(), Locale::En), act, "{period}");
        }
    }
}
