//! A report on one period for who supervises: everything that is published about a body, a place or
//! a referrer, in the order in which supervision asks, each figure with its permanent name.

mod elsewhere;
mod question;
mod read;

use model::item::Population;
use model::table::TableDefinition;
use model::{Dim, Item, Locale, Period, Rate, Text};

pub use elsewhere::Elsewhere;
pub use question::{OF, PERIOD, Question, SUBJECTS, Subject};

use super::{Figure, ReleaseInfo};
use crate::components::period_name;
use crate::error::PortalError;
use crate::published::Published;
use crate::text::text;

/// What a section answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// What came in, and what became of it.
    Flow,
    /// Whether limits were kept.
    Deadlines,
    /// What was referred, and whether the referrer was answered.
    Referrals,
    /// Reception days, and who came to them.
    Receptions,
    /// Outcomes, and what was done about them.
    Outcomes,
    /// Mass, over-level and prolonged cases.
    Special,
}

impl Topic {
    /// Every topic, in the order of the report.
    pub const ALL: [Self; 6] = [
        Self::Flow,
        Self::Deadlines,
        Self::Referrals,
        Self::Receptions,
        Self::Outcomes,
        Self::Special,
    ];

    /// The topic of a table: it follows from what it counts.
    #[must_use]
    pub fn of(definition: &TableDefinition) -> Self {
        let counts = |items: &[Item]| items.iter().any(|i| definition.items.contains(i));
        match definition.population {
            Population::Petitions => Self::Flow,
            Population::Referrals => Self::Referrals,
            Population::Receptions | Population::Schedule => Self::Receptions,
            Population::Remedies => Self::Outcomes,
            Population::Cases if counts(&[Item::Mass, Item::OverLevel, Item::Prolonged]) => {
                Self::Special
            }
            Population::Cases if counts(&[Item::SettledOnTime, Item::Days30, Item::Followed]) => {
                Self::Deadlines
            }
            Population::Cases if counts(&[Item::FoundRight, Item::ImplementationDue]) => {
                Self::Outcomes
            }
            Population::Cases => Self::Flow,
        }
    }

    /// Its heading.
    #[must_use]
    pub fn name(self, locale: Locale) -> String {
        match self {
            Self::Flow => text!(locale, report.flow),
            Self::Deadlines => text!(locale, report.deadlines),
            Self::Referrals => text!(locale, report.referrals),
            Self::Receptions => text!(locale, report.receptions),
            Self::Outcomes => text!(locale, report.outcomes),
            Self::Special => text!(locale, report.special),
        }
    }
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The newest release.
    pub release: ReleaseInfo,
    /// About whom.
    pub subject: Subject,
    /// The period.
    pub period: Period,
    /// Every period that may be asked for, the newest first.
    pub periods: Vec<Period>,
    /// A section a topic, in the order of [`Topic::ALL`].
    pub sections: Vec<Section>,
}

/// What a report says to one topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The topic.
    pub topic: Topic,
    /// The tables with figures, in the order of the release.
    pub tables: Vec<Table>,
    /// Where the figures of its other tables are.
    pub elsewhere: Vec<Elsewhere>,
}

/// The figures of one published table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its number in the report, from 1.
    pub number: usize,
    /// Code of the published table.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// The year to date that its figures are of, where it has none of the report's quarter.
    pub to_date: Option<Period>,
    /// Which records it counts.
    pub population: Population,
    /// The release from which the figures of the period come.
    pub release: ReleaseInfo,
    /// The one from which those of a year before come, if there are any.
    pub before: Option<ReleaseInfo>,
    /// Its figures, in the order of kinds and fields.
    pub parts: Vec<Part>,
}

/// The figures of one kind and field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Member code of the kind.
    pub kind: String,
    /// Member code of the field.
    pub field: String,
    /// A row an item, in the order of the table.
    pub rows: Vec<Row>,
    /// The shares of them.
    pub shares: Vec<Share>,
}

/// A figure of the period and that of the same period a year before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is counted.
    pub item: Item,
    /// The figure.
    pub figure: Figure,
    /// That of a year before; absent if there is none.
    pub before: Figure,
}

/// A share of two published figures, each as numerator and denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Which.
    pub rate: Rate,
    /// In the period; `None` if one of the two is withheld.
    pub now: Option<(i64, i64)>,
    /// A year before.
    pub before: Option<(i64, i64)>,
    /// The count that has to stand beside it, if it is published here.
    pub beside: Option<(Item, Figure)>,
}

impl Report {
    /// The question whose answer it is, in full.
    #[must_use]
    pub fn question(&self) -> Question {
        Question { period: Some(self.period), subject: self.subject.clone() }
    }

    /// Its tables, by number.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.sections.iter().flat_map(|s| &s.tables)
    }

    /// The releases from which the figures of the period come, the one published last first; the
    /// newest if there are no figures.
    #[must_use]
    pub fn releases(&self) -> Vec<ReleaseInfo> {
        let mut out: Vec<ReleaseInfo> = self.tables().map(|t| t.release.clone()).collect();
        if out.is_empty() {
            out.push(self.release.clone());
        }
        out.sort_by_key(|r| std::cmp::Reverse((r.published_on, r.id)));
        out.dedup();
        out
    }
}

impl Table {
    /// Its title, with the period if that is not the report's.
    #[must_use]
    pub fn heading(&self, locale: Locale) -> String {
        let title = self.title.get(locale);
        self.to_date.map_or_else(
            || title.to_owned(),
            |period| format!("{title} ({})", period_name(period, locale)),
        )
    }

    /// What `part` is limited to, `Tố cáo`; `None` if it is all that the table counts.
    #[must_use]
    pub fn part_name(&self, part: &Part, locale: Locale) -> Option<String> {
        let name = |dim: Dim, code| dim.members().name(code, locale).to_owned();
        let field = (part.field != Dim::Field.total()).then(|| name(Dim::Field, &part.field));
        let kind = (self.parts.len() > 1 || part.kind != Dim::Kind.total())
            .then(|| name(Dim::Kind, &part.kind));
        let words: Vec<String> = kind.into_iter().chain(field).collect();
        (!words.is_empty()).then(|| words.join(" · "))
    }

    /// Its rows.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.parts.iter().flat_map(|p| &p.rows)
    }
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The report.
    pub report: Report,
    /// Scheme and host of the portal, if known.
    pub origin: Option<String>,
}

/// The page of `question`.
///
/// # Errors
///
/// As [`Report::read`].
pub async fn report(question: Question) -> Result<Page, PortalError> {
    crate::published::answer(async move {
        let report = Report::read(&Published::from_context()?, &question).await?;
        Ok(Page { report, origin: crate::wire::site::origin_asked_for() })
    })
    .await
}
