//! What a command can fail with, and the exit code it gives.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::calendar::CalendarError;
use crate::database::DatabaseError;
use crate::demo::DemoError;
use crate::geometry::problem::GeometryError;
use crate::import::{ImportError, TemplateError};
use crate::protect::ProtectError;
use crate::release::BuildError;
use crate::remarks::RemarkError;
use crate::report::ReportError;
use crate::verify::VerifyError;

/// A command failed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// Import.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// Boundaries.
    #[error(transparent)]
    Geometry(#[from] GeometryError),
    /// Templates.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// Demonstration extracts.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// Protecting a table.
    #[error(transparent)]
    Protect(#[from] ProtectError),
    /// The release calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// Building or publishing a release.
    #[error(transparent)]
    Release(#[from] BuildError),
    /// Recording a remark on published figures.
    #[error(transparent)]
    Remark(#[from] RemarkError),
    /// Making a report.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// Reaching a database.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The register.
    #[error(transparent)]
    Register(#[from] store::RegisterError),
    /// Writing the published database.
    #[error(transparent)]
    Publisher(#[from] store::PublisherError),
    /// Reading the published database.
    #[error(transparent)]
    Published(#[from] store::PublishedError),
    /// What was to be verified does not hold.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// The law's data can't be read.
    #[error(transparent)]
    Law(#[from] law::LawError),
    /// A file.
    #[error("{}: {source}", .path.display())]
    File {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The address to listen on is taken or not ours.
    #[error("cannot listen on {address}: {source}; choose another with --listen")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The site's assets are not where they should be.
    #[error("no site in {}: build it with `make build`, or name it with --site", .0.display())]
    Site(PathBuf),
    /// The answer can't be written.
    #[error("cannot write to standard output: {0}")]
    Output(std::io::Error),
    /// The web server stopped.
    #[error("the web server stopped: {0}")]
    Serve(std::io::Error),
}

impl CommandError {
    /// 2 for input that has to be mended, 1 for anything else.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        let bad_input = matches!(
            self,
            Self::Import(ImportError::Rejected(_))
                | Self::Law(_)
                | Self::Geometry(GeometryError::Rejected(_) | GeometryError::NoSource)
                | Self::Protect(
                    ProtectError::File { .. }
                        | ProtectError::Spec { .. }
                        | ProtectError::Row { .. }
                        | ProtectError::Model(_)
                )
                | Self::Register(
                    store::RegisterError::NoSuchBatch(_)
                        | store::RegisterError::AlreadyWithdrawn(_)
                )
                | Self::Release(
                    BuildError::Unbalanced(_)
                        | BuildError::NotAQuarter(_)
                        | BuildError::SignOff
                        | BuildError::Unchecked { .. }
                        | BuildError::KeyWaits(_)
                        | BuildError::TooEarly { .. }
                        | BuildError::ReviseFirst { .. }
                        | BuildError::NoNotes
                        | BuildError::YearNotWhole(_)
                        | BuildError::RevisedAnnually(_)
                        | BuildError::NothingLate(_)
                        | BuildError::UnknownHolidays(_)
                        | BuildError::CheckedAnother { .. }
                        | BuildError::Empty(_)
                        | BuildError::Bundle { .. }
                        | BuildError::MissingBundle { .. }
                        | BuildError::AlreadyPublished(_)
                        | BuildError::NotEmpty(_)
                        | BuildError::NoBundle(_)
                )
        ) || matches!(self, Self::Verify(error) if error.is_bad_input())
            || matches!(self, Self::Calendar(e) if !matches!(e, CalendarError::Publisher(_)))
            || matches!(self, Self::Remark(error) if error.is_bad_input())
            || matches!(self, Self::Report(error) if error.is_bad_input());
        ExitCode::from(if bad_input { 2 } else { 1 })
    }
}
