//! The relations among a few variables, solved for some of them: the tableau of the simplex method
//! in exact fractions (G. B. Dantzig, *Linear Programming and Extensions*, 1963), started from the
//! true figures, which are a feasible point.

use crate::problem::{Problem, VarId};
use crate::ratio::Ratio;

/// Coefficients by local variable, sorted.
type Row = Vec<(u32, Ratio)>;

const NONE: u32 = u32::MAX;

/// `basic variable = row` for each row; the others are free to choose.
pub(crate) struct Tableau {
    /// Local to global, sorted.
    variables: Vec<VarId>,
    rows: Vec<Row>,
    basic: Vec<u32>,
    row_of: Vec<u32>,
    /// The rows in which a variable occurs.
    columns: Vec<Vec<u32>>,
    work: u64,
}

impl Tableau {
    /// Solves the relations among `variables` (sorted), all others being constant. Variables that
    /// are `dear` are left free wherever another can be solved for instead.
    ///
    /// `None` if the fractions grow beyond measure.
    pub(crate) fn new(
        problem: &Problem,
        variables: Vec<VarId>,
        dear: impl Fn(VarId) -> bool,
    ) -> Option<Self> {
        let count = variables.len();
        let mut relations: Vec<_> =
            variables.iter().flat_map(|id| problem.relations_of(*id)).copied().collect();
        relations.sort_unstable();
        relations.dedup();
        let local =
            |id: VarId| variables.binary_search(&id).ok().and_then(|at| u32::try_from(at).ok());
        let mut equations: Vec<Row> = Vec::with_capacity(relations.len());
        let mut degree = vec![0u32; count];
        for id in relations {
            let terms = problem.relation(id).terms();
            let row = terms.filter_map(|(m, sign)| Some((local(m)?, Ratio::whole(sign))));
            let mut row: Row = row.collect();
            row.sort_unstable_by_key(|(at, _)| *at);
            row.iter().for_each(|(at, _)| degree[*at as usize] += 1);
            equations.push(row);
        }
        equations.sort_by_key(Vec::len);
        let dear: Vec<bool> = variables.iter().map(|id| dear(*id)).collect();
        let mut this = Self {
            variables,
            rows: Vec::new(),
            basic: Vec::new(),
            row_of: vec![NONE; count],
            columns: vec![Vec::new(); count],
            work: 0,
        };
        for equation in equations {
            let equation = this.substitute(equation)?;
            let rank = |at: u32| {
                let at = at as usize;
                (dear[at], this.columns[at].len(), degree[at], at)
            };
            let Some(pivot) = equation.iter().map(|(at, _)| *at).min_by_key(|at| rank(*at)) else {
                continue;
            };
            this.solve(equation, pivot)?;
        }
        Some(this)
    }

    /// The variables, sorted: local numbers are positions here.
    pub(crate) fn variables(&self) -> &[VarId] {
        &self.variables
    }

    /// Local number of a variable.
    pub(crate) fn local(&self, id: VarId) -> Option<u32> {
        self.variables.binary_search(&id).ok().and_then(|at| u32::try_from(at).ok())
    }

    /// Entries touched so far.
    pub(crate) fn work(&self) -> u64 {
        self.work
    }

    pub(crate) fn is_basic(&self, at: u32) -> bool {
        self.row_of[at as usize] != NONE
    }

    /// What a basic variable is in terms of the free ones.
    pub(crate) fn row(&self, at: u32) -> &[(u32, Ratio)] {
        self.rows.get(self.row_of[at as usize] as usize).map_or(&[], Vec::as_slice)
    }

    /// Number of variables that move with a free one.
    pub(crate) fn degree(&self, at: u32) -> usize {
        self.columns[at as usize].len()
    }

    /// Whether some variable that falls when `at` changes by `sign` is `stuck`.
    pub(crate) fn blocked(&mut self, at: u32, sign: i64, stuck: impl Fn(u32) -> bool) -> bool {
        let rows = &self.columns[at as usize];
        let by = rows.iter().position(|row| {
            let falls = coefficient(&self.rows[*row as usize], at).signum() == -sign;
            falls && stuck(self.basic[*row as usize])
        });
        self.work += by.unwrap_or(rows.len()) as u64 + 1;
        by.is_some()
    }

    /// How all variables change when the free variable `at` changes by `sign`.
    pub(crate) fn direction(&mut self, at: u32, sign: i64) -> Row {
        let column = &self.columns[at as usize];
        self.work += column.len() as u64 + 1;
        let mut direction = Vec::with_capacity(column.len() + 1);
        direction.push((at, Ratio::whole(sign)));
        for row in column {
            let value = coefficient(&self.rows[*row as usize], at);
            let value = if sign < 0 { value.neg() } else { value };
            direction.push((self.basic[*row as usize], value));
        }
        direction
    }

