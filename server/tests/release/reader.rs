//! A reader with a pencil: adds and subtracts published figures by the sums that the portal's own
//! notes state, as long as one figure of a sum is missing. Stated here once more and not taken from
//! the code, so that a sum that disclosure control forgot is found.

use std::collections::{HashMap, HashSet};

use model::figure::Address;
use model::item::TimeRule;
use model::period::Span;
use model::{Dim, Item as I, Period};
use server::release::bundle::{Bundle, Release};

use super::demonstration::threshold;

/// `whole = parts`, for the kinds named; none are named where it holds for all.
const SUMS: &[(&[&str], I, &[I])] = &[
    (&[], I::Entered, &[I::Received, I::LateEntry]),
    (&[], I::Workload, &[I::Opening, I::Entered]),
    (&[], I::Workload, &[I::Ended, I::Closing]),
    (&[], I::BodyWorkload, &[I::Opening, I::Entered, I::TransferredIn]),
    (&[], I::BodyWorkload, &[I::Ended, I::TransferredOut, I::Closing]),
    (&[], I::Ended, &[I::Settled, I::Withdrawn, I::Terminated, I::TransferredAway]),
    (&[], I::Ended, &[I::Settled, I::EndedOtherwise]),
    (&[], I::Ended, &[I::SettledOnTime, I::EndedNotOnTime]),
    (&[], I::Settled, &[I::SettledOnTime, I::SettledLate]),
    (&[], I::Settled, &[I::Days30, I::Days60, I::Days90, I::DaysMore]),
    // A complaint is found right or wrong, or its first decision stands or falls; nothing else.
    (
        &["complaint"],
        I::Settled,
        &[I::FoundRight, I::FoundPartly, I::FoundWrong, I::Upheld, I::Overturned],
    ),
    (&["complaint"], I::Settled, &[I::FoundRight, I::FoundPartly, I::FoundWrong, I::SettledSecond]),
    (&["denunciation"], I::Settled, &[I::FoundRight, I::FoundPartly, I::FoundWrong]),
    (&[], I::SettledOrOverdue, &[I::Settled, I::OpenOverdue]),
    (&[], I::SettledOrOverdue, &[I::SettledOnTime, I::LateOrOverdue]),
    (&[], I::LateOrOverdue, &[I::SettledLate, I::OpenOverdue]),
    (
        &[],
        I::Followed,
        &[
            I::Followed30,
            I::Followed60,
            I::Followed90,
            I::Followed180,
            I::FollowedOtherwise,
            I::FollowedOpen,
        ],
    ),
    (&[], I::Closing, &[I::OpenWithin, I::OpenOverdue]),
    (&[], I::OpenWithin, &[I::OpenBeforeDue, I::OpenNoDue]),
    (&[], I::SettledSecond, &[I::Upheld, I::Overturned]),
    (&[], I::SettledSecond, &[I::DialogueHeld, I::DialogueNone]),
    (&[], I::OpenOverdue, &[I::Overdue30, I::Overdue90, I::OverdueMore]),
    (&[], I::ImplementationDue, &[I::ImplementationDone, I::ImplementationPending]),
    (&[], I::PetitionsReceived, &[I::PetitionsPending, I::PetitionsProcessed]),
    (&[], I::PetitionsProcessed, &[I::PetitionsIneligible, I::PetitionsEligible]),
    (&[], I::PetitionsEligible, &[I::PetitionsWithin, I::PetitionsOutside]),
    (&[], I::PetitionsOutside, &[I::PetitionsGuided, I::PetitionsTransferred, I::PetitionsUrged]),
    (&[], I::Visits, &[I::VisitsRegular, I::VisitsPeriodic, I::VisitsAdHoc]),
    (&[], I::Matters, &[I::MattersFirst, I::MattersRepeat]),
    (&[], I::Referred, &[I::Acknowledged, I::Unacknowledged]),
    (&[], I::Referred, &[I::ReferralAccepted, I::ReferredNotAccepted]),
    (&[], I::Referred, &[I::ReferralSettled, I::ReferredNotSettled]),
    (&[], I::Acknowledged, &[I::ReferralSettled, I::AcknowledgedNotSettled]),
    (&[], I::Referred, &[I::AnswerRequired, I::AnswerNotDue]),
    (&[], I::AnswerRequired, &[I::AnsweredInTime, I::AnswerNotInTime]),
    (&[], I::AnswerNotInTime, &[I::AnsweredLate, I::AnswerOverdue]),
    (&[], I::ReferralAccepted, &[I::ReferralSettled, I::ReferralOpen]),
    (&[], I::ReferralSettled, &[I::Notified, I::NotNotified]),
    (&[], I::ReferralDeclined, &[I::ReferralRefused, I::ReferralPassedOn]),
    (&[], I::Petitioned, &[I::SuperiorAnswered, I::SuperiorUnanswered]),
    (&[], I::SuperiorAnswered, &[I::SuperiorInTime, I::SuperiorLate]),
    (&[], I::MoneyRecovered, &[I::MoneyRecoveredDone, I::MoneyRecoveredLeft]),
    (&[], I::LandRecovered, &[I::LandRecoveredDone, I::LandRecoveredLeft]),
    (&[], I::MoneyReturned, &[I::MoneyReturnedDone, I::MoneyReturnedLeft]),
    (&[], I::LandReturned, &[I::LandReturnedDone, I::LandReturnedLeft]),
    (&[], I::OfficialsDisciplined, &[I::OfficialsDisciplinedDone, I::OfficialsDisciplinedLeft]),
];

