//! Measures: an item in a period. They form the last dimension of a population; how a measure
//! splits up (into parts of the item, into quarters, or into the stock of the quarter before) is
//! what lets disclosure control see subtraction over time.

use std::collections::HashMap;

use model::item::TimeRule;
use model::{Item, Period};

/// An item in a period, or how it has changed since an earlier year to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Measure {
    /// What is counted.
    pub item: Item,
    /// When.
    pub period: Period,
    /// Which of what counts, or did.
    pub part: Part,
}

/// Which of what counts on the last day of a year to date, or did on that of a shorter one. Beside the whole these
/// are published nowhere: the figures of two periods differ by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// All that counts.
    Whole,
    /// What counts and did not then.
    Joined(Period),
    /// What did then, and does not any more.
    Left(Period),
    /// What counts, or did then.
    Either(Period),
}

impl Measure {
    /// All that counts as `item` in `period`.
    pub const fn new(item: Item, period: Period) -> Self {
        Self { item, period, part: Part::Whole }
    }

    const fn part(self, part: Part) -> Self {
        Self { part, ..self }
    }

    /// Its code within the population, `settled@2026-Q3`.
    pub fn code(self) -> String {
        let Self { item, period, part } = self;
        let part = match part {
            Part::Whole => String::new(),
            Part::Joined(then) => format!("+joined since {then}"),
            Part::Left(then) => format!("+left since {then}"),
            Part::Either(then) => format!("+either since {then}"),
        };
        format!("{}@{period}{part}", item.code())
    }

    /// What counts as `item` in the year to date `period`, or did in each shorter one: of an item that stays, two
    /// periods are linked by it.
    pub fn links(item: Item, period: Period) -> impl Iterator<Item = Self> {
        let link = move |then| Self::new(item, period).part(Part::Either(then));
        shorter(period).filter(move |_| item.stays()).map(link)
    }

    /// How something counts in the year to date `period`, given whether it counts and did in the shorter one `then`.
    pub fn change(item: Item, period: Period, then: Period, did: bool, does: bool) -> Vec<Self> {
        let part = match (did, does) {
            (false, false) => return Vec::new(),
            (true, true) => None,
            (false, true) => Some(Part::Joined(then)),
            (true, false) => Some(Part::Left(then)),
        };
        let link = Self::links(item, period).find(|link| link.part == Part::Either(then));
        link.into_iter().flat_map(|m| [Some(m), part.map(|p| m.part(p))]).flatten().collect()
    }

    /// Every way in which it splits up, given the first quarter of the series.
    pub fn partitions(self, first: Period) -> Vec<Vec<Self>> {
        let Self { item, period, part } = self;
        match part {
            Part::Whole => {}
            Part::Joined(_) | Part::Left(_) => return Vec::new(),
            Part::Either(then) => {
                let now = vec![self.part(Part::Whole), self.part(Part::Left(then))];
                return vec![now, vec![Self::new(item, then), self.part(Part::Joined(then))]];
            }
        }
        let of_parts =
            |parts: &&[Item]| parts.iter().map(|&item| Self::new(item, period)).collect();
        let mut out: Vec<Vec<Self>> = item.parts().iter().map(of_parts).collect();
        let quarters = || period.quarters().map(|period| Self::new(item, period));
        match item.time_rule() {
            TimeRule::Flow if !period.is_quarter() => {
                out.push(quarters().collect());
                // Where only longer periods are published, what one adds to the shorter is its last quarter.
                let shorter = period.to_date_before().filter(|shorter| !shorter.is_quarter());
                let last = quarters_before(period, 0);
                let both = |shorter| [shorter, last].map(|period| Self::new(item, period)).to_vec();
                out.extend(shorter.map(both));
            }
            TimeRule::Closing if !period.is_quarter() => {
                out.push(quarters().last().into_iter().collect());
            }
            TimeRule::Opening if !period.is_quarter() => {
                out.push(quarters().next().into_iter().collect());
                // Where only longer periods are published, the year before tells the same.
                out.extend(stock_before(item, period));
            }
            TimeRule::Opening if period > first => out.extend(stock_before(item, period)),
            _ => {}
        }
        if item == Item::Followed && within_series(item, period, first) {
            let entered = |quarter| quarters_before(quarter, item.quarters_back());
            let entered = period.quarters().map(entered);
            out.push(entered.map(|period| Self::new(Item::Entered, period)).collect());
        }
        out
    }
}

