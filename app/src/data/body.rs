//! Competent bodies: who deals with how much.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::Period;
use serde::{Deserialize, Serialize};

use super::profile::Profile;
use super::{ReleaseInfo, Row};
use crate::error::PortalError;

/// The list of bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyList {
    /// The newest release.
    pub release: ReleaseInfo,
    /// The newest quarter.
    pub period: Option<Period>,
    /// Case flow by body in that quarter: agencies, and commune committees by old district.
    pub units: Vec<Row>,
}

/// Bodies with their newest figures.
#[server(name = FetchBodies, prefix = "/fn", endpoint = "bodies", input = GetUrl, output = Json)]
pub async fn bodies() -> Result<BodyList, PortalError> {
    crate::published::answer(async move {
        use model::Dim;

        use crate::published::{Published, Want};

        let published = Published::from_context()?;
        let release = published.newest().await?;
        let period =
            published.periods("case-flow-body").await?.into_iter().filter(|p| p.is_quarter()).max();
        let want = Want::totals().member(Dim::Kind, "civil").level(Dim::Body, "unit");
        let units = match period {
            Some(p) => published.rows("case-flow-body", p, want).await?,
            None => Vec::new(),
        };
        Ok(BodyList { release, period, units })
    })
    .await
}

/// What is published about the body with the member code `code`.
#[server(name = FetchBody, prefix = "/fn", endpoint = "body", input = GetUrl, output = Json)]
pub async fn body(
    /// Member code of the body.
    code: String,
) -> Result<Profile, PortalError> {
    crate::published::answer(async move { super::profile::profile(model::Dim::Body, code).await })
        .await
}
