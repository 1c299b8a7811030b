//! Sends a complete `http::Request`: one written by hand, or one built from a call.

use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use http::{Method, Uri};

use super::assemble::{
    NO_STORE, accept_value, checked, is_event_stream, merged, set_options, with_query,
};
use crate::body::Body;
use crate::client::Shared;
use crate::client::request_options::{RequestOptions, header_value, mark_sensitive};
use crate::endpoint::Endpoint;
use crate::transport::Attempt;

/// Options of the call that a request was built from, without those already in the request.
#[derive(Clone)]
pub(crate) struct BuiltFrom(pub(crate) RequestOptions);

/// Returns the request of an attempt. A request built from a call is sent unchanged; one written by
/// hand gets the client's headers that it lacks.
pub(super) fn rebuild(
    built: &http::Request<Body>,
    client: &Shared,
    options: &RequestOptions,
    accept: &'static str,
) -> Result<http::Request<Body>, String> {
    check_by_hand(built)?;
    let body = built.body().for_attempt().map_err(|mistake| format!("the body {mistake}"))?;
    let body = if options.body_fields.is_empty() { body } else { merged(Some(&body), options)? };
    let mut headers = built.headers().clone();
    for (name, value) in &mut headers {
        *value = mark_sensitive(name, value.clone());
    }
    if built.extensions().get::<Attempt>().is_none() {
        headers.entry(ACCEPT).or_insert(accept_value(accept)?);
        for (name, value) in client.headers.iter().filter(|(name, _)| *name != CONTENT_TYPE) {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        if is_event_stream(accept) {
            headers.entry(CACHE_CONTROL).or_insert(NO_STORE);
        }
    }
    if let Some(content_type) = body.content_type() {
        headers
            .entry(CONTENT_TYPE)
            .or_insert(header_value(&CONTENT_TYPE, content_type.as_bytes())?);
    }
    set_options(&mut headers, options);
    let mut request = http::Request::new(body);
    *request.method_mut() = built.method().clone();
    *request.uri_mut() = uri(built, client, options)?;
    *request.headers_mut() = headers;
    *request.extensions_mut() = built.extensions().clone();
    Ok(request)
}

/// Returns the URL of an attempt.
pub(super) fn uri(
    built: &http::Request<Body>,
    client: &Shared,
    options: &RequestOptions,
) -> Result<Uri, String> {
    let endpoint = built.extensions().get::<&'static Endpoint>().copied();
    with_query(&uri_by_hand(built.uri(), client)?, options, endpoint)
}

/// Refuses methods and headers that the transport controls.
fn check_by_hand(built: &http::Request<Body>) -> Result<(), String> {
    if matches!(*built.method(), Method::CONNECT | Method::TRACE) {
        return Err(format!("`{}` is for proxies and not for an API", built.method()));
    }
    match [CONTENT_LENGTH, TRANSFER_ENCODING]
        .into_iter()
        .find(|name| built.headers().contains_key(name))
    {
        Some(name) => Err(format!("the header `{name}` follows from the body and cannot be set")),
        None => Ok(()),
    }
}

/// Returns the URL of a request written by hand: a path below the base URL, or an absolute URL
/// within its origin.
fn uri_by_hand(uri: &Uri, client: &Shared) -> Result<Uri, String> {
    match (uri.authority(), uri.path_and_query()) {
        (None, Some(path)) if path.as_str().starts_with('/') => {
            let is_dots = |segment: &str| {
                matches!(segment.replace("%2e", ".").replace("%2E", ".").as_str(), "." | "..")
            };
            if uri.path().split('/').any(is_dots) {
                return Err(
                    "the URL has a dot segment, which would address another resource".to_owned()
                );
            }
            checked(format!("{}{path}", client.base.prefix()).into())
        }
        (None, _) => Err("the URL is neither absolute nor a path that begins with `/`".to_owned()),
        _ => client.base.link(&uri.to_string()).map_err(|mistake| format!("the URL {mistake}")),
    }
}
