//! Whether a cell can have one particular value, in integers: depth-first search with interval
//! propagation over the relations.
//!
//! The search stays as near to the truth as it can: what need not change keeps its true value, and
//! a search ends as soon as that satisfies every relation. So a value that is possible by changing a
//! few cells is found at once, however many cells there are.

use crate::problem::{Problem, VarId};

/// Nodes of one search before giving up.
const NODES: u32 = 20_000;
/// Entries touched in one search before giving up.
const WORK: u64 = 30_000_000;

/// The answer of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    /// Too many cases, or a variable without a limit.
    Unknown,
}

/// Relations among a few variables, the others being constant.
pub(super) struct Search {
    /// Variables with their coefficients, and what these sum to.
    rows: Vec<(Vec<(u32, i64)>, i64)>,
    rows_of: Vec<Vec<u32>>,
    least: Vec<i64>,
    truth: Vec<i64>,
}

/// Least and greatest value.
pub(super) type Domain = (i64, i64);

/// What a search has used up.
#[derive(Default)]
struct Spent {
    nodes: u32,
    work: u64,
}

/// What narrowing ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Narrowed {
    /// Nothing changes any more.
    Done,
    /// A relation can't hold.
    Impossible,
    /// The work is used up; the domains are valid, but could be narrower.
    Cut,
}

impl Search {
    /// More than any figure: no limit.
    pub(super) const ENDLESS: i64 = 1 << 50;

    /// `variables` are sorted and closed: every relation among them is theirs alone.
    pub(super) fn new(problem: &Problem, variables: &[VarId], least: &[i64]) -> Self {
        let mut relations: Vec<_> =
            variables.iter().flat_map(|id| problem.relations_of(*id)).copied().collect();
        relations.sort_unstable();
        relations.dedup();
        let mut rows = Vec::with_capacity(relations.len());
        let mut rows_of = vec![Vec::new(); variables.len()];
        for (number, relation) in (0u32..).zip(relations) {
            let mut row = Vec::new();
            let mut sum = 0;
            for (member, sign) in problem.relation(relation).terms() {
                let Ok(at) = variables.binary_search(&member) else { continue };
                sum += sign * problem.variable(member).value;
                rows_of[at].push(number);
                row.extend(u32::try_from(at).map(|at| (at, sign)));
            }
            rows.push((row, sum));
        }
        let truth = variables.iter().map(|id| problem.variable(*id).value).collect();
        Self { rows, rows_of, least: least.to_vec(), truth }
    }

    /// Whether `target` can be `value`.
    pub(super) fn possible(&self, target: u32, value: i64) -> Answer {
        let mut domains = self.domains();
        domains[target as usize] = (value, value);
        self.visit(domains, self.all(), &mut Spent::default())
    }

    /// The domains of all variables, as far as single relations in turn narrow them.
    pub(super) fn narrowed(&self) -> Vec<Domain> {
        let mut domains = self.domains();
        // The truth is possible, and a cut leaves valid domains.
        let _ = self.propagate(&mut domains, self.all(), &mut Spent::default());
        domains
    }

    fn domains(&self) -> Vec<Domain> {
        self.least.iter().map(|least| (*least, Self::ENDLESS)).collect()
    }

    fn all(&self) -> Vec<u32> {
        (0u32..).zip(&self.rows).map(|(number, _)| number).collect()
    }

    fn visit(&self, mut domains: Vec<Domain>, changed: Vec<u32>, spent: &mut Spent) -> Answer {
        spent.nodes += 1;
        spent.work += domains.len() as u64;
        if spent.nodes > NODES {
            return Answer::Unknown;
        }
        match self.propagate(&mut domains, changed, spent) {
            Narrowed::Done => {}
            Narrowed::Impossible => return Answer::No,
            Narrowed::Cut => return Answer::Unknown,
        }
        let Some(at) = self.open(&domains, spent) else { return Answer::Yes };
        let (low, high) = domains[at as usize];
        if high - low >= Self::ENDLESS / 2 {
            return Answer::Unknown;
        }
        let near = self.near(at, (low, high));
        let outwards = (1..=high - low).flat_map(|far| [near - far, near + far]);
        for value in std::iter::once(near).chain(outwards).filter(|v| (low..=high).contains(v)) {
            let mut narrowed = domains.clone();
            narrowed[at as usize] = (value, value);
            match self.visit(narrowed, self.rows_of[at as usize].clone(), spent) {
                Answer::No => {}
                answer => return answer,
            }
        }
        Answer::No
    }

    /// The value of a domain that is nearest to the truth.
    fn near(&self, at: u32, (low, high): Domain) -> i64 {
        self.truth[at as usize].clamp(low, high)
    }

    /// The variable to decide next: of a relation that the values nearest to the truth break, the
    /// one with the smallest domain. `None` if they break none.
    fn open(&self, domains: &[Domain], spent: &mut Spent) -> Option<u32> {
        let mut best: Option<(usize, u32)> = None;
        for (row, sum) in &self.rows {
            spent.work += row.len() as u64;
            let near = |(at, sign): &(u32, i64)| sign * self.near(*at, domains[*at as usize]);
            if row.iter().map(near).sum::<i64>() == *sum {
                continue;
            }
            let size = |at: u32| domains[at as usize].1 - domains[at as usize].0;
            let open = row.iter().map(|(at, _)| *at).filter(|at| size(*at) > 0);
            let count = open.clone().count();
            if let Some(at) = open.min_by_key(|at| (size(*at), *at))
                && best.is_none_or(|(least, _)| count < least)
            {
                best = Some((count, at));
            }
        }
        best.map(|(_, at)| at)
    }

    /// Narrows until nothing changes.
    fn propagate(
        &self,
        domains: &mut [Domain],
        mut waiting: Vec<u32>,
        spent: &mut Spent,
    ) -> Narrowed {
        while let Some(number) = waiting.pop() {
            let (row, sum) = &self.rows[number as usize];
            spent.work += row.len() as u64;
            if spent.work > WORK {
                return Narrowed::Cut;
            }
            let ends = |(at, sign): (u32, i64)| {
                let (low, high) = domains[at as usize];
                if sign > 0 { (low, high) } else { (-high, -low) }
            };
            let total = row.iter().fold((0i64, 0i64), |total, term| {
                let (low, high) = ends(*term);
                (total.0 + low, total.1 + high)
            });
            if total.0 > *sum || total.1 < *sum {
                return Narrowed::Impossible;
            }
            for (at, sign) in row {
                let (low, high) = domains[*at as usize];
                let (own_low, own_high) = if *sign > 0 { (low, high) } else { (-high, -low) };
                let (least, most) = (sum - (total.1 - own_high), sum - (total.0 - own_low));
                let (least, most) = if *sign > 0 { (least, most) } else { (-most, -least) };
                let narrowed = (low.max(least), high.min(most));
                if narrowed.0 > narrowed.1 {
                    return Narrowed::Impossible;
                }
                if narrowed != (low, high) {
                    domains[*at as usize] = narrowed;
                    waiting.extend(&self.rows_of[*at as usize]);
                    // Totals are stale now; the relation comes again, as it is among those.
                    break;
                }
            }
        }
        Narrowed::Done
    }
}
