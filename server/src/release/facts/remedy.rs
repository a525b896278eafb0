//! What settlements returned, recovered and recommended, and what of it was carried out.

use model::Item;
use store::register::CaseVersion;

/// An amount, what it splits into (carried out, and left), and where a version has it and what was done of it.
struct Remedy {
    item: Item,
    parts: Option<[Item; 2]>,
    due: fn(&CaseVersion) -> Option<i64>,
    done: fn(&CaseVersion) -> Option<i64>,
}

const REMEDIES: [Remedy; 6] = [
    Remedy {
        item: Item::MoneyRecovered,
        parts: Some([Item::MoneyRecoveredDone, Item::MoneyRecoveredLeft]),
        due: |v| v.money_recovered,
        done: |v| v.money_recovered_done,
    },
    Remedy {
        item: Item::LandRecovered,
        parts: Some([Item::LandRecoveredDone, Item::LandRecoveredLeft]),
        due: |v| v.land_recovered,
        done: |v| v.land_recovered_done,
    },
    Remedy {
        item: Item::MoneyReturned,
        parts: Some([Item::MoneyReturnedDone, Item::MoneyReturnedLeft]),
        due: |v| v.money_returned,
        done: |v| v.money_returned_done,
    },
    Remedy {
        item: Item::LandReturned,
        parts: Some([Item::LandReturnedDone, Item::LandReturnedLeft]),
        due: |v| v.land_returned,
        done: |v| v.land_returned_done,
    },
    Remedy {
        item: Item::PersonsRestored,
        parts: None,
        due: |v| v.persons_restored.map(i64::from),
        done: |_| None,
    },
    Remedy {
        item: Item::OfficialsDisciplined,
        parts: Some([Item::OfficialsDisciplinedDone, Item::OfficialsDisciplinedLeft]),
        due: |v| v.officials_disciplined.map(i64::from),
        done: |v| v.officials_disciplined_done.map(i64::from),
    },
];

/// What the ending in the version `end` ordered, and what of it was carried out as the version `then` tells: at
/// most what was ordered.
pub(super) fn amounts(end: &CaseVersion, then: &CaseVersion) -> Vec<(Item, i64)> {
    let mut out = Vec::new();
    for remedy in REMEDIES {
        let due = (remedy.due)(end).unwrap_or_default();
        let done = (remedy.done)(then).unwrap_or_default().clamp(0, due.max(0));
        out.push((remedy.item, due));
        out.extend(remedy.parts.into_iter().flat_map(|[yes, no]| [(yes, done), (no, due - done)]));
    }
    out
}
