//! The supervision report as files: a workbook, and the printed page.

mod print;
pub mod workbook;

use std::fmt;
use std::fs::Permissions;
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use app::data::report::{Question, Report as Content, Subject};
use app::error::PortalError;
use app::published::Published;
use app::routes::Page;
use axum::http::Uri;
use clap::Args;
use model::{Dim, Locale, Period};
use rust_xlsxwriter::XlsxError;
use store::PublishedPool;
use tempfile::NamedTempFile;

use crate::output;
use crate::web::WebState;

/// A report of what is published about a period: as a workbook, as the printed page, or both.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("subject").args(["body", "area", "referrer"]))]
#[command(group = clap::ArgGroup::new("file").args(["pdf", "xlsx"]).required(true).multiple(true))]
pub struct Report {
    /// The period, such as 2026-Q3, 2026-9M or 2025; the newest quarter if absent.
    #[arg(long)]
    period: Option<Period>,
    /// About this body, or these, such as SNNMT, B-commune-mountain or UBND-14845.
    #[arg(long, value_name = "CODE")]
    body: Option<String>,
    /// About this place, such as R-mountain, D384 or C14758.
    #[arg(long, value_name = "CODE")]
    area: Option<String>,
    /// About what this referrer transferred: front, `front_member`, assembly, council, press; or fronts (the
    /// first two), others.
    #[arg(long, value_name = "CODE")]
    referrer: Option<String>,
    /// The language: vi or en.
    #[arg(long, default_value = "vi")]
    lang: Locale,
    /// File for the printed page. It takes Chromium: on the PATH, or where CHROMIUM says.
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
    /// File for the workbook.
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
    /// Directory of the built site, whose style the printed page has; beside the program if absent.
    #[arg(long, env = "LEPTOS_SITE_ROOT")]
    pub site: Option<PathBuf>,
    /// Address of the portal, such as https://example.org, where readers look up each figure.
    #[arg(long, env = "PORTAL_ORIGIN", value_name = "URL")]
    origin: Option<String>,
}

/// A report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// No such member.
    #[error("--{option}: `{code}` is unknown; take a code that docs/TABLES.md lists")]
    Subject {
        /// The option.
        option: &'static str,
        /// What it says.
        code: String,
    },
    /// Both files have one name.
    #[error("--pdf and --xlsx: both are {}; give each its own name", .0.display())]
    Twice(PathBuf),
    /// No address to look figures up at.
    #[error(
        "--origin: {0}; name the portal's address, such as https://example.org (or set PORTAL_ORIGIN): the \
         printed page tells where each figure can be looked up"
    )]
    Origin(String),
    /// Nothing of that period is published.
    #[error("--period: nothing is published for {asked}; the newest quarter is {newest}")]
    Period {
        /// What was asked for.
        asked: Period,
        /// The newest quarter.
        newest: Period,
    },
    /// The published figures can't be read.
    #[error("the published figures can't be read: {0}")]
    Published(#[from] PortalError),
    /// The workbook can't be made.
    #[error("the workbook can't be made: {0}")]
    Workbook(#[from] XlsxError),
    /// No browser to print with.
    #[error(
        "no Chromium to print with; install it (apt-get install chromium), name it in CHROMIUM, or print \
         the page with any browser: {page}"
    )]
    NoBrowser {
        /// Address of the page.
        page: String,
    },
    /// The browser printed nothing.
    #[error("Chromium printed nothing ({status}): {said}")]
    Browser {
        /// How it ended.
        status: String,
        /// The last of what it said.
        said: String,
    },
    /// A file or the loopback address.
    #[error("{place}: {source}")]
    Place {
        /// What.
        place: String,
        /// What the system says.
        source: io::Error,
    },
}

/// Scheme and host of the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Origin {
    scheme: String,
    host: String,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.host)
    }
}

impl ReportError {
    /// True for what whoever asks has to mend.
    #[must_use]
    pub const fn is_bad_input(&self) -> bool {
        matches!(
            self,
            Self::Subject { .. }
                | Self::Twice(_)
                | Self::Origin(_)
                | Self::Period { .. }
                | Self::NoBrowser { .. }
        )
    }

    fn place(place: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Place { place: place.display().to_string(), source }
    }
}

impl Report {
    /// What is asked.
    ///
    /// # Errors
    ///
    /// [`ReportError::Subject`] for an unknown code.
    pub fn question(&self) -> Result<Question, ReportError> {
        let options = [
            ("body", Dim::Body, &self.body),
            ("area", Dim::Area, &self.area),
            ("referrer", Dim::Referrer, &self.referrer),
        ];
        let asked = options.into_iter().find_map(|(option, dim, code)| {
            let code = code.as_deref()?;
            let unknown = || ReportError::Subject { option, code: code.to_owned() };
            Some(Subject::new(dim, code).ok_or_else(unknown))
        });
        let subject = asked.transpose()?.unwrap_or_default();
        Ok(Question { period: self.period, subject })
    }

    /// Scheme and host of the portal.
    fn origin(&self) -> Result<Option<Origin>, ReportError> {
        let Some(text) = &self.origin else { return Ok(None) };
        let wrong = || ReportError::Origin(format!("`{text}` is no such address"));
        let uri: Uri = text.trim_end_matches('/').parse().ok().ok_or_else(wrong)?;
        match (uri.scheme_str(), uri.authority(), uri.path()) {
            (Some(scheme @ ("http" | "https")), Some(host), "/" | "") => {
                Ok(Some(Origin { scheme: scheme.to_owned(), host: host.to_string() }))
            }
            _ => Err(wrong()),
        }
    }

