//! The default transport. Only this file names reqwest.

use std::future::{Ready, ready};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{self, Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, Version};
use http_body::{Body as _, Frame, SizeHint};
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls_platform_verifier::BuilderVerifierExt as _;
use tower_http::decompression::{Decompression, DecompressionBody};
use tower_service::Service;
use url::{ParseError, Position, Url};

use super::pools::Pools;
use super::{AsStored, Transport, TransportFuture, cause};
use crate::body::Body;
use crate::error::{ConfigError, ErrorKind, TransportError};
use crate::retry::clock::ClientClock;

/// Settings passed to the transport.
#[derive(Debug)]
pub(crate) struct Settings<'a> {
    pub(crate) connect_timeout: Duration,
    pub(crate) env_proxies: bool,
    /// The base URL. If it is https, building a client without trusted certificates fails.
    pub(crate) base: &'a Url,
    pub(crate) clock: ClientClock,
    /// Trusted in addition to those of the platform.
    pub(crate) root_certificates: Vec<CertificateDer<'static>>,
}

/// Sends over reqwest, with every option disabled that could send a request twice.
pub(crate) struct Reqwest {
    pools: Pools<Pool>,
    maker: Maker,
    origin: ParsedOrigin,
    /// True if a connection may serve several requests at once: the last response was HTTP/2, or
    /// HTTP/2 is possible and no response has arrived yet.
    multiplexes: AtomicBool,
}

impl Reqwest {
    pub(crate) fn new(settings: &Settings<'_>) -> Result<Self, ConfigError> {
        let needs_tls = settings.base.scheme() == "https";
        let maker = Maker {
            tls: tls(needs_tls, &settings.root_certificates)?,
            connect_timeout: settings.connect_timeout,
            env_proxies: settings.env_proxies,
            clock: settings.clock.clone(),
        };
        // HTTP/2 is negotiated by TLS only.
        let multiplexes = AtomicBool::new(cfg!(feature = "http2") && needs_tls);
        let origin = ParsedOrigin::new(settings.base);
        let pools = Pools::new(maker.pool()?, settings.clock.clone());
        Ok(Self { pools, maker, origin, multiplexes })
    }
}

/// A client with its connections, and when they brought something.
#[derive(Clone)]
struct Pool {
    client: reqwest::Client,
    heard: Arc<Heard>,
}

/// When a response or a chunk of one last arrived over HTTP/2. It tells a slow endpoint from a dead
/// connection.
struct Heard {
    clock: ClientClock,
    /// The times are counted from here.
    from: Instant,
    /// In nanoseconds.
    last: AtomicU64,
}

impl Heard {
    fn new(clock: ClientClock) -> Self {
        Self { from: clock.now(), clock, last: AtomicU64::new(0) }
    }

    /// Records an arrival and returns its time.
    fn record(&self) -> u64 {
        let time = self.clock.now().saturating_duration_since(self.from);
        let time = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        self.last.store(time, Ordering::Relaxed);
        time
    }

