//! Builds a release: `portal release build --period 2026-Q3`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use disclosure::gate::{self, GateInput};
use disclosure::{Problem, Zeros, protect_observed};
use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use model::figure::Address;
use model::item::Population;
use model::table::TableDefinition;
use model::{Cell, Dim, Period, ReleaseId, Status};
use serde_json::{Value, json};
use store::RegisterPool;
use store::register::ControlTotal;

use super::archive::Archive;
use super::bundle::{self, Bundle, Release, Table};
use super::certificates::Certificates;
use super::cube::Cube;
use super::definitions::tables;
use super::durable;
use super::error::{BuildError, Withheld};
use super::facts::{BodyFlows, Facts};
use super::keys::Keys;
use super::measure::{periods_of, periods_up_to};
use super::policy::{self, Publication, structural_zero};
use super::reconcile;
use super::stopwatch::Stopwatch;

/// What to build.
#[derive(Clone, Debug)]
pub struct Request {
    /// The reference quarter.
    pub period: Period,
    /// When the release becomes public.
    pub visible_from: Timestamp,
    /// True for demonstration data.
    pub simulated: bool,
    /// Where to write the bundle; its place in the archive if absent.
    pub out: Option<PathBuf>,
}

/// What was built.
#[derive(Clone, Debug)]
pub struct Built {
    /// Its name.
    pub release: ReleaseId,
    /// The bundle's directory.
    pub dir: PathBuf,
    /// How much of each table is withheld (restricted).
    pub tables: Vec<Withheld>,
}

/// All populations, each with its own cube.
type Cubes = BTreeMap<Population, Cube>;

/// Builds, checks and signs a release.
///
/// # Errors
///
/// When figures do not balance, protection is impossible, the gate refuses, a table withholds too
/// much, or a bundle before it is missing or damaged. Nothing is left behind then.
pub async fn build(
    register: &RegisterPool,
    archive: &Archive,
    keys: &Keys,
    request: &Request,
) -> Result<Built, BuildError> {
    let quarter = request.period;
    if !quarter.is_quarter() {
        return Err(BuildError::NotAQuarter(quarter));
    }
    let id = ReleaseId { period: quarter, revision: 1 };
    archive.verify(keys.log.verifier())?;
    let first = first_quarter(archive, id)?;
    let definitions = tables()?;
    let periods = periods_up_to(first, quarter);

    let mut cubes = lay_out(&definitions, first, &periods)?;
    let flows = fill(register, &mut cubes, quarter, keys).await?;
    reconcile_all(register, archive, &cubes, &flows, quarter).await?;

    let models = describe(&definitions, archive.bundles(), &cubes, quarter)?;
    let mut masks = BTreeMap::new();
    let mut certificates = Certificates::default();
    for (&population, model) in &models {
        let problem = Problem::build(model)?;
        let mut clock = Stopwatch::default();
        let mut mask = protect_observed(&problem, &policy::protection(keys.disclosure), |stage| {
            clock.begin(stage)
        })
        .map_err(|refusal| BuildError::Refused { population: population.code(), refusal })?;
        tracing::info!(
            population = population.code(),
            cells = model.cells.len(),
            primary = mask.count(disclosure::Status::Primary),
            secondary = mask.count(disclosure::Status::Secondary),
            rounds = mask.rounds,
            seconds = %clock,
            "protected"
        );
        certificates.insert(population, std::mem::take(&mut mask.certificates));
        masks.insert(population, mask);
    }

    let mut filled = Vec::with_capacity(definitions.len());
    let mut report = Vec::with_capacity(definitions.len());
    for definition in definitions {
        let cube = &cubes[&definition.population];
        let mask = &masks[&definition.population];
        let (table, withheld) = fill_table(definition, cube, mask, quarter);
        tracing::info!(%withheld, quarter = %quarter, "filled a table");
        report.push(withheld);
        filled.push(table);
    }
    let too_much: Vec<Withheld> = report.iter().filter(|w| w.too_much()).cloned().collect();
    if !too_much.is_empty() {
        return Err(BuildError::TooMuchWithheld(too_much));
    }
    let mut release = Release {
        id,
        visible_from: request.visible_from,
        simulated: request.simulated,
        disclosure: disclosure_report(&filled),
        tables: filled,
        gate: Value::Null,
    };

    let dir = request.out.clone().unwrap_or_else(|| archive.path(id));
    let staging = staging_dir(&dir)?;
    fail::fail_point!("release::build::after_staging");
    let written = (|| {
        release.gate = run_gate(&release, archive.bundles(), &cubes, &models, &certificates)?;
        fail::fail_point!("release::build::after_gate");
        let index = u64::try_from(archive.bundles().len()).unwrap_or(u64::MAX);
        let manifest = bundle::write(&staging, &release, index)?;
        let mut log = archive.log(archive.bundles().len())?;
        log.push(&manifest)?;
        bundle::seal(&staging, &log, &keys.log)?;
        // What was written is read back as anyone would read it, and passes the gate once more.
        let back = bundle::read(&staging)?;
        run_gate(&back.release, archive.bundles(), &cubes, &models, &certificates)?;
        fail::fail_point!("release::build::after_reading_back");
        certificates.write(&archive.certificates(id))?;
        fail::fail_point!("release::build::before_rename");
        durable::rename(&staging, &dir)
    })();
    if let Err(error) = written {
        // The failure itself matters more than a leftover directory.
        let _ = std::fs::remove_dir_all(&staging);
        return Err(error);
    }
    fail::fail_point!("release::build::after_rename");
    Ok(Built { release: id, dir, tables: report })
}

