//! Name resolution: fixed addresses, a resolver of the caller's, or the system's.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use crate::runtime::background::isolate;

/// Future returned by [`Resolve::resolve`]: `Box::pin(async move { .. })`.
pub type ResolveFuture = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Resolves host names, in place of the system's resolver. Pass one to
/// [`ClientBuilder::resolver`](crate::ClientBuilder::resolver).
///
/// ```
/// use std::net::{IpAddr, Ipv4Addr};
///
/// use connectors_client::{Client, Resolve, ResolveFuture};
///
/// /// Knows one name.
/// struct OneName;
///
/// impl Resolve for OneName {
///     fn resolve(&self, host: &str) -> ResolveFuture {
///         let known = host == "api.internal";
///         Box::pin(async move {
///             let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
///             Ok(if known { vec![address] } else { Vec::new() })
///         })
///     }
/// }
///
/// let client = Client::builder("https://api.internal").resolver(OneName).build()?;
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
pub trait Resolve: Send + Sync + 'static {
    /// Returns the addresses of a host, in the order in which they are tried. An error fails the
    /// attempt with the kind [`Connect`](crate::ErrorKind::Connect); so does an empty list.
    ///
    /// An empty list and [`io::ErrorKind::NotFound`] state that the host does not exist, so the call
    /// is not retried. Any other error is a failure of the resolver, after which it is asked again.
    ///
    /// Neither this function nor the future may block a runtime of the caller. Blocking calls run
    /// both apart from each other, so there a resolver that blocks delays its own call only.
    fn resolve(&self, host: &str) -> ResolveFuture;
}

/// The resolver of a client.
#[derive(Clone, Default)]
pub(crate) struct Resolver {
    /// Addresses of names that are not looked up.
    pub(crate) fixed: Vec<(String, IpAddr)>,
    pub(crate) custom: Option<Arc<dyn Resolve>>,
    /// The name that must be this machine, because tokens go there over plain http.
    pub(crate) local: Option<String>,
}

impl Resolver {
    /// Returns the fixed address of a host, if it has one. Names are compared without their case.
    pub(crate) fn fixed(&self, host: &str) -> Option<IpAddr> {
        let found = self.fixed.iter().rev().find(|(name, _)| name.eq_ignore_ascii_case(host));
        found.map(|(_, address)| *address)
    }

    /// Resolves a name. The port of the URL is added later.
    pub(in crate::transport) async fn resolve(
        self,
        host: String,
    ) -> io::Result<std::vec::IntoIter<SocketAddr>> {
        let addresses = match (self.fixed(&host), &self.custom) {
            (Some(address), _) => vec![address],
            (None, Some(custom)) => {
                isolated(&**custom, &host).await.map_err(Unresolved::by_resolver)?
            }
            (None, None) => {
                let found = tokio::net::lookup_host((host.as_str(), 0)).await;
                let found = found.map_err(|error| Unresolved { cause: error, is_final: false })?;
                found.map(|address| address.ip()).collect()
            }
        };
        self.check(&host, &addresses)?;
        let addresses: Vec<_> = addresses.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect();
        Ok(addresses.into_iter())
    }

    fn check(&self, host: &str, addresses: &[IpAddr]) -> io::Result<()> {
        if addresses.is_empty() {
            let cause = io::Error::other(format!("the resolver knows no address of `{host}`"));
            return Err(Unresolved { cause, is_final: true }.into());
        }
        let is_local = self.local.as_deref().is_some_and(|local| local.eq_ignore_ascii_case(host));
        match addresses.iter().find(|address| is_local && !address.is_loopback()) {
            None => Ok(()),
            Some(address) => {
                Err(io::Error::other(NotHere { host: host.to_owned(), address: *address }))
            }
        }
    }
}

/// Runs a resolver of the caller, which may block.
async fn isolated(resolver: &dyn Resolve, host: &str) -> io::Result<Vec<IpAddr>> {
    let mut resolving = isolate(|| resolver.resolve(host));
    poll_fn(|context| isolate(|| resolving.as_mut().poll(context))).await
}

/// The error of a name that has no address.
#[derive(Debug)]
pub(in crate::transport) struct Unresolved {
    cause: io::Error,
    /// True if the resolver knows that the name does not exist, so that asking again would not
    /// help. The system's resolver tells that only by a text.
    pub(in crate::transport) is_final: bool,
}

impl Unresolved {
    fn by_resolver(cause: io::Error) -> Self {
        let is_final = cause.kind() == io::ErrorKind::NotFound;
        Self { cause, is_final }
    }
}

impl From<Unresolved> for io::Error {
    fn from(unresolved: Unresolved) -> Self {
        Self::new(unresolved.cause.kind(), unresolved)
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause.fmt(f)
    }
}

impl Error for Unresolved {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.source()
    }
}

/// The error of a name that must be this machine and is not.
#[derive(Debug)]
pub(in crate::transport) struct NotHere {
    host: String,
    address: IpAddr,
}

impl fmt::Display for NotHere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, address } = self;
        write!(
            f,
            "`{host}` is {address}, which is not this machine, so a token would be sent over plain \
             http: use https, or allow it with `allow_http_tokens(true)`"
        )
    }
}

impl Error for NotHere {}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolver")
            .field("fixed", &self.fixed)
            .field("custom", &self.custom.is_some())
            .finish_non_exhaustive()
    }
}
