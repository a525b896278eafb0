//! What search engines and browser tabs read of a page.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use model::Locale;

use crate::text::text;

/// Where a page that is being drawn leaves its title and description.
#[derive(Clone, Default)]
pub(super) struct Head(Arc<Mutex<(String, String)>>);

impl Head {
    /// What was left: title and description.
    pub(super) fn taken(self) -> (String, String) {
        self.0.lock().map(|mut head| std::mem::take(&mut *head)).unwrap_or_default()
    }
}

/// Title and description of the page; both say so if its figures are `simulated`, as they are read
/// where the page itself is not.
pub(crate) fn document_head(title: &str, description: &str, simulated: bool, locale: Locale) {
    let mut title = crate::frame::head::full_title(title, locale);
    let mut description = description.to_owned();
    if simulated {
        let words = text!(locale, notice.simulated);
        title.push_str(&format!(" ({})", words.to_lowercase()));
        description = format!("{words}. {description}");
    }
    if let Some(Head(head)) = use_context::<Head>()
        && let Ok(mut head) = head.lock()
    {
        *head = (title, description);
    }
}