    /// Checks what can be checked without a database.
    ///
    /// # Errors
    ///
    /// [`ReportError::Subject`] for an unknown code, [`ReportError::Origin`] without an address that the
    /// printed page needs, [`ReportError::NoBrowser`] if one would be needed.
    pub fn check(&self) -> Result<(), ReportError> {
        let question = self.question()?;
        if let Some(path) = self.pdf.as_ref().filter(|path| self.xlsx.as_ref() == Some(path)) {
            return Err(ReportError::Twice(path.clone()));
        }
        let origin = self.origin()?;
        if self.needs_site() && origin.is_none() {
            return Err(ReportError::Origin("it is missing".to_owned()));
        }
        if self.needs_site() && print::browser().is_none() {
            let page = format!("{}{}", Page::Report.path(self.lang), question.to_query());
            return Err(ReportError::NoBrowser { page });
        }
        Ok(())
    }

    /// True if the printed page is wanted.
    #[must_use]
    pub const fn needs_site(&self) -> bool {
        self.pdf.is_some()
    }

    /// Writes the files. `state` is the web server that the browser prints from.
    ///
    /// # Errors
    ///
    /// See [`ReportError`]; no file is left half-written.
    pub async fn write(
        &self,
        pool: PublishedPool,
        state: Option<WebState>,
    ) -> Result<(), ReportError> {
        self.check()?;
        let (question, origin) = (self.question()?, self.origin()?);
        let report = Content::read(&Published::over(pool), &question).await?;
        if let Some(asked) = self.period.filter(|asked| *asked != report.period) {
            return Err(ReportError::Period { asked, newest: report.period });
        }
        if let Some(path) = &self.xlsx {
            let origin = origin.as_ref().map(ToString::to_string);
            let bytes = workbook::bytes(&report, origin.as_deref(), self.lang)?;
            replace(path, &bytes)?;
            output::line(format_args!("wrote {}", path.display()));
        }
        if let (Some(path), Some(state), Some(origin)) = (&self.pdf, state, origin) {
            let page = format!("{}{}", Page::Report.path(self.lang), report.question().to_query());
            let bytes = print::pdf(state, &page, origin).await?;
            replace(path, &bytes)?;
            output::line(format_args!("wrote {}", path.display()));
        }
        Ok(())
    }
}

/// Puts `content` in the place of the file `path`, as a whole or not at all.
fn replace(path: &Path, content: &[u8]) -> Result<(), ReportError> {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = NamedTempFile::new_in(dir).and_then(|mut file| {
        file.write_all(content)?;
        file.as_file().set_permissions(Permissions::from_mode(0o644))?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    });
    written.map_err(ReportError::place(path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        report: Report,
    }

    fn asked(line: &str) -> Result<Report, clap::Error> {
        Line::try_parse_from(["report"].into_iter().chain(line.split(' '))).map(|l| l.report)
    }

    #[test]
    fn a_report_is_about_one_subject_and_goes_to_a_file() {
        let report = asked("--period 2026-Q3 --body B-commune-mountain --pdf a.pdf").unwrap();
        let query = report.question().unwrap().to_query();
        assert_eq!(query, "?period=2026-Q3&body=B-commune-mountain");
        assert!(asked("--body SXD --area D384 --xlsx a.xlsx").is_err());
        assert!(asked("--body SXD").is_err());
        assert!(asked("--period soon --xlsx a.xlsx").is_err());
        assert_eq!(
            asked("--xlsx a.xlsx --pdf a.pdf").unwrap().question().unwrap(),
            Question::default()
        );
    }

    #[test]
    fn the_printed_page_needs_an_address_where_figures_are_looked_up() {
        let origin = |line: &str| asked(line).unwrap().origin().map(|o| o.map(|o| o.to_string()));
        let given = "--xlsx a.xlsx --origin https://example.org/";
        assert_eq!(origin(given).unwrap().as_deref(), Some("https://example.org"));
        let local = "--xlsx a.xlsx --origin http://127.0.0.1:3000";
        assert_eq!(origin(local).unwrap().as_deref(), Some("http://127.0.0.1:3000"));
        for wrong in ["example.org", "https://example.org/vi", "ftp://example.org", "https://"] {
            let error = origin(&format!("--xlsx a.xlsx --origin {wrong}")).unwrap_err();
            assert!(error.is_bad_input() && error.to_string().contains(wrong), "{error}");
        }
        let twice = asked("--pdf a --xlsx a").unwrap().check().unwrap_err().to_string();
        assert!(twice.contains("both are a"), "{twice}");
        let missing = asked("--pdf a.pdf").unwrap().check().unwrap_err().to_string();
        assert!(missing.starts_with("--origin: it is missing"), "{missing}");
    }

    #[test]
    fn an_unknown_subject_is_named_with_its_option() {
        let report = asked("--area D999 --xlsx a.xlsx").unwrap();
        let error = report.question().unwrap_err();
        assert!(error.is_bad_input());
        assert!(error.to_string().starts_with("--area: `D999` is unknown"), "{error}");
    }

    #[test]
    fn a_file_that_can_not_be_written_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("report.xlsx");
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        // A folder can't be replaced by a file.
        let folder = dir.path().join("folder");
        fs::create_dir_all(folder.join("inner")).unwrap();
        let error = replace(&folder, b"three").unwrap_err().to_string();
        assert!(error.contains("folder"), "{error}");
        let names: Vec<_> =
            fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
    }
}
