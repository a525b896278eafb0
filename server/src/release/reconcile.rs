//! Figures balance or are not published: against what each body itself reported (control totals),
//! and against what was published before.

use std::collections::BTreeMap;

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
