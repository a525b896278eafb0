//! A release that revises an earlier one: what a reader of both can tell.
//!
//! Every figure has an old and a new value, and where they differ their difference is a figure too:
//! one more record in a cell is about one person, though both values are large. So the old figures,
//! the new ones and the changes form one population. What was shown stays known; a change below the
//! threshold is protected like any small count that is published nowhere, which withholds the new
//! figure until it changes by more.

use crate::error::ModelError;
use crate::model::{
    CellSpec, Dimension, Fingerprint, Key, Population, Published, RelationSpec, Visibility,
};

/// What an earlier release did with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// Its true count then.
    pub value: i64,
    /// Distinct contributors then.
    pub contributors: u32,
    /// The hashes of its atoms then.
    pub fingerprint: Fingerprint,
    /// `None` for a cell that was in no table.
    pub published: Option<Published>,
}

const NEW: u32 = 0;
const OLD: u32 = 1;
/// The first change. Each has a member of its own: those of parts don't add up to that of the whole,
/// as some are gains and some are losses.
const CHANGES: u32 = 2;

/// The figures of a new release together with those that it revises: `before` has an entry for each
/// cell of `new`, `None` for one that there was not. The result has one dimension more, `version`
/// with the members `new`, `old` and the changes; its first cells are those of `new`, in their order.
///
/// A figure that was withheld stays withheld; one that was shown and has not changed stays shown; one
/// that has may be withheld. Changes of figures that have to be shown are not protected.
///
/// # Errors
///
/// When `before` has another length, or the old figures of a relation are incomplete: of an explicit
/// one here, of a partition when the result is built.
pub fn revise(new: Population, before: &[Option<Before>]) -> Result<Population, ModelError> {
    if before.len() != new.cells.len() {
        return Err(ModelError::Revision { cells: new.cells.len(), before: before.len() });
    }
    let with = |key: &Key, version: u32| [key.as_slice(), &[version]].concat();
    let mut cells = Vec::with_capacity(new.cells.len() * 2);
    let mut old = Vec::new();
    let mut versions = ["new", "old"].map(str::to_owned).to_vec();
    let mut relations = Vec::new();
    let mut remembered = std::collections::HashSet::new();
    for (cell, before) in new.cells.iter().zip(before) {
        let key = with(&cell.key, NEW);
        let visibility = before.map_or(cell.visibility, |b| now(cell, b));
        cells.push(CellSpec { key: key.clone(), visibility, ..cell.clone() });
        let Some(before) = before else { continue };
        let old_key = with(&cell.key, OLD);
        let then = match (cell.visibility, before.published) {
            (Visibility::StructuralZero, _) => Visibility::StructuralZero,
            // What was shown of officials is no less public for being old.
            (Visibility::Exact, Some(Published::Shown)) => Visibility::Exact,
            (_, Some(published)) => Visibility::Fixed(published),
            (_, None) => Visibility::Never,
        };
        old.push(CellSpec {
            key: old_key.clone(),
            value: before.value,
            contributors: before.contributors,
            fingerprint: before.fingerprint,
            threshold: cell.threshold,
            visibility: then,
        });
        remembered.insert(&cell.key);
        if is_same(cell, *before) {
            relations.push(RelationSpec { parent: key, children: vec![old_key] });
            continue;
        }
        let difference = cell.value - before.value;
        if difference == 0 {
            continue;
        }
        let number = u32::try_from(versions.len()).map_err(|_overflow| ModelError::TooLarge)?;
        versions.push(format!("change {}", number - CHANGES + 1));
        let change = with(&cell.key, number);
        let (more, less) = if difference > 0 { (key, old_key) } else { (old_key, key) };
        let (great, small) = if difference > 0 {
            (cell.fingerprint, before.fingerprint)
        } else {
            (before.fingerprint, cell.fingerprint)
        };
        let open = !matches!(visibility, Visibility::Exact | Visibility::Forced);
        // Who stands behind the change is not known: at most so many others than before.
        let others = cell.contributors.abs_diff(before.contributors);
        old.push(CellSpec {
            key: change.clone(),
            value: difference.abs(),
            contributors: others.min(u32::try_from(difference.abs()).unwrap_or(u32::MAX)),
            fingerprint: Fingerprint(great.0.wrapping_sub(small.0)),
            threshold: if open { cell.threshold } else { 0 },
            visibility: Visibility::Never,
        });
        relations.push(RelationSpec { parent: more, children: vec![less, change] });
    }
    for relation in &new.relations {
        let versioned = |version: u32| RelationSpec {
            parent: with(&relation.parent, version),
            children: relation.children.iter().map(|key| with(key, version)).collect(),
        };
        relations.push(versioned(NEW));
        let all = || std::iter::once(&relation.parent).chain(&relation.children);
        match all().find(|key| !remembered.contains(key)) {
            None => relations.push(versioned(OLD)),
            Some(missing) if all().any(|key| remembered.contains(key)) => {
                let cell = new.label(missing);
                return Err(ModelError::MissingCell { cell: format!("{cell} version=old") });
            }
            Some(_) => {}
        }
    }
    cells.extend(old);
    let mut dimensions = new.dimensions;
    dimensions.push(Dimension::new("version", versions, Vec::new())?);
    Ok(Population { name: new.name, dimensions, cells, relations })
}

/// What may happen to a cell that was there before.
fn now(cell: &CellSpec, before: Before) -> Visibility {
    match (cell.visibility, before.published) {
        (Visibility::StructuralZero | Visibility::Exact | Visibility::Never, _) => cell.visibility,
        (_, Some(Published::Withheld)) => Visibility::Fixed(Published::Withheld),
        (_, Some(Published::Shown)) if is_same(cell, before) => Visibility::Fixed(Published::Shown),
        _ => cell.visibility,
    }
}

fn is_same(cell: &CellSpec, before: Before) -> bool {
    (cell.value, cell.fingerprint) == (before.value, before.fingerprint)
}
