//! Reads one cell by the type of its column.

use jiff::civil::Date;
use model::Period;

use super::codes::Code;
use super::column::{Column, Type};
use super::personal::{self, folded, redacted, shape};
use super::row::Value;

/// Largest count that makes sense; all cases of a province in a quarter are a few thousand.
const MAX_COUNT: i64 = 10_000_000;
/// Largest amount that makes sense, in million VND or m²; the province has 11 billion m².
const MAX_AMOUNT: i64 = 1_000_000_000_000;
/// The portal's records begin in 2023; older cases may still have been open then.
pub(crate) const EARLIEST: Date = jiff::civil::date(1990, 1, 1);
/// Later time limits are typing errors.
const LATEST: Date = jiff::civil::date(2100, 12, 31);

/// Why a cell can't be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The value as it may be shown.
    pub(crate) value: Option<String>,
    pub(crate) what: String,
    pub(crate) remedy: String,
}

/// Reads `text`, the content of a cell of `column`.
pub(crate) fn read(column: &Column, text: &str) -> Result<Value, Wrong> {
    let text = text.trim();
    if text.is_empty() {
        return empty(column);
    }
    let wrong = |what: &str, remedy: String| Wrong {
        value: Some(redacted(text)),
        what: what.to_owned(),
        remedy,
    };
    match column.holds {
        Type::Id => id(text),
        Type::Date | Type::TimeLimit => {
            let day = date(text).ok_or_else(|| {
                wrong("is not a date", "write dd/MM/yyyy, such as 05/09/2026, or 2026-09-05".into())
            })?;
            if (EARLIEST..=LATEST).contains(&day) {
                Ok(Value::Day(day))
            } else {
                Err(wrong(
                    "is not a plausible date",
                    format!(
                        "check the year; it lies between {} and {}",
                        EARLIEST.year(),
                        LATEST.year()
                    ),
                ))
            }
        }
        Type::Code(codes) => code(codes, text)
            .map(Value::Code)
            .ok_or_else(|| wrong("is not one of the codes of this column", codes_remedy(codes))),
        Type::YesNo => match folded(text).as_str() {
            "1" | "có" | "yes" | "true" => Ok(Value::YesNo(true)),
            "0" | "không" | "no" | "false" => Ok(Value::YesNo(false)),
            _ => Err(wrong("is not yes or no", "write 1 or 0, có or không, yes or no".into())),
        },
        Type::Count { min } => number(text, min, MAX_COUNT),
        Type::Amount => number(text, 0, MAX_AMOUNT),
        Type::Area { .. } => match text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()) {
            true => Ok(Value::Text(text.to_owned())),
            false => Err(wrong(
                "is not the code of a commune",
                "write the five digits of the commune, leading zeros included".into(),
            )),
        },
        Type::Body => {
            match text.len() <= 20 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                true => Ok(Value::Text(text.to_owned())),
                false => Err(wrong(
                    "is not the code of a body",
                    "write its code, such as SNNMT or UBND-14845".into(),
                )),
            }
        }
        Type::Key => {
            match (16..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit()) {
                true => Ok(Value::Text(text.to_ascii_lowercase())),
                false => Err(Wrong {
                    value: Some(shape(text)),
                    what: "is not a keyed hash".into(),
                    remedy:
                        "write 16 to 64 hexadecimal digits, made by the sender with a secret key"
                            .into(),
                }),
            }
        }
        Type::Quarter => match text.parse::<Period>() {
            Ok(period) if period.is_quarter() => Ok(Value::Quarter(period)),
            _ => Err(wrong("is not a report quarter", "write it as 2026-Q3".into())),
        },
    }
}

fn empty(column: &Column) -> Result<Value, Wrong> {
    if column.required {
        return Err(Wrong {
            value: None,
            what: "is empty".into(),
            remedy: "fill it in; every row needs it".into(),
        });
    }
    Ok(match (column.default, column.holds) {
        (Some(code), _) => Value::Code(code),
        (None, Type::YesNo) => Value::YesNo(false),
        (None, _) => Value::Empty,
    })
}

fn id(text: &str) -> Result<Value, Wrong> {
    if let Some(what) = personal::value(text) {
        return Err(Wrong {
            value: Some(shape(text)),
            what: format!("looks like {what}"),
            remedy: "give the record a name that says nothing about a person".into(),
        });
    }
    let fits =
        text.len() <= 40 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_/.".contains(&b));
    if fits {
        return Ok(Value::Text(text.to_owned()));
    }
    Err(Wrong {
        value: Some(redacted(text)),
        what: "is not the name of a record".into(),
        remedy: "use 1 to 40 letters (A-Z, a-z), digits, `-`, `_`, `/`, `.`".into(),
    })
}

