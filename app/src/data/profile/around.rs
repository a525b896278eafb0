//! What a place or a body may be held against: its peers, its neighbours, and what was there before
//! it.

use model::Dim;
use model::table::TableDefinition;
use model::{Item, Period, Text};
use serde::{Deserialize, Serialize};

use crate::arrange::Request;
use crate::data::{Moment, Row};

/// The members that belong to the same one, with their figures of one table and period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peers {
    /// The member that they all belong to.
    pub of: String,
    /// Code of the table.
    pub id: String,
    /// The period.
    pub period: Period,
    /// Columns with figures.
    pub columns: Vec<Item>,
    /// A row a peer, the member itself among them.
    pub rows: Vec<Row>,
    /// What leads to the same rows in the table's page.
    pub request: Request,
}

/// The series of what a commune was part of before it came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The former district.
    pub member: String,
    /// Code of the table.
    pub id: String,
    /// Title of the table.
    pub title: Text,
    /// Figures by quarter, oldest first.
    pub moments: Vec<Moment>,
    /// What leads to the series in the table's page.
    pub request: Request,
}

/// So few peers are no measure for anything.
const FEWEST: usize = 3;

/// As many neighbours as a reader takes in.
const NEIGHBOURS: usize = 6;

/// The peers of `member` in the first of `definitions` that is published for it and counts what
/// came in.
pub(super) async fn peers(
    published: &crate::published::Published,
    definitions: &[TableDefinition],
    dim: Dim,
    member: &str,
) -> Result<Option<Peers>, crate::error::PortalError> {
    use crate::arrange::{Arrangement, By};
    use crate::data::Value;
    use crate::published::Want;

    let names = dim.members();
    let Some(own) = names.get(member) else { return Ok(None) };
    let Some(of) = own.parent.clone().filter(|p| p != dim.total()) else { return Ok(None) };
    let Some(level) = own.levels.last().copied() else { return Ok(None) };
    let siblings: Vec<String> = names
        .children(&of)
        .filter(|m| m.levels.contains(&level) && !m.is_residual())
        .map(|m| m.code.clone())
        .collect();
    let counts = |d: &&TableDefinition| {
        d.items.contains(&Item::Entered) && super::frequency(d, dim, member).is_some()
    };
    let Some(definition) = fullest(definitions.iter().filter(counts)) else { return Ok(None) };
    let periods = published.periods(&definition.id).await?;
    let request = Request { by: Some(By::Members(dim, level.to_owned())), ..Request::default() };
    let arrangement = Arrangement::new(definition, &periods, &request)
        .filter(|a| a.by.dim() == Some(dim) && own.exists_in(a.period));
    let Some(arrangement) = arrangement else { return Ok(None) };
    let want = Want::chosen_by(&arrangement);
    let period = arrangement.period;
    let rows = published.rows(&definition.id, period, want.members(dim, siblings)).await?;
    if rows.len() < FEWEST || !rows.iter().any(|r| r.member == member) {
        return Ok(None);
    }
    let columns = definition
        .items
        .iter()
        .copied()
        .filter(|&i| rows.iter().any(|r| r.figures.get(i) != Value::Absent))
        .collect();
    let request = arrangement.request();
    Ok(Some(Peers { of, id: definition.id.clone(), period, columns, rows, request }))
}

/// The quarters of the former district that most of the commune `member` belonged to.
pub(super) async fn origin(
    published: &crate::published::Published,
    definitions: &[TableDefinition],
    dim: Dim,
    member: &str,
) -> Result<Option<Origin>, crate::error::PortalError> {
    use crate::arrange::{Arrangement, By};
    use crate::published::Want;

    let commune = member.strip_prefix('C').and_then(model::area::commune);
    let Some(commune) = commune.filter(|_| dim == Dim::Area) else { return Ok(None) };
    let district = model::dimension::district_member(commune.district);
    let counts = |d: &&TableDefinition| {
        d.items.contains(&Item::Entered) && super::frequency(d, dim, &district).is_some()
    };
    let Some(definition) = fullest(definitions.iter().filter(counts)) else { return Ok(None) };
    let periods = published.periods(&definition.id).await?;
    let slice = model::slice::Slice::default().with(dim, Some(&district));
    let request = Request { by: Some(By::Period), slice, ..Request::default() };
    let Some(arrangement) = Arrangement::new(definition, &periods, &request) else {
        return Ok(None);
    };
    let want = Want::chosen_by(&arrangement);
    let mut series = arrangement.series.clone();
    series.reverse();
    let moments = published.moments(&definition.id, &series, want).await?;
    Ok(Some(Origin {
        member: district,
        id: definition.id.clone(),
        title: definition.title.clone(),
        moments,
        request: arrangement.request(),
    }))
}

/// The table that counts most, the first of several.
fn fullest<'a>(
    tables: impl DoubleEndedIterator<Item = &'a TableDefinition>,
) -> Option<&'a TableDefinition> {
    tables.rev().max_by_key(|d| d.items.len())
}

/// The communes whose centres are nearest to that of the commune `member`, the nearest first.
pub(super) fn neighbours(dim: Dim, member: &str) -> Vec<String> {
    let commune = member.strip_prefix('C').and_then(model::area::commune);
    let Some(here) = commune.filter(|_| dim == Dim::Area) else { return Vec::new() };
    let mut others: Vec<_> =
        model::area::communes().iter().filter(|c| c.code != here.code).collect();
    others.sort_by(|a, b| here.distance_km(a).total_cmp(&here.distance_km(b)));
    let nearest = others.into_iter().take(NEIGHBOURS);
    nearest.map(|c| model::dimension::commune_member(c.code)).collect()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_the_nearest_communes_and_only_communes_have_them() {
        // Hạc Thành, the middle of the city.
        let near = neighbours(Dim::Area, "C14797");
        assert_eq!(near.len(), NEIGHBOURS);
        assert!(near.contains(&"C14758".to_owned()), "Hàm Rồng is next to it: {near:?}");
        assert!(!near.contains(&"C14797".to_owned()));
        assert!(neighbours(Dim::Area, "D380").is_empty());
        assert!(neighbours(Dim::Body, "UBNDX-380").is_empty());
    }
}
