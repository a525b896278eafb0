//! Time limits for settlement as dated law: how many days from acceptance, by kind of matter,
//! instance, complexity and remoteness. Registers carry the due date that the competent body
//! recorded; these rules say what the law allows.

use jiff::civil::Date;
use jiff::{Span, civil};

use crate::classification::Kind;

/// How complicated a matter is (Decree 155/2026, article 3a, for complaints; Decree 31/2019,
/// article 3, for denunciations).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Complexity {
    /// Not complicated.
    Ordinary,
    /// Phức tạp.
    Complicated,
    /// Đặc biệt phức tạp (denunciations only).
    EspeciallyComplicated,
}

/// A limit in calendar days from acceptance, with its article and the days it is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Calendar days from acceptance to settlement.
    pub days: i32,
    /// The article that sets it.
    pub article: &'static str,
    /// First day in force.
    pub valid_from: Date,
}

/// The limit for settling a matter; `None` where the law sets none (recommendations and feedback).
///
/// Law on Complaints 2011, articles 28 (first settlement: 30 days, complicated 45; remote 45,
/// complicated 60) and 37 (second: 45, 60; remote 60, 70); Law on Denunciations 2018, article 30
/// (30 days, complicated 60, especially complicated 90).
#[must_use]
pub fn settlement(
    kind: Kind,
    second_instance: bool,
    complexity: Complexity,
    remote: bool,
) -> Option<Limit> {
    let complicated = complexity > Complexity::Ordinary;
    let (days, article, valid_from) = match kind {
        Kind::Recommendation => return None,
        Kind::Denunciation => (
            match complexity {
                Complexity::Ordinary => 30,
                Complexity::Complicated => 60,
                Complexity::EspeciallyComplicated => 90,
            },
            "Luật Tố cáo 2018, Điều 30",
            civil::date(2019, 1, 1),
        ),
        Kind::Complaint => (
            match (second_instance, remote, complicated) {
                (false, false, false) => 30,
                (false, false, true) | (false, true, false) | (true, false, false) => 45,
                (false, true, true) | (true, false, true) | (true, true, false) => 60,
                (true, true, true) => 70,
            },
            if second_instance {
                "Luật Khiếu nại 2011, Điều 37"
            } else {
                "Luật Khiếu nại 2011, Điều 28"
            },
            civil::date(2012, 7, 1),
        ),
    };
    Some(Limit { days, article, valid_from })
}

impl Limit {
    /// The last day for a matter accepted on `accepted`; the day of acceptance is not counted.
    /// `None` past the calendar's end.
    #[must_use]
    pub fn due(self, accepted: Date) -> Option<Date> {
        accepted.checked_add(Span::new().days(self.days)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remoteness_adds_fifteen_days_but_only_ten_to_a_complicated_second_settlement() {
        use Complexity::{Complicated, Ordinary};
        let days = |second, c, remote| settlement(Kind::Complaint, second, c, remote).unwrap().days;
        assert_eq!([days(false, Ordinary, false), days(false, Ordinary, true)], [30, 45]);
        assert_eq!([days(false, Complicated, false), days(false, Complicated, true)], [45, 60]);
        assert_eq!([days(true, Ordinary, false), days(true, Ordinary, true)], [45, 60]);
        assert_eq!([days(true, Complicated, false), days(true, Complicated, true)], [60, 70]);
    }
}
