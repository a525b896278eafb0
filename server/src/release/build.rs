//! Builds a release: `portal release build --period 2026-Q3`, or one that revises what is published:
//! `portal release revise`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use disclosure::{Mask, Problem, protect_observed};
use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use model::item::Population;
use model::table::TableDefinition;
use model::{Period, Reason, ReleaseId, Text};
use proof::{SignOff, sha256_hex};
use serde_json::Value;
use store::RegisterPool;
use store::register::{ControlTotal, Snapshot};

use super::archive::Archive;
use super::bundle::{self, Bundle, Release, Table};
use super::changes::{self, Newest};
use super::contents::{self, disclosure_report};
use super::definitions::tables;
use super::durable;
use super::error::{BuildError, Withheld};
use super::facts::{BodyFlows, Counting, Dating};
use super::history::{History, Sources};
use super::keys::Keys;
use super::measure::periods_of;
use super::models::{self, Audit, Models, describe, run_gate};
use super::policy;
use super::reconcile;
use super::restricted::{Certificates, RegisterState, Restricted};
use super::series::Series;
use super::stopwatch::Stopwatch;
use super::truth::{Cubes, fill};

/// What to build.
#[derive(Clone, Debug)]
pub struct Request {
    /// Which release.
    pub edition: Edition,
    /// When the release becomes public.
    pub visible_from: Timestamp,
    /// True for demonstration data.
    pub simulated: bool,
    /// The release of which the checklist was filled in; that of any if absent.
    pub checked: Option<ReleaseId>,
    /// Who answers for it.
    pub sign_off: SignOff,
    /// What readers should know of it.
    pub notes: Option<Text>,
    /// Where to write the bundle; its place in the archive if absent.
    pub out: Option<PathBuf>,
}

/// Which release to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// The first publication of a quarter.
    First(Period),
    /// The next revision of the newest quarter, with every earlier period that has changed too.
    Revision(Reason),
    /// The same, and what was reported late within this year moves into the quarter in which it happened.
    Annual(i16),
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
    /// How many published figures it changes.
    pub changes: usize,
}

