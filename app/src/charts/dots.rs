//! Shares with their intervals: a dot a member and a bar for what chance alone would bring. Where a
//! part of the share is withheld there is a hatched mark in place of the share, and no position.

use chart::bars::Columns;
use chart::dots::{Entry, Estimate, Names, Row, dots as geometry};
use chart::words::centred;
use chart::{text_width, unit};
use leptos::prelude::*;
use model::Locale;
use model::format::{percent, share as per_cent};
use model::rate::wilson;

use super::bars::Tone;
use super::sheet::{SHEET_WIDTH, Sheet};
use super::{hatch, wide_and_narrow};
use crate::components::figure::mark;
use crate::data::Value;
use crate::text::text;

/// Size of type of names and values, and of axis and reference line, as the style sheet has them.
const NAME: f64 = 13.0;
const AXIS: f64 = 12.0;

/// The share of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    /// Its name.
    pub(crate) name: String,
    /// What the share consists of.
    pub(crate) numerator: Value,
    /// What it is a share of.
    pub(crate) denominator: Value,
}

impl Share {
    /// Numerator and denominator, if both are shown and a share can be formed of them.
    pub(crate) fn formed(&self) -> Option<(i64, i64)> {
        let (part, whole) = (self.numerator.shown()?, self.denominator.shown()?);
        wilson(part, whole).map(|_| (part, whole))
    }

    /// The value that stands in the way of a share; `None` also for a share of zero.
    pub(crate) fn missing(&self) -> Option<Value> {
        let values = [self.numerator, self.denominator];
        let withheld = values.into_iter().find(|v| *v == Value::Withheld);
        withheld.or_else(|| values.into_iter().find(|v| v.shown().is_none()))
    }

    /// The share in per cent.
    pub(crate) fn percent(&self, locale: Locale) -> Option<String> {
        self.formed().and_then(|(part, whole)| percent(part, whole, locale))
    }

    /// The bounds of its interval, `62,1–70,4%`.
    pub(crate) fn interval(&self, locale: Locale) -> Option<String> {
        let (part, whole) = self.formed()?;
        let bounds = wilson(part, whole)?;
        let low = per_cent(bounds.low, locale);
        let low = low.strip_suffix('%').unwrap_or(&low);
        Some(format!("{low}–{}", per_cent(bounds.high, locale)))
    }

    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    fn estimate(&self) -> Option<Estimate> {
        let (part, whole) = self.formed()?;
        let bounds = wilson(part, whole)?;
        let share = part as f64 / whole as f64;
        Some(Estimate { share, low: bounds.low, high: bounds.high })
    }
}

/// The drawing of `shares` in the order given, with a line at the share of `whole`.
pub(crate) fn dots(
    title: &str,
    shares: &[Share],
    whole: Option<&Share>,
    tone: Tone,
    locale: Locale,
) -> AnyView {
    let description = match whole.and_then(|w| reference(w, locale)) {
        Some((words, _)) => format!("{title}. {words}"),
        None => title.to_owned(),
    };
    let wide = Columns { width: 608.0, names: 210.0, values: 62.0, size: NAME };
    let narrow = Columns { width: 328.0, names: 0.0, values: 56.0, size: NAME };
    let (wide, wide_height) = drawing(shares, whole, tone, wide, Names::Beside, locale);
    let (narrow, narrow_height) = drawing(shares, whole, tone, narrow, Names::Above, locale);
    view! {
        <svg class="defs" width="0" height="0" aria-hidden="true" focusable="false">
            {hatch(HATCH)}
        </svg>
        {wide_and_narrow("", description, ([608.0, wide_height], wide), ([328.0, narrow_height], narrow))}
    }
    .into_any()
}

/// The same for a file.
pub(crate) fn dots_sheet(
    shares: &[Share],
    whole: Option<&Share>,
    tone: Tone,
    locale: Locale,
) -> Sheet {
    let columns = Columns { width: SHEET_WIDTH, names: 190.0, values: 62.0, size: NAME };
    let (drawn, height) = drawing(shares, whole, tone, columns, Names::Beside, locale);
    Sheet { height, content: view! { {hatch(HATCH)} {drawn} }.into_any() }
}

const HATCH: &str = "hatch-share";

/// The words at the reference line, and the share.
fn reference(whole: &Share, locale: Locale) -> Option<(String, f64)> {
    let words = format!("{}: {}", whole.name, whole.percent(locale)?);
    Some((words, whole.estimate()?.share))
}

