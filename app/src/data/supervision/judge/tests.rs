use model::Dim;

use super::super::rules::rules;
use super::*;
use crate::data::Moment;

/// The look `n` of the rule `id`.
fn look(id: &str, n: usize) -> &'static Look {
    &rules().iter().find(|rule| rule.id == id).unwrap().looks[n]
}

/// The figures of a member of the look's level; each row is a period, each column an item of its test.
fn member(look: &Look, periods: &[Period], n: usize, values: &[&[Value]]) -> Series {
    let member = codes(look)[n].to_owned();
    let moments = periods.iter().zip(values).map(|(&period, values)| {
        let mut figures = Figures::default();
        look.test.items().into_iter().zip(*values).for_each(|(item, v)| figures.put(item, *v));
        Moment { period, figures }
    });
    Series { member, moments: moments.collect() }
}

/// The members of its level: those of one parent, the one with the first member.
fn codes(look: &Look) -> Vec<&'static str> {
    let members = look.dim.members();
    let level = || members.all().iter().filter(|m| m.levels.contains(&look.level.as_str()));
    let now = level().filter(|m| m.exists_in("2026".parse().unwrap()));
    let first = now.clone().next().unwrap();
    now.filter(|m| m.parent == first.parent).map(|m| m.code.as_str()).collect()
}

/// The verdict on the first of members that have these figures of one period.
fn verdict_of(look: &Look, period: &str, rows: &[&[Value]]) -> Verdict {
    let periods = [period.parse().unwrap()];
    let rows = rows.iter().enumerate();
    let series: Vec<Series> = rows.map(|(n, row)| member(look, &periods, n, &[row])).collect();
    of_first(look, &periods, &series)
}

/// The verdict on the first member, from its figures over several periods.
fn verdict_over(look: &Look, periods: &[&str], rows: &[&[Value]]) -> Verdict {
    let periods: Vec<Period> = periods.iter().map(|p| p.parse().unwrap()).collect();
    of_first(look, &periods, &[member(look, &periods, 0, rows)])
}

fn of_first(look: &Look, periods: &[Period], series: &[Series]) -> Verdict {
    let judgements = judge(look, periods, series);
    judgements.into_iter().find(|j| j.member == codes(look)[0]).unwrap().verdict
}

const fn is_flagged(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Flagged(_))
}

use Value::{Shown, Withheld};

/// Verdict on the first of three regions, by open overdue cases of those open.
fn of_regions(own: [Value; 2], second: [Value; 2], third: [Value; 2]) -> Verdict {
    let rows = [own, second, third];
    verdict_of(look("overdue", 2), "2026-Q3", &rows.each_ref().map(|r| r.as_slice()))
}

#[test]
fn a_share_far_above_that_of_the_peers_is_flagged_and_one_like_theirs_is_not() {
    let of = |own| of_regions(own, [Shown(20), Shown(100)], [Shown(22), Shown(100)]);
    let flagged = of([Shown(60), Shown(100)]);
    let Verdict::Flagged(Finding::AbovePeers { own, peers, limit }) = flagged else {
        panic!("{flagged:?}");
    };
    assert_eq!((own, peers), ((60, 100), (102, 300)));
    // By the binomial distribution, 50 or more of 100 at 0.34 have a probability below 0.001.
    assert_eq!(format!("{limit:.4}"), "0.4900");
    assert_eq!(of([Shown(25), Shown(100)]), Verdict::Within);
    assert_eq!(of([Shown(1), Shown(100)]), Verdict::Within);
    assert_eq!(of([Withheld, Shown(100)]), Verdict::NotAssessable(Gap::Withheld));
    assert_eq!(of([Shown(60), Withheld]), Verdict::NotAssessable(Gap::Withheld));
    assert_eq!(of([Shown(19), Shown(19)]), Verdict::NotAssessable(Gap::Few));
    assert_eq!(of([Value::NotCollected, Shown(100)]), Verdict::NotAssessable(Gap::Absent));
}

#[test]
fn without_enough_peers_that_can_be_compared_there_is_no_verdict() {
    let of = |third| of_regions([Shown(60), Shown(100)], [Shown(20), Shown(100)], third);
    assert_eq!(of([Withheld, Shown(100)]), Verdict::NotAssessable(Gap::Peers));
    assert_eq!(of([Shown(2), Shown(19)]), Verdict::NotAssessable(Gap::Peers));
    assert!(is_flagged(&of([Shown(20), Shown(100)])));
}

