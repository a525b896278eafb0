//! Everything that is published about one member of a dimension, table by table. It follows from
//! the definitions, so a new table appears by itself.

mod around;

use model::item::Population;
use model::table::Frequency;
use model::table::TableDefinition;
use model::{Dim, Item, Period, Text};
use serde::{Deserialize, Serialize};

pub use around::{Origin, Peers};

use super::{Moment, ReleaseInfo, Row};
use crate::arrange::Request;

/// One table's figures of the member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileTable {
    /// Code of the table.
    pub id: String,
    /// Title.
    pub title: Text,
    /// The question that its columns answer.
    pub lead: Text,
    /// Which records it counts.
    pub population: Population,
    /// Columns with figures.
    pub columns: Vec<Item>,
    /// Figures by period of one kind, oldest first; empty if the table is only published in parts.
    pub moments: Vec<Moment>,
    /// How the member's figures split up, such as into land and other matters.
    pub parts: Option<Parts>,
    /// What leads to the series in the table's page.
    pub request: Request,
}

/// Figures split up along a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// The dimension.
    pub dim: Dim,
    /// The newest period and the same one a year before, each with a row a part.
    pub periods: Vec<(Period, Vec<Row>)>,
}

/// A table that is not published for the member, but for one that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Above {
    /// Code of the table.
    pub id: String,
    /// Title.
    pub title: Text,
    /// The nearest member with figures.
    pub member: String,
    /// How often they come out.
    pub frequency: Frequency,
    /// What it counts for that member.
    pub items: Vec<Item>,
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
    /// Tables that stop at a level above it.
    pub above: Vec<Above>,
    /// Its peers.
    pub peers: Option<Peers>,
    /// Of a commune, what was there before it.
    pub origin: Option<Origin>,
    /// Of a commune, those whose centres are nearest.
    pub neighbours: Vec<String>,
}

pub(crate) async fn profile(
    dim: Dim,
    member: String,
) -> Result<Profile, crate::error::PortalError> {
    use crate::error::PortalError;
    use crate::published::Published;

    if dim.members().get(&member).is_none() {
        return Err(PortalError::NotFound);
    }
    let published = Published::from_context()?;
    let release = published.newest().await?;
    let (mut tables, mut above) = (Vec::new(), Vec::new());
    let definitions = published.definitions().await?;
    let peers = around::peers(&published, &definitions, dim, &member).await?;
    let origin = around::origin(&published, &definitions, dim, &member).await?;
    let neighbours = around::neighbours(dim, &member);
    for definition in definitions {
        if frequency(&definition, dim, &member).is_some() {
            tables.extend(table(&published, definition, dim, &member).await?);
        } else {
            above.extend(nearest(&definition, dim, &member));
        }
    }
    Ok(Profile { release, member, tables, above, peers, origin, neighbours })
}

/// The figures of `member` in one table, if there are any.
async fn table(
    published: &crate::published::Published,
    definition: TableDefinition,
    dim: Dim,
    member: &str,
) -> Result<Option<ProfileTable>, crate::error::PortalError> {
    use crate::arrange::{Arrangement, By};
    use crate::data::Value;
    use crate::published::Want;

    let periods = published.periods(&definition.id).await?;
    let arranged = |by: By| {
        let slice = model::slice::Slice::default().with(dim, Some(member));
        Arrangement::new(
            &definition,
            &periods,
            &Request { by: Some(by), slice, ..Request::default() },
        )
        .filter(|a| a.member(dim) == member)
    };
    // The whole of the member: the total along every other dimension.
    let is_whole =
        |d: Dim, a: &Arrangement| [dim, Dim::Kind].contains(&d) || a.member(d) == d.total();
    let whole = arranged(By::Period).filter(|a| Dim::ALL.into_iter().all(|d| is_whole(d, a)));
    let split = split_along(&definition, dim, member)
        .and_then(|(along, level)| Some((along, arranged(By::Members(along, level))?)));
    let shown = whole.as_ref().or(split.as_ref().map(|(_, a)| a));
    let Some(request) = shown.map(Arrangement::request) else { return Ok(None) };

    let (mut moments, mut parts) = (Vec::new(), None);
    if let Some(whole) = &whole {
        let mut series = whole.series.clone();
        series.reverse();
        moments = published.moments(&definition.id, &series, Want::chosen_by(whole)).await?;
    }
    if let Some((along, a)) = &split {
        let want = Want::chosen_by(a).members(*along, a.rows(&definition));
        let mut found = Vec::new();
        for period in [a.period, a.period.same_last_year()] {
            let rows = published.rows(&definition.id, period, want.clone()).await?;
            if !rows.is_empty() {
                found.push((period, rows));
            }
        }
        parts = Some(Parts { dim: *along, periods: found }).filter(|p| !p.periods.is_empty());
    }
    let split_rows = parts.iter().flat_map(|p| &p.periods).flat_map(|(_, rows)| rows);
    let figures: Vec<_> =
        moments.iter().map(|m| &m.figures).chain(split_rows.map(|r| &r.figures)).collect();
    let mut columns = definition.items.clone();
    columns.retain(|&i| figures.iter().any(|f| f.get(i) != Value::Absent));
    if columns.is_empty() {
        return Ok(None);
    }
    Ok(Some(ProfileTable {
        request,
        lead: definition.question_about_one(&columns).clone(),
        id: definition.id,
        title: definition.title,
        population: definition.population,
        columns,
        moments,
        parts,
    }))
}

/// More parts than these are no longer read beside each other: the table itself has them as rows.
const MOST_PARTS: usize = 12;

/// The dimension and level along which `definition` splits up the figures of `member`, in a few parts.
fn split_along(definition: &TableDefinition, dim: Dim, member: &str) -> Option<(Dim, String)> {
    let others = Dim::ALL.into_iter().filter(|d| *d != dim);
    let mut levels = others.flat_map(|d| {
        let crossings = definition.crossings.iter().filter(move |c| publishes(c, dim, member));
        crossings
            .filter_map(move |c| Some((d, c.level(d).filter(|l| *l != d.levels()[0])?.to_owned())))
            .filter(|(d, level)| d.members().at_level(level).count() <= MOST_PARTS)
    });
    levels.next()
}

/// True if `crossing` has figures for `member`, which is not the total.
fn publishes(crossing: &model::table::Crossing, dim: Dim, member: &str) -> bool {
    crossing.level(dim).is_some_and(|l| l != dim.levels()[0])
        && crossing.members(dim).iter().any(|m| m.code == member)
}

/// How often `definition` is published for `member`, which is not the total.
fn frequency(definition: &TableDefinition, dim: Dim, member: &str) -> Option<Frequency> {
    let crossings = definition.crossings.iter().filter(|c| publishes(c, dim, member));
    crossings.flat_map(model::table::Crossing::frequencies).min()
}

/// The nearest member above `member` for which `definition` is published.
fn nearest(definition: &TableDefinition, dim: Dim, member: &str) -> Option<Above> {
    let up = |code: &String| dim.members().get(code).and_then(|m| m.parent.clone());
    std::iter::successors(up(&member.to_owned()), up).find_map(|code| {
        let frequency = frequency(definition, dim, &code)?;
        let crossings = definition.crossings.iter().filter(|c| publishes(c, dim, &code));
        let published: Vec<Item> =
            crossings.flat_map(|c| definition.items_of(c)).copied().collect();
        let items = definition.items.iter().copied().filter(|i| published.contains(i)).collect();
        Some(Above {
            items,
            id: definition.id.clone(),
            title: definition.title.clone(),
            member: code,
            frequency,
        })
    })
}
