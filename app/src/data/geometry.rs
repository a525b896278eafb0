//! Boundaries as maps draw them. The paths themselves are in one file that a browser fetches once
//! and keeps: pages refer to it.

use model::Text;
use model::boundary::Level;
use serde::{Deserialize, Serialize};

/// Boundaries of all places of a level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boundaries {
    /// The level.
    pub level: Level,
    /// Hash of the drawing; part of its address.
    pub hash: String,
    /// Width of the drawing, in its own units.
    pub width: i32,
    /// Height of the drawing.
    pub height: i32,
    /// Whose boundaries these are.
    pub source: Text,
}

impl Boundaries {
    /// Where the file with all shapes is.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/geo/{}.{}.svg", self.level, self.hash)
    }
}

impl From<store::GeometryInfo> for Boundaries {
    fn from(info: store::GeometryInfo) -> Self {
        let store::GeometryInfo { level, hash, width, height, source, .. } = info;
        Self { level, hash, width, height, source }
    }
}
