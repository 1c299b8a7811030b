//! Tunnels through proxies.

use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV4, SocksV5, Tunnel};
use hyper_util::client::proxy::matcher::Intercept;
use tower_service::Service as _;

use super::connector::{BoxError, DirectConnector, Names, Security};
use super::stream::Wire;

/// Connects through a tunnel of an HTTP proxy (`CONNECT`, RFC 9110 section 9.3.6).
pub(super) async fn connect(
    proxy: &Intercept,
    to_proxy: DirectConnector,
    security: &Security,
    to: Uri,
) -> Result<Box<dyn Wire>, BoxError> {
    let mut tunnel = Tunnel::new(proxy.uri().clone(), to_proxy);
    if let Some(credentials) = proxy.basic_auth() {
        tunnel = tunnel.with_auth(credentials.clone());
    }
    Ok(Box::new(security.add_to(tunnel).call(to).await?))
}

/// Connects through a SOCKS proxy. `socks4` and `socks5` resolve names here, `socks4a` and `socks5h`
/// at the proxy.
pub(super) async fn socks(
    proxy: &Intercept,
    to_proxy: HttpConnector<Names>,
    security: &Security,
    to: Uri,
) -> Result<Box<dyn Wire>, BoxError> {
    let (scheme, proxy_uri) = (proxy.uri().scheme_str().unwrap_or_default(), proxy.uri().clone());
    if scheme.starts_with("socks4") {
        let socks = SocksV4::new(proxy_uri, to_proxy).local_dns(scheme == "socks4");
        return Ok(Box::new(security.add_to(socks).call(to).await?));
    }
    let mut socks = SocksV5::new(proxy_uri, to_proxy).local_dns(scheme == "socks5");
    if let Some((user, password)) = proxy.raw_auth() {
        socks = socks.with_auth(user.to_owned(), password.to_owned());
    }
    Ok(Box::new(security.add_to(socks).call(to).await?))
}
