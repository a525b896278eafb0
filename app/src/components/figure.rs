//! Values as readers meet them. What is not a number is told apart by its mark, by a hint and by
//! words for screen readers.

use leptos::prelude::*;
use model::format::integer;
use model::{Locale, Status};

use crate::data::figure::FigureName;
use crate::data::{Figure, Value};
use crate::routes::Page;
use crate::text::text;

/// The mark and the words for a value that is not a number.
pub(crate) fn mark(value: Value, locale: Locale) -> Option<(&'static str, String)> {
    let marked = |status: Status| Some((status.mark(), status.name(locale).to_owned()));
    match value {
        Value::Shown(_) => None,
        Value::Withheld => marked(Status::Withheld),
        Value::NotCollected => marked(Status::NotCollected),
        Value::NotApplicable => marked(Status::NotApplicable),
        Value::Absent => Some(("–", text!(locale, marks.absent_short))),
    }
}

/// A value.
pub(crate) fn figure(value: Value, locale: Locale) -> AnyView {
    match (value, mark(value, locale)) {
        (Value::Shown(n), _) => integer(n, locale).into_any(),
        (_, Some((mark, words))) => {
            let hint = words.clone();
            view! {
                <span class="mark" title=hint>
                    <span aria-hidden="true">{mark}</span>
                    <span class="sr">{words}</span>
                </span>
            }
            .into_any()
        }
        (_, None) => ().into_any(),
    }
}

/// A figure that leads to its own page.
pub(crate) fn linked(figure: Figure, locale: Locale) -> AnyView {
    let content = self::figure(figure.value, locale);
    let Some(id) = figure.id else { return content };
    let name = FigureName { id, release: figure.release };
    let href = Page::Figure.path_of(locale, &name.to_string());
    view! { <a rel="nofollow" href=href>{content}</a> }.into_any()
}

/// A value as plain text, for titles and descriptions of drawings.
pub(crate) fn plain(value: Value, locale: Locale) -> String {
    match (value, mark(value, locale)) {
        (Value::Shown(n), _) => integer(n, locale),
        (_, Some((mark, words))) => format!("{mark} ({words})"),
        (_, None) => String::new(),
    }
}

/// `+3,1% so với cùng kỳ`, or that nothing changed, or the earlier count if it is small; if both
/// values are shown.
pub(crate) fn change(now: Value, before: Value, locale: Locale) -> Option<String> {
    let (now, before) = (now.shown()?, before.shown()?);
    if now == before {
        return Some(text!(locale, change_none));
    }
    if before < FEWEST_FOR_PERCENT {
        return Some(text!(locale, change_small, before = integer(before, locale)));
    }
    let change = model::format::change(now, before, locale)?;
    Some(text!(locale, change_year, change = change))
}

/// Of fewer, a percentage makes much of little: the count itself is told.
pub(crate) const FEWEST_FOR_PERCENT: i64 = 100;

/// What zero and the marks mean; only those that `values` have.
pub(crate) fn marks(values: impl Iterator<Item = Value>, locale: Locale) -> AnyView {
    marks_with(values, text!(locale, marks.absent), locale)
}

/// The same, with the reason why there is no figure where a dash stands.
pub(crate) fn marks_with(
    values: impl Iterator<Item = Value>,
    absent: String,
    locale: Locale,
) -> AnyView {
    let seen: Vec<Value> = values.collect();
    let why = Page::Methods.path(locale);
    mark_words(&seen, absent, locale)
        .into_iter()
        .map(|(value, sign, words)| {
            let why = (value == Value::Withheld).then(|| {
                view! { " " <a class="onscreen" href=format!("{why}#withheld")>{text!(locale, marks.why)}</a> }
            });
            view! { <p class="small"><b>{sign}</b> " " {words} {why}</p> }
        })
        .collect_view()
        .into_any()
}

/// The marks among `seen`, each with its sign and what it means.
pub(crate) fn mark_words(
    seen: &[Value],
    absent: String,
    locale: Locale,
) -> Vec<(Value, &'static str, String)> {
    let lines = [
        (Value::Shown(0), text!(locale, marks.zero)),
        (Value::Withheld, text!(locale, marks.withheld)),
        (Value::NotCollected, text!(locale, marks.not_collected)),
        (Value::NotApplicable, text!(locale, marks.not_applicable)),
        (Value::Absent, absent),
    ];
    let sign = |value| mark(value, locale).map_or("0", |(sign, _)| sign);
    let kept = lines.into_iter().filter(|(value, _)| seen.contains(value));
    kept.map(|(value, words)| (value, sign(value), words)).collect()
}
