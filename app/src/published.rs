//! Reads published figures for the pages. Everything here is public already; what a reader may not
//! see is not in this database.

mod changes;
mod evidence;

use std::collections::HashMap;

use jiff::civil::Date;
use leptos::prelude::use_context;
use model::boundary::Level;
use model::dimension::Dim;
use model::figure::Address;
use model::table::TableDefinition;
use model::{Item, Period, ReleaseId};
use store::{CellQuery, PublishedPool};

use crate::arrange::Arrangement;
use crate::data::geometry::Boundaries;
use crate::data::releases::Coverage;
use crate::data::table::Series;
use crate::data::{Figure, Figures, Moment, ReleaseInfo, Row};
use crate::error::PortalError;

pub use evidence::Proved;

/// The published database.
pub struct Published {
    pool: PublishedPool,
    /// True if it is read as of an earlier release: its figures lead to the versions of then.
    pinned: bool,
}

/// Which members of each dimension are wanted.
#[derive(Clone, Debug)]
pub(crate) struct Want {
    members: [Vec<String>; 5],
    items: Option<Vec<Item>>,
}

impl Want {
    /// The total along every dimension.
    pub(crate) fn totals() -> Self {
        Self { members: Dim::ALL.map(|d| vec![d.total().to_owned()]), items: None }
    }

    /// The member that `arrangement` stands on along every dimension.
    pub(crate) fn chosen_by(arrangement: &Arrangement) -> Self {
        let chosen = |want: Self, dim| want.member(dim, arrangement.member(dim));
        Dim::ALL.into_iter().fold(Self::totals(), chosen)
    }

    /// `code` along `dim`.
    pub(crate) fn member(mut self, dim: Dim, code: &str) -> Self {
        self.members[dim as usize] = vec![code.to_owned()];
        self
    }

    /// The members `codes` along `dim`.
    pub(crate) fn members(mut self, dim: Dim, codes: Vec<String>) -> Self {
        self.members[dim as usize] = codes;
        self
    }

    /// Every member of `level` along `dim`.
    pub(crate) fn level(self, dim: Dim, level: &str) -> Self {
        let codes = dim.members().at_level(level).map(|m| m.code.clone()).collect();
        self.members(dim, codes)
    }

    /// The total and every member of `level` along `dim`.
    pub(crate) fn total_and_level(self, dim: Dim, level: &str) -> Self {
        let total = std::iter::once(dim.total().to_owned());
        let codes = total.chain(dim.members().at_level(level).map(|m| m.code.clone())).collect();
        self.members(dim, codes)
    }

    /// Only `items`.
    pub(crate) fn items(mut self, items: &[Item]) -> Self {
        self.items = Some(items.to_vec());
        self
    }

    /// The dimension with several members wanted, or area.
    fn widest(&self) -> Dim {
        Dim::ALL.into_iter().max_by_key(|d| self.members[*d as usize].len()).unwrap_or(Dim::Area)
    }

    fn query(&self, table: &str, periods: &[Period]) -> CellQuery {
        let [areas, bodies, kinds, fields, referrers] = self.members.clone().map(Some);
        CellQuery {
            table: table.to_owned(),
            periods: Some(periods.to_vec()),
            areas,
            bodies,
            kinds,
            fields,
            referrers,
            items: self.items.clone(),
        }
    }
}

impl Published {
    /// What `pool` reads.
    #[must_use]
    pub const fn over(pool: PublishedPool) -> Self {
        Self { pool, pinned: false }
    }

    /// The database that the server provides to the page being made.
    pub(crate) fn from_context() -> Result<Self, PortalError> {
        match use_context::<PublishedPool>() {
            Some(pool) => Ok(Self::over(pool)),
            None => {
                tracing::error!("no published database in this request's context");
                Err(PortalError::Unavailable)
            }
        }
    }

    /// The same, as it was when `release` was the last one published; as it is if `None`.
    ///
    /// # Errors
    ///
    /// [`PortalError::NotFound`] if there is no such release, [`PortalError::Unavailable`] when the
    /// database does not answer.
    pub async fn as_of(&self, release: Option<ReleaseId>) -> Result<Self, PortalError> {
        let Some(release) = release else { return Ok(Self::over(self.pool.clone())) };
        let pool = self.pool.as_of(release).await.map_err(unavailable)?;
        let pool = pool.ok_or(PortalError::NotFound)?;
        Ok(Self { pool, pinned: true })
    }

