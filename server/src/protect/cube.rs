//! From the rows of a data file to the cells of its tables.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use disclosure::{
    CellSpec, Crossing, Dimension, Fingerprint, LevelId, MemberId, Partition, Population,
    Visibility,
};

use super::ProtectError;
use super::columns::Columns;
use super::spec::{Hierarchy, Plan, TOTAL};

mod earlier;

/// Identities only have to differ within one run.
const KEY: [u8; 16] = *b"portal protect.1";

/// The cells of all crossings; those that are published come first.
#[derive(Clone, Debug)]
pub struct Cube {
    /// As disclosure control sees them.
    pub population: Population,
    /// How many of its cells are published.
    pub published: usize,
    at: HashMap<Vec<MemberId>, usize>,
}

/// A dimension's members as the data show them.
struct Members {
    name: String,
    /// Codes, the total first.
    codes: Vec<String>,
    level_of: Vec<LevelId>,
    ids: HashMap<String, MemberId>,
    /// For each member of the finest level its member at every level.
    lines: BTreeMap<MemberId, Vec<MemberId>>,
}

/// Records of one combination of finest members.
#[derive(Default)]
struct Atom {
    count: i64,
    contributors: HashSet<String>,
}

impl Cube {
    /// Reads `data` as `plan` says.
    ///
    /// # Errors
    ///
    /// Names file, row, column and remedy.
    pub fn read(plan: &Plan, data: &Path) -> Result<Self, ProtectError> {
        let mut members: Vec<Members> = plan.hierarchies.iter().map(Members::new).collect();
        let now = atoms(plan, data, &mut members)?;
        // Codes that are in the earlier data only are cells of the new tables too.
        let revised = plan.spec.revises.as_ref();
        let then = revised.map(|r| atoms(plan, &r.data, &mut members)).transpose()?;
        let mut cube = Self::laid_out(plan, &members)?;
        let before = match (revised, then) {
            (Some(revised), Some(then)) => {
                let mut earlier = cube.clone();
                earlier.fill(plan, &members, &then);
                Some(earlier.published_by(plan, &revised.mask)?)
            }
            _ => None,
        };
        cube.fill(plan, &members, &now);
        for path in &plan.spec.previous {
            cube.bind(plan, path)?;
        }
        if let Some(path) = &plan.spec.forced {
            cube.force(plan, path)?;
        }
        if let Some(before) = before {
            let revised = disclosure::revise(cube.population, &[before], |_| None)?;
            cube.population = revised.population;
        }
        Ok(cube)
    }

    /// Empty cells for every combination of members of every crossing.
    fn laid_out(plan: &Plan, members: &[Members]) -> Result<Self, ProtectError> {
        let dimensions: Vec<Dimension> = plan
            .hierarchies
            .iter()
            .zip(members)
            .map(|(hierarchy, members)| members.dimension(hierarchy))
            .collect::<Result<_, _>>()?;
        let mut cells = Vec::new();
        let mut at = HashMap::new();
        let mut published = 0;
        for (number, crossing) in plan.crossings.iter().enumerate() {
            let shown = number < plan.published.len();
            let visibility = if shown { Visibility::Public } else { Visibility::Never };
            for key in keys(crossing, members) {
                at.insert(key.clone(), cells.len());
                cells.push(CellSpec {
                    key,
                    value: 0,
                    contributors: 0,
                    fingerprint: Fingerprint::default(),
                    threshold: plan.spec.threshold,
                    visibility,
                });
            }
            if shown {
                published = cells.len();
            }
        }
        let population = Population {
            name: plan.spec.measure.clone(),
            dimensions,
            cells,
            relations: Vec::new(),
        };
        Ok(Self { population, published, at })
    }

