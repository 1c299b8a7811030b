//! The base URL of a client. All calls go to its origin, and only that origin receives secrets.

use std::borrow::Cow;

use http::HeaderValue;
use percent_encoding::{AsciiSet, percent_encode};
#[cfg(feature = "tls")]
use rustls::pki_types::ServerName;
use url::{Host, Origin, Url};

use crate::error::ConfigError;

#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    url: Url,
    /// The URL without a trailing slash.
    prefix: String,
    origin: Origin,
    is_loopback: bool,
    may_carry_secrets: bool,
    /// Other origins that a `#[url]` may lead to.
    allowed: Vec<Origin>,
}

impl BaseUrl {
    /// Parses the URL. `is_loopback` tells if its server is on this machine.
    pub(crate) fn parse(
        text: &str,
        allow_http: bool,
        is_loopback: impl FnOnce(&Url) -> bool,
    ) -> Result<Self, ConfigError> {
        let url = Url::parse(text.trim()).map_err(|error| {
            ConfigError::new(format!(
                "the base URL is not valid: {error}; write it like `https://api.example.com`"
            ))
        })?;
        check(&url)?;
        let is_https = url.scheme() == "https";
        let is_loopback = is_loopback(&url);
        Ok(Self {
            prefix: url.as_str().trim_end_matches('/').to_owned(),
            origin: url.origin(),
            is_loopback,
            may_carry_secrets: is_https || allow_http || is_loopback,
            allowed: Vec::new(),
            url,
        })
    }

    /// Returns true only if requests cannot leave this machine. Names under `localhost` do not count,
    /// because some systems ask name servers for them.
    pub(crate) fn is_loopback_host(url: &Url) -> bool {
        match url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        }
    }

    /// Returns the parsed URL.
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Returns the URL that paths are joined to, without a trailing slash.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Returns true if the host is this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    /// Returns true if secrets can be sent: over https, to this machine, or if the caller allowed
    /// plain http.
    pub(crate) fn may_carry_secrets(&self) -> bool {
        self.may_carry_secrets
    }

    /// Returns the error text for a secret that is not sent.
    pub(crate) fn insecure(&self) -> String {
        format!(
            "a token would be sent over plain http to `{}`: use https, or allow it with `allow_http_tokens(true)`",
            self.origin.ascii_serialization()
        )
    }

    /// Allows a `#[url]` to lead to another origin: https, or this machine.
    pub(crate) fn allow(&mut self, origin: &str) -> Result<(), ConfigError> {
        let problem = |problem: &str| {
            ConfigError::new(format!(
                "the allowed origin {problem}: write it like `https://uploads.example.com`"
            ))
        };
        let url = Url::parse(origin.trim())
            .map_err(|error| problem(&format!("is not valid: {error}")))?;
        let has_more = url.path() != "/" || url.query().is_some() || url.fragment().is_some();
        if has_more || !url.username().is_empty() || url.password().is_some() {
            return Err(problem("is more than a scheme, a host and a port"));
        }
        if url.scheme() != "https" && !(url.scheme() == "http" && Self::is_loopback_host(&url)) {
            return Err(problem("is not https"));
        }
        if url.scheme() == "https" && self.url.scheme() != "https" {
            return Err(problem("is https, which needs a base URL of https"));
        }
        self.allowed.push(url.origin());
        Ok(())
    }

    /// Resolves a link that the caller gives. Unlike `link`, it may lead to an allowed origin.
    pub(crate) fn given_link(&self, link: &str) -> Result<http::Uri, String> {
        match Url::parse(link.trim()) {
            Ok(url) if self.allowed.contains(&url.origin()) => uri_of(url),
            _ => self.link(link),
        }
    }

    /// Returns true if a link that the caller gives may lead to another origin.
    pub(crate) fn allows_others(&self) -> bool {
        !self.allowed.is_empty()
    }

    /// Returns true if a link that the caller gives leads to another origin.
    pub(crate) fn is_elsewhere(&self, link: &str) -> bool {
        Url::parse(link.trim()).is_ok_and(|url| url.origin() != self.origin)
    }

    /// Returns the target of a redirect if it is within the origin of the request.
    pub(crate) fn redirected(&self, from: &http::Uri, location: &str) -> Option<http::Uri> {
        let from = Url::parse(&from.to_string()).ok()?;
        let origin =
            if self.allowed.contains(&from.origin()) { from.origin() } else { self.origin.clone() };
        let mut url = from.join(location).ok()?;
        if url.origin() != origin || !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        url.set_fragment(None);
        url.as_str().parse().ok()
    }

    /// Resolves a link from the server, absolute or relative to the base URL. Returns an error text
    /// if the link is not valid or leaves this origin.
    pub(crate) fn link(&self, link: &str) -> Result<http::Uri, String> {
        if link.trim().is_empty() {
            return Err("is empty".to_owned());
        }
        self.resolved(&format!("{}/", self.prefix), link)
    }

    /// Resolves a link like `link`, but relative to the URL of the request.
    pub(crate) fn link_beside(
        &self,
        requested: &http::Uri,
        link: &str,
    ) -> Result<http::Uri, String> {
        self.resolved(&requested.to_string(), link)
    }

    fn resolved(&self, base: &str, link: &str) -> Result<http::Uri, String> {
        let base = Url::parse(base).map_err(|_| "cannot be resolved".to_owned())?;
        let url = base.join(link).map_err(|error| format!("is not a valid link: {error}"))?;
        if url.origin() != self.origin {
            let origin = self.origin.ascii_serialization();
            return Err(format!(
                "leads to {}: only links within `{origin}` are followed",
                self.describe_target(link)
            ));
        }
        uri_of(url)
    }
}

