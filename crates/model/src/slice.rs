//! A slice of a published table as its address in the browser says it: query parameters are
//! English and the same in both languages.

use serde::{Deserialize, Serialize};

use crate::dimension::Dim;
use crate::period::Period;

/// The filters of a page. A filter that is absent, unknown or malformed is `None`: an address
/// typed by hand never breaks a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slice {
    /// Report period.
    pub period: Option<Period>,
    /// Area member code.
    pub area: Option<String>,
    /// Body member code.
    pub body: Option<String>,
    /// Kind member code.
    pub kind: Option<String>,
    /// Field member code.
    pub field: Option<String>,
    /// Referrer member code.
    pub referrer: Option<String>,
}

impl Slice {
    /// Reads the filters from query parameters; `get` returns the value of a parameter.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let known = |dim: Dim| get(dim.code()).filter(|code| dim.members().get(code).is_some());
        Self {
            period: get("period").and_then(|p| p.parse().ok()),
            area: known(Dim::Area),
            body: known(Dim::Body),
            kind: known(Dim::Kind),
            field: known(Dim::Field),
            referrer: known(Dim::Referrer),
        }
    }

    /// The filter along `dim`.
    #[must_use]
    pub fn member(&self, dim: Dim) -> Option<&str> {
        match dim {
            Dim::Area => self.area.as_deref(),
            Dim::Body => self.body.as_deref(),
            Dim::Kind => self.kind.as_deref(),
            Dim::Field => self.field.as_deref(),
            Dim::Referrer => self.referrer.as_deref(),
        }
    }

    /// The same with `member` along `dim`.
    #[must_use]
    pub fn with(mut self, dim: Dim, member: Option<&str>) -> Self {
        let slot = match dim {
            Dim::Area => &mut self.area,
            Dim::Body => &mut self.body,
            Dim::Kind => &mut self.kind,
            Dim::Field => &mut self.field,
            Dim::Referrer => &mut self.referrer,
        };
        *slot = member.map(ToOwned::to_owned);
        self
    }

    /// The query string, with a leading `?`, or nothing if no filter is set. Codes need no
    /// escaping: they are letters, digits, `-` and `_`.
    #[must_use]
    pub fn to_query(&self) -> String {
        let period = self.period.map(|p| ("period", p.to_string()));
        let dims =
            Dim::ALL.into_iter().filter_map(|d| Some((d.code(), self.member(d)?.to_owned())));
        let mut out = String::new();
        for (name, value) in period.into_iter().chain(dims) {
            out.push(if out.is_empty() { '?' } else { '&' });
            out.push_str(name);
            out.push('=');
            out.push_str(&value);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_reads_back_from_its_own_address() {
        let slice = Slice {
            period: "2026-Q3".parse().ok(),
            area: Some("D384".into()),
            kind: Some("complaint".into()),
            ..Slice::default()
        };
        let query = slice.to_query();
        assert_eq!(query, "?period=2026-Q3&area=D384&kind=complaint");
        let read = Slice::from_query(|name| {
            query[1..]
                .split('&')
                .find_map(|p| p.strip_prefix(name)?.strip_prefix('=').map(Into::into))
        });
        assert_eq!(read, slice);
    }

    #[test]
    fn unknown_filters_are_dropped() {
        let read = Slice::from_query(|name| (name == "area").then(|| "<script>".to_owned()));
        assert_eq!(read, Slice::default());
    }
}
