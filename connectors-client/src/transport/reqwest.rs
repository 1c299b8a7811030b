//! The transport that is used unless another is given; the only file that names reqwest.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method};
use http_body::{Body as _, Frame, SizeHint};
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt as _;

use super::pools::Pools;
use super::{Sending, Transport, TransportError, cause};
use crate::ErrorKind;
use crate::body::Body;
use crate::config::ConfigError;

/// What of the configuration is the transport's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) environment_proxies: bool,
    /// Whether the base URL is https, so that there is no client without certificates to trust.
    pub(crate) needs_tls: bool,
}

/// Sends over reqwest, with everything off that could send a request twice. What an HTTP/2 server says it has not processed
/// is still sent again by reqwest, without a count.
pub(crate) struct Reqwest {
    settings: Settings,
    clients: Pools<reqwest::Client>,
}

impl Reqwest {
    pub(crate) fn new(settings: Settings) -> Result<Self, ConfigError> {
        Ok(Self { settings, clients: Pools::new(Self::client(settings)?) })
    }

    fn client(settings: Settings) -> Result<reqwest::Client, ConfigError> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(settings.needs_tls)?)
            // reqwest compares each hop with the one before it; which hop may see a secret is decided in the call loop.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(settings.connect_timeout);
        if !settings.environment_proxies {
            builder = builder.no_proxy();
        }
        builder.build().map_err(|error| {
            ConfigError::new(format!("the HTTP transport cannot be set up: {}", error.without_url()))
        })
    }
}

/// TLS with ring and the certificates that the platform trusts, read once per process.
fn tls(needed: bool) -> Result<ClientConfig, ConfigError> {
    static PLATFORM: OnceLock<Result<ClientConfig, String>> = OnceLock::new();
    let platform = PLATFORM.get_or_init(|| platform_tls().map_err(|error| error.to_string()));
    match platform {
        Ok(config) => Ok(config.clone()),
        // A machine without certificates can still talk to a loopback server.
        Err(_) if !needed => trusting_nobody(),
        Err(error) => Err(ConfigError::new(format!("TLS cannot be set up: {error}"))),
    }
}

fn platform_tls() -> Result<ClientConfig, rustls::Error> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    Ok(with_protocols(config))
}

fn trusting_nobody() -> Result<ClientConfig, ConfigError> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| ConfigError::new(format!("TLS cannot be set up: {error}")))?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Ok(with_protocols(config))
}

/// reqwest leaves the protocols of a TLS set-up that is given to it alone.
fn with_protocols(mut config: ClientConfig) -> ClientConfig {
    if cfg!(feature = "http2") {
        config.alpn_protocols.push(b"h2".to_vec());
    }
    config.alpn_protocols.push(b"http/1.1".to_vec());
    config
}

impl Transport for Reqwest {
    fn send(&self, request: http::Request<Body>) -> Sending<'_> {
        Box::pin(async move {
            let request = request_of(request)?;
            let client = self.clients.current(|| Self::client(self.settings));
            let client = client.map_err(|error| TransportError::new(ErrorKind::Build, error))?;
            let response = client.execute(request).await.map_err(of_exchange)?;
            Ok(http::Response::from(response).map(|body| Body::stream(ReplyBody(body))))
        })
    }
}

fn request_of(request: http::Request<Body>) -> Result<reqwest::Request, TransportError> {
    let (parts, body) = request.into_parts();
    let url = reqwest::Url::parse(&parts.uri.to_string())
        .map_err(|error| TransportError::new(ErrorKind::Build, error))?;
    let mut request = reqwest::Request::new(parts.method, url);
    *request.headers_mut() = parts.headers;
    let is_empty = body.is_end_stream();
    if is_empty && matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        // What RFC 9110 section 8.6 asks for and hyper leaves out; some servers answer 411 without it.
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    if !is_empty {
        *request.body_mut() = Some(match body.try_into_bytes() {
            Ok(bytes) => bytes.into(),
            Err(stream) => reqwest::Body::wrap(stream),
        });
    }
    Ok(request)
}

fn of_exchange(error: reqwest::Error) -> TransportError {
    let timed_out = error.is_timeout();
    if cause::is_of_the_request(&error) {
        return with_kind(ErrorKind::Interrupted, timed_out, error).of_the_request();
    }
    let kind = if error.is_builder() {
        ErrorKind::Build
    } else if error.is_connect() {
        cause::of_connecting(&error)
    } else if timed_out {
        ErrorKind::Timeout
    } else {
        cause::of_exchange(&error)
    };
    with_kind(kind, timed_out, error)
}

/// The URL, which holds the call's values, is taken out of the error.
fn with_kind(kind: ErrorKind, timed_out: bool, error: reqwest::Error) -> TransportError {
    TransportError { timed_out, ..TransportError::new(kind, error.without_url()) }
}

/// A reply's body as reqwest gives it: decompressed.
struct ReplyBody(reqwest::Body);

impl http_body::Body for ReplyBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = ready!(Pin::new(&mut self.0).poll_frame(context));
        Poll::Ready(
            frame.map(|frame| {
                frame.map_err(|error| with_kind(cause::of_body(&error), error.is_timeout(), error))
            }),
        )
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
