//! The rules, as `app/data/attention.toml` has them.

use std::sync::LazyLock;

use model::compare::Room;
use model::table::PeriodKind;
use model::{Dim, Item, Period, Text};
use serde::{Deserialize, Deserializer};

use crate::reference::read;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    rule: Vec<Rule>,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name in addresses.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// What it looks at.
    pub about: Text,
    /// Where it looks.
    #[serde(rename = "look")]
    pub looks: Vec<Look>,
}

/// One test of every member of a level.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// Whose figures, and which.
    pub name: Text,
    /// The table with the figures.
    pub table: String,
    /// Along which dimension the members lie.
    pub dim: Dim,
    /// Their level.
    pub level: String,
    kind: Option<String>,
    field: Option<String>,
    /// Kinds of period; the newest period of any of them counts.
    pub period: Vec<PeriodKind>,
    /// What is tested.
    pub test: Test,
}

/// What flags a member.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Test {
    /// A share above the limit around what its peers have in common.
    Peers {
        /// The part.
        part: Item,
        /// True if the share is that of what `part` leaves of the whole.
        #[serde(default)]
        rest: bool,
        /// The whole.
        whole: Item,
        /// The room that the limit leaves to chance.
        #[serde(deserialize_with = "room")]
        sure: Room,
    },
    /// The same for few and exact counts; or nothing reported of what is required.
    Exact {
        /// The parts, together.
        part: Vec<Item>,
        /// The whole.
        whole: Item,
        /// What was reported of it.
        reported: Item,
        /// Fewer of the part flag nobody.
        least: i64,
        /// The room that the limit leaves to chance.
        #[serde(deserialize_with = "room")]
        sure: Room,
    },
    /// A count that grew quarter by quarter.
    Growth {
        /// What is counted, on the last day.
        item: Item,
        /// Over how many quarters.
        quarters: u8,
        /// By how many percent at the least, over all of them.
        percent: i64,
        /// By how many at the least.
        more: i64,
    },
    /// A share higher than a year before.
    Share {
        /// The part.
        part: Item,
        /// The whole.
        whole: Item,
        /// The room that the test leaves to chance.
        #[serde(deserialize_with = "room")]
        sure: Room,
    },
    /// A count higher than a year before.
    Count {
        /// What is counted.
        item: Item,
        /// By how many percent at the least.
        percent: i64,
        /// By how many at the least.
        more: i64,
    },
}

/// The room that a rule gives to chance, as its file writes it: the percent of what is like the others that
/// stay within the limits on both sides of it.
fn room<'de, D: Deserializer<'de>>(from: D) -> Result<Room, D::Error> {
    #[derive(Deserialize)]
    enum Written {
        #[serde(rename = "95")]
        Usual,
        #[serde(rename = "99.8")]
        Wide,
    }
    Ok(match Written::deserialize(from)? {
        Written::Usual => Room::Usual,
        Written::Wide => Room::Wide,
    })
}

impl Look {
    /// The kinds of matter that count.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.kind.as_deref().unwrap_or(Dim::Kind.total())
    }

    /// What they are about.
    #[must_use]
    pub fn field(&self) -> &str {
        self.field.as_deref().unwrap_or(Dim::Field.total())
    }

    /// The periods that the test needs, oldest first, of those that are `published`; none if nothing is.
    #[must_use]
    pub fn periods(&self, published: &[Period]) -> Vec<Period> {
        let fit = |p: &&Period| self.period.contains(&PeriodKind::of(**p));
        let Some(&newest) = published.iter().filter(fit).max() else { return Vec::new() };
        match self.test {
            Test::Peers { .. } | Test::Exact { .. } => vec![newest],
            Test::Share { .. } | Test::Count { .. } => vec![newest.same_last_year(), newest],
            Test::Growth { quarters, .. } => {
                let last = newest.last_quarter_index();
                (last - i32::from(quarters)..=last).map(Period::from_quarter_index).collect()
            }
        }
    }
}

