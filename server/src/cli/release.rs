//! `portal release`: build, revise, publish and list releases.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use model::{Period, Reason, ReleaseId, Text};
use proof::SignOff;
use store::RegisterPool;

use super::{trusted_key, with_publisher};
use crate::database::{Databases, Role, Settings};
use crate::error::CommandError;
use crate::output;
use crate::release::archive::Archive;
use crate::release::build::{self, Edition, Request};
use crate::release::keys::Keys;
use crate::release::publish::publish;
use crate::release::{BuildError, checklist, publication};

#[derive(Debug, Args)]
pub(super) struct NewBundle {
    /// Bundle directory to write; its place in the archive if absent.
    #[arg(long)]
    out: Option<PathBuf>,
    /// When it becomes public, RFC 3339 in whole seconds; if absent, 8:00 in Viet Nam on the day after the
    /// cut-off, of a revision on the next day.
    #[arg(long, value_parser = whole_seconds)]
    visible_from: Option<Timestamp>,
    /// Mark the release as simulated.
    #[arg(long)]
    simulated: bool,
    /// Who prepared it: an office or function, not a person's name. It is published.
    #[arg(long, value_name = "WHO")]
    prepared_by: String,
    /// Who checked and approved it: another one. It is published.
    #[arg(long, value_name = "WHO")]
    approved_by: String,
    /// Its checklist, which both have filled in (portal release checklist).
    #[arg(long, value_name = "FILE")]
    checklist: PathBuf,
    /// What readers should know of it, in Vietnamese.
    #[arg(long, value_name = "TEXT", requires = "note_en")]
    note_vi: Option<String>,
    /// The same in English.
    #[arg(long, value_name = "TEXT", requires = "note_vi")]
    note_en: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Release {
    /// Build the first release on a quarter from the register: a bundle directory.
    Build {
        /// The reference quarter, 2026-Q3.
        #[arg(long)]
        period: Period,
        #[command(flatten)]
        bundle: NewBundle,
    },
    /// Build a revision of the newest quarter: with every published figure, also of earlier periods,
    /// that the register now counts otherwise.
    Revise {
        /// Why: late_report, correction, reclassification, boundary, method.
        #[arg(long, value_parser = reason, required_unless_present = "annual")]
        reason: Option<Reason>,
        /// Move what was reported late within this year into the quarters in which it happened instead.
        #[arg(long, value_name = "YEAR", conflicts_with = "reason")]
        annual: Option<i16>,
        #[command(flatten)]
        bundle: NewBundle,
    },
    /// Write the checklist to fill in before a release to the standard output.
    Checklist {
        /// The release, 2026-Q3.1.
        release: ReleaseId,
    },
    /// Verify a bundle and load it into the published database.
    Publish {
        /// The bundle's directory.
        dir: PathBuf,
        /// The public key that must have signed it; that of the local key file if absent.
        #[arg(long)]
        key: Option<String>,
    },
    /// List the releases that are loaded.
    List,
}

impl NewBundle {
    fn request(self, edition: Edition, minute: Timestamp) -> Result<Request, CommandError> {
        let (checked, checks) = checklist::read(&self.checklist)?;
        let sign_off = SignOff::new(&self.prepared_by, &self.approved_by, &checks);
        let notes = self.note_vi.zip(self.note_en).map(|(vi, en)| Text::new(vi.trim(), en.trim()));
        Ok(Request {
            edition,
            visible_from: self.visible_from.unwrap_or(minute),
            simulated: self.simulated,
            checked: Some(checked),
            sign_off: sign_off.ok_or(BuildError::SignOff)?,
            notes,
            out: self.out,
        })
    }
}

fn reason(code: &str) -> Result<Reason, String> {
    Reason::from_code(code).ok_or_else(|| {
        let codes: Vec<&str> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        format!("`{code}` is no reason: one of {}", codes.join(", "))
    })
}

/// An instant without a fraction of a second, which the published database might not keep.
fn whole_seconds(text: &str) -> Result<Timestamp, String> {
    let instant: Timestamp = text.parse().map_err(|error| format!("{error}"))?;
    match instant.subsec_nanosecond() {
        0 => Ok(instant),
        _ => Err("it has a fraction of a second".to_owned()),
    }
}

/// Does what the command line says of releases.
pub(super) async fn run(settings: &Settings, command: Release) -> Result<(), CommandError> {
    match command {
        Release::Build { period, bundle } => {
            let minute = publication::minute(period);
            build_release(settings, &bundle.request(Edition::First(period), minute)?).await
        }
        Release::Revise { reason, annual, bundle } => {
            let minute = publication::tomorrow(Timestamp::now());
            let late = reason.unwrap_or(Reason::LateReport);
            let edition = annual.map_or(Edition::Revision(late), Edition::Annual);
            build_release(settings, &bundle.request(edition, minute)?).await
        }
        Release::Checklist { release } => {
            output::text(checklist::template(release).as_bytes()).map_err(CommandError::Output)
        }
        Release::Publish { dir, key } => {
            with_publisher(settings, async |publisher| {
                let key = trusted_key(settings, key)?;
                let id = publish(publisher, &dir, &key).await?;
                output::line(format_args!("published {id}"));
                Ok(())
            })
            .await
        }
        Release::List => {
            with_publisher(settings, async |publisher| {
                for id in publisher.releases().await? {
                    output::line(id);
                }
                Ok(())
            })
            .await
        }
    }
}

async fn build_release(settings: &Settings, request: &Request) -> Result<(), CommandError> {
    let databases = Databases::open(settings, &[Role::Registrar]).await?;
    let built = async {
        let register = RegisterPool::connect(databases.options(Role::Registrar)?).await?;
        let archive = Archive::open(&settings.releases_dir())?;
        let keys = Keys::open(&settings.keys_dir(), request.simulated)?;
        let built = build::build(&register, &archive, &keys, request).await;
        register.close().await;
        Ok::<_, CommandError>(built?)
    }
    .await;
    databases.close().await?;
    let built = built?;
    for withheld in &built.tables {
        output::line(format_args!("{withheld} non-zero figures"));
    }
    if built.changes > 0 {
        output::line(format_args!("{} published figures are changed", built.changes));
    }
    output::line(format_args!("built {} in {}", built.release, built.dir.display()));
    Ok(())
}
