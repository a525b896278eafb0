//! What was said of published figures since: explanations of bodies (giải trình), and challenges
//! (yêu cầu kiểm tra lại số liệu) with their answers. They are no part of the signed releases.

use jiff::civil::Date;
use leptos::prelude::use_context;
use model::figure::Address;
use model::table::TableDefinition;
use proof::FigureId;
use store::{Challenge, Explanation};

use super::ReleaseInfo;
use super::figure::FigureName;
use crate::error::PortalError;
use crate::published::{Published, today, unavailable};
use crate::wire::site::PublishingBody;

/// What was said of one figure, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remarks {
    /// What bodies explain.
    pub explanations: Vec<Explanation>,
    /// Challenges.
    pub challenges: Vec<Challenge>,
    /// The day up to which open challenges wait.
    pub today: Date,
}

impl Remarks {
    /// What was said of the figure `id` at `address` in `table`.
    pub(crate) async fn on(
        published: &Published,
        id: FigureId,
        table: &str,
        address: &Address,
    ) -> Result<Self, PortalError> {
        let pool = published.pool();
        let explanations = pool.explanations_of(id.bytes(), table, address).await;
        let challenges = pool.challenges_to(id.bytes()).await;
        Ok(Self {
            explanations: explanations.map_err(unavailable)?,
            challenges: challenges.map_err(unavailable)?,
            today: today(),
        })
    }

    /// True if nothing was said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.explanations.is_empty() && self.challenges.is_empty()
    }
}

/// The version of a figure that `challenge` is about.
#[must_use]
pub fn challenged(challenge: &Challenge) -> FigureName {
    let id = FigureId::from_bytes(challenge.received.figure);
    FigureName { id, release: Some(challenge.received.release) }
}

/// A challenge with the figure that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The challenge.
    pub challenge: Challenge,
    /// The figure's table.
    pub table: TableDefinition,
    /// The figure's place there.
    pub address: Address,
}

/// All challenges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChallengeList {
    /// The newest release.
    pub release: ReleaseInfo,
    /// The challenges, the newest first.
    pub challenges: Vec<Listed>,
    /// The day up to which open ones wait.
    pub today: Date,
    /// Who publishes the figures and takes challenges.
    pub publishing_body: Option<PublishingBody>,
}

/// All challenges to figures.
pub(crate) async fn challenges() -> Result<ChallengeList, PortalError> {
    crate::published::answer(async move {
        let published = Published::from_context()?;
        let release = published.newest().await?;
        let pool = published.pool();
        let found = pool.challenges().await.map_err(unavailable)?;
        let ids: Vec<[u8; 10]> = found.iter().map(|c| c.received.figure).collect();
        let versions = pool.figures(&ids).await.map_err(unavailable)?;
        let mut challenges = Vec::new();
        for challenge in found {
            let id = FigureId::from_bytes(challenge.received.figure);
            let version = versions.iter().find(|v| {
                v.release.id == challenge.received.release
                    && proof::figure_id(&v.table, &v.cell.address) == id
            });
            let Some(version) = version else { continue };
            let table = pool.table_in(version.release.id, &version.table).await;
            let Some(table) = table.map_err(unavailable)? else { continue };
            let address = version.cell.address.clone();
            challenges.push(Listed { challenge, table: table.definition, address });
        }
        let publishing_body = use_context();
        Ok(ChallengeList { release, challenges, today: today(), publishing_body })
    })
    .await
}