/// Reads `dd/MM/yyyy` or `yyyy-MM-dd`; nothing else, so that 1/7 is never taken for 7 January.
pub(crate) fn date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 {
        return None;
    }
    let digits = |range: std::ops::Range<usize>| {
        let part = text.get(range)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i16>().ok()).flatten()
    };
    let (year, month, day) = match (bytes[2], bytes[4], bytes[5], bytes[7]) {
        (b'/', _, b'/', _) => (digits(6..10)?, digits(3..5)?, digits(0..2)?),
        (_, b'-', _, b'-') => (digits(0..4)?, digits(5..7)?, digits(8..10)?),
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The English code for `text`, which is the English or the Vietnamese one.
fn code(codes: &'static [Code], text: &str) -> Option<&'static str> {
    codes.iter().find(|c| c.en == text || c.vi == text).map(|c| c.en)
}

fn codes_remedy(codes: &[Code]) -> String {
    let list: Vec<_> = codes.iter().map(|c| format!("{} ({})", c.en, c.vi)).collect();
    format!("write one of: {}", list.join(", "))
}

fn number(text: &str, min: i64, max: i64) -> Result<Value, Wrong> {
    let wrong = |what: String, remedy: &str| {
        Err(Wrong { value: Some(redacted(text)), what, remedy: remedy.to_owned() })
    };
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return wrong(
            "is not a whole number".into(),
            "write digits only, without thousands separators, decimals or units",
        );
    }
    match text.parse::<i64>() {
        Ok(n) if n < 0 => wrong("is negative".into(), "counts and amounts start at 0"),
        Ok(n) if n < min => wrong(format!("is less than {min}"), "check the count"),
        Ok(n) if n <= max => Ok(Value::Number(n)),
        _ => wrong("is too large to be true".into(), "check the number and its unit"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::super::extract::extract;
    use super::*;

    fn cell(name: &str, text: &str) -> Result<Value, Wrong> {
        let columns = extract("cases").unwrap().columns;
        read(columns.iter().find(|c| c.name == name).unwrap(), text)
    }

    #[test]
    fn dates_are_read_in_both_forms_and_in_no_other() {
        assert_eq!(date("05/09/2026"), Some(day(2026, 9, 5)));
        assert_eq!(date("2026-09-05"), Some(day(2026, 9, 5)));
        assert_eq!(date("29/02/2024"), Some(day(2024, 2, 29)));
        for junk in [
            "5/9/2026",
            "05-09-2026",
            "2026/09/05",
            "31/06/2026",
            "29/02/2025",
            "05/09/26",
            "2026-9-05",
            "+5/09/2026",
            "05/13/2026",
            "05/0é/202",
            "46000",
            "2026-09-05 10:00:00",
        ] {
            assert_eq!(date(junk), None, "{junk}");
        }
        assert!(cell("received_on", "05/09/0206").is_err());
    }

    #[test]
    fn yes_and_no_are_read_in_every_form() {
        for yes in ["1", "có", "Có", "CÓ", "co\u{301}", "yes", "YES"] {
            assert_eq!(cell("mass", yes), Ok(Value::YesNo(true)), "{yes}");
        }
        for no in ["0", "không", "no", ""] {
            assert_eq!(cell("mass", no), Ok(Value::YesNo(false)), "{no}");
        }
        assert!(cell("mass", "x").is_err());
    }

    #[test]
    fn vietnamese_codes_read_as_the_english_ones() {
        assert_eq!(cell("kind", "khieu_nai"), Ok(Value::Code("complaint")));
        assert_eq!(cell("kind", "complaint"), Ok(Value::Code("complaint")));
        assert_eq!(cell("complexity", ""), Ok(Value::Code("ordinary")));
        let wrong = cell("kind", "khiếu nại").unwrap_err();
        assert!(wrong.remedy.contains("complaint (khieu_nai)"), "{wrong:?}");
    }

    #[test]
    fn numbers_with_separators_signs_or_decimals_are_refused() {
        assert_eq!(cell("people", "12"), Ok(Value::Number(12)));
        for junk in
            ["1.200", "1,200", "1 200", "+3", "-1", "0", "2,5", "1e3", "99999999999999999999"]
        {
            assert!(cell("people", junk).is_err(), "{junk}");
        }
    }

    #[test]
    fn a_key_is_never_shown() {
        let wrong = cell("complainant_key", "abc123").unwrap_err();
        assert_eq!(wrong.value.as_deref(), Some("aaa999"));
        assert!(cell("complainant_key", "0123456789abcdeF").is_ok());
    }
}
