//! `portal audit`: what an attacker learns from any mask of the tables, from whatever tool.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use disclosure::{Bounds, Problem, Ratio, Role, VarId, Verdict, audit, sensitive_variables};

use super::ProtectError;
use super::cube::Cube;
use super::mask;
use super::spec::Plan;

/// Cells named in an explanation.
const NAMED: usize = 6;

/// Counts over the cells of the tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Audited {
    /// Cells of the published tables.
    pub cells: usize,
    /// Of these, the withheld ones.
    pub withheld: usize,
    /// Sensitive cells, those included that link the tables and are shown nowhere.
    pub sensitive: usize,
    /// Of these, the ones that are shown, exact, have too few values, or are undecided.
    pub exposed: usize,
}

impl fmt::Display for Audited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cells, withheld, sensitive, exposed } = self;
        write!(f, "{cells} cells: {withheld} withheld, {sensitive} sensitive, {exposed} exposed")
    }
}

/// What an audit finds.
pub struct Audit {
    /// The counts.
    pub counts: Audited,
    /// A row a withheld or exposed cell, as CSV. Restricted: it has the withheld values.
    pub report: Vec<u8>,
}

/// Audits `mask`, which says what is shown of the tables that `spec` makes of `data`.
///
/// # Errors
///
/// When a file is wrong. That cells are exposed is no error here.
pub fn run(spec: &Path, data: &Path, mask: &Path) -> Result<Audit, ProtectError> {
    let plan = Plan::read(spec)?;
    let cube = Cube::read(&plan, data)?;
    let problem = Problem::build(&cube.population)?;
    let shown = mask::read(&plan, &cube, mask)?;
    Auditor::new(&plan, &cube, &problem, shown).report()
}

/// A mask and what it leaves.
struct Auditor<'a> {
    plan: &'a Plan,
    cube: &'a Cube,
    problem: &'a Problem,
    /// By cell.
    shown: Vec<bool>,
    /// By variable: whether every cell of it is withheld, in this release and in earlier ones.
    hidden: Vec<bool>,
    /// By variable.
    sensitive: Vec<bool>,
    found: BTreeMap<VarId, Bounds>,
}

impl<'a> Auditor<'a> {
    fn new(plan: &'a Plan, cube: &'a Cube, problem: &'a Problem, shown: Vec<bool>) -> Self {
        let policy = plan.policy();
        let variables = problem.variables();
        let mut hidden: Vec<bool> = variables.iter().map(|v| v.role != Role::Published).collect();
        for (id, shown) in problem.variables_of_cells().iter().zip(&shown) {
            hidden[*id as usize] &= !shown;
        }
        let sensitive: Vec<bool> =
            sensitive_variables(problem, &policy).iter().map(Option::is_some).collect();
        let published = problem.variables_of_cells()[..cube.published].iter().copied();
        let mut targets: Vec<VarId> =
            published.chain((0..).zip(&sensitive).filter(|(_, s)| **s).map(|(id, _)| id)).collect();
        targets.sort_unstable();
        targets.dedup();
        let found = audit(problem, &policy, &hidden, &targets);
        let found = found.into_iter().map(|bounds| (bounds.variable, bounds)).collect();
        Self { plan, cube, problem, shown, hidden, sensitive, found }
    }

    fn report(&self) -> Result<Audit, ProtectError> {
        let failed = |error: csv::Error| ProtectError::File {
            path: PathBuf::from("report"),
            source: error.into(),
        };
        let mut counts = Audited { cells: self.cube.published, ..Audited::default() };
        let mut file = csv::Writer::from_writer(Vec::new());
        let names = self.cube.population.dimensions.iter().map(disclosure::Dimension::name);
        let columns = [
            "value",
            "sensitive",
            "low",
            "high",
            "integer_low",
            "integer_high",
            "values",
            "verdict",
            "exposed",
            "how",
        ];
        file.write_record(names.chain(columns)).map_err(failed)?;
        for (cell, id) in self.problem.variables_of_cells().iter().enumerate() {
            let sensitive = self.sensitive[*id as usize];
            let withheld = !self.shown[cell];
            let published = cell < self.cube.published;
            let finding = self.finding(cell, *id);
            let exposed = sensitive && finding.verdict != "several";
            counts.withheld += usize::from(withheld && published);
            counts.sensitive += usize::from(sensitive);
            counts.exposed += usize::from(exposed);
            if !(withheld && published || sensitive) {
                continue;
            }
            let value = self.cube.population.cells[cell].value.to_string();
            let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
            let values = [value, yes(sensitive)].into_iter().chain(finding.interval).chain([
                finding.verdict.to_owned(),
                yes(exposed),
                finding.how,
            ]);
            let codes = self.cube.codes(cell).map(str::to_owned);
            file.write_record(codes.chain(values)).map_err(failed)?;
        }
        let report = file.into_inner().map_err(|error| ProtectError::File {
            path: PathBuf::from("report"),
            source: error.into_error(),
        })?;
        Ok(Audit { counts, report })
    }

