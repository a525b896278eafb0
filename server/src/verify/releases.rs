//! Bundles, folders of bundles, and single files of bundles.

use std::path::Path;

use proof::{State, sha256_hex};

use super::{Known, Releases, VerifyError};
use crate::release::BuildError;
use crate::release::bundle::{Bundle, CHECKPOINT, LOG_PROOF, MANIFEST};
use crate::release::releases::read_bundle;

/// Checks the bundle in `path`: its files, its figures, its place in the signed log.
pub(super) fn bundle(
    path: &Path,
    key: &str,
    against: Option<&Path>,
    lines: &mut Vec<String>,
) -> Result<(), VerifyError> {
    let bundle = read_bundle(path)?;
    lines.push(files(&bundle));
    let state = bundle.verify(key)?;
    lines.push(signed(&state, key));
    lines.push(format!("ok  its manifest is entry {} of the log, the last one", state.size));
    match against {
        Some(known) => lines.push(Known::read(known, &[key])?.compare(path, &state)?),
        None => lines.push(
            "whether the log was always this one is not checked: give a checkpoint that you have \
             kept, or a folder with all bundles, with --against"
                .into(),
        ),
    }
    lines.push(format!("proved: release {}{}", bundle.release.id, simulated(&bundle)));
    Ok(())
}

/// Checks every bundle in the folder `path`, and that together they are the log.
pub(super) fn all(
    path: &Path,
    key: &str,
    against: Option<&Path>,
    lines: &mut Vec<String>,
) -> Result<(), VerifyError> {
    let releases = Releases::read(&[path.to_owned()])?;
    let Some(last) = releases.bundles().last() else {
        return Err(BuildError::NoBundle(vec![path.to_owned()]).into());
    };
    let keys = releases.verify(key)?;
    let state = last.verify(&last.parsed.key)?;
    for bundle in releases.bundles() {
        lines.push(format!("{}{}", files(bundle), simulated(bundle)));
    }
    lines.push(signed(&state, &last.parsed.key));
    lines.extend(handed_over(&releases));
    if let Some(known) = against {
        let known =
            Known::read(known, &std::iter::once(key).chain(keys.keys()).collect::<Vec<_>>())?;
        lines.push(known.compare_all(path, &releases)?);
    }
    lines.push(format!("proved: the log of {} releases up to {}", state.size, last.release.id));
    Ok(())
}

/// What hands the log over to other keys.
fn handed_over(releases: &Releases) -> impl Iterator<Item = String> {
    releases.bundles().iter().filter_map(|bundle| {
        let next = bundle.parsed.next_key.as_ref()?;
        Some(format!("ok  release {} hands the log over to {next}", bundle.release.id))
    })
}

/// Looks for `content`, that of the file `path`, among the files of the releases in `folder`.
pub(super) fn file(
    path: &Path,
    content: &[u8],
    key: &str,
    folder: &Path,
    lines: &mut Vec<String>,
) -> Result<(), VerifyError> {
    if !folder.is_dir() {
        return Err(VerifyError::NoFolder(folder.to_owned()));
    }
    let bundles = if super::is_bundle(folder) {
        let bundle = read_bundle(folder)?;
        bundle.verify(key)?;
        vec![bundle]
    } else {
        let releases = Releases::read(&[folder.to_owned()])?;
        releases.verify(key)?;
        releases.into_bundles()
    };
    let hash = sha256_hex(content);
    let before = lines.len();
    for bundle in bundles.iter().rev() {
        let signed = [
            (MANIFEST, bundle.manifest.clone()),
            (CHECKPOINT, bundle.checkpoint.clone()),
            (LOG_PROOF, bundle.log_proof.to_string()),
        ];
        let signed = signed.iter().filter(|(_, own)| own.as_bytes() == content);
        let listed = bundle.parsed.files.iter().filter(|entry| entry.sha256 == hash);
        let names = signed.map(|(name, _)| *name).chain(listed.map(|entry| entry.path.as_str()));
        for file in names {
            let id = bundle.release.id;
            lines.push(format!("proved: it is {file} of release {id}{}", simulated(bundle)));
        }
    }
    if lines.len() > before {
        Ok(())
    } else {
        Err(VerifyError::Unlisted { path: path.to_owned(), hash, releases: bundles.len() })
    }
}

fn files(bundle: &Bundle) -> String {
    let (id, files, figures) = (bundle.release.id, bundle.files.len(), bundle.parsed.figures);
    format!("ok  release {id}: {files} files and {figures} figures are those of its manifest")
}

fn signed(state: &State, key: &str) -> String {
    format!("ok  the log of {} releases, root {}, is signed by {key}", state.size, state.root)
}

const fn simulated(bundle: &Bundle) -> &'static str {
    if bundle.release.simulated { ", which has simulated data" } else { "" }
}
