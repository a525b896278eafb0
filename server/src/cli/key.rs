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
    /// Delete the keys that sign no release any more.
    Retire,
}

/// Does what the command line says of keys.
pub(super) fn run(settings: &Settings, command: &Key) -> Result<(), CommandError> {
    let dir = settings.keys_dir();
    let keys = Keys::read(&dir)?;
    let log = succession(settings, &keys)?;
    match command {
        Key::List => {
            let signing = keys.log.signing(&log)?;
            for key in keys.log.verifiers() {
                let what = if key == signing.key.verifier() {
                    "signs the next release"
                } else if signing.next.is_some_and(|next| next.verifier() == key) {
                    "signs after the release that announces it"
                } else {
                    "signs no release any more"
                };
                output::line(format_args!("{key}\t{what}"));
            }
        }
        Key::Rotate => output::line(Keys::rotate(&dir, &log)?),
        Key::Retire => {
            for key in Keys::retire(&dir, &log)? {
                output::line(format_args!("deleted {key}"));
            }
        }
    }
    Ok(())
}

/// The keys of the log as far as it was built here.
fn succession(settings: &Settings, keys: &Keys) -> Result<Succession, BuildError> {
    Archive::open(&settings.releases_dir())?.verify(keys.log.verifier())
}