/// Builds, checks and signs a release.
///
/// # Errors
///
/// When figures do not balance, protection is impossible, the gate refuses, a table withholds too
/// much, a revision changes nothing, or a bundle before it is missing or damaged. Nothing is left
/// behind then.
pub async fn build(
    register: &RegisterPool,
    archive: &Archive,
    keys: &Keys,
    request: &Request,
) -> Result<Built, BuildError> {
    let signing = keys.log.signing(&archive.verify(keys.log.verifier())?)?;
    let id = name(archive, request)?;
    if let Some(checked) = request.checked.filter(|checked| *checked != id) {
        return Err(BuildError::CheckedAnother { checked, release: id });
    }
    let quarter = id.period;
    let definitions = tables()?;
    let newest = Newest::of(archive.bundles());
    let now = register.now().await?;

    let series = Series::new(archive.bundles(), quarter);
    let mut cubes = series.lay_out(&definitions)?;
    let before = counting(archive, keys)?;
    let counting = counting_of(request, &before, &series)?;
    if let Edition::Annual(_) = request.edition {
        // What is wrong for other reasons is a revision of its own, with these.
        let mut cubes = series.lay_out(&definitions)?;
        fill(&now, &mut cubes, quarter, &before).await?;
        let lines = reconcile::published(&cubes, &definitions, &newest);
        if !lines.is_empty() {
            return Err(BuildError::Unbalanced(lines));
        }
    }
    let mut flows = fill(&now, &mut cubes, quarter, &counting).await?;
    if flows.is_empty() {
        return Err(BuildError::Empty(quarter));
    }
    if counting.dating != Dating::default() {
        // Bodies have reported what came in late in the quarter of their report.
        let as_reported = Counting { dating: Dating::default(), ..counting };
        flows = fill(&now, &mut series.lay_out(&definitions)?, quarter, &as_reported).await?;
    }
    let mut lines = reconcile::parts(&cubes);
    if id.revision == 1 {
        lines.extend(control_totals(&now, &flows, quarter).await?);
        lines.extend(reconcile::published(&cubes, &definitions, &newest));
    } else {
        // What changes must balance in every quarter.
        for quarter in series.quarters() {
            lines.extend(control_totals(&now, &flows, quarter).await?);
        }
    }
    if !lines.is_empty() {
        return Err(BuildError::Unbalanced(lines));
    }

    let sources = Sources {
        register,
        now: &now,
        archive,
        earlier: archive.bundles(),
        lay_out: || series.lay_out(&definitions),
        quarter,
        counting: &counting,
    };
    let history = History::read(&sources).await?;
    history.agrees(&cubes, archive.bundles(), &newest)?;
    let models = describe(&definitions, archive.bundles(), &history, &cubes, quarter)?;
    let (masks, certificates) = protect(&models, keys.disclosure)?;

    let contents = Contents { definitions: &definitions, cubes: &cubes, masks: &masks };
    let (tables, report) = contents.tables(&newest, id);
    let too_much: Vec<Withheld> = report.iter().filter(|w| w.too_much()).cloned().collect();
    if !too_much.is_empty() {
        return Err(BuildError::TooMuchWithheld(too_much));
    }
    let mut release = Release {
        id,
        visible_from: request.visible_from,
        simulated: request.simulated,
        sign_off: request.sign_off.clone(),
        reason: request.edition.reason(),
        notes: request.notes.clone(),
        disclosure: disclosure_report(&tables),
        tables,
        gate: Value::Null,
    };
    let changed = newest.changed_by(&release);
    changes_as_it_should(id, changed.len()).map_err(|error| match (error, request.edition) {
        (BuildError::NothingRevised(_), Edition::Annual(year)) => BuildError::NothingLate(year),
        (error, _) => error,
    })?;

    let dir = request.out.clone().unwrap_or_else(|| archive.path(id));
    let staging = staging_dir(&dir)?;
    fail::fail_point!("release::build::after_staging");
    let written = (|| {
        release.gate = run_gate(&release, archive.bundles(), &history, &models, &certificates)?;
        fail::fail_point!("release::build::after_gate");
        let index = u64::try_from(archive.bundles().len()).unwrap_or(u64::MAX);
        let revisions = changes::csv(&changed, release.reason, &release.sign_off.approved_by)?;
        let manifest = bundle::write(&staging, &release, revisions, index, &signing)?;
        let mut log = archive.log(archive.bundles().len())?;
        log.push(&manifest)?;
        bundle::seal(&staging, &log, signing.key)?;
        // What was written is read back as anyone would read it, and passes the gate once more.
        let back = bundle::read(&staging)?;
        changes::check(&newest, &back)?;
        run_gate(&back.release, archive.bundles(), &history, &models, &certificates)?;
        fail::fail_point!("release::build::after_reading_back");
        let batches = now.batches().to_vec();
        let annual = counting.dating.annual.clone();
        let register = RegisterState { manifest: sha256_hex(&manifest), batches, annual };
        Restricted { register, certificates }.write(&archive.restricted(id))?;
        fail::fail_point!("release::build::before_rename");
        durable::rename(&staging, &dir)
    })();
    if let Err(error) = written {
        // The failure itself matters more than a leftover directory.
        let _ = std::fs::remove_dir_all(&staging);
        return Err(error);
    }
    fail::fail_point!("release::build::after_rename");
    Ok(Built { release: id, dir, tables: report, changes: changed.len() })
}

/// A release as it was when it was built: what is true of its figures, and what is kept beside it.
struct Retraced<'a> {
    earlier: &'a [Bundle],
    history: History,
    models: Models,
    certificates: Certificates,
}

