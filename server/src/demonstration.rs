//! The demonstration: a simulated register, imported, released quarter by quarter and published,
//! through the same commands that real data goes through.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use model::{Period, ReleaseId};
use store::{PublisherPool, RegisterPool};

use crate::database::Settings;
use crate::demo;
use crate::error::CommandError;
use crate::import;
use crate::output;
use crate::release::archive::Archive;
use crate::release::build::{self, Request};
use crate::release::keys::Keys;
use crate::release::publish::publish;

/// First and last quarter of the simulated register.
const FIRST: (i16, u8) = (2023, 1);
const LAST: (i16, u8) = (2026, 3);

fn quarters() -> impl Iterator<Item = Period> {
    let index = |(year, quarter): (i16, u8)| i32::from(year) * 4 + i32::from(quarter) - 1;
    (index(FIRST)..=index(LAST)).map(Period::from_quarter_index)
}

/// The minute at which a release on `quarter` becomes public: 8:00 in Viet Nam on the first day on
/// which it can be published.
pub fn publication_minute(quarter: Period) -> Timestamp {
    let hanoi = TimeZone::fixed(jiff::tz::offset(7));
    let day = quarter.earliest_release();
    day.to_datetime(Time::constant(8, 0, 0, 0))
        .to_zoned(hanoi)
        .map_or(Timestamp::UNIX_EPOCH, |moment| moment.timestamp())
}

/// Brings the demonstration up to its last release; does only what is missing, so that it goes on
/// where an interrupted run stopped.
///
/// # Errors
///
/// As the commands that it runs.
pub async fn ensure(
    settings: &Settings,
    register: &RegisterPool,
    publisher: &PublisherPool,
) -> Result<(), CommandError> {
    let published = publisher.releases().await?;
    let wanted: Vec<ReleaseId> =
        quarters().map(|period| ReleaseId { period, revision: 1 }).collect();
    if wanted.iter().all(|id| published.contains(id)) {
        return Ok(());
    }
    let out = settings.demonstration_dir();
    if !out.join("SIMULATED.txt").exists() {
        let bar = output::progress(0, "simulating a register");
        demo::write(&demo::Options { seed: 1, scale: 1, out: out.clone() }, &mut |p| {
            bar.set_length(p.total);
            bar.set_position(p.done);
        })?;
        bar.finish_and_clear();
    }
    let options = import::Options { kind: None, simulated: true };
    let keys = Keys::open(&settings.keys_dir(), true)?;
    let bar = output::progress(wanted.len() as u64, "importing, releasing, publishing");
    for id in wanted {
        import::import(register, &extracts(&out, id.period)?, &options).await?;
        let mut archive = Archive::open(&settings.releases_dir())?;
        if !archive.contains(id) {
            let request = Request {
                period: id.period,
                visible_from: publication_minute(id.period),
                simulated: true,
                out: None,
            };
            build::build(register, &archive, &keys, &request).await?;
            archive = Archive::open(&settings.releases_dir())?;
        }
        if !published.contains(&id) {
            publish(publisher, &archive.path(id), keys.log.verifier()).await?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// The extract files of one quarter, in a stable order.
fn extracts(dir: &std::path::Path, quarter: Period) -> Result<Vec<PathBuf>, CommandError> {
    let folder = dir.join(quarter.to_string());
    let wrong = |source| CommandError::File { path: folder.clone(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        if path.extension().is_some_and(|e| e == "csv") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_comes_out_at_eight_in_the_morning_after_the_cut_off() {
        let minute = publication_minute("2026-Q3".parse().unwrap());
        assert_eq!(minute.to_string(), "2026-09-30T01:00:00Z");
        assert_eq!(quarters().count(), 15);
    }
}
