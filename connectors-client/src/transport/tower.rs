//! Services of tower as transports, and transports as services.

mod foreign;

use std::any::Any;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Body as HttpBody;
use tower_service::Service;

use super::layer::{NextTransport, SendState};
use super::{Transport, TransportFuture};
use crate::body::Body;
use crate::error::TransportError;
use foreign::{BoxError, Received};

/// A [`tower_service::Service`] of HTTP requests as a [`Transport`], for
/// [`ClientBuilder::transport`](crate::ClientBuilder::transport). For a layer of tower there is
/// [`tower_layer`](crate::ClientBuilder::tower_layer).
///
/// ```
/// use connectors_client::{Body, Client, TowerTransport};
/// use tower::service_fn;
///
/// let service = service_fn(async |_: http::Request<Body>| {
///     Ok::<_, std::io::Error>(http::Response::new(Body::from("pong")))
/// });
/// let transport = TowerTransport::new(service);
/// let client = Client::builder("https://api.example.com").transport(transport).build()?;
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
///
/// Each request goes to a clone of the service, once the clone is ready. A service sends each
/// request once and follows no redirect. If a response has an encoding, the service removes it.
///
/// The table shows how errors of the service are classified. Errors that count as sent are retried
/// only if the call is idempotent.
///
/// | error | kind | counts as sent |
/// |---|---|---|
/// | a [`TransportError`], also in a box | its own | as it says |
/// | another error with a [`TransportError`] among its causes | the kind of the cause | yes |
/// | `tower::timeout::error::Elapsed` and `TimedOut` of the standard library | `Timeout` | yes |
/// | `tower::load_shed::error::Overloaded` from a [`tower_layer`](crate::ClientBuilder::tower_layer) that sent nothing | `Interrupted` | no |
/// | an HTTP/2 server that says that it has not processed the request (hyper, h2) | `Interrupted` | no; it is sent again at no cost to the retry budget |
/// | any other error | `Interrupted`, or `Protocol` if a server broke HTTP | yes |
/// | any of these from `poll_ready` | as above | no |
pub struct TowerTransport<S>(S);

impl<S> TowerTransport<S> {
    /// Wraps a service.
    pub fn new(service: S) -> Self {
        Self(service)
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: HttpBody<Data = Bytes> + Send + Sync + 'static,
    B::Error: Into<BoxError>,
{
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let mut service = self.0.clone();
        Box::pin(async move {
            let state = request.extensions().get::<Arc<SendState>>().cloned();
            ready(&mut service, state.as_deref()).await?;
            match service.call(request).await {
                Ok(response) => Ok(response.map(body)),
                Err(error) => Err(foreign::exchange_error(error.into(), state.as_deref())),
            }
        })
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TowerTransport(..)")
    }
}

/// Waits until the service takes a request. It has none yet, so nothing was sent.
async fn ready<S>(service: &mut S, state: Option<&SendState>) -> Result<(), TransportError>
where
    S: Service<http::Request<Body>>,
    S::Error: Into<BoxError>,
{
    poll_fn(|context| {
        if let Some(state) = state.filter(|state| state.is_asking()) {
            state.answer_unsent();
            return Poll::Pending;
        }
        service.poll_ready(context).map_err(|error| foreign::error(error.into()).not_sent())
    })
    .await
}

/// Returns the body of a response. One that is a [`Body`] already stays as it is.
fn body<B>(body: B) -> Body
where
    B: HttpBody<Data = Bytes> + Send + Sync + 'static,
    B::Error: Into<BoxError>,
{
    let mut body = Some(body);
    let own = (&mut body as &mut dyn Any).downcast_mut::<Option<Body>>().and_then(Option::take);
    own.or_else(|| body.map(|body| Body::stream(Received::new(body)))).unwrap_or_default()
}

/// A service that is always ready, for the layers of tower.
impl Service<http::Request<Body>> for NextTransport {
    type Response = http::Response<Body>;
    type Error = TransportError;
    type Future =
        Pin<Box<dyn Future<Output = Result<http::Response<Body>, TransportError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let next = self.clone();
        Box::pin(async move { next.send(request).await })
    }
}
