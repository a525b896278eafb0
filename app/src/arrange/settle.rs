//! Settles what a page shows: what the address asks for, as far as it is published.
//!
//! An address typed by hand never breaks a page: what is unknown, or not published together, gives
//! way, in the order area, body, referrer, field, kind.

use model::dimension::{Dim, Member};
use model::rate::Rate;
use model::table::{Crossing, PeriodKind, TableDefinition};
use model::{Item, Period};

use super::{Against, Arrangement, By, Filter, Measure, Request};

/// Tables open with at most this many rows, if they can.
const FIRST_SIGHT: usize = 60;

/// More columns than this say less than rows.
const MOST_COLUMNS: usize = 30;

/// A series in columns has at most this many periods, the newest.
const MOST_PERIODS: usize = 12;

/// The order in which filters are settled; an earlier choice limits the later ones.
const PRIORITY: [Dim; 5] = [Dim::Area, Dim::Body, Dim::Referrer, Dim::Field, Dim::Kind];

impl Arrangement {
    /// Arranges the table `definition`, which has figures for `periods`. `None` if it has none.
    #[must_use]
    pub fn new(
        definition: &TableDefinition,
        periods: &[Period],
        request: &Request,
    ) -> Option<Self> {
        Self::settled(definition, periods, request, None)
    }

    /// The same, but what is asked for along `first` limits the rest.
    pub(super) fn settled(
        definition: &TableDefinition,
        periods: &[Period],
        request: &Request,
        first: Option<Dim>,
    ) -> Option<Self> {
        let mut periods = periods.to_vec();
        periods.sort_unstable_by(|a, b| b.cmp(a));
        let newest = default_period(&periods)?;

        let choices = choices(definition, &periods);
        let by = request
            .by
            .clone()
            .and_then(|by| nearest_rows(by, &choices))
            .or_else(|| first_sight(definition, &choices, newest))
            .unwrap_or(By::Period);
        let across_choices = across_choices(definition, &by, &periods);
        let across = request.across.clone().filter(|a| across_choices.contains(a));
        let is_series = by == By::Period || across == Some(By::Period);

        let shows =
            |c: &&Crossing| can_show(c, &by) && across.as_ref().is_none_or(|a| can_show(c, a));
        let mut usable: Vec<&Crossing> = definition.crossings.iter().filter(shows).collect();
        let mut series: Vec<Period> =
            periods.into_iter().filter(|&p| usable.iter().any(|c| c.covers(p))).collect();
        let mut period = request
            .slice
            .period
            .filter(|p| series.contains(p))
            .or_else(|| default_period(&series))?;
        if !is_series {
            usable.retain(|c| c.covers(period));
        }

        let mut filters = Vec::new();
        let order = first.into_iter().chain(PRIORITY.into_iter().filter(|d| Some(*d) != first));
        for dim in order {
            if by.dim() == Some(dim) || across.as_ref().is_some_and(|a| a.dim() == Some(dim)) {
                continue;
            }
            let alive = |code: &str| {
                is_series || dim.members().get(code).is_some_and(|m| m.exists_in(period))
            };
            let mut options = members_of(&usable, dim);
            options.retain(|code| alive(code));
            let chosen = request
                .slice
                .member(dim)
                .filter(|code| options.iter().any(|o| o == code))
                .or_else(|| options.iter().map(String::as_str).find(|o| *o == dim.total()))
                .or_else(|| options.first().map(String::as_str))?
                .to_owned();
            usable.retain(|c| has(c, dim, &chosen));
            filters.push(Filter { dim, options, chosen });
        }
        filters.sort_by_key(|f| PRIORITY.iter().position(|d| *d == f.dim));

        let mut each = Vec::new();
        if is_series {
            series.retain(|&p| usable.iter().any(|c| c.covers(p)));
            // Quarters and years in one column would be added up by the eye.
            let has_kind = |kind: &PeriodKind| series.iter().any(|&p| PeriodKind::of(p) == *kind);
            each = PeriodKind::ALL.into_iter().filter(has_kind).collect();
            let asked = request.each.filter(|kind| each.contains(kind));
            let kind = asked.or_else(|| default_period(&series).map(PeriodKind::of))?;
            series.retain(|&p| PeriodKind::of(p) == kind);
            if across == Some(By::Period) {
                series.truncate(MOST_PERIODS);
            }
            period = *series.first()?;
        }

        let measures = measures(definition, &usable);
        let of = |item: Item| measures.iter().copied().find(|m| *m == Measure::Item(item));
        let measure = request
            .measure
            .filter(|m| measures.contains(m))
            .or_else(|| of(Item::Entered))
            .or_else(|| measures.first().copied())?;
        let against = request.against.clone().filter(|against| match against {
            _ if across.is_some() => false,
            Against::YearBefore => is_series || series.contains(&period.same_last_year()),
            Against::Member(dim, code) => filters
                .iter()
                .any(|f| f.dim == *dim && f.chosen != *code && f.options.contains(code)),
        });
        let sort = request.sort.clone().filter(|_| by != By::Period);
        Some(Self {
            by,
            choices,
            across,
            across_choices,
            period,
            series,
            each,
            filters,
            measure,
            measures,
            against,
            sort,
        })
    }