impl Test {
    /// The items of which it needs the figures, in the order in which they are shown.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        match self {
            Self::Peers { part, whole, .. } | Self::Share { part, whole, .. } => {
                vec![*part, *whole]
            }
            Self::Exact { part, whole, reported, .. } => {
                part.iter().copied().chain([*reported, *whole]).collect()
            }
            Self::Growth { item, .. } | Self::Count { item, .. } => vec![*item],
        }
    }

    /// The room that it leaves to chance; `None` if it leaves none.
    #[must_use]
    pub const fn room(&self) -> Option<Room> {
        match self {
            Self::Peers { sure, .. } | Self::Exact { sure, .. } | Self::Share { sure, .. } => {
                Some(*sure)
            }
            Self::Growth { .. } | Self::Count { .. } => None,
        }
    }
}

const FILE: &str = include_str!("../../../data/attention.toml");

static RULES: LazyLock<Rules> = LazyLock::new(|| read("attention", FILE));

/// Every rule, in order.
pub(crate) fn rules() -> &'static [Rule] {
    &RULES.rule
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::path::Path;

    use model::Locale;
    use model::table::TableDefinition;

    use super::*;

    /// The definition of the table `id`.
    fn definition(id: &str) -> TableDefinition {
        let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/tables");
        let text = std::fs::read_to_string(tables.join(format!("{id}.toml"))).unwrap();
        toml::from_str(&text).unwrap_or_else(|e| panic!("{id}: {e}"))
    }

    #[test]
    fn the_file_is_read_and_composed_and_every_rule_has_a_name_of_its_own() {
        toml::from_str::<Rules>(FILE).unwrap();
        assert!(unicode_normalization::is_nfc(FILE));
        let ids: HashSet<&str> = rules().iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!((ids.len(), rules().len()), (5, 5));
        for rule in rules() {
            let looks = rule.looks.iter().map(|look| &look.name);
            for text in [&rule.name, &rule.about].into_iter().chain(looks) {
                assert!(Locale::ALL.iter().all(|l| text.get(*l).len() > 3), "{}", rule.id);
            }
        }
    }

    #[test]
    fn every_look_is_at_what_its_table_publishes() {
        for look in rules().iter().flat_map(|rule| &rule.looks) {
            let table = definition(&look.table);
            for period in &look.period {
                let published = table.crossings.iter().any(|crossing| {
                    let along = |dim: Dim| match dim {
                        Dim::Kind => crossing.kind.iter().any(|k| k == look.kind()),
                        _ if dim == look.dim => crossing.level(dim) == Some(&look.level),
                        Dim::Field => crossing.members(dim).iter().any(|m| m.code == look.field()),
                        _ => crossing.level(dim) == Some(dim.levels()[0]),
                    };
                    Dim::ALL.into_iter().all(along)
                        && crossing.period.contains(period)
                        && look.test.items().iter().all(|i| table.items_of(crossing).contains(i))
                });
                assert!(published, "{} {period:?}", look.name.en);
            }
        }
    }

    #[test]
    fn thresholds_are_such_that_something_can_cross_them_and_not_everything_does() {
        for look in rules().iter().flat_map(|rule| &rule.looks) {
            match &look.test {
                Test::Exact { least, .. } => assert!(*least > 0),
                Test::Growth { quarters, percent, more, .. } => {
                    assert!(*quarters > 0 && *percent > 0 && *more > 0);
                    assert_eq!(look.period, [PeriodKind::Quarter]);
                }
                Test::Count { percent, more, .. } => assert!(*percent > 0 && *more > 0),
                Test::Peers { part, whole, .. } | Test::Share { part, whole, .. } => {
                    assert_ne!(part, whole);
                }
            }
        }
    }

    #[test]
    fn a_look_takes_the_newest_period_of_its_kinds_and_those_to_hold_it_against() {
        let published: Vec<Period> = ["2025-Q3", "2025-Q4", "2025", "2026-Q1", "2025-9M"]
            .map(|p| p.parse().unwrap())
            .to_vec();
        let first = |id: &str| {
            let rule = rules().iter().find(|rule| rule.id == id).unwrap();
            let periods = rule.looks[0].periods(&published);
            periods.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(first("overdue"), ["2025"]);
        assert_eq!(first("reception"), ["2026-Q1"]);
        assert_eq!(first("backlog"), ["2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"]);
        assert_eq!(first("special"), ["2024", "2025"]);
        assert!(rules()[0].looks[0].periods(&[]).is_empty());
    }
}
