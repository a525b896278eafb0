//! The proof that an entry is in a log, as a text that stands by itself
//! ([C2SP tlog-proof](https://c2sp.org/tlog-proof)).
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! index 14
//! <hash of the audit path, Base64>
//! ...
//!
//! <checkpoint>
//! ```

use std::fmt;

use tlog_tiles::tlog::{self, Hash};

use crate::evidence::TrustedLog;
use crate::log::{Log, LogError, State, read_checkpoint};

const HEAD: &str = "c2sp.org/tlog-proof@v1";

/// That an entry is in a log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogProof {
    /// Place of the entry, from 0.
    pub index: u64,
    /// The audit path from the entry to the root in the checkpoint.
    pub path: Vec<Hash>,
    /// The signed state of the log.
    pub checkpoint: String,
}

impl LogProof {
    /// The proof that entry `index` is in `log`, whose signed state is `checkpoint`.
    ///
    /// # Errors
    ///
    /// When there is no such entry.
    pub fn of(log: &Log, index: u64, checkpoint: &str) -> Result<Self, LogError> {
        Ok(Self { index, path: log.prove(index)?, checkpoint: checkpoint.to_owned() })
    }

    /// The proof that is written as `text`.
    ///
    /// # Errors
    ///
    /// [`LogError::Proof`] if it is none, or has data of other applications in it.
    pub fn parse(text: &str) -> Result<Self, LogError> {
        let (head, checkpoint) = text.split_once("\n\n").ok_or(LogError::Proof)?;
        let mut lines = head.split('\n');
        if lines.next() != Some(HEAD) {
            return Err(LogError::Proof);
        }
        let index = lines.next().and_then(|line| line.strip_prefix("index "));
        let index: u64 = index.and_then(|n| n.parse().ok()).ok_or(LogError::Proof)?;
        let path = lines.map(Hash::parse_hash).collect::<Result<_, _>>();
        let path = path.map_err(|_e| LogError::Proof)?;
        let proof = Self { index, path, checkpoint: checkpoint.to_owned() };
        // There is one way to write a proof.
        if proof.to_string() == text { Ok(proof) } else { Err(LogError::Proof) }
    }

    /// Checks that `entry`, byte for byte, is in `log` at the place that the proof names. The state of
    /// the log.
    ///
    /// # Errors
    ///
    /// When the checkpoint is not signed by the log's key, or the path doesn't lead from the entry to
    /// it.
    pub fn check(&self, entry: &[u8], log: TrustedLog<'_>) -> Result<State, LogError> {
        let checkpoint = read_checkpoint(&self.checkpoint, log.origin, log.key)?;
        let (size, root) = (checkpoint.size(), *checkpoint.hash());
        tlog::check_record(&self.path, size, root, self.index, tlog::record_hash(entry))
            .map_err(|_e| LogError::NotLogged { index: self.index, size })?;
        Ok(State { size, root: crate::hex(&root) })
    }
}

impl fmt::Display for LogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{HEAD}\nindex {}\n", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LogKey;

    const ORIGIN: &str = "example.org/complaints";
    const ENTRIES: [&str; 5] = ["a", "b", "c", "d", "e"];

    fn proofs() -> (LogKey, Vec<LogProof>) {
        let key = LogKey::generate(ORIGIN, &mut rand_core::OsRng);
        let mut log = Log::new(ORIGIN);
        for entry in ENTRIES {
            log.push(entry.as_bytes()).unwrap();
        }
        let checkpoint = key.checkpoint(&log).unwrap();
        let proofs = (0..5).map(|i| LogProof::of(&log, i, &checkpoint).unwrap()).collect();
        (key, proofs)
    }

    #[test]
    fn each_entry_is_proved_at_its_place_alone() {
        let (key, proofs) = proofs();
        for (at, proof) in proofs.iter().enumerate() {
            assert_eq!(LogProof::parse(&proof.to_string()).unwrap(), *proof);
            for (other, entry) in ENTRIES.iter().enumerate() {
                let checked = proof.check(entry.as_bytes(), TrustedLog::of(key.verifier()));
                assert_eq!(checked.is_ok(), at == other, "{at} {entry}");
            }
        }
        let stranger = LogKey::generate(ORIGIN, &mut rand_core::OsRng);
        let checked = proofs[0].check(b"a", TrustedLog::of(stranger.verifier()));
        assert!(matches!(checked, Err(LogError::Signature(_))));
    }

    #[test]
    fn a_proof_with_one_changed_byte_is_refused() {
        let (key, proofs) = proofs();
        let text = proofs[2].to_string();
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let checked = LogProof::parse(&changed)
                .and_then(|proof| proof.check(b"c", TrustedLog::of(key.verifier())));
            assert!(checked.is_err(), "byte {at}: {changed}");
        }
    }

    #[test]
    fn what_is_no_proof_is_refused() {
        let (_, proofs) = proofs();
        let text = proofs[0].to_string();
        for changed in [
            "".to_owned(),
            text.replace("\n\n", "\n"),
            text.replace("@v1", "@v2"),
            text.replace("index 0", "extra eA==\nindex 0"),
            text.replace("index 0", "index 00"),
            text.replace("index 0", "index -1"),
        ] {
            assert!(matches!(LogProof::parse(&changed), Err(LogError::Proof)), "{changed}");
        }
    }
}
