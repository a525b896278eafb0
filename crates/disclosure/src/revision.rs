//! A release that revises earlier ones: what a reader of all of them can tell.
//!
//! Every figure has an old and a new value, and where they differ their difference is a figure too:
//! one more record in a cell is about one person, though both values are large. So the figures of
//! every version and the changes between them form one population. What was shown stays known; a
//! change below the threshold is protected like any small count that is published nowhere, which
//! withholds the new figure until it changes by more.

use std::collections::HashSet;

use crate::error::ModelError;
use crate::model::{
    CellSpec, Dimension, Fingerprint, Key, Population, Published, RelationSpec, Visibility,
};

/// What an earlier version had in a cell, and what was published of it.
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
    /// True if everyone knows that there was nothing.
    pub known_zero: bool,
}

/// What a cell of a revised population is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The new figure of this cell.
    New(usize),
    /// What an earlier version had in it.
    Old {
        /// The cell, by its position in the new figures.
        cell: usize,
        /// The version, by its position in the history.
        version: usize,
    },
    /// How it changed from one version to another.
    Change(Change),
}

/// A cell that differs between two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The cell, by its position in the new figures.
    pub cell: usize,
    /// The earlier version, by its position in the history.
    pub from: usize,
    /// The later one; the new figures come after the last of the history.
    pub to: usize,
}

/// New figures together with all that they revise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revised {
    /// One dimension more than the new figures have, `version`: `new`, `old` for the version before,
    /// `old 2` for the one before that and so on, and the changes. Its first cells are those of the
    /// new figures, in their order.
    pub population: Population,
    /// What each of its cells is about.
    pub origins: Vec<Origin>,
}

/// The figures of a new release together with those that it revises. `history` has the versions
/// before it, the oldest first, each with an entry for each cell of `new`: `None` for one that there
/// was not. `contributors` counts the distinct contributors whose records make a change; where it
/// doesn't know, there are at most as many as the two versions differ by.
///
/// A figure that was withheld stays withheld; one that was shown and has not changed stays shown; one
/// that has may be withheld, and may be shown again when it changes once more. Changes of figures
/// that have to be shown are not protected.
///
/// # Errors
///
/// When a version has another length, or the old figures of a relation are incomplete: of an explicit
/// one here, of a partition when the result is built.
pub fn revise(
    new: Population,
    history: &[Vec<Option<Before>>],
    contributors: impl Fn(Change) -> Option<u32>,
) -> Result<Revised, ModelError> {
    if let Some(version) = history.iter().find(|version| version.len() != new.cells.len()) {
        return Err(ModelError::Revision { cells: new.cells.len(), before: version.len() });
    }
    let mut revision = Revision::new(history.len());
    for (position, cell) in new.cells.iter().enumerate() {
        let versions: Vec<(usize, Before)> = history
            .iter()
            .enumerate()
            .filter_map(|(version, cells)| Some((version, cells[position]?)))
            .collect();
        revision.add(position, cell, &versions, &contributors)?;
    }
    revision.finish(new)
}

/// The member of the dimension `version` for the new figures; those of the history follow.
const NEW: u32 = 0;

/// One value of a cell, in one version or several.
#[derive(Clone, Copy)]
struct State {
    version: usize,
    value: i64,
    contributors: u32,
    fingerprint: Fingerprint,
}

impl State {
    const fn is(&self, value: i64, fingerprint: Fingerprint) -> bool {
        self.value == value && self.fingerprint.0 == fingerprint.0
    }
}

struct Revision {
    /// Number of versions before the new one.
    count: usize,
    versions: Vec<String>,
    new: Vec<CellSpec>,
    rest: Vec<(CellSpec, Origin)>,
    relations: Vec<RelationSpec>,
    /// The keys that each version has.
    remembered: Vec<HashSet<Key>>,
}

impl Revision {
    fn new(count: usize) -> Self {
        let old = |version| match count - version {
            1 => "old".to_owned(),
            age => format!("old {age}"),
        };
        Self {
            count,
            versions: std::iter::once("new".to_owned()).chain((0..count).map(old)).collect(),
            new: Vec::new(),
            rest: Vec::new(),
            relations: Vec::new(),
            remembered: vec![HashSet::new(); count],
        }
    }

    /// The key of a cell in a version.
    #[expect(clippy::cast_possible_truncation, reason = "versions of a release are few")]
    fn key(&self, key: &Key, version: usize) -> Key {
        let member = if version == self.count { NEW } else { version as u32 + 1 };
        [key.as_slice(), &[member]].concat()
    }

