//! Attacks that must fail, on tables small enough to follow by hand.

use disclosure::{
    Policy, Population, Problem, Published, Refusal, Role, Status, Visibility, Zeros, protect,
};

use crate::support::{at, cube, dimension, line, mask, pass, set};

fn shown(population: &Population, policy: &Policy, codes: &[&str]) -> bool {
    mask(population, policy).statuses[at(population, codes)] == Status::Shown
}

fn refusal(population: &Population) -> Refusal {
    protect(&Problem::build(population).unwrap(), &Policy::default()).unwrap_err()
}

#[test]
fn a_single_gap_gets_a_second_one() {
    let table = line(&[("a", 10), ("b", 30), ("c", 2)], 5);
    let mask = mask(&table, &Policy::default());
    assert_eq!(mask.count(Status::Primary), 1);
    assert_eq!(mask.count(Status::Secondary), 1);
    assert_eq!(mask.statuses[at(&table, &["a"])], Status::Secondary, "the cheapest");
    assert!(pass(&table, &Policy::default(), &mask).is_ok());
}

#[test]
fn a_zero_serves_as_complement_unless_zeros_are_shown() {
    let table = line(&[("a", 10), ("b", 30), ("c", 4), ("d", 0)], 5);
    assert!(!shown(&table, &Policy::default(), &["d"]));
    let policy = Policy { zeros: Zeros::Shown, ..Policy::default() };
    assert!(shown(&table, &policy, &["d"]));
    assert!(!shown(&table, &policy, &["a"]));
}

#[test]
fn ones_whose_sum_is_known_need_more_where_zeros_are_shown() {
    let table = line(&[("a", 10), ("b", 1), ("c", 1), ("d", 1)], 5);
    let policy = Policy { zeros: Zeros::Shown, ..Policy::default() };
    let protected = mask(&table, &policy);
    assert_eq!(protected.statuses[at(&table, &["a"])], Status::Secondary);
    assert!(pass(&table, &policy, &protected).is_ok());
}

#[test]
fn zeros_whose_sum_is_shown_as_zero_protect_nothing() {
    // Hiding (a, x) with (a, y) would be void: the row's total is 0 and shown.
    let area = dimension("area", &[("All", &["a", "b"])]);
    let item = dimension("item", &[("Total", &["x", "y"])]);
    let table = cube(vec![area, item], &[(&["b", "x"], 3), (&["b", "y"], 50)], 5);
    let protected = mask(&table, &Policy::default());
    assert!(pass(&table, &Policy::default(), &protected).is_ok());
    let status = |codes: &[&str]| protected.statuses[at(&table, codes)];
    if status(&["a", "x"]) == Status::Secondary && status(&["a", "y"]) == Status::Secondary {
        assert_ne!(status(&["a", "Total"]), Status::Shown);
    }
}

#[test]
fn a_half_year_against_its_quarters_leaves_no_difference() {
    let quarters: &[&str] = &["q1", "q2", "q3", "q4"];
    let period = dimension(
        "period",
        &[("year", quarters), ("h1", &["q1", "q2"]), ("year", &["h1", "q3", "q4"])],
    );
    let atoms: [(&[&str], i64); 4] = [(&["q1"], 6), (&["q2"], 2), (&["q3"], 8), (&["q4"], 9)];
    let table = cube(vec![period], &atoms, 5);
    let protected = mask(&table, &Policy::default());
    assert!(pass(&table, &Policy::default(), &protected).is_ok());
    let hidden = |code| protected.statuses[at(&table, &[code])] != Status::Shown;
    assert!(hidden("q1") || hidden("h1"));
}

#[test]
fn a_chain_of_single_children_shares_one_fate() {
    let area = dimension(
        "area",
        &[("All", &["region", "b", "c"]), ("region", &["district"]), ("district", &["only"])],
    );
    let table = cube(vec![area], &[(&["only"], 2), (&["b"], 30), (&["c"], 25)], 5);
    let problem = Problem::build(&table).unwrap();
    let variable = |code| problem.variables_of_cells()[at(&table, &[code])];
    assert_eq!(variable("region"), variable("only"));
    let protected = mask(&table, &Policy::default());
    for code in ["region", "district", "only"] {
        assert_eq!(protected.statuses[at(&table, &[code])], Status::Primary);
    }
    assert!(pass(&table, &Policy::default(), &protected).is_ok());
}

