//! A transport without a network: replies by endpoint, and a record of what was sent.

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
use crate::retry::clock::{Clock, Wait};
use crate::transport::{Sending, Transport};

/// A fake of an API: the code under test runs unchanged, its requests end here.
///
/// ```
/// use connectors_client::cohere::ConnectorsClient;
/// use connectors_client::Fake;
/// use serde_json::json;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), connectors_client::Error> {
/// let fake = Fake::new().on(ConnectorsClient::LIST, |_request| Fake::json(200, json!({"connectors": []})));
///
/// let page = ConnectorsClient::new(fake.client()).list().limit(10).await?;
///
/// assert!(page.connectors.is_empty());
/// assert_eq!(fake.requests()[0].uri().query(), Some("limit=10"));
/// # Ok(())
/// # }
/// ```
///
/// Where several handlers are given for an endpoint, the last one answers. A request that no handler is for ends with a
/// `Build` error that names the endpoint. Retries do not wait.
#[derive(Clone, Default)]
pub struct Fake {
    handlers: Vec<(&'static Endpoint, Handler)>,
    /// Answers what no other handler is for.
    otherwise: Option<Handler>,
    record: Arc<Mutex<Vec<http::Request<Bytes>>>>,
}

type Handler = Arc<dyn Fn(&http::Request<Bytes>) -> FakeReply + Send + Sync>;

/// What a handler of a [`Fake`] answers: a reply, or a failure of the network.
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
    /// The same with a header more; one that is not legal is left out.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = http::HeaderName::from_bytes(name.as_bytes());
        if let (Ok(reply), Ok(name), Ok(value)) = (&mut self.0, name, http::HeaderValue::from_str(value)) {
            reply.headers_mut().append(name, value);
        }
        self
    }
}

impl Fake {
    /// A fake that answers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers an endpoint by a handler.
    pub fn on<R: Into<FakeReply>>(
        mut self,
        endpoint: &'static Endpoint,
        handler: impl Fn(&http::Request<Bytes>) -> R + Send + Sync + 'static,
    ) -> Self {
        self.handlers.push((endpoint, Arc::new(move |request| handler(request).into())));
        self
    }

    /// Answers by a handler what no other one is for, also requests that no trait declares
    /// ([`Client::send`](crate::Client::send)).
    pub fn otherwise<R: Into<FakeReply>>(
        mut self,
        handler: impl Fn(&http::Request<Bytes>) -> R + Send + Sync + 'static,
    ) -> Self {
        self.otherwise = Some(Arc::new(move |request| handler(request).into()));
        self
    }

    /// A reply with a JSON body. A status that is none becomes 500, and so does a body that has no JSON form.
    pub fn json(status: u16, body: impl Serialize) -> FakeReply {
        match serde_json::to_vec(&body) {
            Ok(json) => Self::reply(status, json).header("content-type", "application/json"),
            Err(error) => Self::reply(500, format!("the fake's body has no JSON form: {error}")),
        }
    }

    /// A reply with these bytes. A status that is none becomes 500.
    pub fn reply(status: u16, body: impl Into<Bytes>) -> FakeReply {
        let mut reply = http::Response::new(body.into());
        *reply.status_mut() =
            http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
        FakeReply(Ok(reply))
    }

    /// A failure of the network of this kind, in place of a reply.
    pub fn failure(kind: ErrorKind) -> FakeReply {
        FakeReply(Err(TransportError::new(kind, format!("the fake fails with {kind:?}"))))
    }

    /// A client whose requests end here.
    ///
    /// # Panics
    ///
    /// Never: the settings that it is built of are fixed.
    pub fn client(&self) -> Client {
        self.builder().build().unwrap_or_else(|error: ConfigError| unreachable!("{error}"))
    }

    /// The same to go on with, for a client with settings of its own. Its base URL is `http://localhost`.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder("http://localhost").transport(self.clone()).clock(NoWaiting)
    }

    /// The requests so far, in order. Their extensions hold the endpoint and the attempt.
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.record().clone()
    }

    fn record(&self) -> MutexGuard<'_, Vec<http::Request<Bytes>>> {
        // A handler that panicked left the record as it was.
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &http::Request<Bytes>) -> FakeReply {
        let Some(endpoint) = request.extensions().get::<&'static Endpoint>() else {
            return TransportError::new(ErrorKind::Build, "the fake was sent a request of no endpoint")
                .into();
        };
        let own = self.handlers.iter().rev().find(|(other, _)| other == endpoint).map(|(_, handler)| handler);
        match own.or(self.otherwise.as_ref()) {
            Some(handler) => handler(request),
            None if endpoint.is_declared() => TransportError::new(
                ErrorKind::Build,
                format!(
                    "the fake has no reply for `{endpoint}`: add `.on({}Client::{}, ..)`",
                    endpoint.api(),
                    endpoint.name().to_uppercase()
                ),
            )
            .into(),
            None => {
                let problem =
                    "the fake has no reply for requests that are not declared: add `.otherwise(..)`";
                TransportError::new(ErrorKind::Build, problem).into()
            }
        }
    }
}

impl Transport for Fake {
    fn send(&self, request: http::Request<Body>) -> Sending<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.read().await?;
            let request = http::Request::from_parts(parts, body);
            self.record().push(request.clone());
            self.answer(&request).0.map(|reply| reply.map(Body::from))
        })
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoints: Vec<_> = self.handlers.iter().map(|(endpoint, _)| endpoint).collect();
        f.debug_struct("Fake").field("endpoints", &endpoints).finish_non_exhaustive()
    }
}

/// The clock of a fake's client: no wait takes time, and no limit passes.
struct NoWaiting;

impl Clock for NoWaiting {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, _: Duration) -> Wait {
        Box::pin(std::future::ready(()))
    }

    fn timer(&self, _: Duration) -> Wait {
        Box::pin(std::future::pending())
    }
}
