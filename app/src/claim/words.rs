//! What the words of a claim are about: which period, which place, what is counted.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use model::{Dim, Item, Locale, Period, Unit};
use serde::Deserialize;

use super::number::unit;
use super::token::Token;
use crate::search::fold;

/// What a claim is about, as far as its words say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// Report periods.
    pub(super) periods: Vec<Period>,
    /// Members of dimensions; of one name there may be several.
    pub(super) members: BTreeMap<Dim, Vec<String>>,
    /// What is counted: each phrase with its place and what it may stand for.
    pub(super) items: Vec<(usize, Vec<Item>)>,
    /// The unit, if the text names one alone.
    pub(super) unit: Option<Unit>,
}

/// Something that a phrase may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sense {
    Member(Dim, String),
    Item(Item),
}

/// Reads `tokens`; the second answer tells which of them are taken up by it.
pub(super) fn read(tokens: &[Token]) -> (Words, Vec<bool>) {
    let mut used = laws(tokens);
    let mut words = Words { periods: periods(tokens, &mut used), ..Words::default() };
    let mut kinds: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if used[at] {
            at += 1;
            continue;
        }
        if let Some((kind, length)) = kind(tokens, at) {
            kinds.push(kind);
            used[at..at + length].fill(true);
            at += length;
            continue;
        }
        let Some((length, senses)) = longest(tokens, &used, at) else {
            at += 1;
            continue;
        };
        let mut items = Vec::new();
        for sense in senses {
            match sense {
                Sense::Item(item) => items.push(*item),
                Sense::Member(dim, code) => {
                    let known = words.members.entry(*dim).or_default();
                    if !known.contains(code) {
                        known.push(code.clone());
                    }
                }
            }
        }
        if !items.is_empty() {
            words.items.push((at, items));
        }
        used[at..at + length].fill(true);
        at += length;
    }
    if let Some(kind) = kind_of(&kinds) {
        words.members.insert(Dim::Kind, vec![kind.to_owned()]);
    }
    let mut units: Vec<Unit> = (0..tokens.len()).filter_map(|at| unit(&tokens[at..])).collect();
    units.dedup();
    words.unit = match units.as_slice() {
        [unit] => Some(*unit),
        _ => None,
    };
    (words, used)
}

/// Which words are the titles of laws: `Luật Khiếu nại số 02/2011/QH13`, `Luật Tiếp công dân 2013`. They
/// speak of no complaint.
fn laws(tokens: &[Token]) -> Vec<bool> {
    const TITLES: [&[&str]; 5] = [
        &["luat", "khieu", "nai"],
        &["luat", "to", "cao"],
        &["luat", "tiep", "cong", "dan"],
        &["luat", "dat", "dai"],
        &["law", "on"],
    ];
    let mut used = vec![false; tokens.len()];
    for at in 0..tokens.len() {
        let begins = |title: &&&[&str]| {
            tokens.len() >= at + title.len()
                && title.iter().zip(&tokens[at..]).all(|(word, token)| *word == token.folded)
        };
        let Some(title) = TITLES.iter().find(begins) else { continue };
        let mut next = at + title.len();
        // An English title goes on, "Law on Complaints"; and numbers and years follow.
        next += usize::from(*title == ["law", "on"] && next < tokens.len());
        let of_title = |t: &Token| {
            let slash = [t.before, t.after].contains(&Some('/'));
            (t.is_number() && (slash || t.text.len() == 4))
                || matches!(t.folded.as_str(), "so" | "no" | "qh13" | "qh14" | "qh15" | "of")
        };
        while tokens.get(next).is_some_and(of_title) {
            next += 1;
        }
        used[at..next].fill(true);
    }
    used
}

/// The kind that all kinds named in a text make up together.
fn kind_of(named: &[&str]) -> Option<&'static str> {
    let has = |kind: &str| named.contains(&kind);
    match (has("complaint"), has("denunciation"), has("recommendation")) {
        (false, false, false) => None,
        (true, false, false) => Some("complaint"),
        (false, true, false) => Some("denunciation"),
        (false, false, true) => Some("recommendation"),
        (true, false, true) => Some("civil"),
        (_, true, _) => Some("all"),
    }
}

