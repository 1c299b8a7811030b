//! Tunnels through proxies.

use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::Uri;
use tower_service::Service;

use super::super::network::failure::RefusedConnect;
use super::super::network::resolver::Resolver;
use super::connector::{
    BoxError, DirectConnector, HttpConnector, Intercept, Names, Security, SocksV4, SocksV5, Tunnel,
};
use super::overheard::{Answer, Overhearing};
use super::stream::Wire;

/// Connects through a tunnel of an HTTP proxy (`CONNECT`, RFC 9110 section 9.3.6).
pub(super) async fn connect(
    proxy: &Intercept,
    to_proxy: DirectConnector,
    security: &Security,
    to: Uri,
) -> Result<Box<dyn Wire>, BoxError> {
    let answer = Answer::default();
    let to_proxy = Overhearing { to_proxy, answer: Arc::clone(&answer) };
    let mut tunnel = Tunnel::new(proxy.uri().clone(), to_proxy);
    if let Some(credentials) = proxy.basic_auth() {
        tunnel = tunnel.with_auth(credentials.clone());
    }
    let connected = security.add_to(tunnel).call(to).await;
    if connected.is_err()
        && let Some(&status) = answer.get().filter(|status| **status != 200)
    {
        return Err(Box::new(RefusedConnect { status }));
    }
    Ok(Box::new(connected?))
}

/// Connects through a SOCKS proxy. `socks4` and `socks5` resolve names here, `socks4a` and `socks5h`
/// at the proxy.
pub(super) async fn socks(
    proxy: &Intercept,
    to_proxy: HttpConnector<Names>,
    security: &Security,
    to: Uri,
    resolver: &Resolver,
) -> Result<Box<dyn Wire>, BoxError> {
    let (scheme, proxy_uri) = (proxy.uri().scheme_str().unwrap_or_default(), proxy.uri().clone());
    let is_resolved_here = matches!(scheme, "socks4" | "socks5");
    let resolver = is_resolved_here.then(|| resolver.clone());
    if scheme.starts_with("socks4") {
        let proxy = SocksV4::new(proxy_uri, to_proxy);
        return Ok(Box::new(security.add_to(Socks { proxy, resolver }).call(to).await?));
    }
    let mut proxy_connector = SocksV5::new(proxy_uri, to_proxy);
    if let Some((user, password)) = proxy.raw_auth() {
        proxy_connector = proxy_connector.with_auth(user.to_owned(), password.to_owned());
    }
    let socks = Socks { proxy: proxy_connector, resolver };
    Ok(Box::new(security.add_to(socks).call(to).await?))
}

/// A SOCKS proxy, which gets the address of a server if a resolver is set, and else its name.
/// hyper-util would resolve the name by the system's resolver, and block meanwhile.
#[derive(Clone)]
struct Socks<P> {
    proxy: P,
    resolver: Option<Resolver>,
}

impl<P> Service<Uri> for Socks<P>
where
    P: Service<Uri, Error: Into<BoxError>, Future: Send> + Clone + Send + 'static,
{
    type Response = P::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<P::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.proxy.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let Self { mut proxy, resolver } = self.clone();
        Box::pin(async move {
            let to = target(to, resolver).await?;
            proxy.call(to).await.map_err(Into::into)
        })
    }
}

/// Returns the URL with its port, which hyper-util takes for 443 otherwise, and with an address in
/// the place of the host's name if there is a resolver.
async fn target(to: Uri, resolver: Option<Resolver>) -> Result<Uri, BoxError> {
    let port = to.port_u16().unwrap_or(if to.scheme_str() == Some("https") { 443 } else { 80 });
    let host = to.host().unwrap_or_default();
    let authority = match resolver {
        Some(resolver) if !is_address(host) => {
            let address = resolver.resolve(host.to_owned()).await?.next();
            let address = address.ok_or("the resolver knows no address")?.ip();
            SocketAddr::new(address, port).to_string()
        }
        _ => format!("{host}:{port}"),
    };
    let mut parts = to.into_parts();
    parts.authority = Some(authority.parse()?);
    Ok(Uri::from_parts(parts)?)
}

fn is_address(host: &str) -> bool {
    host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
}
