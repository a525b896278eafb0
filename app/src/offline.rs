//! Reading offline: a small worker in the browser keeps the pages that a reader has visited, and
//! hands out the copy where the network fails, with the time at which it was saved.
//!
//! A copy is always a whole document. While the browser is offline, and from a page that is a copy,
//! every link loads a document: the application never puts figures of today and of an earlier day
//! into one page. That is why answers of server functions are not kept: they hold parts of pages.

use leptos::config::LeptosOptions;
use model::Locale;
use serde_json::{Map, Value, json};

use crate::routes::Page;
use crate::site_files::SiteFiles;
use crate::text::text;

/// Address of the worker's script; a worker may only see what stands under its own address.
pub const WORKER: &str = "/sw.js";

/// What stands in copies and where there is none, in one language. The worker fills in `{time}` and
/// `{day}`.
fn words(locale: Locale) -> Value {
    json!({
        "saved": text!(locale, offline.saved, time = "{time}", day = "{day}"),
        "title": text!(locale, offline.title),
        "body": text!(locale, offline.body),
        "again": text!(locale, offline.again),
        "kept": text!(locale, offline.kept),
    })
}

/// The worker's script for the built site that `options` describe, with the hash of the build in
/// it. `None` of a build without hashes, whose files change under the same name.
#[must_use]
pub fn worker(options: &LeptosOptions) -> Option<String> {
    let files = SiteFiles::of(options);
    filled(files.build()?, &files.kept_offline(), files.style())
}

fn filled(build: &str, files: &[String], style: &str) -> Option<String> {
    let words: Map<String, Value> =
        Locale::ALL.into_iter().map(|l| (l.tag().to_owned(), words(l))).collect();
    let home: Map<String, Value> = Locale::ALL
        .into_iter()
        .map(|l| (l.tag().to_owned(), Page::Overview.path(l).into()))
        .collect();
    let given = json!({
        "build": build, "files": files, "style": style, "words": words, "home": home,
    });
    let script = include_str!("offline/worker.js");
    Some(script.replacen("GIVEN", &given.to_string(), 1))
}

/// The part of a page's script that registers the worker.
pub(crate) const PAGE_SCRIPT: &str = include_str!("offline/page.js");

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn the_worker_names_its_build_its_files_and_speaks_both_languages() {
        let one = filled("1a2b", &["/pkg/portal.1a2b.js".into()], "/pkg/portal.5e6f.css").unwrap();
        let other = filled("9c9c", &[], "").unwrap();
        assert_ne!(one, other, "a browser takes a worker for new only if its script differs");
        for part in ["\"1a2b\"", "/pkg/portal.1a2b.js", "bản lưu", "offline copy", "{time}"] {
            assert!(one.contains(part), "{part}: {one}");
        }
        assert!(!one.contains("GIVEN"));
    }
}
