//! A finished client of reqwest as a transport.

use std::fmt;

use http_body::Body as _;
use url::Url;

use super::super::network::{LARGE_BODY, coding};
use super::super::{Transport, TransportFuture};
use super::convert::{exchange_error, reqwest_request, to_response};
use crate::body::Body;

/// A finished [`reqwest::Client`] as a transport, for
/// [`ClientBuilder::transport`](crate::ClientBuilder::transport).
///
/// Prefer [`ClientBuilder::reqwest`](crate::ClientBuilder::reqwest) if you only need settings of
/// reqwest: it keeps every promise. The settings of a finished client can be neither read nor
/// changed, so these promises become yours:
///
/// - **Redirects.** By default reqwest follows up to 10, also to other origins and for a POST. On
///   the way to another origin it removes `Authorization`, `Cookie` and `Proxy-Authorization`, and
///   forwards every other header, such as a token in `X-Api-Key`. Build the client with
///   `redirect(Policy::none())`; then this crate follows GET and HEAD within the origin.
/// - **Plain http.** Only the base URL decides if a token may be sent over plain http. This crate
///   does not see the client's own proxies and resolver, or the proxies of the environment. Use
///   `no_proxy()` with a base URL on this machine.
/// - **Retries.** reqwest sends some HTTP/2 requests again by itself, which `attempts()` does not
///   count. `retry(reqwest::retry::never())` turns that off.
/// - **Runtimes.** All Tokio runtimes share one connection pool. A connection stops when the runtime
///   that opened it does, so use such a client on one runtime.
/// - **Timeouts.** Timeouts of the client end calls in addition to those set here. A timeout before
///   there is a connection counts as sent, and a dead HTTP/2 connection serves further calls unless
///   the client has a keep-alive.
/// - **Decompression.** Codings that the client decodes are decoded also for downloads that ask for
///   the stored form. The others are decoded by this crate, as always.
///
/// The network settings of [`ClientBuilder`](crate::ClientBuilder) do not apply to it.
///
/// This crate enables reqwest without a TLS back end of its own. Depend on reqwest with the features
/// that your client needs, because building a client without a back end panics.
///
/// ```no_run
/// use connectors_client::{Client, Reqwest};
///
/// let finished = reqwest::Client::builder()
///     .redirect(reqwest::redirect::Policy::none())
///     .retry(reqwest::retry::never())
///     .build()?;
/// let client =
///     Client::builder("https://api.example.com").transport(Reqwest::new(finished)).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Reqwest {
    client: reqwest::Client,
}

impl Reqwest {
    /// Returns a transport that sends over this client.
    pub fn new(client: reqwest::Client) -> Self {
        Self { client }
    }
}

/// Shows nothing of the client, whose default headers may hold a token.
impl fmt::Debug for Reqwest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reqwest(..)")
    }
}

impl Transport for Reqwest {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let is_large = request.body().size_hint().exact().is_none_or(|length| length > LARGE_BODY);
        let asked = coding::Asked::by(&request);
        let request = reqwest_request(request, asked, |uri| Url::parse(&uri.to_string()));
        Box::pin(async move {
            let response = self.client.execute(request?).await;
            let response = response.map_err(|error| exchange_error(error, is_large))?;
            coding::decode(to_response(response, None), asked)
        })
    }

    fn reads_extensions(&self) -> bool {
        false
    }
}
