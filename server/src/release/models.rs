//! Every population as disclosure control sees it, and the gate over what is shown of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use disclosure::gate::{self, GateInput};
use disclosure::{Origin, Problem, Revised, Verdict, Visibility, Zeros, sensitive_variables};
use model::figure::Address;
use model::item::Population;
use model::table::TableDefinition;
use model::{Cell, Period};
use serde_json::{Value, json};

use super::bundle::{Bundle, Release};
use super::contents::addresses;
use super::cube::{Coordinates, Cube};
use super::error::BuildError;
use super::history::{self, History};
use super::measure::periods_of;
use super::policy::{Publication, protection};
use super::restricted::Certificates;
use super::truth::Cubes;

/// All populations as disclosure control sees them.
pub type Models = BTreeMap<Population, Model>;

/// A population as disclosure control sees it: the figures of the release, what earlier releases said
/// otherwise, and the changes.
#[derive(Debug)]
pub struct Model {
    /// Its cells; the first are those of the cube.
    pub population: disclosure::Population,
    origins: Vec<Origin>,
    coordinates: Vec<Coordinates>,
}

/// Values, thresholds, and what may happen to each cell of the release on `quarter`, given what
/// `earlier` releases show.
///
/// # Errors
///
/// When the cells do not fit together.
pub fn describe(
    definitions: &[TableDefinition],
    earlier: &[Bundle],
    history: &History,
    cubes: &Cubes,
    quarter: Period,
) -> Result<Models, BuildError> {
    let model = |(&population, cube): (&Population, &Cube)| {
        let publication = publication(population, definitions, earlier, cube.first(), quarter);
        let model = if history.concerns(population) {
            revised(population, cube, publication.unbound(), history, earlier)?
        } else {
            let population = cube.population(|place, o| publication.rule(place, o))?;
            let origins = (0..population.cells.len()).map(Origin::New).collect();
            Model { population, origins, coordinates: cube.coordinates().collect() }
        };
        Ok((population, model))
    };
    cubes.iter().map(model).collect()
}

fn publication(
    population: Population,
    definitions: &[TableDefinition],
    earlier: &[Bundle],
    first: Period,
    quarter: Period,
) -> Publication {
    let ours = definitions.iter().filter(|t| t.population == population);
    let now = ours.flat_map(|t| addresses(t, first, periods_of(quarter))).collect();
    let earlier = history::statuses(population, earlier);
    Publication { now, earlier: earlier.into_iter().map(|(a, s)| (a.clone(), s)).collect() }
}

fn revised(
    population: Population,
    cube: &Cube,
    publication: Publication,
    history: &History,
    earlier: &[Bundle],
) -> Result<Model, BuildError> {
    let new = cube.population(|place, o| publication.rule(place, o))?;
    let coordinates: Vec<Coordinates> = cube.coordinates().collect();
    let before = history.before(population, &coordinates, earlier);
    let contributors = |change: disclosure::Change| {
        history.contributors(population, &coordinates[change.cell].address, change)
    };
    let Revised { population, origins } = disclosure::revise(new, &before, contributors)?;
    Ok(Model { population, origins, coordinates })
}