/// It needs the register, for only there stands which cells are sensitive.
async fn retrace<'a>(
    register: &RegisterPool,
    archive: &'a Archive,
    keys: &Keys,
    release: &Release,
) -> Result<Retraced<'a>, BuildError> {
    archive.verify(keys.log.verifier())?;
    let quarter = release.id.period;
    let count = archive.bundles().iter().take_while(|b| b.release.id < release.id).count();
    let earlier = &archive.bundles()[..count];
    let definitions: Vec<TableDefinition> =
        release.tables.iter().map(|t| t.definition.clone()).collect();
    let series = Series::new(earlier, quarter);
    let own = archive.bundles().iter().find(|b| b.release.id == release.id);
    let own = own.ok_or(BuildError::NotInArchive(release.id))?;
    let kept = Restricted::of(own, &archive.restricted(release.id))?;
    let now = register.snapshot(kept.register.batches);
    let mut cubes = series.lay_out(&definitions)?;
    let dating = Dating { annual: kept.register.annual };
    let counting = Counting { key: keys.disclosure, dating };
    fill(&now, &mut cubes, quarter, &counting).await?;
    let sources = Sources {
        register,
        now: &now,
        archive,
        earlier,
        lay_out: || series.lay_out(&definitions),
        quarter,
        counting: &counting,
    };
    let history = History::read(&sources).await?;
    let models = describe(&definitions, earlier, &history, &cubes, quarter)?;
    Ok(Retraced { earlier, history, models, certificates: kept.certificates })
}

/// Runs the gate again over `release` as its files show it, together with the releases of `archive`
/// before it, and returns what it looked at.
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
    let Retraced { earlier, history, models, certificates } =
        retrace(register, archive, keys, release).await?;
    run_gate(release, earlier, &history, &models, &certificates)
}

/// Audits what a reader of `release` and of all releases of `archive` before it can work out, without
/// a look at the certificates. It takes minutes where much is withheld.
///
/// # Errors
///
/// As [`build`].
pub async fn audit(
    register: &RegisterPool,
    archive: &Archive,
    keys: &Keys,
    release: &Release,
) -> Result<Audit, BuildError> {
    let Retraced { earlier, history, models, .. } =
        retrace(register, archive, keys, release).await?;
    models::audit(release, earlier, &history, &models, keys.disclosure)
}

impl Edition {
    const fn reason(self) -> Option<Reason> {
        match self {
            Self::First(_) => None,
            Self::Revision(reason) => Some(reason),
            Self::Annual(_) => Some(Reason::LateReport),
        }
    }
}

/// How the last release counts, and so the next one does: late reports as annual revisions have moved them.
fn counting(archive: &Archive, keys: &Keys) -> Result<Counting, BuildError> {
    let last = archive.bundles().last();
    let state =
        last.map(|b| RegisterState::of(b, &archive.restricted(b.release.id))).transpose()?;
    let dating = Dating { annual: state.unwrap_or_default().annual };
    Ok(Counting { key: keys.disclosure, dating })
}

/// How the release to build counts, of the quarters `series`.
fn counting_of(
    request: &Request,
    before: &Counting,
    series: &Series,
) -> Result<Counting, BuildError> {
    let mut counting = before.clone();
    if let Edition::Annual(year) = request.edition {
        if !Period::of_year(year).quarters().all(|q| series.quarters().any(|own| own == q)) {
            return Err(BuildError::YearNotWhole(year));
        }
        if !counting.dating.annual.insert(year) {
            return Err(BuildError::RevisedAnnually(year));
        }
    }
    Ok(counting)
}

/// The name of the release to build.
fn name(archive: &Archive, request: &Request) -> Result<ReleaseId, BuildError> {
    if let Some(before) = archive.bundles().last()
        && request.visible_from < before.release.visible_from
    {
        let (release, minute) = (before.release.id, before.release.visible_from);
        return Err(BuildError::TooEarly { release, minute });
    }
    let last = archive.bundles().last().map(|b| b.release.id);
    match request.edition {
        Edition::Revision(_) | Edition::Annual(_) => {
            let notes = request.notes.as_ref();
            if notes.is_none_or(|t| t.vi.trim().is_empty() || t.en.trim().is_empty()) {
                return Err(BuildError::NoNotes);
            }
            let last = last.ok_or(BuildError::NothingPublished)?;
            Ok(ReleaseId { revision: last.revision + 1, ..last })
        }
        Edition::First(quarter) if !quarter.is_quarter() => Err(BuildError::NotAQuarter(quarter)),
        Edition::First(period) => {
            let id = ReleaseId { period, revision: 1 };
            let Some(last) = last else { return Ok(id) };
            let next = Period::from_quarter_index(last.period.last_quarter_index() + 1);
            if last.period >= period {
                Err(BuildError::AlreadyPublished(id))
            } else if next == period {
                Ok(id)
            } else {
                let missing = ReleaseId { period: next, revision: 1 };
                Err(BuildError::MissingBundle {
                    release: id.to_string(),
                    missing: missing.to_string(),
                })
            }
        }
    }
}

