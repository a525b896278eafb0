//! The command line of `portal`.

mod key;
mod release;

use std::net::SocketAddr;
use std::path::PathBuf;

use app::wire::site::PublishingBody;
use clap::{Args, Parser, Subcommand};
use indicatif::ProgressBar;
use jiff::Timestamp;
use law::Law;
use model::Text;
use model::boundary::Level;
use store::register::RecordKind;
use store::{PublishedPool, PublisherPool, RegisterPool};

use self::key::Key;
use self::release::Release;
use crate::calendar::{self, Calendar};
use crate::database::{Databases, Role, Settings};
use crate::error::CommandError;
use crate::geometry::problem::GeometryError;
use crate::protect::ProtectError;
use crate::release::keys::Keys;
use crate::release::publish::restore;
use crate::report::Report;
use crate::{demo, demonstration, geometry, import, output, protect, remarks, verify, web};

/// The transparency portal for citizens' complaints in Thanh Hoa.
#[derive(Debug, Parser)]
#[command(name = "portal", version, about)]
pub struct Cli {
    #[command(flatten)]
    settings: Settings,
    /// Directory with time limits, days off and remote areas (rules.toml, holidays.csv, remote.csv) in the
    /// place of those that the program brings along.
    #[arg(long, env = "PORTAL_LAW_DIR", value_name = "DIR", global = true)]
    law: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start with the demonstration: simulate, import, release, publish what is missing, and serve.
    Run(Web),
    /// Serve what is published.
    Serve(Web),
    /// Import register extracts (CSV, XLSX), or boundaries; list or withdraw what was imported.
    Import(Import),
    /// Write the simulated extracts of the demonstration.
    Demo(Demo),
    /// Protect the counts of any table against disclosure; no database is needed.
    Protect(Protect),
    /// Audit any mask of a table: what a reader can work out of each withheld cell.
    Audit(Audit),
    /// Build, publish and list releases.
    #[command(subcommand)]
    Release(Release),
    /// List, replace and delete the keys that sign the log of releases.
    #[command(subcommand)]
    Key(Key),
    /// Announce, confirm, move or cancel releases; say who sees them before.
    #[command(subcommand)]
    Calendar(Calendar),
    /// Check the proof of a figure, a release or all releases, without a network or a database.
    Verify(Verify),
    /// Write the supervision report on a period: as a workbook, as the printed page.
    Report(Report),
    /// Record what a body explains of published figures.
    Reply(remarks::Reply),
    /// Record and answer challenges to published figures.
    #[command(subcommand)]
    Challenge(remarks::Challenge),
    /// Rebuild an empty published database from the bundles of all releases.
    Restore(Restore),
}

#[derive(Debug, Args)]
struct Web {
    /// Address to listen on.
    #[arg(long, env = "PORTAL_LISTEN", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Directory of the built site; beside the program if absent.
    #[arg(long, env = "LEPTOS_SITE_ROOT")]
    site: Option<PathBuf>,
    /// The body that publishes the figures, in Vietnamese; every page names it.
    #[arg(long, env = "PORTAL_PUBLISHING_BODY")]
    publishing_body: Option<String>,
    /// Its English name; the Vietnamese one if absent.
    #[arg(long, env = "PORTAL_PUBLISHING_BODY_EN", requires = "publishing_body")]
    publishing_body_en: Option<String>,
    /// How to reach it: an e-mail address, the https address of a page, or words.
    #[arg(long, env = "PORTAL_CONTACT", requires = "publishing_body")]
    contact: Option<String>,
}

impl Web {
    /// Who publishes the figures; empty settings count as none.
    fn publisher(&self) -> Option<PublishingBody> {
        let given = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(ToOwned::to_owned)
        };
        let vi = given(&self.publishing_body)?;
        let en = given(&self.publishing_body_en).unwrap_or_else(|| vi.clone());
        Some(PublishingBody { name: Text::new(vi, en), contact: given(&self.contact) })
    }
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
struct Import {
    #[command(subcommand)]
    other: Option<OtherImport>,
    /// Extract files, all imported or none.
    #[arg(required_unless_present_any = ["template", "list", "withdraw"])]
    files: Vec<PathBuf>,
    /// What the files hold, if their headers leave it open: cases, petitions, receptions,
    /// dialogues, referrals, control_totals (or the Vietnamese name).
    #[arg(long, value_parser = record_kind)]
    kind: Option<RecordKind>,
    /// Mark the records as simulated.
    #[arg(long)]
    simulated: bool,
    /// Write empty templates and a data dictionary into this directory instead.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["files", "list", "withdraw"])]
    template: Option<PathBuf>,
    /// List the batches imported so far instead.
    #[arg(long, conflicts_with_all = ["files", "withdraw"])]
    list: bool,
    /// Withdraw this batch instead: the versions before it count again.
    #[arg(long, value_name = "BATCH", conflicts_with = "files")]
    withdraw: Option<i64>,
}