    /// Exchanges a free variable with a basic one that moves with it.
    pub(crate) fn exchange(&mut self, enter: u32, leave: u32) -> Option<()> {
        let number = self.row_of[leave as usize];
        let row = std::mem::take(self.rows.get_mut(number as usize)?);
        for (at, _) in &row {
            self.columns[*at as usize].retain(|r| *r != number);
        }
        let divisor = coefficient(&row, enter);
        let mut solved = Row::with_capacity(row.len());
        for (at, value) in row.into_iter().filter(|(at, _)| *at != enter) {
            solved.push((at, value.neg().div(divisor)?));
        }
        let place = solved.partition_point(|(at, _)| *at < leave);
        solved.insert(place, (leave, Ratio::whole(1).div(divisor)?));
        self.row_of[leave as usize] = NONE;
        self.place(number, enter, solved)
    }

    /// Replaces basic variables by their rows.
    fn substitute(&mut self, equation: Row) -> Option<Row> {
        let (basic, mut sum): (Row, Row) =
            equation.into_iter().partition(|(at, _)| self.is_basic(*at));
        for (at, factor) in basic {
            let row = &self.rows[self.row_of[at as usize] as usize];
            self.work += (row.len() + sum.len()) as u64;
            sum = combine(&sum, factor, row, |_, _| {})?;
        }
        Some(sum)
    }

    /// Solves `equation = 0` for `pivot`.
    fn solve(&mut self, equation: Row, pivot: u32) -> Option<()> {
        let divisor = coefficient(&equation, pivot);
        let mut solved = Row::with_capacity(equation.len());
        for (at, value) in equation.into_iter().filter(|(at, _)| *at != pivot) {
            solved.push((at, value.neg().div(divisor)?));
        }
        let number = u32::try_from(self.rows.len()).ok()?;
        self.rows.push(Row::new());
        self.basic.push(pivot);
        self.place(number, pivot, solved)
    }

    /// Puts `variable = solved` into a row and substitutes it everywhere else.
    fn place(&mut self, number: u32, variable: u32, solved: Row) -> Option<()> {
        self.basic[number as usize] = variable;
        self.row_of[variable as usize] = number;
        for target in std::mem::take(&mut self.columns[variable as usize]) {
            let mut row = std::mem::take(&mut self.rows[target as usize]);
            let Ok(place) = row.binary_search_by_key(&variable, |(at, _)| *at) else { continue };
            let (_, factor) = row.remove(place);
            self.work += (row.len() + solved.len()) as u64;
            let columns = &mut self.columns;
            let change = |at: u32, gained: bool| {
                let list = &mut columns[at as usize];
                if gained {
                    list.push(target);
                } else {
                    list.retain(|row| *row != target);
                }
            };
            self.rows[target as usize] = combine(&row, factor, &solved, change)?;
        }
        for (at, _) in &solved {
            self.columns[*at as usize].push(number);
        }
        self.rows[number as usize] = solved;
        Some(())
    }
}

fn coefficient(row: &[(u32, Ratio)], at: u32) -> Ratio {
    row.binary_search_by_key(&at, |(other, _)| *other).map_or(Ratio::ZERO, |place| row[place].1)
}

/// `base + factor * other`; reports entries gained (`true`) and lost against `base`.
fn combine(
    base: &[(u32, Ratio)],
    factor: Ratio,
    other: &[(u32, Ratio)],
    mut change: impl FnMut(u32, bool),
) -> Option<Row> {
    let mut sum = Row::with_capacity(base.len() + other.len());
    let (mut a, mut b) = (base.iter().peekable(), other.iter().peekable());
    loop {
        let left = a.peek().map_or(NONE, |(at, _)| *at);
        let right = b.peek().map_or(NONE, |(at, _)| *at);
        if left == NONE && right == NONE {
            return Some(sum);
        }
        let old = if left <= right { a.next() } else { None };
        let new = if right <= left { b.next() } else { None };
        let at = left.min(right);
        let added = new.map_or(Some(Ratio::ZERO), |(_, value)| factor.mul(*value))?;
        let value = old.map_or(Ratio::ZERO, |(_, value)| *value).add(added)?;
        if !value.is_zero() {
            sum.push((at, value));
        }
        if old.is_none() && !value.is_zero() {
            change(at, true);
        } else if old.is_some() && value.is_zero() {
            change(at, false);
        }
    }
}
