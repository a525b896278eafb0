use jiff::civil::date;
use model::Item;

use super::*;
use crate::data::compare::Comparison;
use crate::data::{Figures, ReleaseInfo, Row as MemberRow};

/// The page of `id` among `peers` in `period`, with `values` of the first of them: numerator and
/// denominator, and for reception days those on record.
fn drawn(
    id: &str,
    peers: &str,
    period: &str,
    values: &[(Value, Value, Option<i64>)],
    locale: Locale,
) -> String {
    let measure = measures().iter().find(|m| m.id == id).unwrap();
    let period: Period = period.parse().unwrap();
    let members = measure.members(peers, period);
    let rows: Vec<MemberRow> = members
        .iter()
        .zip(values)
        .map(|(member, (n, of, due))| {
            let mut figures = Figures::default();
            figures.put(measure.numerator, *n);
            figures.put(measure.denominator, *of);
            let due = measure.reported.zip(*due);
            due.into_iter().for_each(|(item, due)| figures.put(item, Value::Shown(due)));
            MemberRow { member: member.code.clone(), figures }
        })
        .collect();
    let entered = |n: i64| {
        let row = |m: &&model::dimension::Member| {
            let mut figures = Figures::default();
            figures.put(Item::Entered, Value::Shown(n));
            MemberRow { member: m.code.clone(), figures }
        };
        members.iter().filter(|_| measure.dim == Dim::Area).map(row).collect()
    };
    let chosen = Chosen {
        period,
        peers: peers.to_owned(),
        choices: measure.choices(period),
        table: measure.request(period),
        comparison: Comparison::of(measure, period, &members, &rows, &[entered(60), entered(40)]),
    };
    let release = ReleaseInfo {
        id: "2026-Q3.1".parse().unwrap(),
        published_on: date(2026, 9, 30),
        simulated: true,
    };
    let data = Data { release, measure, periods: vec![period], chosen: Some(chosen) };
    let owner = Owner::new();
    owner.with(|| page(&data, locale).to_html()).replace("<!>", "")
}

fn shown(n: i64, of: i64) -> (Value, Value, Option<i64>) {
    (Value::Shown(n), Value::Shown(of), None)
}

/// Eleven mountain districts: one far lower, one higher, one withheld, one too small, one without figures.
fn mountains() -> Vec<(Value, Value, Option<i64>)> {
    let mut values: Vec<_> =
        [150, 140, 60, 90, 80, 200].iter().map(|&of| shown(of * 8 / 10, of)).collect();
    values.extend([shown(50, 110), shown(113, 130)]);
    values.push((Value::Withheld, Value::Shown(7_777), None));
    values.push(shown(9, 12));
    values
}

#[test]
fn those_outside_are_named_and_those_not_compared_with_the_reason() {
    let html = drawn("on-time-land", "R-mountain", "2025", &mountains(), Locale::Vi);
    let members = Dim::Area.members();
    let codes: Vec<&str> = members.children("R-mountain").map(|m| m.code.as_str()).collect();
    let name = |i: usize| members.name(codes[i], Locale::Vi);
    for (words, i) in [
        ("Thấp hơn nhiều so với mức mà ngẫu nhiên cho phép (1)", 6),
        ("Cao hơn mức mà ngẫu nhiên cho phép (1)", 7),
        ("Không so sánh: số được giữ kín (1)", 8),
        ("Không so sánh: mẫu số dưới 20 (1)", 9),
        ("Không so sánh: không có số liệu trong kỳ (1)", 10),
    ] {
        assert!(html.contains(&format!("{words}</b>: {}", name(i))), "{words}");
    }
    assert!(html.contains("60,0%"), "the mix of cases");
    // No dot, in either drawing, for those without position.
    assert_eq!(html.matches("<title>").count(), 2 * 8);
    for i in 8..11 {
        assert!(!html.contains(&format!("<title>{}", name(i))), "{i}");
    }
    let best = ["tốt nhất", "kém nhất", "hạng 1"];
    assert!(best.iter().all(|words| !html.contains(words)));
}

