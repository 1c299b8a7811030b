//! The default transport. Only this file names reqwest.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{self, Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use http::{Uri, Version};
use http_body::{Body as _, Frame, SizeHint};
use url::{ParseError, Position, Url};

use super::network::failure::{self, Phase};
use super::network::liveness::{Arrival, Heard};
use super::network::pools::Pools;
use super::network::proxy::Proxy;
use super::network::resolver::Resolver;
use super::network::{
    DEFAULT_MAX_HEADERS, KEEPALIVE_INTERVAL, KEEPALIVE_PROBES, LARGE_BODY, NetworkSettings,
    Purpose, coding,
};
use super::{Transport, TransportFuture, probe};
use crate::body::Body;
use crate::error::{ConfigError, ErrorKind, TransportError};
use crate::retry::clock::ClientClock;

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
    pub(crate) fn new(
        settings: NetworkSettings,
        configure: Option<Configure>,
        purpose: &Purpose<'_>,
    ) -> Result<Self, ConfigError> {
        let needs_tls = purpose.base.scheme() == "https";
        let maker = Maker {
            #[cfg(feature = "tls")]
            tls: super::network::tls::configuration(&settings.tls, needs_tls)?,
            settings,
            configure,
            clock: purpose.clock.clone(),
        };
        // HTTP/2 is negotiated by TLS only.
        let multiplexes = AtomicBool::new(cfg!(feature = "http2") && needs_tls);
        let origin = ParsedOrigin::new(purpose.base);
        let pools = Pools::new(maker.pool()?, purpose.clock.clone());
        Ok(Self { pools, maker, origin, multiplexes })
    }
}

/// A client with its connections, and when they brought something.
#[derive(Clone)]
struct Pool {
    client: reqwest::Client,
    heard: Arc<Heard>,
}

/// Builds pools.
struct Maker {
    #[cfg(feature = "tls")]
    tls: rustls::ClientConfig,
    settings: NetworkSettings,
    configure: Option<Configure>,
    clock: ClientClock,
}

/// A function that changes settings of reqwest.
pub(crate) type Configure =
    Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

impl Maker {
    fn pool(&self) -> Result<Pool, ConfigError> {
        Ok(Pool { client: self.client()?, heard: Arc::new(Heard::new(self.clock.clone())) })
    }

    fn client(&self) -> Result<reqwest::Client, ConfigError> {
        let failed = |error: reqwest::Error| {
            ConfigError::new(format!(
                "the HTTP transport cannot be set up: {}",
                error.without_url()
            ))
        };
        let builder = self.configured().map_err(failed)?;
        let builder = match &self.configure {
            Some(configure) => configure(builder),
            None => builder,
        };
        keeping_promises(builder).build().map_err(failed)
    }

    /// Returns a builder with the settings of this client.
    fn configured(&self) -> reqwest::Result<reqwest::ClientBuilder> {
        let settings = &self.settings;
        let mut builder = reqwest::Client::builder()
            .connect_timeout(settings.connect_timeout)
            .dns_resolver(Names(settings.resolver.clone()))
            .local_address(settings.local_address)
            .pool_max_idle_per_host(settings.pool_max_idle_per_host)
            .pool_idle_timeout(settings.pool_idle_timeout)
            .tcp_keepalive(settings.tcp_keepalive)
            .tcp_keepalive_interval(KEEPALIVE_INTERVAL)
            .tcp_keepalive_retries(KEEPALIVE_PROBES);
        if settings.max_response_headers != DEFAULT_MAX_HEADERS {
            builder = builder.http1_max_headers(settings.max_response_headers);
        }
        if !settings.env_proxies {
            builder = builder.no_proxy();
        }
        if let Some(Proxy { url, bypass }) = &settings.proxy {
            let bypass = reqwest::NoProxy::from_string(bypass);
            builder = builder.proxy(reqwest::Proxy::all(url.clone())?.no_proxy(bypass));
        }
        #[cfg(unix)]
        if let Some(path) = &settings.unix_socket {
            builder = builder.unix_socket(path.as_path());
        }
        #[cfg(feature = "tls")]
        {
            builder = builder.tls_backend_preconfigured(self.tls.clone());
        }
        #[cfg(feature = "http2")]
        if let Some(ping) = settings.http2_keep_alive {
            builder = builder
                .http2_keep_alive_interval(ping.interval)
                .http2_keep_alive_timeout(ping.timeout);
        }
        Ok(builder)
    }
}

/// Switches off what the client does itself, and what could send a request twice.
fn keeping_promises(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
        // reqwest compares each hop with the previous one. The call loop decides which hop may see
        // a secret.
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        // Another crate may enable these features. Here responses are decompressed above reqwest.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        // The call loop retries requests that an HTTP/2 server has not processed, and counts them.
        // The limit of 0 keeps reqwest from copying each request for it.
        .retry(reqwest::retry::never().max_retries_per_request(0))
}

