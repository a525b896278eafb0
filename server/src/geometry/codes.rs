//! Which property holds our codes, and whether every place is there once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use model::boundary::Level;
use serde_json::Value;

use super::Options;
use super::problem::{Problem, Problems};
use super::read::{Degrees, Feature, Layer, Polygon, Shape, digits};

/// Where a feature says which unit it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// A property.
    Named(String),
    /// The identifier beside the properties.
    Id,
}

impl Property {
    /// What `feature` has there.
    fn of(&self, feature: &Feature) -> Option<String> {
        let text = match self {
            Self::Id => feature.id.clone()?,
            Self::Named(name) => match feature.properties.get(name)? {
                Value::String(text) => text.clone(),
                Value::Number(number) => digits(number),
                _ => return None,
            },
        };
        Some(text.trim().to_owned())
    }

    fn all_of(layer: &Layer) -> BTreeSet<Self> {
        let named = layer.features.iter().flat_map(|f| f.properties.keys().cloned());
        let mut all: BTreeSet<Self> = named.map(Self::Named).collect();
        if layer.features.iter().any(|f| f.id.is_some()) {
            all.insert(Self::Id);
        }
        all
    }
}

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Named(name) => name,
            Self::Id => "id",
        })
    }
}

/// How to read the features of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The layer with the places.
    pub layer: usize,
    /// The property with their codes.
    pub property: Property,
    /// Their level.
    pub level: Level,
}

/// Finds layer, property and level with the most different codes of ours, within `options`.
///
/// # Errors
///
/// When there is none, or two properties say differently.
pub fn choose(layers: &[Layer], options: &Options) -> Result<Chosen, Problem> {
    let wanted = |p: &Property| options.code.as_ref().is_none_or(|name| *name == p.to_string());
    let levels = options.level.map_or_else(|| Level::ALL.to_vec(), |level| vec![level]);
    let mut best: Vec<Chosen> = Vec::new();
    let mut most = 0;
    for (layer, content) in layers.iter().enumerate() {
        for property in Property::all_of(content).into_iter().filter(wanted) {
            for &level in &levels {
                let found: BTreeSet<String> = content
                    .features
                    .iter()
                    .filter_map(|f| property.of(f))
                    .filter(|code| level.place(code).is_some())
                    .collect();
                if found.len() > most {
                    (best, most) = (Vec::new(), found.len());
                }
                if found.len() == most && most > 0 {
                    best.push(Chosen { layer, property: property.clone(), level });
                }
            }
        }
    }
    let mut best = best.into_iter();
    let Some(first) = best.next() else { return Err(nothing_found(layers, options)) };
    for other in best.filter(|o| o.layer == first.layer) {
        let differs = layers[first.layer].features.iter().find_map(|f| {
            let (a, b) = (first.property.of(f), other.property.of(f));
            (a != b).then(|| (f.number, a.unwrap_or_default(), b.unwrap_or_default()))
        });
        if let Some((number, a, b)) = differs {
            let (p, q) = (&first.property, &other.property);
            return Err(Problem::feature(
                number,
                format!("`{p}` says {a} and `{q}` says {b}; both hold codes"),
                format!("name the right one: --code {p} or --code {q}"),
            ));
        }
    }
    Ok(first)
}

fn nothing_found(layers: &[Layer], options: &Options) -> Problem {
    let there: BTreeSet<String> =
        layers.iter().flat_map(Property::all_of).map(|p| p.to_string()).collect();
    let there = there.into_iter().collect::<Vec<_>>().join(", ");
    let there = if there.is_empty() { "none".to_owned() } else { there };
    let codes = match options.level {
        Some(Level::Commune) => "codes of communes since 1 July 2025",
        Some(Level::District) => "codes of districts",
        None => "codes of communes since 1 July 2025 or of districts",
    };
    let (what, remedy) = match &options.code {
        Some(name) => (
            format!("no feature has one of the {codes} under `{name}`; properties: {there}"),
            "name another with --code".to_owned(),
        ),
        None => (
            format!("no property holds {codes}; properties: {there}"),
            "add a property with the codes of Decision 19/2025/QD-TTg or, for districts, of the \
             list before it"
                .to_owned(),
        ),
    };
    Problem::file(what, remedy)
}

/// A feature that is a unit of ours.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit<'a> {
    /// Number of the feature.
    pub number: usize,
    /// The property with its code.
    property: String,
    /// Its code.
    pub code: String,
    /// The place that counts what arose in it.
    pub place: &'static str,
    /// Its polygons, none of them empty.
    pub polygons: &'a [Polygon],
}

impl<'a> Unit<'a> {
    /// Every position of its polygons.
    pub fn points(&self) -> impl Iterator<Item = Degrees> + use<'a> {
        self.polygons.iter().flatten().flatten().copied()
    }

    /// A problem of it.
    #[must_use]
    pub fn problem(&self, what: impl Into<String>) -> Problem {
        Problem {
            property: Some(self.property.clone()),
            value: Some(self.code.clone()),
            ..Problem::feature(self.number, what, "")
        }
    }
}