/// The drawing and its height.
fn drawing(
    shares: &[Share],
    whole: Option<&Share>,
    tone: Tone,
    columns: Columns,
    names: Names,
    locale: Locale,
) -> (AnyView, f64) {
    let entries: Vec<Entry<'_>> =
        shares.iter().map(|s| Entry { name: &s.name, estimate: s.estimate() }).collect();
    let reference = whole.and_then(|w| reference(w, locale));
    let chart = geometry(&entries, reference.as_ref().map(|r| r.1), columns, names, 4);
    let [top, bottom] = <[f64; 2]>::from(chart.edges).map(unit);
    let grid = chart
        .ticks
        .iter()
        .map(|&(value, x)| {
            let words = format!("{value}%");
            let from = centred(x, text_width(&words, AXIS), 0.0, columns.width);
            view! {
                <line class="grid" x1=unit(x) x2=unit(x) y1=top.clone() y2=bottom.clone() />
                <text class="axis" x=unit(from) y=unit(chart.edges.1 + 17.0)>
                    {words}
                </text>
            }
        })
        .collect_view();
    let line = chart.reference.zip(reference).map(|(x, (words, _))| {
        let from = centred(x, text_width(&words, AXIS), 0.0, columns.width);
        view! {
            <line class="event" x1=unit(x) x2=unit(x) y1=top.clone() y2=bottom.clone() />
            <text class="event" x=unit(from) y=unit(chart.edges.0 - 5.0)>
                {words}
            </text>
        }
    });
    let rows = shares
        .iter()
        .zip(&chart.rows)
        .map(|(share, row)| drawn_row(share, row, tone, columns, locale))
        .collect_view();
    (view! { {grid} {line} {rows} }.into_any(), chart.height)
}

fn drawn_row(share: &Share, row: &Row, tone: Tone, columns: Columns, locale: Locale) -> AnyView {
    let class = tone.class();
    let name = row
        .name
        .iter()
        .map(|line| {
            view! {
                <text class="row" x=unit(line.x) y=unit(line.y)>
                    {line.text.clone()}
                </text>
            }
        })
        .collect_view();
    let mark_of_share = row.at.map(|at| {
        view! {
            <line
                class=format!("whisker {class}")
                x1=unit(at.low)
                x2=unit(at.high)
                y1=unit(row.y)
                y2=unit(row.y)
            />
            <circle class=class cx=unit(at.share) cy=unit(row.y) r="4.5" />
        }
    });
    let hatched = (share.missing() == Some(Value::Withheld)).then(|| {
        view! {
            <rect
                x=unit(columns.width - 46.0)
                y=unit(row.y - 6.0)
                width="30"
                height="12"
                fill=format!("url(#{HATCH})")
            />
        }
    });
    let words = share
        .percent(locale)
        .or_else(|| share.missing().and_then(|v| mark(v, locale)).map(|m| m.0.to_owned()))
        .unwrap_or_else(|| text!(locale, dots.of_nothing));
    view! {
        {name}
        {mark_of_share}
        {hatched}
        <text class="row n" x=unit(columns.width) y=unit(row.y + 4.5) text-anchor="end">
            {words}
        </text>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(numerator: Value, denominator: Value) -> Share {
        Share { name: "Vùng".into(), numerator, denominator }
    }

    #[test]
    fn no_share_is_formed_of_what_is_withheld_whichever_part_it_is() {
        let shown = Value::Shown(20);
        for [part, whole] in [[Value::Withheld, shown], [shown, Value::Withheld]] {
            let share = share(part, whole);
            assert_eq!((share.formed(), share.percent(Locale::Vi)), (None, None));
            assert_eq!(share.interval(Locale::Vi), None);
            assert_eq!(share.missing(), Some(Value::Withheld));
        }
    }

    #[test]
    fn a_share_is_written_with_its_interval() {
        let share = share(Value::Shown(81), Value::Shown(263));
        assert_eq!(share.percent(Locale::Vi).as_deref(), Some("30,8%"));
        assert_eq!(share.interval(Locale::Vi).as_deref(), Some("25,5–36,6%"));
        assert_eq!(share.interval(Locale::En).as_deref(), Some("25.5–36.6%"));
    }

    #[test]
    fn a_share_of_zero_is_no_share_and_nothing_is_missing() {
        let share = share(Value::Shown(0), Value::Shown(0));
        assert_eq!((share.formed(), share.missing()), (None, None));
    }
}
