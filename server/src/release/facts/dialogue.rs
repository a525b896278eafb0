//! Whether a second settlement had the dialogue that the law wants (Law on Complaints 2011, article 39).

use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

use jiff::civil::Date;
use store::register::{DialogueHistory, DialogueVersion};

use super::known;
use super::quarter::Quarter;

/// The dialogues on record, by any case that a version of them names.
#[derive(Debug, Default)]
pub struct Dialogues(HashMap<String, Vec<Vec<DialogueVersion>>>);

impl Dialogues {
    /// Takes note of a dialogue.
    pub fn add(&mut self, history: &DialogueHistory) {
        let cases: BTreeSet<&str> = history.versions.iter().map(|v| v.case_id.as_str()).collect();
        for case in cases {
            self.0.entry(case.to_owned()).or_default().push(history.versions.clone());
        }
    }

    /// True if a dialogue of `case` was held within `days`, as far as `quarter` knows.
    pub(super) fn held(&self, case: &str, days: RangeInclusive<Date>, quarter: Quarter) -> bool {
        self.0.get(case).into_iter().flatten().any(|versions| {
            known(versions, quarter).is_some_and(|v| v.case_id == case && days.contains(&v.held_on))
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::Period;

    use super::*;

    fn version(extract_date: Date, case_id: &str, held_on: Date) -> DialogueVersion {
        DialogueVersion {
            extract_date,
            case_id: case_id.to_owned(),
            body_code: "UBNDT".to_owned(),
            held_on,
        }
    }

    #[test]
    fn a_dialogue_counts_for_the_case_that_it_names_once_it_is_known_and_if_it_came_before_the_end()
    {
        let mut dialogues = Dialogues::default();
        dialogues.add(&DialogueHistory {
            record_id: "d".to_owned(),
            versions: vec![
                version(date(2026, 3, 20), "a", date(2026, 2, 10)),
                version(date(2026, 6, 20), "b", date(2026, 2, 10)),
            ],
        });
        let quarter = |code: &str| code.parse::<Period>().unwrap().last_quarter_index();
        for (case, day, known_to, held) in [
            ("a", date(2026, 3, 1), "2026-Q1", true),
            ("a", date(2026, 2, 10), "2026-Q1", true),
            ("a", date(2026, 2, 9), "2026-Q1", false),
            // It was received after that dialogue.
            ("a", date(2026, 8, 9), "2026-Q1", false),
            ("a", date(2026, 3, 1), "2025-Q4", false),
            // It was put right: it was about another case.
            ("a", date(2026, 3, 1), "2026-Q2", false),
            ("b", date(2026, 3, 1), "2026-Q2", true),
            ("c", date(2026, 3, 1), "2026-Q2", false),
        ] {
            let received = if day < date(2026, 6, 1) { date(2026, 1, 5) } else { date(2026, 6, 1) };
            let found = dialogues.held(case, received..=day, quarter(known_to));
            assert_eq!(found, held, "{case} {day} {known_to}");
        }
    }
}
