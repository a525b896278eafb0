//! Releases: what was published when.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{ReleaseId, Text};
use serde::{Deserialize, Serialize};

use super::ReleaseInfo;
use crate::error::PortalError;

/// Every visible release, the one published last first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseList {
    /// The releases.
    pub releases: Vec<ReleaseInfo>,
}

/// How much of a table was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Code of the table.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Cells with a value.
    pub shown: i64,
    /// Cells withheld.
    pub withheld: i64,
}

/// One release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasePage {
    /// The release.
    pub release: ReleaseInfo,
    /// Its entry in the log of releases, from 0.
    pub log_index: i64,
    /// The signed checkpoint of the log.
    pub checkpoint: String,
    /// Its tables.
    pub tables: Vec<Coverage>,
    /// A later revision of the same quarter, if there is one.
    pub superseded_by: Option<ReleaseId>,
}

/// All releases.
#[server(name = FetchReleases, prefix = "/fn", endpoint = "releases", input = GetUrl, output = Json)]
pub async fn releases() -> Result<ReleaseList, PortalError> {
    crate::published::answer(async move {
        use crate::published::{Published, info, unavailable};

        let published = Published::from_context()?;
        let releases = published.pool().releases().await.map_err(unavailable)?;
        Ok(ReleaseList { releases: releases.iter().map(info).collect() })
    })
    .await
}

/// The release `id`.
#[server(name = FetchRelease, prefix = "/fn", endpoint = "release", input = GetUrl, output = Json)]
pub async fn release(
    /// Its name.
    id: String,
) -> Result<ReleasePage, PortalError> {
    crate::published::answer(async move {
        use crate::published::{Published, info, unavailable};

        let published = Published::from_context()?;
        let id: ReleaseId = id.parse().map_err(|_e| PortalError::NotFound)?;
        let releases = published.pool().releases().await.map_err(unavailable)?;
        let found = releases.iter().find(|r| r.id == id).ok_or(PortalError::NotFound)?;
        let superseded_by = releases
            .iter()
            .map(|r| r.id)
            .filter(|r| r.period == id.period && r.revision > id.revision)
            .max();
        let tables = published.coverage(id).await?;
        Ok(ReleasePage {
            release: info(found),
            log_index: found.log_index,
            checkpoint: found.checkpoint.clone(),
            tables,
            superseded_by,
        })
    })
    .await
}
