//! Which cells a cube has: crossings of levels, kinds of matter and measures.

use std::collections::{BTreeSet, HashMap};

use disclosure::{LatticeDimension, Level};
use model::table::TableDefinition;
use model::{Dim, Item, Period};

use crate::release::error::BuildError;
use crate::release::measure::{Measure, Measures};

pub(super) fn lattice_dimension(dim: Dim) -> LatticeDimension {
    let levels = dim
        .levels()
        .iter()
        .zip(0u16..)
        .map(|(name, at)| Level {
            name: (*name).to_owned(),
            coarser: at.checked_sub(1).into_iter().collect(),
        })
        .collect();
    LatticeDimension { name: dim.code().to_owned(), levels }
}

pub(super) fn level_id(table: &TableDefinition, dim: Dim, level: &str) -> Result<u16, BuildError> {
    dim.levels()
        .iter()
        .zip(0u16..)
        .find_map(|(name, at)| (*name == level).then_some(at))
        .ok_or_else(|| BuildError::UnknownLevel {
            table: table.id.clone(),
            dimension: dim.code(),
            level: level.to_owned(),
        })
}

/// The levels of kind that hold the listed members; a member at two levels needs only the coarser.
pub(super) fn kind_levels(
    table: &TableDefinition,
    kinds: &[String],
) -> Result<BTreeSet<u16>, BuildError> {
    kinds
        .iter()
        .map(|code| {
            let member = Dim::Kind.members().get(code).ok_or_else(|| BuildError::UnknownLevel {
                table: table.id.clone(),
                dimension: Dim::Kind.code(),
                level: code.clone(),
            })?;
            level_id(table, Dim::Kind, member.levels.first().copied().unwrap_or_default())
        })
        .collect()
}

/// Which kinds of matter are published at which levels.
///
/// A kind of which nothing is published at some levels, nor at finer ones, neither by itself nor as a part of
/// a published sum, has no cells there: whatever a reader knows of its coarser cells, it may all be in one
/// of these, and none in the others. So as many values stay possible for each of them as for the sum, up to it.
#[derive(Debug, Default)]
pub(super) struct Listed(Vec<(Vec<u16>, Vec<String>)>);

impl Listed {
    pub(super) fn add(&mut self, levels: &[u16], kinds: &[String]) {
        self.0.push((levels.to_vec(), kinds.to_vec()));
    }

    /// Which members of kind have cells at `levels`, by position.
    pub(super) fn kinds_at(&self, levels: &[u16]) -> Vec<bool> {
        let names = Dim::Kind.members();
        let finer = |other: &[u16]| {
            let pairs = levels.iter().zip(other).enumerate();
            pairs.filter(|(at, _)| *at != Dim::Kind as usize).all(|(_, (own, other))| other >= own)
        };
        let line = |code: &str| {
            std::iter::successors(names.get(code), |m| names.get(m.parent.as_deref()?))
                .map(|m| m.code.clone())
                .collect::<Vec<String>>()
        };
        let there = |own: &str| {
            let related = |other: &String| {
                line(own).contains(other) || line(other).iter().any(|code| code == own)
            };
            self.0.iter().any(|(other, kinds)| finer(other) && kinds.iter().any(related))
        };
        names.all().iter().map(|member| there(&member.code)).collect()
    }
}

