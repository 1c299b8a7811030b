//! The settings of a client's transport over the network.

use std::net::IpAddr;
#[cfg(unix)]
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "tls")]
use rustls::pki_types::CertificateDer;
#[cfg(feature = "tls")]
use rustls::pki_types::pem::PemObject as _;
use url::Url;

use super::base_url::BaseUrl;
use super::builder::ClientBuilder;
use super::secret_listener;
use crate::error::ConfigError;
use crate::transport::Transport;
#[cfg(feature = "hyper")]
use crate::transport::hyper::Hyper;
#[cfg(feature = "http2")]
use crate::transport::network::KeepAlive;
use crate::transport::network::proxy::{self, Proxy};
use crate::transport::network::resolver::Resolve;
#[cfg(feature = "tls")]
use crate::transport::network::tls::{Identity, TlsVersion};
use crate::transport::network::{NetworkSettings, Purpose};
#[cfg(feature = "reqwest")]
use crate::transport::reqwest_client::{OverReqwest, ReqwestBuilder};

/// Settings of the network. They do not apply to a custom transport.
impl ClientBuilder {
    /// Sends over the lean transport: hyper-util and rustls, without the layers of reqwest. It has
    /// the settings and promises of the default transport, and needs about two thirds of its
    /// instructions per call.
    #[cfg(feature = "hyper")]
    pub fn lean(mut self) -> Self {
        self.is_lean = true;
        self
    }

    /// Changes settings of reqwest itself, for example its TLS back end. The function is called by
    /// `build`, and again for each further Tokio runtime that the client is used on. It gets a
    /// builder with the settings of this client.
    ///
    /// Redirects, decompression, retries, timeouts of requests and the referer are switched off
    /// after it, because the client does these itself. If the base URL is on this machine and plain
    /// http, so are proxies and resolvers, because a token could leave the machine by them. Names
    /// that reqwest's own `resolve` fixes stay fixed.
    ///
    /// For another TLS back end, depend on reqwest with its feature and choose it here. With
    /// `native-tls` that is `.reqwest(|builder| builder.tls_backend_native())`. Then
    /// `root_certificates`, `client_identity` and `min_tls_version` do not apply; set these on
    /// reqwest's builder too.
    ///
    /// ```
    /// # use connectors_client::Client;
    /// let client = Client::builder("https://api.example.com")
    ///     .reqwest(|builder| builder.http1_only().http1_title_case_headers())
    ///     .build()?;
    /// # Ok::<(), connectors_client::ConfigError>(())
    /// ```
    #[cfg(feature = "reqwest")]
    pub fn reqwest(
        mut self,
        configure: impl Fn(ReqwestBuilder) -> ReqwestBuilder + Send + Sync + 'static,
    ) -> Self {
        self.configure = Some(Arc::new(configure));
        self
    }

