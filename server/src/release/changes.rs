//! Which published figures a release changes: `revisions.csv`.
//!
//! Both sides of a change were published, so that the list tells nothing that the releases do not.

use std::collections::{BTreeSet, HashMap};

use model::figure::Address;
use model::{Cell, Dim, Period, Reason, ReleaseId, Status};
use proof::figure_id;

use super::bundle::{Bundle, Release};
use super::error::BuildError;

/// The name of the list in a bundle.
pub const REVISIONS: &str = "revisions.csv";

/// A figure that a release changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its table.
    pub table: String,
    /// The release that had it last.
    pub revises: ReleaseId,
    /// What it was.
    pub old: Cell,
    /// What it is; `None` for a figure that is withdrawn.
    pub new: Option<Cell>,
}

/// What `revisions.csv` says of a figure that is withdrawn.
const WITHDRAWN: &str = "withdrawn";

/// The newest publication of each table and period.
#[derive(Clone, Debug, Default)]
pub struct Newest(HashMap<(String, Period), (ReleaseId, HashMap<Address, Cell>)>);

impl Newest {
    /// After `bundles`, the oldest first.
    pub fn of(bundles: &[Bundle]) -> Self {
        let mut newest = Self::default();
        bundles.iter().for_each(|bundle| newest.publish(&bundle.release));
        newest
    }

    /// After `release` as well.
    pub fn publish(&mut self, release: &Release) {
        for table in &release.tables {
            let mut periods: HashMap<Period, HashMap<Address, Cell>> = HashMap::new();
            for cell in &table.cells {
                let period = periods.entry(cell.address.period).or_default();
                period.insert(cell.address.clone(), cell.clone());
            }
            for (period, cells) in periods {
                self.add(&table.definition.id, period, release.id, cells);
            }
        }
    }

    /// A table's figures for a period, as `release` has them.
    pub fn add(
        &mut self,
        table: &str,
        period: Period,
        release: ReleaseId,
        cells: HashMap<Address, Cell>,
    ) {
        self.0.insert((table.to_owned(), period), (release, cells));
    }

    /// The figures of `table`.
    pub fn cells<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Cell> + 'a {
        let of_table = self.0.iter().filter(move |((id, _), _)| id == table);
        of_table.flat_map(|(_, (_, cells))| cells.values())
    }

    /// The figure of `table` at an address.
    pub fn cell(&self, table: &str, address: &Address) -> Option<&Cell> {
        self.0.get(&(table.to_owned(), address.period))?.1.get(address)
    }

    /// What `release` changes: its figures that were others, and those that it leaves out though it has
    /// their table and period.
    pub fn changed_by(&self, release: &Release) -> Vec<Change> {
        let mut changes = Vec::new();
        for table in &release.tables {
            let id = &table.definition.id;
            let now: HashMap<&Address, &Cell> =
                table.cells.iter().map(|cell| (&cell.address, cell)).collect();
            let periods: BTreeSet<Period> = table.cells.iter().map(|c| c.address.period).collect();
            for period in periods {
                let Some((revises, cells)) = self.0.get(&(id.clone(), period)) else { continue };
                let mut old: Vec<&Cell> = cells.values().collect();
                old.sort_unstable_by(|a, b| a.address.cmp(&b.address));
                for old in old {
                    let new = now.get(&old.address).copied();
                    if new.map(|n| (n.status, n.value)) != Some((old.status, old.value)) {
                        let (table, old, new) = (id.clone(), old.clone(), new.cloned());
                        changes.push(Change { table, revises: *revises, old, new });
                    }
                }
            }
        }
        changes
    }
}

/// The list of changes as the bundle has it: a row a figure, its old and new value, or the mark of
/// one that is withheld.
///
/// # Errors
///
/// Never for rows that fit in memory.
pub fn csv(
    changes: &[Change],
    reason: Option<Reason>,
    approved_by: &str,
) -> Result<Vec<u8>, BuildError> {
    let wrong = || BuildError::format::<csv::Error>(REVISIONS);
    let mut out = csv::Writer::from_writer(Vec::new());
    let places = Dim::ALL.iter().map(|d| d.code());
    let header = ["figure", "table", "period"].into_iter().chain(places);
    let header = header.chain(["item", "revises", "old", "new", "reason", "approved_by"]);
    out.write_record(header).map_err(wrong())?;
    let said = |cell: &Cell| match (cell.status, cell.value) {
        (Status::Shown, Some(value)) => value.to_string(),
        (status, _) => status.mark().to_owned(),
    };
    for change in changes {
        let address = &change.old.address;
        let mut row = vec![
            figure_id(&change.table, address).to_string(),
            change.table.clone(),
            address.period.to_string(),
        ];
        row.extend(Dim::ALL.iter().map(|&d| address.member(d).to_owned()));
        row.extend([
            address.item.code().to_owned(),
            change.revises.to_string(),
            said(&change.old),
            change.new.as_ref().map_or_else(|| WITHDRAWN.to_owned(), said),
            reason.map_or("", Reason::code).to_owned(),
            approved_by.to_owned(),
        ]);
        out.write_record(&row).map_err(wrong())?;
    }
    out.into_inner().map_err(BuildError::format(REVISIONS))
}

/// Checks that `bundle` lists exactly what it changes of the figures in `newest`, and says why.
///
/// # Errors
///
/// When a change is not listed or has no reason, or one is listed that is none.
pub fn check(newest: &Newest, bundle: &Bundle) -> Result<Vec<Change>, BuildError> {
    let refuse = |why: String| Err(BuildError::Bundle { bundle: bundle.dir.clone(), why });
    let changes = newest.changed_by(&bundle.release);
    let (reason, sign_off) = (bundle.release.reason, &bundle.release.sign_off);
    if let (Some(change), None) = (changes.first(), reason) {
        let (table, at) = (&change.table, &change.old.address);
        return refuse(format!(
            "it changes {} published figures, first {table}, {at}, and gives no reason",
            changes.len()
        ));
    }
    if reason.is_some() && bundle.release.notes.is_none() {
        return refuse("it revises published figures and has no notes".into());
    }
    let listed = bundle.files.get(REVISIONS).map(Vec::as_slice);
    if listed != Some(&csv(&changes, reason, &sign_off.approved_by)?[..]) {
        return refuse(format!(
            "{REVISIONS} is not the list of the {} published figures that it changes",
            changes.len()
        ));
    }
    Ok(changes)
}
