//! The lean transport: hyper-util's pool and connectors, and rustls.

mod connector;
mod outgoing;
mod overheard;
mod stream;
mod tunnel;

use std::error::Error;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{self, Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use http::Version;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use hyper_util::client::legacy::{Client, ResponseFuture};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::network::failure::{self, Phase};
use super::network::liveness::{Arrival, Heard};
use super::network::pools::Pools;
use super::network::{DEFAULT_MAX_HEADERS, LARGE_BODY, NetworkSettings, Purpose, coding};
use super::{Transport, TransportFuture, probe};
use crate::body::Body;
use crate::error::cause::find;
use crate::error::{ConfigError, TransportError};
use crate::retry::clock::ClientClock;
use connector::{ConnectTimedOut, Connector};
use outgoing::{Outgoing, Sent};

/// Sends over hyper-util's client.
pub(crate) struct Hyper {
    pools: Pools<Arc<Pool>>,
    maker: Maker,
}

impl Hyper {
    pub(crate) fn new(
        settings: NetworkSettings,
        purpose: &Purpose<'_>,
    ) -> Result<Self, ConfigError> {
        let connector = Connector::new(&settings, purpose)?;
        let maker = Maker { connector, settings, clock: purpose.clock.clone() };
        Ok(Self { pools: Pools::new(maker.pool(), purpose.clock.clone()), maker })
    }

    fn pool(&self) -> Arc<Pool> {
        match self.pools.current(|| Ok::<_, std::convert::Infallible>(self.maker.pool())) {
            Ok(pool) => pool,
        }
    }
}

/// A client with its connections, and when they brought something.
struct Pool {
    client: Client<Connector, Outgoing>,
    heard: Arc<Heard>,
}

/// Builds pools.
struct Maker {
    connector: Connector,
    settings: NetworkSettings,
    clock: ClientClock,
}

impl Maker {
    fn pool(&self) -> Arc<Pool> {
        let heard = Arc::new(Heard::new(self.clock.clone()));
        let mut builder = Client::builder(TokioExecutor::new());
        builder.timer(TokioTimer::new()).pool_timer(TokioTimer::new());
        builder
            .pool_max_idle_per_host(self.settings.pool_max_idle_per_host)
            .pool_idle_timeout(self.settings.pool_idle_timeout);
        if self.settings.max_response_headers != DEFAULT_MAX_HEADERS {
            builder.http1_max_headers(self.settings.max_response_headers);
        }
        #[cfg(feature = "http2")]
        {
            // How many streams a server allows is in its SETTINGS. Every server allows one.
            builder.http2_initial_max_send_streams(1);
            if let Some(ping) = self.settings.http2_keep_alive {
                builder
                    .http2_keep_alive_interval(ping.interval)
                    .http2_keep_alive_timeout(ping.timeout);
            }
        }
        let client = builder.build(self.connector.reporting_to(&heard));
        Arc::new(Pool { client, heard })
    }
}

impl Transport for Hyper {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let is_large = request.body().size_hint().exact().is_none_or(|length| length > LARGE_BODY);
        let asked = coding::Asked::by(&request);
        let (mut parts, body) = request.into_parts();
        coding::complete(&mut parts.headers, &parts.method, &body, asked);
        self.maker.connector.authorize(&mut parts);
        let sent = Sent::default();
        let request = http::Request::from_parts(parts, Outgoing::new(body, sent.clone()));
        let pool = self.pool();
        let response = pool.client.request(request);
        Box::pin(async move {
            let response = Exchange { response, sent, is_large }.await?;
            self.maker.settings.check_headers(response.headers())?;
            let multiplexes = response.version() == Version::HTTP_2;
            let arrival = multiplexes.then(|| Arrival::new(Arc::clone(&pool.heard)));
            let response = response.map(|body| Received::new(body, arrival));
            coding::decode(response, asked)
        })
    }

    fn reads_extensions(&self) -> bool {
        false
    }

    /// Dropping a request ends its HTTP/1 connection. An HTTP/2 connection stays and, if it is
    /// dead, makes every later call time out too. So later calls get new connections, unless
    /// something else arrived in the meantime or a PING was answered. Calls under way keep theirs.
    fn timed_out(&self, since: Instant) {
        if !self.is_alive(since) {
            self.pools.renew(since, || Ok::<_, std::convert::Infallible>(self.maker.pool()));
        }
    }
}

