//! A published table as data: what it counts, and at which levels.

use serde::{Deserialize, Serialize};

use crate::dimension::{Dim, Member};
use crate::item::{Item, Population, Unit};
use crate::locale::Text;
use crate::period::{Period, Span};

/// Kinds of period that a crossing is published for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// Single quarters.
    Quarter,
    /// Six and nine months.
    Cumulative,
    /// Whole years.
    Year,
}

impl PeriodKind {
    /// Every kind, the shortest first.
    pub const ALL: [Self; 3] = [Self::Quarter, Self::Cumulative, Self::Year];

    /// The code in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Quarter => "quarter",
            Self::Cumulative => "cumulative",
            Self::Year => "year",
        }
    }

    /// The kind with `code`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The kind of `period`.
    #[must_use]
    pub const fn of(period: Period) -> Self {
        match period.span() {
            Span::Quarter(_) => Self::Quarter,
            Span::SixMonths | Span::NineMonths => Self::Cumulative,
            Span::Year => Self::Year,
        }
    }
}

/// How often figures come out, the most often first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Every quarter, for the quarter.
    Quarter,
    /// Every quarter, for the year to date.
    ToDate,
    /// For six and nine months and the year.
    Cumulative,
    /// Once a year.
    Year,
}

/// Which cells a table shows: every combination of the members listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crossing {
    /// Level of area; the whole province if absent.
    #[serde(default = "province")]
    pub area: String,
    /// Level of body; all bodies together if absent.
    #[serde(default = "all")]
    pub body: String,
    /// Kinds, as member codes.
    #[serde(default = "only_all")]
    pub kind: Vec<String>,
    /// Level of field.
    #[serde(default = "all")]
    pub field: String,
    /// Level of referrer.
    #[serde(default = "all")]
    pub referrer: String,
    /// Kinds of period.
    pub period: Vec<PeriodKind>,
    /// Only periods that begin with the year: of single quarters the first. What counts how far something has come
    /// by the last day is published so, as it is about other records in each single quarter.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_date: bool,
    /// Items; the table's own list if absent.
    #[serde(default)]
    pub items: Option<Vec<Item>>,
    /// Items that are not published here, or not for all periods of the table, and follow for some members from what
    /// is published elsewhere and what everyone knows: disclosure control has to know them too, for all periods of
    /// the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub implied: Vec<Item>,
    /// First period that the crossing is published for, if not from the start.
    #[serde(default)]
    pub since: Option<Period>,
    /// The question that its items answer, where they do not answer the table's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Text>,
}

fn province() -> String {
    "province".into()
}
fn all() -> String {
    "all".into()
}
fn only_all() -> Vec<String> {
    vec![all()]
}

impl Crossing {
    /// The level along `dim`, for all dimensions but kind.
    #[must_use]
    pub fn level(&self, dim: Dim) -> Option<&str> {
        match dim {
            Dim::Area => Some(&self.area),
            Dim::Body => Some(&self.body),
            Dim::Field => Some(&self.field),
            Dim::Referrer => Some(&self.referrer),
            Dim::Kind => None,
        }
    }

    /// The members along `dim`, in order.
    #[must_use]
    pub fn members(&self, dim: Dim) -> Vec<&'static Member> {
        let members = dim.members();
        match self.level(dim) {
            Some(level) => members.all().iter().filter(|m| m.levels.contains(&level)).collect(),
            None => self.kind.iter().filter_map(|code| members.get(code)).collect(),
        }
    }

    /// How often it comes out, without the year where six and nine months lead up to it.
    #[must_use]
    pub fn frequencies(&self) -> Vec<Frequency> {
        let has = |kind| self.period.contains(&kind);
        let (quarter, cumulative) = (has(PeriodKind::Quarter), has(PeriodKind::Cumulative));
        let each = [
            (quarter && !self.to_date, Frequency::Quarter),
            (self.to_date, Frequency::ToDate),
            (cumulative && !self.to_date, Frequency::Cumulative),
            (has(PeriodKind::Year) && !cumulative, Frequency::Year),
        ];
        each.into_iter().filter_map(|(there, frequency)| there.then_some(frequency)).collect()
    }

    /// True if the crossing is published for `period`.
    #[must_use]
    pub fn covers(&self, period: Period) -> bool {
        self.period.contains(&PeriodKind::of(period))
            && (!self.to_date || period.to_date() == period)
            && self.since.is_none_or(|s| s <= period)
    }
}

