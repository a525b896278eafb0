//! The disclosure policy: which cells are sensitive, which must be shown, which cannot exist.
//! `docs/DISCLOSURE.md` gives the reasons.

use std::collections::{HashMap, HashSet};

use disclosure::{Policy, Published, Visibility, Zeros};
use model::figure::Address;
use model::item::Population;
use model::period::Span;
use model::{Dim, Item, Kind, Period, Status, Unit};
use serde_json::{Value, json};

use super::cube::{Coordinates, Observed};
use super::facts::possible;
use super::measure::Part;

/// Counts below this are withheld: complaints, recommendations, petitions, receptions.
pub const THRESHOLD: u32 = 5;
/// Counts of denunciations below this are withheld.
pub const DENUNCIATIONS: u32 = 10;
/// Amounts of money and land need this many cases.
pub const AMOUNTS: u32 = 3;
/// The p% rule: without the two largest cases, at least this many per cent of the largest remain.
pub const P_PERCENT: i64 = 10;

/// What earlier releases and this one make of each address.
#[derive(Debug, Default)]
pub struct Publication {
    /// Figures of this release.
    pub now: HashSet<Address>,
    /// Figures of earlier releases.
    pub earlier: HashMap<Address, Status>,
}

impl Publication {
    /// The same for figures of which some are other than they were published: what binds them is not
    /// said here, but where their old values stand beside the new ones.
    pub fn unbound(mut self) -> Self {
        self.now.extend(self.earlier.drain().map(|(address, _)| address));
        self
    }

    /// Threshold, contributors and visibility of a cell.
    pub fn rule(&self, place: &Coordinates, observed: &Observed) -> (u32, Option<u32>, Visibility) {
        let address = &place.address;
        let (threshold, contributors) = sensitivity(address, observed);
        let visibility =
            if observed.value == 0 && (structural_zero(address) || known_to_be_none(place)) {
                Visibility::StructuralZero
            } else if place.published().is_none() {
                Visibility::Never
            } else if address.item.about_officials() {
                Visibility::Exact
            } else if let Some(status) = self.earlier.get(address) {
                Visibility::Fixed(match status {
                    Status::Shown => Published::Shown,
                    _ => Published::Withheld,
                })
            } else if !self.now.contains(address) {
                Visibility::Never
            } else if must_be_shown(address)
                && (observed.value == 0 || observed.value >= i64::from(threshold))
                && contributors.or(observed.contributors).is_none_or(|c| c == 0 || c >= threshold)
            {
                Visibility::Forced
            } else {
                Visibility::Public
            };
        (threshold, contributors, visibility)
    }
}

/// Threshold of a cell, and its contributors where they are not the distinct complainants.
pub fn sensitivity(address: &Address, observed: &Observed) -> (u32, Option<u32>) {
    match address.item.unit() {
        Unit::MillionVnd | Unit::SquareMetre => {
            let [first, second] = observed.largest;
            let rest = observed.value - first - second;
            let dominated = observed.value > 0 && rest * 100 < first * P_PERCENT;
            (AMOUNTS, dominated.then_some(1))
        }
        // They say that people are no fewer than visits, and no more: their own size tells nothing.
        _ if matches!(address.item, Item::Accompanying | Item::OtherPeople) => (0, None),
        // Reception counts carry no key of persons: each unit counted is a contributor.
        _ if address.item.population() == Population::Receptions => {
            (THRESHOLD, Some(u32::try_from(observed.value).unwrap_or(u32::MAX)))
        }
        // A transfer follows from a public decision on bodies and tells of nobody's conduct.
        _ if is_transfer(address) => (0, None),
        _ if address.kind == Kind::Denunciation.code() => (DENUNCIATIONS, None),
        _ => (THRESHOLD, None),
    }
}

/// Province totals of the year that no protection may hide. The opening of the year is published as
/// that of its first quarter already.
fn must_be_shown(address: &Address) -> bool {
    let period = address.period;
    let opens = period.start() == Period::of_year(period.year()).start();
    let of_year = match address.item {
        Item::Entered | Item::Settled | Item::Closing => period.span() == Span::Year,
        Item::Opening => opens,
        _ => false,
    };
    of_year && Dim::ALL.iter().all(|&d| d == Dim::Kind || address.member(d) == d.total())
}

