//! A transport without a network: it responds by endpoint and records the requests.

mod clock;
mod faults;
mod reply;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use crate::body::Body;
use crate::client::Client;
use crate::client::builder::ClientBuilder;
use crate::endpoint::Endpoint;
use crate::error::{ConfigError, ErrorKind, TransportError};
use crate::retry::clock::{ClientClock, Clock};
use crate::runtime::background::isolate;
use crate::transport::{Transport, TransportFuture};
use clock::FakeClock;
use faults::Faults;
pub use reply::FakeReply;

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
/// with a `Build` error that names the endpoint.
///
/// Time passes at once: retries and [delays](FakeReply::delay) take no real time. A timeout still
/// expires if a delay is longer. A [`clock`](Self::clock) of your own changes that.
#[derive(Clone)]
pub struct Fake {
    handlers: Vec<(&'static Endpoint, Handler)>,
    /// Responds to requests without a handler of their own.
    otherwise: Option<Handler>,
    record: Arc<Mutex<Vec<http::Request<Bytes>>>>,
    clock: ClientClock,
    faults: Option<Faults>,
}

impl Default for Fake {
    fn default() -> Self {
        Self {
            handlers: Vec::new(),
            otherwise: None,
            record: Arc::default(),
            clock: ClientClock(Some(Arc::new(FakeClock::default()))),
            faults: None,
        }
    }
}

type Handler = Arc<dyn Fn(&http::Request<Bytes>) -> FakeReply + Send + Sync>;

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

    /// Sets the clock for delays and for the fake's clients.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = ClientClock(Some(Arc::new(clock)));
        self
    }

    /// Uses Tokio's clock, which a test can pause by `#[tokio::test(start_paused = true)]`. Use it
    /// if the code under test waits by Tokio, too, so that there is one time.
    pub fn tokio_clock(mut self) -> Self {
        self.clock = ClientClock(None);
        self
    }

    /// Lets requests fail at random, before their handlers are called. `rate` is the share of
    /// requests that fail, from 0 to 1. A failure is a 503, a refused connection, or a connection
    /// that ends before the response, each with the same probability. With the same seed, the same
    /// sequence of requests has the same failures.
    ///
    /// ```
    /// use connectors_client::{Fake, FakeReply};
    ///
    /// let fake = Fake::new().otherwise(|_| FakeReply::new(204, "")).faults(0.2, 7);
    /// ```
    pub fn faults(mut self, rate: f64, seed: u64) -> Self {
        self.faults = Some(Faults::new(rate, seed));
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
        let builder = Client::builder("http://localhost").transport(self.clone());
        builder.with_clock(self.clock.clone())
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
            let fault = self.faults.as_ref().and_then(Faults::next);
            let reply = fault.unwrap_or_else(|| self.answer(&request));
            reply.arrive(self.clock.clone()).await
        })
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoints: Vec<_> = self.handlers.iter().map(|(endpoint, _)| endpoint).collect();
        f.debug_struct("Fake").field("endpoints", &endpoints).finish_non_exhaustive()
    }
}
