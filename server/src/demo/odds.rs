//! Weights by which a matter gets its day, place, field, body, finding and remedies.

use model::Kind;
use model::classification::{Field, Finding};

use super::calendar::{Calendar, Day, Quarter};
use super::case::Remedies;
use super::draw::{Draw, round};
use super::geography::{Geography, Spot};

/// A day of `quarter`, busy days more often.
pub(super) fn day_in(draw: &mut Draw, calendar: &Calendar, quarter: &Quarter) -> Day {
    let offset = draw.position(calendar.busy(quarter));
    quarter.start + Day::try_from(offset).unwrap_or(0)
}

/// Position of the commune where something arises on `day`.
pub(super) fn place(draw: &mut Draw, geography: &Geography, day: Day) -> usize {
    let (sums, first) = geography.weights(day);
    first + draw.position(sums)
}

/// A field, by kind and place: more clearance on the coast of Nghi Son, in Thanh Hoa city and in
/// Sam Son, more land and entitlements in the mountains.
pub(super) fn field(draw: &mut Draw, kind: Kind, spot: &Spot) -> Field {
    if kind == Kind::Denunciation {
        return draw.pick(&[
            (Field::LandHousing, 26.0),
            (Field::Clearance, 7.0),
            (Field::Policy, 11.0),
            (Field::CivilService, 22.0),
            (Field::Environment, 3.0),
            (Field::OtherAdmin, 7.0),
            (Field::Judicial, 3.0),
            (Field::Party, 4.0),
            (Field::Corruption, 15.0),
            (Field::Other, 2.0),
        ]);
    }
    let clearance = match spot.district {
        "407" => 36.0,
        "382" => 28.0,
        "380" => 24.0,
        _ if spot.mountain() => 8.0,
        _ => 11.0,
    };
    let (land, policy) = if spot.mountain() { (49.0, 15.0) } else { (46.0, 9.5) };
    draw.pick(&[
        (Field::LandHousing, land),
        (Field::Clearance, clearance),
        (Field::Policy, policy),
        (Field::CivilService, 5.5),
        (Field::Environment, 8.5),
        (Field::OtherAdmin, 7.0),
        (Field::Judicial, 2.0),
        (Field::Party, 0.9),
        (Field::Other, 6.0),
    ])
}

/// The body first competent: one of the province with probability `share`, else the committee of
/// the place. Departments are named as before 1 March 2025; their successors follow from it.
pub(super) fn office(
    draw: &mut Draw,
    geography: &Geography,
    spot: &Spot,
    field: Field,
    share: f64,
) -> usize {
    if !draw.chance(share) {
        return spot.committee;
    }
    let code = match field {
        Field::LandHousing | Field::Environment => draw.pick(&[
            ("STNMT", 58.0),
            ("SXD", 14.0),
            ("TTT", 8.0),
            ("UBNDT", 7.0),
            ("CAT", 5.0),
            ("STC", 2.0),
            ("BQLKKT", 2.0),
            ("SNNPTNT", 2.0),
            ("SLDTBXH", 2.0),
        ]),
        Field::Clearance => draw.pick(&[
            ("STNMT", 52.0),
            ("SXD", 18.0),
            ("UBNDT", 9.0),
            ("TTT", 9.0),
            ("BQLKKT", 6.0),
            ("STC", 3.0),
            ("CAT", 3.0),
        ]),
        Field::Policy => draw.pick(&[
            ("SLDTBXH", 34.0),
            ("SNV", 18.0),
            ("SYT", 9.0),
            ("SGDDT", 9.0),
            ("STNMT", 8.0),
            ("UBNDT", 6.0),
            ("TTT", 6.0),
            ("CAT", 5.0),
            ("STC", 5.0),
        ]),
        Field::CivilService => draw.pick(&[
            ("TTT", 30.0),
            ("SNV", 26.0),
            ("CAT", 16.0),
            ("UBNDT", 10.0),
            ("SGDDT", 9.0),
            ("SYT", 9.0),
        ]),
        Field::OtherAdmin | Field::Other => draw.pick(&[
            ("CAT", 26.0),
            ("SXD", 20.0),
            ("STNMT", 20.0),
            ("SCT", 9.0),
            ("TTT", 9.0),
            ("SNV", 6.0),
            ("UBNDT", 6.0),
            ("STP", 4.0),
        ]),
        Field::Judicial => draw.pick(&[("CAT", 60.0), ("STP", 25.0), ("TTT", 15.0)]),
        Field::Party => draw.pick(&[("SNV", 40.0), ("TTT", 40.0), ("UBNDT", 20.0)]),
        Field::Corruption => draw.pick(&[("TTT", 60.0), ("CAT", 30.0), ("UBNDT", 10.0)]),
    };
    geography.office(code)
}

/// What a settlement finds: of first settlements of complaints 20 % founded, 18 % partly and 62 %
/// unfounded; of second ones a quarter overturned; of denunciations 13, 20 and 67 %.
pub(super) fn finding(draw: &mut Draw, kind: Kind, second_instance: bool) -> Finding {
    match (kind, second_instance) {
        (Kind::Recommendation, _) => Finding::Answered,
        (Kind::Complaint, true) => {
            draw.pick(&[(Finding::Upheld, 0.75), (Finding::Overturned, 0.25)])
        }
        (Kind::Complaint, false) => draw.pick(&[
            (Finding::Founded, 0.20),
            (Finding::PartlyFounded, 0.18),
            (Finding::Unfounded, 0.62),
        ]),
        (Kind::Denunciation, _) => draw.pick(&[
            (Finding::Founded, 0.13),
            (Finding::PartlyFounded, 0.20),
            (Finding::Unfounded, 0.67),
        ]),
    }
}

/// What a settlement returns or recovers: one in eight about land does. Amounts are skewed, many
/// small and few large.
pub(super) fn remedies(
    draw: &mut Draw,
    kind: Kind,
    field: Field,
    finding: Option<Finding>,
) -> Remedies {
    const MONEY: &[(f64, f64)] =
        &[(0.0, 3.0), (0.4, 25.0), (0.7, 70.0), (0.9, 190.0), (0.98, 480.0), (1.0, 1500.0)];
    const LAND: &[(f64, f64)] =
        &[(0.0, 20.0), (0.4, 110.0), (0.7, 300.0), (0.9, 900.0), (1.0, 4500.0)];
    let mut remedies = Remedies::default();
    match kind {
        Kind::Denunciation => {
            let right = matches!(finding, Some(Finding::Founded | Finding::PartlyFounded));
            if right && draw.chance(0.6) {
                remedies.officials_disciplined = draw.between(1, 4);
            }
            if right && draw.chance(0.35) {
                remedies.money_recovered = round(draw.quantile(MONEY));
            }
        }
        _ if field.is_land() && draw.chance(0.12) => {
            if draw.chance(0.7) {
                remedies.money_returned = round(draw.quantile(MONEY));
            }
            if draw.chance(0.3) {
                remedies.land_returned = round(draw.quantile(LAND));
            }
            if draw.chance(0.15) {
                remedies.money_recovered = round(draw.quantile(MONEY));
            }
            if draw.chance(0.12) {
                remedies.land_recovered = round(draw.quantile(LAND));
            }
            if draw.chance(0.06) {
                remedies.officials_disciplined = draw.between(1, 3);
            }
            remedies.persons_restored = draw.pick(&[(1, 0.6), (2, 0.2), (4, 0.15), (9, 0.05)]);
        }
        _ => {}
    }
    remedies
}
