//! The glossary: terms of the law and of the report forms, with what they mean in plain words.

use std::sync::LazyLock;

use model::{Dim, Item, Locale, Text};
use serde::Deserialize;

use super::alphabet::{letter, letter_slug, sort};
use crate::data::glossary::{Entry, Group, Letter, Named};
use crate::data::words::Hint;

/// Words of a term in each language beside its name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Forms {
    pub(crate) vi: Vec<String>,
    pub(crate) en: Vec<String>,
}

/// A term.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Term {
    /// Its anchor: ASCII, the same in both languages.
    pub(crate) slug: String,
    /// Code of its group.
    pub(crate) group: String,
    /// Its name.
    pub(crate) name: Text,
    /// Words by which it is found and marked.
    #[serde(default)]
    pub(crate) forms: Forms,
    /// What it means.
    pub(crate) text: Text,
    /// Where the law has it.
    pub(crate) law: Option<Text>,
    /// Items of our figures that it explains.
    #[serde(default)]
    pub(crate) items: Vec<Item>,
    /// Members of dimensions that it explains, `kind:complaint`.
    #[serde(default)]
    pub(crate) members: Vec<String>,
    /// Slugs of terms to read with it.
    #[serde(default)]
    pub(crate) related: Vec<String>,
}

impl Term {
    /// What a reader who points at the term is told.
    pub(crate) fn hint(&self, locale: Locale) -> Hint {
        Hint {
            slug: self.slug.clone(),
            name: self.name.get(locale).to_owned(),
            text: self.text.get(locale).to_owned(),
        }
    }

    /// Words by which it is found and marked.
    pub(crate) fn forms(&self, locale: Locale) -> &[String] {
        match locale {
            Locale::Vi => &self.forms.vi,
            Locale::En => &self.forms.en,
        }
    }

    /// The members that it explains.
    fn members(&self) -> impl Iterator<Item = (Dim, String)> {
        self.members.iter().filter_map(|member| {
            let (dim, code) = member.split_once(':')?;
            Some((Dim::from_code(dim)?, code.to_owned()))
        })
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Heading {
    code: String,
    name: Text,
}

/// The whole glossary.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Glossary {
    group: Vec<Heading>,
    term: Vec<Term>,
}

/// The glossary as it is compiled in.
pub(crate) static GLOSSARY: LazyLock<Glossary> =
    LazyLock::new(|| super::read("glossary", include_str!("../../data/glossary.toml")));

impl Glossary {
    /// The term at `slug`.
    pub(crate) fn get(&self, slug: &str) -> Option<&Term> {
        self.term.iter().find(|term| term.slug == slug)
    }

    /// Every term.
    pub(crate) fn terms(&self) -> &[Term] {
        &self.term
    }

    /// The terms that explain `item`.
    pub(crate) fn of_item(&self, item: Item) -> impl Iterator<Item = &Term> {
        self.term.iter().filter(move |term| term.items.contains(&item))
    }
}

/// The groups with their terms, and the index by letters, as a page in `locale` shows them.
pub(crate) fn glossary(locale: Locale) -> (Vec<Group>, Vec<Letter>) {
    let all = &*GLOSSARY;
    let named =
        |term: &Term| Named { slug: term.slug.clone(), name: term.name.get(locale).to_owned() };
    let entry = |term: &Term| Entry {
        slug: term.slug.clone(),
        name: term.name.clone(),
        text: term.text.get(locale).to_owned(),
        law: term.law.as_ref().map(|law| law.get(locale).to_owned()),
        items: term.items.clone(),
        members: term.members().collect(),
        related: term.related.iter().filter_map(|slug| all.get(slug)).map(named).collect(),
    };
    let groups = all
        .group
        .iter()
        .map(|group| Group {
            code: group.code.clone(),
            name: group.name.get(locale).to_owned(),
            terms: all.term.iter().filter(|t| t.group == group.code).map(entry).collect(),
        })
        .collect();
    let mut names: Vec<Named> = all.term.iter().map(named).collect();
    sort(&mut names, locale, |named| &named.name);
    let mut letters: Vec<Letter> = Vec::new();
    for named in names {
        let head = letter(&named.name);
        match letters.last_mut().filter(|l| l.letter == head) {
            Some(letter) => letter.terms.push(named),
            None => {
                letters.push(Letter { slug: letter_slug(&head), letter: head, terms: vec![named] });
            }
        }
    }
    (groups, letters)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_term_stands_in_a_group_at_an_address_of_its_own() {
        let slugs: HashSet<&str> = GLOSSARY.term.iter().map(|t| t.slug.as_str()).collect();
        assert_eq!((GLOSSARY.term.len(), slugs.len()), (98, 98));
        let (groups, _) = glossary(Locale::Vi);
        assert_eq!(groups.iter().map(|g| g.terms.len()).sum::<usize>(), 98);
        for slug in slugs {
            assert!(slug.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{slug}");
            assert!(groups.iter().all(|g| g.code != slug), "{slug} is a group's address too");
        }
    }

    #[test]
    fn what_a_term_refers_to_exists() {
        for term in GLOSSARY.terms() {
            for related in &term.related {
                assert!(GLOSSARY.get(related).is_some(), "{}: {related}", term.slug);
                assert_ne!(related, &term.slug);
            }
            assert_eq!(term.members().count(), term.members.len(), "{}", term.slug);
            for (dim, code) in term.members() {
                assert!(dim.members().get(&code).is_some(), "{}: {code}", term.slug);
            }
        }
    }

    #[test]
    fn a_definition_is_a_few_sentences_in_each_language() {
        for term in GLOSSARY.terms() {
            for locale in Locale::ALL {
                let text = term.text.get(locale);
                assert!((20..450).contains(&text.chars().count()), "{} {locale}", term.slug);
                assert!(text.ends_with(['.', '”']), "{} {locale}", term.slug);
            }
            assert_ne!(term.text.vi, term.text.en, "{}", term.slug);
        }
    }

    #[test]
    fn each_term_stands_under_one_letter_and_letters_have_addresses_of_their_own() {
        for locale in Locale::ALL {
            let (_, letters) = glossary(locale);
            assert_eq!(letters.iter().map(|l| l.terms.len()).sum::<usize>(), 98, "{locale}");
            let slugs: HashSet<&str> = letters.iter().map(|l| l.slug.as_str()).collect();
            assert_eq!(slugs.len(), letters.len(), "{locale}");
            assert!(slugs.iter().all(|s| s.is_ascii()), "{locale}");
        }
        let (_, letters) = glossary(Locale::Vi);
        let heads: Vec<&str> = letters.iter().map(|l| l.letter.as_str()).collect();
        let at = |letter| heads.iter().position(|h| *h == letter);
        assert!(at("D") < at("Đ") && at("Đ") < at("G"), "{heads:?}");
    }
}
