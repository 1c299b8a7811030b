//! The transport that is used unless another is given; the only file that names reqwest.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue, Method};
use http_body::{Body as _, Frame, SizeHint};
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt as _;
use tower_http::decompression::{Decompression, DecompressionBody};
use tower_service::Service;

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
pub(crate) struct Reqwest(reqwest::Client);

impl Reqwest {
    pub(crate) fn new(settings: Settings) -> Result<Self, ConfigError> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(settings.needs_tls)?)
            // reqwest compares each hop with the one before it; which hop may see a secret is decided in the call loop.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // Another crate may turn these on for all; here encodings are taken off above reqwest.
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd()
            .connect_timeout(settings.connect_timeout);
        if !settings.environment_proxies {
            builder = builder.no_proxy();
        }
        builder.build().map(Self).map_err(|error| {
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
            let reply = Decompression::new(Exchange(&self.0)).call(request).await?;
            Ok(reply.map(|body| Body::stream(Decompressed(body))))
        })
    }
}

/// One exchange, with the reply as it comes.
struct Exchange<'a>(&'a reqwest::Client);

type Exchanging<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<ReplyBody>, TransportError>> + Send + 'a>>;

impl<'a> Service<http::Request<Body>> for Exchange<'a> {
    type Response = http::Response<ReplyBody>;
    type Error = TransportError;
    type Future = Exchanging<'a>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Exchanging<'a> {
        let client = self.0;
        Box::pin(async move {
            let response = client.execute(request_of(request)?).await.map_err(of_exchange)?;
            let mut reply = http::Response::from(response).map(ReplyBody);
            join_encodings(reply.headers_mut());
            Ok(reply)
        })
    }
}

/// Several lines are one list (RFC 9110 section 5.3). The decompression looks at the first alone, takes that encoding off
/// and removes them all, so that a body with two would be taken for data with one of them still on.
fn join_encodings(headers: &mut HeaderMap) {
    let encodings: Vec<_> = headers.get_all(CONTENT_ENCODING).iter().map(HeaderValue::as_bytes).collect();
    if encodings.len() > 1
        && let Ok(list) = HeaderValue::from_bytes(&encodings.join(&b", "[..]))
    {
        headers.insert(CONTENT_ENCODING, list);
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

/// A reply's body as it comes.
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

/// A reply's body without its encoding. What is no error of the exchange is one of the encoding.
struct Decompressed(DecompressionBody<ReplyBody>);

impl http_body::Body for Decompressed {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = ready!(Pin::new(&mut self.0).poll_frame(context));
        Poll::Ready(frame.map(|frame| {
            frame.map_err(|error| match error.downcast() {
                Ok(of_exchange) => *of_exchange,
                Err(of_encoding) => TransportError::new(ErrorKind::Decode, of_encoding),
            })
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
