//! One published figure: what it counts, its versions over the releases, and what proves it.

use std::fmt;
use std::str::FromStr;

use model::figure::Address;
use model::table::TableDefinition;
use model::{Dim, Item, Locale, Rate, ReleaseId};
use proof::FigureId;
use store::{CellQuery, FigureVersion};

use super::releases::Account;
use super::remarks::Remarks;
use super::words::Meaning;
use super::{Figure, Figures, ReleaseInfo, Value};
use crate::error::PortalError;
use crate::published::{Proved, Published, info, unavailable};

/// What an address names: a figure, or its version in one release: `ID@2026-Q3.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureName {
    /// The figure.
    pub id: FigureId,
    /// The release; the newest that has the figure if absent.
    pub release: Option<ReleaseId>,
}

impl fmt::Display for FigureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.release {
            Some(release) => write!(f, "{}@{release}", self.id),
            None => self.id.fmt(f),
        }
    }
}

impl FromStr for FigureName {
    type Err = PortalError;

    fn from_str(text: &str) -> Result<Self, PortalError> {
        let (id, release) = match text.split_once('@') {
            Some((id, release)) => (id, Some(release)),
            None => (text, None),
        };
        let release = release.map(str::parse).transpose().map_err(|_e| PortalError::NotFound)?;
        let name = Self { id: id.parse().map_err(|_e| PortalError::NotFound)?, release };
        // A page has one address.
        if name.to_string() == text { Ok(name) } else { Err(PortalError::NotFound) }
    }
}

/// A figure as one release published it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The release.
    pub release: ReleaseInfo,
    /// The value there.
    pub value: Value,
    /// Why it is another than in the version before, if it is.
    pub account: Option<Account>,
}

/// Whether the version shown is what holds today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It is.
    Current,
    /// It is: a later release, this one, has the same value.
    Confirmed(ReleaseInfo),
    /// Later releases have another value.
    Superseded {
        /// The newest.
        now: Version,
        /// The first that had another one, and why.
        since: Version,
    },
    /// This later release publishes the table and period without the figure, for the reason that it
    /// gives.
    Withdrawn(ReleaseInfo, Account),
}

/// A share that the figure is a part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which share.
    pub rate: Rate,
    /// What is counted of the whole.
    pub numerator: Figure,
    /// The whole.
    pub denominator: Figure,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigurePage {
    /// Its permanent name.
    pub id: FigureId,
    /// The release whose version is shown.
    pub release: ReleaseInfo,
    /// The table that it stands in, as that release defined it.
    pub table: TableDefinition,
    /// Its place there.
    pub address: Address,
    /// Its value in that release.
    pub value: Value,
    /// Whether that holds today.
    pub state: State,
    /// All versions, the one published last first.
    pub versions: Vec<Version>,
    /// What it counts, in the page's language.
    pub meaning: Option<Meaning>,
    /// The circular under which its period is reported.
    pub regime: Option<&'static str>,
    /// Shares that it is a part of.
    pub shares: Vec<Part>,
    /// What was said of it since.
    pub remarks: Remarks,
    /// What proves the version shown.
    pub proved: Proved,
}

