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

/// The newest quarter, or the newest period if there is no quarter; `periods` are newest first.
fn default_period(periods: &[Period]) -> Option<Period> {
    periods.iter().copied().find(|p| p.is_quarter()).or_else(|| periods.first().copied())
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
mod tests {
    use model::Text;
    use model::item::Population;
    use model::table::PeriodKind;

    use super::*;

    fn crossing(area: &str, body: &str, kind: &[&str], period: &[PeriodKind]) -> Crossing {
        Crossing {
            area: area.into(),
            body: body.into(),
            kind: kind.iter().map(ToString::to_string).collect(),
            field: "all".into(),
            referrer: "all".into(),
            period: period.to_vec(),
            items: None,
            since: None,
            lead: None,
        }
    }

    /// On time and overdue: kinds for the province, regions by quarter, districts by year.
    fn timeliness() -> TableDefinition {
        use PeriodKind::{Quarter, Year};
        TableDefinition {
            id: "timeliness".into(),
            title: Text::default(),
            lead: Text::default(),
            notes: Vec::new(),
            population: Population::Cases,
            items: vec![Item::Settled, Item::SettledOnTime],
            crossings: vec![
                crossing("province", "all", &["all", "civil"], &[Quarter, Year]),
                crossing("region", "all", &["civil"], &[Quarter, Year]),
                crossing("district", "all", &["civil"], &[Year]),
            ],
        }
    }

    fn periods() -> Vec<Period> {
        ["2024-Q4", "2024", "2025-Q3", "2025-Q4", "2025"].map(|p| p.parse().unwrap()).to_vec()
    }

    fn ask(query: &str) -> Arrangement {
        let request = Request::from_query(|name| {
            query.split('&').find_map(|p| p.strip_prefix(name)?.strip_prefix('=').map(Into::into))
        });
        Arrangement::new(&timeliness(), &periods(), &request).unwrap()
    }

    #[test]
    fn a_table_opens_on_the_newest_quarter_with_the_most_rows_it_has_for_it() {
        let a = ask("");
        assert_eq!(
            (a.by.to_string().as_str(), a.period.to_string()),
            ("area-region", "2025-Q4".into())
        );
        assert_eq!(a.rows(&timeliness()), ["38", "R-mountain", "R-plain", "R-coast"]);
        assert_eq!(a.member(Dim::Kind), "civil");
    }

    #[test]
    fn rows_that_are_published_by_year_only_move_to_the_newest_year() {
        let a = ask("by=area-district&period=2025-Q4");
        assert_eq!(a.period.to_string(), "2025");
        assert_eq!(a.series.len(), 2);
        assert_eq!(a.rows(&timeliness()).len(), 27);
    }

    #[test]
    fn a_kind_that_is_not_published_for_the_area_gives_way() {
        let a = ask("by=period&area=D384&kind=all");
        assert_eq!(a.member(Dim::Kind), "civil");
        assert_eq!(a.series.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2025", "2024"]);
    }

    #[test]
    fn the_only_period_is_a_series_for_whoever_asks_for_it() {
        let request = Request { by: Some(By::Period), ..Request::default() };
        let one = ["2025".parse().unwrap()];
        let a = Arrangement::new(&timeliness(), &one, &request).unwrap();
        assert_eq!((a.by, a.series.len(), a.choices.contains(&By::Period)), (By::Period, 1, false));
    }

    #[test]
    fn junk_in_the_address_is_dropped() {
        assert_eq!(ask("by=area-<b>&period=x&area=no&item=no"), ask(""));
    }

    #[test]
    fn an_arrangement_reads_back_from_its_own_address() {
        for query in ["", "by=area-district", "by=period&area=R-coast", "by=kind-kind"] {
            let a = ask(query);
            assert_eq!(ask(&a.request().to_query()[1..]), a, "{query}");
        }
    }

    #[test]
    fn rows_that_nothing_is_published_for_yet_are_no_choice() {
        let mut table = timeliness();
        let region = table.crossings.iter().position(|c| c.level(Dim::Area) == Some("region"));
        table.crossings[region.unwrap()].since = Some("2031".parse().unwrap());
        let by = By::Members(Dim::Area, "region".to_owned());
        let request = Request { by: Some(by.clone()), ..Request::default() };
        let arrangement = Arrangement::new(&table, &periods(), &request).unwrap();
        assert!(!arrangement.choices.contains(&by) && arrangement.by != by);
    }

    #[test]
    fn a_row_leads_to_its_series() {
        let query = ask("").series_of("R-coast").to_query();
        let a = ask(&query[1..]);
        assert_eq!((a.by, a.series.len()), (By::Period, 3));
        assert!(query.contains("area=R-coast"));
    }

    #[test]
    fn columns_may_be_members_or_periods_that_are_published_with_the_rows() {
        let a = ask("by=period&cols=area-region");
        assert_eq!((a.by, a.across.unwrap().to_string()), (By::Period, "area-region".into()));
        assert_eq!(a.filters.iter().find(|f| f.dim == Dim::Area), None);
        let a = ask("by=area-district&cols=period");
        assert_eq!((a.across.clone(), a.series.len()), (Some(By::Period), 2));
        assert_eq!(a.rows(&timeliness()).len(), 27, "26 districts and the province");
        // Rows are no columns of themselves, and kinds are not published by district.
        assert_eq!(ask("by=area-district&cols=area-region").across, None);
        let a = ask("by=kind-kind&cols=period");
        assert_eq!(a.rows(&timeliness()), ["all", "civil"]);
    }

    #[test]
    fn a_series_has_periods_of_one_kind_that_can_be_chosen() {
        let a = ask("by=period&area=R-coast");
        assert_eq!(a.each, [PeriodKind::Quarter, PeriodKind::Year]);
        assert_eq!(a.series.len(), 3);
        let a = ask("by=period&area=R-coast&each=year");
        assert_eq!(a.series.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2025", "2024"]);
        // Districts have years alone, whatever is asked for.
        assert_eq!(ask("by=period&area=D384&each=quarter").period.to_string(), "2025");
    }

    #[test]
    fn a_rate_needs_both_its_counts_in_one_crossing() {
        let a = ask("item=on_time_of_settled");
        assert_eq!(a.measure, Measure::Rate(Rate::OnTime));
        let mut table = timeliness();
        for c in &mut table.crossings {
            c.items = Some(vec![Item::Settled]);
        }
        let a = Arrangement::new(&table, &periods(), &Request::default()).unwrap();
        assert!(a.measures.iter().all(|m| m.rate().is_none()));
    }

    #[test]
    fn figures_are_held_against_what_is_published_beside_them() {
        let a = ask("by=period&area=R-coast&with=area-R-plain");
        assert_eq!(a.against, Some(Against::Member(Dim::Area, "R-plain".into())));
        for unsuitable in ["by=period&area=R-coast&with=area-R-coast", "with=body-SNNMT"] {
            assert_eq!(ask(unsuitable).against, None, "{unsuitable}");
        }
        // There is no fourth quarter of 2023.
        assert_eq!(ask("by=area-region&period=2024-Q4&with=before").against, None);
        let a = ask("by=area-region&period=2025-Q4&with=before");
        assert_eq!(a.against, Some(Against::YearBefore));
    }

    #[test]
    fn the_shortest_request_has_the_same_answer() {
        for query in ["", "by=area-region&period=2025-Q4", "by=period&area=R-coast&each=year"] {
            let a = ask(query);
            let short = a.shortest(&timeliness(), &periods());
            assert_eq!(ask(short.to_query().trim_start_matches('?')), a, "{query}");
            assert!(short.to_query().len() <= a.request().to_query().len());
        }
        let opened = ask("").shortest(&timeliness(), &periods());
        assert_eq!(opened.to_query(), "", "what a table opens with needs no parameter");
    }

    fn gave_way(query: &str) -> Vec<super::super::Unpublished> {
        let request = Request::from_query(|name| {
            query.split('&').find_map(|p| p.strip_prefix(name)?.strip_prefix('=').map(Into::into))
        });
        ask(query).unpublished(&timeliness(), &periods(), &request)
    }

    #[test]
    fn what_gave_way_is_told_with_the_nearest_that_is_published() {
        use super::super::Asked;

        assert_eq!(gave_way("by=area-region&period=2025-Q4"), []);
        let missing = gave_way("by=area-region&kind=all&period=2025-Q4");
        let [m] = &missing[..] else { panic!("{missing:?}") };
        assert_eq!((&m.asked, m.elsewhere), (&Asked::Member(Dim::Kind, "all".into()), true));
        let nearest = ask(m.nearest.as_ref().unwrap().to_query().trim_start_matches('?'));
        assert_eq!(nearest.member(Dim::Kind), "all");

        let missing = gave_way("by=area-district&period=2025-Q4");
        assert_eq!(missing[0].asked, Asked::Period("2025-Q4".parse().unwrap()));
        assert!(missing[0].elsewhere);
    }

    #[test]
    fn a_commune_that_a_table_does_not_have_leads_to_its_district() {
        let missing = gave_way("by=period&area=C14845");
        let nearest = missing[0].nearest.as_ref().unwrap();
        assert_eq!(nearest.slice.area.as_deref(), Some("D384"));
        assert!(!missing[0].elsewhere);
    }

    #[test]
    fn rows_that_are_too_fine_give_way_to_the_next_level_above() {
        let a = ask("by=area-commune");
        assert_eq!(a.by, By::Members(Dim::Area, "district".into()));
    }
}
