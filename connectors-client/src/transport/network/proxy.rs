//! Proxies: one that the caller names, or those of the environment and the system.

use std::fmt;

use http::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use url::Url;

use crate::error::ConfigError;
use crate::transport::host::{IMPOSSIBLE_HOST, is_possible_host};

/// A proxy for all requests of a client, for [`ClientBuilder::proxy`](crate::ClientBuilder::proxy).
///
/// The scheme of its URL is `http` or `https`, and with the feature `socks` also `socks4`,
/// `socks4a`, `socks5` or `socks5h`. Requests to https servers pass through a tunnel (`CONNECT`, RFC
/// 9110 section 9.3.6); requests over plain http are read by the proxy.
///
/// ```
/// use connectors_client::{Client, Proxy};
///
/// let proxy = Proxy::all("http://user:secret@proxy.internal:3128")?.bypass("localhost, .internal");
/// let client = Client::builder("https://api.example.com").proxy(proxy).build()?;
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct Proxy {
    pub(in crate::transport) url: Url,
    pub(in crate::transport) bypass: String,
}

/// The schemes of SOCKS.
const SOCKS: [&str; 4] = ["socks4", "socks4a", "socks5", "socks5h"];

impl Proxy {
    /// Returns the proxy with this URL, which can hold a user and a password. Without a port, it is
    /// that of the scheme. An invalid URL is an error, and so is one of SOCKS without the feature
    /// `socks` or one of https without the feature `tls`. The error does not show the URL, because that may hold a password.
    pub fn all(url: &str) -> Result<Self, ConfigError> {
        let invalid = |why: &dyn fmt::Display| {
            ConfigError::new(format!(
                "the URL of the proxy is not valid: {why}; write it like `http://proxy.example.com:3128`"
            ))
        };
        let url = Url::parse(url.trim()).map_err(|error| invalid(&error))?;
        if SOCKS.contains(&url.scheme()) {
            if cfg!(not(feature = "socks")) {
                return Err(ConfigError::new(
                    "a SOCKS proxy needs the feature `socks` of connectors-client",
                ));
            }
        } else if !matches!(url.scheme(), "http" | "https") {
            return Err(invalid(&"its scheme is not `http`, `https` or one of SOCKS"));
        }
        if url.scheme() == "https" && cfg!(not(feature = "tls")) {
            return Err(ConfigError::new(
                "a proxy over https needs the feature `tls` of connectors-client",
            ));
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(invalid(&"it has no host"));
        }
        if !is_possible_host(&url) {
            return Err(invalid(&format!("it {IMPOSSIBLE_HOST}")));
        }
        Ok(Self { url, bypass: String::new() })
    }

    /// Sets which hosts are reached without the proxy: names, which include the names below them,
    /// addresses and networks such as `10.0.0.0/8`, separated by commas; `*` is all hosts. `NO_PROXY`
    /// has the same form.
    pub fn bypass(mut self, hosts: &str) -> Self {
        hosts.clone_into(&mut self.bypass);
        self
    }

    /// Returns true if requests to this URL pass through the proxy.
    pub(crate) fn is_used_for(&self, url: &Url) -> bool {
        let matcher = self.matcher();
        url.as_str().parse::<Uri>().is_ok_and(|uri| matcher.intercept(&uri).is_some())
    }

    pub(in crate::transport) fn matcher(&self) -> Matcher {
        Matcher::builder().all(self.url.as_str()).no(self.bypass.as_str()).build()
    }
}

/// Shows the origin of the proxy, without its user and password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (host, port) = (self.url.host_str().unwrap_or_default(), self.url.port());
        f.debug_struct("Proxy")
            .field("scheme", &self.url.scheme())
            .field("host", &host)
            .field("port", &port)
            .field("bypass", &self.bypass)
            .finish()
    }
}

/// The variables of the environment that name a proxy.
const VARIABLES: [[&str; 2]; 3] =
    [["HTTPS_PROXY", "https_proxy"], ["HTTP_PROXY", "http_proxy"], ["ALL_PROXY", "all_proxy"]];

/// Returns the passwords for proxies: of the one that the caller names, or those of the environment.
pub(crate) fn passwords(named: Option<&Proxy>, from_env: bool) -> Vec<String> {
    let variables = VARIABLES.iter().flatten().filter(|_| from_env);
    let of_env = variables.filter_map(|name| Url::parse(&std::env::var(name).ok()?).ok());
    let urls = named.map(|proxy| proxy.url.clone()).into_iter().chain(of_env);
    let passwords = urls.filter_map(|url| {
        let password = percent_encoding::percent_decode_str(url.password()?);
        Some(password.decode_utf8_lossy().into_owned())
    });
    passwords.collect()
}

/// Returns an error if a variable of the environment names a proxy that cannot be used. Otherwise
/// such a variable would be ignored, and requests would go out directly.
pub(crate) fn check_environment() -> Result<(), ConfigError> {
    // A CGI program gets a header of its client in `HTTP_PROXY`, so none of them is used there.
    if std::env::var_os("REQUEST_METHOD").is_some() {
        return Ok(());
    }
    for names in VARIABLES {
        // Of the two names, the first one that is set is used.
        let set = names.iter().find_map(|name| Some((name, std::env::var_os(name)?)));
        if let Some((name, value)) = set.filter(|(_, value)| !value.is_empty()) {
            check_variable(name, value.to_str())?;
        }
    }
    Ok(())
}

fn check_variable(name: &str, value: Option<&str>) -> Result<(), ConfigError> {
    let unusable = |why: &dyn fmt::Display| {
        ConfigError::new(format!(
            "the environment variable `{name}` names no proxy that can be used: {why}; correct it, or \
             ignore it with `env_proxies(false)`"
        ))
    };
    let value = value.ok_or_else(|| unusable(&"it is not UTF-8"))?.trim();
    // A scheme may be left out, as for curl.
    let url = if value.contains("://") { value.to_owned() } else { format!("http://{value}") };
    Proxy::all(&url).map_err(|error| unusable(&error)).map(|_| ())
}
