//! The figures of an arrangement, each in its place.

use model::Period;
use model::figure::Address;
use model::table::TableDefinition;

use super::{Head, Pivot, PivotRow};
use crate::arrange::{Against, Arrangement, By};
use crate::data::{Figure, Figures, Moment, Row};
use crate::error::PortalError;
use crate::published::{Published, Want};

/// The figures of a page.
pub(super) struct Filled {
    pub(super) rows: Vec<Row>,
    pub(super) moments: Vec<Moment>,
    pub(super) against: Vec<Figures>,
    pub(super) pivot: Option<Pivot>,
}

impl Filled {
    /// Reads what `arrangement` of the table `definition` shows.
    pub(super) async fn read(
        published: &Published,
        definition: &TableDefinition,
        arrangement: &Arrangement,
    ) -> Result<Self, PortalError> {
        let rows = heads(&arrangement.by, arrangement, definition);
        let columns = arrangement.across.as_ref().map(|a| heads(a, arrangement, definition));
        let wanted = Wanted::of(arrangement, definition);
        let addressed = wanted.figures(published, definition).await?;
        let found = |row: &Head, column: Option<&Head>| {
            let mut figures = Figures::default();
            for (address, figure) in &addressed {
                let at = |axis: &By, head: &Head| stands_at(address, axis, head);
                let in_column = match (arrangement.across.as_ref(), column) {
                    (Some(across), Some(column)) => at(across, column),
                    _ => true,
                };
                if in_column && at(&arrangement.by, row) {
                    figures.put(address.item, *figure);
                }
            }
            figures
        };
        let mut out = Self { rows: vec![], moments: vec![], against: vec![], pivot: None };
        if let Some(columns) = columns {
            out.pivot = Some(pivot(rows, columns, |r, c| found(r, Some(c))));
            return Ok(out);
        }
        let filled = rows.into_iter().map(|head| {
            let figures = found(&head, None);
            (head, figures)
        });
        let filled: Vec<_> = filled.filter(|(_, figures)| !figures.is_empty()).collect();
        if let Some(against) = &arrangement.against {
            let others = wanted.against(against).figures(published, definition).await?;
            out.against = filled
                .iter()
                .map(|(head, _)| opposite(&others, &arrangement.by, head, against))
                .collect();
        }
        for (head, figures) in filled {
            match head {
                Head::Period(period) => out.moments.push(Moment { period, figures }),
                Head::Member(member) => out.rows.push(Row { member, figures }),
            }
        }
        Ok(out)
    }

    /// All figures that the page shows.
    pub(super) fn shown(&self) -> Vec<&Figures> {
        let cells = self.pivot.iter().flat_map(|p| &p.rows).flat_map(|r| &r.cells);
        let plain = self.rows.iter().map(|r| &r.figures);
        plain.chain(self.moments.iter().map(|m| &m.figures)).chain(cells).collect()
    }
}

/// Rows without a figure in any column are left out, and so are columns without one in any row.
fn pivot(rows: Vec<Head>, columns: Vec<Head>, found: impl Fn(&Head, &Head) -> Figures) -> Pivot {
    let mut rows: Vec<PivotRow> = rows
        .into_iter()
        .map(|head| {
            let cells = columns.iter().map(|column| found(&head, column)).collect();
            PivotRow { head, cells }
        })
        .collect();
    rows.retain(|row| row.cells.iter().any(|c| !c.is_empty()));
    let filled: Vec<bool> =
        (0..columns.len()).map(|i| rows.iter().any(|r| !r.cells[i].is_empty())).collect();
    let keep = |i: &usize| filled.get(*i).copied().unwrap_or(false);
    for row in &mut rows {
        let cells = std::mem::take(&mut row.cells).into_iter().enumerate();
        row.cells = cells.filter(|(i, _)| keep(i)).map(|(_, c)| c).collect();
    }
    let columns = columns.into_iter().enumerate().filter(|(i, _)| keep(i)).map(|(_, c)| c);
    Pivot { columns: columns.collect(), rows }
}

/// What the rows or columns `axis` are; periods with the oldest first.
fn heads(axis: &By, arrangement: &Arrangement, definition: &TableDefinition) -> Vec<Head> {
    match axis {
        By::Period => arrangement.series.iter().rev().copied().map(Head::Period).collect(),
        _ if arrangement.by == *axis => {
            arrangement.rows(definition).into_iter().map(Head::Member).collect()
        }
        _ => arrangement.columns(definition).into_iter().map(Head::Member).collect(),
    }
}

/// True if the figure at `address` belongs to `head` along `axis`.
fn stands_at(address: &Address, axis: &By, head: &Head) -> bool {
    match (axis, head) {
        (_, Head::Period(period)) => address.period == *period,
        (By::Members(dim, _), Head::Member(code)) => address.member(*dim) == code,
        (By::Period, Head::Member(_)) => false,
    }
}

/// The figures that the row `head` is held against.
fn opposite(others: &[(Address, Figure)], by: &By, head: &Head, against: &Against) -> Figures {
    let head = match (head, against) {
        (Head::Period(period), Against::YearBefore) => Head::Period(period.same_last_year()),
        (head, _) => head.clone(),
    };
    let mut figures = Figures::default();
    for (address, figure) in others.iter().filter(|(a, _)| stands_at(a, by, &head)) {
        figures.put(address.item, *figure);
    }
    figures
}

/// Which figures are wanted.
struct Wanted {
    periods: Vec<Period>,
    want: Want,
}

impl Wanted {
    fn of(arrangement: &Arrangement, definition: &TableDefinition) -> Self {
        let is_series = arrangement.is_series();
        let periods = if is_series { arrangement.series.clone() } else { vec![arrangement.period] };
        let mut want = Want::chosen_by(arrangement);
        if let Some(dim) = arrangement.by.dim() {
            want = want.members(dim, arrangement.rows(definition));
        }
        if let Some(across) = &arrangement.across {
            if let Some(dim) = across.dim() {
                want = want.members(dim, arrangement.columns(definition));
            }
            want = want.items(&arrangement.measure.items());
        }
        Self { periods, want }
    }

    fn against(&self, against: &Against) -> Self {
        let Self { mut periods, mut want } =
            Self { periods: self.periods.clone(), want: self.want.clone() };
        match against {
            Against::YearBefore => {
                periods = periods.into_iter().map(Period::same_last_year).collect();
            }
            Against::Member(dim, code) => want = want.member(*dim, code),
        }
        Self { periods, want }
    }

    async fn figures(
        &self,
        published: &Published,
        definition: &TableDefinition,
    ) -> Result<Vec<(Address, Figure)>, PortalError> {
        published.addressed(&definition.id, &self.periods, &self.want).await
    }
}
