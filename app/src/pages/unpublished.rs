//! What was asked for and is not published in this way: why, and the nearest that is.

use leptos::prelude::*;
use model::{Dim, Locale};

use super::table::rows_name;
use crate::arrange::{Asked, Request, Unpublished};
use crate::components::{capital, period_name};
use crate::routes::Page;
use crate::text::text;

/// Says what of a request gave way; `address` leads to another request to the same table.
pub(crate) fn unpublished(
    missing: &[Unpublished],
    shown: &Request,
    address: &dyn Fn(&Request) -> String,
    locale: Locale,
) -> Option<AnyView> {
    if missing.is_empty() {
        return None;
    }
    let items = missing
        .iter()
        .map(|m| {
            let nearest = m.nearest.as_ref().filter(|n| *n != shown).map(|nearest| {
                view! {
                    " "
                    {text!(locale, unpublished.nearest)}
                    " "
                    <a rel="nofollow" href=address(nearest)>{words(nearest, locale)}</a>
                    "."
                }
            });
            view! { <li>{reason(m, locale)} {nearest}</li> }
        })
        .collect_view();
    Some(
        view! {
            <section class="unpublished" aria-labelledby="unpublished">
                <h2 id="unpublished">{text!(locale, unpublished.title)}</h2>
                <ul>{items}</ul>
                <p class="small">
                    {text!(locale, unpublished.shown)}
                    " "
                    <a href=format!(
                        "{}#withheld",
                        Page::Methods.path(locale),
                    )>{text!(locale, unpublished.why)}</a>
                </p>
            </section>
        }
        .into_any(),
    )
}

fn reason(missing: &Unpublished, locale: Locale) -> String {
    match &missing.asked {
        Asked::Rows(by) => text!(locale, unpublished.rows, name = rows_name(by, locale)),
        Asked::Columns(by) => text!(locale, unpublished.columns, name = rows_name(by, locale)),
        Asked::Measure(measure) => text!(locale, unpublished.measure, name = measure.name(locale)),
        Asked::Period(period) => {
            let name = capital(&period_name(*period, locale));
            if missing.elsewhere {
                text!(locale, unpublished.period, name = name)
            } else {
                text!(locale, unpublished.no_period, name = name)
            }
        }
        Asked::Member(dim, code) => {
            let name = dim.members().name(code, locale).to_owned();
            if missing.elsewhere {
                text!(locale, unpublished.together, name = name)
            } else {
                text!(locale, unpublished.level, name = name)
            }
        }
    }
}

/// A request in words: its rows, its members, its period.
fn words(request: &Request, locale: Locale) -> String {
    let members = Dim::ALL.into_iter().filter_map(|dim| {
        let code = request.slice.member(dim)?;
        Some(dim.members().name(code, locale).to_owned())
    });
    let rows = request.by.iter().map(|by| rows_name(by, locale).to_lowercase());
    let period = request.slice.period.map(|p| period_name(p, locale));
    members.chain(rows).chain(period).collect::<Vec<_>>().join(", ")
}
