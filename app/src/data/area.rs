//! Places: what arose where.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::Period;
use serde::{Deserialize, Serialize};

use super::geometry::Boundaries;
use super::profile::Profile;
use super::{ReleaseInfo, Row};
use crate::error::PortalError;

/// The list of places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaList {
    /// The newest release.
    pub release: ReleaseInfo,
    /// The newest quarter.
    pub period: Option<Period>,
    /// Case flow in that quarter: of the province and by region.
    pub regions: Vec<Row>,
    /// The same by old district.
    pub districts: Vec<Row>,
    /// The newest year with figures by commune.
    pub year: Option<Period>,
    /// Cases by commune in that year.
    pub communes: Vec<Row>,
    /// Boundaries of communes.
    pub boundaries: Option<Boundaries>,
}

/// Old districts and communes with their newest figures.
#[server(name = FetchAreas, prefix = "/fn", endpoint = "areas", input = GetUrl, output = Json)]
pub async fn areas() -> Result<AreaList, PortalError> {
    crate::published::answer(async move {
        use model::Dim;

        use crate::published::{Published, Want};

        let published = Published::from_context()?;
        let release = published.newest().await?;
        let civil = || Want::totals().member(Dim::Kind, "civil");
        let period =
            published.periods("case-flow-area").await?.into_iter().filter(|p| p.is_quarter()).max();
        let (mut regions, mut districts) = (Vec::new(), Vec::new());
        if let Some(p) = period {
            // Regions are in another table than their districts.
            let want = civil().total_and_level(Dim::Area, "region");
            regions = published.rows("case-flow", p, want).await?;
            let want = civil().level(Dim::Area, "district");
            districts = published.rows("case-flow-area", p, want).await?;
        }
        let year = published.periods("cases-commune").await?.into_iter().max();
        let communes = match year {
            Some(y) => {
                published.rows("cases-commune", y, civil().level(Dim::Area, "commune")).await?
            }
            None => Vec::new(),
        };
        let boundaries = published.boundaries(model::boundary::Level::Commune).await?;
        Ok(AreaList { release, period, regions, districts, year, communes, boundaries })
    })
    .await
}

/// What is published about the place with the member code `code`.
#[server(name = FetchArea, prefix = "/fn", endpoint = "area", input = GetUrl, output = Json)]
pub async fn area(
    /// Member code of the place.
    code: String,
) -> Result<Profile, PortalError> {
    crate::published::answer(async move { super::profile::profile(model::Dim::Area, code).await })
        .await
}