fn kind(tokens: &[Token], at: usize) -> Option<(&'static str, usize)> {
    let word = |n: usize| tokens.get(at + n).map_or("", |t| t.folded.as_str());
    match (word(0), word(1)) {
        ("khieu", "nai") => Some(("complaint", 2)),
        ("to", "cao") => Some(("denunciation", 2)),
        ("kien", "nghi") | ("phan", "anh") => Some(("recommendation", 2)),
        ("complaint" | "complaints", _) => Some(("complaint", 1)),
        ("denunciation" | "denunciations", _) => Some(("denunciation", 1)),
        ("recommendation" | "recommendations" | "feedback", _) => Some(("recommendation", 1)),
        _ => None,
    }
}

/// The longest phrase at `at`, and what it may mean.
fn longest<'a>(tokens: &[Token], used: &[bool], at: usize) -> Option<(usize, &'a [Sense])> {
    let phrases = PHRASES.get(&tokens[at].folded)?;
    let fits = |phrase: &&Phrase| {
        let words = &phrase.0;
        at + words.len() <= tokens.len()
            && !used[at..at + words.len()].contains(&true)
            && words.iter().zip(&tokens[at..]).all(|(word, token)| *word == token.folded)
    };
    let best = phrases.iter().filter(fits).max_by_key(|(words, _)| words.len())?;
    Some((best.0.len(), &best.1))
}

/// A phrase's words, and what they may mean.
type Phrase = (Vec<String>, Vec<Sense>);

/// Phrases by their first word.
static PHRASES: LazyLock<HashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<Phrase>> = HashMap::new();
    let mut put = |words: Vec<String>, sense: Sense| {
        let Some(first) = words.first() else { return };
        let all = phrases.entry(first.clone()).or_default();
        match all.iter_mut().find(|(other, _)| *other == words) {
            Some((_, senses)) if senses.contains(&sense) => {}
            Some((_, senses)) => senses.push(sense),
            None => all.push((words, vec![sense])),
        }
    };
    for dim in [Dim::Area, Dim::Body, Dim::Field, Dim::Referrer] {
        for member in dim.members().all().iter().filter(|m| !m.is_residual()) {
            for locale in Locale::ALL {
                for words in names(dim, member.name.get(locale)) {
                    put(words, Sense::Member(dim, member.code.clone()));
                }
            }
        }
    }
    for name in
        ["toàn tỉnh", "cả tỉnh", "trong tỉnh", "tỉnh Thanh Hóa", "Thanh Hóa", "the province"]
    {
        put(fold(name).into_words(), Sense::Member(Dim::Area, Dim::Area.total().to_owned()));
    }
    for name in ["Mặt trận", "the Front"] {
        put(fold(name).into_words(), Sense::Member(Dim::Referrer, "front".to_owned()));
    }
    for name in ["land", "đất đai"] {
        put(fold(name).into_words(), Sense::Member(Dim::Field, "land".to_owned()));
    }
    for &item in Item::ALL {
        for locale in Locale::ALL {
            let words = fold(bare(item.name(locale))).into_words();
            // One word alone means too much.
            if words.len() > 1 {
                put(words, Sense::Item(item));
            }
        }
    }
    for (code, said) in &*SAID {
        if let Some(item) = Item::from_code(code) {
            for name in said.vi.iter().chain(&said.en) {
                put(fold(name).into_words(), Sense::Item(item));
            }
        }
    }
    phrases
});

/// What else people say for an item.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    vi: Vec<String>,
    en: Vec<String>,
}

#[expect(clippy::expect_used, reason = "part of the program, and tested")]
static SAID: LazyLock<BTreeMap<String, Said>> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/claims.toml")).expect("claims.toml"));

/// A name without what stands in brackets behind it.
fn bare(name: &str) -> &str {
    name.split(" (").next().unwrap_or(name)
}

