//! A transport that treats every failure as a connection failure. Its client then retries requests
//! that were executed, and denies the execution.

use std::time::Duration;

use connectors_client::{Body, ErrorKind, Transport, TransportError, TransportFuture};
use reqwest::Client;

use crate::careless::plain;

/// Reads reqwest's errors carelessly: every send error counts as not sent.
#[derive(Debug)]
pub(crate) struct Denying(Client);

impl Denying {
    pub(crate) fn new() -> Self {
        Self(plain())
    }
}

impl Transport for Denying {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.as_bytes().unwrap_or_default().to_vec();
            let request =
                self.0.request(parts.method, parts.uri.to_string()).headers(parts.headers);
            let request = request.body(body).timeout(Duration::from_millis(250));
            let not_sent = |error: reqwest::Error| TransportError::new(ErrorKind::Connect, error);
            let reply = request.send().await.map_err(not_sent)?;
            let (status, headers) = (reply.status(), reply.headers().clone());
            let mut given = http::Response::new(Body::from(reply.bytes().await.map_err(not_sent)?));
            (*given.status_mut(), *given.headers_mut()) = (status, headers);
            Ok(given)
        })
    }
}
