//! The published tables, as data.

use model::table::TableDefinition;

use super::error::BuildError;

/// Definition files, in the order in which readers see the tables.
const FILES: [(&str, &str); 18] = [
    ("case-flow.toml", include_str!("../../tables/case-flow.toml")),
    ("case-flow-area.toml", include_str!("../../tables/case-flow-area.toml")),
    ("case-flow-body.toml", include_str!("../../tables/case-flow-body.toml")),
    ("cases-by-field.toml", include_str!("../../tables/cases-by-field.toml")),
    ("cases-area-field.toml", include_str!("../../tables/cases-area-field.toml")),
    ("cases-commune.toml", include_str!("../../tables/cases-commune.toml")),
    ("outcomes.toml", include_str!("../../tables/outcomes.toml")),
    ("timeliness.toml", include_str!("../../tables/timeliness.toml")),
    ("followed.toml", include_str!("../../tables/followed.toml")),
    ("durations.toml", include_str!("../../tables/durations.toml")),
    ("special-cases.toml", include_str!("../../tables/special-cases.toml")),
    ("implementation.toml", include_str!("../../tables/implementation.toml")),
    ("petitions.toml", include_str!("../../tables/petitions.toml")),
    ("receptions.toml", include_str!("../../tables/receptions.toml")),
    ("reception-schedule.toml", include_str!("../../tables/reception-schedule.toml")),
    ("referrals.toml", include_str!("../../tables/referrals.toml")),
    ("referral-answers.toml", include_str!("../../tables/referral-answers.toml")),
    ("remedies.toml", include_str!("../../tables/remedies.toml")),
];

/// All published tables, in order.
///
/// # Errors
///
/// When a definition file does not parse.
pub fn tables() -> Result<Vec<TableDefinition>, BuildError> {
    FILES
        .iter()
        .map(|(file, text)| {
            toml::from_str(text).map_err(|source| BuildError::Definition { file, source })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use model::item::{Population, TimeRule};
    use model::table::{Crossing, Frequency, PeriodKind};
    use model::{Dim, Item};

    use super::*;

    /// Of what deputies refer, all that is settled has a limit; of what the press refers, denunciations alone.
    /// Beside `referral_settled` small counts would follow if either stood alone.
    #[test]
    fn answers_to_deputies_and_to_the_press_are_published_together_alone() {
        for table in tables().unwrap() {
            for crossing in &table.crossings {
                let answers = table.items_of(crossing).iter().any(|item| {
                    matches!(
                        item,
                        Item::AnswerRequired
                            | Item::AnsweredInTime
                            | Item::AnswerNotInTime
                            | Item::AnsweredLate
                            | Item::AnswerOverdue
                            | Item::AnswerNotDue
                    )
                });
                assert!(!answers || crossing.referrer != "referrer", "{}", table.id);
            }
        }
        let group = |code: &str| Dim::Referrer.members().get(code).unwrap().parent.clone();
        let alone = ["assembly", "council", "press"].map(group);
        assert!(alone.iter().all(|code| *code == alone[0]), "{alone:?}");
        assert_ne!(group("front"), alone[0]);
    }

    /// What is a state of other records in a quarter than in a longer period tells, beside it, of those that came in
    /// before the quarter. Between years to date stands what changed; that is told of referrals (`facts::referral`).
    #[test]
    fn states_of_what_came_in_are_told_of_the_year_to_date_alone() {
        for table in tables().unwrap() {
            let states = |c: &&Crossing| {
                table.items_of(c).iter().any(|item| item.time_rule() == TimeRule::Cohort)
            };
            for crossing in table.crossings.iter().filter(states) {
                let often = crossing.frequencies();
                assert!(!often.contains(&Frequency::Quarter), "{}: {often:?}", table.id);
                let yearly = often == [Frequency::Year];
                assert!(!crossing.to_date || crossing.period.contains(&PeriodKind::Quarter));
                assert!(yearly || table.population == Population::Referrals, "{}", table.id);
            }
        }
    }

    #[test]
    fn every_definition_parses_and_names_items_of_its_own_population() {
        let tables = tables().unwrap();
        let ids: HashSet<_> = tables.iter().map(|t| t.id.as_str()).collect();
        assert_eq!(ids.len(), FILES.len());
        for table in &tables {
            for crossing in &table.crossings {
                for item in table.items_of(crossing) {
                    assert_eq!(item.population(), table.population, "{}", table.id);
                    assert!(table.items.contains(item), "{} {}", table.id, item.code());
                }
            }
        }
    }

    #[test]
    fn denunciations_stand_in_no_table_below_the_province() {
        for table in tables().unwrap().iter().filter(|t| !t.items[0].about_officials()) {
            let local = |c: &&Crossing| c.area != "province" || c.body != "all";
            for crossing in table.crossings.iter().filter(local) {
                let cases = matches!(table.population, Population::Cases | Population::Petitions);
                if cases {
                    let allowed =
                        |k: &String| ["civil", "complaint", "recommendation"].contains(&k.as_str());
                    assert!(crossing.kind.iter().all(allowed), "{}", table.id);
                }
            }
        }
    }
}