    /// Sets the timeout of connecting: name resolution, TCP and TLS. The default is 5 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.network.connect_timeout = timeout;
        self
    }

    /// Enables or disables proxies from the environment variables `HTTPS_PROXY`, `HTTP_PROXY`,
    /// `ALL_PROXY` and `NO_PROXY`. They are enabled by default, but never used for a base URL on
    /// this machine. If the base URL is plain http, the proxy can read all requests, including
    /// tokens. A variable that names no proxy that can be used is an error of `build`. A program
    /// that runs under CGI (`REQUEST_METHOD` is set) uses none of them, because its client could
    /// set `HTTP_PROXY` by a header.
    pub fn env_proxies(mut self, enabled: bool) -> Self {
        self.network.env_proxies = enabled;
        self
    }

    /// Sends all requests through this proxy, in place of those of the environment. Tokens pass
    /// through it over https only, unless `allow_http_tokens` allows more. With a Unix socket, a proxy
    /// is an error of `build`.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.network.proxy = Some(proxy);
        self
    }

    /// Connects to a host at this address, without resolving its name. The port stays that of the
    /// URL, and TLS checks the name. Over plain http, the host counts as this machine if the
    /// address is a loopback address. The last address set for a host is used. A host that is an
    /// address itself is an error of `build`.
    pub fn resolve(mut self, host: &str, address: IpAddr) -> Self {
        if host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
            return self.fail(ConfigError::new(format!(
                "`resolve` takes a host name, and `{host}` is an address, which needs none"
            )));
        }
        self.network.resolver.fixed.push((host.to_owned(), address));
        self
    }

    /// Resolves host names by this resolver instead of the system's.
    pub fn resolver(mut self, resolver: impl Resolve) -> Self {
        self.network.resolver.custom = Some(Arc::new(resolver));
        self
    }

    /// Opens connections from this address of the machine. By default the system chooses.
    pub fn local_address(mut self, address: IpAddr) -> Self {
        self.network.local_address = Some(address);
        self
    }

    /// Connects to a Unix socket, whatever the host of the base URL. The socket counts as this
    /// machine, so tokens may be sent over plain http.
    ///
    /// ```
    /// # use connectors_client::Client;
    /// let client =
    ///     Client::builder("http://localhost").unix_socket("/run/podman/podman.sock").build()?;
    /// # Ok::<(), connectors_client::ConfigError>(())
    /// ```
    #[cfg(unix)]
    pub fn unix_socket(mut self, path: impl Into<PathBuf>) -> Self {
        self.network.unix_socket = Some(path.into());
        self
    }

    /// Sets how many idle HTTP/1 connections are kept for each host. The default is 256. With 0, each
    /// request opens its own connection.
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.network.pool_max_idle_per_host = connections;
        self
    }

    /// Sets how long an idle connection is kept. The default is 90 s.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.network.pool_idle_timeout = timeout;
        self
    }

    /// Sets after which idle time TCP asks if the other end is still there (RFC 9293 section
    /// 3.8.4), or that it never asks (`None`). The default is 15 s.
    pub fn tcp_keepalive(mut self, idle: impl Into<Option<Duration>>) -> Self {
        self.network.tcp_keepalive = idle.into();
        self
    }

    /// Sets when HTTP/2 asks by PING if the server is still there (RFC 9113 section 6.7): if nothing
    /// arrives for `interval` while requests are on their way. Without an answer within `timeout`,
    /// the connection counts as dead, and its requests fail. The defaults are 15 s and 10 s. `None`
    /// as the interval disables it.
    #[cfg(feature = "http2")]
    pub fn http2_keep_alive(
        mut self,
        interval: impl Into<Option<Duration>>,
        timeout: Duration,
    ) -> Self {
        self.network.http2_keep_alive =
            interval.into().map(|interval| KeepAlive { interval, timeout });
        self
    }

    /// Sets how many headers a response may have. The default is 100. More are a `Protocol` error.
    pub fn max_response_headers(mut self, headers: usize) -> Self {
        self.network.max_response_headers = headers;
        self
    }

    /// Trusts all certificates of a PEM text as root certificates, in addition to the platform's.
    /// Names and dates of certificates are still checked. Text that is not PEM or has no
    /// certificate is an error of `build`. It does not apply on Android.
    #[cfg(feature = "tls")]
    pub fn root_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_ref()).collect();
        let problem = match read {
            Ok(certificates) if !certificates.is_empty() => {
                self.network.tls.root_certificates.extend(certificates);
                return self;
            }
            Ok(_) => "no certificate found".to_owned(),
            Err(error) => error.to_string(),
        };
        self.fail(ConfigError::new(format!("the root certificates are not valid PEM: {problem}")))
    }

    /// Identifies the client to servers that ask for a certificate (mutual TLS). The PEM text holds
    /// the certificate, those of its chain, and the private key (PKCS #8, PKCS #1 or SEC 1). A text
    /// without one of them is an error of `build`.
    #[cfg(feature = "tls")]
    pub fn client_identity(mut self, pem: impl AsRef<[u8]>) -> Self {
        match Identity::from_pem(pem.as_ref()) {
            Ok(identity) => {
                self.network.tls.identity = Some(identity);
                self
            }
            Err(mistake) => self.fail(mistake),
        }
    }

    /// Sets the lowest version of TLS that is used. The default is TLS 1.2.
    #[cfg(feature = "tls")]
    pub fn min_tls_version(mut self, version: TlsVersion) -> Self {
        self.network.tls.min_version = version;
        self
    }
}