/// True if the cell cannot hold anything: a member that did not exist, an impossible combination.
pub fn structural_zero(address: &Address) -> bool {
    let gone = |dim: Dim| {
        let member = dim.members().get(address.member(dim));
        member.is_some_and(|m| !m.exists_in(address.period))
    };
    let finds = |kind| address.item.applies_to(kind);
    Dim::ALL.into_iter().any(gone)
        || !possible(&address.kind, &address.field)
        || !Kind::from_code(&address.kind).is_none_or(finds)
        || (is_petition(address.item) && !has_fronts(&address.referrer))
}

/// True of what a reader counts on not being, so that such a zero hides nothing. Cases pass from body to body when
/// one is abolished, which everyone knows; and what stays is taken back only where a later extract tells otherwise of
/// the same day.
pub fn known_to_be_none(place: &Coordinates) -> bool {
    matches!(place.part, Part::Left(_)) || is_transfer(&place.address)
}

const fn is_transfer(address: &Address) -> bool {
    matches!(address.item, Item::TransferredIn | Item::TransferredOut)
}

/// The Front and its members alone petition a body's superior (Law on Complaints, article 66).
const fn is_petition(item: Item) -> bool {
    matches!(
        item,
        Item::Petitioned
            | Item::SuperiorAnswered
            | Item::SuperiorInTime
            | Item::SuperiorLate
            | Item::SuperiorUnanswered
    )
}

/// True if the Front or a member of it is among the referrers of the member `code`.
fn has_fronts(code: &str) -> bool {
    let members = Dim::Referrer.members();
    let above =
        |code| std::iter::successors(members.get(code), |m| members.get(m.parent.as_deref()?));
    above(FRONTS).any(|m| m.code == code) || above(code).any(|m| m.code == FRONTS)
}

/// The member of the Front and of its members.
const FRONTS: &str = "fronts";

/// How protection is run.
pub fn protection(key: [u8; 16]) -> Policy {
    Policy { zeros: Zeros::Complement, ..Policy::under(key) }
}

