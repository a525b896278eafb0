//! Where matters arise and which body is competent for them on which day.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use model::area::{self, COMMUNES_SINCE, Region};
use model::body::{self, BodyClass};

use super::calendar::{Calendar, Day};
use super::draw::{mix, round};

/// Rough population of a district in thousands: plausible sizes, not official figures. Dong Son is
/// counted with Thanh Hoa city.
const PEOPLE: [(&str, f64); 26] = [
    ("380", 560.0),
    ("381", 72.0),
    ("382", 140.0),
    ("384", 43.0),
    ("385", 50.0),
    ("386", 108.0),
    ("387", 41.0),
    ("388", 53.0),
    ("389", 146.0),
    ("390", 115.0),
    ("391", 152.0),
    ("392", 130.0),
    ("393", 93.0),
    ("394", 178.0),
    ("395", 220.0),
    ("396", 94.0),
    ("397", 228.0),
    ("398", 168.0),
    ("399", 254.0),
    ("400", 193.0),
    ("401", 158.0),
    ("402", 73.0),
    ("403", 98.0),
    ("404", 189.0),
    ("406", 216.0),
    ("407", 308.0),
];

/// Cases a quarter that a district has whatever its population, per commune and at least.
const PER_COMMUNE: f64 = 3.4;
const AT_LEAST: f64 = 19.0;
/// Cases a quarter per thousand people beyond that.
const PER_THOUSAND: f64 = 0.105;

/// A commune on one side of 1 July 2025.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// Its code on that side.
    pub(super) code: &'static str,
    /// Old district, 26-unit view.
    pub(super) district: &'static str,
    pub(super) region: Region,
    /// The committee first competent for local matters; it may have been abolished since.
    pub(super) committee: usize,
    /// Committee of the commune that it is today, or that took most of it.
    pub(super) home: usize,
}

impl Spot {
    /// True in the mountains.
    pub(super) fn mountain(&self) -> bool {
        self.region == Region::Mountain
    }
}

/// A body with its days in numbers.
#[derive(Clone, Debug)]
pub(super) struct Office {
    pub(super) code: String,
    pub(super) class: BodyClass,
    from: Option<Day>,
    until: Option<Day>,
    successor: Option<usize>,
}

/// Communes and bodies.
#[derive(Debug)]
pub(super) struct Geography {
    pub(super) offices: Vec<Office>,
    by_code: HashMap<String, usize>,
    spots: Vec<Spot>,
    /// How many of `spots` are communes as they were before 1 July 2025; they come first.
    old: usize,
    old_sums: Vec<u32>,
    new_sums: Vec<u32>,
    since: Day,
}

impl Geography {
    pub(super) fn new(calendar: &Calendar) -> Self {
        let bodies = body::bodies();
        let by_code: HashMap<String, usize> =
            bodies.iter().enumerate().map(|(i, b)| (b.code.clone(), i)).collect();
        let number = |date: Option<Date>| date.map(|d| calendar.day(d));
        let offices = bodies
            .iter()
            .map(|b| Office {
                code: b.code.clone(),
                class: b.class,
                from: number(b.valid_from),
                until: number(b.valid_to),
                successor: b.successor.as_ref().and_then(|s| by_code.get(s).copied()),
            })
            .collect();
        let index = |code: &str| by_code.get(&format!("UBND-{code}")).copied().unwrap_or(0);

        let commune_weights = commune_weights();
        let mut shares: BTreeMap<&str, f64> = BTreeMap::new();
        for pair in area::crosswalk() {
            *shares.entry(pair.successor).or_default() += 1.0;
        }
        let mut old: BTreeMap<&str, (Spot, f64)> = BTreeMap::new();
        for pair in area::crosswalk() {
            let weight = commune_weights.get(pair.successor).copied().unwrap_or(1.0);
            let share = weight / shares.get(pair.successor).copied().unwrap_or(1.0);
            let entry = old.entry(pair.code).or_insert_with(|| {
                let spot = Spot {
                    code: pair.code,
                    district: pair.district26,
                    region: area::district(pair.district26).map_or(Region::Plain, |d| d.region),
                    committee: index(pair.district27),
                    home: index(pair.successor),
                };
                (spot, 0.0)
            });
            entry.1 += share;
            if pair.main_successor {
                entry.0.home = index(pair.successor);
            }
        }
        let new = area::communes().iter().map(|c| {
            let home = index(c.code);
            let spot = Spot {
                code: c.code,
                district: c.district,
                region: c.region,
                committee: home,
                home,
            };
            (spot, commune_weights.get(c.code).copied().unwrap_or(1.0))
        });

        let (old_spots, old_weights): (Vec<Spot>, Vec<f64>) = old.into_values().unzip();
        let (new_spots, new_weights): (Vec<Spot>, Vec<f64>) = new.unzip();
        Self {
            offices,
            by_code,
            old: old_spots.len(),
            old_sums: sums(&old_weights),
            new_sums: sums(&new_weights),
            spots: old_spots.into_iter().chain(new_spots).collect(),
            since: calendar.day(COMMUNES_SINCE),
        }
    }