#[test]
fn rows_stand_in_the_order_of_the_alphabet_whatever_the_shares() {
    let html = drawn("on-time-land", "R-mountain", "2025", &mountains(), Locale::Vi);
    let table = html.split("<tbody").nth(1).unwrap();
    let at = |name: &str| table.find(name).unwrap();
    assert!(at("Huyện Bá Thước") < at("Huyện Lang Chánh"));
    assert!(at("Huyện Quan Hóa") < at("Huyện Quan Sơn"));
    assert!(!html.contains("sort="));
}

#[test]
fn who_reports_nothing_is_named_and_stands_at_zero() {
    let mut days: Vec<_> =
        (0..11).map(|_| (Value::Shown(44), Value::Shown(48), Some(48))).collect();
    days[0] = (Value::Shown(0), Value::Shown(48), Some(0));
    let html = drawn("reception-kept-commune", "B-commune-mountain", "2026-9M", &days, Locale::Vi);
    let first = measures().iter().find(|m| m.id == "reception-kept-commune").unwrap();
    let first = first.members("B-commune-mountain", "2026-9M".parse().unwrap())[0];
    let name = first.name.get(Locale::Vi);
    assert!(html.contains(&format!("Không báo cáo kỳ nào, tính là 0 (1)</b>: {name}")));
    assert!(html.contains(&format!("<title>{name}: 0,0%")));
}

#[test]
fn two_are_no_measure_for_each_other_and_nothing_is_drawn() {
    let html = drawn("on-time", "R-mountain", "2025", &mountains()[..2], Locale::En);
    assert!(html.contains("not enough to compare") && !html.contains("<title>"));
    assert!(html.contains("80.0%"), "their shares still stand in the table");
}

#[test]
fn urban_and_rural_peers_are_a_group_of_choices_of_their_own() {
    let html = drawn("on-time-land", "rural", "2025", &mountains(), Locale::Vi);
    let form = html.split_once("<form").unwrap().1.split_once("</form>").unwrap().0;
    let group = form.split("<optgroup").nth(2).unwrap();
    assert!(group.starts_with(" label=\"Đô thị và nông thôn\""), "{group}");
    assert!(group.contains("value=\"urban\"") && group.contains("Thành phố, thị xã (cũ)"));
    assert!(group.contains("<option value=\"rural\" selected"), "{group}");
    assert!(!group.contains("R-mountain") && form.contains("value=\"R-mountain\""));
    assert!(html.contains("Huyện (cũ): tỷ lệ chung"), "named in the answer");
    assert!(html.contains("peers=urban&amp;period=2025"), "the others are one link away");
    assert!(html.contains("dù ở các vùng khác nhau"), "told in the method");

    let wards = drawn("reporting-commune", "urban", "2025", &[], Locale::Vi);
    assert!(wards.contains("UBND phường: ") && wards.contains("từ ngày\u{a0}01/07/2025"));
    // Groups of bodies are no places: there is nothing to group.
    let groups = drawn("on-time-body", "B-province", "2025", &[], Locale::Vi);
    assert_eq!(groups.matches("<optgroup").count(), 1);
}

#[test]
fn who_reported_nothing_is_listed_by_completeness_too() {
    let mut days: Vec<_> =
        (0..11).map(|_| (Value::Shown(47), Value::Shown(48), Some(47))).collect();
    days[0] = (Value::Shown(0), Value::Shown(48), Some(0));
    let html = drawn("reporting-commune", "B-commune-mountain", "2026-9M", &days, Locale::Vi);
    assert!(html.contains("Không báo cáo kỳ nào, tính là 0 (1)</b>"));
    assert!(html.contains("cả kỳ công bố bị từ chối"), "and cases are another matter");
}