impl FigurePage {
    /// The figure that `name` names.
    ///
    /// # Errors
    ///
    /// [`PortalError::NotFound`] if it is in no visible release, or not in the one named;
    /// [`PortalError::Unavailable`] when the database does not answer or the figure is not proved.
    pub async fn read(
        published: &Published,
        name: FigureName,
        locale: Locale,
    ) -> Result<Self, PortalError> {
        let found = published.pool().figure(name.id.bytes()).await.map_err(unavailable)?;
        let named = |v: &&FigureVersion| name.release.is_none_or(|release| v.release.id == release);
        let shown = found.iter().find(named).ok_or(PortalError::NotFound)?;
        let release = shown.release.id;
        let address = shown.cell.address.clone();
        let table = published.pool().table_in(release, &shown.table).await.map_err(unavailable)?;
        let table = table.ok_or(PortalError::NotFound)?.definition;
        let mut versions = Vec::with_capacity(found.len());
        for (at, own) in found.iter().enumerate() {
            versions.push(version(published, own, found.get(at + 1)).await?);
        }
        let own = Value::of(shown.cell.value, shown.cell.status);
        let holding = published.holding(&table.id, address.period).await?;
        let state = match versions.first() {
            Some(newest) if newest.release.id != holding.id => {
                let account = published.account(holding.id).await?;
                State::Withdrawn(holding, account)
            }
            Some(newest) if newest.release.id == release => State::Current,
            Some(Version { release: later, value, .. }) if *value == own => {
                State::Confirmed(later.clone())
            }
            Some(newest) => {
                let later = versions.iter().take_while(|v| v.release.id != release);
                let since = later.filter(|v| v.value != own).last().unwrap_or(newest);
                State::Superseded { now: newest.clone(), since: since.clone() }
            }
            None => State::Current,
        };
        let beside = beside(published, release, &table, &address).await?;
        let pinned = |figure: Figure| Figure { release: name.release, ..figure };
        let of_item = |r: &Rate| [r.numerator(), r.denominator()].contains(&address.item);
        let items: Vec<Item> = beside.iter().map(|(item, _)| item).collect();
        let shares = Rate::among(&items).filter(of_item).map(|rate| Part {
            rate,
            numerator: pinned(beside.figure(rate.numerator())),
            denominator: pinned(beside.figure(rate.denominator())),
        });
        Ok(Self {
            id: name.id,
            release: info(&shown.release),
            value: own,
            state,
            versions,
            meaning: crate::reference::meanings(&[address.item], locale).pop(),
            regime: crate::reference::regime(address.period, locale),
            shares: shares.collect(),
            remarks: Remarks::on(published, name.id, &table.id, &address).await?,
            proved: published.prove(name.id, shown).await?,
            table,
            address,
        })
    }

    /// The name of the version shown.
    #[must_use]
    pub const fn name(&self) -> FigureName {
        FigureName { id: self.id, release: Some(self.release.id) }
    }
}

/// A version of a figure, and why it is another than the one `before` it.
async fn version(
    published: &Published,
    found: &FigureVersion,
    before: Option<&FigureVersion>,
) -> Result<Version, PortalError> {
    let FigureVersion { release, cell, .. } = found;
    let changed = before
        .is_some_and(|before| (before.cell.value, before.cell.status) != (cell.value, cell.status));
    let account = if changed { Some(published.account(release.id).await?) } else { None };
    let value = Value::of(cell.value, cell.status);
    Ok(Version { release: info(release), value, account })
}

/// The figures of all items at the place `address`.
async fn beside(
    published: &Published,
    release: ReleaseId,
    table: &TableDefinition,
    address: &Address,
) -> Result<Figures, PortalError> {
    let one = |dim: Dim| address.member(dim).to_owned();
    let query = CellQuery::table(&table.id)
        .period(address.period)
        .area(one(Dim::Area))
        .body(one(Dim::Body))
        .kind(one(Dim::Kind))
        .field(one(Dim::Field))
        .referrer(one(Dim::Referrer));
    let cells = published.pool().cells_in(release, &query).await.map_err(unavailable)?;
    let mut figures = Figures::default();
    for cell in &cells {
        figures.put(cell.cell.address.item, Figure::of(&table.id, &cell.cell));
    }
    Ok(figures)
}

/// The figure at the address with the code `code`.
///
/// # Errors
///
/// As [`FigurePage::read`]; [`PortalError::NotFound`] if `code` is no name.
pub async fn figure(code: &str, locale: Locale) -> Result<FigurePage, PortalError> {
    crate::published::answer(async move {
        FigurePage::read(&Published::from_context()?, code.parse()?, locale).await
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_written() {
        for text in ["4ohqcgyexqcmkdzn", "4ohqcgyexqcmkdzn@2026-Q3.1"] {
            assert_eq!(text.parse::<FigureName>().unwrap().to_string(), text);
        }
        for other in [
            "",
            "@2026-Q3.1",
            "4ohqcgyexqcmkdzn@",
            "4ohqcgyexqcmkdzn@2026",
            "x",
            "4OHQCGYEXQCMKDZN",
        ] {
            assert_eq!(other.parse::<FigureName>(), Err(PortalError::NotFound), "{other}");
        }
    }
}
