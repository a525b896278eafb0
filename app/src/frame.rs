//! What stands around every page, and what the browser takes over of it: notice, header, navigation,
//! footer, the way to the next page, and what the device remembers.

pub(crate) mod document;
mod following;
pub(crate) mod head;
mod hints;
pub(crate) mod load;
mod my_commune;
mod saved;
pub(crate) mod search_form;
mod text_size;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement};
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;
use model::Locale;

use self::document::Drawn;
use self::following::following;
use self::hints::escape_hides_hints;
use self::load::{Arrival, Fetched};
use self::my_commune::{my_commune, remembering};
use self::saved::saved_line;
use self::search_form::{AT_HEAD, search_form, slash_leads_to_the_box};
use self::text_size::text_size;
use crate::routes::{Page, Target};
use crate::text::{day, period_name, text};
use crate::wire::site::{PublishingBody, Site, site};

/// The navigation, in order.
fn navigation(locale: Locale) -> [(Page, String); 8] {
    [
        (Page::Overview, text!(locale, nav.overview)),
        (Page::Tables, text!(locale, nav.tables)),
        (Page::Areas, text!(locale, nav.areas)),
        (Page::Fields, text!(locale, nav.fields)),
        (Page::Bodies, text!(locale, nav.bodies)),
        (Page::Supervision, text!(locale, supervision.title)),
        (Page::Releases, text!(locale, nav.releases)),
        (Page::Methods, text!(locale, nav.methods)),
    ]
}

/// Fetches what every frame shows of the portal, once for both languages: a frame in which a notice
/// comes late would move what a reader is about to press.
pub(crate) fn provide_site() {
    provide_context::<Fetched<Site>>(Resource::new(|| (), |()| site()));
}

/// The frame of all pages in `locale`; the page itself stands in the outlet.
pub(crate) fn localised(locale: Locale) -> AnyView {
    provide_context(locale);
    framed(locale, view! { <Outlet /> }.into_any())
}

/// The frame around `content`.
pub(crate) fn framed(locale: Locale, content: AnyView) -> AnyView {
    let site = expect_context::<Fetched<Site>>();
    focus_new_pages(Arrival::provide());
    slash_leads_to_the_box();
    escape_hides_hints();
    following();
    remembering(Drawn::provide());
    view! {
        <a class="skip" href="#main">{text!(locale, skip)}</a>
        {saved_line()}
        {notice(site, locale)}
        {header(locale)}
        <main id="main" class="wrap" tabindex="-1">{content}</main>
        {paper(site, locale)}
        {footer(site, locale)}
    }
    .into_any()
}

/// Moves the focus to the page's content when another page has taken its place, as a browser does
/// that loads a document: who reads with a screen reader starts there.
fn focus_new_pages(arrival: Arrival) {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now)
            && let Some(main) = document().get_element_by_id("main")
        {
            // Without focus the page is still there.
            let _ = main.unchecked_into::<HtmlElement>().focus();
            arrival.begins();
        }
        now
    });
}

/// What was pressed, or what it stands in, that `selector` chooses.
fn pressed(event: &Event, selector: &str) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok().flatten()
}

fn notice(site: Fetched<Site>, locale: Locale) -> AnyView {
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                site.await
                    .ok()
                    .filter(|s| s.newest.simulated)
                    .map(|_| {
                        view! {
                            <aside class="notice" aria-label=text!(locale, notice.simulated)>
                                <b>{text!(locale, notice.simulated)}</b>
                                " "
                                {text!(locale, notice.simulated_more)}
                            </aside>
                        }
                    })
            })}
        </Suspense>
    }
    .into_any()
}

fn header(locale: Locale) -> AnyView {
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let section = Memo::new(move |_| {
        Target::at(&path.read()).map(|t| (t.page.section(), t.page == t.page.section()))
    });
    let current = move |page: Page| match section.get() {
        Some((s, true)) if s == page => Some("page"),
        Some((s, false)) if s == page => Some("true"),
        _ => None,
    };
    let links = navigation(locale)
        .into_iter()
        .map(|(page, name)| {
            view! {
                <li>
                    <a href=page.path(locale) aria-current=move || current(page)>
                        {name}
                    </a>
                </li>
            }
        })
        .collect_view();
    let other = locale.other();
    let translation = move || {
        let query = search.read();
        let query = if query.is_empty() { String::new() } else { format!("?{}", *query) };
        match Target::at(&path.read()) {
            Some(target) => format!("{}{query}", target.path(other)),
            None => Page::Overview.path(other),
        }
    };
    let name = |l: Locale| match l {
        Locale::Vi => "Tiếng Việt",
        Locale::En => "English",
    };
    view! {
        <header class="top">
            <div class="wrap masthead">
                <a class="brand" href=Page::Overview.path(locale)>
                    <svg viewBox="0 0 28 28" width="30" height="30" aria-hidden="true">
                        <rect class="done" x="2" y="16" width="5" height="10" />
                        <rect class="done" x="9" y="10" width="5" height="16" />
                        <rect class="done" x="16" y="13" width="5" height="13" />
                        <path class="stroke-context" d="M3 9 L12 4 L19 7 L26 2" />
                    </svg>
                    <span>
                        <b>{text!(locale, site.name)}</b>
                        <small>{text!(locale, site.place)}</small>
                    </span>
                </a>
                <div class="find">{search_form(AT_HEAD, "", locale)} {my_commune(locale)}</div>
                {text_size(locale)}
                <p class="lang">
                    <b lang=locale.tag()>{name(locale)}</b>
                    <a href=translation lang=other.tag() hreflang=other.tag()>
                        {name(other)}
                    </a>
                </p>
            </div>
            <nav class="wrap" aria-label=text!(locale, nav.label)>
                <ul>{links}</ul>
            </nav>
        </header>
    }
    .into_any()
}

