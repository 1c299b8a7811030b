//! Plain data of requests and calls, for spans and events.

use std::fmt;
use std::time::Duration;

use http::{Method, StatusCode};

use super::observer::Ending;
use crate::endpoint::Endpoint;
use crate::error::ErrorKind;

/// A request, when it is sent.
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "some are only for spans"))]
pub(super) struct RequestFacts {
    pub(super) method: Method,
    /// False if the method has to be `_OTHER` in attributes.
    pub(super) has_known_method: bool,
    pub(super) server_address: String,
    pub(super) server_port: u16,
    /// The URL, without values unless they are allowed.
    pub(super) url: String,
    pub(super) url_template: Option<String>,
    /// Number of requests of the call before this one.
    pub(super) resend_count: u32,
}

/// A call, for events. It shows its method and URL.
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "for events"))]
pub(super) struct CallFacts<'a> {
    pub(super) endpoint: &'static Endpoint,
    /// The URL of the first request; empty if there was none.
    pub(super) url: &'a str,
    pub(super) attempts: u32,
    pub(super) elapsed: Duration,
    pub(super) error_type: Option<&'a str>,
}

impl CallFacts<'_> {
    /// Returns the name of the function that was called, for example `Tickets::list`.
    #[cfg(feature = "tracing")]
    pub(super) fn endpoint_name(&self) -> impl fmt::Display {
        EndpointName(self.endpoint)
    }
}

#[cfg(feature = "tracing")]
struct EndpointName(&'static Endpoint);

#[cfg(feature = "tracing")]
impl fmt::Display for EndpointName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}::{}", self.0.api(), self.0.name())
    }
}

impl fmt::Display for CallFacts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.url {
            "" => self.endpoint.fmt(f),
            url => write!(f, "{} {url}", self.endpoint.method()),
        }
    }
}

/// How a request, a call or a stream has ended, in words of our own.
pub(super) struct Outcome {
    pub(super) ending: Ending,
    pub(super) status: Option<StatusCode>,
    /// The reason why a retry that was due was not made.
    pub(super) not_retried: Option<&'static str>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(status) = self.status {
            write!(f, "{}", status.as_u16())?;
            status.canonical_reason().map_or(Ok(()), |reason| write!(f, " {reason}"))?;
        }
        let clause = match self.ending {
            Ending::Complete if self.status.is_none() => Some("complete"),
            Ending::Complete => None,
            Ending::Failed { kind: ErrorKind::Api } if self.status.is_some() => None,
            Ending::Failed { kind } => Some(kind.clause()),
            Ending::Cancelled => Some("dropped by the caller"),
        };
        let comma = if self.status.is_some() { ", " } else { "" };
        clause.map_or(Ok(()), |clause| write!(f, "{comma}{clause}"))?;
        self.not_retried.map_or(Ok(()), |reason| write!(f, " (not retried: {reason})"))
    }
}
