//! The log of releases: an append-only Merkle tree of manifests with a signed checkpoint
//! (C2SP tlog-checkpoint and signed-note, Ed25519).

use serde::{Deserialize, Serialize};
use signed_note::{Note, StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::checkpoint::Checkpoint;
use tlog_tiles::tlog::Hash;

use crate::tree::Tree;

/// Why a log could not be written or a checkpoint not be trusted.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The signing key is not a C2SP signer key.
    #[error("the signing key is not a valid Ed25519 signer key")]
    SignerKey,
    /// The public key is not a C2SP verifier key.
    #[error("the public key is not a valid Ed25519 verifier key")]
    VerifierKey,
    /// The checkpoint is not a signed note or not a checkpoint.
    #[error("the checkpoint is malformed")]
    Malformed,
    /// No valid signature of the expected key.
    #[error("the checkpoint is not signed by {0}")]
    Signature(String),
    /// The key that is trusted signed nothing of the log.
    #[error("no entry of the log is signed by {0}")]
    Untrusted(String),
    /// Signed by another key than the one that is trusted.
    #[error(
        "it is signed by {named}, not by the key given: give that one, if you trust it, or check the folder \
         with all bundles, which shows whether the log was handed over from one to the other"
    )]
    OtherKey {
        /// The key that signs it.
        named: String,
    },
    /// Signed, but for another log.
    #[error("the checkpoint belongs to another log: {0}")]
    Origin(String),
    /// Signed, but the entries give another root.
    #[error("the checkpoint of {size} entries does not match the log: history was changed")]
    Root {
        /// Entries that the checkpoint covers.
        size: u64,
    },
    /// What should prove that an entry is in the log is no C2SP tlog-proof.
    #[error("the proof that it is in the log is malformed")]
    Proof,
    /// The path does not lead from the entry to the checkpoint.
    #[error("it is not proved to be entry {index} of the log of {size} entries")]
    NotLogged {
        /// The place named, from 0.
        index: u64,
        /// Entries that the checkpoint covers.
        size: u64,
    },
    /// An entry that should be the last of the log is not.
    #[error("it is entry {index} of a log of {size} entries, not the last")]
    NotLast {
        /// Its place, from 0.
        index: u64,
        /// Entries that the checkpoint covers.
        size: u64,
    },
    /// An entry that is signed by another key than the one in force.
    #[error("entry {entry} of the log names the key {key}, which no entry before it announced")]
    Succession {
        /// Its place, from 0.
        entry: u64,
        /// The key that it names.
        key: String,
    },
    /// An entry announces a key that can't take over.
    #[error(
        "entry {entry} of the log announces the key {key}, which is none, was in force before or is of another log"
    )]
    Successor {
        /// Its place, from 0.
        entry: u64,
        /// The key that it announces.
        key: String,
    },
    /// The hash tree could not be built.
    #[error("the log's tree cannot be built")]
    Tree,
}

/// The key pair of a log, in the C2SP text forms.
#[derive(Clone)]
pub struct LogKey {
    /// `PRIVATE+KEY+name+id+base64`.
    signer: String,
    /// `name+id+base64`.
    verifier: String,
}

impl LogKey {
    /// The key pair from its text forms.
    ///
    /// # Errors
    ///
    /// When either is malformed.
    pub fn new(signer: &str, verifier: &str) -> Result<Self, LogError> {
        StandardSigner::new(signer).map_err(|_e| LogError::SignerKey)?;
        StandardVerifier::new(verifier).map_err(|_e| LogError::VerifierKey)?;
        Ok(Self { signer: signer.to_owned(), verifier: verifier.to_owned() })
    }

    /// A new key pair for the log named `origin`.
    pub fn generate(origin: &str, rng: &mut impl rand_core::CryptoRngCore) -> Self {
        let (signer, verifier) = signed_note::generate_key(rng, origin);
        Self { signer, verifier }
    }

    /// The private key, `PRIVATE+KEY+name+id+base64`.
    #[must_use]
    pub fn signer(&self) -> &str {
        &self.signer
    }

    /// The public key, `name+id+base64`.
    #[must_use]
    pub fn verifier(&self) -> &str {
        &self.verifier
    }

    /// Signs the checkpoint of `log`.
    ///
    /// # Errors
    ///
    /// When the key or the log's name is unusable.
    pub fn checkpoint(&self, log: &Log) -> Result<String, LogError> {
        let signer = StandardSigner::new(&self.signer).map_err(|_e| LogError::SignerKey)?;
        let root = log.tree.root().map_err(|_e| LogError::Tree)?;
        let text = Checkpoint::new(&log.origin, log.tree.size(), root, "")
            .map_err(|_e| LogError::Malformed)?
            .to_bytes();
        let mut note = Note::new(&text, &[]).map_err(|_e| LogError::Malformed)?;
        note.add_sigs(&[&signer]).map_err(|_e| LogError::SignerKey)?;
        String::from_utf8(note.to_bytes()).map_err(|_e| LogError::Malformed)
    }
}

/// A state of a log: how many entries, and what they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Number of entries.
    pub size: u64,
    /// Root over them, in lower-case hexadecimal.
    pub root: String,
}

/// The log: its name and the manifests in it, oldest first.
#[derive(Clone, Debug)]
pub struct Log {
    origin: String,
    tree: Tree,
}