/// Under every page on paper: where it comes from.
fn paper(site: Fetched<Site>, locale: Locale) -> AnyView {
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let address = move || {
        let search = search.read();
        let query = if search.is_empty() { String::new() } else { format!("?{}", *search) };
        format!("{}{query}", *path.read())
    };
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                site.await
                    .ok()
                    .map(|s| {
                        let origin = s.origin.clone().unwrap_or_default();
                        let release = text!(
                            locale,
                            paper.release,
                            id = s.newest.id,
                            day = day(s.newest.published_on, locale)
                        );
                        view! {
                            <p class="paper wrap">
                                <b>{text!(locale, site.full_name)}</b>
                                ", "
                                <span class="address">{origin} {address}</span>
                                ". "
                                {release}
                                " "
                                {publisher_words(&s, locale)}
                            </p>
                        }
                    })
            })}
        </Suspense>
    }
    .into_any()
}

/// Who publishes the figures; of simulated ones, that nobody does.
fn publisher_words(site: &Site, locale: Locale) -> String {
    match &site.publishing_body {
        _ if site.newest.simulated => text!(locale, footer.demonstration),
        Some(body) => format!("{}.", body.name.get(locale)),
        None => text!(locale, footer.nobody),
    }
}

/// How to reach the publishing body; a link if it is an address.
pub(crate) fn contact(body: &PublishingBody) -> Option<AnyView> {
    let contact = body.contact.clone()?;
    let word = !contact.contains(char::is_whitespace);
    let href = match () {
        () if contact.starts_with("https://") && word => contact.clone(),
        () if contact.contains('@') && word => format!("mailto:{contact}"),
        () => return Some(view! { " " {contact} }.into_any()),
    };
    Some(view! { " " <a href=href>{contact}</a> }.into_any())
}

/// Publisher, releases and when the next one comes, all from what the server knows.
fn of_site(site: &Site, locale: Locale) -> AnyView {
    let id = site.newest.id.to_string();
    let published = day(site.newest.published_on, locale);
    let next = site.next();
    let reach =
        (!site.newest.simulated).then(|| site.publishing_body.as_ref().and_then(contact)).flatten();
    view! {
        <div>
            <h2>{text!(locale, footer.publisher)}</h2>
            <p class="publisher">{publisher_words(site, locale)} {reach}</p>
        </div>
        <div>
            <h2>{text!(locale, footer.releases)}</h2>
            <p>
                {text!(locale, footer.newest)}
                " "
                <a class="unbroken" href=Page::Release.path_of(locale, &id)>{id.clone()}</a>
                ", "
                {text!(locale, release.published_on, day = published)}
                "."
            </p>
            <p class="next">
                {text!(
                    locale,
                    footer.next,
                    period = period_name(next, locale),
                    end = day(next.end(), locale),
                    day = day(next.earliest_release(), locale),
                )}
            </p>
            <p>
                <a href=Page::Calendar.path(locale)>{text!(locale, calendar.title)}</a>
            </p>
            <p>
                <a href=Page::Releases.path(locale)>{text!(locale, footer.all_releases)}</a>
            </p>
        </div>
    }
    .into_any()
}

fn footer(site: Fetched<Site>, locale: Locale) -> AnyView {
    view! {
        <footer>
            <div class="wrap foot">
                <Suspense>
                    {move || Suspend::new(async move {
                        site.await.ok().map(|s| of_site(&s, locale))
                    })}
                </Suspense>
                <div>
                    <h2>{text!(locale, footer.exact)}</h2>
                    <p>
                        {text!(locale, footer.exact_body)}
                        " "
                        <a href=Page::Methods.path(locale)>{text!(locale, footer.how)}</a>
                    </p>
                </div>
                <div>
                    <h2>{text!(locale, footer.reading)}</h2>
                    <p>{text!(locale, footer.reading_body)}</p>
                    {explained(locale)}
                    <p>
                        <a href=Page::Design.path(locale)>{text!(locale, design.title)}</a>
                    </p>
                </div>
            </div>
        </footer>
    }
    .into_any()
}

/// Links to the pages that explain the figures.
fn explained(locale: Locale) -> AnyView {
    let links = [
        (Page::Check, text!(locale, check.title)),
        (Page::Challenges, text!(locale, remarks.title)),
        (Page::Glossary, text!(locale, explain.glossary)),
        (Page::Dictionary, text!(locale, explain.dictionary)),
        (Page::References, text!(locale, explain.references)),
    ]
    .into_iter()
    .map(|(page, name)| view! { <li><a href=page.path(locale)>{name}</a></li> })
    .collect_view();
    view! { <ul class="explained" aria-label=text!(locale, footer.explained)>{links}</ul> }
        .into_any()
}
