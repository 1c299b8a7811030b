//! Observes calls: spans and events of `tracing`, observers for metrics, and the headers that tell
//! a server about a trace.
//!
//! ```text
//! Observed::begin ─> request ─> head ─> body ─> attempt_failed ─> retry ─> request ..
//!                                        └─> succeeded ─> decoded
//! ```
//!
//! A call that nobody observes has no state here: each step is one branch.

mod facts;
#[cfg(not(feature = "tracing"))]
mod no_spans;
mod observed;
pub(crate) mod observer;
#[cfg(feature = "tracing")]
mod spans;
mod stream_watch;
mod url;

#[cfg(not(feature = "tracing"))]
use no_spans as spans;

use http::HeaderMap;

use facts::{CallFacts, RequestFacts};
pub(crate) use observed::{Observed, Outgoing};
use observer::Observer;
pub(crate) use spans::Caller;
pub(crate) use stream_watch::StreamWatch;

/// A function that adds headers to an attempt.
pub(crate) type AttemptHeaders = Box<dyn Fn(&mut HeaderMap) + Send + Sync>;

/// The settings of a client by which its calls are observed.
#[derive(Default)]
pub(crate) struct Observation {
    pub(crate) observers: Vec<Box<dyn Observer>>,
    /// The headers of each attempt.
    pub(crate) headers: Vec<AttemptHeaders>,
    /// True if `url.full` has the values of paths and queries.
    pub(crate) shows_url_values: bool,
}

impl Observation {
    /// Returns the headers to add to an attempt.
    pub(crate) fn attempt_headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        self.headers.iter().for_each(|add| add(&mut headers));
        headers
    }
}