/// A published table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableDefinition {
    /// Code in files and addresses.
    pub id: String,
    /// Title.
    pub title: Text,
    /// The question it answers, in a sentence.
    pub lead: Text,
    /// The question about one member, on the page of a place, body or field; `lead` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_lead: Option<Text>,
    /// Notes on what it counts and leaves out.
    #[serde(default)]
    pub notes: Vec<Text>,
    /// Which records it counts.
    pub population: Population,
    /// What it counts, in order.
    pub items: Vec<Item>,
    /// At which levels.
    #[serde(rename = "crossing")]
    pub crossings: Vec<Crossing>,
}

impl TableDefinition {
    /// The items of one of its crossings.
    #[must_use]
    pub fn items_of<'a>(&'a self, crossing: &'a Crossing) -> &'a [Item] {
        crossing.items.as_deref().unwrap_or(&self.items)
    }

    /// The question that a reader of the columns `shown` finds answered: that of the crossing that
    /// has just these items, or the table's own.
    #[must_use]
    pub fn question(&self, shown: &[Item]) -> &Text {
        let same =
            |items: &[Item]| items.len() == shown.len() && items.iter().all(|i| shown.contains(i));
        let of_crossing = self.crossings.iter().filter(|c| same(self.items_of(c)));
        of_crossing.filter_map(|c| c.lead.as_ref()).next().unwrap_or(&self.lead)
    }

    /// The same on the page of one member.
    #[must_use]
    pub fn question_about_one(&self, shown: &[Item]) -> &Text {
        match (self.question(shown), &self.member_lead) {
            (question, Some(own)) if *question == self.lead => own,
            (question, _) => question,
        }
    }

    /// The unit of its first item; most tables have one unit.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        self.items.first().map(|i| i.unit())
    }

    /// Dimensions with more than one member.
    #[must_use]
    pub fn dimensions(&self) -> Vec<Dim> {
        Dim::ALL
            .into_iter()
            .filter(|&dim| {
                self.crossings.iter().any(|c| match c.level(dim) {
                    Some(level) => level != dim.levels()[0],
                    None => c.kind != only_all(),
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(member_lead: Option<Text>) -> TableDefinition {
        let crossing = |items: Option<Vec<Item>>, lead: Option<&str>| Crossing {
            area: province(),
            body: all(),
            kind: only_all(),
            field: all(),
            referrer: all(),
            period: vec![PeriodKind::Quarter],
            to_date: false,
            items,
            since: None,
            implied: Vec::new(),
            lead: lead.map(|text| Text::new(text, text)),
        };
        TableDefinition {
            id: "t".into(),
            title: Text::new("t", "t"),
            lead: Text::new("own", "own"),
            member_lead,
            notes: Vec::new(),
            population: Population::Cases,
            items: vec![Item::Entered, Item::Settled],
            crossings: vec![
                crossing(None, None),
                crossing(Some(vec![Item::Entered]), Some("fewer")),
            ],
        }
    }

    #[test]
    fn a_crossing_of_the_year_to_date_has_no_quarter_but_the_first() {
        let mut crossing = table(None).crossings.remove(0);
        crossing.period = PeriodKind::ALL.to_vec();
        let covered = |crossing: &Crossing| {
            let periods = ["2025-Q1", "2025-Q2", "2025-6M", "2025-Q4", "2025"];
            periods.map(|code| crossing.covers(code.parse().unwrap()))
        };
        assert_eq!(covered(&crossing), [true; 5]);
        assert_eq!(crossing.frequencies(), [Frequency::Quarter, Frequency::Cumulative]);
        crossing.to_date = true;
        assert_eq!(covered(&crossing), [true, false, true, false, true]);
        assert_eq!(crossing.frequencies(), [Frequency::ToDate]);
        crossing.to_date = false;
        crossing.period = vec![PeriodKind::Year];
        assert_eq!(crossing.frequencies(), [Frequency::Year]);
    }

    #[test]
    fn the_page_of_one_member_asks_about_it_unless_its_items_have_a_question_of_their_own() {
        let all = [Item::Entered, Item::Settled];
        let about_one = Some(Text::new("about one", "about one"));
        let asked = |table: &TableDefinition, items: &[Item]| {
            table.question_about_one(items).get(crate::Locale::En).to_owned()
        };
        assert_eq!(asked(&table(None), &all), "own");
        assert_eq!(asked(&table(about_one.clone()), &all), "about one");
        assert_eq!(asked(&table(about_one), &[Item::Entered]), "fewer");
    }
}
