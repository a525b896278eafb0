//! The synthetic cubes: rows of district, kind and field with a count.

use std::collections::BTreeMap;

use disclosure::{Dimension, Partition, Population};

use crate::support;

/// The full cube over `rows`.
pub fn population(rows: &[csv::StringRecord], threshold: u32) -> Population {
    let dimensions = vec![
        tree("district", rows, &[1, 2]),
        tree("kind", rows, &[3]),
        tree("field2", rows, &[4, 5]),
    ];
    let atoms: Vec<([&str; 3], i64)> =
        rows.iter().map(|row| ([&row[2], &row[3], &row[5]], row[6].parse().unwrap())).collect();
    let atoms: Vec<(&[&str], i64)> = atoms.iter().map(|(codes, n)| (&codes[..], *n)).collect();
    support::cube(dimensions, &atoms, threshold)
}

/// A code list with a total over the columns' values, each inside the one before.
fn tree(name: &str, rows: &[csv::StringRecord], columns: &[usize]) -> Dimension {
    let mut members = vec!["Total".to_owned()];
    let mut children: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for row in rows {
        let mut parent = 0;
        for column in columns {
            let code = &row[*column];
            let known = members.iter().position(|member| member == code);
            let at = known.unwrap_or_else(|| {
                members.push(code.to_owned());
                children.entry(parent).or_default().push(u32::try_from(members.len()).unwrap() - 1);
                members.len() - 1
            });
            parent = at;
        }
    }
    let partition =
        |(parent, children)| Partition { parent: u32::try_from(parent).unwrap(), children };
    let partitions = children.into_iter().map(partition).collect();
    Dimension::new(name, members, partitions).unwrap()
}