impl Log {
    /// An empty log named `origin`.
    #[must_use]
    pub fn new(origin: &str) -> Self {
        Self { origin: origin.to_owned(), tree: Tree::default() }
    }

    /// Appends a manifest, byte for byte.
    ///
    /// # Errors
    ///
    /// Never for a log that fits in memory.
    pub fn push(&mut self, manifest: &[u8]) -> Result<(), LogError> {
        self.tree.push(manifest).map_err(|_e| LogError::Tree)
    }

    /// Number of entries.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.tree.size()
    }

    /// Its state: what a checkpoint of it states.
    ///
    /// # Errors
    ///
    /// As [`Log::push`].
    pub fn state(&self) -> Result<State, LogError> {
        let root = self.tree.root_hex().map_err(|_e| LogError::Tree)?;
        Ok(State { size: self.size(), root })
    }

    /// The audit path of entry `index`.
    ///
    /// # Errors
    ///
    /// When there is no such entry.
    pub fn prove(&self, index: u64) -> Result<Vec<Hash>, LogError> {
        self.tree.prove(index).map_err(|_e| LogError::Tree)
    }

    /// The audit path of entry `index` when the log had `size` entries.
    ///
    /// # Errors
    ///
    /// When it has fewer, or there was no such entry.
    pub fn prove_in(&self, size: u64, index: u64) -> Result<Vec<Hash>, LogError> {
        self.tree.prove_in(size, index).map_err(|_e| LogError::Tree)
    }

    /// The consistency path from the first `size` entries to all of them.
    ///
    /// # Errors
    ///
    /// When `size` is zero or more than there are.
    pub fn prove_history(&self, size: u64) -> Result<Vec<Hash>, LogError> {
        self.tree.prove_prefix(size).map_err(|_e| LogError::Tree)
    }

    /// Checks that `checkpoint` is signed by `verifier_key` and describes exactly this log.
    ///
    /// # Errors
    ///
    /// Says which of signature, name, size or root is wrong.
    pub fn verify(&self, checkpoint: &str, verifier_key: &str) -> Result<(), LogError> {
        let signed = read_checkpoint(checkpoint, &self.origin, verifier_key)?;
        let root = self.tree.root().map_err(|_e| LogError::Tree)?;
        if signed.size() != self.tree.size() || *signed.hash() != root {
            return Err(LogError::Root { size: signed.size() });
        }
        Ok(())
    }
}

/// Reads a public key, `name+id+base64`.
pub(crate) fn read_key(key: &str) -> Result<StandardVerifier, LogError> {
    StandardVerifier::new(key).map_err(|_e| LogError::VerifierKey)
}

/// Reads a checkpoint of the log named `origin`, signed by `verifier_key`.
///
/// # Errors
///
/// When it is malformed, signed by another key, or of another log.
pub fn read_checkpoint(
    checkpoint: &str,
    origin: &str,
    verifier_key: &str,
) -> Result<Checkpoint, LogError> {
    let verifier = read_key(verifier_key)?;
    let note = Note::from_bytes(checkpoint.as_bytes()).map_err(|_e| LogError::Malformed)?;
    note.verify(&VerifierList::new(vec![Box::new(verifier)]))
        .map_err(|_e| LogError::Signature(verifier_key.to_owned()))?;
    let signed = Checkpoint::from_bytes(note.text()).map_err(|_e| LogError::Malformed)?;
    if signed.origin() != origin {
        return Err(LogError::Origin(signed.origin().to_owned()));
    }
    Ok(signed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "example.org/complaints";

    fn key() -> LogKey {
        let key = LogKey::generate(ORIGIN, &mut rand_core::OsRng);
        LogKey::new(key.signer(), key.verifier()).unwrap()
    }

    fn log(entries: &[&str]) -> Log {
        let mut log = Log::new(ORIGIN);
        for entry in entries {
            log.push(entry.as_bytes()).unwrap();
        }
        log
    }

    #[test]
    fn a_checkpoint_holds_for_its_log_only() {
        let key = key();
        let checkpoint = key.checkpoint(&log(&["a", "b"])).unwrap();
        assert!(log(&["a", "b"]).verify(&checkpoint, key.verifier()).is_ok());
        for other in [&["a"][..], &["a", "c"], &["b", "a"], &["a", "b", "c"]] {
            let error = log(other).verify(&checkpoint, key.verifier()).unwrap_err();
            assert!(matches!(error, LogError::Root { size: 2 }), "{error}");
        }
    }

    #[test]
    fn a_checkpoint_of_another_key_is_refused() {
        let checkpoint = key().checkpoint(&log(&["a"])).unwrap();
        let error = log(&["a"]).verify(&checkpoint, key().verifier()).unwrap_err();
        assert!(matches!(error, LogError::Signature(_)), "{error}");
    }

    #[test]
    fn a_checkpoint_with_one_changed_byte_is_refused() {
        let key = key();
        let log = log(&["a", "b"]);
        let checkpoint = key.checkpoint(&log).unwrap();
        for at in 0..checkpoint.len() {
            let mut bytes = checkpoint.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(text) = String::from_utf8(bytes) else { continue };
            assert!(log.verify(&text, key.verifier()).is_err(), "byte {at}");
        }
    }
}
