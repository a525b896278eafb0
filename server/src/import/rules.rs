//! Rules between the columns of a row. They run once all cells of the row could be read.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use model::body::{self, Body};
use model::classification::{Field, Kind};
use model::{Period, area};

use super::cell::EARLIEST;
use super::column::Type;
use super::report::Findings;
use super::row::{Row, Value};

static BODIES: LazyLock<HashMap<String, Body>> =
    LazyLock::new(|| body::bodies().into_iter().map(|b| (b.code.clone(), b)).collect());

/// What every kind of extract has in common; `today` bounds the extract date.
pub(crate) fn common(row: &Row<'_>, today: Date, f: &mut Findings<'_>) {
    let Some(extract_date) = row.day("extract_date") else { return };
    let quarter = Period::first_knowing(extract_date);
    if extract_date <= quarter.end() {
        let [before, after] =
            [-1, 1].map(|n| Period::from_quarter_index(quarter.last_quarter_index() + n));
        f.add(
            "extract_date",
            row.shown("extract_date"),
            "is not in the 15 days after the end of a report quarter",
            format!(
                "date the extract {} to {} for {before}, or {} to {} for {quarter}",
                quarter.start(),
                before.cutoff(),
                after.start(),
                quarter.cutoff()
            ),
        );
    } else if extract_date > today {
        f.add("extract_date", row.shown("extract_date"), "lies in the future", "check the year");
    }
    for column in row.extract.columns {
        match (column.holds, row.value(column.name)) {
            (Type::Date, Value::Day(day)) if *day > extract_date => f.add(
                column.name,
                row.shown(column.name),
                format!("is after the extract date {extract_date}"),
                "check the two dates; an extract holds nothing from after its day",
            ),
            (Type::Area { on }, Value::Text(code)) => {
                if let Some(day) = row.day(on)
                    && area::place(code, day).is_none()
                {
                    f.add(
                        column.name,
                        row.shown(column.name),
                        no_such_area(code, day),
                        AREA_REMEDY,
                    );
                }
            }
            (Type::Body, Value::Text(code)) => existing_body(row, column.name, code, quarter, f),
            _ => {}
        }
    }
}

const AREA_REMEDY: &str = "use the commune's code as it was in force on that day: the 166 communes \
                           and wards from 1 July 2025 on, the old communes before";

fn no_such_area(code: &str, day: Date) -> String {
    let other = if day < area::COMMUNES_SINCE { area::COMMUNES_SINCE } else { EARLIEST };
    let hint = match area::place(code, other) {
        Some(_) if other == EARLIEST => "; it was an old commune's until 30 June 2025",
        Some(_) => "; it is a commune's only since 1 July 2025",
        None => "",
    };
    format!("is not the code of a commune in force on {day}{hint}")
}

fn existing_body(row: &Row<'_>, column: &str, code: &str, reported: Period, f: &mut Findings<'_>) {
    // A control total is about its own quarter, which a correction may reach back to.
    let quarter = row.quarter("period").unwrap_or(reported);
    let last = row.day("extract_date").unwrap_or(quarter.end());
    let Some(body) = BODIES.get(code) else {
        f.add(
            column,
            row.shown(column),
            "is not the code of a body",
            "use a code such as SNNMT, UBND-384 (district, until 30 June 2025) or UBND-14845 \
             (commune, from 1 July 2025)",
        );
        return;
    };
    if body.valid_to.is_some_and(|to| to < quarter.start()) {
        let remedy = match &body.successor {
            Some(code) => format!("use the code of its successor, {code}"),
            None => "use the code of the body that took over the matter".to_owned(),
        };
        f.add(column, row.shown(column), format!("no longer existed in {quarter}"), remedy);
    } else if body.valid_from.is_some_and(|from| from > last) {
        f.add(
            column,
            row.shown(column),
            format!("did not exist yet in {quarter}"),
            "use the code of the body competent then",
        );
    }
}

/// `later` needs `earlier` and is not before it.
fn after(row: &Row<'_>, f: &mut Findings<'_>, later: &str, earlier: &str) {
    needs(row, f, later, earlier);
    not_before(row, f, later, earlier);
}

/// If both are there, `later` is not before `earlier`.
fn not_before(row: &Row<'_>, f: &mut Findings<'_>, later: &str, earlier: &str) {
    if let (Some(b), Some(a)) = (row.day(later), row.day(earlier))
        && b < a
    {
        f.add(
            later,
            row.shown(later),
            format!("is before {earlier}, {a}"),
            "check the order of the two dates",
        );
    }
}

/// `column` may only be filled in if `other` is.
fn needs(row: &Row<'_>, f: &mut Findings<'_>, column: &str, other: &str) {
    if row.has(column) && !row.has(other) {
        f.add(
            column,
            row.shown(column),
            format!("is filled in, but {other} is empty"),
            format!("fill in {other} too, or leave both empty"),
        );
    }
}