    /// The request with the fewest parameters whose answer is this arrangement.
    #[must_use]
    pub fn shortest(&self, definition: &TableDefinition, periods: &[Period]) -> Request {
        let mut shortest = self.request();
        let mut shorten = |drop: &dyn Fn(&mut Request)| {
            let mut shorter = shortest.clone();
            drop(&mut shorter);
            if Self::new(definition, periods, &shorter).as_ref() == Some(self) {
                shortest = shorter;
            }
        };
        shorten(&|r| r.measure = None);
        shorten(&|r| r.each = None);
        for dim in Dim::ALL {
            shorten(&|r| r.slice = std::mem::take(&mut r.slice).with(dim, None));
        }
        shorten(&|r| r.slice.period = None);
        shorten(&|r| r.by = None);
        shortest
    }

    /// Codes of the members that the rows show, the whole first if it is published beside them.
    #[must_use]
    pub fn rows(&self, definition: &TableDefinition) -> Vec<String> {
        self.members(&self.by, definition)
    }

    /// The items that are published for what the rows are. The row of the whole may have more, of which its
    /// parts have no figure: those are columns where the rows are periods.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        self.measures.iter().filter_map(|measure| match measure {
            Measure::Item(item) => Some(*item),
            Measure::Rate(_) => None,
        })
    }

    /// Codes of the members that the columns show, the whole first if it is published beside them.
    #[must_use]
    pub fn columns(&self, definition: &TableDefinition) -> Vec<String> {
        self.across.as_ref().map(|across| self.members(across, definition)).unwrap_or_default()
    }

    fn members(&self, axis: &By, definition: &TableDefinition) -> Vec<String> {
        let Some(dim) = axis.dim() else { return Vec::new() };
        let covered = |c: &Crossing| {
            let mut shown = self.series.iter().filter(|_| self.is_series());
            if self.is_series() { shown.any(|&p| c.covers(p)) } else { c.covers(self.period) }
        };
        let or_whole = |c: &Crossing, axis: &By| {
            can_show(c, axis) || axis.dim().is_some_and(|d| has(c, d, d.total()))
        };
        let shown = definition.crossings.iter().filter(|c| {
            covered(c)
                && self.filters.iter().all(|f| has(c, f.dim, &f.chosen))
                && or_whole(c, &self.by)
                && self.across.as_ref().is_none_or(|a| or_whole(c, a))
        });
        let mut members = members_of(&shown.collect::<Vec<_>>(), dim);
        members.retain(|code| {
            let Some(member) = dim.members().get(code) else { return false };
            if self.is_series() {
                self.series.iter().any(|&p| member.exists_in(p))
            } else {
                member.exists_in(self.period)
            }
        });
        if dim == Dim::Area {
            // What belongs to no commune, after all communes.
            members.sort_by_key(|code| dim.members().get(code).is_some_and(Member::is_residual));
        }
        members
    }
}

/// The rows `by` if there are such, or those of the next level above.
fn nearest_rows(by: By, choices: &[By]) -> Option<By> {
    // A series of one period is not offered, but it is what an address may ask for.
    if by == By::Period || choices.contains(&by) {
        return Some(by);
    }
    let By::Members(dim, level) = by else { return None };
    let above = dim.levels().iter().rev().skip_while(|l| **l != level).skip(1);
    let mut above = above.map(|level| By::Members(dim, (*level).to_owned()));
    above.find(|by| choices.contains(by))
}

/// The newest quarter, or the newest period if none ended with it; `periods` are newest first.
fn default_period(periods: &[Period]) -> Option<Period> {
    let newest = periods.first()?;
    let quarter = Period::from_quarter_index(newest.last_quarter_index());
    Some(if periods.contains(&quarter) { quarter } else { *newest })
}

