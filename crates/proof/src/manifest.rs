//! The manifest of a release: which files it has, with their hashes, and the root of the tree over
//! its figures. The manifest's bytes are an entry of the log of releases.

use model::{Check, Period, Reason, ReleaseId, Text};
use serde::{Deserialize, Serialize};

use crate::sha256_hex;

/// The manifest, `manifest.json` in the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Format of manifest and canonical lines.
    pub format: String,
    /// The release.
    pub release: ReleaseId,
    /// Its reference period.
    pub period: Period,
    /// First day of the period, ISO.
    pub period_start: String,
    /// Last day of the period, ISO.
    pub period_end: String,
    /// Moment from which it is public, RFC 3339.
    pub visible_from: String,
    /// True for demonstration data.
    pub simulated: bool,
    /// Who answers for it.
    pub sign_off: SignOff,
    /// Why it revises figures that were published; absent in the first publication of a quarter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// What readers should know of it, in words; never absent where there is a reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Text>,
    /// The public key that signs the log as long as this is its last entry, `name+id+base64`.
    pub key: String,
    /// The public key that signs it from the next entry on, if that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_key: Option<String>,
    /// Number of figures (leaves), in the order of the tables and of their files' rows.
    pub figures: u64,
    /// Root of the Merkle tree over their canonical lines, hexadecimal.
    pub root: String,
    /// Position of this manifest in the log of releases, from 0.
    pub log_index: u64,
    /// Tables in their order.
    pub tables: Vec<String>,
    /// Every other file of the bundle, by path, except the checkpoint.
    pub files: Vec<FileEntry>,
}

/// The two who answer for a release: offices or functions, not the names of persons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// Who prepared it.
    pub prepared_by: String,
    /// Who checked and approved it.
    pub approved_by: String,
    /// What both of them have confirmed.
    pub checklist: Vec<Check>,
}

impl SignOff {
    /// The two, if they are two: named, in one line, and different; who have confirmed the `checklist`.
    #[must_use]
    pub fn new(prepared_by: &str, approved_by: &str, checklist: &[Check]) -> Option<Self> {
        let name = |text: &str| {
            let text = text.trim();
            (!text.is_empty() && !text.contains(char::is_control)).then(|| text.to_owned())
        };
        let (prepared_by, approved_by) = (name(prepared_by)?, name(approved_by)?);
        let differ = prepared_by.to_lowercase() != approved_by.to_lowercase();
        let checklist = checklist.to_vec();
        differ.then_some(Self { prepared_by, approved_by, checklist })
    }

    /// True if they are two who may sign, and have confirmed everything.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let all = Check::ALL.iter().all(|check| self.checklist.contains(check));
        all && Self::new(&self.prepared_by, &self.approved_by, &[]).is_some()
    }
}

/// A file of the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Path within the bundle, with `/`.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// The format name of manifests this version writes and reads.
pub const FORMAT: &str = "thanhhoa-complaints-release-v3";

impl FileEntry {
    /// The entry of a file.
    #[must_use]
    pub fn of(path: &str, content: &[u8]) -> Self {
        let bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
        Self { path: path.to_owned(), bytes, sha256: sha256_hex(content) }
    }

    /// True if `content` is what the entry describes.
    #[must_use]
    pub fn matches(&self, content: &[u8]) -> bool {
        *self == Self::of(&self.path, content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_who_differ_sign_a_release() {
        let both = SignOff::new(" Phòng Thống kê ", "Chánh Thanh tra tỉnh", Check::ALL).unwrap();
        assert_eq!(both.prepared_by, "Phòng Thống kê");
        assert!(both.is_complete());
        assert!(!SignOff { checklist: vec![Check::Words], ..both.clone() }.is_complete());
        assert!(!SignOff { approved_by: both.prepared_by.clone(), ..both }.is_complete());
        for (prepared, approved) in [
            ("Phòng Thống kê", "phòng thống kê "),
            ("Phòng Thống kê", ""),
            (" ", "Chánh Thanh tra tỉnh"),
            ("Phòng\nThống kê", "Chánh Thanh tra tỉnh"),
        ] {
            assert_eq!(
                SignOff::new(prepared, approved, Check::ALL),
                None,
                "{prepared:?} {approved:?}"
            );
        }
    }
}
