//! Figures balance or are not published: against what each body itself reported (control totals),
//! and against what was published before.

use std::collections::BTreeMap;

use model::figure::Address;
use model::table::TableDefinition;
use model::{Cell, Period};
use store::register::ControlTotal;

use super::changes::Newest;
use super::facts::{BodyFlows, Flow};
use super::truth::Cubes;

/// Most lines worth printing.
const LINES: usize = 100;

/// Compares the case flow of each body in `quarter` with its control totals. One line for each
/// difference: table, body, period, line of the flow, and the two sums.
pub fn control_totals(
    flows: &BodyFlows,
    reported: &[ControlTotal],
    quarter: Period,
) -> Vec<String> {
    let by_body: BTreeMap<&str, &ControlTotal> =
        reported.iter().map(|t| (t.body_code.as_str(), t)).collect();
    let mut lines = Vec::new();
    for body in flows.bodies(quarter) {
        if !by_body.contains_key(body) {
            lines.push(format!(
                "case-flow-body, body {body}, {quarter}: the register counts {:?}, but the body \
                 reported no control totals",
                flows.of(body, quarter)
            ));
        }
    }
    for (body, total) in by_body {
        let counted = flows.of(body, quarter);
        let stated = [
            total.opening,
            total.entered,
            total.transferred_in,
            total.ended,
            total.transferred_out,
            total.closing,
        ];
        for (flow, (counted, stated)) in Flow::ALL.iter().zip(counted.into_iter().zip(stated)) {
            if counted != stated {
                lines.push(format!(
                    "case-flow-body, body {body}, {quarter}, {}: the register counts {counted}, \
                     the body reported {stated}",
                    flow_name(*flow)
                ));
            }
        }
    }
    shorten(lines)
}

const fn flow_name(flow: Flow) -> &'static str {
    match flow {
        Flow::Opening => "opening",
        Flow::Entered => "entered",
        Flow::TransferredIn => "transferred_in",
        Flow::Ended => "ended",
        Flow::TransferredOut => "transferred_out",
        Flow::Closing => "closing",
    }
}

/// Checks on what was counted, before anything is withheld or rounded, that every figure is the sum of its
/// parts, in each of the ways in which it splits up: opening and received are ended and closing, referred are
/// replied to and not replied to, and so on at each stage.
pub fn parts(cubes: &Cubes) -> Vec<String> {
    let mut lines = Vec::new();
    for cube in cubes.values() {
        for (position, place) in cube.coordinates().enumerate() {
            let Some(address) = place.published() else { continue };
            for parts in address.item.parts() {
                let part = |&item| cube.find(&Address { item, ..address.clone() });
                // A table may do without some of them.
                let Some(found) = parts.iter().map(part).collect::<Option<Vec<usize>>>() else {
                    continue;
                };
                let (whole, sum) =
                    (cube.value(position), found.iter().map(|&p| cube.value(p)).sum::<i64>());
                if whole != sum {
                    let names: Vec<&str> = parts.iter().map(|item| item.code()).collect();
                    lines.push(format!(
                        "{}: {address}: counted {whole}, but {} come to {sum}",
                        cube.name(),
                        names.join(" + "),
                    ));
                }
            }
        }
    }
    lines.sort();
    shorten(lines)
}

/// Compares what the register says today of earlier periods with what was published of them.
/// Because the opening of a quarter is the closing of the one before, this is also what ties the
/// opening to the last published closing: late records stand in their own line, and a record
/// changed behind the published figures is refused.
pub fn published(cubes: &Cubes, definitions: &[TableDefinition], newest: &Newest) -> Vec<String> {
    let mut lines = Vec::new();
    for definition in definitions {
        let (table, cube) = (&definition.id, &cubes[&definition.population]);
        for Cell { address, value, .. } in newest.cells(table) {
            let (Some(published), Some(position)) = (*value, cube.find(address)) else { continue };
            let counted = cube.value(position);
            if counted != published {
                lines.push(format!(
                    "{table}, {address}: published {published}, the register now counts {counted}; \
                     publish the correction first (portal release revise)"
                ));
            }
        }
    }
    lines.sort();
    shorten(lines)
}

fn shorten(mut lines: Vec<String>) -> Vec<String> {
    if lines.len() > LINES {
        let more = lines.len() - LINES;
        lines.truncate(LINES);
        lines.push(format!("and {more} more"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use model::item::Population;
    use model::{Dim, Item};

    use super::*;
    use crate::release::cube::Contribution;
    use crate::release::definitions::tables;
    use crate::release::measure::{Measure, periods_up_to};
    use crate::release::truth::lay_out;

    #[test]
    fn what_is_not_the_sum_of_its_parts_is_named_at_every_stage() {
        let [first, quarter, period] =
            ["2025-Q1", "2025-Q4", "2025"].map(|code| code.parse::<Period>().unwrap());
        let definitions = tables().unwrap();
        let periods = periods_up_to(first, quarter);
        let cubes = || lay_out(&definitions, first, &periods).unwrap();
        let add = |cubes: &mut Cubes, items: &[Item]| {
            let cube = cubes.get_mut(&Population::Referrals).unwrap();
            let body = Dim::Body.members().position("UBNDT").unwrap();
            for &item in items {
                let measure = cube.measure(Measure::new(item, period)).unwrap();
                let leaf = [0, body, 0, 0, 0];
                cube.add(&Contribution {
                    leaf,
                    measure,
                    weight: 1,
                    identity: 1,
                    contributor: None,
                });
            }
        };
        let stages = [
            Item::Referred,
            Item::Acknowledged,
            Item::ReferralAccepted,
            Item::ReferralSettled,
            Item::Notified,
            Item::NotPetitioned,
            Item::AnswerRequired,
            Item::AnsweredInTime,
        ];
        let mut whole = cubes();
        add(&mut whole, &stages);
        assert_eq!(parts(&whole), Vec::<String>::new());
        for left_out in stages {
            let mut broken = cubes();
            let rest: Vec<Item> = stages.into_iter().filter(|item| *item != left_out).collect();
            add(&mut broken, &rest);
            let lines = parts(&broken);
            assert!(!lines.is_empty(), "{}", left_out.code());
            let named = |line: &String| line.contains(left_out.code());
            assert!(lines.iter().any(named), "{}: {lines:#?}", left_out.code());
            assert!(lines[0].starts_with("referrals: ") && lines[0].contains(" 2025,"));
        }
    }
}
