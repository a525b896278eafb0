//! What every page needs to know about the portal.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use serde::{Deserialize, Serialize};

use super::ReleaseInfo;
use crate::error::PortalError;

/// What stands around every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// The newest release.
    pub newest: ReleaseInfo,
}

/// The newest release, and whether the figures are simulated.
#[server(name = FetchSite, prefix = "/fn", endpoint = "site", input = GetUrl, output = Json)]
pub async fn site() -> Result<Site, PortalError> {
    crate::published::answer(async move {
        let published = crate::published::Published::from_context()?;
        Ok(Site { newest: published.newest().await? })
    })
    .await
}