    /// Forgets an arrival, unless there was a later one.
    fn forget(&self, time: u64) {
        let _ = self.last.compare_exchange(time, 0, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Returns true if something arrived after this time.
    fn is_after(&self, time: Instant) -> bool {
        let last = Duration::from_nanos(self.last.load(Ordering::Relaxed));
        self.from.checked_add(last).is_some_and(|last| last > time)
    }
}

/// Builds pools.
struct Maker {
    tls: ClientConfig,
    connect_timeout: Duration,
    env_proxies: bool,
    clock: ClientClock,
}

/// How long nothing may arrive over HTTP/2 before a PING is sent, while requests are on their way.
#[cfg(feature = "http2")]
const PING_AFTER: Duration = Duration::from_secs(15);

/// How long the answer to a PING may take. After that the connection counts as dead.
#[cfg(feature = "http2")]
const PONG_WITHIN: Duration = Duration::from_secs(10);

impl Maker {
    fn pool(&self) -> Result<Pool, ConfigError> {
        Ok(Pool { client: self.client()?, heard: Arc::new(Heard::new(self.clock.clone())) })
    }

    fn client(&self) -> Result<reqwest::Client, ConfigError> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(self.tls.clone())
            // reqwest compares each hop with the previous one. The call loop decides which hop may
            // see a secret.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // Another crate may enable these features. Here responses are decompressed above
            // reqwest.
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd()
            // The call loop retries requests that an HTTP/2 server has not processed, and counts
            // them. The limit of 0 keeps reqwest from copying each request for it.
            .retry(reqwest::retry::never().max_retries_per_request(0))
            .connect_timeout(self.connect_timeout);
        if !self.env_proxies {
            builder = builder.no_proxy();
        }
        #[cfg(feature = "http2")]
        {
            builder =
                builder.http2_keep_alive_interval(PING_AFTER).http2_keep_alive_timeout(PONG_WITHIN);
        }
        builder.build().map_err(|error| {
            ConfigError::new(format!(
                "the HTTP transport cannot be set up: {}",
                error.without_url()
            ))
        })
    }
}

/// Returns a TLS configuration with ring and the platform's trusted certificates. It is read once
/// per process unless the caller adds certificates.
fn tls(needed: bool, more: &[CertificateDer<'static>]) -> Result<ClientConfig, ConfigError> {
    static PLATFORM: OnceLock<ClientConfig> = OnceLock::new();
    if !more.is_empty() {
        return trusting_platform_and(more.to_vec())
            .map_err(|error| ConfigError::new(format!("TLS cannot be set up: {error}")));
    }
    if let Some(config) = PLATFORM.get() {
        return Ok(config.clone());
    }
    match platform_tls() {
        // A failure is not kept: it may pass, as too many open files do.
        Ok(config) => Ok(PLATFORM.get_or_init(|| config).clone()),
        // A machine without certificates can still use a server over http.
        Err(_) if !needed => trusting_nothing(),
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

#[cfg(not(target_os = "android"))]
fn trusting_platform_and(
    certificates: Vec<CertificateDer<'static>>,
) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(ring::default_provider());
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(
        certificates,
        Arc::clone(&provider),
    )?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        // A verifier that trusts everybody would be dangerous. This is the platform's.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(with_protocols(config))
}

/// On Android only the platform decides which certificates an application trusts.
#[cfg(target_os = "android")]
fn trusting_platform_and(_: Vec<CertificateDer<'static>>) -> Result<ClientConfig, rustls::Error> {
    Err(rustls::Error::General("root certificates cannot be added on Android".to_owned()))
}

fn trusting_nothing() -> Result<ClientConfig, ConfigError> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| ConfigError::new(format!("TLS cannot be set up: {error}")))?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Ok(with_protocols(config))
}

/// Sets the protocols, because reqwest does not change those of a given TLS configuration.
fn with_protocols(mut config: ClientConfig) -> ClientConfig {
    if cfg!(feature = "http2") {
        config.alpn_protocols.push(b"h2".to_vec());
    }
    config.alpn_protocols.push(b"http/1.1".to_vec());
    config
}

impl Transport for Reqwest {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let is_large = request.body().size_hint().exact().is_none_or(|length| length > LARGE_BODY);
        let is_as_stored = request.extensions().get::<AsStored>().is_some();
        // Nothing is sent before the future is polled. Only reqwest's form of the request is built
        // here.
        let sent = reqwest_request(request, &self.origin).and_then(|request| {
            let pool = self.pools.current(|| self.maker.pool());
            let Pool { client, heard } =
                pool.map_err(|error| TransportError::new(ErrorKind::Build, error))?;
            Ok((client.execute(request), heard))
        });
        Box::pin(async move {
            let (response, heard) = sent?;
            let response = response.await.map_err(|error| exchange_error(error, is_large))?;
            let multiplexes = response.version() == Version::HTTP_2;
            self.multiplexes.store(multiplexes, Ordering::Relaxed);
            let arrival = multiplexes.then(|| Arrival { last: heard.record(), heard });
            to_response(response, arrival, is_as_stored).await
        })
    }

    fn reads_extensions(&self) -> bool {
        false
    }

    /// A request waits for one event once hyper has it: its response. Before, it waits for at least
    /// three: an idle connection, the next step of its own connection, and the timeout for
    /// connecting. Tests with silent servers notice if hyper changes that.
    fn is_unsent(&self, events: usize) -> bool {
        events >= 3
    }

    /// Dropping a request ends its HTTP/1 connection. An HTTP/2 connection stays and, if it is
    /// dead, makes every later call time out too. So later calls get new connections, unless
    /// something else arrived in the meantime. Calls under way keep theirs.
    fn timed_out(&self, since: Instant) {
        if self.multiplexes.load(Ordering::Relaxed)
            && let Ok(pool) = self.pools.current(|| self.maker.pool())
            && !pool.is_alive(since)
        {
            self.pools.renew(since, || self.maker.pool());
        }
    }
}

