//! The kinds of records, their tables and the columns of an extract (`docs/EXTRACT.md`).

use std::fmt;

/// What the rows of one file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// Cases (vụ việc).
    Cases,
    /// Petitions (đơn).
    Petitions,
    /// Reception days (kỳ tiếp công dân).
    Receptions,
    /// Dialogues (đối thoại).
    Dialogues,
    /// Referred matters (chuyển đơn).
    Referrals,
    /// What bodies reported themselves (số liệu kiểm soát).
    ControlTotals,
}

impl RecordKind {
    /// Every kind, in the order of the extract format.
    pub const ALL: [Self; 6] = [
        Self::Cases,
        Self::Petitions,
        Self::Receptions,
        Self::Dialogues,
        Self::Referrals,
        Self::ControlTotals,
    ];

    /// Name of its table, also its code.
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Petitions => "petitions",
            Self::Receptions => "receptions",
            Self::Dialogues => "dialogues",
            Self::Referrals => "referrals",
            Self::ControlTotals => "control_totals",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.table() == code)
    }

    /// The columns of a row in [`super::BatchCopy::send`], in order.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Cases => &[
                "record_id",
                "extract_date",
                "kind",
                "field",
                "area_code",
                "body_code",
                "received_on",
                "second_instance",
                "accepted_on",
                "due_on",
                "complexity",
                "extended",
                "suspended_on",
                "resumed_on",
                "ending",
                "ended_on",
                "finding",
                "mass",
                "over_level",
                "prolonged",
                "people",
                "complainant_key",
                "money_recovered",
                "land_recovered",
                "money_returned",
                "land_returned",
                "persons_restored",
                "officials_disciplined",
                "money_recovered_done",
                "land_recovered_done",
                "money_returned_done",
                "land_returned_done",
                "officials_disciplined_done",
                "implement",
                "implemented_on",
            ],
            Self::Petitions => &[
                "record_id",
                "extract_date",
                "kind",
                "area_code",
                "body_code",
                "received_on",
                "channel",
                "handling",
                "case_id",
                "complainant_key",
            ],
            Self::Receptions => &[
                "record_id",
                "extract_date",
                "body_code",
                "held_on",
                "type",
                "held_by",
                "due",
                "visits",
                "people",
                "matters_first",
                "matters_repeat",
                "delegations",
                "delegation_people",
            ],
            Self::Dialogues => &[
                "record_id",
                "extract_date",
                "case_id",
                "body_code",
                "held_on",
                "presided_by",
                "people",
            ],
            Self::Referrals => &[
                "record_id",
                "extract_date",
                "referrer",
                "kind",
                "area_code",
                "body_code",
                "referred_on",
                "acknowledged_on",
                "decision",
                "decided_on",
                "settled_on",
                "notified_on",
                "petitioned_on",
                "superior_decided_on",
                "superior_answered_on",
                "case_id",
                "complainant_key",
            ],
            Self::ControlTotals => &[
                "record_id",
                "extract_date",
                "body_code",
                "period",
                "opening",
                "entered",
                "transferred_in",
                "ended",
                "transferred_out",
                "closing",
            ],
        }
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.table())
    }
}
