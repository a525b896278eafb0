//! Nothing stands at this address.

use leptos::prelude::*;

use super::use_locale;
use crate::components::load::failure;
use crate::error::PortalError;

/// The page for an address that leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    failure(PortalError::NotFound, use_locale())
}
