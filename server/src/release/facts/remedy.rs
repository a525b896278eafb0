//! What settlements returned, recovered and recommended, and what of it was carried out.

use model::Item as I;
use store::register::CaseVersion;

/// What the ending in the version `end` ordered, and what of it was carried out as the version `then` tells, at
/// most what was ordered.
pub(super) fn amounts(end: &CaseVersion, then: &CaseVersion) -> Vec<(I, i64)> {
    let people = |n: Option<i32>| n.map(i64::from);
    let ordered = [
        (I::MoneyRecovered, end.money_recovered, then.money_recovered_done),
        (I::LandRecovered, end.land_recovered, then.land_recovered_done),
        (I::MoneyReturned, end.money_returned, then.money_returned_done),
        (I::LandReturned, end.land_returned, then.land_returned_done),
        (I::PersonsRestored, people(end.persons_restored), None),
        (
            I::OfficialsDisciplined,
            people(end.officials_disciplined),
            people(then.officials_disciplined_done),
        ),
    ];
    let split = |(item, ordered, done): (I, Option<i64>, Option<i64>)| {
        let ordered = ordered.unwrap_or_default();
        let done = done.unwrap_or_default().min(ordered);
        // What is split up is into what was carried out and what is left.
        let parts =
            item.parts().iter().flat_map(move |parts| parts.iter().zip([done, ordered - done]));
        std::iter::once((item, ordered)).chain(parts.map(|(part, amount)| (*part, amount)))
    };
    ordered.into_iter().flat_map(split).collect()
}