impl Pool {
    /// Returns true if a connection is alive, as seen by a request that was sent after `since`. If
    /// it waited long enough, a PING was answered.
    fn is_alive(&self, since: Instant) -> bool {
        #[cfg(feature = "http2")]
        if self.heard.clock.now().saturating_duration_since(since) > PING_AFTER + PONG_WITHIN {
            return true;
        }
        self.heard.is_after(since)
    }
}

/// A body of this many bytes or less is handed to the system at once. A larger one takes a while.
const LARGE_BODY: u64 = 64 * 1024;

/// Value of `Accept-Encoding`: the supported encodings.
const ENCODINGS: &str =
    match (cfg!(feature = "deflate"), cfg!(feature = "brotli"), cfg!(feature = "zstd")) {
        (false, false, false) => "gzip",
        (true, false, false) => "gzip,deflate",
        (false, true, false) => "gzip,br",
        (false, false, true) => "gzip,zstd",
        (true, true, false) => "gzip,deflate,br",
        (true, false, true) => "gzip,deflate,zstd",
        (false, true, true) => "gzip,br,zstd",
        (true, true, true) => "gzip,deflate,br,zstd",
    };

/// Converts the response and decompresses its body. A part of a body (206) cannot be decompressed.
async fn to_response(
    mut received: reqwest::Response,
    arrival: Option<Arrival>,
    is_as_stored: bool,
) -> Result<http::Response<Body>, TransportError> {
    let (status, version) = (received.status(), received.version());
    let headers = std::mem::take(received.headers_mut());
    let mut response = http::Response::new(ResponseBody { response: received, arrival });
    *response.status_mut() = status;
    *response.version_mut() = version;
    *response.headers_mut() = headers;
    let stays = status == StatusCode::PARTIAL_CONTENT || (is_as_stored && status.is_success());
    if stays || !response.headers().contains_key(CONTENT_ENCODING) {
        return Ok(response.map(Body::stream));
    }
    join_encodings(response.headers_mut());
    let response =
        Decompression::new(Received(Some(response))).call(http::Request::new(())).await?;
    Ok(response.map(|body| Body::stream(Decompressed(body))))
}

/// A received response as the service that the decompression layer needs.
struct Received(Option<http::Response<ResponseBody>>);

impl Service<http::Request<()>> for Received {
    type Response = http::Response<ResponseBody>;
    type Error = TransportError;
    type Future = Ready<Result<http::Response<ResponseBody>, TransportError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<()>) -> Self::Future {
        // The service is called once.
        let response = self.0.take();
        ready(response.ok_or_else(|| {
            TransportError::new(ErrorKind::Decode, "the response was already taken")
        }))
    }
}

/// Joins several `Content-Encoding` headers into one list (RFC 9110 section 5.3). The decompression
/// layer decodes only the first header and removes all of them. A body with two encodings would
/// then pass as data with one encoding left.
fn join_encodings(headers: &mut HeaderMap) {
    let encodings: Vec<_> =
        headers.get_all(CONTENT_ENCODING).iter().map(HeaderValue::as_bytes).collect();
    if encodings.len() > 1
        && let Ok(list) = HeaderValue::from_bytes(&encodings.join(&b", "[..]))
    {
        headers.insert(CONTENT_ENCODING, list);
    }
}

