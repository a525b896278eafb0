//! The demonstration register: simulated extracts that the ordinary import reads.
//!
//! [`write`] makes, for each of the 15 quarters 2023-Q1 to 2026-Q3, the extract files described in
//! `docs/EXTRACT.md`. Every record is drawn at random; none is of a real person, matter or body.
//! `docs/DEMONSTRATION.md` says what they are calibrated to and where the difficult situations are.
//!
//! The work is cut into shards of about 1,070 cases a quarter, each with random streams of its own,
//! and a shard is written through all quarters before the next one begins. Memory thus holds the
//! open cases of one shard only, however large the scale.

mod calendar;
mod case;
mod columns;
mod draw;
mod geography;
mod intake;
mod odds;
mod output;
mod petitions;
mod receptions;
mod referrals;
mod situations;
#[cfg(test)]
mod tests;
mod totals;

use std::collections::BTreeMap;
use std::path::PathBuf;

use calendar::{Calendar, Quarter};
use case::Case;
use columns::{HELD_BY, Table};
use draw::{Draw, Numbering, Series, Stream};
use geography::Geography;
use intake::Intake;
use output::Files;
use petitions::Petitions;
use receptions::Receptions;
use referrals::Referrals;
use totals::Totals;

/// What to write.
#[derive(Clone, Debug)]
pub struct Options {
    /// Start of the random streams: the same seed and scale give the same bytes.
    pub seed: u64,
    /// 1 for about 16,000 cases and 40,000 petitions; N for N times as many.
    pub scale: u32,
    /// Folder for the files; created if missing. Files of an earlier run are overwritten.
    pub out: PathBuf,
}

/// How far the work is, in quarters of shards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Steps done.
    pub done: u64,
    /// Steps in all.
    pub total: u64,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Number of quarters, one folder each.
    pub quarters: usize,
    /// Rows by file name without its ending, over all quarters. A case has a row in each extract
    /// that it is listed in.
    pub rows: BTreeMap<&'static str, u64>,
    /// Number of distinct cases.
    pub cases: u64,
}

/// The demonstration could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A file or folder could not be created or written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A fault of this module: a row for a file that was not opened.
    #[error("no file was opened for a row of the demonstration")]
    NoSuchFile,
}

/// Writes the extracts of a simulated register.
///
/// # Errors
/// If a folder or file cannot be created or written.
pub fn write(options: &Options, progress: &mut dyn FnMut(Progress)) -> Result<Summary, DemoError> {
    let calendar = Calendar::new();
    let geography = Geography::new(&calendar);
    let quarters = calendar.quarters();
    let mut files = Files::create(&options.out, quarters)?;
    let mut totals = Totals::new(quarters.len(), geography.offices.len());
    let total = u64::from(options.scale) * u64::try_from(quarters.len()).unwrap_or(0);
    let mut done = 0;
    let mut cases = 0;
    for number in 0..options.scale {
        let mut shard = Shard::new(&calendar, &geography, options.seed, number);
        for quarter in quarters {
            shard.write(quarter, &mut files, &mut totals)?;
            done += 1;
            progress(Progress { done, total });
        }
        cases += shard.cases;
    }
    totals.write(&calendar, &geography, &mut files)?;
    let rows = files.finish()?;
    Ok(Summary { quarters: quarters.len(), rows, cases })
}

/// An independent part of the register.
#[derive(Debug)]
struct Shard<'a> {
    calendar: &'a Calendar,
    geography: &'a Geography,
    intake: Intake<'a>,
    petitions: Petitions<'a>,
    receptions: Receptions<'a>,
    referrals: Referrals<'a>,
    dialogues: Numbering,
    dialogue_draw: Draw,
    /// Cases that are open, not reported yet, or still to be carried out.
    stock: Vec<Case>,
    /// Cases that entered so far.
    cases: u64,
}

impl<'a> Shard<'a> {
    fn new(calendar: &'a Calendar, geography: &'a Geography, seed: u64, number: u32) -> Self {
        Self {
            calendar,
            geography,
            intake: Intake::new(calendar, geography, seed, number),
            petitions: Petitions::new(calendar, geography, seed, number),
            receptions: Receptions::new(calendar, geography, seed, number),
            referrals: Referrals::new(calendar, geography, seed, number),
            dialogues: Numbering::new(seed, number, Series::Dialogue),
            dialogue_draw: Draw::new(seed, number, Stream::Dialogues),
            stock: Vec::new(),
            cases: 0,
        }
    }

    /// Writes what the extract of `quarter` holds and forgets what will not change any more.
    fn write(
        &mut self,
        quarter: &Quarter,
        files: &mut Files,
        totals: &mut Totals,
    ) -> Result<(), DemoError> {
        let before = quarter.index.checked_sub(1).map(|i| &self.calendar.quarters()[i]);
        let received = self.intake.cases(quarter);
        self.referrals.write(before, quarter, &received, files)?;
        self.stock.extend(received);

        for case in &self.stock {
            if case.listed(self.calendar, self.geography, before, quarter) {
                let sheet = files.sheet(quarter, Table::Cases)?;
                case.write(self.calendar, self.geography, quarter, sheet)?;
                totals.count(case, self.geography, before, quarter);
            }
            if case.dialogue_quarter(self.calendar) == Some(quarter.index) {
                let sheet = files.sheet(quarter, Table::Dialogues)?;
                sheet.text(&self.dialogues.next().text(Series::Dialogue))?;
                sheet.date(self.calendar, Some(quarter.extract))?;
                sheet.text(&case.number.text(Series::Case))?;
                let office = case.office_at(self.geography, quarter);
                sheet.text(&self.geography.offices[office].code)?;
                sheet.date(self.calendar, case.dialogue)?;
                let head = self.dialogue_draw.chance(0.72);
                sheet.code(HELD_BY, Some(if head { "head" } else { "delegate" }))?;
                sheet.number(case.people + self.dialogue_draw.between(3, 9))?;
                sheet.end_row()?;
            }
        }
        let entered = self.stock.iter().filter(|case| case.entry == quarter.index);
        self.cases += u64::try_from(entered.clone().count()).unwrap_or(0);
        self.petitions.write(quarter, entered, files)?;
        self.receptions.write(quarter, files)?;
        self.stock
            .retain(|case| case.entry > quarter.index || !case.finished(self.calendar, quarter));
        Ok(())
    }
}
