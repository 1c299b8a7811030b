//! Templates and URLs without values.

use std::fmt::Write as _;

use http::Uri;
use percent_encoding::percent_decode_str;

use crate::endpoint::Endpoint;

/// Text in place of a value that is not shown (semantic conventions for HTTP, `url.full`).
const REDACTED: &str = "REDACTED";

/// Returns the template as an absolute path with braces, such as `/v1/users/{id}`. `base_path` is
/// the path of the base URL. It is `None` for endpoints without a template.
pub(super) fn template(base_path: &str, endpoint: &Endpoint) -> Option<String> {
    if !endpoint.has_template() {
        return None;
    }
    let (base, template) = (base_path.trim_end_matches('/'), endpoint.template());
    let mut path = String::with_capacity(base.len() + template.len() + 1);
    path.push_str(base);
    if !template.is_empty() && template != "/" {
        path.push('/');
    }
    push_with_braces(template.trim_start_matches('/'), &mut path);
    if path.is_empty() || template == "/" {
        path.push('/');
    }
    Some(path)
}

/// Writes `<id>` and `<path..>` as `{id}` and `{path}`.
fn push_with_braces(template: &str, path: &mut String) {
    for part in template.split_inclusive('>') {
        match part.split_once('<') {
            None => path.push_str(part),
            Some((text, placeholder)) => {
                let name = placeholder.trim_end_matches('>').trim_end_matches("..");
                path.extend([text, "{", name, "}"]);
            }
        }
    }
}

/// Returns the URL without values: the template in place of the path, and the names of the query
/// pairs that the endpoint declares. Other names may be data, such as keys of a map. Without a
/// template, the whole path is hidden.
pub(super) fn redacted(uri: &Uri, template: Option<&str>, endpoint: &Endpoint) -> String {
    let mut url = origin(uri);
    match (template, uri.path()) {
        (Some(template), _) => url.push_str(template),
        (None, "/" | "") => url.push('/'),
        (None, _) => url.extend(["/", REDACTED]),
    }
    let pairs = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    for (index, pair) in pairs.enumerate() {
        url.push(if index == 0 { '?' } else { '&' });
        if let Some(name) = declared_name(pair, endpoint) {
            url.extend([name, "="]);
        }
        url.push_str(REDACTED);
    }
    url
}

/// Returns the encoded name of a pair if the endpoint declares it: `filter` of `filter[size]=1`.
fn declared_name<'a>(pair: &'a str, endpoint: &Endpoint) -> Option<&'a str> {
    let name = pair.split('=').next()?;
    let outer = name.split(['[', '%']).next()?;
    [name, outer].into_iter().find(|name| {
        let decoded = percent_decode_str(name).decode_utf8_lossy();
        endpoint.declares_query(&decoded) || endpoint.declares_query(name)
    })
}

/// Returns scheme, host and port.
fn origin(uri: &Uri) -> String {
    let mut origin = String::new();
    if let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.host()) {
        let _ = write!(origin, "{scheme}://{host}");
        if let Some(port) = uri.port_u16() {
            let _ = write!(origin, ":{port}");
        }
    }
    origin
}

/// Returns the host, without the brackets of an IPv6 address.
pub(super) fn address(uri: &Uri) -> &str {
    uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
}

/// Returns the port, or the default port of the scheme.
pub(super) fn port(uri: &Uri) -> u16 {
    let default = if uri.scheme_str() == Some("https") { 443 } else { 80 };
    uri.port_u16().unwrap_or(default)
}
