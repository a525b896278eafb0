use std::collections::HashSet;

use model::table::TableDefinition;

use super::measure::{File, TEXT};
use super::*;
use crate::data::Figures;

fn measure(id: &str) -> &'static Measure {
    measures().iter().find(|m| m.id == id).unwrap()
}

fn period(code: &str) -> Period {
    code.parse().unwrap()
}

/// The definitions that a release is built from.
fn tables() -> Vec<TableDefinition> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/tables");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.map(|f| toml::from_str(&std::fs::read_to_string(f).unwrap()).unwrap()).collect()
}

fn within(item: Item, whole: Item) -> bool {
    item == whole || whole.parts().iter().flat_map(|p| p.iter()).any(|&p| within(item, p))
}

#[test]
fn what_is_compared_is_published_and_a_part_of_its_whole() {
    let file: File = toml::from_str(TEXT).unwrap();
    assert!(file.measure.len() >= 11);
    let ids: HashSet<&str> = file.measure.iter().map(|m| m.id.as_str()).collect();
    assert_eq!(ids.len(), file.measure.len());
    assert!(unicode_normalization::is_nfc(TEXT));
    let tables = tables();
    for m in &file.measure {
        for text in [&m.name, &m.question, &m.tells, &m.silent] {
            assert!(text.vi.len() > 20 && text.en.len() > 20 && text.vi != text.en, "{}", m.id);
        }
        assert!(within(m.numerator, m.denominator), "{}", m.id);
        assert!(m.reported.is_none_or(|item| within(item, m.denominator)), "{}", m.id);
        let table = tables.iter().find(|t| t.id == m.table).unwrap();
        assert!(table.crossings.iter().any(|c| m.is_in(table, c)), "{}", m.id);
        assert!(m.choices(period("2026")).contains(&m.peers), "{}", m.id);
    }
}

#[test]
fn what_is_unknown_falls_back_to_what_is_published() {
    let ask = |query: &str| {
        Question::from_query(|name| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        })
    };
    let periods = [period("2025"), period("2024")];
    let known = ask("measure=on-time-land&peers=R-coast&period=2024");
    let land = known.measure().unwrap();
    let choices = land.choices(period("2024"));
    assert_eq!((land.id.as_str(), known.period(&periods)), ("on-time-land", Some(periods[1])));
    assert_eq!(known.peers(land, &choices).as_deref(), Some("R-coast"));
    for junk in ["", "measure=best&peers=B-commune&period=2026-Q3", "peers=<b>&period=x"] {
        let asked = ask(junk);
        assert_eq!(asked.measure().unwrap().id, measures()[0].id, "{junk}");
        assert_eq!(asked.period(&periods), Some(periods[0]), "{junk}");
        assert_eq!(asked.peers(land, &choices).as_deref(), Some("R-mountain"), "{junk}");
    }
    assert_eq!(ask("").period(&[]), None);
}