/// States that nothing leaves.
const STAYING: &[I] = &[
    I::Referred,
    I::Acknowledged,
    I::ReferralAccepted,
    I::ReferralDeclined,
    I::ReferralRefused,
    I::ReferralPassedOn,
    I::ReferralSettled,
    I::Notified,
    I::AnswerRequired,
    I::AnsweredInTime,
    I::AnswerNotInTime,
    I::AnsweredLate,
];

/// A figure, or nothing if the reader doesn't know it.
type Known = HashMap<Address, i64>;
/// A whole and its parts.
type Sum = (Address, Vec<Address>);

/// Fails for a small figure that follows from the figures of `bundles`; the number of figures that
/// follow without being small.
pub fn finds_no_small_figure(bundles: &[Bundle]) -> usize {
    let cells = |release: &Release| -> Vec<model::Cell> {
        release.tables.iter().flat_map(|table| table.cells.clone()).collect()
    };
    let all: Vec<model::Cell> = bundles.iter().flat_map(|b| cells(&b.release)).collect();
    let listed: HashSet<Address> = all.iter().map(|cell| cell.address.clone()).collect();
    let mut known: Known =
        all.iter().filter_map(|cell| Some((cell.address.clone(), cell.value?))).collect();
    let sums: Vec<Sum> = listed.iter().flat_map(|address| sums_of(address, &listed)).collect();
    assert!(sums.len() > 10_000, "{}", sums.len());

    let mut found = 0;
    loop {
        let before = known.len();
        for (whole, parts) in &sums {
            let Some((address, value)) = missing(whole, parts, &known) else { continue };
            let limit = threshold(&model::Cell::shown(address.clone(), value));
            assert!(
                !(1..limit).contains(&value),
                "{address} is {value}, as {whole} is the sum of its parts"
            );
            known.insert(address, value);
            found += 1;
        }
        if known.len() == before {
            break;
        }
    }
    for (address, value) in &known {
        for before in within(address) {
            let Some(counted) = known.get(&before) else { continue };
            let limit = threshold(&model::Cell::shown(address.clone(), *value));
            let rest = value - counted;
            assert!(!(1..limit).contains(&rest), "{address} has {rest} beside {before}");
        }
    }
    found
}

/// What is part of a state of a longer period: the same of its last quarter, and of shorter years to date, if nothing
/// leaves the state.
fn within(address: &Address) -> Vec<Address> {
    let Address { item, period, .. } = *address;
    let shorter: &[&str] = match period.span() {
        Span::Quarter(_) => return Vec::new(),
        Span::SixMonths => &["Q1"],
        Span::NineMonths => &["Q1", "6M"],
        Span::Year => &["Q1", "6M", "9M"],
    };
    let shorter = shorter.iter().filter(|_| STAYING.contains(&item));
    let shorter = shorter.filter_map(|span| format!("{}-{span}", period.year()).parse().ok());
    let last = period.quarters().last().filter(|_| item.time_rule() == TimeRule::Cohort);
    let at = |period| Address { period, ..address.clone() };
    last.into_iter().chain(shorter).map(at).collect()
}

