//! What a page fetches, held without its type.
//!
//! A resource of each page's own type would be compiled anew for each page, with all that waits for
//! it, draws it and reads it back in: several kilobytes a page that every reader's browser has to
//! load. Here there is one resource of values whose type only the page knows.

use std::any::Any;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::serde_json;
use leptos::server::codee::string::FromToStringCodec;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::PortalError;

/// A value of any type that can be fetched.
trait Held: Send + Sync {
    fn any(&self) -> &dyn Any;
    #[cfg(feature = "ssr")]
    fn json(&self) -> serde_json::Result<String>;
}

impl<T: Serialize + Send + Sync + 'static> Held for T {
    fn any(&self) -> &dyn Any {
        self
    }

    #[cfg(feature = "ssr")]
    fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

/// What the server answered.
#[derive(Clone)]
enum Answer {
    /// It was fetched here.
    Value(Arc<dyn Held>),
    /// It came with the page, as JSON.
    Text(Arc<str>),
    /// There is nothing.
    Error(PortalError),
}

impl Answer {
    fn read<T: Clone + DeserializeOwned + 'static>(&self) -> Result<T, PortalError> {
        match self {
            Self::Value(value) => value.any().downcast_ref::<T>().cloned(),
            // As bytes: that is how server functions read their answers, with the same code.
            Self::Text(json) => serde_json::from_slice(json.as_bytes()).ok(),
            Self::Error(error) => return Err(*error),
        }
        .ok_or(PortalError::Unavailable)
    }
}

/// The mark before the JSON of a value that the server found.
const FOUND: char = '+';
/// The mark before the JSON of an error.
const FAILED: char = '-';

/// As it travels with the page: from the server to the browser, never back.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "ssr")]
            Self::Value(value) => write!(f, "{FOUND}{}", value.json().map_err(|_e| fmt::Error)?),
            #[cfg(not(feature = "ssr"))]
            Self::Value(_) => Err(fmt::Error),
            Self::Text(json) => write!(f, "{FOUND}{json}"),
            Self::Error(error) => {
                let json = serde_json::to_string(error).map_err(|_e| fmt::Error)?;
                write!(f, "{FAILED}{json}")
            }
        }
    }
}

impl FromStr for Answer {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text.strip_prefix(FOUND) {
            Some(json) => Self::Text(json.into()),
            None => Self::Error(serde_json::from_str(text.trim_start_matches(FAILED))?),
        })
    }
}

type Answers = Resource<Answer, FromToStringCodec>;
type Pending = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// What a page waits for, a `T`.
pub(crate) struct Fetched<T> {
    answers: Answers,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Fetched<T> {}

/// Fetches whenever what `source` gives has changed; on a page that the server rendered, takes what
/// came with it.
pub(crate) fn fetch<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetcher: impl Fn(S) -> F + Send + Sync + 'static,
) -> Fetched<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + Send + Sync + 'static,
    F: Future<Output = Result<T, PortalError>> + Send + 'static,
{
    let source = Memo::new(move |_| source());
    let start = move || -> Pending {
        let under_way = fetcher(source.get_untracked());
        Box::pin(async move {
            match under_way.await {
                Ok(value) => Answer::Value(Arc::new(value)),
                Err(error) => Answer::Error(error),
            }
        })
    };
    let answers = resource(Box::new(move || source.track()), Box::new(start));
    Fetched { answers, of: PhantomData }
}

fn resource(
    changed: Box<dyn Fn() + Send + Sync>,
    start: Box<dyn Fn() -> Pending + Send + Sync>,
) -> Answers {
    let count = Memo::new(move |before: Option<&u32>| {
        changed();
        before.map_or(0, |n| n.wrapping_add(1))
    });
    Resource::new_str(move || count.get(), move |_| start())
}

impl<T: Clone + DeserializeOwned + 'static> IntoFuture for Fetched<T> {
    type Output = Result<T, PortalError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.answers.await.read() })
    }
}

impl<T: Clone + DeserializeOwned + 'static> Fetched<T> {
    /// Draws what was fetched, or why there is nothing, once it is there; while it changes, what
    /// stood there stays.
    pub(crate) fn shown(
        self,
        waiting: Waiting,
        draw: impl Fn(Result<T, PortalError>) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        shown(self.answers, waiting, Arc::new(move |answer| draw(answer.read())))
    }
}

/// What stands there until the first answer.
pub(crate) type Waiting = Arc<dyn Fn() -> AnyView + Send + Sync>;

fn shown(
    answers: Answers,
    waiting: Waiting,
    draw: Arc<dyn Fn(Answer) -> AnyView + Send + Sync>,
) -> AnyView {
    view! {
        <Transition fallback=move || waiting()>
            {move || {
                let draw = Arc::clone(&draw);
                Suspend::new(async move { draw(answers.await) })
            }}
        </Transition>
    }
    .into_any()
}
