//! Why a release was refused. Each message says what does not hold and where.

use std::path::PathBuf;

use disclosure::gate::Failure;

/// A release could not be built, checked or published.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A table definition does not parse.
    #[error("table definition {file}: {source}")]
    Definition {
        /// File name.
        file: &'static str,
        /// What the parser says.
        source: toml::de::Error,
    },
    /// A table definition names a level or member that does not exist.
    #[error("table {table}: {dimension} has no level or member `{level}`")]
    UnknownLevel {
        /// Table.
        table: String,
        /// Dimension.
        dimension: &'static str,
        /// What it names.
        level: String,
    },
    /// A record holds a code that the reference tables do not know.
    #[error("the register holds an unknown {what} `{code}`; import the extract again")]
    UnknownCode {
        /// Kind of code.
        what: &'static str,
        /// The code.
        code: String,
    },
    /// The period is not a single quarter.
    #[error("a release is on a single quarter, such as 2026-Q3; {0} is not one")]
    NotAQuarter(model::Period),
    /// The releases before it are not all there.
    #[error("release {release} needs the bundle of {missing} first: build releases in order")]
    MissingBundle {
        /// What is being built.
        release: String,
        /// What is missing.
        missing: String,
    },
    /// The register has nothing for the period.
    #[error("the register holds no case known to {0}; import its extract first")]
    Empty(model::Period),
    /// The description of a population is inconsistent.
    #[error("the cells of a population do not fit together: {0}")]
    Model(#[from] disclosure::ModelError),
    /// Protection is impossible as asked.
    #[error("{population}: {refusal}")]
    Refused {
        /// Population.
        population: &'static str,
        /// Why, with the attack formula.
        refusal: disclosure::Refusal,
    },
    /// The gate found a disclosure.
    #[error("the gate refuses the release: {}", list(.0))]
    Gate(Vec<Failure>),
    /// Figures that readers know have no cell any more.
    #[error(
        "{count} published figures, first {first}, have no cell in this release, so that the gate \
         would not see them: keep their crossings in the table definitions"
    )]
    Unlinked {
        /// How many.
        count: usize,
        /// One of them.
        first: Box<model::figure::Address>,
    },
    /// Tables withhold too much to be worth publishing.
    #[error(
        "more than a third of the non-zero figures would be withheld; publish at a coarser level, or \
         a correction together with others: {}",
        .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    )]
    TooMuchWithheld(Vec<Withheld>),
    /// Figures do not balance.
    #[error("the figures do not balance:\n{}", .0.join("\n"))]
    Unbalanced(Vec<String>),
    /// A bundle is damaged or not genuine.
    #[error("bundle {}: {why}", .bundle.display())]
    Bundle {
        /// Its directory.
        bundle: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The log refuses.
    #[error(transparent)]
    Log(#[from] proof::LogError),
    /// The secret half of the key that has to sign is not here.
    #[error(
        "the log is signed by {0} now, and the key file does not hold that key: bring the key file from \
         where the last release was built"
    )]
    NoSigner(String),
    /// There is a next key already.
    #[error(
        "{0} waits already to take over: the next release announces it, and the one after that is signed \
         by it"
    )]
    KeyWaits(String),
    /// A file could not be read or written.
    #[error("{}: {source}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file could not be encoded or decoded.
    #[error("{what}: {why}")]
    Format {
        /// Which file.
        what: String,
        /// What is wrong.
        why: String,
    },
    /// The register could not be read.
    #[error("reading the register")]
    Register(#[from] store::RegisterError),
    /// The published database refuses.
    #[error(transparent)]
    Publisher(#[from] store::PublisherError),
    /// What is published is not what was signed.
    #[error(
        "{release} is published otherwise than it was signed ({error}): restore the published database \
         from the bundles (portal restore)"
    )]
    Damaged {
        /// The release.
        release: model::ReleaseId,
        /// What does not hold.
        error: proof::LogError,
    },
    /// Releases are restored into an empty database only.
    #[error(
        "the published database holds {0} releases; all of them are restored, into an empty one: \
         add single releases with `portal release publish`"
    )]
    NotEmpty(usize),
    /// There is nothing to restore.
    #[error("no bundle in {}", .0.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", "))]
    NoBundle(Vec<PathBuf>),
    /// The register gives the figures that are published.
    #[error(
        "nothing to revise: {0} would change no figure that readers see; import the corrected extract \
         first, or leave what changes withheld figures alone to the next release"
    )]
    NothingRevised(model::ReleaseId),
    /// A first publication may not change what is published.
    #[error(
        "{release} would change {count} published figures: publish the correction before it (portal \
         release revise)"
    )]
    ReviseFirst {
        /// The release.
        release: model::ReleaseId,
        /// How many.
        count: usize,
    },
    /// A figure is counted in another way than it was.
    #[error(
        "{table}, {address}: published {published}, but by the records and the program of today it was \
         {counted}: figures are counted in another way than when they were published, and what two \
         releases would tell together can't be protected; build with the version that published them"
    )]
    CountedOtherwise {
        /// The table.
        table: String,
        /// The place.
        address: Box<model::figure::Address>,
        /// What was published.
        published: i64,
        /// What is counted.
        counted: i64,
    },
    /// It would come out before the release that precedes it.
    #[error(
        "{release} is public from {minute} on: build with --visible-from at that minute or later"
    )]
    TooEarly {
        /// The release before.
        release: model::ReleaseId,
        /// Its minute.
        minute: jiff::Timestamp,
    },
    /// It was not built here.
    #[error("the archive has no bundle of {0}")]
    NotInArchive(model::ReleaseId),
    /// An annual revision is of a whole year.
    #[error("{0} is not revised as a year: an annual revision takes releases on all four quarters")]
    YearNotWhole(i16),
    /// It was made already.
    #[error("what was reported late within {0} was moved into its own quarters already")]
    RevisedAnnually(i16),
    /// Nothing moves.
    #[error("nothing was reported late within {0} that would change a figure that readers see")]
    NothingLate(i16),
    /// The checklist is of another release.
    #[error(
        "the checklist is that of {checked}, and {release} is to be built: fill in one of its own \
         (portal release checklist {release})"
    )]
    CheckedAnother {
        /// Of which release it is.
        checked: model::ReleaseId,
        /// The release.
        release: model::ReleaseId,
    },
    /// Working days can't be counted.
    #[error(
        "working days of {0} are counted, and its holidays are not known: add them to holidays.csv, and give \
         the folder with --law"
    )]
    UnknownHolidays(i16),
    /// There is nothing yet.
    #[error("nothing to revise: no release was built yet")]
    NothingPublished,
    /// A revision has to be explained.
    #[error("say in both languages what was wrong or changed: --note-vi and --note-en")]
    NoNotes,
    /// Two different people have to answer for a release.
    #[error(
        "name who prepared the release and who approved it, by office and not by name: \
         --prepared-by and --approved-by, two different ones"
    )]
    SignOff,
    /// Something has to be confirmed before.
    #[error(
        "{}: not confirmed: {}; set to true what was done", .file.display(),
        .open.iter().map(|(who, check)| format!("[{who}] {}", check.code())).collect::<Vec<_>>().join(", ")
    )]
    Unchecked {
        /// The checklist.
        file: PathBuf,
        /// By whom, and what.
        open: Vec<(&'static str, model::Check)>,
    },
    /// The release is there already.
    #[error(
        "release {0} is published already, or built; published is for ever: a correction is a new \
         revision. A bundle that was never published may be deleted, and built again"
    )]
    AlreadyPublished(model::ReleaseId),
}

/// How much of a table is withheld: restricted, because it counts what only the register knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// Table.
    pub table: String,
    /// Figures in all.
    pub figures: usize,
    /// Non-zero figures.
    pub nonzero: usize,
    /// Non-zero figures that are withheld.
    pub withheld: usize,
}

impl Withheld {
    /// True if more than a third of the non-zero figures are withheld.
    #[must_use]
    pub const fn too_much(&self) -> bool {
        self.withheld * 3 > self.nonzero
    }
}

impl std::fmt::Display for Withheld {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} withholds {} of {}", self.table, self.withheld, self.nonzero)
    }
}

impl BuildError {
    /// For `map_err` on file operations.
    pub fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::File { path: path.to_owned(), source }
    }

    /// For `map_err` on encoders and decoders.
    pub fn format<E: std::fmt::Display>(what: impl Into<String>) -> impl FnOnce(E) -> Self {
        move |why| Self::Format { what: what.into(), why: why.to_string() }
    }
}

fn list(failures: &[Failure]) -> String {
    failures.iter().take(20).map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
