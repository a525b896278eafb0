//! The portal's pages, and the application that leads from one to the next in the browser.
//!
//! [`routes`] is the one list of pages; [`data`] holds what a page shows; [`pages`], `components` and
//! `charts` draw it, on the server alone, where [`pages::document`] makes HTML of it. The browser
//! takes over the frame around it ([`app`], `frame`), which fetches the HTML of the next page
//! ([`wire`]) and gives life to forms, maps and what the device remembers. `reference` holds the glossary, the
//! data dictionary and the other words that only the server has. The address is the only source of
//! the language and of every filter. Only under the feature `ssr` does this crate know the
//! database.

#![recursion_limit = "256"]

pub mod app;
#[cfg(feature = "ssr")]
pub mod arrange;
#[cfg(feature = "ssr")]
pub mod chart_file;
#[cfg(feature = "ssr")]
mod charts;
#[cfg(feature = "ssr")]
pub mod cite;
#[cfg(feature = "ssr")]
pub mod claim;
#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
pub mod data;
mod device;
#[cfg(feature = "ssr")]
pub mod embed;
pub mod error;
#[cfg(feature = "ssr")]
pub mod feed;
mod frame;
#[cfg(feature = "ssr")]
pub mod offline;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod palette;
#[cfg(feature = "ssr")]
pub mod published;
#[cfg(feature = "ssr")]
mod reference;
pub mod routes;
#[cfg(feature = "ssr")]
mod search;
#[cfg(feature = "ssr")]
mod site_files;
#[cfg(feature = "ssr")]
mod style;
mod text;
pub mod wire;

/// Takes over the page that the server rendered.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
