//! Hosts that can exist.

#[cfg(feature = "tls")]
use rustls::pki_types::ServerName;
use url::{Host, Url};

/// A clause about a URL whose host [`is_possible_host`] refuses.
pub(crate) const IMPOSSIBLE_HOST: &str = "has a host that cannot exist: each part of a name has 1 to 63 characters, letters, digits and hyphens";

/// Returns true if a resolver and, over https, a certificate can have this host name (RFC 1035
/// section 2.3.1). `Url` checks only for characters that would end the host.
pub(crate) fn is_possible_host(url: &Url) -> bool {
    let Some(Host::Domain(name)) = url.host() else { return true };
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_resolvable =
        name.len() <= 253 && name.split('.').all(|label| (1..=63).contains(&label.len()));
    is_resolvable && (url.scheme() != "https" || is_possible_in_certificate(name))
}

#[cfg(feature = "tls")]
fn is_possible_in_certificate(name: &str) -> bool {
    ServerName::try_from(name).is_ok()
}

/// Without TLS of our own, the transport decides.
#[cfg(not(feature = "tls"))]
fn is_possible_in_certificate(_: &str) -> bool {
    true
}
