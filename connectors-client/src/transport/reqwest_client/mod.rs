//! The default transport. Only this folder names reqwest.

mod convert;
mod finished;

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http::Version;
use http_body::Body as _;

use super::network::liveness::{Arrival, Heard};
use super::network::pools::Pools;
use super::network::proxy::Proxy;
use super::network::resolver::Resolver;
use super::network::{DEFAULT_MAX_HEADERS, LARGE_BODY, NetworkSettings, Purpose, coding};
use super::{Transport, TransportFuture, probe};
use crate::body::Body;
use crate::error::{ConfigError, ErrorKind, TransportError};
use crate::retry::clock::ClientClock;
use convert::{ParsedOrigin, exchange_error, reqwest_request, to_response};
pub use finished::Reqwest;

/// reqwest's own builder.
pub(crate) type ReqwestBuilder = reqwest::ClientBuilder;

/// A function that changes settings of reqwest.
pub(crate) type Configure = Arc<dyn Fn(ReqwestBuilder) -> ReqwestBuilder + Send + Sync>;

/// A timeout that never strikes: a century. reqwest adds it to the current time, so it must not be
/// the maximum.
const FOREVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// Sends over reqwest, with every option disabled that could send a request twice.
pub(crate) struct OverReqwest {
    pools: Pools<Pool>,
    maker: Maker,
    origin: ParsedOrigin,
    /// True if a connection may serve several requests at once: the last response was HTTP/2, or
    /// HTTP/2 is possible and no response has arrived yet.
    multiplexes: AtomicBool,
}

impl OverReqwest {
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
        // HTTP/2 is negotiated by TLS, unless the caller's function turns it on.
        let may_multiplex = needs_tls || maker.configure.is_some();
        let multiplexes = AtomicBool::new(cfg!(feature = "http2") && may_multiplex);
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
            Some(configure) => self.restrained(configure(builder)),
            None => builder,
        };
        keeping_promises(builder).build().map_err(failed)
    }

    /// Takes back settings of the caller's function that would break a promise. Timeouts are those
    /// of the call, and a token that goes to this machine over plain http must not leave it.
    fn restrained(&self, builder: ReqwestBuilder) -> ReqwestBuilder {
        let builder = builder.timeout(FOREVER).read_timeout(FOREVER);
        let resolver = &self.settings.resolver;
        if resolver.local.is_none() {
            return builder;
        }
        builder.no_proxy().dns_resolver(Names(resolver.clone()))
    }

    /// Returns how many timeouts each request of reqwest waits for.
    fn timeouts(&self) -> usize {
        if self.configure.is_some() { 2 } else { 0 }
    }

    /// Returns a builder with the settings of this client.
    fn configured(&self) -> reqwest::Result<ReqwestBuilder> {
        let settings = &self.settings;
        let mut builder = reqwest::Client::builder()
            .connect_timeout(settings.connect_timeout)
            .dns_resolver(Names(settings.resolver.clone()))
            .local_address(settings.local_address)
            .pool_max_idle_per_host(settings.pool_max_idle_per_host)
            .pool_idle_timeout(settings.pool_idle_timeout)
            .tcp_keepalive(settings.tcp_keepalive)
            .tcp_keepalive_interval(settings.keepalive_interval())
            .tcp_keepalive_retries(settings.keepalive_probes());
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
fn keeping_promises(builder: ReqwestBuilder) -> ReqwestBuilder {
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

impl Transport for OverReqwest {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let is_large = request.body().size_hint().exact().is_none_or(|length| length > LARGE_BODY);
        let asked = coding::Asked::by(&request);
        // Nothing is sent before the future is polled. Only reqwest's form of the request is built
        // here.
        let sent =
            reqwest_request(request, asked, |uri| self.origin.url(uri)).and_then(|request| {
                let pool = self.pools.current(|| self.maker.pool());
                let Pool { client, heard } =
                    pool.map_err(|error| TransportError::new(ErrorKind::Build, error))?;
                Ok((client.execute(request), heard))
            });
        Box::pin(async move {
            let (exchange, heard) = sent?;
            let exchange = Exchange { exchange, timeouts: self.maker.timeouts() };
            let response = exchange.await.map_err(|error| exchange_error(error, is_large))?;
            let multiplexes = response.version() == Version::HTTP_2;
            self.multiplexes.store(multiplexes, Ordering::Relaxed);
            let arrival = multiplexes.then(|| Arrival::new(heard));
            let response = to_response(response, arrival);
            self.maker.settings.check_headers(response.headers())?;
            coding::decode(response, asked)
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
struct Exchange<F> {
    exchange: F,
    timeouts: usize,
}

impl<F: Future + Unpin> Future for Exchange<F> {
    type Output = F::Output;

    /// A request waits for one event once hyper has it: its response. Before, it waits for at least
    /// three: an idle connection, the next step of its own connection, and the timeout for
    /// connecting. Tests with silent servers notice if hyper changes that.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let unsent = 3 + self.timeouts;
        if probe::is_asked() && probe::registered(Pin::new(&mut self.exchange)) >= unsent {
            probe::answer_unsent();
            return Poll::Pending;
        }
        Pin::new(&mut self.exchange).poll(context)
    }
}
