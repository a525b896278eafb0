//! Finding things by what they are called: with or without diacritics, in either language, by the
//! beginnings of words in any order; a former commune leads to the one that it became.
//!
//! There are some 1,700 names, so each is looked at for each question.

mod fold;

use std::sync::LazyLock;

use model::area::crosswalk;
use model::dimension::{Member, commune_member};
use model::{Dim, Item, Locale, ReleaseId};

use crate::data::search::{Hit, Subject};
use crate::pages::page_name;
use crate::reference::GLOSSARY;
use crate::routes::PAGES;
use fold::Words;

pub(crate) use fold::fold;

/// Of each kind, no more are shown: who finds more asks more exactly.
const MOST: usize = 12;

/// A name by which something is found.
struct Name {
    words: Words,
    hit: Hit,
}

/// Names of what the code lists hold.
static MEMBERS: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let mut names = Vec::new();
    for dim in [Dim::Area, Dim::Body, Dim::Field] {
        let sought = |m: &&Member| !(m.is_residual() && dim == Dim::Area);
        for member in dim.members().all().iter().filter(sought) {
            let hit = Hit::of(Subject::Member { dim, code: member.code.clone() });
            for locale in Locale::ALL {
                names.push(Name { words: fold(member.name.get(locale)), hit: hit.clone() });
            }
        }
    }
    for old in crosswalk() {
        let code = commune_member(old.successor);
        let same =
            Dim::Area.members().get(&code).is_some_and(|m| fold(&m.name.vi) == fold(old.name));
        if !same {
            let mut hit = Hit::of(Subject::Member { dim: Dim::Area, code });
            hit.former = Some(old.name.to_owned());
            names.push(Name { words: fold(old.name), hit });
        }
    }
    names
});

/// Names of terms, of what is counted, and of pages.
static WORDS: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let mut names = Vec::new();
    let mut put = |name: &str, subject: &Subject| {
        names.push(Name { words: fold(name), hit: Hit::of(subject.clone()) });
    };
    for term in GLOSSARY.terms() {
        let subject = Subject::Term { slug: term.slug.clone(), name: term.name.clone() };
        for locale in Locale::ALL {
            put(term.name.get(locale), &subject);
            term.forms(locale).iter().for_each(|form| put(form, &subject));
        }
    }
    for &item in Item::ALL {
        Locale::ALL.iter().for_each(|&l| put(item.name(l), &Subject::Definition { item }));
    }
    for entry in &PAGES {
        for locale in Locale::ALL {
            if let Some(name) = page_name(entry.page, locale) {
                put(&name, &Subject::Page { page: entry.page });
            }
        }
    }
    names
});

/// A published table, by its titles and by what it counts.
pub(crate) struct Table {
    /// Its code.
    pub(crate) id: String,
    /// Its title and question in both languages.
    pub(crate) names: Vec<String>,
    /// What it counts.
    pub(crate) items: Vec<Item>,
}

