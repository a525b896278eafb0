//! Small populations from code lists and atoms.

use std::collections::BTreeSet;

use disclosure::gate::{self, Failure, GateInput, Pass};
use disclosure::{
    CellSpec, Dimension, Fingerprint, Mask, Partition, Policy, Population, Problem, Status,
    Verdict, Visibility, audit, protect, sensitive_variables,
};

/// A code list; every member is named by some partition.
pub fn dimension(name: &str, partitions: &[(&str, &[&str])]) -> Dimension {
    let mut members: Vec<String> = Vec::new();
    let mut id = |code: &str| {
        let at = members.iter().position(|member| member == code).unwrap_or_else(|| {
            members.push(code.to_owned());
            members.len() - 1
        });
        u32::try_from(at).unwrap()
    };
    let partitions = partitions
        .iter()
        .map(|(parent, children)| Partition {
            parent: id(parent),
            children: children.iter().map(|child| id(child)).collect(),
        })
        .collect();
    Dimension::new(name, members, partitions).unwrap()
}

/// The leaves below a member.
pub fn leaves(dimension: &Dimension, member: u32) -> BTreeSet<u32> {
    match dimension.partitions_of(member).next() {
        None => BTreeSet::from([member]),
        Some(partition) => {
            partition.children.iter().flat_map(|child| leaves(dimension, *child)).collect()
        }
    }
}

pub fn member(dimension: &Dimension, code: &str) -> u32 {
    let at = dimension.members().iter().position(|member| member == code);
    u32::try_from(at.unwrap_or_else(|| panic!("no member {code}"))).unwrap()
}

/// All cells of the full cube, public, each record by a person of its own.
///
/// `atoms` are leaf codes with a count.
pub fn cube(dimensions: Vec<Dimension>, atoms: &[(&[&str], i64)], threshold: u32) -> Population {
    let below: Vec<Vec<BTreeSet<u32>>> = dimensions
        .iter()
        .map(|d| (0u32..).zip(d.members()).map(|(m, _)| leaves(d, m)).collect())
        .collect();
    let mut keys: Vec<Vec<u32>> = vec![Vec::new()];
    for d in &dimensions {
        let extended = keys.iter().flat_map(|key| {
            (0u32..).zip(d.members()).map(move |(m, _)| [key.as_slice(), &[m]].concat())
        });
        keys = extended.collect();
    }
    let mut cells: Vec<CellSpec> = keys.into_iter().map(|key| empty(key, threshold)).collect();
    for (codes, count) in atoms {
        let atom: Vec<u32> = codes.iter().zip(&dimensions).map(|(c, d)| member(d, c)).collect();
        let print = print(&codes.join("|"), *count);
        for cell in &mut cells {
            let inside = cell.key.iter().zip(&below).zip(&atom);
            if inside.into_iter().all(|((m, below), leaf)| below[*m as usize].contains(leaf)) {
                add(cell, *count, print);
            }
        }
    }
    Population { name: "test".to_owned(), dimensions, cells, relations: Vec::new() }
}

pub fn empty(key: Vec<u32>, threshold: u32) -> CellSpec {
    CellSpec {
        key,
        value: 0,
        contributors: 0,
        fingerprint: Fingerprint::default(),
        threshold,
        visibility: Visibility::Public,
    }
}

pub fn add(cell: &mut CellSpec, count: i64, print: Fingerprint) {
    cell.value += count;
    cell.contributors += u32::try_from(count).unwrap();
    cell.fingerprint = cell.fingerprint + print;
}

/// As many records of one atom, which all hash alike.
pub fn print(atom: &str, count: i64) -> Fingerprint {
    let one = Fingerprint::of_atom(&[7; 16], atom.as_bytes());
    Fingerprint(one.0.wrapping_mul(u128::try_from(count).unwrap()))
}

/// Position of the cell with these codes.
pub fn at(population: &Population, codes: &[&str]) -> usize {
    let dimensions = codes.iter().zip(&population.dimensions);
    let key: Vec<u32> = dimensions.map(|(code, d)| member(d, code)).collect();
    population.cells.iter().position(|cell| cell.key == key).unwrap()
}

pub fn set(population: &mut Population, codes: &[&str], visibility: Visibility) {
    let cell = at(population, codes);
    population.cells[cell].visibility = visibility;
}

/// A one-dimensional table with its total.
pub fn line(values: &[(&str, i64)], threshold: u32) -> Population {
    let codes: Vec<&str> = values.iter().map(|(code, _)| *code).collect();
    let list = dimension("item", &[("Total", &codes)]);
    let atoms: Vec<([&str; 1], i64)> = values.iter().map(|(code, n)| ([*code], *n)).collect();
    let atoms: Vec<(&[&str], i64)> = atoms.iter().map(|(code, n)| (&code[..], *n)).collect();
    cube(vec![list], &atoms, threshold)
}

pub fn mask(population: &Population, policy: &Policy) -> Mask {
    protect(&Problem::build(population).unwrap(), policy).unwrap()
}

/// Whether every sensitive cell keeps the values it needs, by the audit.
pub fn safe(population: &Population, policy: &Policy, shown: impl Fn(usize) -> bool) -> bool {
    let problem = Problem::build(population).unwrap();
    let mut hidden = vec![true; problem.variables().len()];
    for (cell, id) in problem.variables_of_cells().iter().enumerate() {
        hidden[*id as usize] &= !shown(cell);
    }
    let sensitive = sensitive_variables(&problem, policy);
    let targets: Vec<u32> =
        (0..).zip(&sensitive).filter(|(_, s)| s.is_some()).map(|(id, _)| id).collect();
    let found = audit(&problem, policy, &hidden, &targets);
    found.len() == targets.len() && found.iter().all(|b| b.verdict == Verdict::Several)
}

/// What the gate says of a mask.
pub fn pass(population: &Population, policy: &Policy, mask: &Mask) -> Result<Pass, Vec<Failure>> {
    let mut input = gate_input(population, policy, |cell| mask.statuses[cell] == Status::Shown);
    input.certificates = policy.certify.then(|| mask.certificates.clone());
    gate::check(&input)
}

pub fn gate_input(
    population: &Population,
    policy: &Policy,
    shown: impl Fn(usize) -> bool,
) -> GateInput {
    let mut input = GateInput::of(population, policy.zeros, |cell| {
        shown(cell).then_some(population.cells[cell].value)
    });
    if let disclosure::Width::AtMost(room) = policy.width {
        input.room = Some(i64::from(room));
    }
    input
}
