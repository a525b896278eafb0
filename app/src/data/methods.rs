//! What the methodology page takes from the newest release.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use serde::{Deserialize, Serialize};

use super::ReleaseInfo;
use super::releases::Coverage;
use crate::error::PortalError;

/// How much is withheld at present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Methods {
    /// The newest release.
    pub release: ReleaseInfo,
    /// Its tables.
    pub tables: Vec<Coverage>,
}

/// Shown and withheld counts of the newest release.
#[server(name = FetchMethods, prefix = "/fn", endpoint = "methods", input = GetUrl, output = Json)]
pub async fn methods() -> Result<Methods, PortalError> {
    crate::published::answer(async move {
        let published = crate::published::Published::from_context()?;
        let release = published.newest().await?;
        let tables = published.coverage(release.id).await?;
        Ok(Methods { release, tables })
    })
    .await
}