/// What `question` may mean among the code lists, `tables` and `releases`; the best first within
/// each kind.
pub(crate) fn find(question: &str, tables: &[Table], releases: &[ReleaseId]) -> Vec<Hit> {
    let words = fold(question);
    if words.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(u32, Hit)> = Vec::new();
    let mut look = |name: &Words, hit: &Hit| {
        let Some(score) = words.score_in(name) else { return };
        match found.iter_mut().find(|(_, other)| other.subject == hit.subject) {
            // The better of several names; its own before one that it had.
            Some(known) if (score, hit.former.is_none()) > (known.0, known.1.former.is_none()) => {
                *known = (score, hit.clone());
            }
            Some(_) => {}
            None => found.push((score, hit.clone())),
        }
    };
    MEMBERS.iter().chain(WORDS.iter()).for_each(|name| look(&name.words, &name.hit));
    for table in tables {
        let hit = Hit::of(Subject::Table { id: table.id.clone() });
        table.names.iter().for_each(|name| look(&fold(name), &hit));
        for &item in &table.items {
            let hit = Hit::of(Subject::Item { item, table: table.id.clone() });
            Locale::ALL.iter().for_each(|&l| look(&fold(item.name(l)), &hit));
        }
    }
    for id in releases {
        let hit = Hit::of(Subject::Release { id: *id });
        look(&fold(&id.to_string()), &hit);
        let (year, quarter) = (id.period.year(), id.period.quarter_range().1);
        for name in [format!("quý {quarter}/{year}"), format!("Q{quarter} {year}")] {
            look(&fold(&name), &hit);
        }
        Locale::ALL.iter().for_each(|&l| look(&fold(&id.period.name(l)), &hit));
    }
    // Stable: of equals, the code lists' order.
    found.sort_by_key(|(score, hit)| (hit.subject.kind(), std::cmp::Reverse(*score)));
    let mut out: Vec<Hit> = Vec::new();
    for (_, hit) in found {
        let same = out.iter().filter(|h| h.subject.kind() == hit.subject.kind()).count();
        if same < MOST {
            out.push(hit);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::search::SubjectKind;
    use crate::routes::Page;

    fn codes(question: &str) -> Vec<String> {
        let code = |hit: Hit| match hit.subject {
            Subject::Member { code, .. } => code,
            other => format!("{other:?}"),
        };
        find(question, &[], &[]).into_iter().map(code).collect()
    }

    #[test]
    fn diacritics_and_the_place_of_tone_marks_do_not_matter() {
        for question in ["Mường Lát", "muong lat", "MUONG  LAT", "lát mường", "muo la"] {
            let found = codes(question);
            assert!(found[..2].contains(&"D384".to_owned()), "{question}: {found:?}");
            assert!(found[..2].contains(&"C14845".to_owned()), "{question}: {found:?}");
        }
        assert_eq!(codes("quan hoa"), codes("Quan Hoá"));
        assert_eq!(codes("quan hoa"), codes("Quan Hóa"));
        assert!(codes("dat dai").contains(&"land_housing".to_owned()));
        assert!(codes("land").contains(&"land_housing".to_owned()));
        // Decomposed, as some keyboards write it.
        assert_eq!(codes("Mu\u{31b}o\u{31b}\u{300}ng La\u{301}t"), codes("Mường Lát"));
    }

    #[test]
    fn a_former_commune_leads_to_what_it_became() {
        let found = find("xã hà vinh", &[], &[]);
        let hit = found.first().unwrap();
        assert_eq!(hit.subject, Subject::Member { dim: Dim::Area, code: "C14812".into() });
        assert_eq!(hit.former.as_deref(), Some("Xã Hà Vinh"));
    }

    #[test]
    fn a_whole_name_comes_before_a_part_of_one() {
        let found = codes("công an tỉnh");
        assert_eq!(found.first().map(String::as_str), Some("CAT"), "{found:?}");
        let found = find("thanh hóa", &[], &[]);
        let first = Subject::Member { dim: Dim::Area, code: "38".into() };
        assert!(found[..4].iter().any(|hit| hit.subject == first), "{found:?}");
    }

    #[test]
    fn tables_items_and_releases_are_found() {
        let table = Table {
            id: "timeliness".into(),
            names: vec!["Đúng hạn, quá hạn".into(), "On time and overdue".into()],
            items: vec![Item::OpenOverdue],
        };
        let release: ReleaseId = "2026-Q3.1".parse().unwrap();
        let subjects = |question: &str| -> Vec<Subject> {
            let found = find(question, std::slice::from_ref(&table), &[release]);
            let subjects = found.into_iter().map(|hit| hit.subject);
            subjects.filter(|s| s.kind() != SubjectKind::Word).collect()
        };
        let id = "timeliness".to_owned();
        let item = Subject::Item { item: Item::OpenOverdue, table: id.clone() };
        assert_eq!(subjects("qua han"), [Subject::Table { id }, item]);
        for question in ["2026-Q3", "quý 3 2026", "q3 2026", "Quý III/2026"] {
            assert_eq!(subjects(question), [Subject::Release { id: release }], "{question}");
        }
    }

    #[test]
    fn terms_definitions_and_pages_are_found() {
        let of_kind = |question: &str, kind| {
            let found = find(question, &[], &[]).into_iter().map(|hit| hit.subject);
            found.filter(|s| s.kind() == kind).collect::<Vec<_>>()
        };
        for (question, wanted) in [
            ("thu ly", "thu-ly"),
            ("đơn vượt cấp", "vuot-cap"),
            ("don vuot cap", "vuot-cap"),
            ("prolonged", "ton-dong-keo-dai"),
            ("citizen reception", "tiep-cong-dan"),
        ] {
            let found = of_kind(question, SubjectKind::Word);
            let first = found.iter().find_map(|s| match s {
                Subject::Term { slug, .. } => Some(slug.as_str()),
                _ => None,
            });
            assert_eq!(first, Some(wanted), "{question}");
        }
        let overdue = Subject::Definition { item: Item::OpenOverdue };
        assert!(of_kind("open overdue", SubjectKind::Word).contains(&overdue));
        for (question, page) in [
            ("thuat ngu", Page::Glossary),
            ("data dictionary", Page::Dictionary),
            ("so lieu tham khao", Page::References),
            ("phuong phap", Page::Methods),
        ] {
            let wanted = vec![Subject::Page { page }];
            assert_eq!(of_kind(question, SubjectKind::Page), wanted, "{question}");
        }
    }

    #[test]
    fn nothing_is_found_for_nothing() {
        for question in ["", "  ", "?!", "khong co gi nhu the"] {
            assert!(codes(question).is_empty(), "{question}");
        }
    }

    #[test]
    fn of_many_the_best_are_shown() {
        assert!(codes("xa").len() <= 5 * MOST);
    }
}