    /// Running sums of the communes' weights on `day`, and the position of the first of them.
    pub(super) fn weights(&self, day: Day) -> (&[u32], usize) {
        if day < self.since { (&self.old_sums, 0) } else { (&self.new_sums, self.old) }
    }

    /// The last day on which the commune codes of `day` hold.
    pub(super) fn code_holds_until(&self, day: Day) -> Day {
        if day < self.since { self.since - 1 } else { Day::MAX }
    }

    pub(super) fn spot(&self, position: usize) -> &Spot {
        &self.spots[position]
    }

    /// Position of the commune whose code on `day` is `code`.
    pub(super) fn position(&self, code: &str, day: Day) -> Option<usize> {
        let range = if day < self.since { 0..self.old } else { self.old..self.spots.len() };
        range.into_iter().find(|i| self.spots[*i].code == code)
    }

    /// Position of the body with `code`.
    pub(super) fn office(&self, code: &str) -> usize {
        self.by_code.get(code).copied().unwrap_or(0)
    }

    /// True if the body existed on `day`.
    pub(super) fn exists(&self, office: usize, day: Day) -> bool {
        let office = &self.offices[office];
        office.from.is_none_or(|d| d <= day) && office.until.is_none_or(|d| day <= d)
    }

    /// The body competent on `day` for a matter of `spot` that `office` was first competent for:
    /// itself, or whoever took over from it. What a district committee leaves goes to the committee
    /// of the commune.
    pub(super) fn competent(&self, office: usize, spot: &Spot, day: Day) -> usize {
        let mut office = office;
        while self.offices[office].until.is_some_and(|until| until < day) {
            office = self.offices[office].successor.unwrap_or(spot.home);
        }
        office
    }
}

/// Cases a quarter expected in each commune of today: within a district communes differ by up to a
/// fifth from their mean.
fn commune_weights() -> BTreeMap<&'static str, f64> {
    let mut weights = BTreeMap::new();
    for (district, people) in PEOPLE {
        let communes: Vec<_> = area::communes_of(district).collect();
        let count = f64::from(u8::try_from(communes.len()).unwrap_or(u8::MAX));
        let expected = (PER_COMMUNE * count).max(AT_LEAST) + PER_THOUSAND * people;
        let size = |code: &str| {
            let number = code.parse::<u64>().unwrap_or(0);
            0.8 + f64::from(u8::try_from(mix(number) % 41).unwrap_or(0)) / 100.0
        };
        let total: f64 = communes.iter().map(|c| size(c.code)).sum();
        for commune in communes {
            weights.insert(commune.code, expected * size(commune.code) / total);
        }
    }
    weights
}

fn sums(weights: &[f64]) -> Vec<u32> {
    let mut sum = 0;
    let scaled = weights.iter().map(|w| u32::try_from(round(w * 1000.0)).unwrap_or(0));
    scaled
        .map(|weight| {
            sum += weight;
            sum
        })
        .collect()
}