/// Runs the gate again over `release` as its files show it, together with the releases of `archive`
/// before it, and returns what it looked at. It needs the register, for only there stands which cells
/// are sensitive, and the release's certificates.
///
/// # Errors
///
/// [`BuildError::Gate`] with every disclosure found; otherwise as [`build`].
pub async fn check(
    register: &RegisterPool,
    archive: &Archive,
    keys: &Keys,
    release: &Release,
) -> Result<Value, BuildError> {
    let quarter = release.id.period;
    archive.verify(keys.log.verifier())?;
    let count = archive.bundles().iter().take_while(|b| b.release.id.period < quarter).count();
    let earlier = &archive.bundles()[..count];
    let first = earlier.first().map_or(quarter, |b| b.release.id.period);
    let definitions: Vec<TableDefinition> =
        release.tables.iter().map(|t| t.definition.clone()).collect();
    let mut cubes = lay_out(&definitions, first, &periods_up_to(first, quarter))?;
    fill(register, &mut cubes, quarter, keys).await?;
    let models = describe(&definitions, earlier, &cubes, quarter)?;
    let certificates = Certificates::read(&archive.certificates(release.id))?;
    run_gate(release, earlier, &cubes, &models, &certificates)
}

/// A directory beside `dir` to write into; `dir` itself must not exist.
fn staging_dir(dir: &Path) -> Result<PathBuf, BuildError> {
    if dir.exists() {
        return Err(BuildError::Bundle {
            bundle: dir.to_owned(),
            why: "is there already; published is for ever, and a bundle is never overwritten"
                .into(),
        });
    }
    let name = dir.file_name().and_then(|n| n.to_str()).unwrap_or("release");
    let staging = dir.with_file_name(format!(".{name}.building"));
    if staging.exists() {
        std::fs::remove_dir_all(&staging).map_err(BuildError::file(&staging))?;
    }
    std::fs::create_dir_all(&staging).map_err(BuildError::file(&staging))?;
    Ok(staging)
}

/// The first quarter of the series: that of the first release. Every quarter since must be there.
fn first_quarter(archive: &Archive, id: ReleaseId) -> Result<Period, BuildError> {
    let Some(first) = archive.bundles().first() else { return Ok(id.period) };
    let first = first.release.id.period;
    for index in first.last_quarter_index()..id.period.last_quarter_index() {
        let needed = ReleaseId { period: Period::from_quarter_index(index), revision: 1 };
        if !archive.contains(needed) {
            return Err(BuildError::MissingBundle {
                release: id.to_string(),
                missing: needed.to_string(),
            });
        }
    }
    if archive.bundles().iter().any(|b| b.release.id.period >= id.period) {
        return Err(BuildError::AlreadyPublished(id));
    }
    Ok(first)
}