#[test]
fn only_periods_that_have_the_figures_are_offered_and_only_peers_that_existed() {
    let tables = tables();
    let all = ["2026-Q3", "2025", "2026-9M", "2024"].map(period).to_vec();
    let offered = |id: &str| {
        let m = measure(id);
        let table = tables.iter().find(|t| t.id == m.table).unwrap();
        m.periods(table, all.clone()).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(offered("on-time-land"), ["2025", "2024"]);
    assert_eq!(offered("ended"), ["2026-9M", "2026-Q3", "2025", "2024"]);
    assert_eq!(offered("ended-body"), ["2026-Q3", "2025", "2024"]);

    let peers = measure("on-time").choices(period("2025"));
    assert_eq!(peers, ["38", "R-mountain", "R-plain", "R-coast", "urban", "rural"]);
    let bodies = |p: &str| measure("on-time-body").choices(period(p));
    assert_eq!(bodies("2024"), ["B-province", "B-district"], "groups are no places");
    assert_eq!(bodies("2025"), ["B-province", "B-district", "B-commune"]);
    assert_eq!(bodies("2026"), ["B-province", "B-commune"]);
    let districts = measure("ended-body").members("B-district", period("2026-Q3"));
    assert!(districts.is_empty());
}

#[test]
fn urban_and_rural_peers_are_of_one_class_and_fall_back_like_the_rest() {
    let ask = |measure: &str, peers: &str, of: &str| {
        let get = |name: &str| match name {
            parameter::MEASURE => Some(measure.to_owned()),
            _ => (name == parameter::PEERS).then(|| peers.to_owned()),
        };
        let question = Question::from_query(get);
        let m = question.measure().unwrap();
        question.peers(m, &m.choices(period(of))).unwrap()
    };
    assert_eq!(ask("on-time", "urban", "2025"), "urban");
    assert_eq!(ask("reception-kept-commune", "rural", "2026-Q3"), "rural");
    // Groups of bodies are no places, and there were no communes.
    assert_eq!(ask("on-time-body", "urban", "2025"), "B-province");
    assert!(measure("reception-kept-commune").choices(period("2025-Q2")).is_empty());
    assert_eq!(ask("on-time", "town", "2025"), "R-mountain");

    let codes = |id: &str, peers: &str, of: &str| {
        let members = measure(id).members(peers, period(of));
        members.iter().map(|m| m.code.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(codes("on-time-land", "urban", "2025"), ["D380", "D381", "D382", "D407"]);
    let committees = |of: &str| codes("ended-body", "urban", of);
    assert_eq!(committees("2024"), ["UBND-380", "UBND-381", "UBND-382", "UBND-407"]);
    // Both kinds of committees existed in 2025; those of districts came to an end.
    assert_eq!(committees("2025"), ["UBNDX-380", "UBNDX-381", "UBNDX-382", "UBNDX-407"]);
    assert_eq!(codes("reception-kept-commune", "urban", "2026").len(), 19);
    assert_eq!(codes("reception-kept-commune", "rural", "2026").len(), 147);
}

/// The mountain districts by `m`, with figures for the first of them and of these alone.
fn mountain(m: &Measure, figures: &[Figures]) -> Comparison {
    let members = m.members("R-mountain", period("2025"));
    assert_eq!(members.len(), 11);
    compared(m, &members, figures)
}

fn compared(m: &Measure, members: &[&Member], figures: &[Figures]) -> Comparison {
    let row = |(member, figures): (&&Member, &Figures)| Row {
        member: member.code.clone(),
        figures: figures.clone(),
    };
    let rows: Vec<Row> = members.iter().zip(figures).map(row).collect();
    Comparison::of(m, period("2025"), members, &rows, &Default::default())
}

fn figures<const N: usize>(values: [(Item, Value); N]) -> Figures {
    let mut out = Figures::default();
    values.into_iter().for_each(|(item, value)| out.put(item, value));
    out
}

/// Figures of a place that settled `on_time` and `late`, had `withdrawn` ones, and has `open` ones.
fn timely(on_time: i64, late: i64, withdrawn: i64, open: i64) -> Figures {
    figures([
        (Item::SettledOnTime, Value::Shown(on_time)),
        (Item::Workload, Value::Shown(on_time + late + withdrawn + open)),
    ])
}

#[test]
fn a_body_that_was_abolished_within_the_period_is_not_held_against_it() {
    let m = measure("on-time-body");
    let members = m.members("B-province", period("2025"));
    let of = |on_time| {
        figures([
            (Item::SettledOnTime, Value::Shown(on_time)),
            (Item::BodyWorkload, Value::Shown(40)),
        ])
    };
    let all: Vec<Figures> =
        members.iter().map(|m| of(if m.code == "STNMT" { 0 } else { 30 })).collect();
    let found = compared(m, &members, &all);
    let merged = found.rows.iter().find(|r| r.member == "STNMT").unwrap();
    assert_eq!((merged.share, merged.outcome), (None, Outcome::Gone));
    assert_eq!(
        found.common.map(|(n, of)| n * 4 == of * 3),
        Some(true),
        "it moves nobody's measure"
    );
}

#[test]
fn a_withheld_part_gives_no_share_and_no_standing_and_the_others_stay() {
    let m = measure("on-time-land");
    let shown = |n| timely(n, 100 - n, 0, 0);
    let hidden = |item, other, n| figures([(item, Value::Withheld), (other, Value::Shown(n))]);
    let one = hidden(Item::SettledOnTime, Item::Workload, 30);
    let other = hidden(Item::Workload, Item::SettledOnTime, 30);
    let with = mountain(m, &[shown(80), shown(70), shown(75), one, other, timely(3, 2, 0, 0)]);
    let outcome = |i: usize| (with.rows[i].share, with.rows[i].outcome);
    assert_eq!(with.common, Some((225, 300)));
    assert_eq!(outcome(3), (None, Outcome::Withheld));
    assert_eq!(outcome(4), (None, Outcome::Withheld));
    assert_eq!(outcome(5), (Some((3, 5)), Outcome::TooFew));
    assert_eq!(outcome(6), (None, Outcome::None));
    assert_eq!(with.rows.len(), 11);
    let without = mountain(m, &[shown(80), shown(70), shown(75)]);
    assert_eq!(with.rows[..3], without.rows[..3]);
    assert_eq!(with.compared().count(), 3);
    // Two are no measure for each other.
    let two = mountain(m, &[shown(80), shown(70)]);
    assert_eq!((two.common, two.rows[0].outcome), (None, Outcome::Alone));
}

/// The share and standing of the first of the peers, if `own` are its figures.
fn first(m: &Measure, peers: &str, own: Figures, others: &Figures) -> Compared {
    let members = m.members(peers, period("2026"));
    let mut all = vec![others.clone(); members.len()];
    all[0] = own;
    compared(m, &members, &all).rows.swap_remove(0)
}

#[test]
fn to_leave_cases_open_or_have_them_withdrawn_looks_no_better_than_to_settle_them_late() {
    let m = measure("on-time");
    let of = |own| first(m, "R-mountain", own, &timely(160, 20, 0, 20));
    let settled = of(timely(110, 90, 0, 0));
    assert_eq!(settled.share, Some((110, 200)));
    assert_eq!(settled.outcome, Outcome::Compared(Standing::FarLower));
    for other in [of(timely(110, 0, 0, 90)), of(timely(110, 0, 90, 0))] {
        assert_eq!((other.share, other.outcome), (settled.share, settled.outcome));
    }
}

/// Figures of a body that has to hold `required` days and tells of `head`, `delegate` and `missed` ones.
fn days(required: i64, head: i64, delegate: i64, missed: i64) -> Figures {
    let due = head + delegate + missed;
    figures([
        (Item::DaysRequired, Value::Shown(required.max(due))),
        (Item::DaysDue, Value::Shown(due)),
        (Item::DaysHead, Value::Shown(head)),
    ])
}

#[test]
fn to_report_nothing_or_less_or_delegates_looks_no_better() {
    let m = measure("reception-kept-commune");
    let of = |own| first(m, "B-commune-mountain", own, &days(48, 44, 2, 2));
    let honest = of(days(48, 30, 8, 10));
    assert_eq!((honest.share, honest.unreported), (Some((30, 48)), false));
    assert_eq!(honest.outcome, Outcome::Compared(Standing::FarLower));

    let silent = of(days(48, 0, 0, 0));
    assert_eq!((silent.share, silent.unreported), (Some((0, 48)), true));
    assert_eq!(silent.outcome, Outcome::Compared(Standing::FarLower));

    // Leaving the days that were missed out of the register.
    let fewer = of(days(48, 30, 8, 0));
    assert_eq!((fewer.share, fewer.outcome), (honest.share, honest.outcome));

    // Sending a deputy.
    let sent = of(days(48, 30, 18, 0));
    assert_eq!((sent.share, sent.outcome), (honest.share, honest.outcome));
}

#[test]
fn a_comparison_leads_to_its_table() {
    let query = |id: &str, of: &str| measure(id).request(period(of)).to_query();
    assert_eq!(
        query("on-time-land", "2025"),
        "?period=2025&kind=civil&field=land&by=area-district&item=settled_on_time"
    );
    assert_eq!(
        query("ended-body", "2026-Q3"),
        "?period=2026-Q3&kind=civil&by=body-unit&item=ended"
    );
}

#[test]
fn who_records_a_missed_day_reports_as_completely_as_who_holds_it_and_who_leaves_it_out_does_not() {
    let m = measure("reporting-commune");
    let of = |own| first(m, "B-commune-mountain", own, &days(48, 44, 2, 2));
    let held = of(days(48, 48, 0, 0));
    let missed = of(days(48, 30, 0, 18));
    assert_eq!(held.share, Some((48, 48)));
    assert_eq!((missed.share, missed.outcome), (held.share, held.outcome));
    let left_out = of(days(48, 30, 0, 0));
    assert_eq!((left_out.share, left_out.unreported), (Some((30, 48)), false));
    assert_eq!(left_out.outcome, Outcome::Compared(Standing::FarLower));
    let silent = of(days(48, 0, 0, 0));
    assert_eq!((silent.share, silent.unreported), (Some((0, 48)), true));
}