#[derive(Debug, Subcommand)]
enum OtherImport {
    /// Import the boundaries that maps draw (GeoJSON, TopoJSON; docs/GEOMETRY.md).
    Geometry(Geometry),
}

#[derive(Debug, Args)]
struct Geometry {
    /// The file: every commune or every former district, with its code.
    #[arg(required_unless_present = "list")]
    file: Option<PathBuf>,
    /// Whose boundaries these are, in Vietnamese; printed under each map.
    #[arg(long, value_name = "TEXT", required_unless_present = "list")]
    source: Option<String>,
    /// The same in English; the Vietnamese text if absent.
    #[arg(long, value_name = "TEXT", requires = "source")]
    source_en: Option<String>,
    /// Level of the places, commune or district; inferred from their codes if absent.
    #[arg(long)]
    level: Option<Level>,
    /// The property with the codes; found by its values if absent.
    #[arg(long, value_name = "PROPERTY")]
    code: Option<String>,
    /// List the boundaries imported so far instead, the newest first.
    #[arg(long, conflicts_with_all = ["file", "source", "level", "code"])]
    list: bool,
}

#[derive(Debug, Args)]
struct Demo {
    /// Start of the random streams: the same seed and scale give the same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// 1 for about 16,000 cases and 40,000 petitions; N for N times as many.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    scale: u32,
    /// Directory to write to.
    #[arg(long)]
    out: PathBuf,
}

#[derive(Debug, Args)]
struct Protect {
    /// What the columns mean and how to protect (docs/DISCLOSURE.md).
    spec: PathBuf,
    /// The records: CSV with a column for each level and one with the count.
    data: PathBuf,
    /// Directory for mask.csv, report.json, reasons.csv and timings.json; must not exist.
    #[arg(long)]
    out: PathBuf,
}

