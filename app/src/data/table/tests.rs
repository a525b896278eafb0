use jiff::civil::date;
use model::Dim;

use super::*;
use crate::arrange::By;
use crate::data::Value;

/// The page of the table `id` that `query` asks for, of a release that has figures for `periods`, without
/// its figures.
pub(crate) fn without_figures(id: &str, query: &str, periods: &[&str]) -> TablePage {
    let file = format!("{}/../server/tables/{id}.toml", env!("CARGO_MANIFEST_DIR"));
    let definition: TableDefinition =
        toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let periods: Vec<Period> = periods.iter().map(|p| p.parse().unwrap()).collect();
    let request = Request::from_query(|name| {
        query.split('&').find_map(|p| p.strip_prefix(name)?.strip_prefix('=').map(Into::into))
    });
    let arrangement = Arrangement::new(&definition, &periods, &request).unwrap();
    TablePage {
        release: ReleaseInfo {
            id: "2026-Q3.1".parse().unwrap(),
            published_on: date(2026, 9, 30),
            simulated: true,
        },
        columns: arrangement.items().collect(),
        definition,
        arrangement,
        rows: Vec::new(),
        moments: Vec::new(),
        against: Vec::new(),
        pivot: None,
        unpublished: Vec::new(),
        as_of: None,
        series: Vec::new(),
        boundaries: None,
        question: Prose::default(),
        meanings: Vec::new(),
    }
}

#[test]
fn what_the_whole_alone_has_is_no_column_beside_its_parts_and_one_link_away() {
    let query = "by=area-district&period=2025";
    let mut page = without_figures("timeliness", query, &["2025", "2025-Q4"]);
    let row = |member: &str, items: &[Item]| {
        let mut figures = Figures::default();
        items.iter().for_each(|&item| figures.put(item, Value::Shown(30)));
        Row { member: member.to_owned(), figures }
    };
    let own = [Item::Workload, Item::SettledOnTime];
    assert_eq!(page.columns, own);
    page.rows = vec![row("D380", &own)];
    assert_eq!(page.of_whole_alone(), None, "there is no whole");
    page.rows.insert(0, row("38", &[Item::SettledOnTime, Item::Settled, Item::OpenOverdue]));
    let (items, request) = page.of_whole_alone().unwrap();
    assert_eq!(items, [Item::Settled, Item::OpenOverdue]);

    let query = request.to_query();
    let series = without_figures("timeliness", &query[1..], &["2025", "2025-Q4"]);
    let a = &series.arrangement;
    assert_eq!(
        (a.by.clone(), a.member(Dim::Area), a.period.to_string()),
        (By::Period, "38", "2025".into())
    );
    assert!(items.iter().all(|item| series.columns.contains(item)), "{query}");
    assert_eq!(a.measure, Measure::Item(Item::Settled));
}