#[test]
fn who_has_no_figures_is_among_those_that_can_not_be_assessed() {
    let overdue = look("overdue", 0);
    let judgements = judge(overdue, &["2025".parse().unwrap()], &[]);
    assert_eq!(judgements.len(), Dim::Area.members().at_level("district").count());
    assert!(judgements.iter().all(|j| j.verdict == Verdict::NotAssessable(Gap::Absent)));
    assert!(judgements.iter().all(|j| j.figures.len() == 2));
    // Those that did not exist are not: there were no district committees in the newest quarter.
    let units = judge(look("reception", 0), &["2026-Q3".parse().unwrap()], &[]);
    assert!(units.iter().all(|j| j.member != "UBND-384") && !units.is_empty());
}

#[test]
fn leaving_cases_open_instead_of_settling_them_late_keeps_the_flag() {
    let overdue = look("overdue", 0);
    assert_eq!(overdue.test.items(), [Item::SettledOnTime, Item::Workload]);
    let of = |on_time: i64, late: i64, open: i64| {
        let row = [Shown(on_time), Shown(on_time + late + open)];
        let peers = [row, [Shown(80), Shown(100)], [Shown(78), Shown(100)]];
        verdict_of(overdue, "2025", &peers.each_ref().map(|r| r.as_slice()))
    };
    assert!(is_flagged(&of(40, 60, 0)));
    for open in 0..=60 {
        assert_eq!(of(40, 60 - open, open), of(40, 60, 0));
    }
}

#[test]
fn what_a_part_leaves_is_compared_in_its_place() {
    let referrals = look("referrals", 1);
    let of = |own: [Value; 2]| {
        let rows = [own, [Shown(90), Shown(100)], [Shown(92), Shown(100)]];
        verdict_of(referrals, "2026-9M", &rows.each_ref().map(|r| r.as_slice()))
    };
    let flagged = of([Shown(50), Shown(100)]);
    let Verdict::Flagged(Finding::AbovePeers { own, .. }) = flagged else { panic!("{flagged:?}") };
    assert_eq!(own, (50, 100));
    assert_eq!(of([Shown(95), Shown(100)]), Verdict::Within);
    assert_eq!(of([Withheld, Shown(100)]), Verdict::NotAssessable(Gap::Withheld));
}

#[test]
fn two_levels_of_government_are_no_measure_for_each_other() {
    let classes = look("referrals", 0);
    let rows = [[Shown(60), Shown(100)], [Shown(5), Shown(100)]];
    let verdict = verdict_of(classes, "2026-9M", &rows.each_ref().map(|r| r.as_slice()));
    assert_eq!(verdict, Verdict::NotAssessable(Gap::Peers));
}

/// `missed`, `unreported`, `reported`, `required`.
fn days(missed: i64, unreported: i64, required: i64) -> [Value; 4] {
    [missed, unreported, required - unreported, required].map(Shown)
}

#[test]
fn a_body_that_reports_nothing_is_flagged_whatever_its_peers_do() {
    for n in [0, 1] {
        let reception = look("reception", n);
        let silent = Verdict::Flagged(Finding::Silent { required: 3 });
        assert_eq!(verdict_of(reception, "2026-Q3", &[&days(0, 3, 3)]), silent);
        let rows = [days(0, 3, 3); 5];
        let rows = rows.each_ref().map(|r| r.as_slice());
        assert_eq!(verdict_of(reception, "2026-Q3", &rows), silent);
    }
}

/// Of six that owe 13 days each, one misses six: a neighbour that reports nothing does not make that usual.
#[test]
fn who_reports_nothing_hides_no_peer() {
    let reception = look("reception", 0);
    let missing = days(6, 0, 13);
    let kept = days(0, 0, 13);
    let of = |neighbour| {
        let rows = [missing, neighbour, kept, kept, kept, kept];
        verdict_of(reception, "2026-Q3", &rows.each_ref().map(|r| r.as_slice()))
    };
    assert!(is_flagged(&of(kept)));
    assert!(is_flagged(&of(days(0, 13, 13))));
}

#[test]
fn reception_days_missed_or_kept_quiet_about_count_the_same() {
    let reception = look("reception", 0);
    let of = |own: [Value; 4]| {
        let rows = [own, days(1, 0, 30), days(0, 1, 30), days(1, 1, 30)];
        verdict_of(reception, "2026-Q3", &rows.each_ref().map(|r| r.as_slice()))
    };
    for unreported in 0..6 {
        let verdict = of(days(6 - unreported, unreported, 8));
        let Verdict::Flagged(Finding::AboveExact { own, peers, most }) = verdict else {
            panic!("{verdict:?}");
        };
        assert_eq!((own, peers), ((6, 8), (10, 98)));
        assert_eq!(most, 4);
    }
    assert_eq!(of(days(2, 0, 8)), Verdict::Within);
    // One day flags nobody, however rare.
    let rows = [days(1, 0, 3), days(0, 0, 300), days(0, 0, 300)];
    let rows = rows.each_ref().map(|r| r.as_slice());
    assert_eq!(verdict_of(reception, "2026-Q3", &rows), Verdict::Within);
    // Nothing is required, or of nobody else.
    assert_eq!(of(days(0, 0, 0)), Verdict::NotAssessable(Gap::Few));
    let alone = verdict_of(reception, "2026-Q3", &[&days(6, 0, 8)]);
    assert_eq!(alone, Verdict::NotAssessable(Gap::Peers));
}