#[derive(Debug, Args)]
struct Audit {
    /// What the columns mean and how counts are protected (docs/DISCLOSURE.md).
    spec: PathBuf,
    /// The records that the tables count, as for `protect`.
    data: PathBuf,
    /// The mask: CSV with the dimensions, and what is shown (status, or suppressed TRUE and FALSE).
    mask: PathBuf,
    /// File for the report, which has the withheld values; standard output if absent.
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Verify {
    /// The proof of a figure (ID@RELEASE.proof.json), the folder of a bundle, a folder with the
    /// bundles of all releases, or a file of a release.
    path: PathBuf,
    /// The publisher's public key, NAME+ID+BASE64; the one that the proof of a figure names if absent.
    #[arg(long)]
    key: Option<String>,
    /// What you know of the log from elsewhere: a checkpoint that you kept, a bundle, or a folder with
    /// the bundles of all releases.
    #[arg(long, value_name = "LOG")]
    against: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Restore {
    /// Bundles, or folders of bundles: all releases, from the first on.
    #[arg(required = true)]
    dirs: Vec<PathBuf>,
    /// The public key that must have signed them; that of the local key file if absent.
    #[arg(long)]
    key: Option<String>,
}

fn record_kind(name: &str) -> Result<RecordKind, String> {
    RecordKind::from_code(name)
        .or_else(|| import::extract::extract(name).and_then(|e| RecordKind::from_code(e.name)))
        .ok_or_else(|| format!("`{name}` is no kind of extract"))
}

impl Cli {
    /// Does what the command line says.
    ///
    /// # Errors
    ///
    /// As the command.
    pub async fn run(self) -> Result<(), CommandError> {
        let settings = &self.settings;
        if let Some(dir) = &self.law {
            // Nothing has asked for the law yet.
            let _ = Law::read(dir)?.install();
        }
        match self.command {
            Command::Run(web) => run(settings, &web).await,
            Command::Serve(web) => {
                web::site_options(web.listen, web.site.as_deref())?;
                let databases = Databases::open(settings, &[Role::Reader]).await?;
                let served = serve(&databases, &web).await;
                databases.close().await?;
                served
            }
            Command::Import(args) => import_command(settings, args).await,
            Command::Demo(args) => demo_command(args),
            Command::Protect(args) => protect_command(&args),
            Command::Audit(args) => audit_command(&args),
            Command::Release(command) => release::run(settings, command).await,
            Command::Key(command) => key::run(settings, &command),
            Command::Calendar(command) => {
                with_publisher(settings, async |publisher| {
                    Ok(calendar::run(publisher, command, Timestamp::now()).await?)
                })
                .await
            }
            Command::Verify(args) => verify_command(&args),
            Command::Report(report) => {
                // Before a database is started: what is wrong is said at once.
                report.check()?;
                report_command(settings, &report).await
            }
            // Before a database is started, too.
            Command::Reply(reply) => {
                reply.check()?;
                with_publisher(settings, async |p| Ok(reply.record(p).await?)).await
            }
            Command::Challenge(challenge) => {
                challenge.check()?;
                with_publisher(settings, async |p| Ok(challenge.record(p).await?)).await
            }
            Command::Restore(Restore { dirs, key }) => {
                with_publisher(settings, async |publisher| {
                    let key = trusted_key(settings, key)?;
                    for id in restore(publisher, &dirs, &key).await? {
                        output::line(format_args!("restored {id}"));
                    }
                    Ok(())
                })
                .await
            }
        }
    }
}

async fn report_command(settings: &Settings, report: &Report) -> Result<(), CommandError> {
    let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
    // Only the printed page needs the site.
    let options = report.needs_site().then(|| web::site_options(anywhere, report.site.as_deref()));
    let leptos_options = options.transpose()?;
    let databases = Databases::open(settings, &[Role::Reader]).await?;
    let outcome = async {
        let pool = PublishedPool::connect(databases.options(Role::Reader)?).await?;
        let state = |leptos_options| web::WebState {
            pool: pool.clone(),
            leptos_options,
            publishing_body: None,
        };
        let written = report.write(pool.clone(), leptos_options.map(state)).await;
        pool.close().await;
        Ok(written?)
    }
    .await;
    databases.close().await?;
    outcome
}

async fn run(settings: &Settings, web: &Web) -> Result<(), CommandError> {
    // Said before minutes of work rather than after.
    web::site_options(web.listen, web.site.as_deref())?;
    let roles = [Role::Reader, Role::Publisher, Role::Registrar];
    let databases = Databases::open(settings, &roles).await?;
    let outcome = async {
        let register = RegisterPool::connect(databases.options(Role::Registrar)?).await?;
        let publisher = PublisherPool::connect(databases.options(Role::Publisher)?).await?;
        tokio::select! {
            loaded = demonstration::ensure(settings, &register, &publisher) => loaded?,
            () = web::stopped() => return Ok(()),
        }
        register.close().await;
        publisher.close().await;
        serve(&databases, web).await
    }
    .await;
    databases.close().await?;
    outcome
}

async fn serve(databases: &Databases, web: &Web) -> Result<(), CommandError> {
    let pool = PublishedPool::connect(databases.options(Role::Reader)?).await?;
    let options = web::site_options(web.listen, web.site.as_deref())?;
    let listener = tokio::net::TcpListener::bind(web.listen)
        .await
        .map_err(|source| CommandError::Listen { address: web.listen, source })?;
    let address = listener.local_addr().map_err(CommandError::Serve)?;
    let simulated = pool.latest().await?.is_some_and(|r| r.simulated);
    let note = if simulated { " (simulated data)" } else { "" };
    output::line(format_args!("The portal is at http://{address}{note}; Ctrl-C stops it."));
    let publishing_body = web.publisher();
    if publishing_body.is_none() && !simulated {
        tracing::warn!("no publishing body is named: set PORTAL_PUBLISHING_BODY");
    }
    let state = web::WebState { pool: pool.clone(), leptos_options: options, publishing_body };
    let router = web::router(state);
    let served = web::serve(listener, router, web::stopped()).await.map_err(CommandError::Serve);
    pool.close().await;
    served
}

async fn geometry_command(settings: &Settings, args: Geometry) -> Result<(), CommandError> {
    let Some(file) = &args.file else {
        return with_publisher(settings, async |publisher| {
            for g in publisher.geometries().await? {
                let (at, source) = (g.imported_at, g.source.vi);
                output::line(format_args!("{}\t{}\t{at}\t{source}", g.level, g.hash));
            }
            Ok(())
        })
        .await;
    };
    let given = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    let vi = given(args.source).ok_or(GeometryError::NoSource)?;
    let en = given(args.source_en).unwrap_or_else(|| vi.clone());
    let options = geometry::Options { level: args.level, code: args.code };
    // Before a database is started: a wrong file is said at once.
    let (new, summary) = geometry::prepare(file, &options, Text::new(vi, en))?;
    with_publisher(settings, async |publisher| Ok(publisher.insert_geometry(&new).await?)).await?;
    output::line(summary);
    Ok(())
}

async fn import_command(settings: &Settings, args: Import) -> Result<(), CommandError> {
    if let Some(OtherImport::Geometry(args)) = args.other {
        return geometry_command(settings, args).await;
    }
    if let Some(dir) = &args.template {
        for path in import::write_templates(dir)? {
            output::line(path.display());
        }
        return Ok(());
    }
    let databases = Databases::open(settings, &[Role::Registrar]).await?;
    let outcome = async {
        let register = RegisterPool::connect(databases.options(Role::Registrar)?).await?;
        let done = on_register(&register, &args).await;
        register.close().await;
        done
    }
    .await;
    databases.close().await?;
    outcome
}

async fn on_register(register: &RegisterPool, args: &Import) -> Result<(), CommandError> {
    if let Some(batch) = args.withdraw {
        let batch = register.withdraw(batch).await?;
        output::line(format_args!("withdrew batch {} ({})", batch.id, batch.file_name));
    } else if args.list {
        for b in register.batches().await? {
            let state = if b.withdrawn_at.is_some() { "withdrawn" } else { "in force" };
            output::line(format_args!(
                "{}\t{}\t{}\t{} rows\t{} replaced\t{}\t{state}",
                b.id, b.record_kind, b.file_name, b.rows, b.replaced, b.imported_at
            ));
        }
    } else {
        let options = import::Options { kind: args.kind, simulated: args.simulated };
        output::line(import::import(register, &args.files, &options).await?);
    }
    Ok(())
}

fn demo_command(args: Demo) -> Result<(), CommandError> {
    let bar = output::progress(0, "simulating a register");
    let options = demo::Options { seed: args.seed, scale: args.scale, out: args.out };
    let summary = demo::write(&options, &mut |p| show(&bar, p))?;
    bar.finish_and_clear();
    for (file, rows) in &summary.rows {
        output::line(format_args!("{file}\t{rows} rows"));
    }
    Ok(())
}

fn protect_command(args: &Protect) -> Result<(), CommandError> {
    let summary = protect::run(&args.spec, &args.data, &args.out)?;
    output::line(format_args!("{summary} in {}", args.out.display()));
    Ok(())
}

fn audit_command(args: &Audit) -> Result<(), CommandError> {
    let audit = protect::audit::run(&args.spec, &args.data, &args.mask)?;
    match &args.out {
        Some(path) => std::fs::write(path, &audit.report).map_err(ProtectError::file(path))?,
        None => output::text(&audit.report).map_err(CommandError::Output)?,
    }
    if audit.counts.exposed > 0 {
        return Err(ProtectError::Exposed(audit.counts).into());
    }
    output::note(format_args!("{}: the mask is safe", audit.counts));
    Ok(())
}

fn verify_command(args: &Verify) -> Result<(), CommandError> {
    let request = verify::Request {
        path: &args.path,
        key: args.key.as_deref(),
        against: args.against.as_deref(),
    };
    let (lines, outcome) = verify::verify(&request);
    for line in lines {
        output::line(line);
    }
    Ok(outcome?)
}

/// Moves the bar to where the simulation is.
pub(crate) fn show(bar: &ProgressBar, progress: demo::Progress) {
    bar.set_length(progress.total);
    bar.set_position(progress.done);
}

/// The public key that must have signed what is loaded: `given`, or that of the local key file.
fn trusted_key(settings: &Settings, given: Option<String>) -> Result<String, CommandError> {
    match given {
        Some(key) => Ok(key),
        None => Ok(Keys::read(&settings.keys_dir())?.log.verifier().to_owned()),
    }
}

async fn with_publisher(
    settings: &Settings,
    work: impl AsyncFnOnce(&PublisherPool) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let databases = Databases::open(settings, &[Role::Publisher]).await?;
    let outcome = async {
        let publisher = PublisherPool::connect(databases.options(Role::Publisher)?).await?;
        let done = work(&publisher).await;
        publisher.close().await;
        done
    }
    .await;
    databases.close().await?;
    outcome
}