fn lay_out(
    definitions: &[TableDefinition],
    first: Period,
    periods: &[Period],
) -> Result<Cubes, BuildError> {
    Population::ALL
        .iter()
        .map(|&population| {
            let part: Vec<&TableDefinition> =
                definitions.iter().filter(|t| t.population == population).collect();
            Ok((population, Cube::new(population.code(), &part, first, periods)?))
        })
        .collect()
}

/// One pass over each population's records.
async fn fill(
    register: &RegisterPool,
    cubes: &mut Cubes,
    quarter: Period,
    keys: &Keys,
) -> Result<BodyFlows, BuildError> {
    let facts = Facts::new(quarter, keys.disclosure);
    let cutoff = quarter.cutoff();
    let mut flows = BodyFlows::default();
    let mut take = |population| {
        cubes.remove(&population).ok_or(BuildError::Empty(quarter)).map(|cube| (population, cube))
    };
    let mut cases = take(Population::Cases)?;
    let mut remedies = take(Population::Remedies)?;
    let mut petitions = take(Population::Petitions)?;
    let mut receptions = take(Population::Receptions)?;
    let mut schedule = take(Population::Schedule)?;
    let mut referrals = take(Population::Referrals)?;

    let mut any = false;
    let mut rows = register.case_histories(cutoff);
    while let Some(history) = rows.try_next().await? {
        any = true;
        facts.case(&history, &mut cases.1, &mut remedies.1, &mut flows)?;
    }
    drop(rows);
    if !any {
        return Err(BuildError::Empty(quarter));
    }
    let mut rows = register.petition_histories(cutoff);
    while let Some(history) = rows.try_next().await? {
        facts.petition(&history, &mut petitions.1)?;
    }
    drop(rows);
    let mut rows = register.reception_histories(cutoff);
    while let Some(history) = rows.try_next().await? {
        facts.reception(&history, &mut receptions.1, &mut schedule.1)?;
    }
    drop(rows);
    let mut rows = register.referral_histories(cutoff);
    while let Some(history) = rows.try_next().await? {
        facts.referral(&history, &mut referrals.1)?;
    }
    drop(rows);
    cubes.extend([cases, remedies, petitions, receptions, schedule, referrals]);
    Ok(flows)
}

async fn reconcile_all(
    register: &RegisterPool,
    archive: &Archive,
    cubes: &Cubes,
    flows: &BodyFlows,
    quarter: Period,
) -> Result<(), BuildError> {
    let reported: Vec<ControlTotal> = register.control_totals(quarter).try_collect().await?;
    let mut lines = reconcile::control_totals(flows, &reported, quarter);
    for (&population, cube) in cubes {
        let mut earlier = HashMap::new();
        for bundle in archive.bundles() {
            for table in &bundle.release.tables {
                if table.definition.population == population {
                    earlier.extend(
                        table
                            .cells
                            .iter()
                            .map(|c| ((table.definition.id.clone(), c.address.clone()), c.clone())),
                    );
                }
            }
        }
        lines.extend(reconcile::published(cube, &earlier));
    }
    if lines.is_empty() { Ok(()) } else { Err(BuildError::Unbalanced(lines)) }
}

/// Every address that `definition` shows for the release on `quarter`, in order. Combinations that
/// cannot exist are left out.
fn addresses(definition: &TableDefinition, quarter: Period) -> Vec<Address> {
    let mut out = Vec::new();
    let mut seen = HashSet::new();
    for period in periods_of(quarter) {
        for crossing in definition.crossings.iter().filter(|c| c.covers(period)) {
            let mut combinations = vec![Address::total(period, definition.items[0])];
            for dim in Dim::ALL {
                let members = crossing.members(dim);
                combinations = combinations
                    .into_iter()
                    .flat_map(|a| members.iter().map(move |m| a.clone().with(dim, &m.code)))
                    .collect();
            }
            for address in combinations.into_iter().filter(|a| !structural_zero(a)) {
                for &item in definition.items_of(crossing) {
                    let address = Address { item, ..address.clone() };
                    if seen.insert(address.clone()) {
                        out.push(address);
                    }
                }
            }
        }
    }
    out
}

