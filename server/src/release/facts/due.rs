//! When a case was accepted and is due: what the body wrote down, as far as the law goes (`docs/TABLES.md`).

use jiff::civil::Date;
use law::{Law, Settling, Suspension, UnknownYear};
use model::Kind;
use store::register::CaseVersion;

use crate::release::error::BuildError;

/// What the law is asked of a case of which `first` was known first, as `version` tells it.
fn settling(first: &CaseVersion, version: &CaseVersion) -> Settling {
    let suspension =
        version.suspended_on.map(|from| Suspension { from, until: version.resumed_on });
    Settling {
        kind: first.kind,
        second: version.second_instance,
        received: first.received_on,
        accepted: version.accepted_on,
        suspensions: suspension.into_iter().collect(),
    }
}

const fn unknown(UnknownYear(year): UnknownYear) -> BuildError {
    BuildError::UnknownHolidays(year)
}

/// The last day for settling it, as far as it has come on `day`. `None` if neither the body nor the law sets one.
///
/// # Errors
///
/// When the law counts working days through a year whose holidays are not known.
pub(super) fn of(
    first: &CaseVersion,
    version: &CaseVersion,
    day: Date,
) -> Result<Option<Date>, BuildError> {
    let case = settling(first, version);
    let latest = Law::standard().latest_settlement(&case, day).map_err(unknown)?;
    Ok(version.due_on.into_iter().chain(latest).min())
}

/// The day from which its days are counted: that of acceptance, as early as the law wants it; that of reception,
/// where the law sets no day to accept it.
///
/// # Errors
///
/// As for [`of`].
pub(super) fn begins(
    first: &CaseVersion,
    version: &CaseVersion,
    day: Date,
) -> Result<Date, BuildError> {
    if first.kind == Kind::Recommendation {
        return Ok(first.received_on);
    }
    let case = settling(first, version);
    let accepted = Law::standard().latest_acceptance(&case, day).map_err(unknown)?;
    Ok(accepted.unwrap_or(first.received_on))
}
