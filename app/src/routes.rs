//! The pages of the portal: the one list from which the router, the navigation, the language
//! switch, the links between translations and the server's list of pages are made.

use model::{Dim, Locale};
use serde::{Deserialize, Serialize};

/// A page, or a kind of page with one address for each of its subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// What the newest quarter brought.
    Overview,
    /// All published tables.
    Tables,
    /// One table.
    Table,
    /// Any table, arranged as the reader likes.
    Explore,
    /// Regions, old districts, communes.
    Areas,
    /// One of them.
    Area,
    /// What matters are about.
    Fields,
    /// One field.
    Field,
    /// Competent bodies.
    Bodies,
    /// One of them.
    Body,
    /// What supervision has to look at.
    Supervision,
    /// Places or bodies beside their peers.
    Compare,
    /// A report on a period, to print.
    Report,
    /// All releases.
    Releases,
    /// One release.
    Release,
    /// When releases come out.
    Calendar,
    /// One figure.
    Figure,
    /// How figures come about, and what is withheld.
    Methods,
    /// Time limits of the law, and when something is due.
    Deadlines,
    /// The terms of the law and of the report forms.
    Glossary,
    /// What is counted, at which levels, in which columns.
    Dictionary,
    /// Figures that others published.
    References,
    /// What a few words may mean.
    Search,
    /// Whether something that is claimed was published.
    Check,
    /// Challenges to figures, with their answers.
    Challenges,
    /// The parts that pages are made of.
    Design,
}

/// An address that shows a page with something on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// The page has one address only.
    Itself,
    /// The subject with this code.
    Of(&'static str),
    /// The newest release.
    NewestRelease,
    /// The page asked like this.
    Query(&'static str),
    /// How many cases the province settled in the newest quarter.
    Settled,
}

/// Where a page stands.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The page.
    pub page: Page,
    /// Path after `/vi`; empty for the overview.
    pub vi: &'static str,
    /// Path after `/en`.
    pub en: &'static str,
    /// An address to look at.
    pub example: Example,
}

const fn entry(page: Page, vi: &'static str, en: &'static str, example: Example) -> Entry {
    Entry { page, vi, en, example }
}

/// Every page, in the order of the navigation.
pub const PAGES: [Entry; 26] = [
    entry(Page::Overview, "", "", Example::Itself),
    entry(Page::Tables, "bang", "tables", Example::Itself),
    entry(Page::Table, "bang", "tables", Example::Of("case-flow")),
    entry(
        Page::Explore,
        "kham-pha",
        "explore",
        Example::Query("?table=timeliness&by=kind-kind&item=on_time_of_settled"),
    ),
    entry(Page::Areas, "dia-ban", "areas", Example::Itself),
    entry(Page::Area, "dia-ban", "areas", Example::Of("D384")),
    entry(Page::Fields, "linh-vuc", "fields", Example::Itself),
    entry(Page::Field, "linh-vuc", "fields", Example::Of("land")),
    entry(Page::Bodies, "co-quan", "bodies", Example::Itself),
    entry(Page::Body, "co-quan", "bodies", Example::Of("SNNMT")),
    entry(Page::Supervision, "giam-sat", "supervision", Example::Itself),
    entry(
        Page::Compare,
        "giam-sat/so-sanh",
        "supervision/compare",
        Example::Query("?measure=on-time-land&peers=R-mountain"),
    ),
    entry(
        Page::Report,
        "giam-sat/bao-cao",
        "supervision/report",
        Example::Query("?body=B-commune-mountain"),
    ),
    entry(Page::Releases, "ky-cong-bo", "releases", Example::Itself),
    entry(Page::Release, "ky-cong-bo", "releases", Example::NewestRelease),
    entry(Page::Calendar, "lich-cong-bo", "release-calendar", Example::Itself),
    entry(Page::Figure, "so-lieu", "figures", Example::Settled),
    entry(Page::Methods, "phuong-phap", "methods", Example::Itself),
    entry(
        Page::Deadlines,
        "thoi-han",
        "deadlines",
        Example::Query("?step=acceptance&kind=complaint&start=2026-08-21&on=2026-09-01"),
    ),
    entry(Page::Glossary, "thuat-ngu", "glossary", Example::Itself),
    entry(Page::Dictionary, "tu-dien-du-lieu", "data-dictionary", Example::Itself),
    entry(Page::References, "so-lieu-tham-khao", "reference-figures", Example::Itself),
    entry(Page::Search, "tim-kiem", "search", Example::Query("?q=muong+lat")),
    entry(
        Page::Check,
        "kiem-chung",
        "check",
        Example::Query("?q=quy+III/2026+da+giai+quyet+1.000+vu+viec"),
    ),
    entry(Page::Challenges, "kiem-tra-lai-so-lieu", "challenges", Example::Itself),
    entry(Page::Design, "he-thong-thiet-ke", "design-system", Example::Itself),
];

