//! What is compared: the shares of `app/data/comparisons.toml`, and where each is published.

use std::sync::LazyLock;

use model::compare::FEWEST_PEERS;
use model::dimension::Member;
use model::slice::Slice;
use model::table::{Crossing, TableDefinition};
use model::{Dim, Item, Period, Text};
use serde::Deserialize;

use super::Setting;
use crate::arrange::{By, Measure as Column, Request};
use crate::reference::read;

/// A share by which members of a level are compared.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Its code in addresses.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// The question that it answers.
    pub question: Text,
    /// What it tells.
    pub tells: Text,
    /// What it does not tell.
    pub silent: Text,
    /// Code of the table that publishes it.
    pub table: String,
    /// The dimension whose members are compared.
    pub dim: Dim,
    /// Their level.
    pub level: String,
    /// The kind counted, as a member code.
    #[serde(default = "all")]
    pub kind: String,
    /// The field counted, as a member code.
    #[serde(default = "all")]
    pub field: String,
    /// The part.
    pub numerator: Item,
    /// What it is a part of.
    pub denominator: Item,
    /// Zero where a member that had to report reported nothing.
    pub reported: Option<Item>,
    /// Which way the law wants it.
    pub better: Direction,
    /// The peers that are shown first.
    pub peers: String,
}

/// Whether more of a share is what the law wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is.
    Higher,
    /// Less is.
    Lower,
    /// It sets no direction.
    Neither,
}

fn all() -> String {
    "all".to_owned()
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) measure: Vec<Measure>,
}

pub(super) const TEXT: &str = include_str!("../../../data/comparisons.toml");

static FILE: LazyLock<File> = LazyLock::new(|| read("comparisons", TEXT));

/// Every measure, in order.
#[must_use]
pub fn measures() -> &'static [Measure] {
    &FILE.measure
}

impl Measure {
    /// The member that it stands on along a dimension that is not compared.
    pub(super) fn member(&self, dim: Dim) -> &str {
        match dim {
            Dim::Kind => &self.kind,
            Dim::Field => &self.field,
            other => other.total(),
        }
    }

    /// The items that it needs.
    pub(super) fn items(&self) -> Vec<Item> {
        [self.numerator, self.denominator].into_iter().chain(self.reported).collect()
    }

    /// True if `crossing` of `table` has its figures.
    pub(super) fn is_in(&self, table: &TableDefinition, crossing: &Crossing) -> bool {
        let items = table.items_of(crossing);
        let stands = |dim: Dim| match dim == self.dim {
            true => crossing.level(dim) == Some(&self.level),
            false => crossing.members(dim).iter().any(|m| m.code == self.member(dim)),
        };
        self.items().iter().all(|i| items.contains(i)) && Dim::ALL.into_iter().all(stands)
    }

    /// Those of `periods` for which `table` publishes it, the newest first.
    pub(super) fn periods(&self, table: &TableDefinition, mut periods: Vec<Period>) -> Vec<Period> {
        let crossings: Vec<_> = table.crossings.iter().filter(|c| self.is_in(table, c)).collect();
        periods.retain(|p| crossings.iter().any(|c| c.covers(*p)));
        periods.sort_unstable_by(|a, b| b.cmp(a));
        periods
    }

    /// The members of its level within `peers`, a member or a [`Setting`], that existed in `period`, in the
    /// order of the register.
    pub(crate) fn members(&self, peers: &str, period: Period) -> Vec<&'static Member> {
        let members = self.dim.members();
        let level = members.all().iter().filter(|m| m.levels.contains(&self.level.as_str()));
        let here = level.filter(|m| m.exists_in(period));
        let Some(setting) = Setting::from_code(peers) else {
            return here.filter(|m| above(self.dim, m).any(|code| code == peers)).collect();
        };
        let mut alike: Vec<_> =
            here.filter(|m| Setting::of(self.dim, &m.code) == Some(setting)).collect();
        // Of one class: where district committees gave way to those of communes, the latter.
        if alike.iter().any(|m| m.lasts_through(period)) {
            alike.retain(|m| m.lasts_through(period));
        }
        alike
    }

    /// The codes whose parts may be compared in `period`, of bodies only those of one class or group; then
    /// those of settings.
    pub(crate) fn choices(&self, period: Period) -> Vec<String> {
        let whole = |m: &&Member| m.code != self.dim.total() || self.dim == Dim::Area;
        let members = self.dim.members().all().iter().filter(whole).map(|m| m.code.as_str());
        let all = members.chain(Setting::ALL.map(Setting::code));
        let enough = |code: &&str| self.members(code, period).len() >= FEWEST_PEERS;
        all.filter(enough).map(ToOwned::to_owned).collect()
    }

    /// The rows of its table in `period`, with its part in the drawing.
    pub(crate) fn request(&self, period: Period) -> Request {
        let slice = [Dim::Kind, Dim::Field].into_iter().fold(Slice::default(), |slice, dim| {
            let member = self.member(dim);
            if member == dim.total() { slice } else { slice.with(dim, Some(member)) }
        });
        Request {
            by: Some(By::Members(self.dim, self.level.clone())),
            measure: Some(Column::Item(self.numerator)),
            slice: Slice { period: Some(period), ..slice },
            ..Request::default()
        }
    }
}

/// The codes of the members that hold `member`, the nearest first.
fn above(dim: Dim, member: &'static Member) -> impl Iterator<Item = &'static str> {
    let up = move |code: &&'static str| dim.members().get(code).and_then(|m| m.parent.as_deref());
    std::iter::successors(member.parent.as_deref(), up)
}
