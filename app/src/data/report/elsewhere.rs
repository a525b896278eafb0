//! Where there are figures of what is not published for a subject and period: for the same subject
//! over a longer period, or for the nearest that it belongs to.

use model::table::{Crossing, TableDefinition};
use model::{Dim, Period, Text};

use super::{SUBJECTS, Subject};

/// A subject and a period with figures, and the tables that have them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// About whom.
    pub subject: Subject,
    /// The period.
    pub period: Period,
    /// Titles of the tables.
    pub titles: Vec<Text>,
}

/// Levels of fields that a report shows: all of them, and land beside the others.
pub(super) const FIELD_LEVELS: usize = 2;

/// Where the figures of `tables`, each with the periods that it is published for, are to be found
/// instead of `subject` and `period`.
pub(super) fn elsewhere<'a>(
    tables: impl Iterator<Item = &'a (TableDefinition, Vec<Period>)>,
    subject: &Subject,
    period: Period,
) -> Vec<Elsewhere> {
    let mut out: Vec<Elsewhere> = Vec::new();
    for (definition, periods) in tables {
        for (subject, period) in nearest(definition, periods, subject, period) {
            let title = definition.title.clone();
            match out.iter_mut().find(|e| e.subject == subject && e.period == period) {
                Some(place) => place.titles.push(title),
                None => out.push(Elsewhere { subject, period, titles: vec![title] }),
            }
        }
    }
    out
}

/// The subject itself over another period, and the nearest above it with figures for the period; if
/// there is neither, the nearest above over another period.
fn nearest(
    definition: &TableDefinition,
    periods: &[Period],
    subject: &Subject,
    period: Period,
) -> Vec<(Subject, Period)> {
    let covered = |subject: &Subject, p: Period| {
        periods.contains(&p)
            && subject.exists_in(p)
            && definition.crossings.iter().any(|c| c.covers(p) && is_about(c, subject))
    };
    let another = |subject: &Subject| {
        let found = || periods.iter().copied().filter(|&p| covered(subject, p));
        let around = found().filter(|p| p.year() == period.year() && contains(*p, period));
        let around = around.min_by_key(|p| p.quarters().count());
        around.or_else(|| found().filter(|p| *p < period).max()).or_else(|| found().max())
    };
    let above = || std::iter::successors(subject.parent(), Subject::parent);
    let own = another(subject).map(|p| (subject.clone(), p));
    let same = above().find_map(|s| {
        let mut periods = [period, period.to_date()].into_iter();
        periods.find(|p| covered(&s, *p)).map(|p| (s, p))
    });
    let mut out: Vec<_> = own.into_iter().chain(same).collect();
    if out.is_empty() {
        out.extend(above().find_map(|s| Some((s.clone(), another(&s)?))));
    }
    out
}

/// True if `crossing` has the figures of `subject`, and not only of parts of it.
fn is_about(crossing: &Crossing, subject: &Subject) -> bool {
    let whole = |dim: Dim| {
        let code = subject.member(dim);
        crossing.members(dim).iter().any(|m| m.code == code)
    };
    let field = Dim::Field.levels().iter().take(FIELD_LEVELS);
    SUBJECTS.into_iter().all(whole) && field.into_iter().any(|l| *l == crossing.field)
}

/// True if the quarters of `inner` are among those of `outer`, of the same year.
const fn contains(outer: Period, inner: Period) -> bool {
    let (outer, inner) = (outer.quarter_range(), inner.quarter_range());
    outer.0 <= inner.0 && inner.1 <= outer.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(code: &str) -> Period {
        code.parse().unwrap()
    }

    /// By region in quarters and longer periods, by district in years alone.
    fn table() -> (TableDefinition, Vec<Period>) {
        let definition = serde_json::json!({
            "id": "t",
            "title": { "vi": "T", "en": "T" },
            "lead": { "vi": "T", "en": "T" },
            "population": "cases",
            "items": ["settled"],
            "crossing": [
                { "area": "region", "period": ["quarter", "cumulative"] },
                { "area": "district", "period": ["year"] },
            ],
        });
        let periods = ["2024", "2025-Q3", "2025-9M", "2025", "2026-Q3", "2026-9M"];
        (serde_json::from_value(definition).unwrap(), periods.map(period).to_vec())
    }

    fn found(dim: Dim, code: &str, asked: &str) -> Vec<(String, String)> {
        let subject = Subject::new(dim, code).unwrap();
        let found = elsewhere([table()].iter(), &subject, period(asked));
        found.iter().map(|e| (e.subject.to_string(), e.period.to_string())).collect()
    }

    fn at(subject: &str, period: &str) -> (String, String) {
        (subject.to_owned(), period.to_owned())
    }

    #[test]
    fn a_district_has_its_year_and_its_region_has_the_quarter() {
        let region = |quarter| at("area-R-mountain", quarter);
        let years = [at("area-D384", "2025"), region("2026-Q3")];
        assert_eq!(found(Dim::Area, "D384", "2026-Q3"), years);
        // The year that holds the quarter, once it is published.
        let years = [at("area-D384", "2025"), region("2025-Q3")];
        assert_eq!(found(Dim::Area, "D384", "2025-Q3"), years);
    }

    #[test]
    fn what_has_neither_is_led_to_the_next_above_that_has_anything() {
        assert_eq!(found(Dim::Area, "C14845", "2026"), [at("area-D384", "2025")]);
        assert_eq!(found(Dim::Body, "SXD", "2026-Q3"), []);
        // Nothing stands above the province.
        assert_eq!(found(Dim::Area, "38", "2026-Q3"), []);
    }

    #[test]
    fn tables_with_the_same_way_out_stand_together() {
        let region = Subject::new(Dim::Area, "D384").unwrap();
        let found = elsewhere([table(), table()].iter(), &region, period("2026-Q3"));
        assert_eq!(found.iter().map(|e| e.titles.len()).collect::<Vec<_>>(), [2, 2]);
    }
}