    fn fill(&mut self, plan: &Plan, members: &[Members], atoms: &BTreeMap<Vec<MemberId>, Atom>) {
        let named = plan.spec.contributors.is_some();
        let mut people: HashMap<usize, HashSet<&str>> = HashMap::new();
        for (leaf, atom) in atoms.iter().filter(|(_, atom)| atom.count > 0) {
            let identity: Vec<u8> = leaf.iter().flat_map(|m| m.to_be_bytes()).collect();
            // The records of an atom are all alike.
            let one = Fingerprint::of_atom(&KEY, &identity);
            let fingerprint = Fingerprint(one.0.wrapping_mul(atom.count.unsigned_abs().into()));
            let lines: Vec<&[MemberId]> =
                leaf.iter().zip(members).map(|(m, members)| members.line(*m)).collect();
            for crossing in &plan.crossings {
                let levels = crossing.iter().zip(&lines);
                let key: Vec<MemberId> = levels.map(|(l, line)| line[usize::from(*l)]).collect();
                let Some(&position) = self.at.get(&key) else { continue };
                let cell = &mut self.population.cells[position];
                cell.value += atom.count;
                cell.fingerprint = cell.fingerprint + fingerprint;
                if named {
                    let people = people.entry(position).or_default();
                    people.extend(atom.contributors.iter().map(String::as_str));
                }
            }
        }
        for (position, cell) in self.population.cells.iter_mut().enumerate() {
            let count = if named {
                people.get(&position).map_or(0, HashSet::len) as u64
            } else {
                cell.value.unsigned_abs()
            };
            cell.contributors = u32::try_from(count).unwrap_or(u32::MAX);
        }
    }

    /// Calls `act` with the published cell of each row of `path`, and the row's `columns`.
    pub(super) fn each<const N: usize>(
        &mut self,
        plan: &Plan,
        path: &Path,
        columns: &[&str; N],
        mut act: impl FnMut(&mut CellSpec, [&str; N]) -> Result<(), String>,
    ) -> Result<(), ProtectError> {
        let names: Vec<&str> = plan.hierarchies.iter().map(|h| h.name.as_str()).collect();
        let mut file = Columns::open(path)?;
        let keys = file.find(&names)?;
        let others = file.find(columns)?;
        file.each(|row| {
            let codes: Vec<&str> = keys.iter().map(|&at| row.get(at)).collect();
            let position = self
                .find(&codes)
                .filter(|&at| at < self.published)
                .ok_or_else(|| row.problem(keys[0], "is no cell of the tables: check its codes"))?;
            let values = std::array::from_fn(|i| row.get(others[i]));
            act(&mut self.population.cells[position], values)
                .map_err(|why| row.problem(*others.last().unwrap_or(&keys[0]), &why))
        })
    }

    /// The cell with these codes.
    pub(super) fn find(&self, codes: &[&str]) -> Option<usize> {
        let key: Option<Vec<MemberId>> = codes
            .iter()
            .zip(&self.population.dimensions)
            .map(|(code, d)| {
                let at = d.members().iter().position(|member| member == code)?;
                MemberId::try_from(at).ok()
            })
            .collect();
        self.at.get(&key?).copied()
    }

    /// The codes of a cell; the last is the version if the figures revise others.
    pub(super) fn codes(&self, cell: usize) -> impl Iterator<Item = &str> {
        let key = &self.population.cells[cell].key;
        key.iter()
            .zip(&self.population.dimensions)
            .map(|(member, d)| d.members()[*member as usize].as_str())
    }
}

/// The rows of `data`, those of the same finest members together.
fn atoms(
    plan: &Plan,
    data: &Path,
    members: &mut [Members],
) -> Result<BTreeMap<Vec<MemberId>, Atom>, ProtectError> {
    let mut file = Columns::open(data)?;
    let measure = file.find(&[plan.spec.measure.as_str()])?[0];
    let contributors = match &plan.spec.contributors {
        Some(column) => Some(file.find(&[column.as_str()])?[0]),
        None => None,
    };
    let levels: Vec<Vec<usize>> = plan
        .hierarchies
        .iter()
        .map(|h| file.find(&h.levels.iter().flatten().map(String::as_str).collect::<Vec<_>>()))
        .collect::<Result<_, _>>()?;
    let mut atoms: BTreeMap<Vec<MemberId>, Atom> = BTreeMap::new();
    file.each(|row| {
        let text = row.get(measure);
        let count: i64 =
            text.parse().ok().filter(|n| (0..=i64::from(u32::MAX)).contains(n)).ok_or_else(
                || row.problem(measure, "is not a count: write a whole number from 0"),
            )?;
        let mut leaf = Vec::with_capacity(members.len());
        for ((hierarchy, members), columns) in
            plan.hierarchies.iter().zip(members.iter_mut()).zip(&levels)
        {
            let codes: Vec<&str> = columns.iter().map(|&at| row.get(at)).collect();
            let added = members.add(hierarchy, &codes);
            leaf.push(added.map_err(|(at, why)| row.problem(columns[at], &why))?);
        }
        let atom = atoms.entry(leaf).or_default();
        atom.count += count;
        if let Some(column) = contributors.filter(|_| count > 0) {
            let who = row.get(column);
            if who.is_empty() {
                return Err(row.problem(column, "is empty: name the contributor"));
            }
            atom.contributors.insert(who.to_owned());
        }
        Ok(())
    })?;
    if atoms.is_empty() {
        return Err(ProtectError::spec(data, "there is a header but no rows"));
    }
    Ok(atoms)
}

