//! All bodies: agencies of the province, commune committees, and the district committees that
//! were. Every table starts with its total.

use leptos::prelude::*;
use model::dimension::Member;
use model::{Dim, Item as I, Locale};

use super::source;
use crate::components::figure::marks;
use crate::components::grid::{Line, grid, values};
use crate::components::{capital, day, lifetime, period_with_dates};
use crate::data::Value;
use crate::data::body::BodyList;
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

const COLUMNS: [I; 4] = [I::Opening, I::Entered, I::Ended, I::Closing];

/// The page.
pub(super) fn page(data: &BodyList, locale: Locale) -> AnyView {
    let title = text!(locale, bodies.title);
    let lead = text!(locale, bodies.lead);
    let period = data.period.map(|p| period_with_dates(p, locale));
    let classes = Dim::Body
        .members()
        .at_level("class")
        .map(|class| class_section(class, data, locale))
        .collect_view();
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">{source(&data.release, locale)}</p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        <section aria-labelledby="levels">
            <h2 id="levels">{text!(locale, rows.body_class)}</h2>
            <p class="lead">{period} ". " {text!(locale, bodies.balance)}</p>
            {ledger(Dim::Body.total(), &text!(locale, rows.body_class), data, locale)}
        </section>
        {classes}
    }
    .into_any()
}

/// The members directly under `whole` with figures, after their total.
fn ledger(whole: &str, caption: &str, data: &BodyList, locale: Locale) -> Option<AnyView> {
    let names = Dim::Body.members();
    let row = |code: &str| data.rows.iter().find(|r| r.member == code);
    let total = Line::total(row(whole)?.figures.clone(), locale);
    let corner = Dim::Body.name(locale);
    let parts = names.children(whole).filter_map(|m| row(&m.code)).map(|r| Line {
        name: within_group(names.name(&r.member, locale), locale),
        note: data.period.and_then(|p| lifetime(&r.member, p, locale)),
        href: Some(Page::Body.path_of(locale, &r.member)),
        whole: false,
        part: false,
        figures: r.figures.clone(),
    });
    let lines: Vec<Line> = std::iter::once(total).chain(parts).collect();
    let seen: Vec<Value> = values(&lines, &COLUMNS).collect();
    Some(
        view! {
            {grid(caption, corner, &COLUMNS, lines, locale)}
            {marks(seen.into_iter(), locale)}
        }
        .into_any(),
    )
}

/// The name of a group of committees without what its heading says already.
fn within_group(name: &str, locale: Locale) -> String {
    let said = text!(locale, bodies.committees_in);
    name.strip_prefix(&*said).map_or_else(|| name.to_owned(), |rest| capital(rest.trim()))
}

fn class_section(class: &'static Member, data: &BodyList, locale: Locale) -> AnyView {
    let names = Dim::Body.members();
    let name = class.name.get(locale).to_owned();
    let now = |m: &&Member| data.period.is_none_or(|p| m.exists_in(p));
    // Groups of committees; the agencies of the province are units themselves.
    let groups: Vec<_> =
        names.children(&class.code).filter(|m| !m.levels.contains(&"unit")).filter(now).collect();
    let tables = if groups.is_empty() {
        ledger(&class.code, &name, data, locale).into_any()
    } else {
        let group = |m: &&Member| {
            let name = capital(m.name.get(locale));
            view! {
                <h3>
                    <a href=Page::Body.path_of(locale, &m.code)>{name.clone()}</a>
                </h3>
                {ledger(&m.code, &name, data, locale)}
            }
        };
        groups.iter().map(group).collect_view().into_any()
    };
    let list = |summary: String, members: Vec<&'static Member>| {
        let link = |m: &&'static Member| {
            let name = m.name.get(locale).to_owned();
            let until = model::body::body(&m.code).and_then(|b| b.valid_to).map(|last| {
                let words = text!(locale, body.until_short, day = day(last, locale));
                view! { <span class="dim">" (" {words} ")"</span> }
            });
            view! { <li><a href=Page::Body.path_of(locale, &m.code)>{name}</a> {until}</li> }
        };
        (!members.is_empty()).then(|| {
            view! {
                <details>
                    <summary>{summary}</summary>
                    <ul class="columns">{members.iter().map(link).collect_view()}</ul>
                </details>
            }
        })
    };
    let within = |m: &&Member| {
        let mut above = std::iter::successors(m.parent.as_deref(), |code| {
            names.get(code).and_then(|m| m.parent.as_deref())
        });
        above.any(|code| code == class.code)
    };
    let ended = names.at_level("unit").filter(within).filter(|m| !now(m)).collect();
    let communes = names.at_level("commune_body").filter(within).collect();
    view! {
        <section aria-labelledby=class.code.clone()>
            <h2 id=class.code.clone()>
                <a href=Page::Body.path_of(locale, &class.code)>{name.clone()}</a>
            </h2>
            {tables}
            {list(text!(locale, bodies.ended), ended)}
            {list(text!(locale, bodies.each_commune), communes)}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn committees_under_the_heading_of_their_region_have_short_names() {
        let names = Dim::Body.members();
        let groups = names.all().iter().filter(|m| m.code.starts_with("UBNDX-"));
        for locale in Locale::ALL {
            for member in groups.clone() {
                let (whole, short) =
                    (member.name.get(locale), within_group(member.name.get(locale), locale));
                assert!(short.len() + 20 < whole.len(), "{whole}: {short}");
            }
            assert_eq!(within_group("Sở Xây dựng", locale), "Sở Xây dựng");
        }
    }
}
