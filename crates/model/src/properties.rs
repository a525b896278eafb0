//! What holds of every period, number and day.

use crate::format::{integer, per_mille};
use crate::{Locale, Period};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn day() -> impl Strategy<Value = Date> {
    (0i32..20 * 365).prop_map(|n| date(2015, 1, 1).saturating_add(jiff::Span::new().days(n)))
}

proptest! {
    #[test]
    fn a_day_is_in_its_quarter_and_in_no_other(day in day(), other in -40i32..40) {
        let quarter = Period::quarter_of(day);
        prop_assert!(quarter.start() <= day && day <= quarter.end());
        let index = quarter.last_quarter_index() + other;
        let elsewhere = Period::from_quarter_index(index);
        prop_assert_eq!(elsewhere.start() <= day && day <= elsewhere.end(), other == 0);
    }

    /// A quarter knows an extract up to its cut-off, and the first that does is the one.
    #[test]
    fn an_extract_is_first_known_by_the_earliest_quarter_whose_cutoff_is_not_past(day in day()) {
        let quarter = Period::first_knowing(day);
        let before = Period::from_quarter_index(quarter.last_quarter_index() - 1);
        prop_assert!(day <= quarter.cutoff());
        prop_assert!(day > before.cutoff());
    }

    #[test]
    fn text_is_a_period_only_if_the_period_prints_it(text in "[0-9]{3,5}(-(Q[0-9]|[0-9]M|.{0,3}))?") {
        if let Ok(period) = text.parse::<Period>() {
            prop_assert_eq!(period.to_string(), text);
        }
    }

    #[test]
    fn a_number_keeps_its_digits(n in any::<i64>()) {
        for (locale, separator) in [(Locale::Vi, '.'), (Locale::En, ',')] {
            let text = integer(n, locale);
            let plain: String = text.chars().filter(|c| *c != separator).collect();
            prop_assert_eq!(plain.replace('−', "-").parse::<i64>().unwrap(), n);
            let first = text.trim_start_matches('−').split(separator).next().unwrap();
            prop_assert!((1..=3).contains(&first.len()), "{}", text);
        }
    }

    /// Rounded to the nearest tenth of a per cent, halves away from zero.
    #[test]
    fn a_rate_is_rounded_by_less_than_half_a_tenth(n in -1_000_000i64..1_000_000, of in 1i64..1_000_000) {
        let tenths = i128::from(per_mille(n, of).unwrap());
        let error = tenths * i128::from(of) - i128::from(n) * 1000;
        prop_assert!(error.abs() * 2 <= i128::from(of));
        prop_assert_eq!(per_mille(-n, of).unwrap(), -per_mille(n, of).unwrap());
    }
}
