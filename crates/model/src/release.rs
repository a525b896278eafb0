//! The name of a release: reference period and revision, `2026-Q3.1`; why a revision was made,
//! and how firmly a release is announced.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::classification::code_list;
use crate::period::Period;

code_list! {
    /// Why published figures were revised (the classes of reasons of official statistics' revision
    /// policies: IMF, *Data Quality Assessment Framework*, 4.3).
    Reason {
        /// Something was reported after the figures were published.
        LateReport = "late_report", "Báo cáo muộn", "Late report";
        /// A record was wrong.
        Correction = "correction", "Đính chính", "Correction";
        /// A record was put under another heading.
        Reclassification = "reclassification", "Phân loại lại", "Reclassification";
        /// A place was counted within other boundaries.
        Boundary = "boundary", "Thay đổi địa giới", "Change of boundaries";
        /// Figures are counted in another way.
        Method = "method", "Thay đổi phương pháp", "Change of method";
    }
}

code_list! {
    /// What the two who answer for a release have to confirm before it is built; the program checks the
    /// rest (balance, disclosure, hashes) itself.
    Check {
        /// Who reported, and who did not.
        Completeness = "completeness",
            "Đã đối chiếu danh sách cơ quan phải báo cáo với cơ quan đã báo cáo",
            "The list of bodies that must report was held against those that did";
        /// Reported totals.
        Totals = "totals",
            "Số tổng đã được từng cơ quan báo cáo xác nhận",
            "The totals were confirmed by each reporting body";
        /// What moved.
        Changes = "changes",
            "Biến động lớn so với kỳ trước đã được xem xét và có giải thích",
            "Large changes since the period before were looked into and can be explained";
        /// Texts.
        Words = "words",
            "Ghi chú đã được đọc lại bằng tiếng Việt và tiếng Anh, không có thông tin cá nhân",
            "The notes were read again in Vietnamese and in English; they hold no personal data";
        /// Who sees it early.
        Access = "access",
            "Danh sách người được xem trước đúng với danh sách đã công khai",
            "Those who see it before its minute are those on the public list";
    }
}

code_list! {
    /// How firmly a release is announced for its minute.
    Step {
        /// Planned.
        Provisional = "provisional", "Dự kiến", "Provisional";
        /// It comes out at that minute.
        Confirmed = "confirmed", "Đã xác nhận", "Confirmed";
        /// It was announced for another minute before.
        Moved = "moved", "Đã dời", "Moved";
        /// It does not come out.
        Cancelled = "cancelled", "Đã hủy", "Cancelled";
    }
}

/// `2026-Q3.1`: the first publication on quarter III of 2026; `.2` is its first revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReleaseId {
    /// The reference quarter.
    pub period: Period,
    /// 1 for the first publication, then counting up.
    pub revision: u16,
}

/// The text is not a release name.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a release; write 2026-Q3.1")]
pub struct InvalidRelease(String);

impl fmt::Display for ReleaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.period, self.revision)
    }
}

impl FromStr for ReleaseId {
    type Err = InvalidRelease;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let parts = s.split_once('.').and_then(|(period, revision)| {
            let period: Period = period.parse().ok()?;
            let number: u16 = revision.parse().ok()?;
            (period.is_quarter() && number > 0 && number.to_string() == revision)
                .then_some(Self { period, revision: number })
        });
        parts.ok_or_else(|| InvalidRelease(s.chars().take(20).collect()))
    }
}

impl Serialize for ReleaseId {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReleaseId {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_named_by_quarter_and_revision() {
        assert_eq!("2026-Q3.12".parse::<ReleaseId>().unwrap().to_string(), "2026-Q3.12");
        for junk in ["2026-Q3", "2026-Q3.0", "2026.1", "2026-Q3.01", "2026-Q3.+1"] {
            assert!(junk.parse::<ReleaseId>().is_err(), "{junk}");
        }
    }
}