/// Every population as disclosure control sees it: values, thresholds, and what may happen to each
/// cell, given what `earlier` releases show.
fn describe(
    definitions: &[TableDefinition],
    earlier: &[Bundle],
    cubes: &Cubes,
    quarter: Period,
) -> Result<Models, BuildError> {
    let model = |(&population, cube): (&Population, &Cube)| {
        let publication = publication(population, definitions, earlier, quarter);
        Ok((population, cube.population(|a, o| publication.rule(a, o))?))
    };
    cubes.iter().map(model).collect()
}

fn publication(
    population: Population,
    definitions: &[TableDefinition],
    earlier: &[Bundle],
    quarter: Period,
) -> Publication {
    let ours = definitions.iter().filter(|t| t.population == population);
    let now = ours.flat_map(|t| addresses(t, quarter)).collect();
    let tables = earlier.iter().flat_map(|b| &b.release.tables);
    let earlier = tables
        .filter(|t| t.definition.population == population)
        .flat_map(|t| t.cells.iter().map(|c| (c.address.clone(), c.status)))
        .collect();
    Publication { now, earlier }
}

/// The table with its figures, and how much of it is withheld.
fn fill_table(
    definition: TableDefinition,
    cube: &Cube,
    mask: &disclosure::Mask,
    quarter: Period,
) -> (Table, Withheld) {
    let mut count = Withheld { table: definition.id.clone(), figures: 0, nonzero: 0, withheld: 0 };
    let mut cells = Vec::new();
    for address in addresses(&definition, quarter) {
        let Some(position) = cube.find(&address) else { continue };
        let value = cube.value(position);
        let shown = mask.statuses[position] == disclosure::Status::Shown;
        count.figures += 1;
        count.nonzero += usize::from(value != 0);
        count.withheld += usize::from(value != 0 && !shown);
        cells.push(if shown {
            Cell::shown(address, value)
        } else {
            Cell::missing(address, Status::Withheld)
        });
    }
    (Table { definition, cells }, count)
}

fn disclosure_report(tables: &[Table]) -> Value {
    let tables: Vec<Value> = tables
        .iter()
        .map(|t| {
            json!({
                "table": t.definition.id,
                "figures": t.cells.len(),
                "withheld": t.count(Status::Withheld),
            })
        })
        .collect();
    json!({"rules": policy::rules(), "tables": tables})
}

/// All populations as disclosure control sees them.
type Models = BTreeMap<Population, disclosure::Population>;

/// Runs the gate over what this release and the earlier ones show. It sees the truth to know what
/// is sensitive, and of the release only what is in its tables.
fn run_gate(
    release: &Release,
    earlier: &[Bundle],
    cubes: &Cubes,
    models: &Models,
    certificates: &Certificates,
) -> Result<Value, BuildError> {
    let mut shown: HashMap<&Address, i64> = HashMap::new();
    let releases = earlier.iter().map(|b| &b.release).chain([release]);
    for cell in releases.flat_map(|r| r.tables.iter().flat_map(|t| &t.cells)) {
        if let Some(value) = cell.value {
            shown.insert(&cell.address, value);
        }
    }
    let mut unseen: HashSet<&Address> = shown.keys().copied().collect();
    let mut report = serde_json::Map::new();
    for (population, cube) in cubes {
        let model = &models[population];
        let addresses: Vec<Address> = cube.addresses().collect();
        for address in &addresses {
            unseen.remove(address);
        }
        let mut input = GateInput::of(model, Zeros::Complement, |position| {
            shown.get(&addresses[position]).copied()
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