/// The rules as published with every release.
pub fn rules() -> Value {
    json!({
        "threshold": THRESHOLD,
        "threshold_denunciations": DENUNCIATIONS,
        "distinct_complainants": true,
        "amounts_min_cases": AMOUNTS,
        "amounts_p_percent": P_PERCENT,
        "zeros": "may be withheld as complements",
        "decoys": "a few cells near sensitive ones, drawn by a secret key",
        "denunciations": "province only; by field by year only",
        "possible_values": "as many whole numbers as the threshold stay possible for a sensitive figure",
        "method": "primary rule, local repair, exact linear audit, certificates in integers, over \
                   all tables and releases",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(kind: &str, period: &str, item: Item) -> Address {
        Address::total(period.parse().unwrap(), item).with(Dim::Kind, kind)
    }

    fn seen(value: i64, contributors: u32) -> Observed {
        Observed { value, contributors: Some(contributors), largest: [0, 0] }
    }

    #[test]
    fn denunciations_have_the_higher_threshold() {
        let p = Publication::default();
        assert_eq!(p.rule(&at("denunciation", "2026-Q3", Item::Entered).into(), &seen(7, 7)).0, 10);
        assert_eq!(p.rule(&at("complaint", "2026-Q3", Item::Entered).into(), &seen(7, 7)).0, 5);
    }

    #[test]
    fn an_amount_that_one_case_dominates_is_sensitive() {
        let address = at("all", "2026-Q3", Item::MoneyReturned);
        let observed = Observed { value: 1000, contributors: Some(9), largest: [950, 30] };
        assert_eq!(sensitivity(&address, &observed), (AMOUNTS, Some(1)));
        let even = Observed { value: 1000, contributors: Some(9), largest: [200, 150] };
        assert_eq!(sensitivity(&address, &even), (AMOUNTS, None));
    }

    #[test]
    fn people_beyond_one_a_visit_are_no_count_of_their_own() {
        let rule = |item| sensitivity(&at("all", "2025-Q1", item), &seen(3, 3));
        assert_eq!(rule(Item::Accompanying), (0, None));
        assert_eq!(rule(Item::People), (THRESHOLD, Some(3)));
    }

    #[test]
    fn a_province_total_of_the_year_must_be_shown_unless_it_is_small() {
        let address = at("complaint", "2025", Item::Settled);
        let p = Publication { now: HashSet::from([address.clone()]), ..Publication::default() };
        assert_eq!(p.rule(&address.clone().into(), &seen(400, 300)).2, Visibility::Forced);
        assert_eq!(p.rule(&address.clone().into(), &seen(4, 4)).2, Visibility::Public);
        assert_eq!(p.rule(&address.clone().into(), &seen(400, 3)).2, Visibility::Public);
        for (period, item, expected) in [
            ("2025-Q1", Item::Opening, Visibility::Forced),
            ("2025-Q2", Item::Opening, Visibility::Public),
            ("2025-Q1", Item::Closing, Visibility::Public),
        ] {
            let address = at("complaint", period, item);
            let p = Publication { now: HashSet::from([address.clone()]), ..Publication::default() };
            assert_eq!(p.rule(&address.clone().into(), &seen(400, 300)).2, expected, "{address}");
        }
    }

    #[test]
    fn a_reader_knows_that_no_complaint_is_merely_answered() {
        let p = Publication::default();
        let rule = |kind, item| p.rule(&at(kind, "2025", item).into(), &seen(0, 0)).2;
        assert_eq!(rule("complaint", Item::Answered), Visibility::StructuralZero);
        assert_eq!(rule("recommendation", Item::Overturned), Visibility::StructuralZero);
        assert_eq!(rule("civil", Item::Answered), Visibility::Never);
    }

    #[test]
    fn a_reader_knows_that_the_front_alone_petitions_and_that_the_law_sets_a_day_for_complaints() {
        let p = Publication::default();
        let rule = |address: &Address| p.rule(&address.clone().into(), &seen(0, 0)).2;
        let by = |referrer| at("all", "2025", Item::Petitioned).with(Dim::Referrer, referrer);
        for (referrer, expected) in [
            ("all", Visibility::Never),
            ("fronts", Visibility::Never),
            ("front_member", Visibility::Never),
            ("others", Visibility::StructuralZero),
            ("press", Visibility::StructuralZero),
        ] {
            assert_eq!(rule(&by(referrer)), expected, "{referrer}");
        }
        let no_due = |kind| at(kind, "2025", Item::OpenNoDue);
        assert_eq!(rule(&no_due("complaint")), Visibility::StructuralZero);
        assert_eq!(rule(&no_due("recommendation")), Visibility::Never);
    }

    #[test]
    fn a_change_is_protected_and_never_shown_and_nobody_counts_on_a_state_being_taken_back() {
        let address = at("all", "2025-9M", Item::Acknowledged);
        let p = Publication { now: HashSet::from([address.clone()]), ..Publication::default() };
        let rule = |part, value| {
            let place = Coordinates { address: address.clone(), part };
            let (threshold, _, visibility) = p.rule(&place, &seen(value, 1));
            (threshold, visibility)
        };
        assert_eq!(rule(Part::Whole, 60), (THRESHOLD, Visibility::Public));
        let then = "2025-Q1".parse().unwrap();
        assert_eq!(rule(Part::Joined(then), 3), (THRESHOLD, Visibility::Never));
        assert_eq!(rule(Part::Joined(then), 0), (THRESHOLD, Visibility::Never));
        assert_eq!(rule(Part::Left(then), 1), (THRESHOLD, Visibility::Never));
        assert_eq!(rule(Part::Left(then), 0), (THRESHOLD, Visibility::StructuralZero));
    }

    #[test]
    fn what_was_shown_stays_shown_and_what_is_unpublished_is_never_shown() {
        let address = at("civil", "2025-Q1", Item::Settled);
        let earlier = HashMap::from([(address.clone(), Status::Withheld)]);
        let p = Publication { earlier, ..Publication::default() };
        assert_eq!(
            p.rule(&address.clone().into(), &seen(50, 50)).2,
            Visibility::Fixed(Published::Withheld)
        );
        let other = at("civil", "2025-Q2", Item::Settled);
        assert_eq!(p.rule(&other.clone().into(), &seen(50, 50)).2, Visibility::Never);
    }
}