#[test]
fn an_impossible_sibling_makes_a_chain_and_an_empty_one_does_not() {
    let build = |visibility| {
        let mut table = line(&[("a", 12), ("b", 0)], 5);
        set(&mut table, &["b"], visibility);
        Problem::build(&table).unwrap()
    };
    let chained = build(Visibility::StructuralZero);
    assert_eq!(chained.variables_of_cells()[0], chained.variables_of_cells()[1]);
    assert_eq!(chained.variable(chained.variables_of_cells()[2]).role, Role::Structural);
    let open = build(Visibility::Public);
    assert_ne!(open.variables_of_cells()[0], open.variables_of_cells()[1]);
}

#[test]
fn a_structural_zero_is_never_a_complement() {
    let mut table = line(&[("a", 10), ("b", 4), ("c", 0)], 5);
    set(&mut table, &["c"], Visibility::StructuralZero);
    let protected = mask(&table, &Policy::default());
    assert_eq!(protected.statuses[at(&table, &["c"])], Status::Shown);
    assert_eq!(protected.statuses[at(&table, &["a"])], Status::Secondary);
    assert!(pass(&table, &Policy::default(), &protected).is_ok());
}

#[test]
fn the_unknown_category_counts_as_a_child() {
    let table = line(&[("a", 10), ("b", 30), ("unknown", 2)], 5);
    let protected = mask(&table, &Policy::default());
    assert_eq!(protected.statuses[at(&table, &["unknown"])], Status::Primary);
    assert_eq!(protected.count(Status::Secondary), 1);
}

#[test]
fn forced_figures_that_disclose_a_cell_are_refused_with_the_formula() {
    let mut table = line(&[("a", 10), ("b", 30), ("c", 2)], 5);
    for code in ["Total", "a", "b"] {
        set(&mut table, &[code], Visibility::Forced);
    }
    let Refusal::ForcedInTheWay { formula } = refusal(&table) else { panic!("no formula") };
    assert_eq!(formula.to_string(), "item=c = [item=Total] - [item=a] - [item=b]");
}

#[test]
fn forced_figures_in_several_tables_that_disclose_a_cell_are_refused_with_the_formula() {
    let area = dimension("area", &[("All", &["a", "b", "c"])]);
    let item = dimension("item", &[("Total", &["x", "y"])]);
    let mut table = cube(
        vec![area, item],
        &[
            (&["a", "x"], 2),
            (&["a", "y"], 20),
            (&["b", "x"], 30),
            (&["b", "y"], 40),
            (&["c", "x"], 50),
            (&["c", "y"], 60),
        ],
        5,
    );
    for codes in [["All", "x"], ["b", "x"], ["c", "Total"], ["c", "y"]] {
        set(&mut table, &codes, Visibility::Forced);
    }
    let formula = refusal(&table).to_string();
    assert!(formula.starts_with("figures that have to be shown disclose a sensitive cell: "));
    for label in ["area=All item=x", "area=b item=x", "area=c item=Total", "area=c item=y"] {
        assert!(formula.contains(&format!("[{label}]")), "{formula}");
    }
}

#[test]
fn a_forced_figure_that_is_itself_small_is_refused_by_name() {
    let mut table = line(&[("a", 10), ("b", 30), ("c", 2)], 5);
    set(&mut table, &["c"], Visibility::Forced);
    assert_eq!(refusal(&table), Refusal::ForcedSensitive { cell: "item=c".into() });
    set(&mut table, &["c"], Visibility::Fixed(Published::Shown));
    assert_eq!(refusal(&table), Refusal::PublishedSensitive { cell: "item=c".into() });
}

#[test]
fn figures_of_earlier_releases_that_disclose_a_cell_are_told_apart() {
    let mut table = line(&[("a", 10), ("b", 30), ("c", 2)], 5);
    for code in ["Total", "a", "b"] {
        set(&mut table, &[code], Visibility::Fixed(Published::Shown));
    }
    assert!(matches!(refusal(&table), Refusal::PublishedDetermines { .. }));
}

