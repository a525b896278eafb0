use model::Text;
use model::item::Population;
use model::slice::Slice;
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
        implied: Vec::new(),
        to_date: false,
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
        member_lead: None,
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
fn what_is_told_of_the_year_to_date_opens_with_the_newest_and_not_with_the_first_quarter() {
    let mut table = timeliness();
    for crossing in &mut table.crossings {
        crossing.period = PeriodKind::ALL.to_vec();
        crossing.to_date = true;
    }
    let periods = ["2026-9M", "2026-6M", "2026-Q1", "2025", "2025-9M", "2025-Q1"];
    let opened = |published: &[&str], by: Option<By>| {
        let periods: Vec<Period> = published.iter().map(|code| code.parse().unwrap()).collect();
        let a = Arrangement::new(&table, &periods, &Request { by, ..Request::default() }).unwrap();
        a.period.to_string()
    };
    assert_eq!(opened(&periods, None), "2026-9M");
    assert_eq!(opened(&periods, Some(By::Period)), "2026-9M");
    assert_eq!(opened(&periods[2..], None), "2026-Q1");
    assert_eq!(opened(&periods[3..], None), "2025");
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
    assert_eq!(a.measure, Measure::Rate(Rate::OnTimeOfSettled));
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

/// The definitions that a release is built from.
fn published() -> Vec<TableDefinition> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/tables");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.map(|f| toml::from_str(&std::fs::read_to_string(f).unwrap()).unwrap()).collect()
}

#[test]
fn columns_are_what_is_published_for_the_rows_and_not_all_that_the_whole_has() {
    let tables = published();
    let table = tables.iter().find(|t| t.id == "timeliness").unwrap();
    let columns = |by: &str| {
        let request = Request { by: Some(by.parse().unwrap()), ..Request::default() };
        Arrangement::new(table, &periods(), &request).unwrap().items().collect::<Vec<_>>()
    };
    assert_eq!(columns("area-district"), [Item::Workload, Item::SettledOnTime]);
    assert_eq!(columns("body-group"), [Item::BodyWorkload, Item::SettledOnTime]);
    let [region, whole] = ["area-region", "period"].map(columns);
    assert!(!region.contains(&Item::Overdue30) && region.contains(&Item::OpenOverdue));
    assert!(whole.contains(&Item::Overdue30));
}

/// Whatever has no column beside the parts has one over time.
#[test]
fn every_figure_has_its_column_where_rows_are_periods() {
    let all: Vec<Period> =
        ["2026-Q3", "2026-9M", "2025"].map(|period| period.parse().unwrap()).to_vec();
    for table in published() {
        for crossing in &table.crossings {
            let there = |p: &&Period| crossing.covers(**p);
            let slice = Dim::ALL.into_iter().fold(Slice::default(), |slice, dim| {
                slice.with(dim, crossing.members(dim).first().map(|m| m.code.as_str()))
            });
            for period in all.iter().filter(there) {
                let each = Some(PeriodKind::of(*period));
                let by = Some(By::Period);
                let request = Request { by, each, slice: slice.clone(), ..Request::default() };
                let a = Arrangement::new(&table, &all, &request).unwrap();
                let at = |dim: &Dim| slice.member(*dim).is_some_and(|code| code == a.member(*dim));
                assert!(Dim::ALL.iter().all(at), "{}: {slice:?}", table.id);
                assert!(a.series.contains(period), "{}: {period}", table.id);
                let columns: Vec<Item> = a.items().collect();
                let items = table.items_of(crossing);
                assert!(items.iter().all(|i| columns.contains(i)), "{}: {slice:?}", table.id);
            }
        }
    }
}
