use super::*;
use crate::data::table::tests::without_figures;
use crate::data::{Figures, Value};

const REST: [Item; 2] = [Item::FollowedOtherwise, Item::FollowedOpen];

/// 200 that entered: 50, 40, 30 and `last` settled by each day, 20 ended otherwise, the others open.
fn figures(last: Value) -> Figures {
    let mut out = Figures::default();
    let items = std::iter::once(Item::Followed).chain(BY.map(|(_, item)| item)).chain(REST);
    let values = [200, 50, 40, 30, 0, 20, 35].map(Value::Shown);
    for (item, value) in items.zip(values) {
        out.put(item, if item == Item::Followed180 { last } else { value });
    }
    out
}

/// The page of the table `id` over `periods`, with the same figures for each but the one in `withheld`.
fn page(id: &str, query: &str, periods: &[&str], withheld: Option<&str>) -> Data {
    let mut data = without_figures(id, query, periods);
    let mut series = data.arrangement.series.clone();
    series.sort_unstable();
    let moment = |period: Period| {
        let hidden = withheld == Some(period.to_string().as_str());
        let last = if hidden { Value::Withheld } else { Value::Shown(25) };
        Moment { period, figures: figures(last) }
    };
    data.moments = series.into_iter().map(moment).collect();
    data
}

const QUARTERS: [&str; 11] = [
    "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4",
    "2026-Q1", "2026-Q2", "2026-Q3",
];

fn drawn(data: &Data, locale: Locale) -> Option<String> {
    let owner = Owner::new();
    owner.with(|| section(data, locale).map(|s| s.to_html().replace("<!>", "")))
}

#[test]
fn the_newest_quarter_stands_out_with_the_year_before_and_is_named_by_what_entered() {
    let data = page("followed", "", &QUARTERS, None);
    let lines = Completion::of(&data, Locale::Vi).unwrap();
    let look = |look: Look| lines.curves.iter().filter(|c| c.look == look).collect::<Vec<_>>();
    assert_eq!((lines.curves.len(), look(Look::Before).len()), (9, 7));
    // The figures of quarter III/2026 tell of quarter I/2026.
    let [newest, before] = [Look::Newest, Look::YearBefore].map(|l| look(l)[0].name.clone());
    let [newest, before] = [newest, before].map(|name| name.replace('\u{a0}', " "));
    assert_eq!((newest.as_str(), before.as_str()), ("quý I/2026", "quý I/2025"));

    let html = drawn(&data, Locale::Vi).unwrap().replace('\u{a0}', " ");
    assert!(html.contains("20 vụ việc (10,0%) kết thúc cách khác"), "{html}");
    assert!(html.contains("35 vụ việc (17,5%) chưa kết thúc sau 180 ngày"), "{html}");
    let table = html.split_once("<tbody").unwrap().1;
    let row = table.split("<tr").nth(1).unwrap();
    for words in ["Quý I/2026", "số liệu quý III/2026", "25,0%", "45,0%", "60,0%", "72,5%"] {
        assert!(row.contains(words), "{words}: {row}");
    }
    assert!(row.contains("data-item=\"followed_open\"") && !table.contains("style="));
    assert!(html.contains("picture=completion"));
}

#[test]
fn longer_periods_are_named_from_quarter_to_quarter_and_compared_with_their_own_kind() {
    let periods = ["2024", "2024-6M", "2025-6M", "2025-9M", "2025", "2026-6M"];
    let years = page("followed", "by=period&each=year", &periods, None);
    let name = |data: &Data| {
        let lines = Completion::of(data, Locale::Vi).unwrap();
        lines.curves.iter().map(|c| c.name.replace('\u{a0}', " ")).collect::<Vec<_>>()
    };
    assert_eq!(name(&years), ["quý III/2024–quý II/2025", "quý III/2023–quý II/2024"]);
    let html = drawn(&years, Locale::Vi).unwrap();
    assert!(html.contains("Đường gạch") && !html.contains("Đường mảnh"), "two lines");
    let months = page("followed", "by=period&each=cumulative", &periods, None);
    assert_eq!(name(&months).len(), 3, "six months alone");
}

#[test]
fn a_withheld_figure_breaks_its_line_off_and_the_page_says_so() {
    let whole = drawn(&page("followed", "", &QUARTERS, None), Locale::En).unwrap();
    let broken = drawn(&page("followed", "", &QUARTERS, Some("2026-Q3")), Locale::En).unwrap();
    let note = "A line ends before a figure that is withheld";
    assert!(broken.contains(note) && !whole.contains(note));
    let row = broken.split_once("<tbody").unwrap().1.split("<tr").nth(1).unwrap();
    assert!(row.contains("60.0%") && !row.contains("72.5%"), "{row}");
    let file = crate::chart_file::svg(
        &page("followed", "", &QUARTERS, Some("2026-Q3")),
        crate::chart_file::Which::Completion,
        None,
        Locale::En,
        None,
    );
    assert!(file.unwrap().contains(note));
}

#[test]
fn other_tables_and_other_rows_have_no_such_lines() {
    let other = page("timeliness", "by=period&kind=civil", &["2025-Q4", "2026-Q1"], None);
    assert!(drawn(&other, Locale::Vi).is_none());
    let regions = page("followed", "by=area-region&period=2025", &["2025", "2026-Q3"], None);
    assert!(drawn(&regions, Locale::Vi).is_none());
}
