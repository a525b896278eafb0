//! What travels between the server and the browser: pages as HTML, and what their frame shows.

pub mod document;
pub mod site;

use jiff::civil::Date;
use model::ReleaseId;
use serde::{Deserialize, Serialize};

/// The release that a page's figures come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseInfo {
    /// Its name.
    pub id: ReleaseId,
    /// Day of publication in Viet Nam (UTC+7).
    #[serde(with = "model::day::text")]
    pub published_on: Date,
    /// True if the figures are simulated.
    pub simulated: bool,
}