/// A case.
pub(crate) fn case(row: &Row<'_>, f: &mut Findings<'_>) {
    not_before(row, f, "accepted_on", "received_on");
    after(row, f, "due_on", "accepted_on");
    needs(row, f, "accepted_on", "due_on");
    after(row, f, "suspended_on", "accepted_on");
    after(row, f, "resumed_on", "suspended_on");
    not_before(row, f, "ended_on", "received_on");
    for earlier in ["accepted_on", "suspended_on", "resumed_on"] {
        not_before(row, f, "ended_on", earlier);
    }
    needs(row, f, "ended_on", "ending");
    needs(row, f, "ending", "ended_on");
    if row.text("ending") == "settled" && !row.has("accepted_on") {
        f.add(
            "accepted_on",
            None,
            "is empty, but the case is settled",
            "write the day on which it was accepted, and due_on; what was answered at once was accepted that \
             day",
        );
    }
    if row.text("ending") == "settled" && row.has("suspended_on") && !row.has("resumed_on") {
        f.add(
            "resumed_on",
            None,
            "is empty, but the case was suspended and is settled",
            "write the day on which settlement was resumed",
        );
    }
    after(row, f, "implemented_on", "ended_on");
    open_at_an_abolished_body(row, f);
    kind_and_field(row, f);
    finding(row, f);
    for (remedy, done) in REMEDIES {
        if row.number(remedy) > 0 {
            needs(row, f, remedy, "ending");
        }
        let Some(done) = done else { continue };
        if row.number(done) > row.number(remedy) {
            f.add(
                done,
                row.shown(done),
                format!("is more than {remedy}, {}", row.number(remedy)),
                "check the two; what was carried out is a part of what was ordered",
            );
        }
    }
    if row.yes("implement") && row.text("ending") != "settled" {
        f.add(
            "implement",
            row.shown("implement"),
            "there is no decision to carry out: the case is not settled",
            "write 0, or fill in the settlement",
        );
    }
    if row.has("implemented_on") && !row.yes("implement") {
        f.add(
            "implemented_on",
            row.shown("implemented_on"),
            "is filled in, but implement is no",
            "write 1 in implement, or leave the date empty",
        );
    }
}

/// The columns of remedies, and of what was carried out of each.
const REMEDIES: [(&str, Option<&str>); 6] = [
    ("money_recovered", Some("money_recovered_done")),
    ("land_recovered", Some("land_recovered_done")),
    ("money_returned", Some("money_returned_done")),
    ("land_returned", Some("land_returned_done")),
    ("persons_restored", None),
    ("officials_disciplined", Some("officials_disciplined_done")),
];

/// An abolished body hands its open cases to its successor: at the end of the quarter it has none.
fn open_at_an_abolished_body(row: &Row<'_>, f: &mut Findings<'_>) {
    let (Some(extract_date), Some(body)) =
        (row.day("extract_date"), BODIES.get(row.text("body_code")))
    else {
        return;
    };
    let quarter = Period::first_knowing(extract_date);
    let Some(abolished) = body.valid_to.filter(|&to| {
        // A body that was gone before the quarter began is another finding.
        to >= quarter.start() && to < quarter.end()
    }) else {
        return;
    };
    if row.has("ending") {
        return;
    }
    f.add(
        "body_code",
        row.shown("body_code"),
        format!("existed until {abolished} only, but the case is still open"),
        match &body.successor {
            Some(code) => format!("use the code of its successor, {code}, or fill in the ending"),
            None => {
                "use the code of the body that took the case over, or fill in the ending".into()
            }
        },
    );
}

fn kind_and_field(row: &Row<'_>, f: &mut Findings<'_>) {
    let (Some(kind), Some(field)) =
        (Kind::from_code(row.text("kind")), Field::from_code(row.text("field")))
    else {
        return;
    };
    if !field.applies_to(kind) {
        f.add(
            "field",
            row.shown("field"),
            format!("does not apply to a {}", kind.code()),
            "use another field, or check the kind; corruption is a field of denunciations only",
        );
    }
    if kind == Kind::Recommendation && row.yes("second_instance") {
        f.add(
            "second_instance",
            row.shown("second_instance"),
            "a recommendation has no second settlement",
            "write 0, or check the kind",
        );
    }
}

fn finding(row: &Row<'_>, f: &mut Findings<'_>) {
    let settled = row.text("ending") == "settled";
    match (settled, row.has("finding")) {
        (true, false) => f.add(
            "finding",
            None,
            "is empty, but the case is settled",
            "write what the settlement found",
        ),
        (false, true) => f.add(
            "finding",
            row.shown("finding"),
            "is filled in, but the case is not settled",
            "leave it empty, or write settled in ending",
        ),
        (true, true) => {
            let second = row.yes("second_instance");
            let (what, allowed): (_, &[&str]) = match row.text("kind") {
                "complaint" if second => {
                    ("the second settlement of a complaint", &["upheld", "overturned"])
                }
                "complaint" => {
                    ("the first settlement of a complaint", &["founded", "partly", "unfounded"])
                }
                "denunciation" => ("a denunciation", &["founded", "partly", "unfounded"]),
                _ => ("a recommendation", &["answered"]),
            };
            if !allowed.contains(&row.text("finding")) {
                f.add(
                    "finding",
                    row.shown("finding"),
                    format!("is not a finding of {what}"),
                    format!("write one of: {}", allowed.join(", ")),
                );
            }
        }
        (false, false) => {}
    }
}

