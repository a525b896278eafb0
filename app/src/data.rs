//! What the pages show, and the server functions that fetch it. All of it stays on the server. A
//! page's data are codes and values; names are added where they are drawn, so that both languages
//! share one answer.

pub mod area;
pub mod body;
pub mod calendar;
pub mod check;
pub mod compare;
pub mod deadlines;
pub mod design;
pub mod dictionary;
pub mod explore;
pub mod field;
pub mod figure;
pub mod geometry;
pub mod glossary;
pub mod methods;
pub mod overview;
pub mod profile;
pub mod references;
pub mod releases;
pub mod remarks;
pub mod report;
pub mod search;
pub mod supervision;
pub mod table;
pub mod words;

use model::dimension::{Dim, Member};
use model::{Item, Period, ReleaseId, Status};
use proof::{FigureId, figure_id};
use serde::{Deserialize, Serialize};

pub use crate::wire::ReleaseInfo;

/// A figure as a reader meets it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// An exact value, zero included.
    Shown(i64),
    /// Withheld to protect people.
    Withheld,
    /// Not collected for the period.
    NotCollected,
    /// Cannot exist.
    NotApplicable,
    /// Not published at this level.
    #[default]
    Absent,
}

impl Value {
    /// The value of a published cell.
    #[must_use]
    pub const fn of(value: Option<i64>, status: Status) -> Self {
        match (status, value) {
            (Status::Shown, Some(value)) => Self::Shown(value),
            (Status::Shown | Status::Withheld, _) => Self::Withheld,
            (Status::NotCollected, _) => Self::NotCollected,
            (Status::NotApplicable, _) => Self::NotApplicable,
        }
    }

    /// The mark that stands for a missing value in files; empty for a shown one.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Shown(_) => Status::Shown.mark(),
            Self::Withheld => Status::Withheld.mark(),
            Self::NotCollected => Status::NotCollected.mark(),
            Self::NotApplicable | Self::Absent => Status::NotApplicable.mark(),
        }
    }

    /// The exact value, if it is shown. Only such values are ever added, compared or drawn.
    #[must_use]
    pub const fn shown(self) -> Option<i64> {
        match self {
            Self::Shown(value) => Some(value),
            _ => None,
        }
    }
}

/// A value with the permanent name of its figure, if it is a published one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The value.
    pub value: Value,
    /// The name; none of what is made up, or not published.
    pub id: Option<FigureId>,
    /// The release of the version meant; none if the newest is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<ReleaseId>,
}

impl Figure {
    /// The figure that `cell` of `table` is.
    #[must_use]
    pub fn of(table: &str, cell: &model::Cell) -> Self {
        let id = Some(figure_id(table, &cell.address));
        Self { value: Value::of(cell.value, cell.status), id, release: None }
    }
}

impl From<Value> for Figure {
    fn from(value: Value) -> Self {
        Self { value, id: None, release: None }
    }
}

/// Figures by item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures(Vec<(Item, Figure)>);

impl Figures {
    /// The value of `item`; [`Value::Absent`] if it is not published.
    #[must_use]
    pub fn get(&self, item: Item) -> Value {
        self.figure(item).value
    }

    /// The figure of `item`.
    #[must_use]
    pub fn figure(&self, item: Item) -> Figure {
        self.0.iter().find(|(i, _)| *i == item).map_or_else(Figure::default, |(_, f)| *f)
    }

    /// The exact value of `item`, if it is shown.
    #[must_use]
    pub fn shown(&self, item: Item) -> Option<i64> {
        self.get(item).shown()
    }

    /// The sum over `items` if every one of them is shown.
    #[must_use]
    pub fn sum(&self, items: &[Item]) -> Option<i64> {
        items.iter().map(|&i| self.shown(i)).sum()
    }

    /// Numerator and denominator of a rate, if both are shown and the denominator is positive.
    #[must_use]
    pub fn rate(&self, numerator: Item, denominator: Item) -> Option<(i64, i64)> {
        let of = self.shown(denominator).filter(|&d| d > 0)?;
        Some((self.shown(numerator)?, of))
    }

    /// Sets the figure of `item`, unless it has one.
    pub fn put(&mut self, item: Item, figure: impl Into<Figure>) {
        if !self.0.iter().any(|(i, _)| *i == item) {
            self.0.push((item, figure.into()));
        }
    }

    /// True if nothing is published.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Items and figures.
    pub fn iter(&self) -> impl Iterator<Item = (Item, Figure)> {
        self.0.iter().copied()
    }
}

/// The figures of one member of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Code of the member.
    pub member: String,
    /// Its figures.
    pub figures: Figures,
}

/// Orders `rows` of members of `dim`: shown values by size; what is withheld follows in the order of
/// the official forms, and what is left over beside named members comes last.
pub(crate) fn by_size(rows: &mut [&Row], item: Item, dim: Dim) {
    let members = dim.members();
    rows.sort_by_key(|r| {
        let value = r.figures.shown(item);
        let residual = members.get(&r.member).is_some_and(Member::is_residual);
        // Leftovers keep the order of the forms.
        let size = value.filter(|_| !residual).map(std::cmp::Reverse);
        (residual, value.is_none(), size, members.position(&r.member))
    });
}

/// The figures of one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The period.
    pub period: Period,
    /// Its figures.
    pub figures: Figures,
}

/// Those of `moments`, which are periods of one kind in order, that one line may join: of six and nine months
/// only those as long as the newest.
pub(crate) fn joined_by_a_line(moments: &[Moment]) -> impl DoubleEndedIterator<Item = &Moment> {
    let newest = moments.last().map(|m| m.period);
    let alike = move |p: Period| {
        newest.is_some_and(|newest| newest.is_quarter() || p.span() == newest.span())
    };
    moments.iter().filter(move |m| alike(m.period))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_joins_no_six_months_with_nine() {
        let joined = |codes: &[&str]| {
            let moment =
                |code: &&str| Moment { period: code.parse().unwrap(), figures: Figures::default() };
            let moments: Vec<Moment> = codes.iter().map(moment).collect();
            joined_by_a_line(&moments).map(|m| m.period.to_string()).collect::<Vec<String>>()
        };
        assert_eq!(joined(&["2025-6M", "2025-9M", "2026-6M", "2026-9M"]), ["2025-9M", "2026-9M"]);
        assert_eq!(joined(&["2025-6M", "2025-9M", "2026-6M"]), ["2025-6M", "2026-6M"]);
        assert_eq!(joined(&["2025-Q3", "2025-Q4", "2026-Q1"]).len(), 3);
        assert_eq!(joined(&["2024", "2025"]).len(), 2);
        assert!(joined(&[]).is_empty());
    }

    #[test]
    fn a_sum_or_rate_with_a_withheld_part_is_not_formed() {
        let mut figures = Figures::default();
        figures.put(Item::FoundRight, Value::Shown(20));
        figures.put(Item::FoundPartly, Value::Withheld);
        figures.put(Item::Settled, Value::Shown(30));
        assert_eq!(figures.sum(&[Item::FoundRight, Item::FoundPartly]), None);
        assert_eq!(figures.rate(Item::FoundPartly, Item::Settled), None);
        assert_eq!(figures.rate(Item::FoundRight, Item::Settled), Some((20, 30)));
        assert_eq!(figures.rate(Item::FoundRight, Item::Closing), None);
    }

    #[test]
    fn a_shown_cell_without_a_value_is_never_taken_for_zero() {
        assert_eq!(Value::of(None, Status::Shown), Value::Withheld);
        assert_eq!(Value::of(Some(3), Status::Withheld).shown(), None);
    }
}
