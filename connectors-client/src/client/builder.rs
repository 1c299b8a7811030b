//! Building a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderName, HeaderValue};

use super::authenticate::schemes::Schemes;
use super::limits::{ClientLimits, GivenLimits, Limits};
use super::request_options::{self, HeaderArg, header};
use super::secret::{Secret, basic};
use super::{Client, Shared};
use crate::endpoint::call_settings::CallSettings;
#[cfg(feature = "compression")]
use crate::endpoint::call_settings::Compression;
use crate::error::ConfigError;
use crate::error::secrets::Secrets;
use crate::observation::Observation;
use crate::observation::observer::Observer;
use crate::retry::budget::RetryBudget;
use crate::retry::clock::{ClientClock, Clock};
use crate::retry::policy::RetryPolicy;
use crate::transport::Transport;
use crate::transport::layer::{Layer, NextTransport, Stack};
#[cfg(any(feature = "reqwest", feature = "hyper"))]
use crate::transport::network::NetworkSettings;
#[cfg(feature = "tower")]
use crate::transport::tower::TowerTransport;

/// A builder of a [`Client`], from [`Client::builder`].
///
/// Settings are checked by [`build`](Self::build), which reports the first mistake.
///
/// | setting | default |
/// |---|---|
/// | `connect_timeout` | 5 s |
/// | `attempt_timeout` | 60 s |
/// | `timeout`, for the whole call | 5 min |
/// | `retry` | 2 retries with full jitter, see [`RetryPolicy`] |
/// | `max_body` | 16 MiB after decompression |
/// | `max_error_body` | 64 KiB after decompression |
/// | `idle_timeout`, between two chunks of a stream | 30 s |
/// | `max_item`, for each item of a stream | 1 MiB |
/// | `compress`, `compress_from` | none, and 1,024 bytes |
/// | `max_in_flight`, `rate`, `limit_group` | no limits |
/// | `env_proxies` | enabled: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` |
/// | `proxy` | none |
/// | `root_certificates`, `client_identity` | the platform's, and none |
/// | `min_tls_version` | TLS 1.2 |
/// | `resolve`, `resolver` | the system's resolver |
/// | `local_address`, `unix_socket` | the system's choice, and TCP |
/// | `pool_max_idle_per_host`, `pool_idle_timeout` | 256 connections, 90 s |
/// | `tcp_keepalive` | after 15 s |
/// | `http2_keep_alive` | a PING after 15 s, an answer within 10 s |
/// | `max_response_headers` | 100 |
/// | `layer`, around the transport | none |
/// | `auth`, `auth_scheme` | no credentials |
/// | `observer`, `attempt_headers` | none |
/// | `trace_url_values`, in spans and events | forbidden |
#[must_use]
pub struct ClientBuilder {
    pub(super) base_url: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The first mistake, reported by `build`.
    mistake: Option<ConfigError>,
    pub(super) allow_http_tokens: bool,
    transport: Option<Box<dyn Transport>>,
    #[cfg(any(feature = "reqwest", feature = "hyper"))]
    pub(super) network: NetworkSettings,
    /// True if the lean transport was chosen.
    #[cfg(feature = "hyper")]
    pub(super) is_lean: bool,
    /// Settings of reqwest, from the caller.
    #[cfg(feature = "reqwest")]
    pub(super) configure: Option<crate::transport::reqwest_client::Configure>,
    layers: Vec<Layer>,
    /// Origins that a `#[url]` may lead to.
    allowed_origins: Vec<String>,
    pub(super) clock: ClientClock,
    observation: Observation,
    retry: RetryPolicy,
    settings: CallSettings,
    pub(super) schemes: Schemes,
    limits: GivenLimits,
    #[cfg(feature = "compression")]
    compress_from: u64,
}

