//! How a client is set up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderName, HeaderValue};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use super::base_url::BaseUrl;
use super::request_options::{self, HeaderInput, header};
use super::secret::{Secret, basic};
use super::{Client, Shared};
use crate::endpoint::call_settings::CallSettings;
use crate::error::ConfigError;
use crate::retry::budget::RetryBudget;
use crate::retry::clock::{ClientClock, Clock};
use crate::retry::policy::RetryPolicy;
use crate::transport::Transport;
use crate::transport::reqwest::{Reqwest, Settings};

/// Sets up a [`Client`]; from [`Client::builder`].
///
/// | setting | default |
/// |---|---|
/// | `connect_timeout` | 5 s |
/// | `attempt_timeout` | 60 s |
/// | `timeout`, for the whole call | 5 min |
/// | `retry` | 2 retries with full jitter, see [`RetryPolicy`] |
/// | `max_body` | 16 MiB, decompressed |
/// | `max_error_body` | 64 KiB |
/// | `idle_timeout`, between two pieces of a stream | 30 s |
/// | `max_event`, an item of a stream | 1 MiB |
/// | `root_certificates` | those that the platform trusts |
/// | `environment_proxies` | on: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` |
#[must_use]
pub struct ClientBuilder {
    base_url: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The first mistake, reported by `build`.
    mistake: Option<ConfigError>,
    allow_http_tokens: bool,
    transport: Option<Box<dyn Transport>>,
    clock: ClientClock,
    retry: RetryPolicy,
    connect_timeout: Duration,
    settings: CallSettings,
    environment_proxies: bool,
    root_certificates: Vec<CertificateDer<'static>>,
}

impl ClientBuilder {
    pub(crate) fn new(base_url: &str) -> Self {
        let agent = HeaderValue::from_static(concat!("connectors-client/", env!("CARGO_PKG_VERSION")));
        Self {
            base_url: base_url.to_owned(),
            headers: vec![(USER_AGENT, agent)],
            mistake: None,
            allow_http_tokens: false,
            transport: None,
            clock: ClientClock::default(),
            retry: RetryPolicy::default(),
            connect_timeout: Duration::from_secs(5),
            settings: CallSettings::DEFAULT,
            environment_proxies: true,
            root_certificates: Vec::new(),
        }
    }

    /// Sends `Authorization: Bearer <token>` (RFC 6750 section 2.1).
    pub fn bearer_token(self, token: impl Into<Secret>) -> Self {
        let value = token.into().header_value("token", "Bearer ");
        self.with_header(Ok(AUTHORIZATION), value)
    }

    /// Sends `Authorization: Basic` with a user and password (RFC 7617), of which one may be empty: some services take a key
    /// as the user. Those that follow RFC 6749 section 2.3.1 to the letter want both form-encoded, which matters where they
    /// have more than letters, digits, `-`, `.` and `_`.
    pub fn basic_auth(self, user: &str, password: impl Into<Secret>) -> Self {
        let value = basic(user, &password.into());
        self.with_header(Ok(AUTHORIZATION), value)
    }

    /// Sends a token in a header of its own, for example `X-Api-Key`; it is treated as the secret it is.
    pub fn auth_header(self, name: &str, token: impl Into<Secret>) -> Self {
        let value = token.into().header_value("token", "");
        self.with_header(header_name(name), value)
    }

