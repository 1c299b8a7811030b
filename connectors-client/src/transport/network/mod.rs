//! Code that the transports over the network share: their settings, name resolution, proxies, TLS,
//! pools and content codings.

pub(super) mod coding;
pub(super) mod failure;
pub(super) mod liveness;
pub(super) mod pools;
pub(crate) mod proxy;
pub(crate) mod resolver;
#[cfg(feature = "tls")]
pub(crate) mod tls;

use std::net::IpAddr;
#[cfg(unix)]
use std::path::PathBuf;
use std::time::Duration;

use http::HeaderMap;
use url::Url;

use crate::error::{ErrorKind, TransportError};
use crate::retry::clock::ClientClock;
use proxy::Proxy;
use resolver::Resolver;

/// Settings of a transport over the network.
#[derive(Clone, Debug)]
pub(crate) struct NetworkSettings {
    pub(crate) connect_timeout: Duration,
    pub(crate) env_proxies: bool,
    pub(crate) proxy: Option<Proxy>,
    pub(crate) resolver: Resolver,
    pub(crate) local_address: Option<IpAddr>,
    #[cfg(unix)]
    pub(crate) unix_socket: Option<PathBuf>,
    pub(crate) pool_max_idle_per_host: usize,
    pub(crate) pool_idle_timeout: Duration,
    pub(crate) tcp_keepalive: Option<Duration>,
    pub(crate) http2_keep_alive: Option<KeepAlive>,
    pub(crate) max_response_headers: usize,
    #[cfg(feature = "tls")]
    pub(crate) tls: tls::TlsSettings,
}

impl Default for NetworkSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            env_proxies: true,
            proxy: None,
            resolver: Resolver::default(),
            local_address: None,
            #[cfg(unix)]
            unix_socket: None,
            pool_max_idle_per_host: 256,
            pool_idle_timeout: Duration::from_secs(90),
            tcp_keepalive: Some(Duration::from_secs(15)),
            http2_keep_alive: Some(KeepAlive {
                interval: Duration::from_secs(15),
                timeout: Duration::from_secs(10),
            }),
            max_response_headers: DEFAULT_MAX_HEADERS,
            #[cfg(feature = "tls")]
            tls: tls::TlsSettings::default(),
        }
    }
}

/// PINGs over HTTP/2 while requests are on their way (RFC 9113 section 6.7).
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeepAlive {
    /// How long nothing may arrive before a PING is sent.
    pub(crate) interval: Duration,
    /// How long the answer may take. After that the connection counts as dead.
    pub(crate) timeout: Duration,
}

impl NetworkSettings {
    /// Returns true if a request that waited so long would have ended with its connection, had that
    /// been dead: a PING was answered meanwhile.
    pub(super) fn is_proof_of_life(&self, waited: Duration) -> bool {
        cfg!(feature = "http2")
            && self.http2_keep_alive.is_some_and(|ping| waited > ping.interval + ping.timeout)
    }
}

impl NetworkSettings {
    /// Returns the pause between two TCP keep-alive probes. Setting it, or their number, would turn
    /// keep-alive on.
    pub(super) fn keepalive_interval(&self) -> Option<Duration> {
        self.tcp_keepalive.map(|_| Duration::from_secs(15))
    }

    /// Returns how many TCP keep-alive probes may stay without an answer.
    pub(super) fn keepalive_probes(&self) -> Option<u32> {
        self.tcp_keepalive.map(|_| 3)
    }
}

impl NetworkSettings {
    /// Returns an error if a response has too many headers. HTTP/2 has no limit of their number.
    pub(super) fn check_headers(&self, headers: &HeaderMap) -> Result<(), TransportError> {
        let (max, length) = (self.max_response_headers, headers.len());
        if length <= max {
            return Ok(());
        }
        let detail = format!("the response has {length} headers, more than the maximum of {max}");
        Err(TransportError::new(ErrorKind::Protocol, detail))
    }
}

/// The client that a transport is made for.
pub(crate) struct Purpose<'a> {
    /// The base URL. If it is https, a client without trusted certificates cannot be built.
    #[cfg_attr(
        not(any(feature = "reqwest", feature = "tls")),
        expect(dead_code, reason = "without both there is no TLS")
    )]
    pub(crate) base: &'a Url,
    pub(crate) clock: ClientClock,
}

/// hyper's own maximum of headers. It is set only if it differs, because a maximum that is set costs
/// an allocation per response.
pub(super) const DEFAULT_MAX_HEADERS: usize = 100;

/// A body of this many bytes or less is handed to the system at once. A larger one takes a while.
pub(super) const LARGE_BODY: u64 = 64 * 1024;
