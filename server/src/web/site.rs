//! Where the built site (script, WebAssembly, style, fonts) is.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use leptos::config::{Env, LeptosOptions};

use crate::error::CommandError;

/// The options of the rendering library for a site in `root`; without one, the site beside the
/// program (`site`, or `../site` as the build leaves it).
///
/// # Errors
///
/// When there is no site.
pub fn site_options(
    address: SocketAddr,
    root: Option<&Path>,
) -> Result<LeptosOptions, CommandError> {
    let root = match root {
        Some(root) => root.to_owned(),
        None => beside_program().unwrap_or_else(|| PathBuf::from("target/site")),
    };
    if !root.join("pkg").is_dir() {
        return Err(CommandError::Site(root));
    }
    // `cargo leptos watch` serves a development build without hashes in its file names.
    let watched = std::env::var_os("LEPTOS_WATCH").is_some();
    Ok(LeptosOptions::builder()
        .output_name("portal")
        .site_root(root.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(address)
        .env(if watched { Env::DEV } else { Env::PROD })
        .reload_port(3001u32)
        .hash_files(!watched)
        .build())
}

fn beside_program() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let folder = program.parent()?;
    [folder.join("site"), folder.parent()?.join("site")].into_iter().find(|d| d.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_site_is_named_with_its_remedy() {
        let dir = tempfile::tempdir().unwrap();
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let error = site_options(address, Some(dir.path())).unwrap_err().to_string();
        assert!(error.contains("make build"), "{error}");
        assert!(error.contains(&dir.path().display().to_string()), "{error}");
    }
}
