//! The checklist that the two who answer for a release fill in before it is built.
//!
//! ```toml
//! release = "2026-Q3.1"
//! [prepared]
//! completeness = true
//! ...
//! [approved]
//! completeness = true
//! ...
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use model::{Check, Locale, ReleaseId};
use serde::Deserialize;

use super::error::BuildError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filled {
    release: ReleaseId,
    prepared: BTreeMap<String, bool>,
    approved: BTreeMap<String, bool>,
}

/// The checklist of `release` with nothing confirmed, as a file to fill in.
pub fn template(release: ReleaseId) -> String {
    let mut text = String::from(
        "# Danh mục kiểm tra trước khi công bố; mỗi bên tự ghi true khi đã kiểm tra.\n\
         # Checklist before a release; each of the two sets its own part to true once it is done.\n",
    );
    let _ = writeln!(text, "release = \"{release}\"");
    for who in ["prepared", "approved"] {
        let _ = write!(text, "\n[{who}]\n");
        for check in Check::ALL {
            let (vi, en) = (check.name(Locale::Vi), check.name(Locale::En));
            let _ = write!(text, "# {vi}.\n# {en}.\n{} = false\n", check.code());
        }
    }
    text
}

/// Reads the checklist in the file at `path`, in which both have confirmed everything; and of which release
/// it is.
///
/// # Errors
///
/// When it can't be read, has another item, or names what one of the two has not confirmed.
pub fn read(path: &Path) -> Result<(ReleaseId, Vec<Check>), BuildError> {
    let text = std::fs::read_to_string(path).map_err(BuildError::file(path))?;
    let wrong = |why: String| BuildError::Format { what: path.display().to_string(), why };
    let filled: Filled = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let mut open = Vec::new();
    for (who, items) in [("prepared", &filled.prepared), ("approved", &filled.approved)] {
        if let Some(other) = items.keys().find(|code| Check::from_code(code).is_none()) {
            return Err(wrong(format!("[{who}] `{other}` is no item of the checklist")));
        }
        let done = |check: &&Check| items.get(check.code()) != Some(&true);
        open.extend(Check::ALL.iter().filter(done).map(|check| (who, *check)));
    }
    if open.is_empty() {
        Ok((filled.release, Check::ALL.to_vec()))
    } else {
        Err(BuildError::Unchecked { file: path.to_owned(), open })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template() -> String {
        super::template("2026-Q3.1".parse().unwrap())
    }

    fn read_text(text: &str) -> Result<(ReleaseId, Vec<Check>), BuildError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("checklist.toml");
        std::fs::write(&path, text).unwrap();
        read(&path)
    }

    #[test]
    fn a_checklist_is_complete_when_both_have_confirmed_everything() {
        let all = template().replace("= false", "= true");
        let (release, checked) = read_text(&all).unwrap();
        assert_eq!((release.to_string().as_str(), &checked[..]), ("2026-Q3.1", Check::ALL));
    }

    #[test]
    fn what_one_of_them_has_not_confirmed_is_named() {
        let said = read_text(&template()).unwrap_err().to_string();
        for check in Check::ALL {
            assert_eq!(said.matches(check.code()).count(), 2, "{said}");
        }
        let all = template().replace("= false", "= true");
        let (prepared, approved) = all.split_once("[approved]").unwrap();
        let one = format!("{prepared}[approved]{}", approved.replace("totals = true\n", ""));
        let error = read_text(&one).unwrap_err();
        assert!(
            matches!(&error, BuildError::Unchecked { open, .. } if *open == [("approved", Check::Totals)]),
            "{error}"
        );
        assert!(error.to_string().contains("checklist.toml"), "{error}");
    }

    #[test]
    fn what_is_no_checklist_is_refused() {
        for (text, said) in [
            ("release = \"2026-Q3.1\"\n", "prepared"),
            ("[prepared]\n[approved]\n", "release"),
            ("release = \"soon\"\n[prepared]\n[approved]\n", "`soon` is not a release"),
            (
                "release = \"2026-Q3.1\"\n[prepared]\n[approved]\nweather = true\n",
                "[approved] `weather`",
            ),
            ("release = \"2026-Q3.1\"\n[prepared]\ntotals = 1\n[approved]\n", "totals"),
        ] {
            let error = read_text(text).unwrap_err().to_string();
            assert!(error.contains(said) && error.contains("checklist.toml"), "{error}");
        }
        let missing = read(Path::new("/nowhere/checklist.toml")).unwrap_err();
        assert!(matches!(missing, BuildError::File { .. }), "{missing}");
    }
}
