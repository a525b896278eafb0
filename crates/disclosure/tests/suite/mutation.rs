//! The gate has to notice when a load-bearing cell is shown again.

use disclosure::gate::Failure;
use disclosure::{Policy, Status};

use crate::cubes;
use crate::support::{cube, dimension, gate_input, mask, pass};

#[test]
fn showing_any_complement_of_a_small_table_again_fails_the_gate_with_the_formula() {
    let area = dimension(
        "area",
        &[("All", &["North", "South"]), ("North", &["a", "b"]), ("South", &["c", "d"])],
    );
    let item = dimension("item", &[("Total", &["x", "y", "z"])]);
    let population = cube(
        vec![area, item],
        &[
            (&["a", "x"], 2),
            (&["a", "y"], 17),
            (&["a", "z"], 9),
            (&["b", "x"], 12),
            (&["b", "y"], 23),
            (&["b", "z"], 30),
            (&["c", "x"], 40),
            (&["c", "y"], 11),
            (&["c", "z"], 8),
            (&["d", "x"], 25),
            (&["d", "y"], 14),
            (&["d", "z"], 19),
        ],
        5,
    );
    let policy = Policy::default();
    let protected = mask(&population, &policy);
    assert!(pass(&population, &policy, &protected).is_ok());
    assert_eq!(protected.count(Status::Secondary), 3);
    for (cell, status) in protected.statuses.iter().enumerate() {
        if *status != Status::Secondary {
            continue;
        }
        let mut mutated = protected.clone();
        mutated.statuses[cell] = Status::Shown;
        let failures = pass(&population, &policy, &mutated).unwrap_err();
        let formula = failures.iter().find_map(|failure| match failure {
            Failure::Determined { formula } => Some(formula.to_string()),
            _ => None,
        });
        let formula = formula.unwrap();
        assert!(formula.starts_with("area=a item=x = "), "{formula}");
        let shown = population.label(&population.cells[cell].key);
        assert!(formula.contains(&format!("[{shown}]")), "{formula} without {shown}");
    }
}

#[test]
fn the_gates_formulas_on_a_mutated_cube_hold_in_integers() {
    let cube = cubes::small().population;
    let policy = Policy::default();
    let protected = mask(&cube, &policy);
    let value = |label: &str| {
        let cell = cube.cells.iter().find(|cell| cube.label(&cell.key) == label).unwrap();
        cell.value
    };
    let mut checked = 0;
    let secondary = protected.statuses.iter().enumerate().filter(|(_, s)| **s == Status::Secondary);
    for (cell, _) in secondary.step_by(23) {
        let mut mutated = protected.clone();
        mutated.statuses[cell] = Status::Shown;
        for failure in pass(&cube, &policy, &mutated).err().unwrap_or_default() {
            if let Failure::Determined { formula } | Failure::TooLittleRoom { formula, .. } =
                failure
            {
                let left: i64 = formula.hidden.iter().map(|label| value(label)).sum();
                let right: i64 = formula.terms.iter().map(|(c, label)| c * value(label)).sum();
                assert_eq!(left * formula.divisor, right, "{formula}");
                checked += 1;
            }
        }
    }
    assert!(checked > 5, "only {checked} formulas");
}

#[test]
fn the_gate_notices_a_wrong_figure_a_sensitive_one_and_a_sum_that_does_not_hold() {
    let population = crate::support::line(&[("a", 7), ("b", 2), ("c", 3), ("d", 20)], 5);
    let policy = Policy::default();
    let mut input = gate_input(&population, &policy, |_| true);
    input.cells[0].shown = Some(31);
    input.truth[0].value = 33;
    let failures = disclosure::gate::check(&input).unwrap_err();
    assert!(failures.iter().any(|f| matches!(f, Failure::Wrong { cell } if cell == "item=Total")));
    assert!(failures.iter().any(|f| matches!(f, Failure::Shown { cell } if cell == "item=b")));
    assert!(failures.iter().any(|f| matches!(f, Failure::NotAdditive { .. })));
}
