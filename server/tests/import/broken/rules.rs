//! Values that do not go together.

use super::{Broken, cell, cell_in, file};
use crate::files::*;

/// Cases of which the last was suspended without having been accepted.
fn suspended_only() -> Table {
    let mut table = never_accepted();
    for column in ["ending", "ended_on", "finding"] {
        set(&mut table, 2, column, "");
    }
    set(&mut table, 2, "suspended_on", "2025-06-20");
    table
}

/// Cases of which the last was settled without having been accepted.
fn never_accepted() -> Table {
    let mut table = cases();
    set(&mut table, 2, "accepted_on", "");
    set(&mut table, 2, "due_on", "");
    table
}

pub fn rules() -> Vec<Broken> {
    let mut duplicate = cases();
    set(&mut duplicate, 2, "record_id", "VV-1");
    vec![
        file(
            "the same record twice",
            csv(&duplicate),
            &["row 4, column record_id", "`VV-1`", "stand in row 2 already", "remove the other"],
        ),
        cell(
            "received after the extract",
            petitions(),
            ("received_on", "2025-09-25"),
            &["row 2, column received_on", "after the extract date 2025-09-20"],
        ),
        cell(
            "extract in the middle of a quarter",
            petitions(),
            ("extract_date", "2025-08-20"),
            &["row 2, column extract_date", "not in the 15 days", "2025-06-15 to 2025-06-29"],
        ),
        cell(
            "extract from the future",
            petitions(),
            ("extract_date", "2095-09-20"),
            &["row 2, column extract_date", "lies in the future", "check the year"],
        ),
        cell(
            "accepted before received",
            cases(),
            ("accepted_on", "2025-07-09"),
            &["row 2, column accepted_on", "is before received_on, 2025-07-10", "check the order"],
        ),
        cell(
            "due before accepted",
            cases(),
            ("due_on", "2025-07-01"),
            &["row 2, column due_on (han_giai_quyet)", "is before accepted_on, 2025-07-15"],
        ),
        cell(
            "accepted without a time limit",
            cases(),
            ("due_on", ""),
            &["row 2, column accepted_on", "due_on is empty", "fill in due_on too"],
        ),
        file(
            "suspended but never accepted",
            csv(&suspended_only()),
            &["row 4, column suspended_on", "accepted_on is empty"],
        ),
        cell(
            "resumed before suspended",
            cases(),
            ("resumed_on", "2025-07-19"),
            &["row 2, column resumed_on", "is before suspended_on, 2025-07-20"],
        ),
        cell(
            "ended before received",
            cases(),
            ("ended_on", "2025-07-01"),
            &["row 2, column ended_on", "is before received_on, 2025-07-10"],
        ),
        cell(
            "ending without a day",
            cases_with("ended_on", ""),
            ("implemented_on", ""),
            &["row 2, column ending (ket_thuc)", "ended_on is empty"],
        ),
        cell(
            "carried out before decided",
            cases(),
            ("implemented_on", "2025-08-01"),
            &["row 2, column implemented_on", "is before ended_on, 2025-08-19"],
        ),
        cell(
            "carried out, though nothing was to be",
            cases(),
            ("implement", "0"),
            &["row 2, column implemented_on", "but implement is no"],
        ),
        cell_in(
            "something to carry out in an open case",
            cases(),
            1,
            ("implement", "1"),
            &["row 3, column implement (phai_thi_hanh)", "the case is not settled"],
        ),
        cell_in(
            "remedy in an open case",
            cases(),
            1,
            ("money_recovered", "5"),
            &["row 3, column money_recovered", "ending is empty"],
        ),
        cell(
            "more returned than was to be",
            cases(),
            ("money_returned_done", "31"),
            &[
                "row 2, column money_returned_done (da_tra_lai_tien), value `31`",
                "is more than money_returned, 30",
            ],
        ),
        cell(
            "settled while it was suspended",
            cases(),
            ("resumed_on", ""),
            &["row 2, column resumed_on (ngay_tiep_tuc)", "was suspended and is settled"],
        ),
        file(
            "settled without acceptance",
            csv(&never_accepted()),
            &["row 4, column accepted_on (ngay_thu_ly)", "is empty, but the case is settled"],
        ),
        cell(
            "settled without a finding",
            cases(),
            ("finding", ""),
            &["row 2, column finding (ket_luan)", "is empty, but the case is settled"],
        ),
        cell(
            "finding of a withdrawn case",
            cases_with("implement", "0"),
            ("ending", "withdrawn"),
            &["row 2, column finding (ket_luan), value `founded`", "is not settled"],
        ),
        cell(
            "finding of the wrong instance",
            cases(),
            ("finding", "upheld"),
            &["row 2, column finding", "the first settlement of a complaint", "partly"],
        ),
        cell_in(
            "finding of the wrong kind",
            cases(),
            2,
            ("finding", "founded"),
            &["row 4, column finding", "is not a finding of a recommendation", "answered"],
        ),
        cell(
            "field of another kind",
            cases(),
            ("field", "corruption"),
            &["row 2, column field (linh_vuc)", "does not apply to a complaint", "denunciations"],
        ),
        cell_in(
            "second settlement of a recommendation",
            cases(),
            2,
            ("second_instance", "1"),
            &["row 4, column second_instance", "has no second settlement"],
        ),
        cell(
            "more visits than people",
            receptions(),
            ("visits", "26"),
            &["row 2, column visits (so_luot), value `26`", "more visits than people, 25"],
        ),
        cell(
            "delegation of four",
            receptions(),
            ("delegation_people", "9"),
            &["row 2, column delegation_people", "less than 5 for each of 2 delegations"],
        ),
        cell(
            "more people in delegations than in all",
            receptions(),
            ("delegation_people", "30"),
            &["row 2, column delegation_people", "more than all people, 25"],
        ),
        cell_in(
            "visits on a missed day",
            receptions(),
            1,
            ("matters_first", "1"),
            &["row 3, column matters_first", "not 0, but the day was missed"],
        ),
        cell_in(
            "standing reception held by the head",
            receptions(),
            2,
            ("held_by", "head"),
            &["row 4, column held_by (nguoi_tiep), value `head`", "does not hold a regular day"],
        ),
        cell_in(
            "standing reception on the schedule",
            receptions(),
            2,
            ("due", "1"),
            &["row 4, column due (theo_lich), value `1`", "not on the schedule of the head"],
        ),
        cell(
            "day of the head held by an officer",
            receptions(),
            ("held_by", "officer"),
            &["row 2, column held_by", "does not hold a day of the head"],
        ),
        cell(
            "dialogue after the extract",
            dialogues(),
            ("held_on", "2025-10-01"),
            &["row 2, column held_on (ngay_tiep)", "after the extract date"],
        ),
        cell(
            "settled without having been decided",
            referrals_with("decision", ""),
            ("decided_on", ""),
            &["row 2, column settled_on (ngay_giai_quyet)", "decided_on is empty"],
        ),
        cell(
            "settled though declined",
            referrals(),
            ("decision", "declined"),
            &["row 2, column settled_on", "the matter was not accepted"],
        ),
        cell(
            "petition before the result",
            referrals(),
            ("petitioned_on", "2025-08-18"),
            &["row 2, column petitioned_on", "is before settled_on, 2025-08-19"],
        ),
        cell(
            "petition of the press",
            referrals(),
            ("referrer", "press"),
            &[
                "row 2, column petitioned_on (ngay_kien_nghi_cap_tren)",
                "no complaint that the Front",
            ],
        ),
        cell(
            "the superior answers before it decides",
            referrals(),
            ("superior_answered_on", "2025-09-09"),
            &["row 2, column superior_answered_on", "is before superior_decided_on, 2025-09-10"],
        ),
        cell(
            "the superior answers without a decision",
            referrals(),
            ("superior_decided_on", ""),
            &["row 2, column superior_answered_on", "superior_decided_on is empty"],
        ),
        cell(
            "notified before settled",
            referrals(),
            ("notified_on", "2025-08-01"),
            &["row 2, column notified_on", "is before settled_on, 2025-08-19"],
        ),
        cell(
            "totals that do not balance",
            control_totals(),
            ("entered", "6"),
            &[
                "row 2, column closing (cuoi_ky), value `0`",
                "opening + entered + transferred_in = 17",
                "ended + transferred_out + closing = 16",
            ],
        ),
        cell(
            "totals of a quarter that is not over",
            control_totals(),
            ("period", "2025-Q4"),
            &["row 2, column period (ky)", "after the extract date 2025-09-20"],
        ),
    ]
}

fn cases_with(column: &str, value: &str) -> Table {
    let mut table = cases();
    set(&mut table, 0, column, value);
    table
}

fn referrals_with(column: &str, value: &str) -> Table {
    let mut table = referrals();
    set(&mut table, 0, column, value);
    table
}