#[test]
fn forty_records_of_one_person_are_withheld_with_room_for_forty() {
    let mut table = line(&[("a", 40), ("b", 30), ("c", 25), ("d", 100)], 5);
    let cell = at(&table, &["a"]);
    table.cells[cell].contributors = 1;
    let policy = Policy { zeros: Zeros::Shown, ..Policy::default() };
    let protected = mask(&table, &policy);
    assert_eq!(protected.statuses[cell], Status::Primary);
    assert!(pass(&table, &policy, &protected).is_ok());
}

#[test]
fn exact_figures_are_shown_however_small() {
    let mut table = line(&[("a", 1), ("b", 2), ("c", 30)], 5);
    table.cells.iter_mut().for_each(|cell| cell.visibility = Visibility::Exact);
    let protected = mask(&table, &Policy::default());
    assert_eq!(protected.count(Status::Shown), 4);
    assert!(pass(&table, &Policy::default(), &protected).is_ok());
}

#[test]
fn a_small_cell_that_is_never_shown_must_not_follow_either() {
    let mut table = line(&[("a", 10), ("b", 30), ("c", 2)], 5);
    set(&mut table, &["c"], Visibility::Never);
    let protected = mask(&table, &Policy::default());
    assert_eq!(protected.statuses[at(&table, &["c"])], Status::NeverShown);
    assert_eq!(protected.count(Status::Secondary), 1);
    assert!(pass(&table, &Policy::default(), &protected).is_ok());
}

#[test]
fn a_later_release_keeps_every_decision_of_the_earlier_one() {
    let item = || dimension("item", &[("Total", &["x", "y", "z"])]);
    let first_atoms: [(&[&str], i64); 3] =
        [(&["x", "t1"], 3), (&["y", "t1"], 14), (&["z", "t1"], 9)];
    let early = cube(vec![item(), dimension("period", &[("year", &["t1"])])], &first_atoms, 5);
    let earlier = mask(&early, &Policy::default());
    let later_atoms =
        [first_atoms.as_slice(), &[(&["x", "t2"], 20), (&["y", "t2"], 2), (&["z", "t2"], 16)]]
            .concat();
    let mut late =
        cube(vec![item(), dimension("period", &[("year", &["t1", "t2"])])], &later_atoms, 5);
    for code in ["Total", "x", "y", "z"] {
        let published = match earlier.statuses[at(&early, &[code, "t1"])] {
            Status::Shown => Published::Shown,
            _ => Published::Withheld,
        };
        set(&mut late, &[code, "t1"], Visibility::Fixed(published));
    }
    let later = mask(&late, &Policy::default());
    for code in ["Total", "x", "y", "z"] {
        let before = earlier.statuses[at(&early, &[code, "t1"])];
        let after = later.statuses[at(&late, &[code, "t1"])];
        assert_eq!(before == Status::Shown, after == Status::Shown, "{code}");
    }
    assert!(pass(&late, &Policy::default(), &later).is_ok());
}

#[test]
fn a_never_shown_sibling_that_follows_from_its_parts_gives_no_room() {
    // n is shown nowhere, but n = p + q; so a + b = Total - n - c = 2 would be known.
    let list = dimension("item", &[("Total", &["a", "b", "c", "n"]), ("n", &["p", "q"])]);
    let atoms: [(&[&str], i64); 5] =
        [(&["a"], 1), (&["b"], 1), (&["c"], 50), (&["p"], 10), (&["q"], 20)];
    let mut table = cube(vec![list], &atoms, 5);
    set(&mut table, &["n"], Visibility::Never);
    let n = at(&table, &["n"]);
    table.cells[n].threshold = 0;
    let protected = mask(&table, &Policy::default());
    assert_eq!(protected.count(Status::Secondary), 1);
    assert!(pass(&table, &Policy::default(), &protected).is_ok());
    for code in ["Total", "c", "p", "q"] {
        set(&mut table, &[code], Visibility::Forced);
    }
    assert!(matches!(refusal(&table), Refusal::ForcedInTheWay { .. }));
}
