//! Quarters as consecutive numbers, and the periods that a count in one of them belongs to.

use std::collections::BTreeSet;

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

/// How days become quarters: years of which an annual revision has moved what was reported late into the
/// quarter in which it happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dating {
    /// These years.
    pub annual: BTreeSet<i16>,
}

impl Dating {
    /// The quarter in which something that happened on `day` counts, given when it was first reported: its
    /// own, or the first that knows of it. An annual revision moves it from there into its own quarter, if
    /// both are of its year and it `fits` there: what a year holds, and what is open at its end, stays.
    pub(super) fn entry(
        &self,
        day: Date,
        first_extract: Date,
        fits: impl FnOnce(Quarter) -> bool,
    ) -> Quarter {
        let (own, known) = (Period::quarter_of(day), Period::first_knowing(first_extract));
        let year = own.year();
        let (own, of_year) = (own.last_quarter_index(), known.year() == year);
        if of_year && self.annual.contains(&year) && fits(own) {
            own
        } else {
            own.max(known.last_quarter_index())
        }
    }
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
    fn an_annual_revision_moves_what_was_late_within_its_year_alone() {
        let q = |s: &str| s.parse::<Period>().unwrap().last_quarter_index();
        let day = |s: &str| s.parse::<Date>().unwrap();
        let plain = Dating::default();
        let annual = Dating { annual: BTreeSet::from([2025]) };
        for (happened, reported, late, moved) in [
            ("2025-02-01", "2025-03-20", "2025-Q1", "2025-Q1"),
            ("2025-02-01", "2025-06-20", "2025-Q2", "2025-Q1"),
            ("2025-02-01", "2025-12-20", "2025-Q4", "2025-Q1"),
            ("2025-02-01", "2026-03-20", "2026-Q1", "2026-Q1"),
            ("2024-11-01", "2025-03-20", "2025-Q1", "2025-Q1"),
            ("2026-02-01", "2026-06-20", "2026-Q2", "2026-Q2"),
        ] {
            let (happened, reported) = (day(happened), day(reported));
            assert_eq!(plain.entry(happened, reported, |_| true), q(late), "{happened} {reported}");
            assert_eq!(
                annual.entry(happened, reported, |_| true),
                q(moved),
                "{happened} {reported}"
            );
            assert_eq!(annual.entry(happened, reported, |_| false), q(late));
        }
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