impl ClientBuilder {
    /// Returns the base URL. These settings decide if its server is on this machine.
    pub(super) fn base(&self) -> Result<BaseUrl, ConfigError> {
        let is_custom = self.has_transport();
        BaseUrl::parse(&self.base_url, self.allow_http_tokens, |url| {
            if is_custom { BaseUrl::is_loopback_host(url) } else { self.network.stays_here(url) }
        })
    }

    /// Makes the transport over the network.
    pub(super) fn network_transport(
        &mut self,
        base: &BaseUrl,
    ) -> Result<Box<dyn Transport>, ConfigError> {
        let mut settings = std::mem::take(&mut self.network);
        settings.check()?;
        self.check_tls(base)?;
        // A proxy is another machine, so requests to this machine must not pass through it.
        settings.env_proxies &= !base.is_loopback() && settings.proxy.is_none();
        if settings.env_proxies {
            proxy::check_environment()?;
        }
        if cfg!(feature = "recorder") {
            for password in proxy::passwords(settings.proxy.as_ref(), settings.env_proxies) {
                secret_listener::tell(|listener| listener.secret_sent("proxy", &password));
            }
        }
        let is_http = base.url().scheme() == "http";
        if is_http && base.is_loopback() && !self.allow_http_tokens {
            settings.resolver.local = base.url().host_str().map(str::to_owned);
        }
        let purpose = Purpose { base: base.url(), clock: self.clock.clone() };
        self.chosen(settings, &purpose)
    }

    /// Returns an error if the base URL is https and nothing can provide TLS.
    fn check_tls(&self, base: &BaseUrl) -> Result<(), ConfigError> {
        if cfg!(feature = "tls") || base.url().scheme() != "https" || self.may_bring_tls() {
            return Ok(());
        }
        let or_else = if cfg!(feature = "reqwest") {
            ", or a TLS back end of reqwest, chosen by `ClientBuilder::reqwest`"
        } else {
            ""
        };
        Err(ConfigError::new(format!(
            "the base URL is https, which needs the feature `tls` of connectors-client{or_else}"
        )))
    }

    /// Returns true if the caller's function may choose a TLS back end.
    #[cfg(feature = "reqwest")]
    fn may_bring_tls(&self) -> bool {
        self.configure.is_some()
    }

    #[cfg(not(feature = "reqwest"))]
    #[allow(clippy::unused_self, reason = "builds with reqwest need it")]
    fn may_bring_tls(&self) -> bool {
        false
    }

    #[cfg(feature = "hyper")]
    fn chosen(
        &mut self,
        settings: NetworkSettings,
        purpose: &Purpose<'_>,
    ) -> Result<Box<dyn Transport>, ConfigError> {
        #[cfg(feature = "reqwest")]
        if !self.is_lean {
            return Ok(Box::new(OverReqwest::new(settings, self.configure.take(), purpose)?));
        }
        #[cfg(feature = "reqwest")]
        if self.configure.is_some() {
            return Err(ConfigError::new(
                "`reqwest` sets up reqwest, which `lean` replaces: leave one of them out",
            ));
        }
        Ok(Box::new(Hyper::new(settings, purpose)?))
    }

    #[cfg(not(feature = "hyper"))]
    fn chosen(
        &mut self,
        settings: NetworkSettings,
        purpose: &Purpose<'_>,
    ) -> Result<Box<dyn Transport>, ConfigError> {
        Ok(Box::new(OverReqwest::new(settings, self.configure.take(), purpose)?))
    }
}

impl NetworkSettings {
    /// Returns true if requests to this URL cannot leave the machine.
    fn stays_here(&self, url: &Url) -> bool {
        #[cfg(unix)]
        if self.unix_socket.is_some() {
            return true;
        }
        if self.proxy.as_ref().is_some_and(|proxy| proxy.is_used_for(url)) {
            return false;
        }
        // An address in the URL is not resolved.
        let fixed = url.domain().and_then(|host| self.resolver.fixed(host));
        fixed.map_or_else(|| BaseUrl::is_loopback_host(url), |address| address.is_loopback())
    }

    /// Returns an error if two settings exclude each other.
    fn check(&self) -> Result<(), ConfigError> {
        #[cfg(unix)]
        if self.unix_socket.is_some() && self.proxy.is_some() {
            return Err(ConfigError::new(
                "`unix_socket` and `proxy` exclude each other: leave one of them out",
            ));
        }
        Ok(())
    }
}