/// A first publication changes no published figure, a revision at least one.
const fn changes_as_it_should(release: ReleaseId, count: usize) -> Result<(), BuildError> {
    match (release.revision, count) {
        (1, 0) | (2.., 1..) => Ok(()),
        (1, _) => Err(BuildError::ReviseFirst { release, count }),
        _ => Err(BuildError::NothingRevised(release)),
    }
}

/// Where the case flow of `quarter` differs from what the bodies reported.
async fn control_totals(
    register: &Snapshot,
    flows: &BodyFlows,
    quarter: Period,
) -> Result<Vec<String>, BuildError> {
    let reported: Vec<ControlTotal> = register.control_totals(quarter).try_collect().await?;
    Ok(reconcile::control_totals(flows, &reported, quarter))
}

/// What may be shown of each population, with the certificates that it is safe.
fn protect(models: &Models, key: [u8; 16]) -> Result<(Masks, Certificates), BuildError> {
    let mut masks = Masks::new();
    let mut certificates = Certificates::default();
    for (&population, model) in models {
        let problem = Problem::build(&model.population)?;
        let mut clock = Stopwatch::default();
        let mut mask =
            protect_observed(&problem, &policy::protection(key), |stage| clock.begin(stage))
                .map_err(|refusal| BuildError::Refused {
                    population: population.code(),
                    refusal,
                })?;
        tracing::info!(
            population = population.code(),
            cells = model.population.cells.len(),
            primary = mask.count(disclosure::Status::Primary),
            secondary = mask.count(disclosure::Status::Secondary),
            rounds = mask.rounds,
            seconds = %clock,
            "protected"
        );
        certificates.insert(population, std::mem::take(&mut mask.certificates));
        masks.insert(population, mask);
    }
    Ok((masks, certificates))
}

type Masks = BTreeMap<Population, Mask>;

/// What a release can show.
struct Contents<'a> {
    definitions: &'a [TableDefinition],
    cubes: &'a Cubes,
    masks: &'a Masks,
}

impl Contents<'_> {
    /// The tables of the release `id`: its own periods, and of the earlier ones those in which a figure
    /// is not what was published `newest`.
    fn tables(&self, newest: &Newest, id: ReleaseId) -> (Vec<Table>, Vec<Withheld>) {
        let one = |definition: &TableDefinition| {
            let mut periods = self.changed(definition, newest);
            periods.retain(|p| !periods_of(id.period).any(|own| own == *p));
            periods.extend(periods_of(id.period));
            let cube = &self.cubes[&definition.population];
            let mask = &self.masks[&definition.population];
            let (table, withheld) = contents::table(definition.clone(), cube, mask, periods);
            tracing::info!(%withheld, release = %id, "filled a table");
            (table, withheld)
        };
        self.definitions.iter().map(one).unzip()
    }

    /// The published periods of a table in which a figure has changed, in order.
    fn changed(&self, definition: &TableDefinition, newest: &Newest) -> Vec<Period> {
        let cube = &self.cubes[&definition.population];
        let mask = &self.masks[&definition.population];
        let differs = |cell: &&model::Cell| {
            cube.find(&cell.address).is_some_and(|position| {
                let shown = mask.statuses[position] == disclosure::Status::Shown;
                cell.value != shown.then(|| cube.value(position))
            })
        };
        let cells = newest.cells(&definition.id).filter(differs);
        let mut periods: Vec<Period> = cells.map(|cell| cell.address.period).collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_publication_changes_nothing_and_a_revision_something() {
        let said = |id: &str, count| changes_as_it_should(id.parse().unwrap(), count);
        assert!(said("2026-Q3.1", 0).is_ok() && said("2026-Q3.2", 3).is_ok());
        let first = said("2026-Q3.1", 3).unwrap_err();
        assert!(matches!(first, BuildError::ReviseFirst { count: 3, .. }), "{first}");
        assert!(first.to_string().contains("portal release revise"), "{first}");
        assert!(matches!(said("2026-Q3.2", 0), Err(BuildError::NothingRevised(_))));
    }
}
