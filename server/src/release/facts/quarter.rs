//! Quarters as consecutive numbers, and the periods that a count in one of them belongs to.

use jiff::civil::Date;
use model::Period;

/// A quarter (`Period::last_quarter_index`).
pub(super) type Quarter = i32;

/// The quarter and the longer periods that contain it.
pub(super) fn containing(quarter: Quarter) -> impl Iterator<Item = Period> {
    let q = Period::from_quarter_index(quarter);
    (quarter..=quarter | 3)
        .filter_map(|last| Period::from_quarter_index(last).cumulative())
        .chain(std::iter::once(q))
}

/// The quarter and the longer periods that begin with it.
pub(super) fn starting(quarter: Quarter) -> impl Iterator<Item = Period> {
    containing(quarter).filter(move |p| {
        let (first, last) = p.quarter_range();
        p.last_quarter_index() - i32::from(last - first) == quarter
    })
}

/// The quarter and the longer period that ends with it.
pub(super) fn ending(quarter: Quarter) -> impl Iterator<Item = Period> {
    let q = Period::from_quarter_index(quarter);
    std::iter::once(q).chain(q.cumulative())
}

pub(super) fn knowing(extract_date: Date) -> Quarter {
    Period::first_knowing(extract_date).last_quarter_index()
}

/// The quarter in which something that happened on `day` counts, given when it was first reported.
pub(super) fn entry(day: Date, first_extract: Date) -> Quarter {
    Period::quarter_of(day).last_quarter_index().max(knowing(first_extract))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(periods: impl Iterator<Item = Period>) -> Vec<String> {
        let mut out: Vec<String> = periods.map(|p| p.to_string()).collect();
        out.sort();
        out
    }

    #[test]
    fn a_quarter_counts_in_the_periods_that_contain_begin_or_end_with_it() {
        let q = |s: &str| s.parse::<Period>().unwrap().last_quarter_index();
        assert_eq!(codes(containing(q("2026-Q3"))), ["2026", "2026-9M", "2026-Q3"]);
        assert_eq!(codes(containing(q("2026-Q1"))), ["2026", "2026-6M", "2026-9M", "2026-Q1"]);
        assert_eq!(codes(starting(q("2026-Q1"))), ["2026", "2026-6M", "2026-9M", "2026-Q1"]);
        assert_eq!(codes(starting(q("2026-Q2"))), ["2026-Q2"]);
        assert_eq!(codes(ending(q("2026-Q2"))), ["2026-6M", "2026-Q2"]);
        assert_eq!(codes(ending(q("2026-Q1"))), ["2026-Q1"]);
    }
}
