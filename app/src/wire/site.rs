//! What every page needs to know about the portal.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{Period, Text};
use serde::{Deserialize, Serialize};

use super::ReleaseInfo;
use crate::error::PortalError;

/// Who publishes the figures and answers for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishingBody {
    /// Its name.
    pub name: Text,
    /// How to reach it: an e-mail address, the address of a page, or words.
    pub contact: Option<String>,
}

/// What stands around every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// The newest release.
    pub newest: ReleaseInfo,
    /// Who publishes it, as the server was told.
    pub publishing_body: Option<PublishingBody>,
    /// Scheme and host under which the reader came, `https://example.org`.
    pub origin: Option<String>,
}

impl Site {
    /// The quarter of the next release.
    #[must_use]
    pub fn next(&self) -> Period {
        self.newest.id.period.next_quarter()
    }
}

/// The newest release, whether the figures are simulated, and who publishes them.
#[server(name = FetchSite, prefix = "/fn", endpoint = "site", input = GetUrl, output = Json)]
pub async fn site() -> Result<Site, PortalError> {
    crate::published::answer(async move {
        let published = crate::published::Published::from_context()?;
        Ok(Site {
            newest: published.newest().await?,
            publishing_body: use_context(),
            origin: origin_asked_for(),
        })
    })
    .await
}

/// Scheme and host of the request that is being answered.
#[cfg(feature = "ssr")]
pub(crate) fn origin_asked_for() -> Option<String> {
    use_context::<http::request::Parts>().and_then(|request| origin(&request.headers))
}

/// Scheme and host of a request with these headers, as a proxy in front of the portal passes them
/// on.
#[cfg(feature = "ssr")]
#[must_use]
pub fn origin(headers: &http::HeaderMap) -> Option<String> {
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    let host = header("x-forwarded-host").or_else(|| header("host"))?;
    let secure = header("x-forwarded-proto").is_some_and(|proto| proto.starts_with("https"));
    let scheme = if secure { "https" } else { "http" };
    (!host.is_empty() && host.chars().all(plain)).then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::origin;

    fn of(headers: &[(&str, &str)]) -> Option<String> {
        let mut request = http::Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        origin(request.body(()).unwrap().headers())
    }

    #[test]
    fn the_address_of_a_page_is_the_one_that_the_reader_asked_for() {
        assert_eq!(of(&[("host", "127.0.0.1:3000")]).as_deref(), Some("http://127.0.0.1:3000"));
        let proxied = [("host", "inner"), ("x-forwarded-host", "example.org")];
        let proxied = [&proxied[..], &[("x-forwarded-proto", "https")]].concat();
        assert_eq!(of(&proxied).as_deref(), Some("https://example.org"));
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("host", "<b>")]), None);
    }
}
