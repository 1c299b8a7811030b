//! A transport without a network: it responds by endpoint and records the requests.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use serde::Serialize;

use crate::body::Body;
use crate::client::Client;
use crate::client::builder::ClientBuilder;
use crate::endpoint::Endpoint;
use crate::error::{ConfigError, ErrorKind, TransportError};
use crate::retry::clock::{Clock, SleepFuture};
use crate::runtime::background::isolate;
use crate::transport::{Transport, TransportFuture};

/// A fake of an API. The code under test runs unchanged; its requests end here.
///
/// ```
/// use connectors_client::cohere::ConnectorsClient;
/// use connectors_client::{Fake, FakeReply};
/// use serde_json::json;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), connectors_client::Error> {
/// let fake = Fake::new().on(ConnectorsClient::LIST, |_request| FakeReply::json(200, json!({"connectors": []})));
///
/// let page = ConnectorsClient::new(fake.client()).list().limit(10).await?;
///
/// assert!(page.connectors.is_empty());
/// assert_eq!(fake.requests()[0].uri().query(), Some("limit=10"));
/// # Ok(())
/// # }
/// ```
///
/// If an endpoint has several handlers, the last one responds. A request without a handler ends
/// with a `Build` error that names the endpoint. Retries do not wait.
#[derive(Clone, Default)]
pub struct Fake {
    handlers: Vec<(&'static Endpoint, Handler)>,
    /// Responds to requests without a handler of their own.
    otherwise: Option<Handler>,
    record: Arc<Mutex<Vec<http::Request<Bytes>>>>,
}

type Handler = Arc<dyn Fn(&http::Request<Bytes>) -> FakeReply + Send + Sync>;

/// The result of a [`Fake`]'s handler: a response, or a failure of the network.
///
/// A handler can also return an `http::Response<Bytes>` or a [`TransportError`].
#[derive(Debug)]
pub struct FakeReply(Result<http::Response<Bytes>, TransportError>);

impl From<http::Response<Bytes>> for FakeReply {
    fn from(response: http::Response<Bytes>) -> Self {
        Self(Ok(response))
    }
}

impl From<TransportError> for FakeReply {
    fn from(error: TransportError) -> Self {
        Self(Err(error))
    }
}

impl FakeReply {
    /// Creates a response with this body. An invalid status code becomes 500.
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        let mut response = http::Response::new(body.into());
        *response.status_mut() =
            http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
        Self(Ok(response))
    }

    /// Creates a response with a JSON body. An invalid status code becomes 500, as does the status
    /// of a body that cannot be written as JSON.
    pub fn json(status: u16, body: impl Serialize) -> Self {
        match serde_json::to_vec(&body) {
            Ok(json) => Self::new(status, json).header("content-type", "application/json"),
            Err(error) => {
                Self::new(500, format!("the fake's body cannot be written as JSON: {error}"))
            }
        }
    }

    /// Creates a failure of the network of this kind.
    pub fn failure(kind: ErrorKind) -> Self {
        Self(Err(TransportError::new(kind, format!("the fake fails with {kind:?}"))))
    }

    /// Adds a header field. An invalid name or value is ignored.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = http::HeaderName::from_bytes(name.as_bytes());
        if let (Ok(response), Ok(name), Ok(value)) =
            (&mut self.0, name, http::HeaderValue::from_str(value))
        {
            response.headers_mut().append(name, value);
        }
        self
    }
}

impl Fake {
    /// Creates a fake without handlers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the handler of an endpoint.
    pub fn on<R: Into<FakeReply>>(
        mut self,
        endpoint: &'static Endpoint,
        handler: impl Fn(&http::Request<Bytes>) -> R + Send + Sync + 'static,
    ) -> Self {
        self.handlers.push((endpoint, Arc::new(move |request| handler(request).into())));
        self
    }

    /// Sets the handler of all other requests, including those that no trait declares
    /// ([`Client::send`](crate::Client::send)).
    pub fn otherwise<R: Into<FakeReply>>(
        mut self,
        handler: impl Fn(&http::Request<Bytes>) -> R + Send + Sync + 'static,
    ) -> Self {
        self.otherwise = Some(Arc::new(move |request| handler(request).into()));
        self
    }

    /// Returns a client whose requests end here.
    ///
    /// # Panics
    ///
    /// Never: its settings are fixed.
    pub fn client(&self) -> Client {
        self.builder().build().unwrap_or_else(|error: ConfigError| unreachable!("{error}"))
    }

    /// Returns a builder of such a client, for other settings. Its base URL is `http://localhost`.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder("http://localhost").transport(self.clone()).clock(NoWaiting)
    }

    /// Returns the requests so far, in order. Their extensions hold the endpoint, the attempt and
    /// the arguments.
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.record().clone()
    }

    fn record(&self) -> MutexGuard<'_, Vec<http::Request<Bytes>>> {
        // A handler that panicked left the record as it was.
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &http::Request<Bytes>) -> FakeReply {
        let Some(endpoint) = request.extensions().get::<&'static Endpoint>() else {
            return TransportError::new(
                ErrorKind::Build,
                "the request was sent to the fake without an endpoint",
            )
            .into();
        };
        let own = self
            .handlers
            .iter()
            .rev()
            .find(|(other, _)| other == endpoint)
            .map(|(_, handler)| handler);
        match own.or(self.otherwise.as_ref()) {
            Some(handler) => isolate(|| handler(request)),
            None if endpoint.is_declared() => TransportError::new(
                ErrorKind::Build,
                format!(
                    "the fake has no handler for `{endpoint}`: add `.on({}Client::{}, ..)`",
                    endpoint.api(),
                    endpoint.name().to_uppercase()
                ),
            )
            .into(),
            None => {
                let problem = "the fake has no handler for requests that are not declared: add `.otherwise(..)`";
                TransportError::new(ErrorKind::Build, problem).into()
            }
        }
    }
}

impl Transport for Fake {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.read().await?;
            let request = http::Request::from_parts(parts, body);
            self.record().push(request.clone());
            self.answer(&request).0.map(|response| response.map(Body::from))
        })
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoints: Vec<_> = self.handlers.iter().map(|(endpoint, _)| endpoint).collect();
        f.debug_struct("Fake").field("endpoints", &endpoints).finish_non_exhaustive()
    }
}

/// The clock of a fake's client: waits take no time, and timeouts never pass.
struct NoWaiting;

impl Clock for NoWaiting {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, _: Duration) -> SleepFuture {
        Box::pin(std::future::ready(()))
    }

    fn timer(&self, _: Duration) -> SleepFuture {
        Box::pin(std::future::pending())
    }
}
