//! What is wrong with the data of the law.

use std::path::PathBuf;

/// The law can't be read.
#[derive(Debug, thiserror::Error)]
pub enum LawError {
    /// A file can't be read.
    #[error("{}: {source}", .path.display())]
    File {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A value is not what it should be.
    #[error("{file}, {place}: {why}")]
    Value {
        /// The file.
        file: &'static str,
        /// Row and column, or rule and field.
        place: String,
        /// What is wrong, and what to write.
        why: String,
    },
}

impl LawError {
    pub(crate) fn value(file: &'static str, place: String, why: impl Into<String>) -> Self {
        Self::Value { file, place, why: why.into() }
    }
}
