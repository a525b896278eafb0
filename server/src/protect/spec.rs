//! SPEC.toml: what the columns of a data file mean, and how its counts are to be protected.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER_PERMISSIVE;
use disclosure::{Crossing, Lattice, LatticeDimension, Level, LevelId, Policy, Width, Zeros};
use serde::Deserialize;

use super::ProtectError;

/// The member that stands for all of a dimension.
pub const TOTAL: &str = "Total";

/// A specification as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Column with the count.
    pub measure: String,
    /// Counts from 1 to this less one are sensitive.
    pub threshold: u32,
    /// At least this many values beside the true one stay possible for a withheld small count.
    #[serde(default = "one")]
    pub width: u32,
    /// Whether zeros may be withheld.
    #[serde(default)]
    zeros: ZerosRule,
    /// Column that tells contributors apart: a count by fewer of them than the threshold is
    /// sensitive too.
    pub contributors: Option<String>,
    #[serde(rename = "dimension")]
    dimensions: Vec<DimensionSpec>,
    #[serde(default, rename = "table")]
    tables: Vec<TableSpec>,
    /// A secret, 32 hexadecimal digits: breaks ties and draws the decoys. Without one there are no
    /// decoys.
    #[serde(default)]
    key: Option<Secret>,
    /// Cells that have to be shown: a file with the dimensions as columns.
    pub forced: Option<PathBuf>,
    /// Masks of earlier releases of the same figures.
    #[serde(default)]
    pub previous: Vec<PathBuf>,
    /// The release that these figures correct.
    pub revises: Option<Revised>,
}

/// An earlier release with other figures for the same cells.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revised {
    /// Its data.
    pub data: PathBuf,
    /// What it showed.
    pub mask: PathBuf,
}

/// A key, which is not to be printed.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
struct Secret([u8; 16]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl TryFrom<String> for Secret {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
        let key = bytes.and_then(|bytes| bytes.try_into().ok());
        key.map(Self).ok_or("key must be 32 hexadecimal digits (openssl rand -hex 16)")
    }
}