/// The one figure of a sum that isn't known, and its value.
fn missing(whole: &Address, parts: &[Address], known: &Known) -> Option<(Address, i64)> {
    let mut unknown = std::iter::once(whole).chain(parts).filter(|a| !known.contains_key(a));
    let (Some(only), None) = (unknown.next(), unknown.next()) else { return None };
    let sum: i64 = parts.iter().filter_map(|part| known.get(part)).sum();
    let value = match known.get(whole) {
        Some(total) => total - sum,
        None => sum,
    };
    Some((only.clone(), value))
}

/// The sums that start from a published figure.
fn sums_of(address: &Address, listed: &HashSet<Address>) -> Vec<Sum> {
    let mut sums = Vec::new();
    // A transfer that can't be is not listed: there is none.
    let can_be =
        |a: &Address| !matches!(a.item, I::TransferredIn | I::TransferredOut) || listed.contains(a);
    let mut add = |whole: Address, parts: Vec<Address>| {
        sums.push((whole, parts.into_iter().filter(can_be).collect::<Vec<_>>()));
    };
    let item = |item: I| Address { item, ..address.clone() };
    for (kinds, whole, parts) in SUMS {
        let holds = kinds.is_empty() || kinds.contains(&address.kind.as_str());
        if holds && (*whole == address.item || parts.contains(&address.item)) {
            add(item(*whole), parts.iter().map(|part| item(*part)).collect());
        }
    }
    let kind = |code: &str| address.clone().with(Dim::Kind, code);
    if address.kind == "civil" {
        add(address.clone(), vec![kind("complaint"), kind("recommendation")]);
    }
    if address.kind == "all" {
        add(address.clone(), vec![kind("civil"), kind("denunciation")]);
        add(address.clone(), vec![kind("complaint"), kind("recommendation"), kind("denunciation")]);
    }
    for dim in [Dim::Area, Dim::Body, Dim::Field, Dim::Referrer] {
        let divided = dim.members().partitions().iter();
        for partition in divided.filter(|p| p.parent == address.member(dim)) {
            // Members that can't be are not listed; others must all be there.
            let can_be = |code: &&String| {
                let member = dim.members().get(code);
                let corruption = *code == "corruption" && address.kind != "denunciation";
                member.is_some_and(|m| m.exists_in(address.period)) && !corruption
            };
            let children = partition.children.iter().filter(can_be);
            let parts: Vec<Address> =
                children.map(|code| address.clone().with(dim, code)).collect();
            if !parts.is_empty() && parts.iter().all(|part| listed.contains(part)) {
                add(address.clone(), parts);
            }
        }
    }
    let at = |period: Period| Address { period, ..address.clone() };
    let quarters: Vec<Period> = address.period.quarters().collect();
    if let (Some(first), Some(last), false) =
        (quarters.first(), quarters.last(), address.period.span() == Span::Quarter(1))
    {
        match address.item.time_rule() {
            _ if address.period.is_quarter() => {}
            TimeRule::Flow => {
                add(address.clone(), quarters.iter().map(|q| at(*q)).collect());
                // What a longer period adds to the shorter one is its last quarter, published or not.
                let before = Period::from_quarter_index(last.last_quarter_index() - 1);
                let shorter = before.cumulative().map(at).filter(|a| listed.contains(a));
                if let Some(shorter) = shorter {
                    add(address.clone(), vec![shorter, at(*last)]);
                }
            }
            TimeRule::Opening => add(address.clone(), vec![at(*first)]),
            TimeRule::Closing => add(address.clone(), vec![at(*last)]),
            TimeRule::Cohort | TimeRule::Sum => {}
        }
    }
    if address.item == I::Opening && address.period.is_quarter() {
        let before = Period::from_quarter_index(address.period.last_quarter_index() - 1);
        let closing = Address { item: I::Closing, period: before, ..address.clone() };
        if listed.contains(&closing) {
            add(address.clone(), vec![closing]);
        }
    }
    if address.item == I::Followed {
        let before = |q: &Period| Period::from_quarter_index(q.last_quarter_index() - 2);
        let entered = |q| Address { item: I::Entered, period: before(q), ..address.clone() };
        let entered: Vec<Address> = quarters.iter().map(entered).collect();
        if entered.iter().all(|a| listed.contains(a)) {
            add(address.clone(), entered);
        }
    }
    // What was there at the year's start was there at the end of the year before, though no opening is
    // published.
    if address.item == I::Workload && !address.period.is_quarter() {
        let year = Period::of_year(address.period.year() - 1);
        let closing = Address { item: I::Closing, period: year, ..address.clone() };
        if listed.contains(&closing) {
            add(address.clone(), vec![closing, item(I::Entered)]);
        }
    }
    sums
}
