//! What `portal protect` writes. All but the shown values is for staff.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use disclosure::{Mask, Problem, Reason, Relation, Status};
use serde_json::json;

use super::cube::Cube;
use super::spec::Plan;
use super::{ProtectError, Summary};

/// Seconds of each stage.
#[derive(Debug, Default)]
pub(super) struct Timings(BTreeMap<&'static str, f64>);

impl Timings {
    /// Notes the time since `clock`, which starts anew.
    pub(super) fn lap(&mut self, stage: &'static str, clock: &mut Instant) {
        self.0.insert(stage, clock.elapsed().as_secs_f64());
        *clock = Instant::now();
    }
}

/// Counts over the published cells.
pub(super) fn summary(cube: &Cube, mask: &Mask) -> Summary {
    let published = &mask.statuses[..cube.published];
    let count = |status| published.iter().filter(|s| **s == status).count();
    Summary {
        cells: published.len(),
        primary: count(Status::Primary),
        secondary: count(Status::Secondary),
    }
}

/// Writes all files into `out`.
pub(super) fn write(
    out: &Path,
    plan: &Plan,
    cube: &Cube,
    problem: &Problem,
    mask: &Mask,
    timings: &Timings,
) -> Result<(), ProtectError> {
    write_mask(&out.join("mask.csv"), plan, cube, mask)?;
    write_reasons(&out.join("reasons.csv"), problem, mask)?;
    let Summary { cells, primary, secondary } = summary(cube, mask);
    let report = json!({
        "cells": cells,
        "primary": primary,
        "secondary": secondary,
        "shown": cells - primary - secondary,
        "fewest_values": mask.fewest_values(problem, &plan.policy()),
        "rounds": mask.rounds,
        "work": mask.work,
        "policy": {
            "threshold": plan.spec.threshold,
            "width": plan.spec.width,
            "zeros": format!("{:?}", plan.policy().zeros).to_lowercase(),
            "contributors": plan.spec.contributors,
        },
    });
    write_json(&out.join("report.json"), &report)?;
    write_json(&out.join("timings.json"), &json!({ "seconds": timings.0 }))
}

fn write_json(path: &Path, value: &serde_json::Value) -> Result<(), ProtectError> {
    fs::write(path, format!("{value:#}\n")).map_err(ProtectError::file(path))
}

fn write_mask(path: &Path, plan: &Plan, cube: &Cube, mask: &Mask) -> Result<(), ProtectError> {
    let failed = |error: csv::Error| ProtectError::spec(path, error);
    let mut file = csv::Writer::from_path(path).map_err(failed)?;
    let names = plan.hierarchies.iter().map(|h| h.name.as_str());
    file.write_record(names.chain(["value", "status"])).map_err(failed)?;
    for (position, status) in mask.statuses[..cube.published].iter().enumerate() {
        let value = cube.population.cells[position].value.to_string();
        let (value, status) = match status {
            Status::Shown => (value.as_str(), "shown"),
            Status::Primary => ("", "primary"),
            Status::Secondary | Status::NeverShown => ("", "secondary"),
        };
        let codes = cube.codes(position).take(plan.hierarchies.len());
        file.write_record(codes.chain([value, status])).map_err(failed)?;
    }
    file.flush().map_err(ProtectError::file(path))
}

/// `parent = part + part`, in labels.
fn equation(problem: &Problem, relation: Relation<'_>) -> String {
    let parts: Vec<&str> = relation.children.iter().map(|id| problem.label(*id)).collect();
    format!("{} = {}", problem.label(relation.parent), parts.join(" + "))
}

fn write_reasons(path: &Path, problem: &Problem, mask: &Mask) -> Result<(), ProtectError> {
    let failed = |error: csv::Error| ProtectError::spec(path, error);
    let mut file = csv::Writer::from_path(path).map_err(failed)?;
    file.write_record(["cell", "class", "formula"]).map_err(failed)?;
    for (variable, reason) in &mask.reasons {
        let (class, formula) = match reason {
            Reason::Relation(id) => ("relation", equation(problem, problem.relation(*id))),
            Reason::Decoy => ("decoy", String::new()),
            Reason::Flow(of) => ("few values", problem.label(*of).to_owned()),
            Reason::Attack(attack) => ("linear", attack.formula(problem).to_string()),
        };
        file.write_record([problem.label(*variable), class, &formula]).map_err(failed)?;
    }
    file.flush().map_err(ProtectError::file(path))
}
