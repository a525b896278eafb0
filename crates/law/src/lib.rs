//! Time limits of the law as dated data, and the engine that tells due dates and why.
//!
//! - [`Rule`]: a limit with its article, the days on which it is in force, and what starts it
//!   (`data/rules.toml`).
//! - [`ReceptionRule`]: how many days heads have to receive citizens (in the same file).
//! - [`Calendar`]: on which days offices work: holidays by year, days in lieu, days worked in exchange
//!   (`data/holidays.csv`).
//! - [`Remote`]: where limits for remote areas apply (`data/remote.csv`).
//! - [`Law::decide`] counts: the day that is due, the state on a given day, and of every day from the start
//!   whether it counts and why not.
//! - [`Law::latest_settlement`]: the last day that the law allows a case at the widest.
//!
//! Pure: no file system but [`Law::read`], no clock. What is not confirmed by an official source says so
//! (`verified`), and can be replaced by other files.

mod calendar;
mod count;
mod error;
mod latest;
mod reception;
mod remote;
mod rule;
mod table;

use std::path::Path;
use std::sync::OnceLock;

pub use calendar::{Calendar, DayOff, OffKind};
pub use count::{Counted, Course, Day, Decision, Skip, State, Suspension};
pub use error::LawError;
pub use latest::Settling;
pub use reception::{Every, ReceptionRule, UnknownYear, Wanted};
pub use remote::Remote;
pub use rule::{Circumstances, Days, Matter, Rule, Start, Step, Unit};

/// The rules, the calendar and the remote areas.
#[derive(Clone, Debug)]
pub struct Law {
    rules: Vec<Rule>,
    receptions: Vec<ReceptionRule>,
    calendar: Calendar,
    remote: Remote,
}

/// The file of the rules, of the days off and of the remote areas.
pub const FILES: [&str; 3] = ["rules.toml", "holidays.csv", "remote.csv"];

static STANDARD: OnceLock<Law> = OnceLock::new();

fn built_in() -> Law {
    let own = [
        include_str!("../data/rules.toml"),
        include_str!("../data/holidays.csv"),
        include_str!("../data/remote.csv"),
    ];
    Law::parse(own).unwrap_or_else(|error| unreachable!("built-in data: {error}"))
}

impl Law {
    /// The law of this program: the one that was [installed](Self::install), or that it brings along.
    #[must_use]
    pub fn standard() -> &'static Self {
        STANDARD.get_or_init(built_in)
    }

    /// Puts this in the place of what the program brings along, before anything asks for it. False if that
    /// has happened: then nothing is changed.
    #[must_use]
    pub fn install(self) -> bool {
        STANDARD.set(self).is_ok()
    }

    /// The law in the files [`FILES`] of the folder `dir`.
    ///
    /// # Errors
    ///
    /// When one can't be read; otherwise as [`Law::parse`].
    pub fn read(dir: &Path) -> Result<Self, LawError> {
        let read = |file: &'static str| {
            let path = dir.join(file);
            std::fs::read_to_string(&path).map_err(|source| LawError::File { path, source })
        };
        let [rules, holidays, remote] = FILES.map(read);
        Self::parse([&rules?, &holidays?, &remote?])
    }

    /// The law that is written in the texts of the files [`FILES`].
    ///
    /// # Errors
    ///
    /// Names the file, the row and the column, and what to do.
    pub fn parse([rules, holidays, remote]: [&str; 3]) -> Result<Self, LawError> {
        let (rules, receptions) = rule::parse(rules)?;
        Ok(Self {
            rules,
            receptions,
            calendar: Calendar::parse(holidays)?,
            remote: Remote::parse(remote)?,
        })
    }

    /// Every rule, in the order of their file.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// How often heads have to receive citizens, in the order of their file.
    #[must_use]
    pub fn reception_rules(&self) -> &[ReceptionRule] {
        &self.receptions
    }

    /// The days on which offices work.
    #[must_use]
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Where limits for remote areas apply.
    #[must_use]
    pub const fn remote(&self) -> &Remote {
        &self.remote
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_data_are_read() {
        assert!(Law::standard().rules().len() > 15);
        assert!(Law::standard().calendar().days().count() > 60);
    }

    #[test]
    fn a_folder_is_read_and_what_is_missing_named() {
        let dir = tempfile::tempdir().unwrap();
        let missing = Law::read(dir.path()).unwrap_err().to_string();
        assert!(missing.contains("rules.toml"), "{missing}");
        let own = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
        for file in FILES {
            std::fs::copy(Path::new(own).join(file), dir.path().join(file)).unwrap();
        }
        assert_eq!(Law::read(dir.path()).unwrap().rules(), Law::standard().rules());
    }
}
