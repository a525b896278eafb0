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
    /// Case flow in that quarter: all bodies together, by level of government, by group, and by
    /// body, commune committees by old district.
    pub rows: Vec<Row>,
}

/// Bodies with their newest figures.
#[server(name = FetchBodies, prefix = "/fn", endpoint = "bodies", input = GetUrl, output = Json)]
pub async fn bodies() -> Result<BodyList, PortalError> {
    crate::published::answer(async move {
        use model::Dim;
        use model::dimension::Member;

        use crate::published::{Published, Want};

        let published = Published::from_context()?;
        let release = published.newest().await?;
        let period =
            published.periods("case-flow-body").await?.into_iter().filter(|p| p.is_quarter()).max();
        let civil = || Want::totals().member(Dim::Kind, "civil");
        let mut rows = Vec::new();
        if let Some(p) = period {
            let figures = published.figures("case-flow", p, civil()).await?;
            rows.push(Row { member: Dim::Body.total().to_owned(), figures });
            let levels = ["class", "group", "unit"];
            let one_of = |m: &&Member| levels.iter().any(|l| m.levels.contains(l));
            let codes = Dim::Body.members().all().iter().filter(one_of).map(|m| m.code.clone());
            let want = civil().members(Dim::Body, codes.collect());
            rows.extend(published.rows("case-flow-body", p, want).await?);
        }
        Ok(BodyList { release, period, rows })
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
