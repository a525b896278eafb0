//! The commune that a reader asked this device to remember.

use leptos::prelude::*;
use model::area;

use super::{recall, remember};

/// What the browser remembers it as.
pub(super) const NAME: &str = "commune";

/// The remembered commune's code, for all parts of the page. Nothing while the page is hydrated,
/// as on the server; read from the device right after.
#[derive(Clone, Copy)]
pub(crate) struct MyCommune(RwSignal<Option<&'static str>>);

impl MyCommune {
    /// Lets all parts of the application know what is remembered.
    pub(crate) fn provide() {
        let mine = Self(RwSignal::new(None));
        provide_context(mine);
        Effect::new(move |_| {
            let stored = recall(NAME);
            let known = stored.as_deref().and_then(known);
            if stored.is_some() && known.is_none() {
                remember(NAME, None);
            }
            mine.0.set(known);
        });
    }

    /// The one that the application provides.
    pub(crate) fn from_context() -> Option<Self> {
        use_context()
    }

    /// Code of the remembered commune.
    pub(crate) fn code(self) -> Option<&'static str> {
        self.0.get()
    }

    /// Remembers the commune with `code`, or none.
    pub(crate) fn set(self, code: Option<&'static str>) {
        remember(NAME, code);
        self.0.set(code);
    }
}

/// The code as the list of communes has it, if it is that of a commune.
fn known(code: &str) -> Option<&'static str> {
    area::commune(code).map(|commune| commune.code)
}

#[cfg(test)]
mod tests {
    use super::known;

    #[test]
    fn only_a_commune_in_force_is_taken_from_the_device() {
        assert_eq!(known("14845"), Some("14845"));
        for junk in ["", "C14845", "384", "99999", "<b>", "14845 "] {
            assert_eq!(known(junk), None, "{junk}");
        }
    }
}