/// What is there at the start of a period was there at the end of the one before: of the quarter before, or of
/// the year before a longer period.
fn stock_before(item: Item, period: Period) -> Option<Vec<Measure>> {
    let item = match item {
        Item::Opening => Item::Closing,
        Item::ImplementationCarried => Item::ImplementationPending,
        _ => return None,
    };
    let before = if period.is_quarter() {
        quarters_before(period, 1)
    } else {
        Period::of_year(period.year() - 1)
    };
    Some(vec![Measure::new(item, before)])
}

/// The years to date that are shorter than `period`, if that begins with the year; the longest first.
pub fn shorter(period: Period) -> impl Iterator<Item = Period> {
    std::iter::successors(period.to_date_before(), |p| p.to_date_before())
}

/// The quarter that is so many before the last of `period`.
fn quarters_before(period: Period, count: i32) -> Period {
    Period::from_quarter_index(period.last_quarter_index() - count)
}

/// True if the series that begins with the quarter `first` holds what `item` counts in `period`.
pub fn within_series(item: Item, period: Period, first: Period) -> bool {
    period.quarters().next().is_some_and(|q| quarters_before(q, item.quarters_back()) >= first)
}

/// Numbers measures in the order in which they are first seen.
#[derive(Debug, Default)]
pub struct Measures {
    list: Vec<Measure>,
    index: HashMap<Measure, usize>,
}

impl Measures {
    /// The number of `measure`, new if it was not seen yet.
    pub fn intern(&mut self, measure: Measure) -> usize {
        *self.index.entry(measure).or_insert_with(|| {
            self.list.push(measure);
            self.list.len() - 1
        })
    }

    /// The number of `measure`, if it was seen.
    pub fn get(&self, measure: Measure) -> Option<usize> {
        self.index.get(&measure).copied()
    }

    /// All measures, by number.
    pub fn all(&self) -> &[Measure] {
        &self.list
    }
}

/// The periods that a release on `quarter` brings: the quarter and what it completes.
pub fn periods_of(quarter: Period) -> impl Iterator<Item = Period> {
    std::iter::once(quarter).chain(quarter.cumulative())
}

