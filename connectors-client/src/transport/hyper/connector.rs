//! Opens connections: directly, through a proxy or to a Unix socket.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::header::PROXY_AUTHORIZATION;
use http::request::Parts;
#[cfg(feature = "tls")]
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use super::super::network::liveness::Heard;
use super::super::network::{NetworkSettings, Purpose};
use super::stream::{Proxied, Route, Stream, Wire};
use crate::error::ConfigError;

type BoxError = Box<dyn Error + Send + Sync>;
type Tcp = TokioIo<TcpStream>;

/// A connector that adds TLS for https.
#[cfg(feature = "tls")]
type Secured<C> = HttpsConnector<C>;
#[cfg(feature = "tls")]
type Direct = MaybeHttpsStream<Tcp>;

/// Without TLS, https cannot be used.
#[cfg(not(feature = "tls"))]
type Secured<C> = C;
#[cfg(not(feature = "tls"))]
type Direct = Tcp;

/// Opens the connections of a client.
#[derive(Clone)]
pub(super) struct Connector {
    shared: Arc<Shared>,
    direct: Secured<HttpConnector>,
    heard: Arc<Heard>,
}

/// The settings that all connectors of a client share.
struct Shared {
    timeout: Duration,
    proxies: Option<Matcher>,
    #[cfg(feature = "tls")]
    tls: Arc<rustls::ClientConfig>,
}

impl Connector {
    pub(super) fn new(
        settings: &NetworkSettings,
        purpose: &Purpose<'_>,
    ) -> Result<Self, ConfigError> {
        let shared = Shared {
            timeout: settings.connect_timeout,
            proxies: settings.env_proxies.then(Matcher::from_system),
            #[cfg(feature = "tls")]
            tls: tls(settings, purpose)?,
        };
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let direct = shared.secured(tcp);
        let heard = Arc::new(Heard::new(purpose.clock.clone()));
        Ok(Self { shared: Arc::new(shared), direct, heard })
    }

    /// Returns a connector of these settings for another pool.
    pub(super) fn reporting_to(&self, heard: &Arc<Heard>) -> Self {
        Self { heard: Arc::clone(heard), ..self.clone() }
    }

    /// Adds the credentials of a proxy that reads the request itself, which it does over plain http.
    pub(super) fn authorize(&self, parts: &mut Parts) {
        if let Some(proxies) = &self.shared.proxies
            && parts.uri.scheme_str() == Some("http")
            && let Some(proxy) = proxies.intercept(&parts.uri)
            && let Some(credentials) = proxy.basic_auth()
        {
            parts.headers.entry(PROXY_AUTHORIZATION).or_insert(credentials.clone());
        }
    }

    async fn connect(mut self, to: Uri) -> Result<Stream<Direct>, BoxError> {
        let proxy = self.shared.proxies.as_ref().and_then(|proxies| proxies.intercept(&to));
        let route = match proxy {
            None => Route::Direct(self.direct.call(to).await?),
            Some(proxy) => Route::Other(self.through(&proxy, to).await?),
        };
        Ok(Stream::new(route, &self.heard))
    }

    /// Connects through a proxy: by a tunnel to an https server, and else to the proxy itself.
    async fn through(&mut self, proxy: &Intercept, to: Uri) -> Result<Box<dyn Wire>, BoxError> {
        if to.scheme_str() != Some("https") {
            let mut direct = self.direct.clone();
            return Ok(Box::new(Proxied(direct.call(proxy.uri().clone()).await?)));
        }
        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.direct.clone());
        if let Some(credentials) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(credentials.clone());
        }
        Ok(Box::new(self.shared.secured(tunnel).call(to).await?))
    }
}

impl Shared {
    #[cfg(feature = "tls")]
    fn secured<C>(&self, connector: C) -> Secured<C> {
        HttpsConnector::from((connector, Arc::clone(&self.tls)))
    }

    #[cfg(not(feature = "tls"))]
    fn secured<C>(&self, connector: C) -> Secured<C> {
        connector
    }
}

#[cfg(feature = "tls")]
fn tls(
    settings: &NetworkSettings,
    purpose: &Purpose<'_>,
) -> Result<Arc<rustls::ClientConfig>, ConfigError> {
    let is_needed = purpose.base.scheme() == "https";
    super::super::network::tls::configuration(&settings.tls, is_needed).map(Arc::new)
}

impl Service<Uri> for Connector {
    type Response = Stream<Direct>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Stream<Direct>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let (timeout, connecting) = (self.shared.timeout, self.clone().connect(to));
        Box::pin(async move {
            let connected = tokio::time::timeout(timeout, connecting).await;
            connected.unwrap_or_else(|_| Err(Box::new(ConnectTimedOut)))
        })
    }
}

/// The error of connecting within a timeout.
#[derive(Debug)]
pub(super) struct ConnectTimedOut;

impl fmt::Display for ConnectTimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("operation timed out")
    }
}

impl Error for ConnectTimedOut {}