/// The ways in which a member's name is said: whole, and without what kind of place it is.
fn names(dim: Dim, name: &str) -> Vec<Vec<String>> {
    const BEFORE: [&[&str]; 7] = [
        &["thanh", "pho"],
        &["thi", "xa"],
        &["thi", "tran"],
        &["huyen"],
        &["xa"],
        &["phuong"],
        &["tp"],
    ];
    const BEHIND: [&str; 4] = ["commune", "ward", "district", "city"];
    let whole = fold(bare(name)).into_words();
    let mut out = Vec::new();
    if dim == Dim::Area {
        let before = BEFORE.iter().find(|kind| whole.starts_with_words(kind));
        let behind = whole.last().is_some_and(|word| BEHIND.contains(&word.as_str()));
        let base = match before {
            Some(kind) => whole[kind.len()..].to_vec(),
            None if behind => whole[..whole.len() - 1].to_vec(),
            None => whole.clone(),
        };
        if before.is_some_and(|kind| *kind == ["thanh", "pho"]) {
            out.push([vec!["tp".to_owned()], base.clone()].concat());
            out.push([base.clone(), vec!["city".to_owned()]].concat());
        }
        if before.is_some_and(|kind| *kind == ["huyen"]) {
            out.push([base.clone(), vec!["district".to_owned()]].concat());
        }
        // The city has the province's name, and alone that means the province.
        if base.len() > 1 && base != ["thanh", "hoa"] {
            out.push(base);
        }
        if whole == ["thanh", "hoa"] {
            return out;
        }
    }
    if whole.len() > 1 {
        out.push(whole);
    }
    out
}

trait StartsWithWords {
    fn starts_with_words(&self, words: &[&str]) -> bool;
}

impl StartsWithWords for Vec<String> {
    fn starts_with_words(&self, words: &[&str]) -> bool {
        self.len() > words.len() && self.iter().zip(words).all(|(a, b)| a == b)
    }
}

/// The period that a part of a year is in a year.
type InYear = fn(i16) -> Option<Period>;

/// The periods that are named, with or without their year; a year by itself is one.
fn periods(tokens: &[Token], used: &mut [bool]) -> Vec<Period> {
    let word = |at: usize| tokens.get(at).map_or("", |t| t.folded.as_str());
    let year = |at: usize| -> Option<i16> {
        let text = word(at);
        let four = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|year| four && (2000..2100).contains(year))
    };
    // The year behind `at`, over a few words that may stand between.
    let year_behind = |at: usize| -> Option<(i16, usize)> {
        let mut next = at;
        while matches!(word(next), "nam" | "of" | "in" | "the" | "dau" | "cua" | "year") {
            next += 1;
        }
        year(next).map(|year| (year, next + 1))
    };
    let mut spans: Vec<(InYear, Option<i16>)> = Vec::new();
    let mut years = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if used[at] {
            at += 1;
            continue;
        }
        let span = span(&word, at);
        if let Some((make, length)) = span {
            let (year, next) = match year_behind(at + length) {
                Some((year, next)) => (Some(year), next),
                None => (None, at + length),
            };
            spans.push((make, year));
            used[at..next].fill(true);
            at = next;
        } else if let Some(year) = year(at) {
            // "2025 vụ" is a count.
            if unit(&tokens[at + 1..]).is_none() && tokens.len() > 1 {
                let day = tokens[at].before.is_some_and(|c| matches!(c, '/' | '-'));
                used[at] = true;
                if !day {
                    years.push(year);
                }
            }
            at += 1;
        } else {
            at += 1;
        }
    }
    // A quarter without a year has that of the text.
    years.extend(spans.iter().filter_map(|(_, year)| *year));
    years.dedup();
    let mut out: Vec<Period> = Vec::new();
    for (make, year) in &spans {
        let found = match year {
            Some(year) => vec![*year],
            None => years.clone(),
        };
        out.extend(found.into_iter().filter_map(make));
    }
    if spans.is_empty() {
        out.extend(years.into_iter().map(Period::of_year));
    }
    out.dedup();
    out
}