impl ClientBuilder {
    pub(crate) fn new(base_url: &str) -> Self {
        let agent =
            HeaderValue::from_static(concat!("connectors-client/", env!("CARGO_PKG_VERSION")));
        Self {
            base_url: base_url.to_owned(),
            headers: vec![(USER_AGENT, agent)],
            mistake: None,
            allow_http_tokens: false,
            allowed_origins: Vec::new(),
            transport: None,
            #[cfg(any(feature = "reqwest", feature = "hyper"))]
            network: NetworkSettings::default(),
            #[cfg(feature = "hyper")]
            is_lean: false,
            #[cfg(feature = "reqwest")]
            configure: None,
            layers: Vec::new(),
            clock: ClientClock::default(),
            observation: Observation::default(),
            retry: RetryPolicy::default(),
            settings: CallSettings::DEFAULT,
            schemes: Schemes::default(),
            limits: GivenLimits::default(),
            #[cfg(feature = "compression")]
            compress_from: 1024,
        }
    }

    /// Sends `Authorization: Bearer <token>` (RFC 6750 section 2.1).
    pub fn bearer_token(self, token: impl Into<Secret>) -> Self {
        let value = token.into().header_value("token", "Bearer ");
        self.with_header(Ok(AUTHORIZATION), value)
    }

    /// Sends `Authorization: Basic` with a user and a password (RFC 7617). One of them can be
    /// empty, since some services expect a key as the user. The user must not contain a `:`.
    ///
    /// OAuth servers that follow RFC 6749 section 2.3.1 expect both values form-encoded. Encode
    /// them first if they contain more than letters, digits, `-`, `.` and `_`.
    pub fn basic_auth(self, user: &str, password: impl Into<Secret>) -> Self {
        let value = basic(user, &password.into());
        self.with_header(Ok(AUTHORIZATION), value)
    }

    /// Sends a token in another header, for example `X-Api-Key`. The value is treated as a secret.
    pub fn auth_header(self, name: &str, token: impl Into<Secret>) -> Self {
        let value = token.into().header_value("token", "");
        self.with_header(header_name(name), value)
    }

