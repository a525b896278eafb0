//! The exact linear audit: which hidden variables follow from the shown ones by addition and
//! subtraction over all tables jointly.
//!
//! The relations restricted to the hidden variables are eliminated over GF(2^61 - 1): repeatedly
//! the column of lowest degree, and in it the shortest row as pivot, so that hardly anything fills
//! in. A random vector of the null space is zero in a coordinate if and only if that variable is
//! determined, up to a chance of 2^-61 of an error on the safe side. There is no tolerance. The
//! logged row operations give back the attack itself.
//!
//! Compare Langsrud (2024), who eliminates the published inner cells instead.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::attack::Attack;
use crate::field::{add, inv, mul, neg, sub};
use crate::hash::SplitMix;
use crate::problem::{Problem, RelationId, VarId};

/// A relation restricted to hidden variables: column and coefficient, by column.
type Row = Vec<(u32, u64)>;

struct Pivot {
    row: u32,
    column: u32,
    inverse: u64,
    entries: Row,
}

/// `rows[target] -= factor * rows[source]`.
struct Operation {
    target: u32,
    source: u32,
    factor: u64,
}

/// The relations among the hidden variables in echelon form.
pub struct Elimination<'a> {
    problem: &'a Problem,
    hidden: &'a [bool],
    variables: Vec<VarId>,
    relations: Vec<RelationId>,
    pivots: Vec<Pivot>,
    log: Vec<Operation>,
    work: u64,
}

impl<'a> Elimination<'a> {
    /// Eliminates; `hidden` has one entry a variable.
    #[expect(clippy::cast_possible_truncation, reason = "variables and relations have u32 ids")]
    pub fn new(problem: &'a Problem, hidden: &'a [bool]) -> Self {
        let mut column_of = vec![u32::MAX; hidden.len()];
        let mut variables = Vec::new();
        for (id, _) in (0u32..).zip(hidden).filter(|(_, hidden)| **hidden) {
            column_of[id as usize] = variables.len() as u32;
            variables.push(id);
        }
        let mut relations = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        for (id, relation) in problem.relations() {
            let mut row: Row = relation
                .terms()
                .map(|(member, sign)| {
                    (column_of[member as usize], if sign > 0 { 1 } else { neg(1) })
                })
                .filter(|(column, _)| *column != u32::MAX)
                .collect();
            if !row.is_empty() {
                row.sort_unstable();
                relations.push(id);
                rows.push(row);
            }
        }
        let mut this = Self {
            problem,
            hidden,
            variables,
            relations,
            pivots: Vec::new(),
            log: Vec::new(),
            work: 0,
        };
        this.eliminate(rows);
        this
    }

    /// Row entries touched so far.
    pub(crate) fn work(&self) -> u64 {
        self.work
    }

    #[expect(clippy::cast_possible_truncation, reason = "fewer than 2^32 rows")]
    fn eliminate(&mut self, mut rows: Vec<Row>) {
        let mut columns: Vec<Vec<u32>> = vec![Vec::new(); self.variables.len()];
        for (number, row) in (0u32..).zip(&rows) {
            for (column, _) in row {
                columns[*column as usize].push(number);
            }
        }
        let mut heap: BinaryHeap<Reverse<(u32, u32)>> = (0u32..)
            .zip(&columns)
            .map(|(number, column)| Reverse((column.len() as u32, number)))
            .collect();
        while let Some(Reverse((degree, column))) = heap.pop() {
            let at = column as usize;
            if columns[at].len() as u32 != degree || degree == 0 {
                continue;
            }
            let in_column = std::mem::take(&mut columns[at]);
            let shortest = in_column.iter().min_by_key(|row| (rows[**row as usize].len(), **row));
            let Some(&pivot_row) = shortest else { continue };
            let entries = std::mem::take(&mut rows[pivot_row as usize]);
            let inverse = inv(coefficient(&entries, column));
            for (other, _) in entries.iter().filter(|(other, _)| *other != column) {
                columns[*other as usize].retain(|row| *row != pivot_row);
            }
            for target in in_column.into_iter().filter(|row| *row != pivot_row) {
                let old = std::mem::take(&mut rows[target as usize]);
                let factor = mul(coefficient(&old, column), inverse);
                self.work += (old.len() + entries.len()) as u64;
                let (new, changes) = combine(&old, &entries, factor, column);
                for (changed, gained) in changes {
                    let list = &mut columns[changed as usize];
                    if gained {
                        list.push(target);
                    } else {
                        list.retain(|row| *row != target);
                    }
                }
                rows[target as usize] = new;
                self.log.push(Operation { target, source: pivot_row, factor });
            }
            for (other, _) in entries.iter().filter(|(other, _)| *other != column) {
                heap.push(Reverse((columns[*other as usize].len() as u32, *other)));
            }
            self.pivots.push(Pivot { row: pivot_row, column, inverse, entries });
        }
    }