/// A part of a year that is named at `at`, and how many words that takes.
fn span<'a>(word: &impl Fn(usize) -> &'a str, at: usize) -> Option<(InYear, usize)> {
    const QUARTERS: [InYear; 4] = [
        |y| Period::quarter(y, 1),
        |y| Period::quarter(y, 2),
        |y| Period::quarter(y, 3),
        |y| Period::quarter(y, 4),
    ];
    let numbered = |text: &str| match text {
        "i" | "1" | "mot" | "first" | "dau" => Some(QUARTERS[0]),
        "ii" | "2" | "hai" | "second" => Some(QUARTERS[1]),
        "iii" | "3" | "ba" | "third" => Some(QUARTERS[2]),
        "iv" | "4" | "bon" | "tu" | "fourth" | "last" | "cuoi" => Some(QUARTERS[3]),
        _ => None,
    };
    let months = |text: &str| -> Option<InYear> {
        match text {
            "6" | "sau" | "six" => Some(|y| format!("{y:04}-6M").parse().ok()),
            "9" | "chin" | "nine" => Some(|y| format!("{y:04}-9M").parse().ok()),
            _ => None,
        }
    };
    match (word(at), word(at + 1)) {
        ("quy" | "quarter", number) => numbered(number).map(|q| (q, 2)),
        (number, "quarter") => numbered(number).map(|q| (q, 2)),
        ("q1" | "q2" | "q3" | "q4", _) => numbered(&word(at)[1..]).map(|q| (q, 1)),
        (number, "thang" | "months") => months(number).map(|m| (m, 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn said(text: &str) -> Words {
        read(&tokens(text)).0
    }

    #[test]
    fn periods_are_read_in_both_languages() {
        for (text, periods) in [
            ("quý IV/2025", "2025-Q4"),
            ("Quý 4 năm 2025", "2025-Q4"),
            ("quy iv nam 2025", "2025-Q4"),
            ("Q4 2025", "2025-Q4"),
            ("Q4/2025", "2025-Q4"),
            ("in the fourth quarter of 2025", "2025-Q4"),
            ("năm 2025, quý III", "2025-Q3"),
            ("6 tháng đầu năm 2025", "2025-6M"),
            ("chín tháng năm 2025", "2025-9M"),
            ("the first nine months of 2025", "2025-9M"),
            ("năm 2025", "2025"),
            ("in 2025", "2025"),
            ("quý I và quý II năm 2025", "2025-Q1 2025-Q2"),
            ("quý II", ""),
            ("ngày 15/12/2025", ""),
            ("2025 vụ", ""),
        ] {
            let found: Vec<String> = said(text).periods.iter().map(Period::to_string).collect();
            let expected: Vec<&str> = periods.split_whitespace().collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn places_kinds_and_items_are_read_with_and_without_diacritics() {
        let members =
            |text: &str, dim: Dim| said(text).members.get(&dim).cloned().unwrap_or_default();
        assert_eq!(members("ở huyện Mường Lát", Dim::Area), ["D384"]);
        assert_eq!(members("xã Mường Lát", Dim::Area), ["C14845"]);
        let mut both = members("o muong lat", Dim::Area);
        both.sort();
        assert_eq!(both, ["C14845", "D384"]);
        assert_eq!(members("thành phố Thanh Hóa", Dim::Area), ["D380"]);
        assert_eq!(members("Thanh Hóa", Dim::Area), ["38"]);
        assert_eq!(members("toàn tỉnh", Dim::Area), ["38"]);
        assert_eq!(members("Mường Lát district", Dim::Area), ["D384"]);
        assert_eq!(members("Thanh tra tỉnh", Dim::Body), ["TTT"]);
        assert_eq!(members("về đất đai", Dim::Field), ["land"]);
        for (text, kind) in [
            ("khiếu nại", "complaint"),
            ("khieu nai, kien nghi, phan anh", "civil"),
            ("khiếu nại, tố cáo", "all"),
            ("denunciations", "denunciation"),
        ] {
            assert_eq!(members(text, Dim::Kind), [kind], "{text}");
        }
        let items = |text: &str| said(text).items.concat_items();
        assert!(items("đã giải quyết").contains(&Item::Settled));
        assert!(items("phải giải quyết").contains(&Item::Workload));
        assert!(!items("phải giải quyết").contains(&Item::Settled));
        assert!(!items("giải quyết quá hạn").contains(&Item::Settled));
        assert_eq!(said("12 vụ việc").unit, Some(Unit::Case));
        assert_eq!(said("12 vụ việc, 30 đơn").unit, None);
        assert_eq!(said("xin chào"), Words::default());
        for law in
            ["Luật Khiếu nại số 02/2011/QH13", "Luật Tiếp công dân 2013", "Law on Complaints 2011"]
        {
            assert_eq!(said(law), Words::default(), "{law}");
        }
    }

    trait ConcatItems {
        fn concat_items(&self) -> Vec<Item>;
    }

    impl ConcatItems for Vec<(usize, Vec<Item>)> {
        fn concat_items(&self) -> Vec<Item> {
            self.iter().flat_map(|(_, items)| items.clone()).collect()
        }
    }

    #[test]
    fn every_item_that_has_other_names_exists() {
        for code in SAID.keys() {
            assert!(Item::from_code(code).is_some(), "{code}");
        }
    }
}
