//! Ways from a table's page to its files: ordinary links, so they work without JavaScript.

use leptos::prelude::*;
use model::Locale;

use crate::data::table::TablePage as Data;
use crate::text::text;

/// The drawing of the item chosen.
pub(crate) const ITEM: &str = "item";

/// The drawing of shares.
pub(crate) const RATE: &str = "rate";

/// The drawing of what became of what entered.
pub(crate) const COMPLETION: &str = "completion";

/// Links to the figures as a file and, if there is a drawing, to that.
pub(crate) fn files(data: &Data, drawing: Option<&'static str>, locale: Locale) -> AnyView {
    let pictures = drawing.map(|drawing| {
        let drawing = (drawing != ITEM).then_some(drawing);
        view! {
            {link(data, "svg", drawing, locale)}
            " · "
            {link(data, "png", drawing, locale)}
            " · "
        }
    });
    view! {
        <p class="small downloads">
            {text!(locale, files.download)} " " {pictures} {link(data, "csv", None, locale)}
        </p>
    }
    .into_any()
}

/// Links to the drawing with the code `picture`.
pub(crate) fn pictures(data: &Data, picture: &'static str, locale: Locale) -> AnyView {
    view! {
        <p class="small downloads">
            {text!(locale, files.download)} " " {link(data, "svg", Some(picture), locale)} " · "
            {link(data, "png", Some(picture), locale)}
        </p>
    }
    .into_any()
}

fn link(data: &Data, kind: &'static str, picture: Option<&'static str>, locale: Locale) -> AnyView {
    let words = match kind {
        "svg" => text!(locale, files.svg),
        "png" => text!(locale, files.png),
        _ => text!(locale, files.csv),
    };
    view! {
        <a href=address(data, kind, picture, locale) download>
            {words}
        </a>
    }
    .into_any()
}

/// Where the figures on the page are as a file.
fn address(data: &Data, kind: &str, picture: Option<&str>, locale: Locale) -> String {
    let asked = data.request().to_query();
    let more = if asked.is_empty() { '?' } else { '&' };
    let picture = picture.map(|p| format!("&picture={p}")).unwrap_or_default();
    format!("/api/v1/tables/{}.{kind}{asked}{more}lang={locale}{picture}", data.definition.id)
}
