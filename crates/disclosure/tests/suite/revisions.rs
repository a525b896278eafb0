//! Attacks with several releases of the same figures, of which each corrects the one before it.

use disclosure::{
    Before, ModelError, Policy, Population, Problem, Published, RelationSpec, Revised, Status,
    Visibility, Width, Zeros,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::support::{at, cube, dimension, line, mask, pass, safe, set};

/// What the release `old` with `shown` did with each cell.
fn before(old: &Population, shown: impl Fn(usize) -> bool) -> Vec<Option<Before>> {
    let published = |at| if shown(at) { Published::Shown } else { Published::Withheld };
    let cells = old.cells.iter().enumerate();
    let before = cells.map(|(at, cell)| {
        Some(Before {
            value: cell.value,
            contributors: cell.contributors,
            fingerprint: cell.fingerprint,
            published: Some(published(at)),
            known_zero: false,
        })
    });
    before.collect()
}

/// A release after one other.
fn revise(new: Population, before: &[Option<Before>]) -> Result<Population, ModelError> {
    Ok(disclosure::revise(new, &[before.to_vec()], |_| None)?.population)
}

/// A release after `history`, protected, and what it did with each cell.
fn next(
    new: &Population,
    history: &[Vec<Option<Before>>],
    policy: &Policy,
) -> (Population, Vec<Option<Before>>) {
    let Revised { population, .. } = disclosure::revise(new.clone(), history, |_| None).unwrap();
    let protected = mask(&population, policy);
    assert!(pass(&population, policy, &protected).is_ok());
    assert!(safe(&population, policy, |cell| protected.statuses[cell] == Status::Shown));
    let done = before(new, |cell| protected.statuses[cell] == Status::Shown);
    (population, done)
}

/// The second release after the first, which is protected for itself.
fn second(old: &Population, new: Population, policy: &Policy) -> Population {
    let first = mask(old, policy);
    revise(new, &before(old, |cell| first.statuses[cell] == Status::Shown)).unwrap()
}

fn shown(population: &Population, policy: &Policy) -> impl Fn(usize) -> bool {
    let protected = mask(population, policy);
    assert!(pass(population, policy, &protected).is_ok());
    let shown = move |cell: usize| protected.statuses[cell] == Status::Shown;
    assert!(safe(population, policy, &shown));
    shown
}

const OLD: [(&str, i64); 4] = [("a", 17), ("b", 24), ("c", 31), ("d", 40)];

fn with(changes: [i64; 4]) -> Population {
    let new: Vec<(&str, i64)> = OLD.iter().zip(changes).map(|((c, n), d)| (*c, n + d)).collect();
    line(&new, 5)
}

#[test]
fn one_late_record_is_not_told_by_two_releases() {
    let policy = Policy::default();
    let both = second(&line(&OLD, 5), with([1, 0, 0, 0]), &policy);
    let shown = shown(&both, &policy);
    // 17 was shown: 18 would tell of one person, and so would the total.
    assert!(shown(at(&both, &["a", "old"])));
    assert!(!shown(at(&both, &["a", "new"])) && !shown(at(&both, &["Total", "new"])));
    // To show either of them is what the audit notices.
    for careless in [["a", "new"], ["Total", "new"]] {
        let careless = at(&both, &careless);
        assert!(!safe(&both, &policy, |cell| cell == careless || shown(cell)));
    }
}

#[test]
fn a_record_that_went_elsewhere_is_not_told_either() {
    let policy = Policy::default();
    let both = second(&line(&OLD, 5), with([-1, 1, 0, 0]), &policy);
    let shown = shown(&both, &policy);
    for code in ["a", "b"] {
        assert!(!shown(at(&both, &[code, "new"])), "{code}");
    }
    assert!(shown(at(&both, &["Total", "new"])), "the total has not changed");
    assert!(shown(at(&both, &["c", "new"])) && shown(at(&both, &["d", "new"])));
}

#[test]
fn a_large_correction_is_shown_and_an_unchanged_figure_stays_as_it_was() {
    let policy = Policy::default();
    let both = second(&line(&OLD, 5), with([6, 0, -9, 0]), &policy);
    let shown = shown(&both, &policy);
    let hidden: Vec<usize> = (0..5).filter(|cell| !shown(*cell)).collect();
    // The total has fallen by 3; nothing else has to wait but one figure beside it.
    assert!(hidden.contains(&at(&both, &["Total", "new"])), "{hidden:?}");
    assert!(hidden.len() <= 2, "{hidden:?}");
    for code in ["b", "d"] {
        assert!(shown(at(&both, &[code, "new"])), "{code}");
    }
}

#[test]
fn what_was_withheld_stays_withheld_and_what_has_to_be_shown_is_corrected() {
    let policy = Policy::default();
    let (mut old, mut new) =
        (line(&[("a", 2), ("b", 24), ("c", 31)], 5), line(&[("a", 9), ("b", 24), ("c", 31)], 5));
    set(&mut old, &["Total"], Visibility::Forced);
    set(&mut new, &["Total"], Visibility::Forced);
    let both = second(&old, new, &policy);
    let shown = shown(&both, &policy);
    assert!(!shown(at(&both, &["a", "new"])), "9 would not be small");
    assert!(shown(at(&both, &["Total", "new"])));
}

#[test]
fn a_revision_needs_to_know_every_figure_before() {
    let new = with([1, 0, 0, 0]);
    let fewer = vec![None; new.cells.len() - 1];
    let count = new.cells.len();
    let error = revise(new, &fewer).unwrap_err();
    assert_eq!(error, ModelError::Revision { cells: count, before: count - 1 });

    // A total without one of its parts.
    let old = line(&OLD, 5);
    let mut partly = before(&old, |_| true);
    partly[at(&old, &["c"])] = None;
    let error = Problem::build(&revise(with([1, 0, 0, 0]), &partly).unwrap()).unwrap_err();
    assert!(error.to_string().contains("item=c version=old"), "{error}");
}

#[test]
fn a_sum_of_which_one_part_was_not_there_before_is_refused() {
    let sum = || RelationSpec { parent: vec![0], children: vec![vec![1], vec![2]] };
    let with_sum = |a: i64, b: i64| {
        let mut both = line(&[("a", a), ("b", b)], 5);
        both.relations.push(sum());
        both
    };
    let old = with_sum(20, 30);
    let mut partly = before(&old, |_| true);
    partly[2] = None;
    let error = revise(with_sum(26, 30), &partly).unwrap_err();
    assert!(error.to_string().contains("item=b version=old"), "{error}");
}

#[test]
fn a_great_change_by_few_others_waits_too() {
    // Six records more, of one person more.
    let mut old = line(&OLD, 5);
    old.cells.iter_mut().for_each(|cell| cell.contributors = 12);
    let mut new = with([6, 0, 0, 0]);
    new.cells.iter_mut().for_each(|cell| cell.contributors = 12);
    let a = at(&new, &["a"]);
    new.cells[a].contributors = 13;
    new.cells[0].contributors = 13;
    let policy = Policy::default();
    let both = second(&old, new, &policy);
    let shown = shown(&both, &policy);
    assert!(!shown(at(&both, &["a", "new"])) && !shown(at(&both, &["Total", "new"])));
}

#[test]
fn a_third_release_tells_no_small_change_since_the_first() {
    // 17, 24, 18: the second change is large, but the third figure is one more than the first.
    let policy = Policy::default();
    let (_, first) = next(&line(&OLD, 5), &[], &policy);
    let (_, second) = next(&with([7, 0, 0, 0]), std::slice::from_ref(&first), &policy);
    let a = 1;
    assert_eq!(second[a].unwrap().published, Some(Published::Shown));
    let history = [first, second];
    let (all, third) = next(&with([1, 0, 0, 0]), &history, &policy);
    assert_eq!(third[a].unwrap().published, Some(Published::Withheld));
    let shown = shown(&all, &policy);
    assert!(shown(at(&all, &["a", "old"])) && shown(at(&all, &["a", "old 2"])));
    let careless = at(&all, &["a", "new"]);
    assert!(!safe(&all, &policy, |cell| cell == careless || shown(cell)));
    // Of the second and the third release alone, 24 and 18, nothing small would follow.
    let two = revise(with([1, 0, 0, 0]), &history[1]).unwrap();
    let two_shown = mask(&two, &policy);
    assert_eq!(two_shown.statuses[a], Status::Shown);
}

#[test]
fn a_figure_that_waited_is_shown_when_it_has_changed_by_enough() {
    let policy = Policy::default();
    let (_, first) = next(&line(&OLD, 5), &[], &policy);
    let mut history = vec![first];
    for (change, expected) in
        [(1, Published::Withheld), (1, Published::Withheld), (12, Published::Shown)]
    {
        let (_, done) = next(&with([change, 0, 0, 0]), &history, &policy);
        assert_eq!(done[1].unwrap().published, Some(expected), "{change}");
        history.push(done);
    }
}

#[test]
fn a_correction_that_is_taken_back_shows_the_first_figure_again() {
    let policy = Policy::default();
    let (_, first) = next(&line(&OLD, 5), &[], &policy);
    let (_, second) = next(&with([1, 0, 0, 0]), std::slice::from_ref(&first), &policy);
    let (all, third) = next(&line(&OLD, 5), &[first, second], &policy);
    assert_eq!(third[1].unwrap().published, Some(Published::Shown));
    // And still tells nothing of the figure between.
    assert!(!shown(&all, &policy)(at(&all, &["a", "old"])));
}

#[test]
fn a_figure_that_was_shown_stays_shown_whoever_turns_out_to_be_behind_it() {
    let mut old = line(&OLD, 5);
    old.cells.iter_mut().for_each(|cell| cell.contributors = 12);
    let mut new = old.clone();
    let a = at(&new, &["a"]);
    new.cells[a].contributors = 1;
    let policy = Policy::default();
    let both = second(&old, new, &policy);
    let protected = mask(&both, &policy);
    assert!(pass(&both, &policy, &protected).is_ok());
    assert_eq!(protected.statuses[at(&both, &["a", "new"])], Status::Shown);
}

#[test]
fn what_everyone_knew_to_be_nothing_hides_nothing() {
    let old = line(&[("a", 0), ("b", 24), ("c", 31)], 5);
    let mut before = before(&old, |_| true);
    let a = at(&old, &["a"]);
    before[a].as_mut().unwrap().known_zero = true;
    before[a].as_mut().unwrap().published = None;
    let new = line(&[("a", 9), ("b", 24), ("c", 31)], 5);
    let both = revise(new, &before).unwrap();
    assert_eq!(both.cells[at(&both, &["a", "old"])].visibility, Visibility::StructuralZero);
}

fn table(counts: &[i64]) -> Population {
    let (rows, columns) = (["r1", "r2", "r3"], ["c1", "c2", "c3", "c4"]);
    let atoms: Vec<([&str; 2], i64)> = counts
        .iter()
        .enumerate()
        .map(|(at, n)| ([rows[at / columns.len()], columns[at % columns.len()]], *n))
        .collect();
    let atoms: Vec<(&[&str], i64)> = atoms.iter().map(|(codes, n)| (&codes[..], *n)).collect();
    let list = |name, codes: &[&str]| dimension(name, &[("Total", codes)]);
    cube(vec![list("row", &rows), list("column", &columns)], &atoms, 5)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        rng_seed: RngSeed::Fixed(6),
        ..ProptestConfig::default()
    })]

    /// Neither a small count, old or new, nor a small change can be told from both releases.
    #[test]
    fn a_reader_of_both_releases_learns_no_small_change(
        counts in prop::collection::vec(prop_oneof![1 => Just(0i64), 2 => 1i64..5, 6 => 5i64..90], 12),
        changes in prop::collection::vec(prop_oneof![6 => Just(0i64), 3 => -4i64..=4, 1 => -20i64..20], 12),
        zeros in prop_oneof![Just(Zeros::Complement), Just(Zeros::Shown)],
    ) {
        let policy = Policy { zeros, width: Width::AtMost(1), ..Policy::default() };
        let later: Vec<i64> =
            counts.iter().zip(&changes).map(|(n, d)| (n + d).max(0)).collect();
        let both = second(&table(&counts), table(&later), &policy);
        let mask = mask(&both, &policy);
        prop_assert!(pass(&both, &policy, &mask).is_ok());
        prop_assert!(safe(&both, &policy, |cell| mask.statuses[cell] == Status::Shown));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60,
        rng_seed: RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    /// The same over three releases.
    #[test]
    fn a_reader_of_three_releases_learns_no_small_change(
        counts in prop::collection::vec(prop_oneof![1 => Just(0i64), 2 => 1i64..5, 6 => 5i64..90], 12),
        changes in prop::collection::vec(
            prop::collection::vec(prop_oneof![6 => Just(0i64), 3 => -4i64..=4, 1 => -20i64..20], 12),
            2,
        ),
    ) {
        let policy = Policy { width: Width::AtMost(1), ..Policy::default() };
        let mut history = Vec::new();
        let mut counts = counts;
        for change in [vec![0; 12]].into_iter().chain(changes) {
            counts = counts.iter().zip(&change).map(|(n, d)| (n + d).max(0)).collect();
            let (_, done) = next(&table(&counts), &history, &policy);
            history.push(done);
        }
    }
}