#[test]
fn a_backlog_is_flagged_if_it_grew_each_quarter_and_enough_together() {
    let quarters = ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"];
    let of = |closing: [Value; 4]| {
        let rows = closing.map(|c| [c]);
        verdict_over(look("backlog", 0), &quarters, &rows.each_ref().map(|r| r.as_slice()))
    };
    let grew = Verdict::Flagged(Finding::More { from: 40, to: 50 });
    assert_eq!(of([40, 43, 46, 50].map(Shown)), grew);
    for within in [[40, 45, 44, 50], [40, 46, 46, 50], [40, 42, 44, 49], [100, 105, 110, 120]] {
        assert_eq!(of(within.map(Shown)), Verdict::Within, "{within:?}");
    }
    assert_eq!(of([0, 1, 5, 10].map(Shown)), Verdict::Flagged(Finding::More { from: 0, to: 10 }));
    let hidden = of([Shown(40), Withheld, Shown(46), Shown(50)]);
    assert_eq!(hidden, Verdict::NotAssessable(Gap::Withheld));
    let new = of([Value::Absent, Shown(43), Shown(46), Shown(50)]);
    assert_eq!(new, Verdict::NotAssessable(Gap::Absent));
}

#[test]
fn a_share_is_flagged_if_it_rose_by_more_than_chance_makes_it() {
    let of = |before: [Value; 2], now: [Value; 2]| {
        verdict_over(look("special", 0), &["2025-9M", "2026-9M"], &[&before, &now])
    };
    let (low, high) = ([Shown(20), Shown(1000)], [Shown(60), Shown(1000)]);
    let rose = Finding::HigherShare { from: (20, 1000), to: (60, 1000) };
    assert_eq!(of(low, high), Verdict::Flagged(rose));
    assert_eq!(of(high, low), Verdict::Within);
    assert_eq!(of(low, [Shown(30), Shown(1000)]), Verdict::Within);
    assert_eq!(of([Withheld, Shown(1000)], high), Verdict::NotAssessable(Gap::Withheld));
    assert_eq!(of([Shown(0), Shown(19)], high), Verdict::NotAssessable(Gap::Few));
    assert_eq!(of([Value::Absent; 2], high), Verdict::NotAssessable(Gap::Absent));
}

#[test]
fn a_count_is_flagged_if_it_rose_by_a_quarter_and_by_twenty() {
    let of = |before: Value, now: Value| {
        let rule = rules().iter().find(|rule| rule.id == "special").unwrap();
        let look = rule.looks.iter().find(|look| look.table == "cases-area-field").unwrap();
        verdict_over(look, &["2025-9M", "2026-9M"], &[&[before], &[now]])
    };
    let more = Verdict::Flagged(Finding::More { from: 80, to: 100 });
    assert_eq!(of(Shown(80), Shown(100)), more);
    assert_eq!(of(Shown(80), Shown(99)), Verdict::Within);
    assert_eq!(of(Shown(100), Shown(124)), Verdict::Within);
    assert_eq!(of(Shown(20), Shown(39)), Verdict::Within);
    assert_eq!(of(Withheld, Shown(100)), Verdict::NotAssessable(Gap::Withheld));
}

#[test]
fn a_body_that_was_abolished_within_the_period_is_not_judged_by_it() {
    let look = look("overdue", 1);
    let year: Period = "2025".parse().unwrap();
    let members = look.dim.members();
    let agencies =
        members.at_level(&look.level).filter(|m| m.parent.as_deref() == Some("B-province"));
    let series: Vec<Series> = agencies
        .map(|m| {
            let mut figures = Figures::default();
            let on_time = if m.code == "STNMT" { 0 } else { 30 };
            for (item, value) in look.test.items().into_iter().zip([on_time, 40]) {
                figures.put(item, Shown(value));
            }
            Series { member: m.code.clone(), moments: vec![Moment { period: year, figures }] }
        })
        .collect();
    let judged = judge(look, &[year], &series);
    let of = |code: &str| &judged.iter().find(|j| j.member == code).unwrap().verdict;
    assert_eq!(*of("STNMT"), Verdict::NotAssessable(Gap::Gone));
    assert_eq!(*of("TTT"), Verdict::Within);
}