impl Members {
    fn new(hierarchy: &Hierarchy) -> Self {
        Self {
            name: hierarchy.name.clone(),
            codes: vec![TOTAL.to_owned()],
            level_of: vec![0],
            ids: HashMap::from([(TOTAL.to_owned(), 0)]),
            lines: BTreeMap::new(),
        }
    }

    /// The finest member of a row with `codes`, one a level below the total; otherwise which of
    /// them is wrong, and why.
    fn add(&mut self, hierarchy: &Hierarchy, codes: &[&str]) -> Result<MemberId, (usize, String)> {
        let mut line = vec![0];
        for (at, (code, level)) in codes.iter().zip(1..).enumerate() {
            line.push(self.member(code, level).map_err(|why| (at, why))?);
        }
        let leaf = line[usize::from(hierarchy.finest)];
        match self.lines.get(&leaf) {
            None => {
                self.lines.insert(leaf, line);
            }
            Some(known) => {
                if let Some(level) = (0..line.len()).find(|&l| known[l] != line[l]) {
                    let (code, other) =
                        (&self.codes[leaf as usize], &self.codes[known[level] as usize]);
                    let why = format!(
                        "is not {other}, where dimension {} had {code} before: a member lies in one \
                         group",
                        self.name
                    );
                    return Err((level - 1, why));
                }
            }
        }
        Ok(leaf)
    }

    fn member(&mut self, code: &str, level: LevelId) -> Result<MemberId, String> {
        if code.is_empty() {
            return Err("is empty: write a code such as `unknown`".into());
        }
        if let Some(&id) = self.ids.get(code) {
            let here = self.level_of[id as usize];
            return if here == level {
                Ok(id)
            } else if id == 0 {
                Err(format!("is `{TOTAL}`: leave rows with totals out"))
            } else {
                Err(format!("is a code of another level of {} too: make them differ", self.name))
            };
        }
        let id = MemberId::try_from(self.codes.len()).map_err(|error| error.to_string())?;
        self.codes.push(code.to_owned());
        self.level_of.push(level);
        self.ids.insert(code.to_owned(), id);
        Ok(id)
    }

    /// The members above a finest member, by level.
    fn line(&self, leaf: MemberId) -> &[MemberId] {
        self.lines.get(&leaf).map_or(&[], Vec::as_slice)
    }

    /// The code list with its partitions.
    fn dimension(&self, hierarchy: &Hierarchy) -> Result<Dimension, ProtectError> {
        let mut parts: BTreeMap<(usize, MemberId), Vec<MemberId>> = BTreeMap::new();
        for line in self.lines.values() {
            for (fine, coarser) in hierarchy.coarser.iter().enumerate() {
                for &coarse in coarser {
                    let child = line[fine];
                    let children = parts.entry((fine, line[usize::from(coarse)])).or_default();
                    if !children.contains(&child) {
                        children.push(child);
                    }
                }
            }
        }
        let partitions = parts
            .into_iter()
            .map(|((_, parent), mut children)| {
                children.sort_unstable();
                Partition { parent, children }
            })
            .collect();
        Ok(Dimension::new(self.name.clone(), self.codes.clone(), partitions)?)
    }

    fn at_level(&self, level: LevelId) -> Vec<MemberId> {
        (0..).zip(&self.level_of).filter(|(_, l)| **l == level).map(|(id, _)| id).collect()
    }
}

/// Every combination of members of the crossing's levels.
fn keys(crossing: &Crossing, members: &[Members]) -> Vec<Vec<MemberId>> {
    crossing.iter().zip(members).fold(vec![Vec::new()], |all, (level, members)| {
        let here = members.at_level(*level);
        all.iter()
            .flat_map(|key| here.iter().map(move |m| [key.as_slice(), &[*m]].concat()))
            .collect()
    })
}