/// Runs the gate over what `release` and the `earlier` ones show. It sees the truth to know what is
/// sensitive, and of the release only what is in its tables. What it looked at.
///
/// # Errors
///
/// [`BuildError::Gate`] with every disclosure found; [`BuildError::Unlinked`] when a reader knows
/// figures that the gate does not.
pub fn run_gate(
    release: &Release,
    earlier: &[Bundle],
    history: &History,
    models: &Models,
    certificates: &Certificates,
) -> Result<Value, BuildError> {
    let shown = Shown::by(release, earlier, history);
    let all = earlier.iter().map(|b| &b.release).chain([release]);
    let cells = all.flat_map(cells_of).filter(|c| c.value.is_some());
    let mut unseen: HashSet<&Address> = cells.map(|c| &c.address).collect();
    let mut report = serde_json::Map::new();
    for (population, model) in models {
        model.coordinates.iter().filter_map(Coordinates::published).for_each(|address| {
            unseen.remove(address);
        });
        let mut input = GateInput::of(&model.population, Zeros::Complement, |position| {
            shown.value(model, position)
        });
        input.certificates = Some(certificates.of(*population).to_vec());
        let pass = gate::check(&input).map_err(BuildError::Gate)?;
        let counts = json!({"cells": pass.cells, "shown": pass.shown, "relations": pass.relations});
        report.insert(population.code().to_owned(), counts);
    }
    // What a reader knows but the gate does not would make its pass worthless.
    if let Some(&first) = unseen.iter().min() {
        return Err(BuildError::Unlinked { count: unseen.len(), first: Box::new(first.clone()) });
    }
    Ok(json!({
        "release": release.id,
        "passed": true,
        "certified": true,
        "populations": report,
    }))
}

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// How many withheld figures and changes are small, those that are published nowhere too.
    pub sensitive: usize,
    /// Those of them that a reader can work out, exactly or too nearly.
    pub exposed: Vec<String>,
}

/// Audits every population.
///
/// # Errors
///
/// When the cells do not fit together.
pub fn audit(
    release: &Release,
    earlier: &[Bundle],
    history: &History,
    models: &Models,
    key: [u8; 16],
) -> Result<Audit, BuildError> {
    let shown = Shown::by(release, earlier, history);
    let policy = protection(key);
    let mut found = Audit::default();
    for model in models.values() {
        let problem = Problem::build(&model.population)?;
        let mut hidden = vec![true; problem.variables().len()];
        for (position, variable) in problem.variables_of_cells().iter().enumerate() {
            let structural =
                model.population.cells[position].visibility == Visibility::StructuralZero;
            if structural || shown.value(model, position).is_some() {
                hidden[*variable as usize] = false;
            }
        }
        let sensitive = sensitive_variables(&problem, &policy);
        let targets: Vec<u32> = (0..)
            .zip(&sensitive)
            .filter_map(|(variable, sensitive)| sensitive.is_some().then_some(variable))
            .collect();
        let bounds = disclosure::audit(&problem, &policy, &hidden, &targets);
        let exposed = bounds.iter().filter(|b| b.verdict != Verdict::Several);
        found.exposed.extend(exposed.map(|b| problem.label(b.variable).to_owned()));
        // A sensitive figure that is shown has no bounds.
        let shown = targets.iter().filter(|variable| !hidden[**variable as usize]);
        found.exposed.extend(shown.map(|variable| problem.label(*variable).to_owned()));
        found.sensitive += targets.len();
    }
    Ok(found)
}

/// What a reader has of each cell.
struct Shown<'a> {
    now: HashMap<&'a Address, i64>,
    versions: Vec<HashMap<&'a Address, i64>>,
}

impl<'a> Shown<'a> {
    fn by(release: &'a Release, earlier: &'a [Bundle], history: &History) -> Self {
        let releases = |count: usize| earlier[..count].iter().map(|b| &b.release);
        Self {
            now: last_shown(releases(earlier.len()).chain([release])),
            versions: history.releases().into_iter().map(|n| last_shown(releases(n))).collect(),
        }
    }

    fn value(&self, model: &Model, position: usize) -> Option<i64> {
        let at = |cell: usize| model.coordinates[cell].published();
        match model.origins[position] {
            Origin::New(cell) => self.now.get(at(cell)?).copied(),
            Origin::Old { cell, version } => self.versions[version].get(at(cell)?).copied(),
            Origin::Change(_) => None,
        }
    }
}

fn cells_of(release: &Release) -> impl Iterator<Item = &Cell> {
    release.tables.iter().flat_map(|t| &t.cells)
}

/// What a reader of the last of `releases` finds at each address.
fn last_shown<'a>(releases: impl Iterator<Item = &'a Release>) -> HashMap<&'a Address, i64> {
    let last: HashMap<&Address, Option<i64>> =
        releases.flat_map(cells_of).map(|cell| (&cell.address, cell.value)).collect();
    last.into_iter().filter_map(|(address, value)| Some((address, value?))).collect()
}