    /// The figure that `cell` of `table` is.
    fn figure(&self, table: &str, cell: &store::PublishedCell) -> Figure {
        let release = self.pinned.then_some(cell.release);
        Figure { release, ..Figure::of(table, &cell.cell) }
    }

    /// The pool itself, for what only one page needs.
    pub(crate) const fn pool(&self) -> &PublishedPool {
        &self.pool
    }

    /// The newest release.
    pub(crate) async fn newest(&self) -> Result<ReleaseInfo, PortalError> {
        let release = self.pool.latest().await.map_err(unavailable)?;
        release.map(|r| info(&r)).ok_or(PortalError::NothingPublished)
    }

    /// All visible releases, the one published last first.
    pub(crate) async fn releases(&self) -> Result<Vec<ReleaseInfo>, PortalError> {
        let releases = self.pool.releases().await.map_err(unavailable)?;
        Ok(releases.iter().map(info).collect())
    }

    /// The release from which the figures of `period` in `table` come.
    ///
    /// # Errors
    ///
    /// [`PortalError::NotFound`] if there are none, [`PortalError::Unavailable`] when the database
    /// does not answer.
    pub async fn holding(&self, table: &str, period: Period) -> Result<ReleaseInfo, PortalError> {
        let release = self.pool.holding(table, period).await.map_err(unavailable)?;
        release.map(|r| info(&r)).ok_or(PortalError::NotFound)
    }

    /// The periods for which `table` has figures.
    pub(crate) async fn periods(&self, table: &str) -> Result<Vec<Period>, PortalError> {
        self.pool.periods(table).await.map_err(unavailable)
    }

    /// The definition of `table` as the newest release has it.
    pub(crate) async fn definition(&self, table: &str) -> Result<TableDefinition, PortalError> {
        let table = self.pool.table(table).await.map_err(unavailable)?;
        table.map(|t| t.definition).ok_or(PortalError::NotFound)
    }

    /// The definitions of all tables of the newest release.
    pub(crate) async fn definitions(&self) -> Result<Vec<TableDefinition>, PortalError> {
        let tables = self.pool.tables().await.map_err(unavailable)?;
        Ok(tables.into_iter().map(|t| t.definition).collect())
    }

    /// How much of each table `release` shows and withholds.
    pub(crate) async fn coverage(&self, release: ReleaseId) -> Result<Vec<Coverage>, PortalError> {
        let mut out = Vec::new();
        for definition in self.definitions().await? {
            let table = self.pool.table_in(release, &definition.id).await.map_err(unavailable)?;
            out.extend(table.map(|t| Coverage {
                about_officials: t.definition.items.iter().all(|item| item.about_officials()),
                id: t.definition.id,
                title: t.definition.title,
                shown: t.shown,
                withheld: t.withheld,
            }));
        }
        Ok(out)
    }

    /// The boundaries of `level`, if the operator has imported them.
    pub(crate) async fn boundaries(&self, level: Level) -> Result<Option<Boundaries>, PortalError> {
        let geometry = self.pool.geometry(level).await.map_err(unavailable)?;
        Ok(geometry.map(Boundaries::from))
    }

    /// The drawing that `boundaries` name: SVG with a path a place.
    ///
    /// # Errors
    ///
    /// [`PortalError::Unavailable`] when the database does not answer.
    pub async fn outlines(&self, boundaries: &Boundaries) -> Result<Option<String>, PortalError> {
        let Boundaries { level, hash, .. } = boundaries;
        self.pool.drawing(*level, hash).await.map_err(unavailable)
    }

    /// One row of figures a period, in the order of `periods`; periods without figures are left
    /// out.
    pub(crate) async fn moments(
        &self,
        table: &str,
        periods: &[Period],
        want: Want,
    ) -> Result<Vec<Moment>, PortalError> {
        let cells = self.pool.cells(&want.query(table, periods)).await.map_err(unavailable)?;
        let mut out: Vec<Moment> =
            periods.iter().map(|&period| Moment { period, figures: Figures::default() }).collect();
        for cell in cells {
            let address = &cell.cell.address;
            if let Some(moment) = out.iter_mut().find(|m| m.period == address.period) {
                moment.figures.put(address.item, self.figure(table, &cell));
            }
        }
        out.retain(|m| !m.figures.is_empty());
        Ok(out)
    }

