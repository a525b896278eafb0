//! What a reader's own device remembers: the size of the text and a commune. It stands in the
//! browser's storage and is never sent anywhere, so the server draws every page as if nothing were
//! remembered; what is, shows after hydration.
//!
//! A browser may refuse its storage (a reader who blocks site data, a full disk). Then nothing is
//! remembered and the page is as good as before; `gloo-storage` would end the application there.

pub(crate) mod commune;
pub(crate) mod text_size;

use leptos::prelude::window;
use leptos::web_sys::Storage;

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What is remembered as `name`.
fn recall(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Remembers `value` as `name`; forgets `name` where there is no value.
fn remember(name: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    // Where the browser refuses, the choice holds as long as the page is open.
    let _ = match value {
        Some(value) => storage.set_item(name, value),
        None => storage.remove_item(name),
    };
}

/// The script that runs before the page is first drawn: says that there are scripts, and sets the
/// size of the text, so that nothing moves afterwards.
#[cfg(feature = "ssr")]
pub(crate) fn first_script() -> String {
    let steps: Vec<String> = text_size::STEPS.iter().map(ToString::to_string).collect();
    include_str!("device/first.js")
        .replace("TEXT_SIZE", &format!("{:?}", text_size::NAME))
        .replace("STEPS", &format!("{steps:?}"))
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::first_script;

    #[test]
    fn the_first_script_knows_the_steps() {
        let script = first_script();
        assert!(script.contains(r#"["90", "100", "115", "130"].includes(size)"#), "{script}");
        assert!(script.contains(r#"getItem("text-size")"#), "{script}");
    }
}
