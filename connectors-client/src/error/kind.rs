//! The kinds of failures.

/// The kind of failure of a call. Each kind says if the call loop retries it by default;
/// [`RetryOn`](crate::RetryOn) changes that.
///
/// "Nothing was sent" is about the last attempt. An earlier attempt may have reached the server:
/// [`Error::may_have_executed`](crate::Error::may_have_executed) tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request could not be built: a value that cannot be encoded, an option that does not fit.
    /// Nothing was sent. Never retried.
    Build,
    /// There are no credentials: a scheme of [`ClientBuilder::auth`](crate::ClientBuilder::auth)
    /// failed, for example because the token server is down. Nothing was sent. Never retried, since
    /// the scheme has retried.
    Credentials,
    /// There was no connection: name resolution or TCP failed, a proxy refused to connect, the
    /// connection ended in the TLS handshake, or the connect timeout passed. Nothing was sent.
    /// Retried, unless a proxy refused.
    Connect,
    /// A certificate was refused, or the two sides did not agree in the TLS handshake. Nothing was
    /// sent. Never retried.
    Tls,
    /// The timeout of the attempt or of the whole call passed. Retried if the call is idempotent,
    /// and always if nothing was sent, as long as time is left.
    Timeout,
    /// The connection ended before the response did. Retried if the call is idempotent, and always
    /// if nothing was sent.
    Interrupted,
    /// The response is not HTTP, or has too many headers. Never retried.
    Protocol,
    /// The server sent a redirect that is not followed: to another origin, for a method other than
    /// GET and HEAD, or after too many hops. Never retried.
    Redirect,
    /// The response body, or an item of a stream, is larger than its limit. Never retried.
    TooLarge,
    /// The response does not fit the return type. Never retried.
    Decode,
    /// The server responded with an error status. Retried for 429, and for 408, 500, 502, 503 and
    /// 504 if the call is idempotent.
    Api,
    /// A stream ended before its terminator. Never retried.
    StreamTruncated,
    /// The call was made where it cannot run: outside a Tokio runtime, in one without timers or
    /// sockets, or blocking inside one. Nothing was sent, unless the call had begun and its runtime
    /// ended or it was moved to another: then
    /// [`may_have_executed`](crate::Error::may_have_executed) is true. Never retried.
    Runtime,
}

impl ErrorKind {
    /// Returns the name of the kind in lowercase, for example `stream_truncated`. Names never change,
    /// so they can be the values of a metric's label.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Credentials => "credentials",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::Protocol => "protocol",
            Self::Redirect => "redirect",
            Self::TooLarge => "too_large",
            Self::Decode => "decode",
            Self::Api => "api",
            Self::StreamTruncated => "stream_truncated",
            Self::Runtime => "runtime",
        }
    }

    /// Returns a clause that describes the kind. Unlike the text of an error, it has no words of a
    /// server.
    #[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "for events"))]
    pub(crate) const fn clause(self) -> &'static str {
        match self {
            Self::Build => "the request cannot be built",
            Self::Credentials => "there are no credentials",
            Self::Connect => "could not connect",
            Self::Tls => "TLS failed",
            Self::Timeout => "timed out",
            Self::Interrupted => "the connection ended before the response did",
            Self::Protocol => "the response is not HTTP",
            Self::Redirect => "the redirect is not followed",
            Self::TooLarge => "the response is too large",
            Self::Decode => "the response does not fit the return type",
            Self::Api => "the server reports an error",
            Self::StreamTruncated => "the stream ended before its terminator",
            Self::Runtime => "there is no runtime that can finish the call",
        }
    }
}
