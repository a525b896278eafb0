//! What a page says when it cannot show its data. The cause is logged on the server, once, and
//! never sent.

use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use serde::{Deserialize, Serialize};

/// Why there is nothing to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PortalError {
    /// Nothing is published under this name.
    #[error("nothing is published under this name")]
    NotFound,
    /// No release is visible yet.
    #[error("no release has been published yet")]
    NothingPublished,
    /// The data cannot be read at the moment.
    #[error("the data cannot be read at the moment")]
    Unavailable,
}

impl FromServerFnError for PortalError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_cause: ServerFnErrorErr) -> Self {
        Self::Unavailable
    }
}

impl PortalError {
    /// The HTTP status of a page, or of an answer, with this error.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::NothingPublished | Self::Unavailable => 503,
        }
    }

    /// Sets the status of the response that is being made; in the browser, nothing.
    pub fn set_status(self) {
        #[cfg(feature = "ssr")]
        if let (Some(response), Ok(status)) = (
            use_context::<leptos_axum::ResponseOptions>(),
            http::StatusCode::from_u16(self.status()),
        ) {
            response.set_status(status);
        }
    }
}
