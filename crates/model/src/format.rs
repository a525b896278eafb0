//! Numbers and dates as readers of each language write them: `1.234,5` and 14/09/2026 in
//! Vietnamese, `1,234.5` and 14 September 2026 in English.

use jiff::civil::Date;

use crate::locale::Locale;

/// An integer with thousands separators.
#[must_use]
pub fn integer(value: i64, locale: Locale) -> String {
    let separator = match locale {
        Locale::Vi => '.',
        Locale::En => ',',
    };
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
    if value < 0 {
        out.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// `numerator / denominator` as a percentage with one decimal, rounded half up in integers, so
/// that server and browser agree to the digit; `None` if the denominator is not positive.
#[must_use]
pub fn percent(numerator: i64, denominator: i64, locale: Locale) -> Option<String> {
    let tenths = per_mille(numerator, denominator)?;
    let sign = if tenths < 0 { "−" } else { "" };
    let point = decimal_mark(locale);
    let abs = tenths.unsigned_abs();
    Some(format!("{sign}{}{point}{}%", abs / 10, abs % 10))
}

/// A share from 0 to 1 as a percentage with one decimal.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "shares are small")]
pub fn share(share: f64, locale: Locale) -> String {
    percent((share * 1000.0).round() as i64, 1000, locale).unwrap_or_default()
}

/// Relative change from `before` to `now` as a signed percentage with one decimal.
#[must_use]
pub fn change(now: i64, before: i64, locale: Locale) -> Option<String> {
    let text = percent(now.checked_sub(before)?, before, locale)?;
    Some(if now > before { format!("+{text}") } else { text })
}

/// `numerator / denominator` in tenths of a percent, rounded half away from zero.
#[must_use]
pub fn per_mille(numerator: i64, denominator: i64) -> Option<i64> {
    if denominator <= 0 {
        return None;
    }
    let (n, d) = (i128::from(numerator) * 1000, i128::from(denominator));
    let half = d / 2;
    let rounded = if n >= 0 { (n + half) / d } else { (n - half) / d };
    i64::try_from(rounded).ok()
}

const fn decimal_mark(locale: Locale) -> char {
    match locale {
        Locale::Vi => ',',
        Locale::En => '.',
    }
}

/// A date: `14/09/2026` in Vietnamese, `14 September 2026` in English.
#[must_use]
pub fn date(day: Date, locale: Locale) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    match locale {
        Locale::Vi => format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year()),
        Locale::En => {
            let month = usize::try_from(day.month() - 1).unwrap_or(0);
            format!("{} {} {}", day.day(), MONTHS[month], day.year())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_writes_them() {
        assert_eq!(integer(1_234_567, Locale::Vi), "1.234.567");
        assert_eq!(integer(-1234, Locale::En), "−1,234");
        assert_eq!(integer(999, Locale::Vi), "999");
        assert_eq!(percent(687, 812, Locale::Vi).unwrap(), "84,6%");
        assert_eq!(percent(1, 3, Locale::En).unwrap(), "33.3%");
        assert_eq!(percent(1, 0, Locale::En), None);
        assert_eq!(share(0.062_38, Locale::Vi), "6,2%");
        assert_eq!(share(1.0, Locale::En), "100.0%");
        assert_eq!(change(103, 100, Locale::Vi).unwrap(), "+3,0%");
        assert_eq!(change(97, 100, Locale::En).unwrap(), "−3.0%");
    }

    #[test]
    fn dates_are_written_as_each_language_writes_them() {
        let day = jiff::civil::date(2026, 9, 4);
        assert_eq!(date(day, Locale::Vi), "04/09/2026");
        assert_eq!(date(day, Locale::En), "4 September 2026");
    }
}