fn reqwest_request(
    request: http::Request<Body>,
    origin: &ParsedOrigin,
) -> Result<reqwest::Request, TransportError> {
    let (parts, body) = request.into_parts();
    let url =
        origin.url(&parts.uri).map_err(|error| TransportError::new(ErrorKind::Build, error))?;
    let mut request = reqwest::Request::new(parts.method, url);
    *request.headers_mut() = parts.headers;
    let encodings = HeaderValue::from_static(ENCODINGS);
    request.headers_mut().entry(ACCEPT_ENCODING).or_insert(encodings);
    let is_empty = body.is_end_stream();
    if is_empty && matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        // RFC 9110 section 8.6 asks for it and hyper omits it. Some servers answer 411 without it.
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

/// Origin of the base URL, parsed once. Parsing the host is most of the cost of parsing a URL.
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

    fn url(&self, uri: &Uri) -> Result<Url, ParseError> {
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

fn exchange_error(error: reqwest::Error, is_large: bool) -> TransportError {
    let timed_out = error.is_timeout();
    if cause::is_of_the_request(&error) {
        return with_kind(ErrorKind::Interrupted, timed_out, error).of_the_request();
    }
    #[cfg(feature = "http2")]
    if cause::is_not_processed(&error) {
        let is_throttled = cause::is_throttled(&error);
        let error = with_kind(ErrorKind::Interrupted, timed_out, error);
        return if is_throttled { error.not_sent() } else { error.unprocessed() };
    }
    let kind = if error.is_builder() {
        ErrorKind::Build
    } else if error.is_connect() {
        return connect_error(error);
    } else if timed_out {
        ErrorKind::Timeout
    } else {
        cause::exchange_kind(&error)
    };
    let is_cut_off = is_large && kind == ErrorKind::Interrupted && cause::is_closed(&error);
    let error = with_kind(kind, timed_out, error);
    if is_cut_off { error.cut_off() } else { error }
}

/// Converts an error of connecting.
fn connect_error(error: reqwest::Error) -> TransportError {
    let (kind, timed_out) = (cause::connecting_kind(&error), error.is_timeout());
    match (cause::explanation(&error), cause::is_denied(&error)) {
        (Some(text), true) => TransportError::new(kind, text).denied(),
        (Some(text), false) => TransportError::new(kind, text),
        (None, _) => with_kind(kind, timed_out, error),
    }
}

/// Converts the error without its URL, which contains the call's values.
fn with_kind(kind: ErrorKind, timed_out: bool, error: reqwest::Error) -> TransportError {
    TransportError { timed_out, ..TransportError::new(kind, error.without_url()) }
}

/// A response body as it arrives. It stays in its `Response`, because taking it out costs two
/// boxes.
struct ResponseBody {
    response: reqwest::Response,
    /// The last arrival of this response, if it is HTTP/2.
    arrival: Option<Arrival>,
}

/// The last arrival of one response. A response that stalls is no sign that its connection is
/// alive, so dropping this before the end of the body forgets it.
struct Arrival {
    heard: Arc<Heard>,
    last: u64,
}

impl Drop for Arrival {
    fn drop(&mut self) {
        self.heard.forget(self.last);
    }
}

impl http_body::Body for ResponseBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        // All state is in the response, so a dropped future loses nothing.
        let chunk = task::ready!(pin!(self.response.chunk()).poll(context));
        if let Some(arrival) = &mut self.arrival {
            let time = arrival.heard.record();
            // A response that has arrived whole stays a sign of life.
            arrival.last = if matches!(chunk, Ok(None)) { u64::MAX } else { time };
        }
        Poll::Ready(match chunk {
            Ok(chunk) => chunk.map(|data| Ok(Frame::data(data))),
            Err(error) => Some(Err(with_kind(cause::body_kind(&error), error.is_timeout(), error))),
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.response.content_length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A decompressed response body. Errors that do not come from the exchange come from decompression.
struct Decompressed(DecompressionBody<ResponseBody>);

impl http_body::Body for Decompressed {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = task::ready!(Pin::new(&mut self.0).poll_frame(context));
        Poll::Ready(frame.map(|frame| {
            frame.map_err(|error| match error.downcast() {
                Ok(transport_error) => *transport_error,
                Err(decoding) => TransportError::new(ErrorKind::Decode, decoding),
            })
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::{ParsedOrigin, Uri, Url};

    #[test]
    fn a_url_equals_the_fully_parsed_one() {
        const PARTS: [&str; 24] = [
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
                (0..random.usize(0..8))
                    .for_each(|_| text.push_str(PARTS[random.usize(0..PARTS.len())]));
                let Ok(uri) = text.parse::<Uri>() else { continue };
                assert_eq!(origin.url(&uri), Url::parse(&uri.to_string()), "{uri}");
                compared += 1;
            }
        }
        assert!(compared > 15_000, "{compared}");
        let origin = ParsedOrigin::new(&Url::parse("http://127.0.0.1:8080").unwrap());
        for other in
            ["http://127.0.0.1:80801/a", "https://127.0.0.1:8080/a", "http://127.0.0.1/a", "/a"]
        {
            assert_eq!(origin.url(&other.parse().unwrap()), Url::parse(other), "{other}");
        }
    }
}
