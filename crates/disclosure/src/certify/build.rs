//! Walks put together by beam search: far enough in one direction or both, or one to each value.

use super::beam::{Beam, Effort, Found};
use super::{Certifier, collect};
use crate::problem::VarId;
use crate::walk::Walk;

/// Missing values up to which each may get a walk of its own.
const SINGLE: usize = 16;

impl Certifier<'_> {
    /// The cheapest walks found that give a cell the values it lacks beside `have`: up, down, or
    /// some of both. `price` is that of moving a variable, `None` where it can't be moved.
    pub(super) fn build(
        &self,
        id: VarId,
        have: &[i64],
        price: &impl Fn(VarId) -> Option<i64>,
        effort: Effort,
        work: &mut u64,
    ) -> Option<Vec<Walk>> {
        let needed = self.ledger.needed(id);
        let missing = i64::try_from(needed.saturating_sub(have.len())).ok()?;
        if missing == 0 {
            return Some(Vec::new());
        }
        let beam = Beam { problem: self.problem, room: &self.room, price, effort };
        let mut way = |up: i64, new: i64| {
            let known = have.iter().filter(|value| value.signum() == up).count();
            beam.search(id, up, i64::try_from(known).ok()?.checked_add(new)?, work)
        };
        let mut ways: Vec<Vec<Found>> = Vec::new();
        ways.extend(way(1, missing).map(|up| vec![up]));
        ways.extend(way(-1, missing).map(|down| vec![down]));
        let mut shares = vec![1, missing / 2, missing - 1];
        shares.dedup();
        for share in shares.into_iter().filter(|share| (1..missing).contains(share)) {
            let up = way(1, share);
            ways.extend(up.and_then(|up| Some(vec![up, way(-1, missing - share)?])));
        }
        let cost = |ways: &Vec<Found>| ways.iter().map(|way| way.cost).sum::<i64>();
        ways.sort_by_key(cost);
        let walks = ways.into_iter().map(|ways| ways.into_iter().map(|way| way.walk).collect());
        walks.into_iter().find(|walks: &Vec<Walk>| self.suffice(id, have, walks))
    }

    /// A walk of its own to each value that a cell lacks, near ones first. What one walk passes
    /// through costs the next nothing.
    pub(super) fn build_each(
        &self,
        id: VarId,
        have: &[i64],
        price: &impl Fn(VarId) -> Option<i64>,
        effort: Effort,
        work: &mut u64,
    ) -> Option<Vec<Walk>> {
        let needed = self.ledger.needed(id);
        let missing = needed.saturating_sub(have.len());
        if !(2..=SINGLE).contains(&missing) {
            return None;
        }
        let mut values = have.to_vec();
        let mut walks: Vec<Walk> = Vec::new();
        let mut used: Vec<VarId> = Vec::new();
        let farthest = 2 * i64::try_from(needed).ok()? + 2;
        for distance in (1..=farthest).flat_map(|distance| [distance, -distance]) {
            if values.len() >= needed {
                break;
            }
            if values.binary_search(&distance).is_ok() {
                continue;
            }
            let price = |id: VarId| Some(if used.contains(&id) { 0 } else { price(id)? });
            let beam = Beam { problem: self.problem, room: &self.room, price, effort };
            let Some(found) = beam.search(id, distance, 1, work) else { continue };
            collect(&found.walk, id, needed, &mut values);
            used.extend(found.walk.positions());
            walks.push(found.walk);
        }
        (values.len() >= needed).then_some(walks)
    }

    /// Whether a cell has the values it needs with `have` and `walks`.
    pub(super) fn suffice(&self, id: VarId, have: &[i64], walks: &[Walk]) -> bool {
        let mut values = have.to_vec();
        walks.iter().for_each(|walk| collect(walk, id, self.ledger.needed(id), &mut values));
        values.len() >= self.ledger.needed(id)
    }
}
