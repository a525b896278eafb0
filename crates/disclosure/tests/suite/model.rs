//! Descriptions that aren't sound are refused, by name.

use disclosure::{Dimension, ModelError, Partition, Problem, Published, Visibility};

use crate::support::{at, dimension, line, set};

fn codes(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[test]
fn code_lists_with_repeated_or_circular_members_are_refused() {
    let repeated = Dimension::new("d", codes(&["a", "b", "a"]), vec![]).unwrap_err();
    assert_eq!(repeated.to_string(), "dimension d: member a occurs twice");
    let part = |parent, children: &[u32]| Partition { parent, children: children.to_vec() };
    let circle = Dimension::new("d", codes(&["a", "b"]), vec![part(0, &[1]), part(1, &[0])]);
    assert_eq!(circle.unwrap_err().to_string(), "dimension d: member a contains itself");
    assert!(Dimension::new("d", codes(&["a"]), vec![part(0, &[7])]).is_err());
    assert!(Dimension::new("d", codes(&["a", "b"]), vec![part(0, &[1, 1])]).is_err());
}

#[test]
fn a_partition_with_a_child_missing_is_refused_by_name() {
    let mut table = line(&[("a", 10), ("b", 30)], 5);
    let cell = at(&table, &["b"]);
    table.cells.remove(cell);
    let error = Problem::build(&table).unwrap_err();
    let expected = ModelError::MissingChild { parent: "item=Total".into(), child: "item=b".into() };
    assert_eq!(error, expected);
}

#[test]
fn a_sum_that_holds_in_numbers_but_not_in_records_is_refused() {
    let mut table = line(&[("a", 10), ("b", 10), ("c", 5)], 5);
    assert!(Problem::build(&table).is_ok());
    let (a, total) = (at(&table, &["a"]), at(&table, &["Total"]));
    table.cells[a].fingerprint = table.cells[total].fingerprint;
    assert!(matches!(Problem::build(&table), Err(ModelError::NotAdditive { .. })));
}

#[test]
fn one_figure_in_two_tables_must_agree_and_is_one_variable() {
    let mut table = line(&[("a", 10), ("b", 30)], 5);
    table.cells.push(table.cells[0].clone());
    let problem = Problem::build(&table).unwrap();
    assert_eq!(problem.variables().len(), 3);
    table.cells[3].value += 1;
    assert!(matches!(Problem::build(&table), Err(ModelError::Unequal { .. })));
}

#[test]
fn a_figure_cannot_be_forced_in_one_table_and_stay_withheld_in_another() {
    let list = dimension("area", &[("All", &["region"]), ("region", &["a", "b"])]);
    let mut table = crate::support::cube(vec![list], &[(&["a"], 10), (&["b"], 20)], 5);
    set(&mut table, &["All"], Visibility::Forced);
    set(&mut table, &["region"], Visibility::Fixed(Published::Withheld));
    let error = Problem::build(&table).unwrap_err().to_string();
    assert!(error.contains("area=All") && error.contains("area=region"), "{error}");
}

#[test]
fn empty_cells_stay_apart_though_their_fingerprints_agree() {
    let table = line(&[("a", 10), ("b", 0), ("c", 0)], 5);
    assert_eq!(Problem::build(&table).unwrap().variables().len(), 4);
}
