use model::Item;

use super::super::drawn;
use super::*;
use crate::data::supervision::{Finding, Gap, rules};
use crate::data::{Figure, ReleaseInfo, Value};

/// The first look of the rule `id` at `periods`, with `judgements`.
fn seen(id: &str, periods: &[&str], judgements: Vec<Judgement>) -> (&'static Rule, Vec<Seen>) {
    let rule = rules().iter().find(|rule| rule.id == id).unwrap();
    let periods = periods.iter().map(|p| p.parse().unwrap()).collect();
    (rule, vec![Seen { look: &rule.looks[0], periods, judgements }])
}

fn judgement(member: &str, figures: &[(&str, Item, Value)], verdict: Verdict) -> Judgement {
    let figures = figures.iter().map(|&(p, i, v)| (p.parse().unwrap(), i, Figure::from(v)));
    Judgement { member: member.into(), figures: figures.collect(), verdict }
}

fn html(rules: Vec<(&'static Rule, Vec<Seen>)>, locale: Locale) -> String {
    let release = ReleaseInfo {
        id: "2026-Q3.1".parse().unwrap(),
        published_on: jiff::civil::date(2026, 9, 30),
        simulated: true,
    };
    let data = Data { release, rules, tables: Vec::new() };
    drawn(|| page(&data, locale)).html
}

#[test]
fn a_flag_stands_with_its_figures_and_what_it_is_held_against() {
    let overdue = |member, n, of, verdict| {
        let items = [("2025", Item::SettledOnTime, n), ("2025", Item::Workload, of)];
        judgement(member, &items, verdict)
    };
    let found = Finding::AbovePeers { own: (60, 100), peers: (120, 390), limit: 0.4503 };
    let judgements = vec![
        overdue("D384", Value::Shown(40), Value::Shown(100), Verdict::Flagged(found)),
        overdue("D385", Value::Shown(20), Value::Shown(100), Verdict::Within),
        overdue("D386", Value::Withheld, Value::Shown(30), Verdict::NotAssessable(Gap::Withheld)),
    ];
    let html = html(vec![seen("overdue", &["2025"], judgements)], Locale::Vi);
    for words in [
        r#"href="/vi/dia-ban/D384""#,
        r#"data-item="settled_on_time""#,
        "60,0%",
        "30,8%",
        "Miền núi",
        "45,0%",
        "1 không vượt ngưỡng; 1 không đánh giá được",
        r#"href="/vi/dia-ban/D386""#,
        "số liệu giữ kín",
        "/vi/giam-sat/so-sanh",
        "Tỷ lệ phần còn lại",
        "1 dấu hiệu",
        "99,8%",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    // Who is not flagged is counted and not named.
    assert!(!html.contains("D385"));
}

#[test]
fn where_nothing_is_flagged_or_published_the_page_says_so() {
    let figures = [("2026-Q3", Item::Closing, Value::Shown(5))];
    let within = vec![judgement("D384", &figures, Verdict::Within)];
    let calm = html(vec![seen("backlog", &["2026-Q3"], within)], Locale::En);
    assert!(calm.contains("Nothing crosses the threshold.") && !calm.contains("<table"));
    let figures = [("2026-Q3", Item::Closing, Value::Withheld)];
    let hidden = judgement("D384", &figures, Verdict::NotAssessable(Gap::Withheld));
    let hidden = html(vec![seen("backlog", &["2026-Q3"], vec![hidden])], Locale::En);
    assert!(hidden.contains("None could be assessed") && !hidden.contains("Nothing crosses"));
    let nothing = html(vec![seen("backlog", &[], Vec::new())], Locale::En);
    assert!(nothing.contains("Nothing is published to look at yet."));
}

#[test]
fn every_rule_is_told_with_its_thresholds_in_both_languages() {
    for locale in Locale::ALL {
        for rule in rules() {
            let looks = rule.looks.iter();
            let looks = looks.map(|look| Seen { look, periods: vec![], judgements: vec![] });
            let html = html(vec![(rule, looks.collect())], locale);
            assert!(html.contains(rule.about.get(locale)), "{}", rule.id);
            for look in &rule.looks {
                assert!(html.contains(&words::threshold(&look.test, locale)), "{}", rule.id);
            }
        }
    }
}
