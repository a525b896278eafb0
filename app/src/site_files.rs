//! The names of the built script, WebAssembly and style. A release build puts a hash of the content
//! into them and lists the hashes in a file beside the program, which is read once.

use std::path::PathBuf;
use std::sync::OnceLock;

use leptos::nonce::Nonce;
use leptos::prelude::*;

/// Addresses of the built files.
#[derive(Debug)]
pub(crate) struct SiteFiles {
    script: String,
    wasm: String,
    style: String,
}

impl SiteFiles {
    /// The files that `options` describe; they do not change while the program runs.
    pub(crate) fn of(options: &LeptosOptions) -> &'static Self {
        static FILES: OnceLock<SiteFiles> = OnceLock::new();
        FILES.get_or_init(|| {
            let hashes = if options.hash_files { hashes(options) } else { String::new() };
            let file = |kind: &str, end: &str, plain: &str| {
                let (folder, name) = (&options.site_pkg_dir, &options.output_name);
                match hash_of(&hashes, kind) {
                    Some(hash) => format!("/{folder}/{name}.{hash}.{end}"),
                    None => format!("/{folder}/{name}{plain}.{end}"),
                }
            };
            // Without cargo-leptos, wasm-bindgen chooses the name of the WebAssembly.
            let plain = if option_env!("LEPTOS_OUTPUT_NAME").is_some() { "" } else { "_bg" };
            Self {
                script: file("js", "js", ""),
                wasm: file("wasm", "wasm", plain),
                style: file("css", "css", ""),
            }
        })
    }

    /// The style, and the script that fetches script and WebAssembly at once and hydrates the page.
    /// Nothing is preloaded: a browser whose scripts are off needs neither.
    pub(crate) fn links(&self, nonce: Option<Nonce>) -> AnyView {
        let start = format!(
            "const wasm = fetch({:?});\n\
             import({:?}).then(({{ default: start, hydrate }}) =>\n  \
             start({{ module_or_path: wasm }}).then(hydrate));",
            self.wasm, self.script
        );
        view! {
            <link id="portal" rel="stylesheet" href=self.style.clone() />
            <script type="module" nonce=nonce>
                {start}
            </script>
        }
        .into_any()
    }
}

/// The list of hashes, `js: 1a2b`, one a line.
fn hashes(options: &LeptosOptions) -> String {
    let beside = |program: PathBuf| program.with_file_name(options.hash_file.as_ref());
    let read = std::env::current_exe().map(beside).and_then(std::fs::read_to_string);
    read.unwrap_or_else(|error| {
        tracing::warn!(%error, "no list of hashes: file names are taken to be without");
        String::new()
    })
}

fn hash_of<'a>(hashes: &'a str, kind: &str) -> Option<&'a str> {
    hashes.lines().find_map(|line| line.trim().strip_prefix(kind)?.strip_prefix(':').map(str::trim))
}

#[cfg(test)]
mod tests {
    use super::hash_of;

    #[test]
    fn a_hash_is_found_by_the_kind_of_its_file() {
        let list = "js: 1a2b\nwasm: 3c4d\ncss:5e6f\n";
        assert_eq!(hash_of(list, "js"), Some("1a2b"));
        assert_eq!(hash_of(list, "css"), Some("5e6f"));
        assert_eq!(hash_of("", "js"), None);
    }
}