    /// What is known of a cell that is withheld, or sensitive though shown.
    fn finding(&self, cell: usize, id: VarId) -> Finding {
        let value = self.problem.variable(id).value;
        if self.shown[cell] {
            return Finding::known("shown", value, "it is shown");
        }
        if !self.hidden[id as usize] {
            let of = self.problem.variables_of_cells().iter().zip(&self.shown).enumerate();
            let other = of.filter(|(_, (other, shown))| **other == id && **shown).map(|(c, _)| c);
            let how = other.map(|c| format!("= [{}]", self.label(c))).next();
            let how = how.unwrap_or_else(|| "an earlier release showed it".to_owned());
            return Finding::known("exact", value, &how);
        }
        let Some(bounds) = self.found.get(&id) else {
            return Finding { verdict: "unknown", ..Finding::default() };
        };
        let verdict = match bounds.verdict {
            Verdict::Exact => "exact",
            Verdict::Several => "several",
            Verdict::TooFew => "too few values for the width",
            Verdict::Unknown => "unknown",
        };
        let how = match (&bounds.attack, bounds.verdict) {
            (Some(attack), _) => attack.formula(self.problem).to_string(),
            (None, Verdict::Several) => String::new(),
            (None, _) => self.words(bounds),
        };
        Finding { interval: interval(bounds), verdict, how }
    }

    /// Which bounds leave a cell too few values.
    fn words(&self, bounds: &Bounds) -> String {
        let (Some((low, high)), Some((least, most))) = (bounds.linear, bounds.integers) else {
            return "too large to be bounded".to_owned();
        };
        let mut text = format!("at least {}", ratio(low));
        text.push_str(&self.because(&bounds.bounded_by.0));
        if let Some(high) = high {
            text.push_str(&format!("; at most {}", ratio(high)));
            text.push_str(&self.because(&bounds.bounded_by.1));
        }
        let whole = |ratio: Ratio| ratio.denominator() == 1;
        if !whole(low) || high.is_some_and(|high| !whole(high)) || low.ceil() != least {
            let most = most.map_or_else(|| "without limit".to_owned(), |most| most.to_string());
            text.push_str(&format!("; in whole numbers {least} to {most}"));
        }
        match bounds.verdict {
            Verdict::Unknown => text.push_str("; whether more values are possible is undecided"),
            _ => text.push_str(&format!("; possible values: {}", bounds.values)),
        }
        text
    }

    fn because(&self, by: &[VarId]) -> String {
        let least = |id: &VarId| {
            let zero = self.plan.policy().zeros == disclosure::Zeros::Complement;
            let variable = self.problem.variable(*id);
            let least = i64::from(!zero && variable.role != Role::Never).min(variable.value);
            format!("[{}] >= {least}", self.problem.label(*id))
        };
        let named: Vec<String> = by.iter().take(NAMED).map(least).collect();
        if named.is_empty() {
            return String::new();
        }
        let more = match by.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!(" as {}{more}", named.join(", "))
    }

    fn label(&self, cell: usize) -> String {
        self.cube.population.label(&self.cube.population.cells[cell].key)
    }
}

/// What a row says of a cell beside its codes and value.
#[derive(Default)]
struct Finding {
    /// Low and high in fractions, low and high in integers, number of certified values.
    interval: [String; 5],
    verdict: &'static str,
    how: String,
}

impl Finding {
    fn known(verdict: &'static str, value: i64, how: &str) -> Self {
        let value = value.to_string();
        let interval = [value.clone(), value.clone(), value.clone(), value, "1".to_owned()];
        Self { interval, verdict, how: how.to_owned() }
    }
}

fn interval(bounds: &Bounds) -> [String; 5] {
    let (low, high) = match bounds.linear {
        None => (String::new(), String::new()),
        Some((low, high)) => (ratio(low), high.map(ratio).unwrap_or_default()),
    };
    let (least, most) = match bounds.integers {
        None => (String::new(), String::new()),
        Some((least, most)) => {
            (least.to_string(), most.map(|most| most.to_string()).unwrap_or_default())
        }
    };
    [low, high, least, most, bounds.values.to_string()]
}

/// `3/2`, or `1`.
fn ratio(ratio: Ratio) -> String {
    match ratio.denominator() {
        1 => ratio.numerator().to_string(),
        denominator => format!("{}/{denominator}", ratio.numerator()),
    }
}