/// The name of the parameter in addresses of pages with a subject.
pub const SUBJECT: &str = "code";

/// The name of the parameter with what is looked for.
pub const QUESTION: &str = "q";

impl Page {
    /// True if the page has one address for each of its subjects.
    #[must_use]
    pub const fn has_subject(self) -> bool {
        matches!(
            self,
            Self::Table | Self::Area | Self::Field | Self::Body | Self::Release | Self::Figure
        )
    }

    /// The page of the navigation under which it stands.
    #[must_use]
    pub const fn section(self) -> Self {
        match self {
            Self::Table | Self::Explore | Self::Figure => Self::Tables,
            Self::Area => Self::Areas,
            Self::Field => Self::Fields,
            Self::Body => Self::Bodies,
            Self::Compare | Self::Report => Self::Supervision,
            Self::Release | Self::Calendar => Self::Releases,
            Self::Deadlines
            | Self::Glossary
            | Self::Dictionary
            | Self::References
            | Self::Check
            | Self::Challenges => Self::Methods,
            other => other,
        }
    }

    /// The page that a member of `dim` has; kinds and referrers have none.
    #[must_use]
    pub const fn of_member(dim: Dim) -> Option<Self> {
        match dim {
            Dim::Area => Some(Self::Area),
            Dim::Body => Some(Self::Body),
            Dim::Field => Some(Self::Field),
            Dim::Kind | Dim::Referrer => None,
        }
    }

    /// The path segment after the language.
    #[must_use]
    pub fn segment(self, locale: Locale) -> &'static str {
        PAGES.iter().find(|e| e.page == self).map_or("", |e| e.segment(locale))
    }

    /// The page's address; of a page with subjects, the address of the page that lists them.
    #[must_use]
    pub fn path(self, locale: Locale) -> String {
        match self.segment(locale) {
            "" => format!("/{locale}"),
            segment => format!("/{locale}/{segment}"),
        }
    }

    /// The address of the subject with `code`.
    #[must_use]
    pub fn path_of(self, locale: Locale, code: &str) -> String {
        format!("{}/{code}", self.path(locale))
    }
}

impl Entry {
    /// The path segment after the language.
    #[must_use]
    pub const fn segment(&self, locale: Locale) -> &'static str {
        match locale {
            Locale::Vi => self.vi,
            Locale::En => self.en,
        }
    }

    /// The pattern of the page's addresses, `/vi/bang/:code`.
    #[must_use]
    pub fn pattern(&self, locale: Locale) -> String {
        let path = self.page.path(locale);
        if self.page.has_subject() { format!("{path}/:{SUBJECT}") } else { path }
    }
}

/// The language of the page at `path`: that of its first segment, or Vietnamese.
#[must_use]
pub fn locale_of(path: &str) -> Locale {
    path.split('/').nth(1).and_then(|tag| tag.parse().ok()).unwrap_or_default()
}

/// What stands at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Language.
    pub locale: Locale,
    /// The page.
    pub page: Page,
    /// Its subject, if it has subjects.
    pub subject: Option<String>,
}

impl Target {
    /// What stands at `path`; `None` if nothing does.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        let path = path.strip_prefix('/')?.trim_end_matches('/');
        let (tag, rest) = path.split_once('/').unwrap_or((path, ""));
        let locale: Locale = tag.parse().ok()?;
        PAGES.iter().find_map(|entry| {
            let segment = entry.segment(locale);
            let subject = if entry.page.has_subject() {
                let subject = rest.strip_prefix(segment)?.strip_prefix('/')?;
                (!subject.is_empty() && !subject.contains('/')).then(|| Some(subject.to_owned()))?
            } else {
                (rest == segment).then_some(None)?
            };
            Some(Self { locale, page: entry.page, subject })
        })
    }

    /// The address of the same page in `locale`.
    #[must_use]
    pub fn path(&self, locale: Locale) -> String {
        match &self.subject {
            Some(subject) => self.page.path_of(locale, subject),
            None => self.page.path(locale),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_one_address_in_each_language_and_leads_back() {
        let mut seen = std::collections::HashSet::new();
        for entry in &PAGES {
            for locale in Locale::ALL {
                assert!(seen.insert(entry.pattern(locale)));
                let subject = entry.page.has_subject().then(|| "x-1".to_owned());
                let target = Target { locale, page: entry.page, subject };
                assert_eq!(Target::at(&target.path(locale)), Some(target.clone()));
                let other = Target::at(&target.path(locale.other())).unwrap();
                assert_eq!((other.page, other.subject), (target.page, target.subject));
            }
        }
    }

    #[test]
    fn other_addresses_lead_nowhere() {
        for path in ["/", "/fr", "/vi/tables", "/en/bang", "/vi/bang/a/b", "/vi/khong-co"] {
            assert_eq!(Target::at(path), None, "{path}");
        }
        assert_eq!(locale_of("/khong-co"), Locale::Vi);
    }
}