/// The measures that each crossing has to hold: its own, those of every finer crossing, with any
/// part of a measure all its parts, and a measure that two of its partitions tie together (opening
/// and what came in are as many as what ended and what is left); until nothing is missing.
pub(super) fn close_measures(
    crossings: &[Vec<u16>],
    wanted: &HashMap<Vec<u16>, BTreeSet<usize>>,
    measures: &mut Measures,
    first: Period,
) -> Vec<BTreeSet<usize>> {
    let mut sets: Vec<BTreeSet<usize>> =
        crossings.iter().map(|c| wanted.get(c).cloned().unwrap_or_default()).collect();
    let finer = |a: &[u16], b: &[u16]| a != b && a.iter().zip(b).all(|(a, b)| a >= b);
    loop {
        let before: usize = sets.iter().map(BTreeSet::len).sum();
        for (levels, set) in crossings.iter().zip(&mut sets) {
            let tied = ties(set, measures, first, levels[Dim::Body as usize] > 0);
            set.extend(tied.into_iter().map(|measure| measures.intern(measure)));
            let mut queue: Vec<usize> = set.iter().copied().collect();
            while let Some(number) = queue.pop() {
                for parts in measures.all()[number].partitions(first) {
                    let any =
                        parts.iter().any(|&p| measures.get(p).is_some_and(|n| set.contains(&n)));
                    if any {
                        for part in parts {
                            let part = measures.intern(part);
                            if set.insert(part) {
                                queue.push(part);
                            }
                        }
                    }
                }
            }
        }
        for coarse in 0..crossings.len() {
            for fine in 0..crossings.len() {
                if finer(&crossings[fine], &crossings[coarse]) {
                    let add = sets[fine].clone();
                    sets[coarse].extend(add);
                }
            }
        }
        if sets.iter().map(BTreeSet::len).sum::<usize>() == before {
            return sets;
        }
    }
}

/// The measures outside `set` that have parts in it in two partitions or more: whoever sees the one
/// partition's parts knows the sum of the other's. Cases pass from one body to another, so that the
/// workload balances over all bodies only, and a body's own with its transfers. What counts in a year to date, or
/// did a quarter before, ties the two.
fn ties(set: &BTreeSet<usize>, measures: &Measures, first: Period, by_body: bool) -> Vec<Measure> {
    let other = if by_body { Item::Workload } else { Item::BodyWorkload };
    let periods: BTreeSet<Period> = set.iter().map(|&n| measures.all()[n].period).collect();
    let has = |measure: &Measure| measures.get(*measure).is_some_and(|n| set.contains(&n));
    let mut out = Vec::new();
    for period in periods {
        for &item in Item::ALL.iter().filter(|item| **item != other) {
            let linking =
                std::iter::once(Measure::new(item, period)).chain(Measure::links(item, period));
            for measure in linking.filter(|measure| !has(measure)) {
                let partitions = measure.partitions(first);
                if partitions.iter().filter(|parts| parts.iter().any(has)).count() > 1 {
                    out.push(measure);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(codes: [&str; 4]) -> Vec<u16> {
        let [area, body, field, referrer] = codes;
        let level = |dim: Dim, code: &str| {
            u16::try_from(dim.levels().iter().position(|level| *level == code).unwrap()).unwrap()
        };
        vec![
            level(Dim::Area, area),
            level(Dim::Body, body),
            level(Dim::Kind, "kind"),
            level(Dim::Field, field),
            level(Dim::Referrer, referrer),
        ]
    }

    #[test]
    fn a_kind_has_cells_where_it_or_a_sum_with_it_is_published_at_these_levels_or_finer_ones() {
        let mut listed = Listed::default();
        let kinds = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
        listed.add(&levels(["province", "all", "all", "all"]), &kinds(&["all"]));
        listed.add(&levels(["district", "all", "land", "all"]), &kinds(&["civil"]));
        listed.add(&levels(["province", "all", "field", "all"]), &kinds(&["denunciation"]));
        let has = |at: [&str; 4], kind: &str| {
            listed.kinds_at(&levels(at))[Dim::Kind.members().position(kind).unwrap()]
        };
        for (at, kind, expected) in [
            (["province", "all", "all", "all"], "denunciation", true),
            (["province", "all", "land", "all"], "denunciation", true),
            (["region", "all", "all", "all"], "denunciation", false),
            (["region", "all", "land", "all"], "denunciation", false),
            (["region", "all", "land", "all"], "civil", true),
            // A part of a published sum could follow from it.
            (["region", "all", "land", "all"], "complaint", true),
            (["region", "all", "land", "all"], "all", true),
            (["district", "all", "field", "all"], "complaint", false),
            (["province", "class", "all", "all"], "civil", false),
        ] {
            assert_eq!(has(at, kind), expected, "{at:?} {kind}");
        }
    }
}
