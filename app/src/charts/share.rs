//! How a whole splits up: one bar, drawn only if every part is shown. Shares come with their
//! whole.

use leptos::prelude::*;
use model::Locale;
use model::format::{integer, percent};

use crate::components::figure::figure;
use crate::data::Value;

/// Between two parts, where the whole is 1000.
const GAP: f64 = 4.0;

/// One part.
pub(crate) struct Part {
    /// Its name.
    pub(crate) name: String,
    /// Its value.
    pub(crate) value: Value,
    /// Class of its colour.
    pub(crate) tone: &'static str,
}

/// The bar with its key: name, count and share of each part.
pub(crate) fn share(title: &str, parts: Vec<Part>, locale: Locale) -> AnyView {
    let whole: Option<i64> = parts.iter().map(|p| p.value.shown()).sum();
    let bar = whole.filter(|w| *w > 0).map(|whole| {
        let mut from = 0.0;
        let pieces = parts
            .iter()
            .map(|part| {
                let value = part.value.shown().unwrap_or(0);
                let width = portion(value, whole);
                let x = from;
                from += width;
                // A gap after each part; what is there at all is seen.
                let seen = if value > 0 { (width - GAP).max(GAP) } else { 0.0 };
                view! {
                    <rect
                        class=part.tone
                        x=chart::unit(x)
                        y="0"
                        width=chart::unit(seen)
                        height="30"
                    />
                }
            })
            .collect_view();
        view! {
            <svg
                class="sharebar"
                viewBox="0 0 1000 30"
                preserveAspectRatio="none"
                role="img"
                aria-label=title.to_owned()
            >
                {pieces}
            </svg>
        }
    });
    let key = parts
        .into_iter()
        .map(|part| {
            let share = part
                .value
                .shown()
                .zip(whole)
                .and_then(|(n, whole)| percent(n, whole, locale))
                .map(|p| view! { <b>{p}</b> });
            let count = match part.value {
                Value::Shown(n) => integer(n, locale).into_any(),
                other => figure(other, locale),
            };
            view! {
                <li>
                    <svg class="swatch" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
                        <rect class=part.tone width="12" height="12" />
                    </svg>
                    <span class="name">{part.name}</span>
                    {share}
                    <span class="dim">{count}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        {bar}
        <ul class="sharekey">{key}</ul>
    }
    .into_any()
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn portion(n: i64, whole: i64) -> f64 {
    1000.0 * n as f64 / whole as f64
}
