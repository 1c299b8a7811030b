//! Opens connections: directly, through a proxy or to a Unix socket.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::Uri;
use http::header::PROXY_AUTHORIZATION;
use http::request::Parts;
#[cfg(feature = "tls")]
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::dns::Name;
pub(super) use hyper_util::client::legacy::connect::proxy::{SocksV4, SocksV5, Tunnel};
pub(super) use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
pub(super) use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::client::proxy::matcher::Matcher;
pub(super) use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use super::super::network::liveness::Heard;
use super::super::network::resolver::Resolver;
use super::super::network::{NetworkSettings, Purpose};
use super::stream::{Proxied, Route, Stream, Wire};
use super::tunnel;
use crate::error::ConfigError;

pub(super) type BoxError = Box<dyn Error + Send + Sync>;
type Tcp = TokioIo<TcpStream>;

/// A connector that adds TLS for https.
#[cfg(feature = "tls")]
pub(super) type Secured<C> = HttpsConnector<C>;
#[cfg(feature = "tls")]
type Direct = MaybeHttpsStream<Tcp>;

/// Without TLS, https cannot be used.
#[cfg(not(feature = "tls"))]
pub(super) type Secured<C> = C;
#[cfg(not(feature = "tls"))]
type Direct = Tcp;

/// Opens TCP connections, with TLS for https.
pub(super) type DirectConnector = Secured<HttpConnector<Names>>;

/// Opens the connections of a client. hyper-util clones it for each request.
#[derive(Clone)]
pub(super) struct Connector {
    shared: Arc<Shared>,
    heard: Arc<Heard>,
}

/// The parts that all connectors of a client share.
struct Shared {
    settings: NetworkSettings,
    proxies: Option<Matcher>,
    security: Security,
    direct: DirectConnector,
}

impl Connector {
    pub(super) fn new(
        settings: &NetworkSettings,
        purpose: &Purpose<'_>,
    ) -> Result<Self, ConfigError> {
        let proxies = match &settings.proxy {
            Some(proxy) => Some(proxy.matcher()),
            None => settings.env_proxies.then(Matcher::from_system),
        };
        let security = Security::new(settings, purpose)?;
        let direct = security.add_to(tcp(settings));
        let heard = Arc::new(Heard::new(purpose.clock.clone()));
        let shared = Arc::new(Shared { settings: settings.clone(), proxies, security, direct });
        Ok(Self { shared, heard })
    }

    /// Returns a connector of these settings for another pool.
    pub(super) fn reporting_to(&self, heard: &Arc<Heard>) -> Self {
        Self { shared: Arc::clone(&self.shared), heard: Arc::clone(heard) }
    }

    /// Adds the credentials of a proxy that reads the request itself, which it does over plain http.
    pub(super) fn authorize(&self, parts: &mut Parts) {
        if parts.uri.scheme_str() == Some("http")
            && let Some(proxy) = self.proxy(&parts.uri)
            && let Some(credentials) = proxy.basic_auth()
        {
            parts.headers.entry(PROXY_AUTHORIZATION).or_insert(credentials.clone());
        }
    }

    fn proxy(&self, to: &Uri) -> Option<Intercept> {
        self.shared.proxies.as_ref()?.intercept(to)
    }

    async fn connect(self, to: Uri) -> Result<Stream<Direct>, BoxError> {
        #[cfg(unix)]
        if let Some(path) = &self.shared.settings.unix_socket {
            let socket = UnixConnector(path.clone());
            let connected = self.shared.security.add_to(socket).call(to).await?;
            return Ok(Stream::new(Route::Other(Box::new(connected)), &self.heard));
        }
        let route = match self.proxy(&to) {
            None => Route::Direct(Box::new(self.shared.direct.clone().call(to).await?)),
            Some(proxy) => Route::Other(self.through(&proxy, to).await?),
        };
        Ok(Stream::new(route, &self.heard))
    }

    /// Connects through a proxy: by a tunnel, or to the proxy itself if it reads the requests.
    async fn through(&self, proxy: &Intercept, to: Uri) -> Result<Box<dyn Wire>, BoxError> {
        let mut direct = self.shared.direct.clone();
        if proxy.uri().scheme_str().is_some_and(|scheme| scheme.starts_with("socks")) {
            let Shared { settings, security, .. } = &*self.shared;
            return tunnel::socks(proxy, tcp(settings), security, to, &settings.resolver).await;
        }
        if to.scheme_str() != Some("https") {
            return Ok(Box::new(Proxied(direct.call(proxy.uri().clone()).await?)));
        }
        tunnel::connect(proxy, direct, &self.shared.security, to).await
    }
}

fn tcp(settings: &NetworkSettings) -> HttpConnector<Names> {
    let mut tcp = HttpConnector::new_with_resolver(Names(Arc::new(settings.resolver.clone())));
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    tcp.set_local_address(settings.local_address);
    tcp.set_keepalive(settings.tcp_keepalive);
    tcp.set_keepalive_interval(settings.keepalive_interval());
    tcp.set_keepalive_retries(settings.keepalive_probes());
    // Of several addresses, each gets a part of this time.
    tcp.set_connect_timeout(Some(settings.connect_timeout));
    tcp
}

/// The client's resolver, for hyper-util.
#[derive(Clone)]
pub(super) struct Names(Arc<Resolver>);

impl Service<Name> for Names {
    type Response = std::vec::IntoIter<std::net::SocketAddr>;
    type Error = std::io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        Box::pin(Resolver::clone(&self.0).resolve(name.as_str().to_owned()))
    }
}

/// Connects to a Unix socket, wherever a URL leads.
#[cfg(unix)]
#[derive(Clone)]
struct UnixConnector(std::path::PathBuf);

#[cfg(unix)]
impl Service<Uri> for UnixConnector {
    type Response = super::stream::Local;
    type Error = std::io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let path = self.0.clone();
        Box::pin(async move {
            let socket = tokio::net::UnixStream::connect(path).await?;
            Ok(super::stream::Local(TokioIo::new(socket)))
        })
    }
}

/// Adds TLS to connectors.
pub(super) struct Security {
    #[cfg(feature = "tls")]
    tls: Arc<rustls::ClientConfig>,
}

#[cfg(feature = "tls")]
impl Security {
    fn new(settings: &NetworkSettings, purpose: &Purpose<'_>) -> Result<Self, ConfigError> {
        let is_needed = purpose.base.scheme() == "https";
        let tls = super::super::network::tls::configuration(&settings.tls, is_needed)?;
        Ok(Self { tls: Arc::new(tls) })
    }

    pub(super) fn add_to<C>(&self, connector: C) -> Secured<C> {
        HttpsConnector::from((connector, Arc::clone(&self.tls)))
    }
}

#[cfg(not(feature = "tls"))]
impl Security {
    #[allow(clippy::unnecessary_wraps, reason = "with TLS it can fail")]
    fn new(_: &NetworkSettings, _: &Purpose<'_>) -> Result<Self, ConfigError> {
        Ok(Self {})
    }

    #[allow(clippy::unused_self, reason = "with TLS it is used")]
    pub(super) fn add_to<C>(&self, connector: C) -> Secured<C> {
        connector
    }
}

impl Service<Uri> for Connector {
    type Response = Stream<Direct>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Stream<Direct>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let timeout = self.shared.settings.connect_timeout;
        let connecting = self.clone().connect(to);
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
