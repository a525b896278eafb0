//! The minute at which releases become public: 8:00 in Viet Nam.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _, tz};
use model::Period;

/// That of a first release on `quarter`: the first day on which it can be published.
pub fn minute(quarter: Period) -> Timestamp {
    on(quarter.earliest_release())
}

/// That of the day after `now`.
pub fn tomorrow(now: Timestamp) -> Timestamp {
    let today = now.to_zoned(viet_nam()).date();
    on(today.checked_add(1.day()).unwrap_or(today))
}

/// That of `day`.
fn on(day: Date) -> Timestamp {
    day.to_datetime(Time::constant(8, 0, 0, 0))
        .to_zoned(viet_nam())
        .map_or(Timestamp::UNIX_EPOCH, |moment| moment.timestamp())
}

fn viet_nam() -> TimeZone {
    TimeZone::fixed(tz::offset(7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_comes_out_at_eight_in_the_morning_after_the_cut_off() {
        let minute = minute("2026-Q3".parse().unwrap());
        assert_eq!(minute.to_string(), "2026-09-30T01:00:00Z");
    }

    #[test]
    fn a_revision_comes_out_at_eight_on_the_next_day_in_viet_nam() {
        let said = |now: &str| tomorrow(now.parse().unwrap()).to_string();
        assert_eq!(said("2026-10-05T16:59:00Z"), "2026-10-06T01:00:00Z");
        assert_eq!(said("2026-10-05T17:00:00Z"), "2026-10-07T01:00:00Z");
    }
}
