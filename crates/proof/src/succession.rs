//! Which key signs the log of releases, and how one key takes over from another.
//!
//! Every manifest names the key that signs the log as long as it is the last entry, and may announce
//! another one, which signs from the next entry on: the log itself says, under the signature of the old
//! key, which key is to be believed after it. Whoever trusts one key of the log can so trust all of it:
//! what comes before is in the tree that this key signed, what comes after was announced to him.

use crate::evidence::TrustedLog;
use crate::log::{LogError, read_key};
use crate::manifest::Manifest;

/// The keys of a log, entry by entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Succession {
    /// Every key, with the number of the first entry that it signs.
    keys: Vec<(u64, String)>,
    /// Entries so far.
    size: u64,
    /// The key that the last entry announces.
    next: Option<String>,
}

impl Succession {
    /// The next entry of the log.
    ///
    /// # Errors
    ///
    /// When its key is not the one that the entries before leave in force, or it announces a key of
    /// another log or one that was in force before.
    pub fn push(&mut self, manifest: &Manifest) -> Result<(), LogError> {
        let entry = self.size;
        let key = &manifest.key;
        if self.in_force().is_some_and(|in_force| in_force != key) {
            return Err(LogError::Succession { entry, key: key.clone() });
        }
        if let Some(next) = &manifest.next_key {
            let known = next == key || self.keys.iter().any(|(_, known)| known == next);
            let other = TrustedLog::of(next).origin != TrustedLog::of(key).origin;
            if known || other || read_key(next).is_err() {
                return Err(LogError::Successor { entry, key: next.clone() });
            }
        }
        if self.keys.last().is_none_or(|(_, last)| last != key) {
            self.keys.push((entry, key.clone()));
        }
        self.next.clone_from(&manifest.next_key);
        self.size += 1;
        Ok(())
    }

    /// The key that signs the log with its next entry; `None` of an empty log, which any key may begin.
    #[must_use]
    pub fn in_force(&self) -> Option<&str> {
        self.next.as_deref().or_else(|| self.keys.last().map(|(_, key)| key.as_str()))
    }

    /// Every key that signed entries, oldest first.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|(_, key)| key.as_str())
    }

    /// Checks that `key`, the one that is trusted, is one of the log's; nothing is refused of an empty log.
    ///
    /// # Errors
    ///
    /// When it is no key, or no entry is signed by it.
    pub fn trust(&self, key: &str) -> Result<(), LogError> {
        read_key(key)?;
        if self.size == 0 || self.keys().any(|known| known == key) {
            Ok(())
        } else {
            Err(LogError::Untrusted(key.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LogKey;
    use crate::evidence::tests::manifest;

    fn entry(key: &str, next: Option<&str>) -> Manifest {
        let mut manifest: Manifest =
            serde_json::from_str(&manifest("2026-Q3", 0, &["a".into()])).unwrap();
        key.clone_into(&mut manifest.key);
        manifest.next_key = next.map(ToOwned::to_owned);
        manifest
    }

    fn all(entries: &[(&str, Option<&str>)]) -> Result<Succession, LogError> {
        let mut keys = Succession::default();
        for (key, next) in entries {
            keys.push(&entry(key, *next))?;
        }
        Ok(keys)
    }

    fn keys() -> [String; 3] {
        std::array::from_fn(|_| {
            LogKey::generate("log", &mut rand_core::OsRng).verifier().to_owned()
        })
    }

    #[test]
    fn a_key_takes_over_after_the_entry_that_announces_it() {
        let [a, b, c] = &keys();
        let log = all(&[(a, None), (a, Some(b)), (b, None), (b, Some(c))]).unwrap();
        assert_eq!(log.keys().collect::<Vec<_>>(), [a, b]);
        assert_eq!(log.in_force(), Some(c.as_str()));
        assert!(log.trust(a).is_ok() && log.trust(b).is_ok());
        // It has signed nothing yet: whoever is asked to trust it can't know.
        assert!(matches!(log.trust(c), Err(LogError::Untrusted(key)) if key == *c));
        assert!(matches!(log.trust("log+c"), Err(LogError::VerifierKey)));
        assert_eq!(Succession::default().in_force(), None);
        assert!(Succession::default().trust(c).is_ok());
    }

    #[test]
    fn no_key_comes_unannounced_and_none_comes_back() {
        let [a, b, c] = &keys();
        for unannounced in [
            &[(&**a, None), (&**b, None)][..],
            &[(a, Some(&**b)), (a, None)],
            &[(a, Some(&**b)), (b, None), (a, None)],
        ] {
            let error = all(unannounced).unwrap_err();
            assert!(matches!(error, LogError::Succession { .. }), "{unannounced:?}: {error}");
        }
        let elsewhere = LogKey::generate("other", &mut rand_core::OsRng).verifier().to_owned();
        for announced in [
            &[(&**a, Some(&**a))][..],
            &[(a, Some(&**b)), (b, Some(&**a))],
            &[(a, Some(&**b)), (b, Some(&**c)), (c, Some(&**a))],
            &[(a, Some(&*elsewhere))],
            &[(a, Some("log+b"))],
        ] {
            let error = all(announced).unwrap_err();
            assert!(matches!(error, LogError::Successor { .. }), "{announced:?}: {error}");
        }
    }
}