/// The features as units, every place of the level among them.
///
/// # Errors
///
/// All that is wrong with them.
pub fn units<'a>(features: &'a [Feature], chosen: &Chosen) -> Result<Vec<Unit<'a>>, Problems> {
    let mut problems = Problems::default();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut units = Vec::new();
    for feature in features {
        match unit(feature, chosen) {
            Ok(unit) => {
                if let Some(first) = seen.get(&unit.code) {
                    problems.push(
                        unit.problem(format!("feature {first} has this code too"))
                            .remedy("join both to one MultiPolygon, or correct the code"),
                    );
                    continue;
                }
                seen.insert(unit.code.clone(), unit.number);
                if let Some(problem) = wrong_shape(&unit) {
                    problems.push(problem);
                }
                units.push(unit);
            }
            Err(Refused { problem, code }) => {
                // Its code is there, whatever else is wrong.
                seen.extend(code.map(|code| (code, feature.number)));
                problems.push(*problem);
            }
        }
    }
    let level = chosen.level;
    let missing: Vec<String> = level
        .places()
        .into_iter()
        .filter(|code| !seen.contains_key(*code))
        .map(|code| format!("{code} {}", level.name(code)))
        .collect();
    if !missing.is_empty() {
        let (there, all) = (level.places().len() - missing.len(), level.places().len());
        problems.push(Problem::file(
            format!("{there} of {all} are there; missing: {}", missing.join(", ")),
            format!("add them, or choose boundaries that have each {level}"),
        ));
    }
    match problems.some() {
        Some(problems) => Err(problems),
        None => Ok(units),
    }
}

/// What is wrong with a feature, and its code if it has a known one.
struct Refused {
    problem: Box<Problem>,
    code: Option<String>,
}

fn unit<'a>(feature: &'a Feature, chosen: &Chosen) -> Result<Unit<'a>, Refused> {
    let property = chosen.property.to_string();
    let number = feature.number;
    let refused = |value: Option<&String>, what: String, remedy: &str| {
        Box::new(Problem {
            property: Some(property.clone()),
            value: value.cloned(),
            ..Problem::feature(number, what, remedy)
        })
    };
    let Some(code) = chosen.property.of(feature) else {
        let what = "it has no code there".to_owned();
        let problem = refused(None, what, "add its code, or leave the feature out");
        return Err(Refused { problem, code: None });
    };
    let level = chosen.level;
    let Some(place) = level.place(&code) else {
        let (what, remedy) = match level {
            Level::Commune => (
                "no commune has had this code since 1 July 2025",
                "take boundaries of the 166 communes, with the codes of Decision 19/2025/QD-TTg",
            ),
            Level::District => {
                ("no district had this code", "take boundaries of the districts of 30 June 2025")
            }
        };
        let problem = refused(Some(&code), what.to_owned(), remedy);
        return Err(Refused { problem, code: None });
    };
    let (what, remedy) = match &feature.shape {
        Shape::Polygons(polygons)
            if !polygons.is_empty() && polygons.iter().all(|p| p.iter().any(|r| !r.is_empty())) =>
        {
            return Ok(Unit { number, property, code, place, polygons });
        }
        Shape::Polygons(_) => ("its geometry is empty".to_owned(), "draw its polygon"),
        Shape::Missing => ("it has no geometry".to_owned(), "draw its polygon"),
        Shape::Other(kind) => {
            (format!("its geometry is a {kind}"), "give its area as a Polygon or MultiPolygon")
        }
    };
    Err(Refused { problem: refused(Some(&code), what, remedy), code: Some(code) })
}

/// The province lies well within: 104.37 to 106.07 degrees east, 19.29 to 20.67 north.
const EAST: std::ops::RangeInclusive<f64> = 104.0..=106.7;
const NORTH: std::ops::RangeInclusive<f64> = 19.0..=21.0;

fn wrong_shape(unit: &Unit<'_>) -> Option<Problem> {
    let inside = |lon: f64, lat: f64| EAST.contains(&lon) && NORTH.contains(&lat);
    if let Some((lon, lat)) = unit.points().find(|&(lon, lat)| !inside(lon, lat)) {
        let remedy = if inside(lat, lon) {
            "give longitude before latitude"
        } else if lon.abs() > 180.0 || lat.abs() > 90.0 {
            "convert to degrees (WGS 84, EPSG:4326)"
        } else {
            "correct the position"
        };
        let what = format!("position [{lon}, {lat}] is far outside Thanh Hoa");
        return Some(unit.problem(what).remedy(remedy));
    }
    let rings = || unit.polygons.iter().flatten();
    if let Some(ring) = rings().find(|r| r.len() < 4) {
        let what = format!("a ring has {} positions; a triangle has 4", ring.len());
        return Some(unit.problem(what).remedy("correct or remove the ring"));
    }
    let open = rings().any(|r| r.first() != r.last());
    open.then(|| {
        let what = "a ring does not end where it begins";
        unit.problem(what).remedy("repeat its first position at its end")
    })
}
