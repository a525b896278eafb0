//! The design system: what colours mean, which sizes there are, and every part that pages are made
//! of, at work on the newest figures, with when to use it.

mod parts;

use leptos::prelude::*;
use model::Locale;

use super::source;
use crate::components::ledger::{Ledger, Row};
use crate::data::design::{Colour, Design, Shade, Size};
use crate::pages::head::document_head;
use crate::text::text;

/// The page.
pub(super) fn page(data: &Design, locale: Locale) -> AnyView {
    let title = text!(locale, design.title);
    let lead = text!(locale, design.lead);
    let release = &data.overview.release;
    let sections = data
        .parts
        .iter()
        .map(|part| {
            let sample = parts::sample(part.id, &data.overview, locale);
            section(part.id.anchor(), part.title.get(locale), part.when.get(locale), sample)
        })
        .collect_view();
    let (colour, size) = (text!(locale, design.colours), text!(locale, design.sizes));
    let distance = text!(locale, design.distances);
    view! {
        {document_head(&title, &lead, release.simulated, locale)}
        <p class="crumb">{source(release, locale)}</p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        <ul class="columns contents">{contents(data, locale)}</ul>
        {section(
            "colours",
            &colour,
            &text!(locale, design.colours_lead),
            colours(&colour, &data.colours, locale),
        )}
        {section("sizes", &size, &text!(locale, design.sizes_lead), sizes(&size, &data.sizes, locale))}
        {section(
            "distances",
            &distance,
            &text!(locale, design.distances_lead),
            sizes(&distance, &data.distances, locale),
        )}
        {sections}
    }
    .into_any()
}

fn section(id: &'static str, title: &str, lead: &str, content: AnyView) -> AnyView {
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{title.to_owned()}</h2>
            <p class="lead">{lead.to_owned()}</p>
            {content}
        </section>
    }
    .into_any()
}

/// Links to the sections.
fn contents(data: &Design, locale: Locale) -> AnyView {
    let tokens = [
        ("colours", text!(locale, design.colours)),
        ("sizes", text!(locale, design.sizes)),
        ("distances", text!(locale, design.distances)),
    ];
    let parts = data.parts.iter().map(|p| (p.id.anchor(), p.title.get(locale).to_owned()));
    tokens
        .into_iter()
        .chain(parts)
        .map(|(id, name)| view! { <li><a href=format!("#{id}")>{name}</a></li> })
        .collect_view()
        .into_any()
}

fn colours(caption: &str, colours: &[Colour], locale: Locale) -> AnyView {
    let row = |colour: &Colour| Row {
        head: view! { <code>{colour.name.clone()}</code> }.into_any(),
        whole: false,
        cells: vec![
            colour.role.get(locale).to_owned().into(),
            shade(&colour.light, locale).into(),
            shade(&colour.dark, locale).into(),
        ],
    };
    Ledger {
        caption: caption.to_owned(),
        corner: text!(locale, design.name).into(),
        headings: vec![
            text!(locale, design.role).into(),
            text!(locale, design.light).into(),
            text!(locale, design.dark).into(),
        ],
        rows: colours.iter().map(row).collect(),
        words: true,
    }
    .view(locale)
}

/// A colour on its ground, and its contrast with it.
fn shade(shade: &Shade, locale: Locale) -> AnyView {
    let contrast = shade.contrast.map(|hundredths| ratio(hundredths, locale));
    view! {
        <span class="shade">
            <svg viewBox="0 0 36 20" width="36" height="20" aria-hidden="true" focusable="false">
                <rect fill=shade.ground.clone() width="36" height="20" />
                <rect fill=shade.colour.clone() x="5" y="4" width="26" height="12" />
            </svg>
            <code>{shade.colour.clone()}</code>
            " "
            {contrast.map(|ratio| view! { <span class="dim">{ratio}</span> })}
        </span>
    }
    .into_any()
}

/// `7,39 : 1`.
fn ratio(hundredths: u32, locale: Locale) -> String {
    let mark = match locale {
        Locale::Vi => ',',
        Locale::En => '.',
    };
    format!("{}{mark}{:02}\u{a0}:\u{a0}1", hundredths / 100, hundredths % 100)
}

fn sizes(caption: &str, sizes: &[Size], locale: Locale) -> AnyView {
    let row = |size: &Size| Row {
        head: size.name.get(locale).to_owned().into_any(),
        whole: false,
        cells: vec![view! { <code>{size.size.clone()}</code> }.into_any().into()],
    };
    Ledger {
        caption: caption.to_owned(),
        corner: text!(locale, design.what).into(),
        headings: vec![text!(locale, design.size).into()],
        rows: sizes.iter().map(row).collect(),
        words: true,
    }
    .view(locale)
}

#[cfg(test)]
mod tests {
    use super::ratio;
    use model::Locale;

    #[test]
    fn a_ratio_is_written_as_the_language_writes_numbers() {
        assert_eq!(ratio(739, Locale::Vi), "7,39\u{a0}:\u{a0}1");
        assert_eq!(ratio(2105, Locale::En), "21.05\u{a0}:\u{a0}1");
    }
}
