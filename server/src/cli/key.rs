//! `portal key`: the keys that sign the log of releases.

use clap::Subcommand;
use proof::Succession;

use crate::database::Settings;
use crate::error::CommandError;
use crate::output;
use crate::release::BuildError;
use crate::release::archive::Archive;
use crate::release::keys::Keys;

#[derive(Debug, Subcommand)]
pub(super) enum Key {
    /// List the keys that are held, and which of them signs the next release.
    List,
    /// Make the next signing key: the next release announces it, the one after that is signed by it.
    Rotate,
    /// Delete the keys that sign no release any more, once a release signed by the next one is public.
    Retire,
}

/// Does what the command line says of keys.
pub(super) fn run(settings: &Settings, command: &Key) -> Result<(), CommandError> {
    let dir = settings.keys_dir();
    let keys = Keys::read(&dir)?;
    let archive = Archive::open(&settings.releases_dir())?;
    let log = archive.verify(keys.log.verifier())?;
    match command {
        Key::List => {
            let signing = keys.log.signing(&log);
            let next = signing.as_ref().ok().and_then(|signing| signing.next);
            for key in keys.log.verifiers() {
                let what = if signing.as_ref().is_ok_and(|s| key == s.key.verifier()) {
                    "signs the next release"
                } else if next.is_some_and(|next| next.verifier() == key) {
                    "signs after the release that announces it"
                } else {
                    "signs no release any more"
                };
                output::line(format_args!("{key}\t{what}"));
            }
            signing?;
        }
        Key::Rotate => output::line(Keys::rotate(&dir, &log)?),
        Key::Retire => {
            // What is not public yet may still be thrown away, and built again with the old key.
            let now = jiff::Timestamp::now();
            let public = archive.bundles().iter().take_while(|b| b.release.visible_from <= now);
            let mut log = Succession::default();
            public.map(|b| &b.parsed).try_for_each(|m| log.push(m)).map_err(BuildError::from)?;
            for key in Keys::retire(&dir, &log)? {
                output::line(format_args!("deleted {key}"));
            }
        }
    }
    Ok(())
}