    /// Takes a cell with what earlier versions had in it.
    fn add(
        &mut self,
        position: usize,
        cell: &CellSpec,
        before: &[(usize, Before)],
        contributors: &impl Fn(Change) -> Option<u32>,
    ) -> Result<(), ModelError> {
        let visibility = now(cell, before);
        // What was told is told: a count that has not changed is judged by who was behind it then.
        let contributors_now = match before.last() {
            Some((_, last)) if is_same(cell, last) => cell.contributors.max(last.contributors),
            _ => cell.contributors,
        };
        self.new.push(CellSpec {
            key: self.key(&cell.key, self.count),
            visibility,
            contributors: contributors_now,
            ..cell.clone()
        });
        for (version, before) in before {
            let spec = CellSpec {
                key: self.key(&cell.key, *version),
                value: before.value,
                contributors: before.contributors,
                fingerprint: before.fingerprint,
                threshold: cell.threshold,
                visibility: then(cell, before),
            };
            self.rest.push((spec, Origin::Old { cell: position, version: *version }));
            self.remembered[*version].insert(cell.key.clone());
        }
        let open = !matches!(visibility, Visibility::Exact | Visibility::Forced);
        let states = before
            .iter()
            .map(|(version, b)| State {
                version: *version,
                value: b.value,
                contributors: b.contributors,
                fingerprint: b.fingerprint,
            })
            .chain([State {
                version: self.count,
                value: cell.value,
                contributors: cell.contributors,
                fingerprint: cell.fingerprint,
            }]);
        let mut distinct: Vec<State> = Vec::new();
        for state in states {
            let known = distinct.iter().find(|s| s.is(state.value, state.fingerprint)).copied();
            if let Some(known) = known {
                self.relations.push(RelationSpec {
                    parent: self.key(&cell.key, state.version),
                    children: vec![self.key(&cell.key, known.version)],
                });
                continue;
            }
            for earlier in &distinct {
                let change = Change { cell: position, from: earlier.version, to: state.version };
                let threshold = if open { cell.threshold } else { 0 };
                self.change(&cell.key, [earlier, &state], change, threshold, contributors)?;
            }
            distinct.push(state);
        }
        Ok(())
    }

    /// Each change has a member of its own: those of parts don't add up to that of the whole, as some
    /// are gains and some are losses.
    fn change(
        &mut self,
        key: &Key,
        [old, new]: [&State; 2],
        change: Change,
        threshold: u32,
        contributors: &impl Fn(Change) -> Option<u32>,
    ) -> Result<(), ModelError> {
        let difference = new.value.abs_diff(old.value);
        if difference == 0 {
            return Ok(());
        }
        let member =
            u32::try_from(self.versions.len()).map_err(|_overflow| ModelError::TooLarge)?;
        self.versions.push(format!("change {}", self.versions.len() - self.count));
        let (great, small) = if new.value > old.value { (new, old) } else { (old, new) };
        let changed = [key.as_slice(), &[member]].concat();
        // Who stands behind the change is not known: at most so many others than before.
        let others = contributors(change)
            .unwrap_or_else(|| new.contributors.abs_diff(old.contributors))
            .min(u32::try_from(difference).unwrap_or(u32::MAX));
        let spec = CellSpec {
            key: changed.clone(),
            value: i64::try_from(difference).map_err(|_overflow| ModelError::TooLarge)?,
            contributors: others,
            fingerprint: Fingerprint(great.fingerprint.0.wrapping_sub(small.fingerprint.0)),
            threshold,
            visibility: Visibility::Never,
        };
        self.rest.push((spec, Origin::Change(change)));
        self.relations.push(RelationSpec {
            parent: self.key(key, great.version),
            children: vec![self.key(key, small.version), changed],
        });
        Ok(())
    }

    fn finish(mut self, new: Population) -> Result<Revised, ModelError> {
        for relation in &new.relations {
            for version in 0..=self.count {
                let all = || std::iter::once(&relation.parent).chain(&relation.children);
                if let Some(remembered) = self.remembered.get(version)
                    && let Some(missing) = all().find(|key| !remembered.contains(*key))
                {
                    if all().any(|key| remembered.contains(key)) {
                        let cell = new.label(missing);
                        let version = &self.versions[version + 1];
                        return Err(ModelError::MissingCell {
                            cell: format!("{cell} version={version}"),
                        });
                    }
                    continue;
                }
                let children = relation.children.iter().map(|key| self.key(key, version)).collect();
                let parent = self.key(&relation.parent, version);
                self.relations.push(RelationSpec { parent, children });
            }
        }
        let mut dimensions = new.dimensions;
        dimensions.push(Dimension::new("version", self.versions, Vec::new())?);
        let mut cells = self.new;
        let mut origins: Vec<Origin> = (0..cells.len()).map(Origin::New).collect();
        for (cell, origin) in self.rest {
            cells.push(cell);
            origins.push(origin);
        }
        let population =
            Population { name: new.name, dimensions, cells, relations: self.relations };
        Ok(Revised { population, origins })
    }
}

fn is_same(cell: &CellSpec, before: &Before) -> bool {
    (cell.value, cell.fingerprint) == (before.value, before.fingerprint)
}

/// What may happen to a cell that earlier versions had.
fn now(cell: &CellSpec, before: &[(usize, Before)]) -> Visibility {
    use Visibility::{Exact, Fixed, Never, StructuralZero};
    let Some((_, last)) = before.last() else { return cell.visibility };
    let same = is_same(cell, last);
    let was_shown = || before.iter().any(|(_, b)| b.published == Some(Published::Shown));
    match (cell.visibility, last.published) {
        (StructuralZero | Exact | Never, _) => cell.visibility,
        (_, Some(Published::Withheld)) if same || !was_shown() => Fixed(Published::Withheld),
        (_, Some(Published::Shown)) if same => Fixed(Published::Shown),
        _ => cell.visibility,
    }
}

/// What an earlier version did with a cell.
fn then(cell: &CellSpec, before: &Before) -> Visibility {
    match (cell.visibility, before.published) {
        _ if before.known_zero => Visibility::StructuralZero,
        (Visibility::StructuralZero, _) if before.value == 0 => Visibility::StructuralZero,
        // What was shown of officials is no less public for being old.
        (Visibility::Exact, Some(Published::Shown)) => Visibility::Exact,
        (_, Some(published)) => Visibility::Fixed(published),
        (_, None) => Visibility::Never,
    }
}
