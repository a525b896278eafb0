//! The names of the built script, WebAssembly and style. A release build puts a hash of the content
//! into them and lists the hashes in a file beside the program, which is read once.

use std::path::PathBuf;
use std::sync::OnceLock;

use leptos::nonce::Nonce;
use leptos::prelude::*;

use crate::offline::PAGE_SCRIPT;

/// The faces of type that nearly every page has.
pub(crate) const FONTS: [&str; 2] = ["400", "600"];

/// What checks the proof of a figure, when its reader asks: a listener, which fetches the rest.
const VERIFY: &str = "/verify.js";

/// Address of the face `name`.
pub(crate) fn font(name: &str) -> String {
    format!("/fonts/be-vietnam-pro-{name}.woff2")
}

/// Addresses of the built files.
#[derive(Debug)]
pub(crate) struct SiteFiles {
    script: String,
    wasm: String,
    style: String,
    /// The hashes of all three, if their names have them.
    build: Option<String>,
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
            let build = ["js", "wasm", "css"].map(|kind| hash_of(&hashes, kind));
            Self {
                script: file("js", "js", ""),
                wasm: file("wasm", "wasm", plain),
                style: file("css", "css", ""),
                build: build.into_iter().collect::<Option<Vec<_>>>().map(|all| all.join("-")),
            }
        })
    }

    /// Names this build among all; `None` if the files of all builds have the same names.
    pub(crate) fn build(&self) -> Option<&str> {
        self.build.as_deref()
    }

    /// The style sheet.
    pub(crate) fn style(&self) -> &str {
        &self.style
    }

    /// What a page needs beside its document.
    pub(crate) fn kept_offline(&self) -> Vec<String> {
        let built = [&self.script, &self.wasm, &self.style].map(Clone::clone);
        built.into_iter().chain(FONTS.map(font)).chain(["/favicon.svg".to_owned()]).collect()
    }

    /// The style, and the script that fetches script and WebAssembly together and hydrates the page.
    /// It waits until the page is drawn as it will be read, so that neither of them holds up the type
    /// on a slow line or the drawing on a slow phone; and between starting the WebAssembly and hydrating it lets the browser answer
    /// the reader. Nothing is preloaded: a browser whose scripts are off needs neither. The check of
    /// proofs comes once the browser has nothing else to do; offline there is none, and nothing to say
    /// about that.
    pub(crate) fn links(&self, nonce: Option<Nonce>) -> AnyView {
        let start = format!(
            "const take = async () => {{\n  \
             const wasm = fetch({:?});\n  \
             const {{ default: start, hydrate }} = await import({:?});\n  \
             await start({{ module_or_path: wasm }});\n  \
             setTimeout(hydrate);\n  \
             idle(() => import({VERIFY:?}).catch(() => {{}}));\n\
             }};\n\
             const idle = window.requestIdleCallback ?? setTimeout;\n\
             const painted = () => requestAnimationFrame(() => setTimeout(take));\n\
             if (document.readyState === \"complete\") painted();\n\
             else addEventListener(\"load\", painted);",
            self.wasm, self.script
        );
        view! {
            <link id="portal" rel="stylesheet" href=self.style.clone() />
            <script type="module" nonce=nonce.clone()>
                {start}
            </script>
            {self.build.as_ref().map(|_| view! { <script nonce=nonce>{PAGE_SCRIPT}</script> })}
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