    /// One row of figures a member of the dimension with several members wanted, in the order of
    /// the members; members without figures are left out.
    pub(crate) async fn rows(
        &self,
        table: &str,
        period: Period,
        want: Want,
    ) -> Result<Vec<Row>, PortalError> {
        let dim = want.widest();
        let cells = self.pool.cells(&want.query(table, &[period])).await.map_err(unavailable)?;
        let mut out: Vec<Row> = want.members[dim as usize]
            .iter()
            .map(|member| Row { member: member.clone(), figures: Figures::default() })
            .collect();
        let index: HashMap<String, usize> =
            out.iter().enumerate().map(|(i, r)| (r.member.clone(), i)).collect();
        for cell in cells {
            let address = &cell.cell.address;
            if let Some(&i) = index.get(address.member(dim)) {
                out[i].figures.put(address.item, self.figure(table, &cell));
            }
        }
        out.retain(|r| !r.figures.is_empty());
        Ok(out)
    }

    /// Every figure wanted of `periods`, with its address.
    pub(crate) async fn addressed(
        &self,
        table: &str,
        periods: &[Period],
        want: &Want,
    ) -> Result<Vec<(Address, Figure)>, PortalError> {
        let cells = self.pool.cells(&want.query(table, periods)).await.map_err(unavailable)?;
        let figure = |c: &store::PublishedCell| self.figure(table, c);
        Ok(cells.into_iter().map(|c| (c.cell.address.clone(), figure(&c))).collect())
    }

    /// The figures of each member of the dimension with several members wanted, over `periods`, in
    /// the order of both; what has no figures is left out.
    pub(crate) async fn series(
        &self,
        table: &str,
        periods: &[Period],
        want: Want,
    ) -> Result<Vec<Series>, PortalError> {
        let dim = want.widest();
        let cells = self.pool.cells(&want.query(table, periods)).await.map_err(unavailable)?;
        let mut held: HashMap<(String, Period), Figures> = HashMap::new();
        for cell in cells {
            let address = &cell.cell.address;
            let figures = held.entry((address.member(dim).to_owned(), address.period)).or_default();
            figures.put(address.item, self.figure(table, &cell));
        }
        let mut moments = |member: &str| -> Vec<Moment> {
            let at = |&period: &Period| {
                let figures = held.remove(&(member.to_owned(), period))?;
                Some(Moment { period, figures })
            };
            periods.iter().filter_map(at).collect()
        };
        let mut out: Vec<Series> = want.members[dim as usize]
            .iter()
            .map(|member| Series { member: member.clone(), moments: moments(member) })
            .collect();
        out.retain(|s| !s.moments.is_empty());
        Ok(out)
    }

    /// The figures of one period at one place.
    pub(crate) async fn figures(
        &self,
        table: &str,
        period: Period,
        want: Want,
    ) -> Result<Figures, PortalError> {
        let moments = self.moments(table, &[period], want).await?;
        Ok(moments.into_iter().next().map(|m| m.figures).unwrap_or_default())
    }
}

/// Gives the answer of a server function the status of its error, so that a page, and whoever asks
/// for its data alone, hears 404 where nothing is published.
pub(crate) async fn answer<T>(
    work: impl Future<Output = Result<T, PortalError>>,
) -> Result<T, PortalError> {
    work.await.inspect_err(|error| error.set_status())
}

/// What pages say about a release.
pub(crate) fn info(release: &store::ReleaseInfo) -> ReleaseInfo {
    ReleaseInfo {
        id: release.id,
        published_on: local_day(release.visible_from),
        simulated: release.simulated,
    }
}

/// The day in Viet Nam (UTC+7, no summer time) at `instant`.
pub(crate) fn local_day(instant: jiff::Timestamp) -> Date {
    jiff::tz::Offset::constant(7).to_datetime(instant).date()
}

/// Today in Viet Nam.
#[must_use]
pub fn today() -> Date {
    local_day(jiff::Timestamp::now())
}

/// Logs why the database did not answer, and hides it from the reader.
pub(crate) fn unavailable(error: store::PublishedError) -> PortalError {
    tracing::error!(error = &error as &dyn std::error::Error, "cannot read published figures");
    PortalError::Unavailable
}
