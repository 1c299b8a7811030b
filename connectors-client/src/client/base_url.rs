//! The base URL: where all calls of a client go, and the only origin that sees its secrets.

use url::{Host, Origin, Url};

use crate::error::ConfigError;

#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    url: Url,
    /// The same without a slash at the end.
    prefix: String,
    origin: Origin,
    is_loopback: bool,
    may_carry_secrets: bool,
}

impl BaseUrl {
    pub(crate) fn parse(text: &str, allow_http: bool) -> Result<Self, ConfigError> {
        let url = Url::parse(text.trim()).map_err(|error| {
            ConfigError::new(format!(
                "the base URL cannot be read: {error}; write it like `https://api.example.com`"
            ))
        })?;
        check(&url)?;
        let is_https = url.scheme() == "https";
        Ok(Self {
            prefix: url.as_str().trim_end_matches('/').to_owned(),
            origin: url.origin(),
            is_loopback: is_loopback(&url),
            may_carry_secrets: is_https || allow_http || is_loopback(&url),
            url,
        })
    }

    /// The URL as it was read.
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// The URL that paths are joined to, without a slash at the end.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether it is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    /// Whether a secret may be sent: over https, to this machine itself, or where the caller has opted in.
    pub(crate) fn may_carry_secrets(&self) -> bool {
        self.may_carry_secrets
    }

    /// Why a secret is not sent, in a sentence.
    pub(crate) fn insecure(&self) -> String {
        format!(
            "a token would be sent over plain http to `{}`: use https, or allow it by `allow_http_tokens(true)`",
            self.origin.ascii_serialization()
        )
    }

    /// Where a redirect leads, if it stays within this origin.
    pub(crate) fn redirected(&self, from: &http::Uri, location: &str) -> Option<http::Uri> {
        let mut url = Url::parse(&from.to_string()).ok()?.join(location).ok()?;
        if url.origin() != self.origin || !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        url.set_fragment(None);
        url.as_str().parse().ok()
    }

    /// The URL that a server has handed out, absolute or relative to the base URL, if it stays within this origin; else
    /// why not, in a clause.
    pub(crate) fn link(&self, link: &str) -> Result<http::Uri, String> {
        if link.trim().is_empty() {
            return Err("is empty, and not a link".to_owned());
        }
        self.resolved(&format!("{}/", self.prefix), link)
    }

    /// The same for one that is relative to the URL that was asked for.
    pub(crate) fn link_beside(&self, asked: &http::Uri, link: &str) -> Result<http::Uri, String> {
        self.resolved(&asked.to_string(), link)
    }

    fn resolved(&self, base: &str, link: &str) -> Result<http::Uri, String> {
        let base = Url::parse(base).map_err(|_| "cannot be resolved".to_owned())?;
        let mut url = base.join(link).map_err(|error| format!("is no link: {error}"))?;
        if url.origin() != self.origin {
            let origin = self.origin.ascii_serialization();
            return Err(format!(
                "leads to {}: only links within `{origin}` are followed",
                self.describe_target(link)
            ));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("holds credentials, which no link may".to_owned());
        }
        url.set_fragment(None);
        url.as_str().parse().map_err(|error| format!("cannot be sent: {error}"))
    }
}

impl BaseUrl {
    /// Where a redirect that is not followed leads, without what may be secret in it.
    pub(crate) fn describe_target(&self, location: &str) -> String {
        match Url::parse(&format!("{}/", self.prefix)).and_then(|base| base.join(location)) {
            Ok(url) if url.origin() == self.origin => "another place on this server".to_owned(),
            Ok(url) if url.origin().is_tuple() => url.origin().ascii_serialization(),
            _ => "a place that is no web address".to_owned(),
        }
    }
}

fn check(url: &Url) -> Result<(), ConfigError> {
    let problem = if !matches!(url.scheme(), "http" | "https") {
        "must begin with `https://` or `http://`"
    } else if !url.username().is_empty() || url.password().is_some() {
        "holds credentials: give them by `basic_auth`"
    } else if url.query().is_some() {
        "has a query: give its arguments by the options of a view of the client"
    } else if url.fragment().is_some() {
        "has a fragment (`#`), which is never sent"
    } else {
        return Ok(());
    };
    Err(ConfigError::new(format!("the base URL {problem}")))
}

/// Only what cannot leave the machine; names under `localhost` are asked of name servers on some systems.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