    /// Sends a header with each request. It replaces an earlier default with the same name; `None`
    /// removes that default. `Content-Length` and `Transfer-Encoding` follow from the body and
    /// cannot be set.
    pub fn header<'a>(mut self, name: &str, value: impl Into<HeaderArg<'a>>) -> Self {
        match header(name, value) {
            Ok((name, value)) => {
                self.headers.retain(|(other, _)| *other != name);
                self.headers.extend(value.map(|value| (name, value)));
                self
            }
            Err(mistake) => self.fail(ConfigError::new(mistake)),
        }
    }

    /// Sends the name of your program in the header `X-Client-Name`.
    pub fn client_name(self, name: &str) -> Self {
        self.header("x-client-name", name)
    }

    /// Sends this `User-Agent`. The default is `connectors-client/<version>`.
    pub fn user_agent(self, agent: &str) -> Self {
        self.header("user-agent", agent)
    }

    /// Allows or forbids tokens over plain http to any host. By default they are sent only over
    /// https or to a loopback address, because everyone on the network path can read plain http.
    pub fn allow_http_tokens(mut self, allow: bool) -> Self {
        self.allow_http_tokens = allow;
        self
    }

    /// Sets the timeout of each attempt, from connecting to the last byte of the response. The
    /// default is 60 s. An attempt that exceeds it fails with a `Timeout` error. With a timeout of
    /// zero, each attempt fails.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = timeout;
        self
    }

    /// Sets the timeout of the whole call: all attempts, the waits between them, and the response
    /// body. The default is 5 minutes. A call that exceeds it fails with a `Timeout` error.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Sets how failed attempts are retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the maximum number of retries, and keeps the rest of the policy. The default is 2.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.retry = self.retry.max_retries(retries);
        self
    }

    /// Sets the maximum size of a response body, in bytes after decompression. A larger body is a
    /// `TooLarge` error. The default is 16 MiB.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.settings.max_body = bytes;
        self
    }

    /// Sets how much of an error response body is kept, in bytes after decompression. The rest is
    /// not read. The default is 64 KiB.
    pub fn max_error_body(mut self, bytes: usize) -> Self {
        self.settings.max_error_body = bytes;
        self
    }

    /// Compresses request bodies of at least [`compress_from`](Self::compress_from) bytes, and
    /// streams of any length. The default is [`Compression::None`], because a server that does not
    /// support the coding usually answers 415 or 400.
    ///
    /// A body that is kept for retries is compressed once. A stream is compressed while it is sent,
    /// without a `Content-Length`. A request with a `Content-Encoding` of its own is sent as it is.
    /// [`build`](crate::ApiRequest::build) leaves the body as it is, too; sending it compresses it.
    #[cfg(feature = "compression")]
    pub fn compress(mut self, compression: Compression) -> Self {
        self.settings.compress = compression;
        self
    }

    /// Sets the size from which on request bodies are compressed, in bytes. The default is 1,024:
    /// smaller bodies gain little.
    #[cfg(feature = "compression")]
    pub fn compress_from(mut self, bytes: u64) -> Self {
        self.compress_from = bytes;
        self
    }

    /// Limits the requests of this client that are in flight at once. The minimum is 1; the default
    /// is no limit. See [`Limits::max_in_flight`].
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.limits.client = self.limits.client.max_in_flight(requests);
        self
    }

    /// Limits the requests of this client in any period of this length. The default is no limit.
    /// See [`Limits::rate`].
    pub fn rate(mut self, requests: u32, period: Duration) -> Self {
        self.limits.client = self.limits.client.rate(requests, period);
        self
    }

    /// Slows down before the server refuses requests, by the rate limit that its responses name. It
    /// is off by default. See [`Limits::follow_rate_limit`].
    pub fn follow_rate_limit(mut self) -> Self {
        self.limits.client = self.limits.client.follow_rate_limit();
        self
    }

    /// Limits the requests of the endpoints with `limit = "name"`, on the endpoint or its trait.
    /// The client's own limits apply too. A group without limits is subject to the client's alone.
    pub fn limit_group(mut self, name: impl Into<String>, limits: Limits) -> Self {
        self.limits.groups.insert(name.into(), limits);
        self
    }

    /// Sets the maximum time without data from a stream, counted from the response headers on. The
    /// default is 30 s. A stream has no timeout as a whole.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.idle_timeout = timeout;
        self
    }

    /// Sets the maximum size of an item of a stream, an event or a line, in bytes. A larger item is
    /// a `TooLarge` error, which ends the stream. The default is 1 MiB.
    pub fn max_item(mut self, bytes: usize) -> Self {
        self.settings.max_item = bytes;
        self
    }

    /// Sends requests through a custom transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Puts a transport around the one that sends: the network, a [`transport`](Self::transport) of
    /// your own or a [`Fake`](crate::Fake). The function is called by [`build`](Self::build) with
    /// the [`NextTransport`]. It can be given several times; the last layer is the outermost and
    /// sees a request first.
    ///
    /// A layer sees each attempt and each redirect, in the form in which the next transport gets it.
    /// The request's extensions hold the [`&'static Endpoint`](crate::Endpoint), the
    /// [`Attempt`](crate::Attempt) with the number of the attempt and of the redirect, and the
    /// [`Arguments`](crate::Arguments) by name. Compressed responses are decompressed already. A
    /// layer can change the request or the response, answer by itself, or send again. If one of its
    /// requests may have reached the server, the call counts as sent.
    ///
    /// ```
    /// use std::time::Instant;
    ///
    /// use connectors_client::{Attempt, Body, Client, Endpoint, NextTransport, Transport, TransportFuture};
    ///
    /// /// Prints a line per request.
    /// struct Log(NextTransport);
    ///
    /// impl Transport for Log {
    ///     fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
    ///         Box::pin(async move {
    ///             let endpoint = request.extensions().get::<&'static Endpoint>().copied();
    ///             let attempt = request.extensions().get::<Attempt>().copied();
    ///             let started = Instant::now();
    ///             let result = self.0.send(request).await;
    ///             let status = result.as_ref().map(|response| response.status());
    ///             println!("{endpoint:?}, {attempt:?}: {status:?} after {:?}", started.elapsed());
    ///             result
    ///         })
    ///     }
    /// }
    ///
    /// let client = Client::builder("https://api.example.com").layer(Log).build()?;
    /// # Ok::<(), connectors_client::ConfigError>(())
    /// ```
    pub fn layer<T: Transport>(
        mut self,
        layer: impl FnOnce(NextTransport) -> T + Send + Sync + 'static,
    ) -> Self {
        self.layers.push(Box::new(move |next| Arc::new(layer(next))));
        self
    }

    /// Puts a layer of tower around the transport, like [`layer`](Self::layer). Layers that only
    /// change or delay requests work unchanged, such as `ConcurrencyLimitLayer` and those of
    /// tower-http. See [`TowerTransport`](crate::TowerTransport) for how errors are read.
    ///
    /// The transport below is always ready. So layers that depend on each other's readiness, such
    /// as load shedding around a limit, have to be in one `ServiceBuilder`, which is a layer too.
    ///
    /// ```
    /// use connectors_client::Client;
    /// use tower::limit::ConcurrencyLimitLayer;
    ///
    /// let client = Client::builder("https://api.example.com")
    ///     .tower_layer(ConcurrencyLimitLayer::new(32))
    ///     .build()?;
    /// # Ok::<(), connectors_client::ConfigError>(())
    /// ```
    #[cfg(feature = "tower")]
    pub fn tower_layer<L>(self, layer: L) -> Self
    where
        L: tower_layer::Layer<NextTransport> + Send + Sync + 'static,
        TowerTransport<L::Service>: Transport,
    {
        self.layer(move |next| TowerTransport::new(layer.layer(next)))
    }

    /// Allows the URL of an argument with `#[url]` to lead to this origin, such as the server of an
    /// upload: `https://uploads.example.com`. It is https or this machine, and an exact origin.
    ///
    /// Nothing of the client goes there: no token, no default header, no compression, no option of
    /// [`Client::with_options`], no `Authorization` that the endpoint or its trait declares. The
    /// request has the arguments and the options of the call, and the other headers and the
    /// `compress` of the endpoint. Redirects stay within that origin. Pages and polling stay within
    /// the base URL's.
    ///
    /// A client certificate would be sent to each server that asks for one, so a client cannot have
    /// both. Headers that `ClientBuilder::reqwest` sets go everywhere.
    ///
    /// ```
    /// use connectors_client::{Body, Client, api_client};
    ///
    /// #[api_client]
    /// trait Uploads {
    ///     #[put("")]
    ///     async fn put(&self, #[url] signed: &str, #[body] file: Body);
    /// }
    ///
    /// let client = Client::builder("https://api.example.com")
    ///     .allow_origin("https://uploads.example.com")
    ///     .build()?;
    /// # Ok::<(), connectors_client::ConfigError>(())
    /// ```
    pub fn allow_origin(mut self, origin: impl Into<String>) -> Self {
        self.allowed_origins.push(origin.into());
        self
    }

    /// Observes each attempt and each call, for metrics. It can be given several times.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observation.observers.push(Box::new(observer));
        self
    }

    /// Adds headers to each attempt and each redirect, such as `traceparent`. It can be given
    /// several times.
    ///
    /// The function gets an empty map. It is called when the attempt is made, in its span, and must
    /// not block. A header that the request already has stays as it is, and `Content-Length` and
    /// `Transfer-Encoding` cannot be set. Nothing is added to requests to an
    /// [allowed origin](Self::allow_origin). The headers of `.build()` do not include these.
    ///
    /// A scheme of [`auth`](Self::auth) sees these headers, so that a signature can cover them. So
    /// with a scheme the span of an attempt begins before the credentials are obtained, and includes
    /// the wait for the client's limits. The durations of an [`Observer`] begin when the request is
    /// sent, in every case.
    ///
    /// If a value is marked as sensitive, a call over plain http to another machine fails with a
    /// [`Build`](crate::ErrorKind::Build) error, unless
    /// [`allow_http_tokens`](Self::allow_http_tokens) is set.
    ///
    /// ```
    /// use connectors_client::Client;
    /// use http::HeaderValue;
    ///
    /// # fn current_trace() -> HeaderValue { HeaderValue::from_static("00-..") }
    /// let client = Client::builder("https://api.example.com")
    ///     .attempt_headers(|headers| {
    ///         headers.insert("traceparent", current_trace());
    ///     })
    ///     .build()?;
    /// # Ok::<(), connectors_client::ConfigError>(())
    /// ```
    pub fn attempt_headers(
        mut self,
        headers: impl Fn(&mut http::HeaderMap) + Send + Sync + 'static,
    ) -> Self {
        self.observation.headers.push(Box::new(headers));
        self
    }

    /// Allows or forbids the values of paths and queries in the `url.full` of spans and in events.
    /// By default they have the template's placeholders and `REDACTED` instead, because ids and
    /// queries can be personal data. The URL of a call with a [`Secret`](crate::Secret) in it never
    /// has its values.
    pub fn trace_url_values(mut self, allow: bool) -> Self {
        self.observation.shows_url_values = allow;
        self
    }

    /// Replaces the clock, for tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = ClientClock(Some(Arc::new(clock)));
        self
    }

    pub(crate) fn with_clock(mut self, clock: ClientClock) -> Self {
        self.clock = clock;
        self
    }

    /// Builds the client, without connecting. Returns an error if a setting is invalid, or if a
    /// token would be sent over plain http.
    pub fn build(mut self) -> Result<Client, ConfigError> {
        if let Some(mistake) = self.mistake {
            return Err(mistake);
        }
        let mut base = self.base()?;
        self.allowed_origins.iter().try_for_each(|origin| base.allow(origin))?;
        #[cfg(all(feature = "tls", any(feature = "reqwest", feature = "hyper")))]
        if !self.allowed_origins.is_empty() && self.network.tls.identity.is_some() {
            let mistake = "a client certificate would go to the allowed origins too: make a client of its own for them";
            return Err(ConfigError::new(mistake));
        }
        let has_secret = self.headers.iter().any(|(_, value)| value.is_sensitive());
        if !base.may_carry_secrets() && (has_secret || self.schemes.is_any()) {
            return Err(ConfigError::new(base.insecure()));
        }
        let is_custom = self.transport.is_some();
        let needs_runtime = !is_custom || self.clock.0.is_none();
        let transport = match self.transport.take() {
            Some(transport) => transport,
            None => self.network_transport(&base)?,
        };
        let shared = Shared {
            base,
            secrets: Secrets::of_headers(self.headers.iter().map(|(_, value)| value)),
            headers: self.headers,
            transport: Stack::new(transport, is_custom, self.layers),
            settings: CallSettings { max_retries: self.retry.max_retries, ..self.settings },
            retry: self.retry,
            retry_budget: Arc::new(RetryBudget::full()),
            #[cfg(feature = "compression")]
            compress_from: self.compress_from,
            limits: ClientLimits::new(&self.limits, &self.clock)?,
            clock: self.clock,
            observation: Arc::new(self.observation),
            needs_runtime,
            schemes: self.schemes.shared(),
        };
        let client = Client { shared: Arc::new(shared), defaults: None };
        client.shared.schemes.iter().try_for_each(|schemes| schemes.check(&client))?;
        Ok(client)
    }

    /// Returns true if a custom transport was set.
    #[cfg(any(feature = "reqwest", feature = "hyper"))]
    pub(super) fn has_transport(&self) -> bool {
        self.transport.is_some()
    }

    /// Keeps the first mistake for `build`, so that the setters can be chained.
    pub(crate) fn fail(mut self, mistake: ConfigError) -> Self {
        self.mistake.get_or_insert(mistake);
        self
    }

    #[cfg(feature = "cohere")]
    pub(crate) fn base_url(mut self, base_url: &str) -> Self {
        base_url.clone_into(&mut self.base_url);
        self
    }

    fn with_header(
        mut self,
        name: Result<HeaderName, ConfigError>,
        value: Result<HeaderValue, ConfigError>,
    ) -> Self {
        match (name, value) {
            (Ok(name), Ok(value)) => {
                self.headers.retain(|(other, _)| *other != name);
                self.headers.push((name, value));
                self
            }
            (Err(mistake), _) | (_, Err(mistake)) => self.fail(mistake),
        }
    }
}

fn header_name(name: &str) -> Result<HeaderName, ConfigError> {
    request_options::header_name(name).map_err(ConfigError::new)
}

/// Shows the names of the headers, never their values.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("retry", &self.retry)
            .field("timeout", &self.settings.timeout)
            .finish_non_exhaustive()
    }
}
