//! Situations that a release must stand and that chance alone does not bring every time: they are
//! planned into the first shard. `docs/DEMONSTRATION.md` lists them with how to find them.

use model::Kind;
use model::classification::Field;

use super::calendar::Quarter;
use super::draw::Draw;

/// 2023-Q4: no complaint is about clearance, so "land" has a single child with a value.
pub(super) const SINGLE_CHILD: usize = 3;
/// 2024-Q3: no matter of any kind is about Party matters: three zeros add up to zero.
pub(super) const ZERO_LINE: usize = 6;
/// 2025-Q3, Nga Son: all matters but land come from three people.
pub(super) const FEW_PEOPLE: (usize, &str) = (10, "401");
/// 2025-Q4, Hoang Hoa: exactly three matters are not about land.
pub(super) const SINGLE_GAP: (usize, &str) = (11, "399");
/// 2026-Q1: one complaint is about judicial, one about Party matters; every other field has many
/// or none.
pub(super) const TWO_ONES: usize = 12;
/// 2026-Q1: one person sends this many petitions in Xuan Thai commune.
pub(super) const REPEATED: (usize, &str, i32) = (12, "16258", 40);
/// 2026-Q2, Lang Chanh: one matter is about Party matters.
pub(super) const ONCE: (usize, &str) = (13, "388");

/// Shapes the cases of the first shard.
#[derive(Debug)]
pub(super) struct Situations {
    active: bool,
    quarter: usize,
    complaints: u32,
    gap: u32,
    once: bool,
    people: Vec<u128>,
}

impl Situations {
    pub(super) fn new(shard: u32) -> Self {
        Self {
            active: shard == 0,
            quarter: 0,
            complaints: 0,
            gap: 0,
            once: false,
            people: Vec::new(),
        }
    }

    /// Starts a quarter.
    pub(super) fn begin(&mut self, quarter: &Quarter) {
        self.quarter = quarter.index;
        self.complaints = 0;
    }

    /// The field of the next case: the drawn one, unless a situation wants another.
    pub(super) fn field(&mut self, district: &str, kind: Kind, drawn: Field) -> Field {
        if !self.active {
            return drawn;
        }
        let here = (self.quarter, district);
        if kind == Kind::Denunciation {
            let party = self.quarter == ZERO_LINE && drawn == Field::Party;
            return if party { Field::Other } else { drawn };
        }
        if here == SINGLE_GAP && !drawn.is_land() {
            self.gap += 1;
            return if self.gap <= 3 { Field::Policy } else { Field::LandHousing };
        }
        if here == ONCE {
            let first = !self.once;
            self.once = true;
            return match drawn {
                _ if first => Field::Party,
                Field::Party => Field::Other,
                other => other,
            };
        }
        if kind == Kind::Complaint && self.quarter == TWO_ONES {
            self.complaints += 1;
            return match (self.complaints, drawn) {
                (1, _) => Field::Judicial,
                (2, _) => Field::Party,
                (_, Field::Clearance | Field::Environment | Field::Policy) => drawn,
                _ => Field::LandHousing,
            };
        }
        match drawn {
            Field::Clearance if kind == Kind::Complaint && self.quarter == SINGLE_CHILD => {
                Field::LandHousing
            }
            Field::Party if self.quarter == ZERO_LINE => Field::Other,
            other => other,
        }
    }

    /// The person who brings the next case, if a situation wants a certain one.
    pub(super) fn person(
        &mut self,
        draw: &mut Draw,
        district: &str,
        kind: Kind,
        field: Field,
    ) -> Option<u128> {
        let planned = self.active
            && (self.quarter, district) == FEW_PEOPLE
            && kind != Kind::Denunciation
            && !field.is_land();
        if !planned {
            return None;
        }
        while self.people.len() < 3 {
            self.people.push(draw.person());
        }
        let at = usize::try_from(draw.between(0, 2)).unwrap_or(0);
        self.people.get(at).copied()
    }

    /// How many petitions one person sends in `quarter`, and in which commune.
    pub(super) fn repeated(shard: u32, quarter: &Quarter) -> Option<(&'static str, i32)> {
        let (at, commune, count) = REPEATED;
        (shard == 0 && quarter.index == at).then_some((commune, count))
    }
}