/// Every way to choose the rows that something is published for in `periods`.
fn choices(definition: &TableDefinition, periods: &[Period]) -> Vec<By> {
    let published = |c: &&Crossing| periods.iter().any(|&p| c.covers(p));
    let crossings: Vec<&Crossing> = definition.crossings.iter().filter(published).collect();
    let mut out = spreads(definition, &crossings);
    if periods.len() > 1 || out.is_empty() {
        out.push(By::Period);
    }
    out
}

/// Every way to spread the rows `by` over columns.
fn across_choices(definition: &TableDefinition, by: &By, periods: &[Period]) -> Vec<By> {
    let published = |c: &&Crossing| can_show(c, by) && periods.iter().any(|&p| c.covers(p));
    let crossings: Vec<&Crossing> = definition.crossings.iter().filter(published).collect();
    let mut out = spreads(definition, &crossings);
    out.retain(|across| {
        let Some(dim) = across.dim() else { return false };
        let shown: Vec<&Crossing> =
            crossings.iter().copied().filter(|c| can_show(c, across)).collect();
        let columns = members_of(&shown, dim).len();
        by.dim() != Some(dim) && columns > 1 && columns <= MOST_COLUMNS
    });
    if *by != By::Period && periods.len() > 1 {
        out.push(By::Period);
    }
    out
}

/// The levels of the dimensions of `definition` that `crossings` have figures for.
fn spreads(definition: &TableDefinition, crossings: &[&Crossing]) -> Vec<By> {
    let mut out = Vec::new();
    for dim in definition.dimensions() {
        if dim == Dim::Kind {
            out.push(By::Members(dim, "kind".to_owned()));
            continue;
        }
        for level in &dim.levels()[1..] {
            if crossings.iter().any(|c| c.level(dim) == Some(level)) {
                out.push(By::Members(dim, (*level).to_owned()));
            }
        }
    }
    out
}

/// The items of `usable` crossings, and the rates of which a crossing has both counts.
fn measures(definition: &TableDefinition, usable: &[&Crossing]) -> Vec<Measure> {
    let has = |item: &Item| usable.iter().any(|c| definition.items_of(c).contains(item));
    let items = definition.items.iter().copied().filter(has).map(Measure::Item);
    let both = |rate: &Rate| {
        let needed = [rate.numerator(), rate.denominator()];
        usable.iter().any(|c| needed.iter().all(|i| definition.items_of(c).contains(i)))
    };
    items.chain(Rate::ALL.iter().copied().filter(both).map(Measure::Rate)).collect()
}

/// The choice with most rows that is still taken in at a glance and is published for `newest`.
fn first_sight(definition: &TableDefinition, choices: &[By], newest: Period) -> Option<By> {
    let size = |by: &By| {
        let dim = by.dim()?;
        let shown: Vec<&Crossing> =
            definition.crossings.iter().filter(|c| can_show(c, by) && c.covers(newest)).collect();
        let rows = members_of(&shown, dim).len();
        (rows > 1).then_some(rows)
    };
    let sized: Vec<(usize, &By)> = choices.iter().filter_map(|by| Some((size(by)?, by))).collect();
    let fitting = sized.iter().filter(|(rows, _)| *rows <= FIRST_SIGHT);
    fitting
        .rev()
        .max_by_key(|(rows, _)| *rows)
        .or_else(|| sized.first())
        .map(|(_, by)| (*by).clone())
}

/// True if `crossing` has the rows or columns `by`.
fn can_show(crossing: &Crossing, by: &By) -> bool {
    match by {
        By::Period | By::Members(Dim::Kind, _) => true,
        By::Members(dim, level) => crossing.level(*dim) == Some(level),
    }
}

pub(super) fn has(crossing: &Crossing, dim: Dim, code: &str) -> bool {
    crossing.members(dim).iter().any(|m| m.code == code)
}

/// Codes of the members of `crossings` along `dim`, each once, in the dimension's order.
fn members_of(crossings: &[&Crossing], dim: Dim) -> Vec<String> {
    let mut members: Vec<_> = crossings.iter().flat_map(|c| c.members(dim)).collect();
    members.sort_by_key(|m| dim.members().position(&m.code));
    members.dedup_by_key(|m| &m.code);
    members.into_iter().map(|m| m.code.clone()).collect()
}

#[cfg(test)]
mod tests;