fn uri_of(mut url: Url) -> Result<http::Uri, String> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err("holds credentials, which a link must not".to_owned());
    }
    url.set_fragment(None);
    url.as_str().parse().map_err(|error| format!("cannot be sent: {error}"))
}

impl BaseUrl {
    /// Describes the target of a redirect or link that is not followed, without its secrets.
    pub(crate) fn describe_target(&self, location: &str) -> String {
        match Url::parse(&format!("{}/", self.prefix)).and_then(|base| base.join(location)) {
            Ok(url) if url.origin() == self.origin => "another URL of this server".to_owned(),
            Ok(url) if url.origin().is_tuple() => url.origin().ascii_serialization(),
            _ => "an unsupported URL".to_owned(),
        }
    }
}

/// Returns the text of a header that holds a URL. Some servers send paths unencoded, mostly as
/// UTF-8. In any other text, bytes beyond ASCII are percent-encoded, so that the server gets the
/// bytes that it sent.
pub(crate) fn header_text(value: &HeaderValue) -> Cow<'_, str> {
    match str::from_utf8(value.as_bytes()) {
        Ok(text) => text.into(),
        Err(_) => percent_encode(value.as_bytes(), &AsciiSet::EMPTY).collect(),
    }
}

fn check(url: &Url) -> Result<(), ConfigError> {
    let problem = if !matches!(url.scheme(), "http" | "https") {
        "must begin with `https://` or `http://`"
    } else if !url.username().is_empty() || url.password().is_some() {
        "holds credentials: set them with `basic_auth`"
    } else if url.query().is_some() {
        "has a query: set it with `Client::with_options`"
    } else if url.fragment().is_some() {
        "has a fragment (`#`), which is never sent"
    } else if !is_possible_host(url) {
        "has a host that cannot exist: each part of a name has 1 to 63 characters, letters, digits and hyphens"
    } else {
        return Ok(());
    };
    Err(ConfigError::new(format!("the base URL {problem}")))
}

/// Returns true if a resolver and, over https, a certificate can have this host name (RFC 1035
/// section 2.3.1). `Url` checks only for characters that would end the host.
fn is_possible_host(url: &Url) -> bool {
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