/// Every period from the first quarter of the series up to and with the release on `quarter`.
pub fn periods_up_to(first: Period, quarter: Period) -> Vec<Period> {
    (first.last_quarter_index()..=quarter.last_quarter_index())
        .flat_map(|index| {
            let q = Period::from_quarter_index(index);
            // A longer period is only complete if the series holds its first quarter.
            periods_of(q).filter(move |p| p.start() >= first.start())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(code: &str) -> Period {
        code.parse().unwrap()
    }

    #[test]
    fn the_year_splits_into_quarters_and_opening_is_the_closing_before() {
        let first = q("2025-Q1");
        let settled = Measure::new(Item::Settled, q("2025"));
        let quarters = &settled.partitions(first);
        assert!(quarters.iter().any(|p| p.len() == 4 && p.iter().all(|m| m.period.is_quarter())));
        let opening = Measure::new(Item::Opening, q("2025-Q2"));
        let expected = vec![vec![Measure::new(Item::Closing, q("2025-Q1"))]];
        assert_eq!(opening.partitions(first), expected);
        let year = Measure::new(Item::Opening, q("2026"));
        let before = vec![Measure::new(Item::Closing, q("2025"))];
        assert!(year.partitions(first).contains(&before));
        let start = Measure::new(Item::Opening, first);
        assert!(start.partitions(first).is_empty());
    }

    #[test]
    fn what_a_longer_period_adds_to_the_shorter_one_is_its_last_quarter() {
        let settled = |period| Measure::new(Item::Settled, q(period));
        let first = q("2025-Q1");
        for (longer, parts) in
            [("2025-9M", ["2025-6M", "2025-Q3"]), ("2025", ["2025-9M", "2025-Q4"])]
        {
            let parts = parts.map(settled).to_vec();
            assert!(settled(longer).partitions(first).contains(&parts), "{longer}");
        }
        // Six months are two quarters and nothing else.
        let of_time = settled("2025-6M")
            .partitions(first)
            .into_iter()
            .filter(|parts| parts.iter().any(|part| part.period != q("2025-6M")));
        assert_eq!(of_time.count(), 1);
    }

    #[test]
    fn a_state_of_the_year_to_date_is_that_of_a_shorter_one_and_what_joined_it() {
        let first = q("2025-Q1");
        for (period, shorter) in [
            ("2025-6M", &["2025-Q1"][..]),
            ("2025-9M", &["2025-6M", "2025-Q1"]),
            ("2025", &["2025-9M", "2025-6M", "2025-Q1"]),
        ] {
            let at = |part| Measure { part, ..Measure::new(Item::Acknowledged, q(period)) };
            let links: Vec<Measure> = Measure::links(Item::Acknowledged, q(period)).collect();
            let then = shorter.iter().map(|code| q(code));
            assert_eq!(links, then.clone().map(|p| at(Part::Either(p))).collect::<Vec<_>>());
            for (link, then) in links.into_iter().zip(then) {
                let before = Measure::new(Item::Acknowledged, then);
                let expected = vec![
                    vec![at(Part::Whole), at(Part::Left(then))],
                    vec![before, at(Part::Joined(then))],
                ];
                assert_eq!(link.partitions(first), expected);
                let counted = |did, does| {
                    let parts = Measure::change(Item::Acknowledged, q(period), then, did, does);
                    parts.into_iter().map(|m| m.part).collect::<Vec<Part>>()
                };
                assert_eq!(counted(true, true), [Part::Either(then)]);
                assert_eq!(counted(false, true), [Part::Either(then), Part::Joined(then)]);
                assert_eq!(counted(true, false), [Part::Either(then), Part::Left(then)]);
                assert_eq!(counted(false, false), []);
            }
        }
        // A quarter by itself is about other records; what passes follows from what stays.
        for (item, period) in [(Item::Acknowledged, "2025-Q3"), (Item::Unacknowledged, "2025-9M")] {
            assert_eq!(Measure::links(item, q(period)).count(), 0);
            assert!(Measure::change(item, q(period), q("2025-Q1"), false, true).is_empty());
        }
    }

    #[test]
    fn what_is_followed_entered_two_quarters_before_if_the_series_was_there() {
        let first = q("2025-Q1");
        let followed = |period| Measure::new(Item::Followed, q(period));
        let entered = vec![Measure::new(Item::Entered, q("2025-Q1"))];
        assert!(followed("2025-Q3").partitions(first).contains(&entered));
        let first_half = Measure::new(Item::Followed, q("2026-6M"));
        let before = ["2025-Q3", "2025-Q4"].map(|p| Measure::new(Item::Entered, q(p)));
        assert!(first_half.partitions(first).contains(&before.to_vec()));
        let of_earlier = |p: &Vec<Measure>| p.iter().any(|m| m.item == Item::Entered);
        assert!(!followed("2025-Q2").partitions(first).iter().any(of_earlier));
        for (period, within) in
            [("2025-Q2", false), ("2025-Q3", true), ("2025", false), ("2026", true)]
        {
            assert_eq!(within_series(Item::FollowedOpen, q(period), first), within, "{period}");
            assert!(within_series(Item::Settled, q(period), first));
        }
    }

    #[test]
    fn a_series_that_starts_in_the_middle_of_a_year_has_no_year_to_date() {
        let codes: Vec<String> =
            periods_up_to(q("2024-Q3"), q("2025-Q2")).iter().map(ToString::to_string).collect();
        assert_eq!(codes, ["2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-6M"]);
    }
}
