//! Measures: an item in a period. They form the last dimension of a population; how a measure
//! splits up (into parts of the item, into quarters, or into the stock of the quarter before) is
//! what lets disclosure control see subtraction over time.

use std::collections::HashMap;

use model::item::TimeRule;
use model::{Item, Period};

/// An item in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Measure {
    /// What is counted.
    pub item: Item,
    /// When.
    pub period: Period,
}

impl Measure {
    /// Its code within the population, `settled@2026-Q3`.
    pub fn code(self) -> String {
        format!("{}@{}", self.item.code(), self.period)
    }

    /// Every way in which it splits up, given the first quarter of the series.
    pub fn partitions(self, first: Period) -> Vec<Vec<Self>> {
        let Self { item, period } = self;
        let mut out: Vec<Vec<Self>> = item
            .parts()
            .iter()
            .map(|parts| parts.iter().map(|&item| Self { item, period }).collect())
            .collect();
        let quarters = || period.quarters().map(|period| Self { item, period });
        match item.time_rule() {
            TimeRule::Flow if !period.is_quarter() => {
                out.push(quarters().collect());
                // Where only longer periods are published, what one adds to the shorter is its last quarter.
                let shorter = quarters_before(period, 1).cumulative();
                let last = quarters_before(period, 0);
                out.extend(
                    shorter.map(|shorter| {
                        [shorter, last].map(|period| Self { item, period }).to_vec()
                    }),
                );
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
            out.push(entered.map(|period| Self { item: Item::Entered, period }).collect());
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
    Some(vec![Measure { item, period: before }])
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
        let settled = Measure { item: Item::Settled, period: q("2025") };
        let quarters = &settled.partitions(first);
        assert!(quarters.iter().any(|p| p.len() == 4 && p.iter().all(|m| m.period.is_quarter())));
        let opening = Measure { item: Item::Opening, period: q("2025-Q2") };
        let expected = vec![vec![Measure { item: Item::Closing, period: q("2025-Q1") }]];
        assert_eq!(opening.partitions(first), expected);
        let year = Measure { item: Item::Opening, period: q("2026") };
        let before = vec![Measure { item: Item::Closing, period: q("2025") }];
        assert!(year.partitions(first).contains(&before));
        let start = Measure { item: Item::Opening, period: first };
        assert!(start.partitions(first).is_empty());
    }

    #[test]
    fn what_a_longer_period_adds_to_the_shorter_one_is_its_last_quarter() {
        let settled = |period| Measure { item: Item::Settled, period: q(period) };
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
    fn what_is_followed_entered_two_quarters_before_if_the_series_was_there() {
        let first = q("2025-Q1");
        let followed = |period| Measure { item: Item::Followed, period: q(period) };
        let entered = vec![Measure { item: Item::Entered, period: q("2025-Q1") }];
        assert!(followed("2025-Q3").partitions(first).contains(&entered));
        let first_half = Measure { item: Item::Followed, period: q("2026-6M") };
        let before = ["2025-Q3", "2025-Q4"].map(|p| Measure { item: Item::Entered, period: q(p) });
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
