//! What the transports over the network share: their settings, TLS, pools and content codings.

pub(super) mod coding;
pub(super) mod failure;
pub(super) mod liveness;
pub(super) mod pools;
#[cfg(feature = "tls")]
pub(crate) mod tls;

use std::time::Duration;

use url::Url;

use crate::retry::clock::ClientClock;

/// Settings of a transport over the network.
#[derive(Debug)]
pub(crate) struct NetworkSettings {
    pub(crate) connect_timeout: Duration,
    pub(crate) env_proxies: bool,
    #[cfg(feature = "tls")]
    pub(crate) tls: tls::TlsSettings,
}

impl Default for NetworkSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            env_proxies: true,
            #[cfg(feature = "tls")]
            tls: tls::TlsSettings::default(),
        }
    }
}

/// The client that a transport is made for.
pub(crate) struct Purpose<'a> {
    /// The base URL. If it is https, a client without trusted certificates cannot be built.
    pub(crate) base: &'a Url,
    pub(crate) clock: ClientClock,
}

/// A body of this many bytes or less is handed to the system at once. A larger one takes a while.
pub(super) const LARGE_BODY: u64 = 64 * 1024;

/// How long nothing may arrive over HTTP/2 before a PING is sent, while requests are on their way.
#[cfg(feature = "http2")]
pub(super) const PING_AFTER: Duration = Duration::from_secs(15);

/// How long the answer to a PING may take. After that the connection counts as dead.
#[cfg(feature = "http2")]
pub(super) const PONG_WITHIN: Duration = Duration::from_secs(10);
