//! Walks put together by beam search, leg by leg.

use std::collections::BTreeMap;

use super::beam::{Beam, Effort};
use super::{Certifier, collect};
use crate::cost::UNIT;
use crate::problem::VarId;
use crate::walk::{Leg, Walk};

/// A walk in one direction.
#[derive(Default)]
struct Way {
    walk: Walk,
    cost: i64,
    /// Distance from the truth.
    reached: i64,
}

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
        let missing = i64::try_from(self.ledger.needed(id).saturating_sub(have.len())).ok()?;
        let known = |up: i64| have.iter().filter(|value| value.signum() == up).count() as i64;
        let mut way = |up: i64, new: i64| self.way(id, up, known(up) + new, price, effort, work);
        if missing == 0 {
            return Some(Vec::new());
        }
        let mut ways: Vec<Vec<Way>> = Vec::new();
        let up = way(1, missing);
        let above = up.reached - known(1);
        // Nothing is cheaper than hidden cells alone.
        if above < missing || up.cost >= UNIT {
            let down = way(-1, missing);
            let below = down.reached - known(-1);
            if missing > 1 && above.max(0) + below.max(0) >= missing {
                // As far as it goes on one side, at most half the way, the rest on the other.
                let short = above.min(below).clamp(1, missing / 2);
                let (above, below) =
                    if above < below { (short, missing - short) } else { (missing - short, short) };
                ways.push(vec![way(1, above), way(-1, below)]);
            }
            if below >= missing {
                ways.push(vec![down]);
            }
        }
        if above >= missing {
            ways.push(vec![up]);
        }
        ways.sort_by_key(|ways| ways.iter().map(|way| way.cost).sum::<i64>());
        let walks = |ways: Vec<Way>| ways.into_iter().map(|way| way.walk).collect::<Vec<_>>();
        ways.into_iter().map(walks).find(|walks| self.suffice(id, have, walks))
    }

    /// A walk that takes a cell to `distance` above or below the truth, or as far as it gets. What
    /// one leg passes through costs the next nothing.
    fn way(
        &self,
        id: VarId,
        up: i64,
        distance: i64,
        price: &impl Fn(VarId) -> Option<i64>,
        effort: Effort,
        work: &mut u64,
    ) -> Way {
        let mut way = Way::default();
        let mut point: BTreeMap<VarId, i64> = BTreeMap::new();
        while way.reached < distance {
            let at = |id: VarId| point.get(&id).copied().unwrap_or(0);
            let room = |id: VarId| self.room[id as usize] + at(id);
            let price = |id: VarId| Some(if point.contains_key(&id) { 0 } else { price(id)? });
            let beam = Beam { problem: self.problem, room, price, effort };
            let left = distance - way.reached;
            let mut found = beam.search(id, up, left, work);
            if found.is_none() && left > 1 {
                found = beam.search(id, up, 1, work);
            }
            let Some(found) = found else { break };
            let falling = found.step.iter().filter(|(_, change)| *change < 0);
            let most = falling.map(|(id, change)| room(*id) / -change).min();
            let times = most.map_or(left, |most| most.min(left));
            for (id, change) in &found.step {
                *point.entry(*id).or_default() += change * times;
            }
            way.reached += times;
            way.cost += found.cost;
            way.walk.legs.push(Leg { step: found.step, times });
        }
        way
    }

    /// Whether a cell has the values it needs with `have` and `walks`.
    pub(super) fn suffice(&self, id: VarId, have: &[i64], walks: &[Walk]) -> bool {
        let mut values = have.to_vec();
        walks.iter().for_each(|walk| collect(walk, id, self.ledger.needed(id), &mut values));
        values.len() >= self.ledger.needed(id)
    }
}