impl Hyper {
    /// Returns true if no connection can be dead, as seen by a request that was sent after `since`.
    fn is_alive(&self, since: Instant) -> bool {
        let heard = &self.pool().heard;
        let waited = heard.clock.now().saturating_duration_since(since);
        !heard.multiplexes.load(Ordering::Relaxed)
            || self.maker.settings.is_proof_of_life(waited)
            || heard.is_after(since)
    }
}

/// A request on its way.
struct Exchange {
    response: ResponseFuture,
    sent: Sent,
    is_large: bool,
}

impl Future for Exchange {
    type Output = Result<http::Response<Incoming>, TransportError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match Pin::new(&mut self.response).poll(context) {
            Poll::Ready(Ok(response)) => Poll::Ready(Ok(response)),
            Poll::Ready(Err(error)) => Poll::Ready(Err(self.error(error))),
            Poll::Pending => {
                if !self.sent.has_begun() {
                    probe::answer_unsent();
                }
                Poll::Pending
            }
        }
    }
}

impl Exchange {
    fn error(&self, error: hyper_util::client::legacy::Error) -> TransportError {
        let phase = if error.is_connect() { Phase::Connecting } else { Phase::Exchanging };
        let timed_out = phase == Phase::Connecting && has_timed_out(&error);
        let error = failure::of_exchange(error, phase, timed_out, self.is_large);
        if self.sent.has_begun() { error } else { error.not_sent() }
    }
}

/// Returns true if connecting took too long: the whole of it, or TCP alone.
fn has_timed_out(error: &(dyn Error + 'static)) -> bool {
    let is_io = |error: &io::Error| error.kind() == io::ErrorKind::TimedOut;
    find::<ConnectTimedOut>(error).is_some() || find::<io::Error>(error).is_some_and(is_io)
}

/// The body of a response as it arrives.
struct Received {
    body: Incoming,
    /// The last arrival of this response, if it is HTTP/2.
    arrival: Option<Arrival>,
}

impl Received {
    fn new(body: Incoming, mut arrival: Option<Arrival>) -> Self {
        // An empty body is not read.
        if let Some(arrival) = arrival.as_mut().filter(|_| body.is_end_stream()) {
            arrival.record(true);
        }
        Self { body, arrival }
    }
}

impl HttpBody for Received {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let Self { body, arrival } = &mut *self;
        let frame = task::ready!(Pin::new(&mut *body).poll_frame(context));
        if let Some(arrival) = arrival {
            arrival.record(frame.is_none() || body.is_end_stream());
        }
        Poll::Ready(frame.map(|frame| frame.map_err(|error| failure::of_body(error, false))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use hyper_util::rt::TokioIo;

    use super::super::cause::is_of_the_pool;
    use super::*;

    /// Connects after a while, in vain.
    #[derive(Clone)]
    struct Failing;

    impl tower_service::Service<http::Uri> for Failing {
        type Response = TokioIo<tokio::net::TcpStream>;
        type Error = io::Error;
        type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send + 'static>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, _: http::Uri) -> Self::Future {
            Box::pin(async {
                tokio::task::yield_now().await;
                Err(io::Error::other("in vain"))
            })
        }
    }

    /// Two requests wait for one connection over HTTP/2. hyper-util tells the second one only that
    /// it was canceled.
    #[tokio::test]
    async fn hyper_util_names_the_end_of_a_connection_that_a_request_waits_for() {
        let client = Client::builder(TokioExecutor::new());
        let client = client.clone().http2_only(true).build::<_, Body>(Failing);
        let get = || client.get(http::Uri::from_static("http://h/"));
        let (first, second) = tokio::join!(get(), get());
        assert!(!is_of_the_pool(&first.unwrap_err()));
        let second = second.unwrap_err();
        assert!(is_of_the_pool(&second), "{second:?}");
    }
}
