//! Shows what was fetched, or says why there is nothing.

use leptos::prelude::*;
use model::Locale;

use super::head::{document_head, full_title};
use crate::error::PortalError;
use crate::routes::Page;
use crate::text::text;

/// Whether another page has just been gone to. A browser that loads a document goes to the part that
/// the address names; here that part comes with the page's data, after the router looked for it.
#[derive(Clone, Copy)]
pub(crate) struct Arrival(RwSignal<bool>);

impl Arrival {
    /// Makes it known to the pages.
    pub(crate) fn provide() -> Self {
        let arrival = Self(RwSignal::new(false));
        provide_context(arrival);
        arrival
    }

    /// Another page has taken the place of the one before.
    pub(crate) fn begins(self) {
        self.0.set(true);
    }

    /// The page is drawn: goes to the part that the address names, once.
    fn ends(self) {
        if !self.0.get_untracked() {
            return;
        }
        self.0.set(false);
        request_animation_frame(|| {
            let hash = window().location().hash().unwrap_or_default();
            let part = hash.strip_prefix('#').filter(|id| !id.is_empty());
            if let Some(part) = part.and_then(|id| document().get_element_by_id(id)) {
                part.scroll_into_view();
            }
        });
    }
}

/// What is fetched.
pub(crate) type Fetched<T> = Resource<Result<T, PortalError>>;

/// Draws what was fetched once it is there; while filters change, what stood there stays.
pub(crate) fn load<T>(
    fetched: Fetched<T>,
    locale: Locale,
    draw: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
{
    let arrival = use_context::<Arrival>();
    let waiting = move || view! { <p class="waiting" role="status">{text!(locale, loading)}</p> };
    view! {
        <Transition fallback=waiting>
            {move || {
                let draw = draw.clone();
                Suspend::new(async move {
                    match fetched.await {
                        Ok(data) => {
                            let drawn = draw(data);
                            Effect::new(move |_| {
                                if let Some(arrival) = arrival {
                                    arrival.ends();
                                }
                            });
                            drawn
                        }
                        Err(error) => failure(error, locale),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// Says what went wrong, with ways on; sets the status of the response.
pub(crate) fn failure(error: PortalError, locale: Locale) -> AnyView {
    error.set_status();
    let (title, body) = match error {
        PortalError::NotFound => (text!(locale, not_found.title), text!(locale, not_found.body)),
        PortalError::NothingPublished => {
            (text!(locale, nothing_published.title), text!(locale, nothing_published.body))
        }
        PortalError::Unavailable => {
            (text!(locale, unavailable.title), text!(locale, unavailable.body))
        }
    };
    let ways = [
        (Page::Overview, text!(locale, nav.overview)),
        (Page::Tables, text!(locale, nav.tables)),
        (Page::Areas, text!(locale, nav.areas)),
        (Page::Bodies, text!(locale, nav.bodies)),
    ];
    view! {
        {document_head(&full_title(&title, locale), &body)}
        <h1 class="first">{title.clone()}</h1>
        <p class="lead">{body.clone()}</p>
        <ul class="ways">
            {ways
                .into_iter()
                .map(|(page, name)| view! { <li><a href=page.path(locale)>{name}</a></li> })
                .collect_view()}
        </ul>
    }
    .into_any()
}