/// A reception day (Law on Citizen Reception 2013: a delegation has at least 5 people).
pub(crate) fn reception(row: &Row<'_>, f: &mut Findings<'_>) {
    let n = |column| row.number(column);
    if n("visits") > n("people") {
        let what = format!("there are more visits than people, {}", n("people"));
        f.add("visits", row.shown("visits"), what, COUNTS_REMEDY);
    }
    let (delegations, members) = (n("delegations"), n("delegation_people"));
    if members > n("people") {
        let what = format!("is more than all people, {}", n("people"));
        f.add("delegation_people", row.shown("delegation_people"), what, COUNTS_REMEDY);
    }
    if members < 5 * delegations {
        f.add(
            "delegation_people",
            row.shown("delegation_people"),
            format!("is less than 5 for each of {delegations} delegations"),
            "count as a delegation only 5 people or more",
        );
    }
    if delegations == 0 && members > 0 {
        f.add(
            "delegation_people",
            row.shown("delegation_people"),
            "is filled in, but delegations is 0",
            COUNTS_REMEDY,
        );
    }
    let held_by = row.text("held_by");
    if held_by == "missed" {
        for column in COUNTS {
            if n(column) != 0 {
                f.add(
                    column,
                    row.shown(column),
                    "is not 0, but the day was missed",
                    "write 0, or say who held the day",
                );
            }
        }
    }
    let regular = row.text("type") == "regular";
    if regular != (held_by == "officer") {
        let (what, remedy) = if regular {
            ("does not hold a regular day", "write officer, or check the type")
        } else {
            ("does not hold a day of the head", "write head, delegate or missed, or check the type")
        };
        f.add("held_by", row.shown("held_by"), what, remedy);
    }
    if regular && row.yes("due") {
        f.add(
            "due",
            row.shown("due"),
            "a regular day is not on the schedule of the head",
            "write 0, or check the type",
        );
    }
}

const COUNTS_REMEDY: &str = "check the two counts";

const COUNTS: [&str; 6] =
    ["visits", "people", "matters_first", "matters_repeat", "delegations", "delegation_people"];

/// A transferred matter: each step needs the one before.
pub(crate) fn referral(row: &Row<'_>, f: &mut Findings<'_>) {
    not_before(row, f, "acknowledged_on", "referred_on");
    after(row, f, "decided_on", "acknowledged_on");
    after(row, f, "settled_on", "decided_on");
    after(row, f, "notified_on", "settled_on");
    needs(row, f, "decided_on", "decision");
    needs(row, f, "decision", "decided_on");
    if row.has("settled_on") && row.text("decision") != "accepted" {
        f.add(
            "settled_on",
            row.shown("settled_on"),
            "is filled in, but the matter was not accepted",
            "write accepted in decision, or leave the date empty",
        );
    }
    after(row, f, "petitioned_on", "settled_on");
    after(row, f, "superior_decided_on", "petitioned_on");
    after(row, f, "superior_answered_on", "superior_decided_on");
    let may = row.text("kind") == "complaint" && row.text("referrer").starts_with("front");
    if row.has("petitioned_on") && !may {
        f.add(
            "petitioned_on",
            row.shown("petitioned_on"),
            "is filled in, but it is no complaint that the Front or a member of it transferred",
            "leave it empty, or check referrer and kind (Law on Complaints, article 66)",
        );
    }
}

/// What a body reported for a quarter.
pub(crate) fn control_total(row: &Row<'_>, f: &mut Findings<'_>) {
    let sum = |columns: [&str; 3]| columns.map(|c| row.number(c)).into_iter().sum::<i64>();
    let came = sum(["opening", "entered", "transferred_in"]);
    let went = sum(["ended", "transferred_out", "closing"]);
    if came != went {
        f.add(
            "closing",
            row.shown("closing"),
            format!(
                "does not balance: opening + entered + transferred_in = {came}, but ended + \
                 transferred_out + closing = {went}"
            ),
            "ask the body for its figures again; the two sums are equal",
        );
    }
    let (Some(period), Some(extract_date)) = (row.quarter("period"), row.day("extract_date"))
    else {
        return;
    };
    if extract_date <= period.end() {
        f.add(
            "period",
            row.shown("period"),
            format!("ends on {}, after the extract date {extract_date}", period.end()),
            "check the quarter; a total is reported once its quarter is over",
        );
    }
    let id = row.text("record_id");
    if !(id.starts_with(row.text("body_code")) && id.ends_with(&period.to_string())) {
        f.add(
            "record_id",
            row.shown("record_id"),
            "is not made of the body's code and the quarter",
            format!("write {}/{period}", row.text("body_code")),
        );
    }
}
