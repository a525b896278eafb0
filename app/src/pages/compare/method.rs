//! What a measure tells and does not, how it is compared, and what else there is to compare.

use leptos::prelude::*;
use model::compare::{FEWEST, FEWEST_PEERS};
use model::format::percent;
use model::{Dim, Item, Locale};

use super::{address, peers_name};
use crate::data::compare::{Chosen, Measure, Setting};
use crate::routes::Page;
use crate::text::text;

/// The sections under the table.
pub(super) fn section(measure: &Measure, chosen: Option<&Chosen>, locale: Locale) -> AnyView {
    let notes = notes(measure, chosen, locale).into_iter().map(|note| view! { <li>{note}</li> });
    view! {
        <section aria-labelledby="about">
            <h2 id="about">{text!(locale, compare.about)}</h2>
            <div class="prose">
                <p>
                    <b>{text!(locale, compare.tells)}</b>
                    " "
                    {measure.tells.get(locale).to_owned()}
                </p>
                <p>
                    <b>{text!(locale, compare.silent)}</b>
                    " "
                    {measure.silent.get(locale).to_owned()}
                </p>
            </div>
        </section>
        <section aria-labelledby="method">
            <h2 id="method">{text!(locale, compare.method)}</h2>
            <ul class="notes">{notes.collect_view()}</ul>
            <p class="small">
                <a href=Page::Methods.path(locale)>{text!(locale, nav.methods)}</a>
            </p>
        </section>
        {chosen.and_then(|chosen| others(measure, chosen, locale))}
    }
    .into_any()
}

fn notes(measure: &Measure, chosen: Option<&Chosen>, locale: Locale) -> Vec<String> {
    let mut out = vec![
        text!(locale, compare.method_funnel),
        text!(locale, compare.method_common, fewest = FEWEST, peers = FEWEST_PEERS),
    ];
    let compared = chosen.map_or(0, |c| c.comparison.compared().count());
    out.extend(
        expected(compared, locale)
            .map(|n| text!(locale, compare.method_chance, count = compared, n = n)),
    );
    out.push(text!(locale, compare.method_together));
    let peers = chosen.map_or("", |c| c.peers.as_str());
    out.push(match peers {
        peers if peers == measure.dim.total() => text!(locale, compare.method_peers_all),
        peers if Setting::from_code(peers).is_some() => text!(locale, compare.method_setting),
        _ => text!(locale, compare.method_peers),
    });
    if measure.dim == Dim::Area {
        out.push(text!(locale, profile.peers_area));
    }
    if measure.numerator == Item::SettledOnTime {
        out.push(text!(locale, compare.method_overdue));
    }
    if measure.reported.is_some() {
        out.push(text!(locale, compare.method_reported));
    }
    if measure.kind == "civil" {
        out.push(text!(locale, compare.method_civil));
    }
    if chosen.is_some_and(|c| c.comparison.mixed) {
        out.push(match measure.field.as_str() {
            "land" => text!(locale, compare.method_mix_land),
            _ => text!(locale, compare.method_mix),
        });
    }
    out
}

/// How many of `compared` that are alike stand outside by chance, one in twenty, with one decimal.
fn expected(compared: usize, locale: Locale) -> Option<String> {
    let count = i64::try_from(compared).ok().filter(|n| *n > 0)?;
    // A share of 2,000 in per cent is a twentieth.
    Some(percent(count, 2000, locale)?.trim_end_matches('%').to_owned())
}

/// Links to the same comparison among the peers beside, above and under those chosen, and among settings.
fn others(measure: &Measure, chosen: &Chosen, locale: Locale) -> Option<AnyView> {
    let members = measure.dim.members();
    let parent = |code: &str| members.get(code).and_then(|m| m.parent.as_deref());
    let here = chosen.peers.as_str();
    let near = |code: &&String| {
        let (code, above) = (code.as_str(), parent(here));
        let is_setting = |code: &str| Setting::from_code(code).is_some();
        let whole = Some(measure.dim.total());
        code != here
            && match is_setting(here) {
                _ if is_setting(code) => true,
                true => parent(code).is_none() || parent(code) == whole,
                false => parent(code) == above || above == Some(code) || parent(code) == Some(here),
            }
    };
    let near: Vec<&String> = chosen.choices.iter().filter(near).collect();
    let link = |code: &&String| {
        let href = address(measure, code, chosen.period, locale);
        view! { <li><a href=href>{peers_name(measure, code, locale)}</a></li> }
    };
    (!near.is_empty()).then(|| {
        view! {
            <section aria-labelledby="others">
                <h2 id="others">{text!(locale, compare.others)}</h2>
                <ul class="links">{near.iter().map(link).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_in_twenty_is_expected_outside() {
        assert_eq!(expected(11, Locale::Vi).as_deref(), Some("0,6"));
        assert_eq!(expected(166, Locale::En).as_deref(), Some("8.3"));
        assert_eq!(expected(0, Locale::En), None);
    }
}
