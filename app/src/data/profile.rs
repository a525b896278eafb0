//! Everything that is published about one member of a dimension, table by table. It follows from
//! the definitions, so a new table appears by itself.

use model::{Item, Text};
use serde::{Deserialize, Serialize};

use super::{Moment, ReleaseInfo};
use crate::arrange::Request;

/// One table's figures of the member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileTable {
    /// Code of the table.
    pub id: String,
    /// Title.
    pub title: Text,
    /// The question it answers.
    pub lead: Text,
    /// Columns with figures.
    pub columns: Vec<Item>,
    /// Figures by period of one kind, oldest first.
    pub moments: Vec<Moment>,
    /// What leads to the series in the table's page.
    pub request: Request,
}

/// What is published about a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The newest release.
    pub release: ReleaseInfo,
    /// Code of the member.
    pub member: String,
    /// Its tables, in the order of the release.
    pub tables: Vec<ProfileTable>,
}

#[cfg(feature = "ssr")]
pub(crate) async fn profile(
    dim: model::Dim,
    member: String,
) -> Result<Profile, crate::error::PortalError> {
    use model::Dim;
    use model::slice::Slice;

    use crate::arrange::{Arrangement, By, with};
    use crate::data::Value;
    use crate::error::PortalError;
    use crate::published::{Published, Want};

    if dim.members().get(&member).is_none() {
        return Err(PortalError::NotFound);
    }
    let published = Published::from_context()?;
    let release = published.newest().await?;
    let mut tables = Vec::new();
    for definition in published.definitions().await? {
        let publishes = |c: &model::table::Crossing| {
            c.level(dim).is_some_and(|l| l != dim.levels()[0])
                && c.members(dim).iter().any(|m| m.code == member)
        };
        if !definition.crossings.iter().any(publishes) {
            continue;
        }
        let periods = published.periods(&definition.id).await?;
        let request = Request {
            by: Some(By::Period),
            item: None,
            slice: with(Slice::default(), dim, &member),
        };
        let Some(arrangement) = Arrangement::new(&definition, &periods, &request) else { continue };
        // A table that is only published split up (land and other matters) has no figure that
        // stands for the whole of the member.
        let split = |d: &Dim| ![dim, Dim::Kind].contains(d) && arrangement.member(*d) != d.total();
        if arrangement.member(dim) != member || Dim::ALL.iter().any(split) {
            continue;
        }
        let mut want = Want::totals();
        for d in Dim::ALL {
            want = want.member(d, arrangement.member(d));
        }
        let mut series = arrangement.series.clone();
        series.reverse();
        let moments = published.moments(&definition.id, &series, want).await?;
        let columns: Vec<Item> = definition
            .items
            .iter()
            .copied()
            .filter(|&i| moments.iter().any(|m| m.figures.get(i) != Value::Absent))
            .collect();
        if !columns.is_empty() {
            tables.push(ProfileTable {
                id: definition.id,
                title: definition.title,
                lead: definition.lead,
                columns,
                moments,
                request: arrangement.request(),
            });
        }
    }
    Ok(Profile { release, member, tables })
}