/// The client's resolver, for reqwest.
struct Names(Resolver);

impl reqwest::dns::Resolve for Names {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let resolving = self.0.clone().resolve(name.as_str().to_owned());
        Box::pin(async move {
            let addresses: reqwest::dns::Addrs = Box::new(resolving.await?);
            Ok(addresses)
        })
    }
}

impl Transport for Reqwest {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let is_large = request.body().size_hint().exact().is_none_or(|length| length > LARGE_BODY);
        let is_as_stored = coding::is_as_stored(&request);
        // Nothing is sent before the future is polled. Only reqwest's form of the request is built
        // here.
        let sent = reqwest_request(request, &self.origin).and_then(|request| {
            let pool = self.pools.current(|| self.maker.pool());
            let Pool { client, heard } =
                pool.map_err(|error| TransportError::new(ErrorKind::Build, error))?;
            Ok((client.execute(request), heard))
        });
        Box::pin(async move {
            let (exchange, heard) = sent?;
            let response =
                Exchange(exchange).await.map_err(|error| exchange_error(error, is_large))?;
            let multiplexes = response.version() == Version::HTTP_2;
            self.multiplexes.store(multiplexes, Ordering::Relaxed);
            let arrival = multiplexes.then(|| Arrival::new(heard));
            let response = to_response(response, arrival);
            self.maker.settings.check_headers(response.headers())?;
            coding::decode(response, is_as_stored).await
        })
    }

    fn reads_extensions(&self) -> bool {
        false
    }

    /// Dropping a request ends its HTTP/1 connection. An HTTP/2 connection stays and, if it is
    /// dead, makes every later call time out too. So later calls get new connections, unless
    /// something else arrived in the meantime or a PING was answered. Calls under way keep theirs.
    fn timed_out(&self, since: Instant) {
        if !self.multiplexes.load(Ordering::Relaxed) {
            return;
        }
        let Ok(pool) = self.pools.current(|| self.maker.pool()) else { return };
        let waited = pool.heard.clock.now().saturating_duration_since(since);
        if !pool.heard.is_after(since) && !self.maker.settings.is_proof_of_life(waited) {
            self.pools.renew(since, || self.maker.pool());
        }
    }
}

/// A request on its way.
struct Exchange<F>(F);

impl<F: Future + Unpin> Future for Exchange<F> {
    type Output = F::Output;

    /// A request waits for one event once hyper has it: its response. Before, it waits for at least
    /// three: an idle connection, the next step of its own connection, and the timeout for
    /// connecting. Tests with silent servers notice if hyper changes that.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        if probe::is_asked() && probe::registered(Pin::new(&mut self.0)) >= 3 {
            probe::answer_unsent();
            return Poll::Pending;
        }
        Pin::new(&mut self.0).poll(context)
    }
}

fn to_response(
    mut received: reqwest::Response,
    arrival: Option<Arrival>,
) -> http::Response<ResponseBody> {
    let (status, version) = (received.status(), received.version());
    let headers = std::mem::take(received.headers_mut());
    let mut response = http::Response::new(ResponseBody { response: received, arrival });
    *response.status_mut() = status;
    *response.version_mut() = version;
    *response.headers_mut() = headers;
    response
}

fn reqwest_request(
    request: http::Request<Body>,
    origin: &ParsedOrigin,
) -> Result<reqwest::Request, TransportError> {
    let (mut parts, body) = request.into_parts();
    let url =
        origin.url(&parts.uri).map_err(|error| TransportError::new(ErrorKind::Build, error))?;
    let is_empty = body.is_end_stream();
    coding::complete(&mut parts.headers, &parts.method, is_empty);
    let mut request = reqwest::Request::new(parts.method, url);
    *request.headers_mut() = parts.headers;
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

/// Converts the error without its URL, which contains the call's values.
fn exchange_error(error: reqwest::Error, is_large: bool) -> TransportError {
    let phase = if error.is_builder() {
        Phase::Building
    } else if error.is_connect() {
        Phase::Connecting
    } else {
        Phase::Exchanging
    };
    let timed_out = error.is_timeout();
    failure::of_exchange(error.without_url(), phase, timed_out, is_large)
}

/// A response body as it arrives. It stays in its `Response`, because taking it out costs two
/// boxes.
struct ResponseBody {
    response: reqwest::Response,
    /// The last arrival of this response, if it is HTTP/2.
    arrival: Option<Arrival>,
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
            arrival.record(matches!(chunk, Ok(None)));
        }
        Poll::Ready(match chunk {
            Ok(chunk) => chunk.map(|data| Ok(Frame::data(data))),
            Err(error) => {
                let timed_out = error.is_timeout();
                Some(Err(failure::of_body(error.without_url(), timed_out)))
            }
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.response.content_length().map_or_else(SizeHint::default, SizeHint::with_exact)
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
