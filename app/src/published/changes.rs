//! What releases say of themselves and of the figures that they change, in their signed files.

use std::collections::HashMap;

use model::figure::Address;
use model::{Dim, Item, Period, ReleaseId, Status};
use proof::{Manifest, SignOff};

use super::{Published, unavailable};
use crate::data::Value;
use crate::data::releases::{Account, Change, Changes, Signed};
use crate::error::PortalError;

/// So many changed figures of a table stand on a release's page; its file has them all.
const FIRST: usize = 100;

impl Published {
    /// What the visible `release` says of itself.
    ///
    /// # Errors
    ///
    /// [`PortalError::Unavailable`] when the database does not answer, or the manifest can't be read.
    pub async fn account(&self, release: ReleaseId) -> Result<Account, PortalError> {
        Ok(self.signed(release).await?.0)
    }

    /// The same, and how the release was signed.
    ///
    /// # Errors
    ///
    /// As [`Published::account`].
    pub async fn signed(&self, release: ReleaseId) -> Result<(Account, Signed), PortalError> {
        let manifest = self.pool.manifest_text(release).await.map_err(unavailable)?;
        let manifest = manifest.ok_or_else(|| damaged(format!("no manifest of {release}")))?;
        let manifest: Manifest = serde_json::from_str(&manifest).map_err(damaged)?;
        let Manifest { reason, notes, sign_off, key, next_key, .. } = manifest;
        let SignOff { prepared_by, approved_by, checklist } = sign_off;
        let account = Account { reason, notes, prepared_by, approved_by };
        Ok((account, Signed { checklist, key, next_key }))
    }

    /// How many published figures `release` changes.
    ///
    /// # Errors
    ///
    /// As [`Published::changes`].
    pub async fn count_changes(&self, release: ReleaseId) -> Result<usize, PortalError> {
        Ok(self.changes(release).await?.iter().map(|table| table.count).sum())
    }

    /// The published figures that `release` changes, by table in the order of its list.
    ///
    /// # Errors
    ///
    /// [`PortalError::Unavailable`] when the database does not answer, or the list can't be read.
    pub async fn changes(&self, release: ReleaseId) -> Result<Vec<Changes>, PortalError> {
        let list = self.pool.file(release, "revisions.csv").await.map_err(unavailable)?;
        let list = list.unwrap_or_default();
        let mut reader = csv::Reader::from_reader(list.as_slice());
        let mut tables: Vec<Changes> = Vec::new();
        for row in reader.deserialize() {
            let row: HashMap<String, String> = row.map_err(damaged)?;
            let unreadable = || damaged(format!("revisions.csv of {release}: {row:?}"));
            let (table, change) = change(&row).ok_or_else(unreadable)?;
            if tables.last().is_none_or(|t| t.table.id != table) {
                let found = self.pool.table_in(release, table).await.map_err(unavailable)?;
                let table = found.ok_or_else(unreadable)?.definition;
                tables.push(Changes { table, count: 0, first: Vec::new() });
            }
            if let Some(changes) = tables.last_mut() {
                changes.count += 1;
                if changes.first.len() < FIRST {
                    changes.first.push(change);
                }
            }
        }
        Ok(tables)
    }
}

fn damaged(error: impl std::fmt::Display) -> PortalError {
    tracing::error!(%error, "a file of a release can't be read");
    PortalError::Unavailable
}

/// A row of the list, with its table.
fn change(row: &HashMap<String, String>) -> Option<(&str, Change)> {
    let column = |name: &str| row.get(name).map(String::as_str);
    let period: Period = column("period")?.parse().ok()?;
    let mut address = Address::total(period, Item::from_code(column("item")?)?);
    for dim in Dim::ALL {
        let code = column(dim.code())?;
        dim.members().get(code)?;
        address = address.with(dim, code);
    }
    let new = column("new")?;
    let change = Change {
        figure: column("figure")?.to_owned(),
        address,
        revises: column("revises")?.parse().ok()?,
        old: value(column("old")?)?,
        new: if new == "withdrawn" { None } else { Some(value(new)?) },
    };
    Some((column("table")?, change))
}

fn value(text: &str) -> Option<Value> {
    let mark = Status::ALL.iter().find(|s| **s != Status::Shown && s.mark() == text);
    match mark {
        Some(status) => Some(Value::of(None, *status)),
        None => Some(Value::of(Some(text.parse().ok()?), Status::Shown)),
    }
}
