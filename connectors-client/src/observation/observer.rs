//! Observers of calls, for metrics.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, StatusCode, Version};

use crate::endpoint::Endpoint;
use crate::error::ErrorKind;
use crate::transport::Attempt;

/// Observes the calls of a client, for metrics. Pass it to
/// [`ClientBuilder::observer`](crate::ClientBuilder::observer).
///
/// The functions are called in the task of the call, so they must not block. They must not panic:
/// a panic ends the task.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// use connectors_client::{AttemptReport, CallReport, Client, Observer};
///
/// /// Counts requests and failed calls.
/// #[derive(Default)]
/// struct Counts {
///     requests: AtomicU64,
///     failures: AtomicU64,
/// }
///
/// impl Observer for Counts {
///     fn attempt_ended(&self, report: &AttemptReport<'_>) {
///         self.requests.fetch_add(1, Ordering::Relaxed);
///         println!("{} took {:?}", report.endpoint(), report.duration());
///     }
///
///     fn call_ended(&self, report: &CallReport<'_>) {
///         self.failures.fetch_add(u64::from(report.error_kind().is_some()), Ordering::Relaxed);
///     }
/// }
///
/// let client = Client::builder("https://api.example.com").observer(Counts::default()).build()?;
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
pub trait Observer: Send + Sync + 'static {
    /// Called when a request has ended: an attempt, or a redirect within one. The default does
    /// nothing.
    fn attempt_ended(&self, report: &AttemptReport<'_>) {
        let _ = report;
    }

    /// Called when a call has ended, also if it was dropped. The call of a stream ends with the
    /// response headers. The default does nothing.
    fn call_ended(&self, report: &CallReport<'_>) {
        let _ = report;
    }
}

impl<T: Observer + ?Sized> Observer for Arc<T> {
    fn attempt_ended(&self, report: &AttemptReport<'_>) {
        (**self).attempt_ended(report);
    }

    fn call_ended(&self, report: &CallReport<'_>) {
        (**self).call_ended(report);
    }
}

/// How an attempt or a call has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Complete,
    Failed {
        kind: ErrorKind,
    },
    /// The caller dropped the call.
    Cancelled,
}

impl Ending {
    pub(super) fn kind(self) -> Option<ErrorKind> {
        match self {
            Self::Failed { kind } => Some(kind),
            Self::Complete | Self::Cancelled => None,
        }
    }

    /// Returns `error.type`, as the conventions define it: a status that is the error, as a number,
    /// or else the kind of the error. A call that was dropped has not failed.
    pub(super) fn error_type(self, status: Option<StatusCode>) -> Option<Cow<'static, str>> {
        let kind = self.kind()?;
        match status {
            Some(status) if kind == ErrorKind::Api && !status.is_success() => {
                Some(status.as_str().to_owned().into())
            }
            _ => Some(kind.name().into()),
        }
    }
}

/// Facts about a request or a call that has ended.
#[derive(Clone, Debug)]
pub(super) struct Ended<'a> {
    pub(super) endpoint: &'static Endpoint,
    pub(super) url_template: Option<&'a str>,
    pub(super) status: Option<StatusCode>,
    pub(super) ending: Ending,
    pub(super) sent: bool,
    pub(super) duration: Duration,
}

/// Writes the methods that both reports have.
macro_rules! facts {
    ($report:ident) => {
        impl $report<'_> {
            /// Returns the endpoint that was called.
            pub fn endpoint(&self) -> &'static Endpoint {
                self.ended.endpoint
            }

            /// Returns the path of the base URL and the template of the endpoint, for example
            /// `/v1/connectors/{id}`. It has no values. It is `None` if no trait declares the
            /// endpoint, or if the endpoint consists of a URL that the caller gives.
            pub fn url_template(&self) -> Option<&str> {
                self.ended.url_template
            }

            /// Returns the status of the last response, if its headers were received.
            pub fn status(&self) -> Option<StatusCode> {
                self.ended.status
            }

            /// Returns the kind of the error; `None` if there is none, as after a redirect, or if
            /// the caller dropped the call.
            pub fn error_kind(&self) -> Option<ErrorKind> {
                self.ended.ending.kind()
            }

            /// Returns the attribute `error.type` of OpenTelemetry: the status that is the error,
            /// such as `503`, or the [name](ErrorKind::name) of the error's kind, such as
            /// `timeout`.
            pub fn error_type(&self) -> Option<Cow<'static, str>> {
                self.ended.ending.error_type(self.ended.status)
            }

            /// Returns true if the caller dropped the call before the end.
            pub fn is_cancelled(&self) -> bool {
                self.ended.ending == Ending::Cancelled
            }

            /// Returns true if the request may have reached the server, and so may have been
            /// executed.
            pub fn is_sent(&self) -> bool {
                self.ended.sent
            }
        }
    };
}

