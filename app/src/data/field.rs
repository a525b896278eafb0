//! Fields: what matters are about.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::Period;
use serde::{Deserialize, Serialize};

use super::profile::Profile;
use super::{ReleaseInfo, Row};
use crate::error::PortalError;

/// The list of fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldList {
    /// The newest release.
    pub release: ReleaseInfo,
    /// The newest quarter.
    pub period: Option<Period>,
    /// Complaints, recommendations and feedback of that quarter by field and group of fields.
    pub rows: Vec<Row>,
}

/// Fields with their newest figures.
#[server(name = FetchFields, prefix = "/fn", endpoint = "fields", input = GetUrl, output = Json)]
pub async fn fields() -> Result<FieldList, PortalError> {
    crate::published::answer(async move {
        use model::Dim;

        use crate::published::{Published, Want};

        let published = Published::from_context()?;
        let release = published.newest().await?;
        let period =
            published.periods("cases-by-field").await?.into_iter().filter(|p| p.is_quarter()).max();
        let codes = Dim::Field.members().all().iter().map(|m| m.code.clone()).collect();
        let want = Want::totals().member(Dim::Kind, "civil").members(Dim::Field, codes);
        let rows = match period {
            Some(p) => published.rows("cases-by-field", p, want).await?,
            None => Vec::new(),
        };
        Ok(FieldList { release, period, rows })
    })
    .await
}

/// What is published about the field with the member code `code`.
#[server(name = FetchField, prefix = "/fn", endpoint = "field", input = GetUrl, output = Json)]
pub async fn field(
    /// Member code of the field.
    code: String,
) -> Result<Profile, PortalError> {
    crate::published::answer(async move { super::profile::profile(model::Dim::Field, code).await })
        .await
}
