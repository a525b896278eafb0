//! A figure in somebody else's page: a small document of its own that says which release it shows, and
//! whether it follows the newest.

use leptos::prelude::*;
use model::Locale;

use crate::cite;
use crate::components::day;
use crate::components::figure::mark;
use crate::data::figure::{FigureName, FigurePage, State};
use crate::routes::Page;
use crate::text::text;

/// Its style sheet.
pub const STYLE: &str = "/embed.css";

/// The address of the small document for `name`: of a figure it follows the newest release, of a version
/// it stays.
#[must_use]
pub fn address(name: FigureName, locale: Locale) -> String {
    format!("/embed/{locale}/{name}")
}

/// What to copy into a page.
#[must_use]
pub fn code(data: &FigurePage, live: bool, origin: Option<&str>, locale: Locale) -> String {
    let release = (!live).then_some(data.release.id);
    let address = address(FigureName { id: data.id, release }, locale);
    let origin = origin.unwrap_or_default();
    let title = escaped(&cite::what(data, locale));
    format!(
        "<iframe src=\"{origin}{address}\" title=\"{title}\" width=\"360\" height=\"320\" \
         loading=\"lazy\"></iframe>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// The document. `live` says whether its address follows the newest release.
#[must_use]
pub fn document(data: &FigurePage, live: bool, origin: Option<&str>, locale: Locale) -> String {
    let owner = Owner::new();
    let body = owner.with(|| body(data, live, origin, locale).to_html());
    owner.cleanup();
    let title = escaped(&cite::what(data, locale));
    let body = body.replace("<!>", "").replace("<!--<() />-->", "");
    format!(
        "<!DOCTYPE html><html lang=\"{locale}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\">\
         <title>{title}</title><link rel=\"stylesheet\" href=\"{STYLE}\"></head>\
         <body>{body}</body></html>"
    )
}

fn body(data: &FigurePage, live: bool, origin: Option<&str>, locale: Locale) -> AnyView {
    let item = data.address.item;
    let release = (!live).then_some(data.release.id);
    let name = FigureName { id: data.id, release }.to_string();
    let page = format!("{}{}", origin.unwrap_or_default(), Page::Figure.path_of(locale, &name));
    let (id, on) = (data.release.id, day(data.release.published_on, locale));
    let stamp = if live {
        text!(locale, embed.live, id = id, day = on)
    } else {
        text!(locale, embed.frozen, id = id, day = on)
    };
    let replaced = match &data.state {
        State::Current | State::Confirmed(_) => None,
        State::Superseded { since, .. } => {
            Some(text!(locale, embed.superseded, id = since.release.id))
        }
        State::Withdrawn(since, _) => Some(text!(locale, embed.withdrawn, id = since.id)),
    };
    let value = match mark(data.value, locale) {
        None => {
            let value = crate::components::figure::figure(data.value, locale);
            view! { <b>{value}</b> " " {item.unit().name(locale)} }.into_any()
        }
        Some((_, words)) => view! { <span>{words}</span> }.into_any(),
    };
    let simulated = data.release.simulated.then(|| {
        view! { <p class="notice">{text!(locale, notice.simulated)} " " {text!(locale, notice.simulated_more)}</p> }
    });
    view! {
        {simulated}
        <p class="what">{cite::what(data, locale)}</p>
        <p class="value" data-item=item.code()>{value}</p>
        {replaced.map(|words| view! { <p class="replaced">{words}</p> })}
        <p class="stamp">{stamp}</p>
        <p class="source">
            <a href=page target="_blank" rel="noopener">{text!(locale, site.full_name)}</a>
        </p>
    }
    .into_any()
}