facts!(AttemptReport);
facts!(CallReport);

/// A request that has ended: an attempt of a call, or a redirect within an attempt.
#[derive(Clone, Debug)]
pub struct AttemptReport<'a> {
    pub(super) ended: Ended<'a>,
    pub(super) attempt: Attempt,
    pub(super) method: &'a Method,
    pub(super) has_known_method: bool,
    pub(super) server_address: &'a str,
    pub(super) server_port: u16,
    pub(super) version: Option<Version>,
    pub(super) request_size: Option<u64>,
    pub(super) response_size: Option<u64>,
}

impl AttemptReport<'_> {
    /// Returns the number of the attempt, and of the redirect within it.
    pub fn attempt(&self) -> Attempt {
        self.attempt
    }

    /// Returns the method of the request.
    pub fn method(&self) -> &Method {
        self.method
    }

    /// Returns the method for the attribute `http.request.method`. It is `None` if no trait declares
    /// the request and its method is not one of RFC 9110, PATCH or QUERY. The attribute is then
    /// `_OTHER`, so that it has few values.
    pub fn known_method(&self) -> Option<&str> {
        self.has_known_method.then(|| self.method.as_str())
    }

    /// Returns the host of the request's URL.
    pub fn server_address(&self) -> &str {
        self.server_address
    }

    /// Returns the port of the request's URL, or the default port of its scheme.
    pub fn server_port(&self) -> u16 {
        self.server_port
    }

    /// Returns the HTTP version of the response, if its headers were received.
    pub fn version(&self) -> Option<Version> {
        self.version
    }

    /// Returns the HTTP version as the attribute `network.protocol.version` has it: `1.1` or `2`.
    pub fn protocol_version(&self) -> Option<&'static str> {
        version_text(self.version?)
    }

    /// Returns the time from sending the request until the end of its response. Of a stream it ends
    /// with the response headers.
    pub fn duration(&self) -> Duration {
        self.ended.duration
    }

    /// Returns the size of the request body in bytes, if it is known before the body is sent.
    pub fn request_body_size(&self) -> Option<u64> {
        self.request_size
    }

    /// Returns the number of bytes of the response body that were read. It is `None` for a stream,
    /// for a body that was decompressed, because its size on the wire is unknown, and if no
    /// response was read.
    pub fn response_body_size(&self) -> Option<u64> {
        self.response_size
    }
}

/// A call that has ended, with all its attempts.
#[derive(Clone, Debug)]
pub struct CallReport<'a> {
    pub(super) ended: Ended<'a>,
    pub(super) attempts: u32,
    pub(super) requests: u32,
}

impl CallReport<'_> {
    /// Returns the number of attempts; 0 if the request could not be built.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the number of requests: attempts and redirects.
    pub fn requests(&self) -> u32 {
        self.requests
    }

    /// Returns the time of the whole call: all attempts, and the waits between them.
    pub fn duration(&self) -> Duration {
        self.ended.duration
    }
}

/// Returns the version as the conventions write it.
pub(super) fn version_text(version: Version) -> Option<&'static str> {
    Some(match version {
        Version::HTTP_09 => "0.9",
        Version::HTTP_10 => "1.0",
        Version::HTTP_11 => "1.1",
        Version::HTTP_2 => "2",
        Version::HTTP_3 => "3",
        _ => return None,
    })
}
