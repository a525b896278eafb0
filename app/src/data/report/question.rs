//! What a report is asked about: a period, and a body, a place or a referrer.

use std::fmt;

use model::slice::Slice;
use model::{Dim, Locale, Period};

/// The parameter with the period.
pub const PERIOD: &str = "period";

/// The parameter with which a form names any subject, `body-SXD`; addresses have one a dimension.
pub const OF: &str = "of";

/// The dimensions whose members a report may be about, in the order in which an address is read.
pub const SUBJECTS: [Dim; 3] = [Dim::Body, Dim::Area, Dim::Referrer];

/// What a report is about: a member of one of [`SUBJECTS`], over the whole of the other dimensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    dim: Dim,
    code: String,
}

impl Default for Subject {
    /// The whole province.
    fn default() -> Self {
        Self { dim: Dim::Area, code: Dim::Area.total().to_owned() }
    }
}

impl Subject {
    /// The member `code` of `dim`; the province if it holds everything. `None` if there is none, or
    /// no report is about such members.
    #[must_use]
    pub fn new(dim: Dim, code: &str) -> Option<Self> {
        if code == dim.total() {
            return Some(Self::default());
        }
        let known = SUBJECTS.contains(&dim) && dim.members().get(code).is_some();
        known.then(|| Self { dim, code: code.to_owned() })
    }

    /// The dimension.
    #[must_use]
    pub const fn dim(&self) -> Dim {
        self.dim
    }

    /// Code of the member.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// True for the whole province.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.code == self.dim.total()
    }

    /// Its name.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        self.dim.members().name(&self.code, locale)
    }

    /// The code along `dim` of what it covers.
    #[must_use]
    pub fn member(&self, dim: Dim) -> &str {
        if dim == self.dim { &self.code } else { dim.total() }
    }

    /// True if it was there at some time in `period`.
    #[must_use]
    pub fn exists_in(&self, period: Period) -> bool {
        self.dim.members().get(&self.code).is_some_and(|m| m.exists_in(period))
    }

    /// What it belongs to.
    pub(super) fn parent(&self) -> Option<Self> {
        let parent = self.dim.members().get(&self.code)?.parent.as_deref()?;
        Self::new(self.dim, parent)
    }
}

/// As a form sends it: `body-SXD`.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.dim.code(), self.code)
    }
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The period; the newest quarter if absent, or if nothing is published for it.
    pub period: Option<Period>,
    /// About whom.
    pub subject: Subject,
}

impl Question {
    /// The question of an address whose parameters `get` reads; what is unknown counts as not said.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let chosen = get(OF).and_then(|of| {
            let (dim, code) = of.split_once('-')?;
            Subject::new(Dim::from_code(dim)?, code)
        });
        let named = || SUBJECTS.into_iter().find_map(|dim| Subject::new(dim, &get(dim.code())?));
        Self {
            period: get(PERIOD).and_then(|p| p.parse().ok()),
            subject: chosen.or_else(named).unwrap_or_default(),
        }
    }

    /// The query string, with a leading `?`, or nothing if nothing is asked.
    #[must_use]
    pub fn to_query(&self) -> String {
        let subject = (!self.subject.is_whole()).then_some(self.subject.code());
        let slice = Slice { period: self.period, ..Default::default() };
        slice.with(self.subject.dim, subject).to_query()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(query: &str) -> Question {
        Question::from_query(|name| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        })
    }

    #[test]
    fn a_question_reads_back_from_its_own_address() {
        for query in [
            "",
            "?period=2026-Q3",
            "?period=2026-Q3&body=B-commune-mountain",
            "?area=D384",
            "?period=2025&referrer=front",
        ] {
            assert_eq!(ask(query.trim_start_matches('?')).to_query(), query);
        }
        // As the form sends it.
        assert_eq!(ask("period=2025&of=area-R-coast").to_query(), "?period=2025&area=R-coast");
        assert_eq!(ask("of=area-38&body=SXD").to_query(), "");
    }

    #[test]
    fn what_is_unknown_is_not_asked() {
        for junk in ["period=soon&body=XX", "of=kind-civil", "of=body", "body=&area=", "kind=civil"]
        {
            assert_eq!(ask(junk), Question::default(), "{junk}");
        }
        // What can be read is kept.
        assert_eq!(ask("body=XX&area=D384&period=x").to_query(), "?area=D384");
    }

    #[test]
    fn a_subject_belongs_to_the_province_in_the_end() {
        for (dim, code) in
            [(Dim::Body, "UBND-14845"), (Dim::Area, "C14845"), (Dim::Referrer, "front")]
        {
            let subject = Subject::new(dim, code).unwrap();
            let last = std::iter::successors(Some(subject), Subject::parent).last().unwrap();
            assert_eq!(last, Subject::default(), "{code}");
        }
    }
}
