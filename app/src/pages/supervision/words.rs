//! Thresholds, findings and gaps in words.

use leptos::prelude::*;
use model::Locale;
use model::compare::{FEWEST, FEWEST_PEERS, Room};
use model::format::{change, integer, percent, share};

use super::has_peers;
use crate::components::ledger::Cell;
use crate::data::supervision::{Finding, Gap, Test};
use crate::text::text;

/// How many percent of what is like the others stay within limits that leave `room`.
pub(super) fn sure(room: Room, locale: Locale) -> String {
    share(1.0 - 2.0 * room.beyond(), locale)
}

/// Of how many that are like the others one is above the upper of these limits.
#[expect(clippy::cast_possible_truncation, reason = "one in forty or in a thousand")]
pub(super) fn one_in(room: Room) -> i64 {
    (1.0 / room.beyond()).round() as i64
}

/// When `test` flags a member, with its thresholds.
pub(super) fn threshold(test: &Test, locale: Locale) -> String {
    let n = |n: i64| integer(n, locale);
    match test {
        Test::Peers { sure: s, .. } => text!(
            locale,
            supervision.test_peers,
            sure = sure(*s, locale),
            fewest = n(FEWEST),
            peers = FEWEST_PEERS
        ),
        Test::Exact { sure: s, least, .. } => text!(
            locale,
            supervision.test_exact,
            sure = sure(*s, locale),
            least = n(*least),
            fewest = n(FEWEST),
            peers = FEWEST_PEERS
        ),
        Test::Growth { quarters, percent, more, .. } => text!(
            locale,
            supervision.test_growth,
            quarters = quarters,
            percent = n(*percent),
            more = n(*more)
        ),
        Test::Share { sure: s, .. } => {
            text!(locale, supervision.test_share, sure = sure(*s, locale), fewest = n(FEWEST))
        }
        Test::Count { percent, more, .. } => {
            text!(locale, supervision.test_count, percent = n(*percent), more = n(*more))
        }
    }
}

/// The headings over what [`finding`] says.
pub(super) fn headings(test: &Test, locale: Locale) -> Vec<String> {
    match test {
        _ if has_peers(test) => vec![
            match test {
                Test::Peers { rest: true, .. } => text!(locale, supervision.share_rest),
                _ => text!(locale, supervision.share),
            },
            text!(locale, supervision.peers),
            text!(locale, supervision.limit),
        ],
        Test::Share { .. } => {
            vec![text!(locale, supervision.share_before), text!(locale, supervision.share_now)]
        }
        _ => vec![text!(locale, supervision.growth)],
    }
}

/// What was found, a cell a heading; the peers are those of `parent`.
pub(super) fn finding(finding: &Finding, parent: Option<&str>, locale: Locale) -> Vec<Cell> {
    let rate = |(n, of): (i64, i64)| percent(n, of, locale).unwrap_or_default();
    let peers = |peers: (i64, i64)| -> Cell {
        let parent = parent.unwrap_or_default().to_owned();
        view! { {rate(peers)} " " <small>{parent}</small> }.into_any().into()
    };
    match *finding {
        Finding::AbovePeers { own, peers: common, limit } => {
            vec![rate(own).into(), peers(common), share(limit, locale).into()]
        }
        Finding::AboveExact { own, peers: common, most } => {
            let (most, of) = (integer(most, locale), integer(own.1, locale));
            let limit = text!(locale, supervision.most, most = most, of = of);
            vec![rate(own).into(), peers(common), limit.into()]
        }
        Finding::Silent { .. } => vec![
            text!(locale, supervision.silent).into(),
            text!(locale, supervision.not_needed).into(),
            text!(locale, supervision.not_needed).into(),
        ],
        Finding::More { from, to } => {
            let more = format!("+{}", integer(to - from, locale));
            let relative = change(to, from, locale);
            let relative = relative.map(|words| view! { " " <small>{words}</small> });
            vec![view! { {more} {relative} }.into_any().into()]
        }
        Finding::HigherShare { from, to } => vec![rate(from).into(), rate(to).into()],
    }
}

/// Why there is no verdict.
pub(super) fn gap(gap: Gap, locale: Locale) -> String {
    match gap {
        Gap::Withheld => text!(locale, supervision.gap_withheld),
        Gap::Absent => text!(locale, supervision.gap_absent),
        Gap::Gone => text!(locale, supervision.gap_gone),
        Gap::Few => text!(locale, supervision.gap_few),
        Gap::Peers => text!(locale, supervision.gap_peers, n = FEWEST_PEERS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_told_by_who_stays_within_and_who_is_above() {
        let told = |room| (sure(room, Locale::Vi), one_in(room));
        assert_eq!(told(Room::Usual), ("95,0%".to_owned(), 40));
        assert_eq!(told(Room::Wide), ("99,8%".to_owned(), 1000));
    }
}
