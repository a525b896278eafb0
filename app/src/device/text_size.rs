//! The size of the text in a few steps, beside what the browser's own zoom does.

use leptos::prelude::document;

use super::{recall, remember};

/// Per cent of the size that the browser is set to; the style sheet has the same steps.
pub(crate) const STEPS: [u8; 4] = [90, 100, 115, 130];

/// The step that changes nothing.
pub(crate) const USUAL: usize = 1;

/// What the browser remembers it as.
pub(super) const NAME: &str = "text-size";

/// The attribute of the document that the style sheet goes by.
const ATTRIBUTE: &str = "data-text";

/// The step that is remembered; junk counts as none.
pub(crate) fn remembered() -> usize {
    let step = recall(NAME).and_then(|size| step_of(&size));
    if step.is_none() {
        remember(NAME, None);
    }
    step.unwrap_or(USUAL)
}

fn step_of(size: &str) -> Option<usize> {
    STEPS.iter().position(|step| step.to_string() == size)
}

/// Sets the text to `step`, and remembers it.
pub(crate) fn set(step: usize) {
    let Some(size) = STEPS.get(step).map(ToString::to_string) else { return };
    if let Some(root) = document().document_element() {
        // An attribute of this name is never refused.
        let _ = root.set_attribute(ATTRIBUTE, &size);
    }
    remember(NAME, (step != USUAL).then_some(&size));
}

#[cfg(test)]
mod tests {
    use super::{STEPS, USUAL, step_of};

    #[test]
    fn only_what_is_a_step_counts() {
        assert_eq!(STEPS[USUAL], 100);
        assert_eq!(step_of("130"), Some(3));
        for junk in ["", "131", "1e2", " 100", "100%"] {
            assert_eq!(step_of(junk), None, "{junk}");
        }
    }
}