    /// The hidden variables that follow from the shown ones, by id.
    pub fn determined(&self, seed: u64) -> Vec<VarId> {
        let vector = self.null_vector(seed);
        let zero = self.variables.iter().zip(vector).filter(|(_, x)| *x == 0);
        zero.map(|(id, _)| *id).collect()
    }

    /// A random vector that all restricted relations map to zero.
    fn null_vector(&self, seed: u64) -> Vec<u64> {
        let mut random = SplitMix(seed);
        let mut vector: Vec<u64> =
            self.variables.iter().map(|_| random.next() % (crate::field::P - 1) + 1).collect();
        for pivot in self.pivots.iter().rev() {
            let mut sum = 0;
            for (column, value) in pivot.entries.iter().filter(|(c, _)| *c != pivot.column) {
                sum = add(sum, mul(*value, vector[*column as usize]));
            }
            vector[pivot.column as usize] = mul(neg(sum), pivot.inverse);
        }
        vector
    }

    /// The weights of relations that isolate a determined variable.
    ///
    /// Empty if the variable isn't hidden or isn't determined.
    pub(crate) fn weights(&self, target: VarId) -> Vec<(RelationId, u64)> {
        let Ok(column) = self.variables.binary_search(&target) else { return Vec::new() };
        let mut residual = vec![0u64; self.variables.len()];
        residual[column] = 1;
        let mut weights = vec![0u64; self.relations.len()];
        for pivot in &self.pivots {
            let left = residual[pivot.column as usize];
            if left == 0 {
                continue;
            }
            let factor = mul(left, pivot.inverse);
            weights[pivot.row as usize] = factor;
            for (column, value) in &pivot.entries {
                let at = *column as usize;
                residual[at] = sub(residual[at], mul(factor, *value));
            }
        }
        if residual.iter().any(|left| *left != 0) {
            return Vec::new();
        }
        for operation in self.log.iter().rev() {
            let weight = weights[operation.target as usize];
            if weight != 0 {
                let at = operation.source as usize;
                weights[at] = sub(weights[at], mul(operation.factor, weight));
            }
        }
        let used = self.relations.iter().zip(weights).filter(|(_, weight)| *weight != 0);
        used.map(|(id, weight)| (*id, weight)).collect()
    }

    /// The attack on a determined variable, verified in integers; `None` if it isn't determined or
    /// the coefficients are beyond small fractions.
    pub fn attack(&self, target: VarId) -> Option<Attack> {
        let weights = self.weights(target);
        Attack::lift(self.problem, self.hidden, target, &weights)
    }
}

fn coefficient(row: &Row, column: u32) -> u64 {
    row.binary_search_by_key(&column, |(c, _)| *c).map_or(0, |at| row[at].1)
}

/// `old - factor * source` without `column`, and the columns that were gained or lost by it.
fn combine(old: &Row, source: &Row, factor: u64, column: u32) -> (Row, Vec<(u32, bool)>) {
    let mut new = Row::with_capacity(old.len() + source.len());
    let mut changes = Vec::new();
    let (mut a, mut b) = (old.iter().peekable(), source.iter().peekable());
    loop {
        let left = a.peek().map_or(u32::MAX, |(c, _)| *c);
        let right = b.peek().map_or(u32::MAX, |(c, _)| *c);
        let at = left.min(right);
        if at == u32::MAX {
            return (new, changes);
        }
        let x = if left == at { a.next().map_or(0, |(_, x)| *x) } else { 0 };
        let y = if right == at { b.next().map_or(0, |(_, y)| *y) } else { 0 };
        if at == column {
            continue;
        }
        let value = sub(x, mul(factor, y));
        if value != 0 {
            new.push((at, value));
        }
        match (x, value) {
            (0, value) if value != 0 => changes.push((at, true)),
            (x, 0) if x != 0 => changes.push((at, false)),
            _ => {}
        }
    }
}