    /// Sends a header with each request, in place of an earlier default of that name; `None` sends none. `Content-Length`
    /// and `Transfer-Encoding` follow from the body and cannot be set.
    pub fn header<'a>(mut self, name: &str, value: impl Into<HeaderInput<'a>>) -> Self {
        match header(name, value) {
            Ok((name, value)) => {
                self.headers.retain(|(other, _)| *other != name);
                self.headers.extend(value.map(|value| (name, value)));
                self
            }
            Err(mistake) => self.fail(ConfigError::new(mistake)),
        }
    }

    /// Sends the name of your program as `X-Client-Name`.
    pub fn client_name(self, name: &str) -> Self {
        self.header("x-client-name", name)
    }

    /// Sends this `User-Agent`. The default is `connectors-client/<version>`.
    pub fn user_agent(self, agent: &str) -> Self {
        self.header("user-agent", agent)
    }

    /// Allows tokens over plain http to any host. By default they go only over https or to a loopback address, since
    /// everyone on the way can read them.
    pub fn allow_http_tokens(mut self, allow: bool) -> Self {
        self.allow_http_tokens = allow;
        self
    }

    /// Limits connecting: name resolution, TCP and TLS. The default is 5 s. A transport of your own has its own limit.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Limits each attempt, from connecting to the last byte received. The default is 60 s. Where it is shorter than the
    /// limit for connecting, a call that finds no connection counts as one that may have been executed. A limit of zero
    /// is a call that times out.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = timeout;
        self
    }

    /// Limits the whole call: all attempts, the waits between them, and the reply's body. The default is 5 minutes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Sets how failed attempts are repeated.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets how often a call is repeated at the most, and keeps the rest of the policy. The default is 2.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.retry = self.retry.max_retries(retries);
        self
    }

    /// Limits the body of a reply, in bytes after decompression. A larger one is a `TooLarge` error. The default is
    /// 16 MiB.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.settings.max_body = bytes;
        self
    }

    /// Limits how much of an error's body is kept, in bytes after decompression. The default is 64 KiB.
    pub fn max_error_body(mut self, bytes: usize) -> Self {
        self.settings.max_error_body = bytes;
        self
    }

    /// Limits the time in which nothing of a stream comes, from its head on. The default is 30 s. A stream has no limit as a
    /// whole.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.idle_timeout = timeout;
        self
    }

    /// Limits an item of a stream, an event or a line, in bytes. A larger one is a `TooLarge` error, which ends the stream.
    /// The default is 1 MiB.
    pub fn max_event(mut self, bytes: usize) -> Self {
        self.settings.max_item = bytes;
        self
    }

    /// Whether the proxies that the environment names are used. The default is true, but never for a base URL on this
    /// machine. Over plain http such a proxy sees everything, tokens too.
    pub fn environment_proxies(mut self, used: bool) -> Self {
        self.environment_proxies = used;
        self
    }

    /// Trusts a certificate authority of your own beside those of the platform: all certificates of a PEM text, as
    /// `ca.pem` has it. Certificates are checked as ever, with their names and dates. A transport of your own has its own
    /// trust, and on Android the platform alone decides.
    pub fn root_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_ref()).collect();
        let problem = match read {
            Ok(certificates) if !certificates.is_empty() => {
                self.root_certificates.extend(certificates);
                return self;
            }
            Ok(_) => "there is no certificate in them".to_owned(),
            Err(error) => error.to_string(),
        };
        self.fail(ConfigError::new(format!("the root certificates cannot be read as PEM: {problem}")))
    }

    /// Sends through a transport of your own.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Takes the time from a clock of your own, for tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = ClientClock(Some(Arc::new(clock)));
        self
    }

    /// Builds the client, or says which setting is wrong. No connection is made yet.
    pub fn build(self) -> Result<Client, ConfigError> {
        if let Some(mistake) = self.mistake {
            return Err(mistake);
        }
        let base = BaseUrl::parse(&self.base_url, self.allow_http_tokens)?;
        if !base.may_carry_secrets() && self.headers.iter().any(|(_, value)| value.is_sensitive()) {
            return Err(ConfigError::new(base.insecure()));
        }
        let needs_runtime = self.transport.is_none() || self.clock.0.is_none();
        let transport = match self.transport {
            Some(transport) => transport,
            None => Box::new(Reqwest::new(&Settings {
                connect_timeout: self.connect_timeout,
                // A proxy is another machine; what is meant for this one does not go there.
                environment_proxies: self.environment_proxies && !base.is_loopback(),
                base: base.url(),
                root_certificates: self.root_certificates,
            })?),
        };
        let shared = Shared {
            base,
            headers: self.headers,
            transport,
            retry: self.retry,
            retry_budget: RetryBudget::full(),
            settings: CallSettings { max_retries: self.retry.max_retries, ..self.settings },
            clock: self.clock,
            needs_runtime,
        };
        Ok(Client { shared: Arc::new(shared), defaults: None })
    }

    /// Keeps the first mistake for `build`, so that settings chain.
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
