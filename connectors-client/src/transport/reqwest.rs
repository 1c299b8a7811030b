//! The transport that is used unless another is given; the only file that names reqwest.

use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Uri};
use http_body::{Body as _, Frame, SizeHint};
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt as _;
use url::{ParseError, Position, Url};

use super::{Sending, Transport, TransportError, cause};
use crate::ErrorKind;
use crate::base_url::BaseUrl;
use crate::body::Body;
use crate::config::ConfigError;

/// What of the configuration is the transport's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings<'a> {
    pub(crate) connect_timeout: Duration,
    pub(crate) environment_proxies: bool,
    /// What all requests are joined to; where it is https, there is no client without certificates to trust.
    pub(crate) base: &'a BaseUrl,
}

/// Sends over reqwest, with everything off that could send a request twice.
pub(crate) struct Reqwest {
    client: reqwest::Client,
    origin: ParsedOrigin,
}

impl Reqwest {
    pub(crate) fn new(settings: Settings<'_>) -> Result<Self, ConfigError> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(settings.base.is_https())?)
            // reqwest compares each hop with the one before it; which hop may see a secret is decided in the call loop.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // What an HTTP/2 server has not processed is sent again by the call loop, which counts it. The limit of 0
            // keeps reqwest from copying each request for it.
            .retry(reqwest::retry::never().max_retries_per_request(0))
            .connect_timeout(settings.connect_timeout);
        if !settings.environment_proxies {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|error| {
            ConfigError::new(format!("the HTTP transport cannot be set up: {}", error.without_url()))
        })?;
        Ok(Self { client, origin: ParsedOrigin::new(settings.base.url()) })
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
        // Nothing goes out before it is polled; what waits is only what reqwest makes of the request.
        let sent = request_of(request, &self.origin).map(|request| self.client.execute(request));
        Box::pin(async move { Ok(reply_of(sent?.await.map_err(of_exchange)?)) })
    }

    fn reads_extensions(&self) -> bool {
        false
    }
}

fn reply_of(mut response: reqwest::Response) -> http::Response<Body> {
    let (status, version) = (response.status(), response.version());
    let headers = std::mem::take(response.headers_mut());
    let mut reply = http::Response::new(Body::stream(ReplyBody(response)));
    *reply.status_mut() = status;
    *reply.version_mut() = version;
    *reply.headers_mut() = headers;
    reply
}

fn request_of(
    request: http::Request<Body>,
    origin: &ParsedOrigin,
) -> Result<reqwest::Request, TransportError> {
    let (parts, body) = request.into_parts();
    let url = origin.url_of(&parts.uri).map_err(|error| TransportError::new(ErrorKind::Build, error))?;
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

/// The origin that requests go to, as reqwest's URLs have it. Most of parsing a URL is its host, which is parsed once here.
struct ParsedOrigin {
    url: Url,
    authority: String,
}

impl ParsedOrigin {
    fn new(base: &Url) -> Self {
        let mut url = base.clone();
        url.set_path("");
        let authority = url[Position::BeforeHost..Position::AfterPort].to_owned();
        Self { url, authority }
    }

    fn url_of(&self, uri: &Uri) -> Result<Url, ParseError> {
        let is_own = uri.scheme_str() == Some(self.url.scheme())
            && uri.authority().is_some_and(|authority| authority.as_str() == self.authority);
        if !is_own {
            return Url::parse(&uri.to_string());
        }
        let mut url = self.url.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        Ok(url)
    }
}

fn of_exchange(error: reqwest::Error) -> TransportError {
    let timed_out = error.is_timeout();
    if cause::is_of_the_request(&error) {
        return with_kind(ErrorKind::Interrupted, timed_out, error).of_the_request();
    }
    if cause::is_not_processed(&error) {
        return with_kind(ErrorKind::Interrupted, timed_out, error).not_sent();
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

/// A reply's body as reqwest gives it: decompressed. It stays in its response, since taking it out costs two boxes.
struct ReplyBody(reqwest::Response);

impl http_body::Body for ReplyBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        // All state is in the response, so that a future that is dropped has lost nothing.
        let chunk = ready!(pin!(self.0.chunk()).poll(context));
        Poll::Ready(match chunk {
            Ok(chunk) => chunk.map(|data| Ok(Frame::data(data))),
            Err(error) => Some(Err(with_kind(cause::of_body(&error), error.is_timeout(), error))),
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.0.content_length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

#[cfg(test)]
mod tests {
    use super::{ParsedOrigin, Uri, Url};

    #[test]
    fn a_url_is_what_parsing_all_of_it_gives() {
        const PIECES: [&str; 24] = [
            "/",
            "//",
            ".",
            "..",
            "/../",
            "/./",
            "%2e",
            "%2E%2e",
            "%",
            "%zz",
            "\\",
            ";",
            ":",
            "@",
            "=",
            "&",
            "?",
            "+",
            "'",
            "|",
            "{",
            "~",
            "a",
            "v1/connectors",
        ];
        let mut random = fastrand::Rng::with_seed(3);
        let bases = [
            "http://127.0.0.1:8080",
            "https://api.example.com/v2/a",
            "https://BÜCHER.example:443/",
            "http://[::1]:80",
            "http://localhost:1/x",
        ];
        let mut compared = 0;
        for base in bases.map(|base| Url::parse(base).unwrap()) {
            let origin = ParsedOrigin::new(&base);
            assert_eq!(origin.url.path(), "/");
            for _ in 0..4_000 {
                let mut text = format!("{}://{}/", base.scheme(), origin.authority);
                (0..random.usize(0..8)).for_each(|_| text.push_str(PIECES[random.usize(0..PIECES.len())]));
                let Ok(uri) = text.parse::<Uri>() else { continue };
                assert_eq!(origin.url_of(&uri), Url::parse(&uri.to_string()), "{uri}");
                compared += 1;
            }
        }
        assert!(compared > 15_000, "{compared}");
        let origin = ParsedOrigin::new(&Url::parse("http://127.0.0.1:8080").unwrap());
        for other in ["http://127.0.0.1:80801/a", "https://127.0.0.1:8080/a", "http://127.0.0.1/a", "/a"] {
            assert_eq!(origin.url_of(&other.parse().unwrap()), Url::parse(other), "{other}");
        }
    }
}