const fn one() -> u32 {
    1
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ZerosRule {
    #[default]
    Shown,
    Complement,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DimensionSpec {
    name: String,
    levels: Option<Vec<String>>,
    groupings: Option<Vec<Vec<String>>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableSpec {
    dimensions: BTreeMap<String, String>,
}

/// A dimension: its levels from the total down, each a column of the data but for the total.
#[derive(Clone, Debug)]
pub struct Hierarchy {
    /// Name, which heads its column in masks.
    pub name: String,
    /// Columns of the levels; the total, first, has none.
    pub levels: Vec<Option<String>>,
    /// For each level the next coarser ones.
    pub coarser: Vec<Vec<LevelId>>,
    /// The finest level.
    pub finest: LevelId,
}

/// What a specification asks for.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The specification.
    pub spec: Spec,
    /// Its dimensions.
    pub hierarchies: Vec<Hierarchy>,
    /// Crossings whose cells are published.
    pub published: Vec<Crossing>,
    /// The same, then those that link them and are never shown.
    pub crossings: Vec<Crossing>,
}

impl Plan {
    /// Reads and checks a specification.
    ///
    /// # Errors
    ///
    /// Names the file and what is wrong in it.
    pub fn read(path: &Path) -> Result<Self, ProtectError> {
        let text = fs::read_to_string(path).map_err(ProtectError::file(path))?;
        let spec: Spec = toml::from_str(&text)
            .map_err(|error| ProtectError::spec(path, error.to_string().trim_end()))?;
        Self::new(spec).map_err(|why| ProtectError::spec(path, why))
    }

    fn new(mut spec: Spec) -> Result<Self, String> {
        if spec.dimensions.is_empty() {
            return Err("there is no [[dimension]]".into());
        }
        if spec.threshold < 2 {
            return Err("threshold must be at least 2: below that nothing is sensitive".into());
        }
        if spec.width == 0 {
            return Err("width must be at least 1: with 0 a withheld count could be known".into());
        }
        let mut names = BTreeSet::new();
        let hierarchies: Vec<Hierarchy> =
            spec.dimensions.iter().map(Hierarchy::new).collect::<Result<_, _>>()?;
        for hierarchy in &hierarchies {
            if !names.insert(hierarchy.name.as_str()) {
                return Err(format!("dimension {} is there twice", hierarchy.name));
            }
            if ["value", "status"].contains(&hierarchy.name.as_str()) {
                return Err(format!("dimension {} bears a name that masks need", hierarchy.name));
            }
        }
        let published = published(&hierarchies, &std::mem::take(&mut spec.tables))?;
        let lattice = Lattice::new(hierarchies.iter().map(Hierarchy::lattice).collect())
            .map_err(|error| error.to_string())?;
        let crossings = lattice.close(&published).map_err(|error| error.to_string())?;
        Ok(Self { spec, hierarchies, published, crossings })
    }

    /// How protection is run.
    #[must_use]
    pub fn policy(&self) -> Policy {
        let usual = self.spec.key.as_ref().map_or_else(Policy::default, |key| Policy::under(key.0));
        let zeros = match self.spec.zeros {
            ZerosRule::Shown => Zeros::Shown,
            ZerosRule::Complement => Zeros::Complement,
        };
        Policy { zeros, width: Width::AtMost(self.spec.width), ..usual }
    }
}

impl Hierarchy {
    fn new(spec: &DimensionSpec) -> Result<Self, String> {
        let chains = match (&spec.levels, &spec.groupings) {
            (Some(levels), None) => vec![levels.clone()],
            (None, Some(groupings)) => groupings.clone(),
            _ => return Err(format!("dimension {} needs either levels or groupings", spec.name)),
        };
        let mut hierarchy = Self {
            name: spec.name.clone(),
            levels: vec![None],
            coarser: vec![Vec::new()],
            finest: 0,
        };
        let mut finest = None;
        for chain in &chains {
            let mut above: LevelId = 0;
            for column in chain {
                let at = hierarchy.level(column)?;
                if at == above {
                    return Err(format!("dimension {}: {column} is above itself", spec.name));
                }
                let coarser = &mut hierarchy.coarser[usize::from(at)];
                if !coarser.contains(&above) {
                    coarser.push(above);
                }
                above = at;
            }
            if above == 0 {
                return Err(format!("dimension {} has no level", spec.name));
            }
            if *finest.get_or_insert(above) != above {
                return Err(format!(
                    "dimension {}: its groupings must all end in the same column",
                    spec.name
                ));
            }
        }
        hierarchy.finest = finest.ok_or_else(|| format!("dimension {} has no level", spec.name))?;
        Ok(hierarchy)
    }

    /// The level of `column`, added if it is new.
    fn level(&mut self, column: &str) -> Result<LevelId, String> {
        let at = self.find(column).unwrap_or_else(|| {
            self.levels.push(Some(column.to_owned()));
            self.coarser.push(Vec::new());
            self.levels.len() - 1
        });
        LevelId::try_from(at)
            .map_err(|_too_many| format!("dimension {}: too many levels", self.name))
    }

    fn find(&self, column: &str) -> Option<usize> {
        self.levels.iter().position(|level| level.as_deref() == Some(column))
    }

    /// The level `at` and all that are coarser.
    fn upwards(&self, at: LevelId) -> BTreeSet<LevelId> {
        let mut all = BTreeSet::from([at]);
        for &above in &self.coarser[usize::from(at)] {
            all.extend(self.upwards(above));
        }
        all
    }

    fn lattice(&self) -> LatticeDimension {
        let level = |(name, coarser): (&Option<String>, &Vec<LevelId>)| Level {
            name: name.clone().unwrap_or_else(|| TOTAL.to_owned()),
            coarser: coarser.clone(),
        };
        LatticeDimension {
            name: self.name.clone(),
            levels: self.levels.iter().zip(&self.coarser).map(level).collect(),
        }
    }
}

/// The published crossings: each table's levels with all that are coarser, and the total of each
/// dimension that it doesn't name; without tables the crossing of everything.
fn published(hierarchies: &[Hierarchy], tables: &[TableSpec]) -> Result<Vec<Crossing>, String> {
    let every: Vec<Vec<LevelId>> =
        hierarchies.iter().map(|h| (0..).take(h.levels.len()).collect()).collect();
    if tables.is_empty() {
        return Ok(product(&every));
    }
    let mut all = BTreeSet::new();
    for (number, table) in (1..).zip(tables) {
        let mut levels = vec![vec![0]; hierarchies.len()];
        for (name, column) in &table.dimensions {
            let Some(at) = hierarchies.iter().position(|h| h.name == *name) else {
                return Err(format!("table {number}: there is no dimension {name}"));
            };
            let Some(level) = hierarchies[at].find(column) else {
                return Err(format!("table {number}: dimension {name} has no level {column}"));
            };
            let level = LevelId::try_from(level).map_err(|error| error.to_string())?;
            levels[at] = hierarchies[at].upwards(level).into_iter().collect();
        }
        all.extend(product(&levels));
    }
    Ok(all.into_iter().collect())
}

/// Every combination of one of each.
fn product(choices: &[Vec<LevelId>]) -> Vec<Crossing> {
    choices.iter().fold(vec![Vec::new()], |all, levels| {
        all.iter()
            .flat_map(|crossing| levels.iter().map(move |l| [crossing.as_slice(), &[*l]].concat()))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUBE: &str = r#"
        measure = "n"
        threshold = 3
        [[dimension]]
        name = "district"
        levels = ["province", "district"]
        [[dimension]]
        name = "kind"
        levels = ["kind"]
    "#;

    fn plan(text: &str) -> Result<Plan, String> {
        Plan::new(toml::from_str(text).map_err(|error| error.to_string())?)
    }

    #[test]
    fn without_tables_everything_is_crossed() {
        let plan = plan(CUBE).unwrap();
        assert_eq!(plan.published.len(), 6);
        assert_eq!(plan.crossings, plan.published);
        assert_eq!(plan.policy().zeros, Zeros::Shown);
    }

    #[test]
    fn a_table_holds_its_levels_and_those_above_and_is_linked_to_the_others() {
        let tables = "
            [[table]]
            dimensions = { district = \"district\" }
            [[table]]
            dimensions = { kind = \"kind\" }
        ";
        let plan = plan(&format!("{CUBE}{tables}")).unwrap();
        let expected: [Crossing; 4] = [vec![0, 0], vec![0, 1], vec![1, 0], vec![2, 0]];
        assert_eq!(plan.published, expected);
    }

    #[test]
    fn overlapping_groupings_share_their_finest_level() {
        let groups = r#"
            [[dimension]]
            name = "region"
            groupings = [["county", "region"], ["group", "region"]]
        "#;
        let plan = plan(&format!("{CUBE}{groups}")).unwrap();
        let region = &plan.hierarchies[2];
        assert_eq!(region.levels.len(), 4);
        assert_eq!(region.levels[usize::from(region.finest)].as_deref(), Some("region"));
        assert_eq!(region.coarser[usize::from(region.finest)].len(), 2);
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let with = |more: &str| plan(&format!("{CUBE}{more}")).unwrap_err();
        for (more, said) in [
            ("[[dimension]]\nname = \"x\"", "dimension x needs either levels or groupings"),
            ("[[dimension]]\nname = \"x\"\nlevels = []", "dimension x has no level"),
            ("[[dimension]]\nname = \"x\"\nlevels = [\"a\", \"a\"]", "a is above itself"),
            ("[[dimension]]\nname = \"kind\"\nlevels = [\"k\"]", "dimension kind is there twice"),
            ("[[dimension]]\nname = \"value\"\nlevels = [\"k\"]", "a name that masks need"),
            (
                "[[dimension]]\nname = \"x\"\ngroupings = [[\"a\", \"b\"], [\"c\"]]",
                "must all end in the same column",
            ),
            ("[[table]]\ndimensions = { z = \"a\" }", "table 1: there is no dimension z"),
            ("[[table]]\ndimensions = { kind = \"a\" }", "dimension kind has no level a"),
            ("colour = 1", "unknown field `colour`"),
        ] {
            assert!(with(more).contains(said), "{more}: {}", with(more));
        }
        assert!(plan(&CUBE.replace("= 3", "= 1")).unwrap_err().contains("at least 2"));
        assert!(plan(&CUBE.replace("= 3", "= 3\nwidth = 0")).unwrap_err().contains("width"));
        assert!(plan("measure = \"n\"\nthreshold = 3").unwrap_err().contains("dimension"));
    }
}
