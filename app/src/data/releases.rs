//! Releases: what was published when.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::figure::Address;
use model::table::{Frequency, TableDefinition};
use model::{Check, Reason, ReleaseId, Text};
use serde::{Deserialize, Serialize};

use super::{ReleaseInfo, Value};
use crate::arrange::By;
use crate::error::PortalError;

/// Every visible release, the one published last first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseList {
    /// The releases.
    pub releases: Vec<ReleaseInfo>,
}

/// What a release says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Why it revises figures that were published; `None` for a first publication.
    pub reason: Option<Reason>,
    /// What readers should know of it.
    pub notes: Option<Text>,
    /// Who prepared it.
    pub prepared_by: String,
    /// Who approved it.
    pub approved_by: String,
}

/// How a release was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// What the two who answer for it confirmed before.
    pub checklist: Vec<Check>,
    /// The public key that signed the log with it.
    pub key: String,
    /// The one that signs it after this release, if that is another.
    pub next_key: Option<String>,
}

/// A published figure that a release changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The permanent name of the figure.
    pub figure: String,
    /// Its place in the table.
    pub address: Address,
    /// The release that had it before.
    pub revises: ReleaseId,
    /// What it was.
    pub old: Value,
    /// What it is; `None` if it is withdrawn.
    pub new: Option<Value>,
}

/// The figures of a table that a release changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The table.
    pub table: TableDefinition,
    /// How many figures.
    pub count: usize,
    /// The first of them.
    pub first: Vec<Change>,
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
    /// True if nothing in it is ever withheld: it is about officials.
    pub about_officials: bool,
}

/// Levels of a table that are only published for longer periods than quarters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rarer {
    /// Code of the table.
    pub id: String,
    /// Title.
    pub title: Text,
    /// The rows that it has at these levels.
    pub rows: Vec<By>,
    /// The kinds of matter, if it is published by quarter for others.
    pub kinds: Vec<String>,
    /// How often they come out.
    pub frequency: Frequency,
}

/// One release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasePage {
    /// The release.
    pub release: ReleaseInfo,
    /// Its entry in the log of releases, from 0.
    pub log_index: i64,
    /// How many entries the log has now.
    pub log_size: i64,
    /// The signed checkpoint of the log.
    pub checkpoint: String,
    /// What it says of itself.
    pub account: Account,
    /// How it was signed.
    pub signed: Signed,
    /// The published figures that it changes, by table.
    pub changes: Vec<Changes>,
    /// Its tables.
    pub tables: Vec<Coverage>,
    /// What is not published by quarter.
    pub rarer: Vec<Rarer>,
    /// A later revision of the same quarter, if there is one.
    pub superseded_by: Option<ReleaseId>,
}

/// All releases.
#[server(name = FetchReleases, prefix = "/fn", endpoint = "releases", input = GetUrl, output = Json)]
pub async fn releases() -> Result<ReleaseList, PortalError> {
    crate::published::answer(async move {
        let published = crate::published::Published::from_context()?;
        Ok(ReleaseList { releases: published.releases().await? })
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
        let definitions = published.definitions().await?;
        let (account, signed) = published.signed(id).await?;
        Ok(ReleasePage {
            account,
            signed,
            changes: published.changes(id).await?,
            release: info(found),
            log_index: found.log_index,
            log_size: releases.iter().map(|r| r.log_index + 1).max().unwrap_or_default(),
            rarer: definitions.iter().flat_map(rarer).collect(),
            checkpoint: found.checkpoint.clone(),
            tables,
            superseded_by,
        })
    })
    .await
}

/// The levels and kinds of `definition` for which figures do not come out every quarter.
fn rarer(definition: &TableDefinition) -> Vec<Rarer> {
    use model::Dim;
    use model::table::Crossing;

    let rows = |c: &Crossing| -> Vec<By> {
        let named = |d: Dim| c.level(d).filter(|l| *l != d.levels()[0]).map(|l| (d, l));
        let levels = Dim::ALL.into_iter().filter_map(named);
        levels.map(|(dim, level)| By::Members(dim, level.to_owned())).collect()
    };
    let by_quarter =
        |c: &&Crossing| c.frequencies().iter().any(|often| *often <= Frequency::ToDate);
    let quarterly: Vec<&Crossing> = definition.crossings.iter().filter(by_quarter).collect();
    let mut out: Vec<Rarer> = Vec::new();
    for crossing in &definition.crossings {
        let rows = rows(crossing);
        let same_rows = || quarterly.iter().filter(|c| same_levels(c, crossing));
        let mut kinds = crossing.kind.clone();
        kinds.retain(|kind| !same_rows().any(|c| c.kind.contains(kind)));
        let Some(frequency) = crossing.frequencies().into_iter().min() else { continue };
        if kinds.is_empty() || out.iter().any(|r| r.rows == rows) {
            continue;
        }
        if same_rows().next().is_none() {
            kinds.clear();
        }
        let (id, title) = (definition.id.clone(), definition.title.clone());
        out.push(Rarer { id, title, rows, kinds, frequency });
    }
    out
}

/// True if both crossings stand at the same levels.
fn same_levels(a: &model::table::Crossing, b: &model::table::Crossing) -> bool {
    model::Dim::ALL.into_iter().all(|d| a.level(d) == b.level(d))
}
